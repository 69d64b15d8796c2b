"""Model fields that several rooms use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MONTHS = range(1, 13)
ALL_YEAR = 2**12 - 1


def months_to_mask(months: list[int]) -> int:
    """Bit 0 is January: [1, 3] → 0b101. The mask is what the database filters by."""
    return sum(1 << (month - 1) for month in set(months))


def _months_of(mask: int) -> list[int]:
    return [month for month in MONTHS if mask >> (month - 1) & 1]


class MonthsField(models.PositiveSmallIntegerField):
    """Months of the year as one number of twelve bits; in Python a sorted list of 1–12.

    `filter(months__month=11)` finds rows that have November, in any database.
    """

    description = _("Các tháng trong năm")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: int | None, *_args: object) -> list[int]:
        return _months_of(value or 0)

    def to_python(self, value: object) -> list[int]:
        if value in (None, "", 0):
            return []
        if isinstance(value, int) and 0 < value <= ALL_YEAR:
            return _months_of(value)
        if isinstance(value, str):
            value = [part for part in value.strip("[]").replace(",", " ").split() if part]
        try:
            months = sorted({int(month) for month in value})  # type: ignore[attr-defined]
        except (TypeError, ValueError) as error:
            raise ValidationError(_("Tháng là số từ 1 đến 12.")) from error
        if any(month not in MONTHS for month in months):
            raise ValidationError(_("Tháng là số từ 1 đến 12."))
        return months

    def get_prep_value(self, value: object) -> int:
        return months_to_mask(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        return ",".join(str(month) for month in self.value_from_object(obj) or [])

    @property
    def validators(self) -> list[Any]:
        return []

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            coerce=int,
            choices=[(month, _("tháng %(month)s") % {"month": month}) for month in MONTHS],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label") or self.verbose_name,
            help_text=self.help_text,
        )


@MonthsField.register_lookup
class HasMonth(models.Lookup):
    """`months__month=11`: the bit of November is set. Raises ValueError for what is no month."""

    lookup_name = "month"

    def get_prep_lookup(self) -> int:
        if str(self.rhs) not in {str(month) for month in MONTHS}:
            raise ValueError(f"months__month={self.rhs!r}: a month is one of 1–12")
        return months_to_mask([int(self.rhs)])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, column_params = self.process_lhs(compiler, connection)
        return f"({column} & %s) <> 0", [*column_params, self.rhs]
