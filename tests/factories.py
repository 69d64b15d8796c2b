"""Pages made quickly: a whole tree for a test, a thousand items for a test that asks what a page costs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Page

from topics.models import ItemPage, Locality, LocalityKind, Topic
from topics.queries import LINKS

PageT = TypeVar("PageT", bound=Page)
ItemT = TypeVar("ItemT", bound=ItemPage)
TopicT = TypeVar("TopicT", bound=Topic)

# Rows in one INSERT: a page has about forty columns, SQLite takes 32,766 variables.
BATCH = 400


def insert_pages(parent: Page, pages: Sequence[PageT]) -> list[PageT]:
    """Insert pages of one kind under a parent, table by table, in the order given, live.

    Nothing is checked and no signal is sent, so no search index is written: a thousand take about a third of a second.
    """
    if not pages:
        return []
    last = parent.get_last_child() if parent.numchild else None
    step = type(parent)._str2int(last.path[-parent.steplen :]) if last else 0
    for number, page in enumerate(pages, start=step + 1):
        page.depth = parent.depth + 1
        page.path = parent.path + type(parent)._int2str(number).rjust(parent.steplen, "0")
        page.locale_id = page.locale_id or parent.locale_id
        page.draft_title = page.title
        page.set_url_path(parent)
        for name, value in page.derived_fields().items():
            setattr(page, name, value)
    first_id = (Page.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    tables = [model for model in reversed(type(pages[0]).__mro__) if issubclass(model, Page) and not model._meta.abstract]
    links = [link.attname for table in tables for link in table._meta.parents.values() if link]
    for page_id, page in enumerate(pages, start=first_id):
        page.id = page_id
        for link in links:
            setattr(page, link, page_id)
        page._state.adding = False
        page._state.db = connection.alias
    for table in tables:
        for start in range(0, len(pages), BATCH):
            query = InsertQuery(table)
            query.insert_values(table._meta.local_concrete_fields, pages[start : start + BATCH])
            query.get_compiler(connection=connection).execute_sql()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
    parent.numchild += len(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
    return list(pages)


def many_items(
    model: type[ItemT],
    parent: Page,
    count: int,
    *,
    topics: Sequence[Topic] = (),
    fields: Callable[[int], dict[str, Any]] = lambda number: {},
) -> list[ItemT]:
    """`count` live items under their section; the first is the oldest, an hour between two.

    `topics`: each item carries one value of every taxonomy that occurs, in turn. `fields(number)` gives what else a kind needs, from 1.
    """
    now = timezone.now()
    items = []
    for number in range(1, count + 1):
        day = now - dt.timedelta(hours=count - number + 1)
        given = {"title": f"Mục số {number}", "slug": f"muc-so-{number}", "summary": "Tóm tắt.", "first_published_at": day, "last_published_at": day}
        items.append(model(**(given | fields(number))))
    insert_pages(parent, items)
    by_key: dict[str, list[Topic]] = defaultdict(list)
    for topic in topics:
        by_key[topic.key].append(topic)
    for key, values in by_key.items():
        links = [LINKS[key](page_id=item.pk, **{f"{key}_id": values[place % len(values)].pk}) for place, item in enumerate(items)]
        LINKS[key].objects.bulk_create(links, batch_size=BATCH)
    return items


def make_topic(model: type[TopicT], slug: str, name: str, **fields: Any) -> TopicT:
    """One value of a taxonomy; a place stands since 1/7/2025 unless it is said otherwise."""
    if model is Locality:
        fields = {"code": slug[:10], "since": dt.date(2025, 7, 1), "kind": LocalityKind.COMMUNE} | fields
    return model.objects.create(slug=slug, name=name, **fields)


def tag(item: ItemPage, *topics: Topic) -> None:
    """Tie an item to values of any taxonomies, as saving its form does."""
    for topic in topics:
        LINKS[topic.key].objects.create(page_id=item.pk, **{topic.key: topic})
