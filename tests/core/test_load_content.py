"""Content from files: loaded once, renewed while nobody has touched it, and never over an editor's work."""

from __future__ import annotations

import datetime as dt
import importlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from achievements.models import AchievementPage, Honour, HonoureePage
from core.content.files import read_markdown
from core.content.loading import CREATED, DELETED, EDITED, RENEWED, UNCHANGED, Report, first_load_day
from core.content.registry import Loader
from home.models import HomePage, PlainPage
from knowledge_base.models import GuidePage, QuestionPage, Term
from news.models import ArticlePage
from outreach.models import EventPage
from programme.models import PolicyPage
from tests.pages import part_of
from topics.item_loading import TOPIC_KEYS
from topics.models import Contact, ItemPage, Locality, Product
from topics.queries import LINKS

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "giu-cay-hoi-dau-dong"
GUIDE = "u-phan-vi-sinh"
ARTICLES = len(list((ROOT / "news" / "data" / "articles").glob("*.md")))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]


@pytest.fixture
def room(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """`room("news")`: the room's data files, copied where a test may change them; the room's loaders read them there."""

    def room(name: str) -> Path:
        settings.ROOT = tmp_path
        folder = tmp_path / name
        shutil.copytree(ROOT / name / "data", folder / "data")
        loaders = importlib.import_module(f"{name}.loaders")
        for constant, path in (("ROOM", folder), ("DATA", folder / "data"), ("HOME_FILE", folder / "data" / "home.yaml")):
            if hasattr(loaders, constant):
                monkeypatch.setattr(loaders, constant, path)
        return folder / "data"

    return room


def load(name: str, function: str = "load") -> Report:
    """Run one loader of a room again."""
    report = Report()
    getattr(importlib.import_module(f"{name}.loaders"), function)(report)
    return report


def change(path: Path, old: str, new: str) -> None:
    """Change a data file, as a later version of the site does."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no “{old}”"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rows() -> dict[str, int]:
    """Rows of every table."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def article() -> Any:
    return ArticlePage.objects.get(slug=ARTICLE)


def test_everything_is_new_the_first_time(loaded_site):
    assert all(line.endswith(CREATED) for line in loaded_site.lines[:-1])
    assert loaded_site.lines[-1] == f"Nạp nội dung: {len(loaded_site.lines) - 1} {CREATED}."


def test_loading_again_changes_nothing_and_makes_no_row(loaded_site):
    before = rows()
    said: list[str] = []

    call_command("load_content", stdout=type("Said", (), {"write": lambda _self, text: said.append(text.strip())})())

    assert said == [f"Nạp nội dung: {len(loaded_site.lines) - 1} {UNCHANGED}."]
    assert rows() == before


@pytest.mark.parametrize(
    ("model", "least"),
    [(GuidePage, 6), (Term, 40), (ArticlePage, 4), (AchievementPage, 3), (HonoureePage, 3), (PolicyPage, 2), (EventPage, 2), (QuestionPage, 2)],
)
def test_there_is_content_to_stand_on(model, least):
    rows = model.objects.filter(locale__language_code="vi")

    assert rows.count() >= least
    if issubclass(model, ItemPage):
        assert rows.public().count() == rows.count()


def test_every_honouree_has_an_honour():
    assert not HonoureePage.objects.filter(locale__language_code="vi", honours=None).exists()
    assert Honour.objects.filter(annulled_on=None).exists()


def test_a_changed_file_renews_an_untouched_page(room):
    change(room("news") / "articles" / f"{ARTICLE}.md", "title: ", "title: Mới – ")

    report = load("news")

    assert report.counts == {RENEWED: 1, UNCHANGED: ARTICLES - 1}
    assert article().title.startswith("Mới – ")
    assert article().live


def publish_an_edit(page: Any) -> None:
    page.title = "Biên tập viên đã sửa"
    page.save_revision().publish()


def save_a_draft(page: Any) -> None:
    page.title = "Bản nháp của biên tập viên"
    page.save_revision()


def take_it_down(page: Any) -> None:
    page.unpublish()


@pytest.mark.parametrize("edit", [publish_an_edit, save_a_draft, take_it_down])
def test_what_an_editor_did_with_a_page_stays_when_its_file_changes(room, edit):
    edit(article())
    before = ArticlePage.objects.filter(slug=ARTICLE).values().get()
    change(room("news") / "articles" / f"{ARTICLE}.md", "title: ", "title: Mới – ")

    report = load("news")

    assert report.counts == {EDITED: 1, UNCHANGED: ARTICLES - 1}
    assert ArticlePage.objects.filter(slug=ARTICLE).values().get() == before


def test_a_page_that_an_editor_deleted_is_not_made_again(room):
    article().delete()
    change(room("news") / "articles" / f"{ARTICLE}.md", "title: ", "title: Mới – ")

    report = load("news")

    assert report.counts == {DELETED: 1, UNCHANGED: ARTICLES - 1}
    assert not ArticlePage.objects.filter(slug=ARTICLE).exists()


def test_a_new_file_is_a_new_page_beside_the_others(room):
    articles = room("news") / "articles"
    shutil.copy(articles / f"{ARTICLE}.md", articles / "bai-moi.md")

    report = load("news")

    assert report.counts == {CREATED: 1, UNCHANGED: ARTICLES}
    assert ArticlePage.objects.get(slug="bai-moi").live


def test_a_changed_file_renews_an_untouched_value_and_its_names(room):
    change(room("topics") / "products.yaml", "names: {en: Star anise}", "names: {en: Staranise}")

    report = load("topics", "load_topics")

    assert report.counts[RENEWED] == 1
    assert Product.objects.get(slug="hoi").label_in("en") == "Staranise"


def describe(product: Product) -> None:
    product.description = "Biên tập viên đã sửa"


def add_a_name(product: Product) -> None:
    product.names.create(language="tyz", name="mác chác")


@pytest.mark.parametrize("edit", [describe, add_a_name])
def test_a_value_that_was_edited_in_the_admin_stays_as_it_is(room, edit):
    product = Product.objects.get(slug="hoi")
    edit(product)
    product.save()
    change(room("topics") / "products.yaml", "names: {en: Star anise}", "names: {en: Staranise}")

    report = load("topics", "load_topics")

    assert (report.counts[EDITED], report.counts[RENEWED]) == (1, 0)
    assert Product.objects.get(slug="hoi").label_in("en") == "Star anise"


def test_the_places_that_an_editor_gave_a_contact_stay(room):
    contact = Contact.objects.get(slug="khuyen-nong-vung-hoi")
    contact.localities.set(Locality.objects.filter(slug="that-khe"))
    change(room("topics") / "contacts.yaml", "name: Khuyến nông vùng hồi", "name: Khuyến nông vùng hồi, Văn Quan")

    report = load("topics", "load_topics")

    assert report.counts[EDITED] == 1
    assert [locality.slug for locality in Contact.objects.get(slug="khuyen-nong-vung-hoi").localities.all()] == ["that-khe"]


def test_a_row_does_not_look_edited_because_derived_columns_were_made_again(room):
    Product.objects.filter(slug="hoi").update(sort_key="1", folded="khác", labels={})
    change(room("topics") / "products.yaml", "names: {en: Star anise}", "names: {en: Staranise}")

    assert load("topics", "load_topics").counts[RENEWED] == 1


def test_doors_that_an_editor_took_from_the_home_page_stay_away(room):
    home = HomePage.objects.get(locale__language_code="vi")
    home.doors = []
    home.save_revision().publish()
    data = room("home")
    change(data / "home.yaml", "title: Cẩm nang kỹ thuật", "title: Cẩm nang")

    load("home", "load_tree")
    report = load("home", "load_plain_pages")

    assert report.counts[EDITED] == 1
    assert not HomePage.objects.get(locale__language_code="vi").doors.exists()


def test_an_untouched_home_page_takes_new_words_and_new_doors(room):
    data = room("home")
    change(data / "home.yaml", "title: Cẩm nang kỹ thuật", "title: Cẩm nang")
    change(data / "home.yaml", "summary: Cách làm, thành tựu", "summary: Cách làm hay, thành tựu")

    reports = [load("home", "load_tree"), load("home", "load_plain_pages")]

    home = HomePage.objects.get(locale__language_code="vi")
    assert [report.counts[EDITED] for report in reports] == [0, 0]
    assert home.summary.startswith("Cách làm hay")
    assert home.doors.filter(title="Cẩm nang").exists()


def test_a_changed_catalogue_renews_an_untouched_translation(room, django_capture_on_commit_callbacks):
    guide = GuidePage.objects.get(slug=GUIDE)
    english = guide.get_translation_or_none(guide.locale.__class__.objects.get(language_code="en"))
    change(room("knowledge_base") / "translations" / "en" / f"{GUIDE}.po", f'msgstr "{english.title}"', 'msgstr "Another title"')

    with django_capture_on_commit_callbacks(execute=True):
        report = load("knowledge_base", "translate")

    english.refresh_from_db()
    assert report.counts[RENEWED] == 1
    assert (english.title, english.live) == ("Another title", True)


def test_a_translation_that_a_translator_changed_stays(room):
    english = GuidePage.objects.get(translation_key=GuidePage.objects.get(slug=GUIDE).translation_key, locale__language_code="en")
    title = english.title
    english.summary = "A translator was here"
    english.save_revision().publish()
    change(room("knowledge_base") / "translations" / "en" / f"{GUIDE}.po", f'msgstr "{title}"', 'msgstr "Another title"')

    report = load("knowledge_base", "translate")

    english.refresh_from_db()
    assert (report.counts[EDITED], report.counts[RENEWED]) == (1, 0)
    assert (english.title, english.summary) == (title, "A translator was here")


def test_a_renewed_source_renews_its_translation(room, django_capture_on_commit_callbacks):
    data = room("knowledge_base")
    load("knowledge_base", "load")
    change(data / "guides" / f"{GUIDE}.md", "minutes: ", "minutes: 1")

    with django_capture_on_commit_callbacks(execute=True):
        reports = [load("knowledge_base", "load"), load("knowledge_base", "translate")]

    pages = GuidePage.objects.filter(translation_key=GuidePage.objects.get(slug=GUIDE).translation_key)
    assert [report.counts[RENEWED] for report in reports] == [1, 1]
    assert len({str([step.value["minutes"] for step in page.steps]) for page in pages}) == 1


@pytest.mark.parametrize(("model", "slug"), [(HomePage, None), (GuidePage, GUIDE)])
def test_english_pages_are_made_by_wagtail_localize_from_their_source(model, slug):
    page = model.objects.filter(locale__language_code="vi", **({"slug": slug} if slug else {})).get()
    english = model.objects.get(translation_key=page.translation_key, locale__language_code="en")

    source = TranslationSource.objects.get_for_instance(page)

    assert english.live
    assert english.alias_of is None
    assert english.title != page.title
    assert Translation.objects.filter(source=source, target_locale__language_code="en", enabled=True).exists()


def test_a_table_in_the_english_guide_is_translated(client):
    guides = {page.locale.language_code: page for page in GuidePage.objects.filter(translation_key=GuidePage.objects.get(slug=GUIDE).translation_key)}

    def words(page: GuidePage) -> list[str]:
        tables = [block.value for block in page.body if block.block_type == "table"]
        return [cell["text"] for table in tables for row in table["rows"] for cell in row["cells"]]

    vietnamese, english = words(guides["vi"]), words(guides["en"])
    spoken = [(source, target) for source, target in zip(vietnamese, english, strict=True) if any(letter.isalpha() for letter in source)]
    assert len(spoken) > 5
    assert all(source != target for source, target in spoken)
    assert english[0] in client.get(guides["en"].get_url()).content.decode()


def test_every_node_of_the_tree_is_in_its_place():
    assert [problems for problems in Page.find_problems() if problems] == []


def test_every_item_carries_the_values_that_its_file_names():
    checked = 0
    for page in ItemPage.objects.filter(locale__language_code="vi").specific():
        path = next(ROOT.glob(f"*/data/*/{page.slug}.md"), None)
        if path is None:
            continue
        data = read_markdown(path).data
        for plural, key in TOPIC_KEYS.items():
            given = set(LINKS[key].objects.filter(page=page.pk).values_list(f"{key}__slug", flat=True))
            assert given == set(data.get(plural) or []), f"{path.name}: {plural}"
        checked += 1
    assert checked >= 22


@pytest.mark.parametrize("model", [ItemPage, PlainPage])
def test_what_is_not_real_says_so_on_its_own_page(visited, model):
    samples = model.objects.live().filter(is_sample=True)

    assert samples.exists()
    for page in samples:
        assert 'class="sample-mark"' in part_of(visited(page.get_url()), "<main", "main"), page.get_url()


def test_no_number_of_a_sample_contact_can_be_called():
    assert Contact.objects.filter(is_sample=True).exists()
    assert {contact.phone.replace(" ", "").strip("0") for contact in Contact.objects.filter(is_sample=True)} == {""}


def test_relative_days_count_from_the_first_load():
    assert timezone.localdate(article().first_published_at) == first_load_day() - dt.timedelta(days=1)


def test_a_file_that_cannot_be_read_ends_the_command_with_two_and_its_message(room, monkeypatch):
    path = room("news") / "articles" / f"{ARTICLE}.md"
    change(path, "title: ", "tieu_de: ")
    news = importlib.import_module("news.loaders")
    monkeypatch.setattr("core.management.commands.load_content.all_loaders", lambda: [Loader(1, "news", news.load)])

    with pytest.raises(CommandError, match=rf"news/data/articles/{ARTICLE}\.md: không có ô “tieu_de”") as refused:
        call_command("load_content", verbosity=0)

    assert refused.value.returncode == 2
    assert article().title
