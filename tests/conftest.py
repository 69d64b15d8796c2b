"""What the tests of all rooms share: the tree of the site in both languages, and a page in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from pytest_django.plugin import blocking_manager_key
from wagtail.models import Locale, Page, Site

from tests.factories import insert_pages
from tests.snapshots import LoadedSite, Snapshot, load_site

SECTIONS = {
    "tin-tuc": "Tin tức",
    "thanh-tuu": "Thành tựu",
    "cam-nang": "Cẩm nang",
    "hoi-dap": "Hỏi đáp",
    "van-ban": "Văn bản",
    "chinh-sach": "Chính sách",
    "su-kien": "Sự kiện",
}

PageT = TypeVar("PageT", bound=Page)


@dataclass(frozen=True)
class Tree:
    """Home pages by language, sections by (segment, language)."""

    homes: dict[str, Page]
    sections: dict[tuple[str, str], Page]

    def home(self, language: str = "vi") -> Page:
        return self.homes[language]

    def section(self, segment: str, language: str = "vi") -> Page:
        return self.sections[segment, language]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Any:
    """No test sees what another one cached, nor its language."""
    cache.clear()
    _forget_searches()
    translation.activate("vi")
    yield
    translation.activate("vi")


def _forget_searches() -> None:
    """No index of another test, and none of the words that search keeps in memory."""
    from search import best_bets, directory, never_suggest, synonyms

    shutil.rmtree(Path(settings.DATA_DIR) / "search", ignore_errors=True)
    for module in (best_bets, directory, never_suggest, synonyms):
        module.forget()


_kept: dict[str, Snapshot] = {}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database after its migrations, with a copy kept aside."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            _kept["blank"] = Snapshot()


@pytest.fixture(scope="session")
def blank_database(django_db_setup: None) -> Snapshot:
    """The database right after its migrations."""
    return _kept["blank"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Any:
    """A transactional test empties every table, those too that migrations filled: put them back for whoever comes next on this core."""
    result = yield
    marker = item.get_closest_marker("django_db")
    empties = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if "blank" in _kept and (empties or (marker and marker.kwargs.get("transaction"))):
        with item.config.stash[blocking_manager_key].unblock():
            _kept["blank"].restore()
    return result


@pytest.fixture(scope="session")
def _loaded_once(blank_database: Snapshot, django_db_blocker: Any) -> LoadedSite:
    """The real content, loaded when the first test asks for it, then kept aside."""
    with django_db_blocker.unblock():
        blank_database.restore()
        try:
            return load_site()
        finally:
            blank_database.restore()


@pytest.fixture(scope="module")
def loaded_site(_loaded_once: LoadedSite, blank_database: Snapshot, django_db_blocker: Any) -> Iterator[LoadedSite]:
    """The site with all its real content, for every test of a module that asks for it; what a test changes is rolled back.

    Loaded once a run (about 12 s), put in place in milliseconds. Not together with `tree` or transactional tests in one module.
    """
    with django_db_blocker.unblock():
        _loaded_once.snapshot.restore()
    yield _loaded_once
    with django_db_blocker.unblock():
        blank_database.restore()


@pytest.fixture(scope="session")
def _visits() -> dict[str, Any]:
    return {}


@pytest.fixture
def visited(db: None, loaded_site: LoadedSite, _visits: dict[str, Any]) -> Callable[[str], Any]:
    """`visited("/tin-tuc/")`: what an anonymous visitor of the loaded site gets there, asked once a run; for tests that change nothing."""

    def visited(address: str) -> Any:
        if address not in _visits:
            _visits[address] = Client().get(address)
        return _visits[address]

    return visited


@pytest.fixture
def tree(db: None) -> Tree:
    """The site as it stands before any item: home pages and sections in Vietnamese and English, without content."""
    from achievements.models import HonoursRegisterPage
    from home.models import HomePage, NavLink, SectionPage, SiteSettings
    from knowledge_base.models import TermIndexPage

    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("vi", "en")}
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    # Without migrations (pytest --nomigrations, for quick trials) there is no root yet.
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    now = timezone.now()
    vietnamese = HomePage(title="Công nghệ sinh học Lạng Sơn", slug="trang-chu", locale=locales["vi"], first_published_at=now)
    english = HomePage(title="Lạng Sơn Biotechnology", slug="en", locale=locales["en"], first_published_at=now, translation_key=vietnamese.translation_key)
    homes = dict(zip(("vi", "en"), insert_pages(root, [vietnamese, english]), strict=True))
    sections: dict[tuple[str, str], Page] = {}
    keys: dict[str, Any] = {}
    for language, home in homes.items():
        made = [SectionPage(title=title, slug=slug, first_published_at=now) for slug, title in SECTIONS.items()]
        register = HonoursRegisterPage(title="Tôn vinh", slug="ton-vinh", first_published_at=now)
        terms = TermIndexPage(title="Thuật ngữ", slug="thuat-ngu", first_published_at=now)
        for page in (*made, register, terms):
            page.translation_key = keys.setdefault(page.slug, page.translation_key)
        for group in (made, [register], [terms]):
            for page in insert_pages(home, group):
                sections[page.slug, language] = page
    site = Site.objects.create(hostname="localhost", port=8000, root_page=vietnamese, is_default_site=True, site_name="Công nghệ sinh học Lạng Sơn")
    # The frame costs what it costs on the real site: it has an imprint and a navigation.
    frame = SiteSettings.objects.create(site=site, owner="Cơ quan chủ quản")
    NavLink.objects.bulk_create([NavLink(settings=frame, page=page, sort_order=page.pk) for (_slug, language), page in sections.items() if language == "vi"])
    return Tree(homes, sections)


@pytest.fixture
def publish(tree: Tree) -> Callable[..., Any]:
    """`publish(model, "tin-tuc", language="vi", **fields)`: a live item under its section, made as an editor makes it."""

    def publish(model: type[PageT], segment: str, language: str = "vi", **fields: Any) -> PageT:
        now = timezone.now()
        given = {"title": "Trang thử", "first_published_at": now, "last_published_at": now}
        return tree.section(segment, language).add_child(instance=model(**(given | fields)))

    return publish
