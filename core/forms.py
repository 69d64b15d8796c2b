"""The base of every form in the admin: what people type wrong is said on the field, in Vietnamese, before anything is saved."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.fields import RichTextField

from core.addresses import check_slug
from core.slugs import FoldedSlugField
from core.vietnamese import slugify

# A tag, not a lone "<": "pH < 7" and "a<b" are plain text.
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(\s+[a-zA-Z-]+(\s*=[^<>]*)?)*\s*/?>|<!--")


def refuse_html(text: str) -> None:
    """A validator of plain text: raises ValidationError where HTML was typed."""
    if found := TAG.search(str(text or "")):
        raise ValidationError(_("Ô này chỉ nhận chữ thường. Hãy bỏ mã HTML “%(tag)s”.") % {"tag": found.group()[:40]})


class PlainTextMixin(forms.ModelForm):
    """Refuses HTML where plain text is meant: it would be shown to readers as it stands."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in list(cleaned):
            if self._is_plain(name):
                try:
                    refuse_html(cleaned[name])
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned

    def _is_plain(self, name: str) -> bool:
        try:
            field = self._meta.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, RichTextField)


class PortalModelForm(PlainTextMixin, WagtailAdminModelForm):
    """The base of the forms of rows that are no pages. An address that is left empty is made of the name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if {"slug", "name"} <= self.fields.keys():
            self.fields["slug"].required = False
            self.fields["slug"].help_text = self.fields["slug"].help_text or _("Để trống thì lấy theo tên.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in cleaned and not cleaned["slug"] and cleaned.get("name"):
            # Here and not in the model: a value that is there is also checked for being the only one.
            cleaned["slug"] = slugify(cleaned["name"])[: self._meta.model._meta.get_field("slug").max_length]
        return cleaned


class PortalPageForm(PlainTextMixin, WagtailAdminPageForm):
    """Says on the field that an address belongs to the system."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slug = cleaned.get("slug")
        if slug and self.parent_page:
            try:
                check_slug(slug, self.parent_page.depth)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class PortalCopyForm(CopyForm):
    """Wagtail's form for a copy, whose address is folded and checked like any other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        title, slug = self.fields["new_title"], self.fields["new_slug"]
        self.fields["new_title"] = forms.CharField(initial=title.initial, label=title.label, max_length=255)
        self.fields["new_slug"] = FoldedSlugField(initial=slug.initial, label=slug.label, max_length=255)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slug = cleaned.get("new_slug")
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if slug:
            try:
                check_slug(slug, parent.depth, field="new_slug")
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
