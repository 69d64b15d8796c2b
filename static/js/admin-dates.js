// The admin's calendar leaves a date as it was typed: by itself it turns 31/2/2023 into 03/03/2023 when the field is left,
// and nobody is told. The server says on the field what is wrong.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
