"""Questions that the pages of documents, the loader and the home page ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Count, Q

from topics.kinds import Kind, all_kinds
from topics.models import ItemPage
from topics.models.items import ItemQuerySet

from .models.clauses import Clause

if TYPE_CHECKING:
    from .models.documents import DocumentPage

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


def clauses_with_answers(document: DocumentPage) -> list[Clause]:
    """Clauses of a document in order, each with `answer_count`, the public items in the document's language that answer to it. One query.

    Samples are not counted: nobody has done what they tell.

    A translation has none of its own: the clauses are those of the page that it translates.
    """
    public = ItemPage.objects.public().filter(locale=document.locale_id).order_by().values("pk")
    counted = Count("links_to_items", filter=Q(links_to_items__page__in=public.filter(is_sample=False)))
    return list(Clause.objects.filter(document__translation_key=document.translation_key).in_order().annotate(answer_count=counted))


def kinds_of_answers(items: ItemQuerySet) -> list[tuple[Kind, int]]:
    """Every kind of item with how many of these there are, 0 where there is none. One query."""
    counts = dict(items.order_by().values_list("content_type__model").annotate(total=Count("pk")))
    return [(kind, counts.get(kind.model_name, 0)) for kind in all_kinds()]


def card_facts(ids: list[int]) -> dict[int, dict[str, Any]]:
    """By id: the number of a document, which is how people name it. One query."""
    from .models.documents import DocumentPage

    return {pk: {"number": number} for pk, number in DocumentPage.objects.filter(pk__in=ids).values_list("pk", "number")}
