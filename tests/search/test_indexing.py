"""What is saved is found, what is gone is not, and no failure of the engine stops a save or loses a change."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from home.models import PlainPage
from knowledge_base.models import GuidePage, Term
from news.models import ArticlePage
from search import indexing, queue
from search.columns import spec_of
from search.embedded.store import COLUMNS, CURRENT
from search.engine import Engine, EngineDown, IndexMissing
from search.guard import FAILURES_TO_OPEN, EngineBusy, EngineSlow, Guard
from search.models import IndexBuild, IndexChange
from search.site_documents import TOPIC_COLUMNS
from search.tree import All
from search.tree import Term as TreeTerm
from tests.factories import make_topic, many_items, tag
from tests.search.conftest import embedded_only
from topics.models import FormerPlace, FormerPlacePart, Locality, Product
from topics.models.places import FormerKind

pytestmark = pytest.mark.django_db
PAGES = spec_of(Page)


def titles(query: str, model: type[Page] = Page, **kwargs: Any) -> list[str]:
    return [page.title for page in model.objects.search(query, **kwargs)]


def folder() -> Path:
    return Path(settings.DATA_DIR) / "search" / PAGES.name


def test_a_saved_page_is_found_with_and_without_accents(indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Bệnh đốm lá hồi", slug="dom-la", summary="Phun chế phẩm.")
    indexed()

    for query in ("Bệnh đốm", "benh dom", "BỆNH", "chế phẩm", "che pham"):
        assert titles(query) == ["Bệnh đốm lá hồi"]
    assert titles("trâu") == []
    assert [page.title for page in Page.objects.autocomplete("bệnh đố")] == ["Bệnh đốm lá hồi"]
    assert [page.title for page in Page.objects.autocomplete("ben do l")] == ["Bệnh đốm lá hồi"]


def test_a_changed_page_is_found_by_its_new_words_only(indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    page = publish(GuidePage, "cam-nang", title="Cũ kỹ", slug="a")
    indexed()
    page.title = "Mới tinh"
    page.save()
    indexed()

    assert titles("mới tinh") == ["Mới tinh"]
    assert titles("cũ kỹ") == []


def test_a_deleted_page_is_in_no_count(engine: Engine, indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    page = publish(GuidePage, "cam-nang", title="Sẽ xóa", slug="a")
    indexed()
    before = engine.count(PAGES, All())
    Page.objects.get(pk=page.pk).delete()
    indexed()

    assert engine.count(PAGES, All()) == before - 1


def test_filters_on_keys_of_child_models_count(indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    pages = [publish(GuidePage, "cam-nang", title=f"Đốm lá {number}", slug=f"m{number}") for number in range(4)]
    indexed()

    results = GuidePage.objects.filter(pk__in=[page.pk for page in pages[:2]]).search("đốm lá")
    assert results.count() == 2
    assert {page.pk for page in results} == {page.pk for page in pages[:2]}
    assert GuidePage.objects.exclude(pk=pages[0].pk).search("đốm lá").count() == 3
    assert results.facet("live") == {True: 2}


def test_a_queryset_that_only_the_database_understands_is_counted_right(indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Đốm lá", slug="a")
    publish(GuidePage, "cam-nang", title="Đốm lá gỡ", slug="b", withdrawn_on=timezone.localdate(), withdrawn_reason="Sai.")
    indexed()

    results = GuidePage.objects.public().search("đốm lá")
    assert results.count() == 1
    assert [page.title for page in results] == ["Đốm lá"]


def test_orders_by_one_and_by_several_columns(indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    now = timezone.now()
    for number, title in enumerate(["Đốm B", "Đốm A", "Đốm C"]):
        publish(GuidePage, "cam-nang", title=title, slug=f"m{number}", first_published_at=now - dt.timedelta(days=number))
    indexed()

    guides = GuidePage.objects.order_by("title", "pk")
    assert [page.title for page in guides.search("đốm", order_by_relevance=False)] == ["Đốm A", "Đốm B", "Đốm C"]
    assert titles("đốm", GuidePage, order_by="-first_published_at") == ["Đốm B", "Đốm A", "Đốm C"]
    assert [page.title for page in GuidePage.objects.search("đốm", order_by="id")[1:2]] == ["Đốm A"]


def test_a_facet_has_every_value(indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    for number in range(25):
        publish(ArticlePage, "tin-tuc", title=f"Đốm {number}", slug=f"m{number}", first_published_at=timezone.now() - dt.timedelta(days=number))
    indexed()

    assert len(ArticlePage.objects.search("đốm").facet("first_published_at")) == 25


def test_an_item_carries_its_topics_their_parents_and_old_names(engine: Engine, indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    group = make_topic(Product, "cay-chu-luc", "Cây chủ lực")
    product = make_topic(Product, "hoi", "Hồi", scientific_name="Illicium verum", parent=group)
    place = make_topic(Locality, "hoi-hoan", "Hội Hoan")
    former = FormerPlace.objects.create(code="06139", name="Gia Miễn", kind=FormerKind.COMMUNE)
    FormerPlacePart.objects.create(former=former, locality=place)
    page = publish(GuidePage, "cam-nang", title="Tỉa cành", slug="tia-canh")
    tag(page, product, place)
    indexed()

    assert titles("illicium verum") == titles("gia mien") == titles("cây chủ lực") == ["Tỉa cành"]
    assert engine.count(PAGES, TreeTerm(TOPIC_COLUMNS["product"], "cay-chu-luc")) == 1


def test_renaming_a_topic_renames_it_in_every_item(indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    product = make_topic(Product, "hoi", "Hồi")
    tag(publish(GuidePage, "cam-nang", title="Tỉa cành", slug="tia-canh"), product)
    indexed()
    product.scientific_name = "Illicium verum"
    product.save()
    indexed()

    assert titles("illicium") == ["Tỉa cành"]


def test_a_moved_section_takes_its_pages_along(indexed: Callable[[], None], tree: Any) -> None:
    first, second = (tree.home().add_child(instance=PlainPage(title=f"Nhà {number}", slug=f"nha-{number}")) for number in (1, 2))
    child = first.add_child(instance=PlainPage(title="Đốm lá", slug="dom-la"))
    indexed()
    first.move(second, pos="last-child")
    indexed()

    assert child.title in [page.title for page in Page.objects.descendant_of(Page.objects.get(pk=second.pk)).search("đốm lá")]


def test_terms_have_an_index_of_their_own(indexed: Callable[[], None], tree: Any) -> None:
    Term.objects.create(locale=tree.home().locale, slug="dom-la", name="Đốm lá", definition="<p>Vết chết trên lá.</p>")
    indexed()

    assert [term.name for term in indexing_search(Term, "vet chet")] == ["Đốm lá"]


def indexing_search(model: Any, query: str) -> Any:
    from modelsearch.backends import get_search_backend

    return get_search_backend().search(query, model)


# When something is wrong


@embedded_only
def test_without_an_index_saving_goes_on_and_titles_are_found(engine: Engine, indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    shutil.rmtree(folder())
    publish(GuidePage, "cam-nang", title="Bệnh đốm lá hồi", slug="benh-dom-la-hoi")
    with pytest.raises(IndexMissing):
        indexed()

    assert titles("Bệnh đốm") == titles("benh dom") == ["Bệnh đốm lá hồi"]
    assert Page.objects.search("benh dom").count() == 1
    assert IndexChange.objects.exists()

    indexing.build_missing(engine)
    indexed()
    assert titles("đốm hồi") == ["Bệnh đốm lá hồi"]
    assert not IndexChange.objects.exists()


@embedded_only
def test_an_index_of_an_older_version_is_built_anew(engine: Engine, indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Đốm lá", slug="a")
    indexed()
    generation = (folder() / CURRENT).read_text()
    (folder() / generation / COLUMNS).write_text("key:key")
    from search.embedded.engine import EmbeddedEngine

    with pytest.raises(IndexMissing):
        EmbeddedEngine(Path(settings.DATA_DIR) / "search").count(PAGES, All())

    call_command("update_index", stdout=StringIO())
    assert (folder() / CURRENT).read_text() != generation
    assert titles("đốm lá") == ["Đốm lá"]


def test_an_engine_that_fails_keeps_the_change_in_the_queue(engine: Engine, publish: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise EngineDown("read-only")

    publish(GuidePage, "cam-nang", title="Đốm lá", slug="a")
    with monkeypatch.context() as patched:
        patched.setattr(type(engine), "write", fail)
        with pytest.raises(EngineDown):
            queue.drain(engine)
    assert IndexChange.objects.exists()

    queue.drain(engine)
    assert titles("đốm lá") == ["Đốm lá"]


def test_one_page_that_cannot_be_read_does_not_hold_up_the_others(
    engine: Engine, publish: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad = publish(GuidePage, "cam-nang", title="Hỏng", slug="hong")
    publish(GuidePage, "cam-nang", title="Đốm lá", slug="a")
    whole = GuidePage.get_search_fields()[0].__class__.get_value

    def get_value(self: Any, object_: Any) -> Any:
        if object_.pk == bad.pk:
            raise ValueError("hỏng")
        return whole(self, object_)

    monkeypatch.setattr("modelsearch.index.BaseField.get_value", get_value)
    queue.drain(engine)

    assert titles("đốm lá") == ["Đốm lá"]
    assert "Không đưa được" in caplog.text
    assert list(IndexChange.objects.values_list("key", "attempts")) == [(str(bad.pk), 1)]


def test_what_is_edited_while_the_index_is_built_is_in_the_new_one(engine: Engine, indexed: Callable[[], None], publish: Callable[..., Any]) -> None:
    kept, gone = (publish(GuidePage, "cam-nang", title=f"Trước {slug}", slug=slug) for slug in ("a", "b"))
    indexed()
    build = queue.Rebuild(engine, PAGES)
    build.start()
    build.add(GuidePage, [GuidePage.objects.get(pk=kept.pk), GuidePage.objects.get(pk=gone.pk)])
    kept.title = "Sau"
    kept.save()
    gone.delete()
    publish(GuidePage, "cam-nang", title="Mới sau", slug="c")
    indexed()
    assert sorted(titles("sau")) == ["Mới sau", "Sau"]
    build.finish()
    indexed()

    assert sorted(titles("sau")) == ["Mới sau", "Sau"]
    assert titles("trước") == []
    assert not IndexChange.objects.exists()
    assert not IndexBuild.objects.exists()


def test_two_builds_of_one_index_are_refused_with_a_way_out(engine: Engine) -> None:
    build = queue.Rebuild(engine, PAGES)
    build.start()
    with pytest.raises(queue.BuildRefused, match="Chờ xong rồi chạy lại"):
        queue.Rebuild(engine, PAGES).start()
    build.abandon()
    queue.rebuild(engine, [Page])


def test_a_thousand_pages_are_built_with_few_queries(engine: Engine, tree: Any, django_assert_max_num_queries: Any) -> None:
    many_items(GuidePage, tree.section("cam-nang"), 1000, topics=[make_topic(Product, "hoi", "Hồi")])
    with django_assert_max_num_queries(150):
        queue.rebuild(engine, [Page])

    assert Page.objects.search("mục số").count() == 1000


# The guard


def test_a_slow_engine_costs_its_limit_and_then_nothing() -> None:
    import threading
    import time

    guard, release = Guard("thử", 0.05), threading.Event()
    for _attempt in range(FAILURES_TO_OPEN):
        with pytest.raises((EngineSlow, EngineBusy)):
            guard.call(lambda: release.wait(10))
    started_at = time.perf_counter()
    with pytest.raises(EngineDown):
        guard.call(lambda: None)

    assert time.perf_counter() - started_at < 0.2
    release.set()


def test_an_open_breaker_tries_again_after_a_rest() -> None:
    guard = Guard("thử", 1)

    def fail() -> None:
        raise EngineDown

    for _attempt in range(FAILURES_TO_OPEN):
        with pytest.raises(EngineDown):
            guard.call(fail)
    assert guard.is_open
    guard.closed_until = 0
    assert guard.call(lambda: 36) == 36
    assert not guard.is_open
