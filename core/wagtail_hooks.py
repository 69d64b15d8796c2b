"""The admin's look, and addresses in ASCII as they are typed."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import SlugInput

from .slugs import SLUG_FORMATTERS, FoldedSlugField
from .unmarked import say_in_vietnamese

register_form_field_override(models.SlugField, override={"form_class": FoldedSlugField, "widget": SlugInput(formatters=SLUG_FORMATTERS)})


# "12,5" is twelve and a half here; a number field of the browser would refuse it or not, by the browser's own language.
register_form_field_override(models.DecimalField, override={"localize": True})
# Wagtail's own field has no label there, so that Django would show the field's name.
LoginForm.base_fields["password"].label = _("Mật khẩu")
say_in_vietnamese()


@hooks.register("construct_help_menu")
def without_guides_elsewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    """English guides on other people's hosts help nobody here."""
    items[:] = [item for item in items if not item.url.startswith("http")]


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    """Our green in Wagtail's own look."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def dates_as_typed() -> SafeString:
    """The calendar under a date field does not correct in silence what was typed."""
    return format_html('<script src="{}"></script>', static("js/admin-dates.js"))
