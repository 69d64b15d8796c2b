"""Lists of rows in the admin: Vietnamese order, search without accents, the menu groups that several rooms fill."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from .choosers import FoldedChooserViewSet
from .finding import find, has_field
from .forms import PortalModelForm


class FoldedIndexView(IndexView):
    """A list that is searched by its rows' folded column and sorts names in Vietnamese order."""

    is_searchable = True

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return find(queryset, self.search_query) if self.is_searching else queryset

    def _get_title_column(self, field_name: str, column_class: type[Column] = TitleColumn, **kwargs: Any) -> Column:
        column = super()._get_title_column(field_name, column_class, **kwargs)
        if field_name in {"name", "__str__"} and has_field(self.model, "sort_key"):
            column.sort_key = "sort_key"
        return column


class FoldedViewSet(SnippetViewSet):
    """A snippet with a `folded` column: list, form, chooser."""

    index_view_class = FoldedIndexView
    chooser_viewset_class = FoldedChooserViewSet
    list_per_page = 50
    chooser_per_page = 25
    copy_view_enabled = False

    def get_edit_handler(self) -> Panel:
        return with_portal_form(super().get_edit_handler())


def with_portal_form(edit_handler: Panel) -> Panel:
    """The same panels on our form, which says what is wrong with plain text."""
    edit_handler.base_form_class = PortalModelForm
    return edit_handler


class FixedRowsPolicy(ModelPermissionPolicy):
    """Rows that come from elsewhere: nobody adds, copies or deletes one by hand, not even a superuser."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        allowed = set(actions) - {"add", "delete"}
        return bool(allowed) and super().user_has_any_permission(user, allowed)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Model) -> bool:
        return self.user_has_any_permission(user, actions)
