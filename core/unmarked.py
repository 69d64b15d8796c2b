"""English that packages show past gettext, where no catalogue reaches it: said here in Vietnamese.

Labels that Django makes from a field's name, and column heads that Wagtail makes from a column's.
Models keep their own names: changing those would ask the packages for migrations.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import AnchorLinkChooserForm, EmailLinkChooserForm, ExternalLinkChooserForm, PhoneLinkChooserForm
from wagtail.admin.views.pages.search import SearchView
from wagtail.contrib.search_promotions.forms import SearchPromotionsFormSet
from wagtail.models import Page
from wagtail.sites.views import IndexView as SitesView
from wagtail_localize.views.report import TranslationsReportFilterSet

LINK_TEXT = _("Chữ của liên kết")

FIELD_LABELS: dict[type[forms.BaseForm], dict[str, Any]] = {
    ExternalLinkChooserForm: {"link_text": LINK_TEXT},
    AnchorLinkChooserForm: {"link_text": LINK_TEXT},
    EmailLinkChooserForm: {"email_address": _("Địa chỉ thư điện tử"), "link_text": LINK_TEXT, "subject": _("Tiêu đề thư"), "body": _("Nội dung thư")},
    PhoneLinkChooserForm: {"phone_number": _("Số điện thoại"), "link_text": LINK_TEXT},
    SearchPromotionsFormSet.form: {"external_link_text": LINK_TEXT},
}
COLUMN_HEADS: dict[str, Any] = {"port": _("Cổng"), "site_name": _("Tên trang web"), "root_page": _("Trang gốc")}
FILTER_LABELS: dict[str, Any] = {"source_locale": _("Ngôn ngữ gốc"), "target_locale": _("Ngôn ngữ dịch")}


def say_in_vietnamese() -> None:
    """Put our words in the packages' forms, filters and tables. Twice does no harm."""
    for form, labels in FIELD_LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label  # type: ignore[attr-defined]
    for name, label in FILTER_LABELS.items():
        TranslationsReportFilterSet.base_filters[name].label = label
    for column in SitesView.columns:
        column.label = COLUMN_HEADS.get(column.name, column.label)
    # Wagtail counts "129 None" there.
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
