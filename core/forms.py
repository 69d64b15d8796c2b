"""The base of every page form in the admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from core.addresses import check_slug


class PortalPageForm(WagtailAdminPageForm):
    """Says on the field, before anything is saved, that an address belongs to the system."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slug = cleaned.get("slug")
        if slug and self.parent_page:
            try:
                check_slug(slug, self.parent_page.depth)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
