"""The style guide shows every component as visitors get it, to those who build and run the site."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.template.loader import get_template
from django.test import Client

from core.css_bundle import css_parts, joined_css
from core.styleguide.catalogue import BrokenExample, Component, read_group, read_groups
from core.styleguide.sheet import with_shown_states

ROOT = Path(settings.STATICFILES_DIRS[0]).parent
SHEETS = ROOT / "static" / "css"
# What a person does not see.
UNSEEN = {"components/meta.html", "components/sprite.html"}


def partials() -> set[str]:
    """Names of every partial: what stands in a folder of components or blocks, of the site or of a room."""
    folders = [ROOT / "site" / "templates", *(path for path in ROOT.glob("*/templates") if path.parent.name != "site")]
    found = [(path.relative_to(folder), path) for folder in folders for path in folder.rglob("*.html")]
    return {str(name) for name, _path in found if {"components", "blocks"} & set(name.parts[:-1])}


@pytest.fixture(scope="module")
def components() -> list[Component]:
    return [component for group in read_groups() for component in group.components]


@pytest.fixture
def reader(tree: Any) -> Any:
    return get_user_model().objects.create(username="ban-doc")


@pytest.fixture
def editor(reader: Any) -> Any:
    reader.user_permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return reader


def test_every_partial_is_shown(components):
    shown = {name for component in components for name in (component.template, *component.parts, *(example.template for example in component.examples))}

    assert sorted(partials() - UNSEEN - shown) == []


def test_every_sheet_of_a_component_is_named_and_there(components):
    named = {name for component in components for name in component.css}

    assert sorted(path.stem for path in (SHEETS / "components").glob("*.css")) == sorted(named)


def test_what_the_guide_names_is_there(components):
    for component in components:
        for name in (component.template, *component.parts):
            get_template(name)


def test_a_name_is_given_once(components):
    assert [name for name, times in Counter(component.name for component in components).items() if times > 1] == []


def test_every_example_says_something_without_asking_the_database(components):
    """Without the mark `django_db` a query would fail here."""
    empty = [f"{component.name}: {example.title}" for component in components for example in component.examples if not example.html().strip()]

    assert empty == []


def test_no_two_things_in_the_guide_bear_one_id(components):
    found = re.findall(r'\bid="([^"]+)"', "".join(example.html() for component in components for example in component.examples))

    assert [name for name, times in Counter(found).items() if times > 1] == []


def test_a_broken_file_is_named(tmp_path):
    path = tmp_path / "hong.yaml"
    path.write_text("title: Hỏng\norder: 1\ncomponents:\n  - {name: x, title: X}\n", encoding="utf-8")

    with pytest.raises(BrokenExample, match=r"hong\.yaml.*examples|hong\.yaml.*template"):
        read_group(path)


def test_mouse_keyboard_and_dark_can_be_shown_by_class():
    css = with_shown_states(joined_css(css_parts(SHEETS)))

    assert ".button:is(:hover,.show-hover *)" in css
    assert "a:is(:focus-visible,.show-focus" in css
    assert re.search(r":root\.show-dark\{[^}]*--ground:\s*#111511", css)


def test_tokens_without_a_dark_block_stop_the_build():
    with pytest.raises(LookupError, match=r"tokens\.css"):
        with_shown_states(":root{color-scheme:light dark;--ground:white}")


@pytest.mark.django_db
def test_a_visitor_is_asked_to_log_in(tree, client):
    answer = client.get("/styleguide/")

    assert answer.status_code == 302
    assert answer["Location"] == "/quan-tri/login/?next=/styleguide/"


@pytest.mark.django_db
def test_who_does_not_work_in_the_admin_finds_nothing(reader, client):
    client.force_login(reader)

    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_who_works_in_the_admin_sees_it_and_search_engines_are_told_to_pass(editor, client):
    client.force_login(editor)

    answer = client.get("/styleguide/?nen=toi")

    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert 'class="show-dark"' in answer.content.decode()


@pytest.mark.django_db
def test_in_development_everybody_sees_it(tree, client: Client, settings: Any):
    settings.DEBUG = True

    assert client.get("/styleguide/").status_code == 200
