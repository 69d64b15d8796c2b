"""The admin's look, and addresses in ASCII as they are typed."""

from __future__ import annotations

from django.db import models
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from .slugs import SLUG_FORMATTERS, FoldedSlugField

register_form_field_override(models.SlugField, override={"form_class": FoldedSlugField, "widget": SlugInput(formatters=SLUG_FORMATTERS)})


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    """Our green in Wagtail's own look."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
