"""Loads the tree: home page, sections, plain pages, navigation, imprint."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Site

from core.content.files import ContentFile, digest_of, key_of, read_folder, read_yaml
from core.content.loading import Report, first_load_day, load_row, mark_of
from core.content.markdown import optional_links
from core.content.translating import Catalogue, translate_page, turn_links
from core.content.values import Values
from core.models import BasePage, LoadedContent
from topics.item_loading import fill_fields
from topics.models import ItemSection

from .models import HomeDoor, HomePage, NavLink, PlainPage, SiteSettings

ROOM = Path(__file__).parent
HOME_FILE = ROOM / "data" / "home.yaml"
# Sections with a page type of their own; all others list one kind.
SPECIAL_SECTIONS = {"ton-vinh": "achievements.HonoursRegisterPage", "thuat-ngu": "knowledge_base.TermIndexPage"}


def load_tree(report: Report) -> None:
    """The home page and its sections; Wagtail's welcome page goes."""
    data = read_yaml(HOME_FILE)
    values = Values(key_of(HOME_FILE), first_load_day(), ROOM / "data" / "pictures")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    locale = locales[settings.LANGUAGE_CODE]
    root = Page.get_first_root_node()
    home = _page(report, "home", HomePage, {"slug": "trang-chu", **data["home"]}, values, root, locale, special={"doors"})
    if home is None:
        return
    _point_site_to(home)
    for section in data["sections"]:
        model: Any = apps.get_model(SPECIAL_SECTIONS.get(section["slug"], "home.SectionPage"))
        _page(report, f"section/{section['slug']}", model, section, values, home, locale)


def load_languages(report: Report) -> None:
    """The tree in the other languages, from home/data/translations/<language>/: home first, then its sections."""
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if home is None:
        return
    for code, _name in settings.LANGUAGES:
        path = ROOM / "data" / "translations" / code / "home.po"
        if code == settings.LANGUAGE_CODE or not path.is_file():
            continue
        locale, _created = Locale.objects.get_or_create(language_code=code)
        catalogue = Catalogue(path)
        translate_page(report, home, locale, [catalogue], "home")
        for section in home.get_children().live().specific():
            if isinstance(section, ItemSection):
                translate_page(report, section, locale, [catalogue], f"section/{section.slug}")


def load_plain_translations(report: Report) -> None:
    """Plain pages that have a catalogue of their own, <slug>.po; then the links of all translations, each of which may lead to any other."""
    for path in sorted((ROOM / "data" / "translations").glob("*/*.po")):
        page = PlainPage.objects.filter(slug=path.stem, locale__language_code=settings.LANGUAGE_CODE, live=True).first()
        locale = Locale.objects.filter(language_code=path.parent.name).first()
        if page is not None and locale is not None:
            translate_page(report, page, locale, [Catalogue(path)], page.slug)
    turn_links()


def load_plain_pages(report: Report) -> None:
    """Plain pages, and what links to pages: doors, navigation, imprint."""
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if home is None:
        return
    for file in read_folder(ROOM / "data" / "pages"):
        values = Values(file.key, first_load_day(), ROOM / "data" / "pictures")
        # A document that is imported later renews the page, so that its links appear.
        digest = digest_of(file.digest, *optional_links(file.body))
        load_row(report, file.key, digest, lambda row, file=file, values=values: _plain_page(row, file, values, home))
    data = read_yaml(HOME_FILE)
    site = Site.objects.get(is_default_site=True)
    digest = digest_of(json.dumps([data["navigation"], data["imprint"]], sort_keys=True, default=str))
    load_row(report, f"{key_of(HOME_FILE)}#settings", digest, lambda row: _settings(row, data, site))
    # On the home page's own row: an editor who takes the doors away does not find them there again.
    doors = data["home"].get("doors", [])
    load_row(report, f"{key_of(HOME_FILE)}#doors", digest_of(json.dumps(doors, sort_keys=True)), lambda row: _doors(home, doors))


def _page(
    report: Report, name: str, model: type[BasePage], data: dict[str, Any], values: Values, parent: Page, locale: Locale, special: Iterable[str] = ()
) -> Any:
    key = f"{key_of(HOME_FILE)}#{name}"

    def make(row: Any | None) -> Page:
        page = row.specific if row else model(locale=locale)
        before = mark_of(row) if row else ""
        fill_fields(page, data, values, special)
        if row is None:
            page.show_in_menus = True
            parent.add_child(instance=page)
        page.save_revision().publish(log_action=False)
        _remark(page, before)
        return page

    own = {name: value for name, value in data.items() if name not in special}
    return load_row(report, key, digest_of(json.dumps(own, sort_keys=True, default=str)), make)


def _doors(home: Page, doors: list[dict[str, Any]]) -> Page:
    page: Any = home.specific
    before = mark_of(page)
    targets = {target.slug: target for target in Page.objects.child_of(page)}
    page.doors = [
        HomeDoor(locale=page.locale, target=targets[door["target"]], title=door["title"], text=door["text"], sort_order=order)
        for order, door in enumerate(doors)
    ]
    page.save_revision().publish(log_action=False)
    _remark(page, before)
    return page


def _plain_page(row: Any | None, file: ContentFile, values: Values, home: Page) -> Page:
    page = row.specific if row else PlainPage(slug=file.slug, locale=home.locale)
    fill_fields(page, {name: raw for name, raw in file.data.items() if name != "published"}, values, ())
    field: Any = PlainPage._meta.get_field("body")
    page.body = values.stream(field.stream_block, file.body)
    if row is None:
        home.add_child(instance=page)
    page.save_revision().publish(log_action=False)
    return page


def _settings(row: Any | None, data: dict[str, Any], site: Site) -> SiteSettings:
    settings_row = row or SiteSettings.for_site(site)
    for name, value in data["imprint"].items():
        setattr(settings_row, name, value)
    pages = {page.slug: page for page in Page.objects.child_of(site.root_page)}
    links = [(slug, place) for place in ("top", "footer") for slug in data["navigation"][place] if slug in pages]
    settings_row.nav_links = [NavLink(page=pages[slug], place=place, sort_order=order) for order, (slug, place) in enumerate(links)]
    settings_row.save()
    return settings_row


def _point_site_to(home: HomePage) -> None:
    """The site's root is our home page and its name and port are those of SITE_URL; Wagtail's welcome page is removed."""
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    old_root = site.root_page if site.root_page_id else None
    site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
    site.hostname, site.port = address.hostname or "localhost", address.port or (443 if address.scheme == "https" else 80)
    site.root_page = Page.objects.get(pk=home.pk)
    site.save()
    if old_root and old_root.pk != home.pk and type(old_root.specific) is Page and not old_root.get_children().exists():
        old_root.delete()


def _remark(page: Page, before: str) -> None:
    """The loader's own later change is not an editor's: records that stood at `before` stand at what the page is now."""
    content_type = ContentType.objects.get_for_model(page)
    LoadedContent.objects.filter(content_type=content_type, object_id=str(page.pk), row_hash=before).update(row_hash=mark_of(page))
