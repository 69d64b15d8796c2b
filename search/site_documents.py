"""What the site's own search knows of a page beyond its fields: kind, topics, years, formats, the names by which people look.

Columns hold slugs, as the address does; a value's parents stand beside it, so that a parent's filter includes its children.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.models import PlainPage
from topics.kinds import kind_of
from topics.models import FormerPlacePart, ItemPage, Locality
from topics.models.taxonomies import Topic
from topics.queries import LINKS, TAXONOMIES

from .columns import TEXT, Form, Part, add_columns
from .documents import Document, extend, language_of

KIND, LANGUAGE, YEAR, FORMAT = "site_kind", "site_language", "site_year", "site_format"
TOPIC_COLUMNS = {model.key: f"site_{model.key}" for model in TAXONOMIES}
COLUMNS = {KIND: Form.KEY, LANGUAGE: Form.KEY, YEAR: Form.WHOLE, FORMAT: Form.KEY, TEXT: Form.STORED} | dict.fromkeys(TOPIC_COLUMNS.values(), Form.KEY)
# An item without a place belongs to every place.
EVERYWHERE = "*"
PLAIN_PAGES = "trang"

NAMES, SCIENCE, BODY = Part("names", 1.0, is_kept=False), Part("science", 1.0, is_kept=False), Part("b1", 1.0)

# Blocks of a body → the formats by which people choose: value in the address, label.
FORMATS = {
    "video": _("Có video"),
    "am-thanh": _("Có âm thanh"),
    "hinh-anh": _("Có nhiều ảnh"),
    "so-lieu": _("Có bảng, số liệu"),
    "tai-lieu": _("Có tệp tải về"),
    "tung-buoc": _("Làm từng bước"),
}
FORMAT_OF_BLOCK = {
    "video": "video",
    "audio": "am-thanh",
    "gallery": "hinh-anh",
    "table": "so-lieu",
    "figures": "so-lieu",
    "result": "so-lieu",
    "document": "tai-lieu",
    "steps": "tung-buoc",
    "step": "tung-buoc",
}
# Sources of claims: their words are not what the page is about.
NOT_SEARCHED = frozenset(("evidence",))


@dataclass(slots=True)
class TopicText:
    """A value as the index needs it: its slug and its parent's, every name, the scientific one."""

    slugs: list[str]
    names: list[str] = field(default_factory=list)
    scientific: str = ""


def all_topics() -> dict[tuple[str, int], TopicText]:
    """Every value of every taxonomy by (key, id). About a dozen queries, for a whole batch of pages."""
    found: dict[tuple[str, int], TopicText] = {}
    for model in TAXONOMIES:
        rows = list(model._default_manager.all())
        by_id = {row.pk: row for row in rows}
        for row in rows:
            parent = by_id.get(getattr(row, "parent_id", None))
            text = TopicText([row.slug, *([parent.slug] if parent else [])], [row.name, *row.labels.values(), *([parent.name] if parent else [])])
            text.scientific = getattr(row, "scientific_name", "")
            found[model.key, row.pk] = text
        for topic_id, name in model._meta.get_field("names").related_model._default_manager.values_list("topic_id", "name"):
            found[model.key, topic_id].names.append(name)
    for locality_id, name, aliases in FormerPlacePart.objects.values_list("locality_id", "former__name", "former__aliases"):
        found[Locality.key, locality_id].names += [name, aliases]
    return found


def of_items(pages: Sequence[ItemPage]) -> list[tuple[dict[Part, str], Document]]:
    """Further texts and values of some items."""
    topics = all_topics()
    mine: dict[int, dict[str, list[TopicText]]] = defaultdict(lambda: defaultdict(list))
    ids = [page.pk for page in pages]
    for key, link in LINKS.items():
        for page_id, topic_id in link.objects.filter(page_id__in=ids).values_list("page_id", f"{key}_id"):
            mine[page_id][key].append(topics[key, topic_id])
    return [_of_item(page, mine[page.pk]) for page in pages]


def _of_item(page: ItemPage, topics: dict[str, list[TopicText]]) -> tuple[dict[Part, str], Document]:
    values: Document = {KIND: kind_of(page._meta.model_name or "").segment, LANGUAGE: language_of(page), FORMAT: formats_of(page)}
    if page.first_published_at:
        values[YEAR] = timezone.localtime(page.first_published_at).year
    names: list[str] = []
    science: list[str] = []
    for key, column in TOPIC_COLUMNS.items():
        values[column] = list(dict.fromkeys(slug for text in topics.get(key, []) for slug in text.slugs))
        for text in topics.get(key, []):
            names += text.names
            science.append(text.scientific)
    if not values[TOPIC_COLUMNS[Locality.key]]:
        values[TOPIC_COLUMNS[Locality.key]] = [EVERYWHERE]
    texts = {NAMES: " ; ".join(dict.fromkeys(filter(None, names))), SCIENCE: " ; ".join(filter(None, science)), BODY: " \n ".join(_more_texts(page))}
    return texts, values


def of_plain_pages(pages: Sequence[PlainPage]) -> list[tuple[dict[Part, str], Document]]:
    """Pages of the site itself: they are found, and are no items."""
    return [({}, {KIND: PLAIN_PAGES, LANGUAGE: language_of(page)}) for page in pages]


def formats_of(page: ItemPage) -> list[str]:
    """Formats by the blocks that the page has, in the order of `FORMATS`."""
    kinds = {block["type"] for name in _streams(page) for block in getattr(page, name).raw_data if isinstance(block, dict)}
    found = {FORMAT_OF_BLOCK[kind] for kind in kinds if kind in FORMAT_OF_BLOCK}
    return [value for value in FORMATS if value in found]


def _streams(page: Page) -> list[str]:
    return [entry.name for entry in page._meta.fields if isinstance(entry, StreamField)]


def _more_texts(page: Page) -> Iterable[str]:
    """Words of streams and rich texts that the model does not list for search: materials, dos and don'ts."""
    listed = {entry.field_name for entry in page.get_searchable_search_fields()}
    for entry in page._meta.fields:
        if isinstance(entry, (StreamField, RichTextField)) and entry.name not in listed and entry.name not in NOT_SEARCHED:
            yield from entry.get_searchable_content(entry.value_from_object(page))


def pages_of_topic(topic: Topic) -> list[int]:
    """Pages whose documents carry a value's names, also as those of their value's parent."""
    ids = [topic.pk, *type(topic)._default_manager.filter(parent=topic.pk).values_list("pk", flat=True)] if hasattr(topic, "parent_id") else [topic.pk]
    return list(LINKS[topic.key].objects.filter(**{f"{topic.key}__in": ids}).values_list("page_id", flat=True))


def register() -> None:
    """Give the index of pages these columns and parts. Called once, when the applications are ready."""
    add_columns(Page, COLUMNS, (NAMES, SCIENCE, BODY))
    extend(ItemPage, of_items)
    extend(PlainPage, of_plain_pages)
