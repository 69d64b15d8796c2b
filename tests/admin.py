"""Working in the admin as a person does: open a form, change some fields, post it."""

from __future__ import annotations

import html
import re
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

PAGE_FORM = "page-edit-form"


def add_url(model: type[Page], section: Page) -> str:
    """The address of the form of a new page under a section."""
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, section.pk])


def edit_url(page: Page) -> str:
    """The address of the form of a page."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def snippet_url(model: type[Model], view: str, *args: Any) -> str:
    """The address of a snippet's screen: list, add, edit, delete."""
    return reverse(model.snippet_viewset.get_url_name(view), args=args)  # type: ignore[attr-defined]


def form_of(response: Any, model: type[Model], form_id: str | None = PAGE_FORM) -> QueryDict:
    """What the form on this screen would send if nothing were changed; blocks are drawn by script, so there are none."""
    assert response.status_code == 200, response.status_code
    data = querydict_from_html(response.content.decode(), form_id=form_id) if form_id else _form_with_fields(response, model)
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            data[f"{field.name}-count"] = "0"
    return data


def _form_with_fields(response: Any, model: type[Model]) -> QueryDict:
    """The first form of the screen that has one of the model's fields."""
    names = {field.name for field in model._meta.get_fields()}
    for index in range(10):
        data = querydict_from_html(response.content.decode(), form_index=index)
        if names & set(data):
            return data
    raise AssertionError("no form with fields of the model")


def fill(client: Client, address: str, model: type[Model], form_id: str | None = PAGE_FORM, **changes: Any) -> Any:
    """Open the form at this address, change some fields, post it; returns the answer to the post."""
    data = form_of(client.get(address), model, form_id)
    for name, value in changes.items():
        data[name.replace("__", "-")] = value
    return client.post(address, data)


def errors_of(response: Any) -> dict[str, list[str]]:
    """Messages by field of the form that came back."""
    form = response.context["form"]
    return {name: [str(message) for message in messages] for name, messages in form.errors.items()}


def text_of(response: Any) -> str:
    """The visible words of a screen, white space single."""
    bare = re.sub(r"<(script|style|svg|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())
