"""The form of a picture in the library. Apart from core.forms: Wagtail's own is importable only when all models are there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.drawings import DrawingError, check_drawing


class PictureField(WagtailImageField):
    """A file for the library; of a refused drawing it says what is in it, where Wagtail would only say that it is no picture."""

    def to_python(self, data: Any) -> Any:
        if data and str(data.name).lower().endswith(".svg") and data.size <= self.max_upload_size:
            try:
                check_drawing(data.read())
            except DrawingError as error:
                raise ValidationError(str(error), code="unsafe_drawing") from error
            finally:
                data.seek(0)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """What an editor fills in for a picture."""

    file = PictureField(label=_("Tệp"), widget=BaseImageForm.Meta.widgets["file"])

    class Meta(BaseImageForm.Meta):
        pass
