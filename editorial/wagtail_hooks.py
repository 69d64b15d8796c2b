"""The newsroom in the admin: who sees which pages, which accounts can be changed by whom, what leaves the menus."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import PageQuerySet

from .explorer import choosable_pages
from .translation_guards import SUBMIT_TRANSLATION, guarded_urls
from .users import keep_superusers_out_of_bulk, keep_superusers_to_themselves


@hooks.register("register_admin_urls", order=-1)
def translation_urls() -> list[URLPattern]:
    """Found before wagtail-localize's own."""
    return guarded_urls()


@hooks.register("construct_page_chooser_queryset")
def limit_page_chooser(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """An expert is offered what is public and his own."""
    return choosable_pages(pages, request)


@hooks.register("construct_reports_menu")
def hide_translations_report(request: HttpRequest, items: list[MenuItem]) -> None:
    """The report of translations is for those who translate."""
    if not request.user.has_perm(SUBMIT_TRANSLATION):
        items[:] = [item for item in items if "/localize/" not in item.url]


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def guard_superuser(request: HttpRequest, user: Any) -> HttpResponse | None:
    """Called before one account is changed."""
    return keep_superusers_to_themselves(request, user)


@hooks.register("before_bulk_action")
def guard_superusers(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Called before several accounts are changed."""
    return keep_superusers_out_of_bulk(request, action_type, objects, action)
