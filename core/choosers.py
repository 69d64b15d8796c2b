"""Choosers in which people type without accents. A room says which columns show; the rest is here."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, LocaleFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from .finding import find_best_first


class FoldedFilterForm(BaseFilterForm):
    """One field: words of the name, accents or none."""

    q = forms.CharField(label=_("Tìm"), required=False, max_length=200, widget=forms.TextInput(attrs={"placeholder": _("Gõ tên, không dấu cũng được")}))

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        objects = super().filter(objects)
        text = self.cleaned_data.get("q")
        if text:
            self.is_searching = True
            self.search_query = text
            objects = find_best_first(objects, text)
        return objects


class TranslatableFilterForm(LocaleFilterMixin, FoldedFilterForm):
    """The same, and a language."""


class FoldedChooseMixin:
    """What the modal and its list of results share."""

    more_columns: ClassVar[list[Column]] = []

    def get_filter_form_class(self) -> type[forms.Form]:
        return TranslatableFilterForm if self.i18n_enabled else FoldedFilterForm  # type: ignore[attr-defined]

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, *self.more_columns]  # type: ignore[misc]


class FoldedChooserViewSet(SnippetChooserViewSet):
    """A chooser of a snippet that has a `folded` column.

    `more_columns` stand after the name; `ordering` is the order before anything is typed.
    """

    more_columns: ClassVar[list[Column]] = []
    ordering: ClassVar[str | tuple[str, ...] | None] = None
    # Whoever writes an item need not be one who may edit the row; the row has its own place in the menu.
    show_edit_link = False
    page_title = _("Chọn")
    search_tab_label = _("Tìm")

    @property
    def choose_view_class(self) -> type[ChooseView]:
        return self._view(ChooseView)

    @property
    def choose_results_view_class(self) -> type[ChooseResultsView]:
        return self._view(ChooseResultsView)

    def _view(self, base: type[Any]) -> type[Any]:
        """The view with this viewset's own rows, columns and order."""
        return type(f"{self.model_name}{base.__name__}", (FoldedChooseMixin, base), {"more_columns": self.more_columns, "ordering": self.ordering})

    def get_object_list(self) -> QuerySet[Any]:
        """What can be chosen."""
        return self.model._default_manager.all()  # type: ignore[union-attr]

    @cached_property
    def widget_class(self) -> AdminSnippetChooser:
        return AdminSnippetChooser(model=self.model, icon=self.icon, show_edit_link=self.show_edit_link)
