"""Questions that the pages of documents, the loader and the home page ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Count

from topics.kinds import all_kinds
from topics.models import ItemPage
from topics.models.items import ItemQuerySet

from .models.clauses import Clause, ClauseLink

# Documents stand here in the tree and in every address of a clause (product.md §7).
SEGMENT = "van-ban"


def address_exists(address: str) -> bool:
    """Whether `/van-ban/<document>/[<clause>/]` leads somewhere today, for links in content files. One query, two with a clause."""
    from .models.documents import DocumentPage

    parts = [part for part in unquote(address).split("/") if part][1:]
    if not parts:
        return True
    document = DocumentPage.objects.live().filter(slug=parts[0], locale__language_code=settings.LANGUAGE_CODE, withdrawn_on=None).first()
    if document is None or len(parts) > 2:
        return False
    return len(parts) == 1 or document.clauses.filter(address=parts[1]).exists()


def answer_counts(clauses: Iterable[Clause], locale_id: int) -> dict[int, int]:
    """How many public items of one language answer to each clause: {clause id: 3}; clauses without any are left out. Two queries."""
    public = ItemPage.objects.public().filter(locale=locale_id).order_by().values("pk")
    links = ClauseLink.objects.filter(clause__in=[clause.pk for clause in clauses], page__in=public)
    return dict(links.order_by().values_list("clause").annotate(total=Count("pk")))


def kinds_of_answers(items: ItemQuerySet) -> list[tuple[str, int]]:
    """Every kind of item that can answer to a clause with how many do, the empty ones too: [("Thành tựu", 2)]. One query."""
    counts = dict(items.order_by().values_list("content_type__model").annotate(total=Count("pk")))
    return [(str(kind.plural), counts.get(kind.model_name, 0)) for kind in all_kinds() if kind.segment != SEGMENT]


def card_facts(ids: list[int]) -> dict[int, dict[str, Any]]:
    """By id: the number of a document, which is how people name it. One query."""
    from .models.documents import DocumentPage

    return {pk: {"number": number} for pk, number in DocumentPage.objects.filter(pk__in=ids).values_list("pk", "number")}
