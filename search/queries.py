"""What the search page asks the database: what stands beside results, what helps where there is none, titles when the engine is down."""

from __future__ import annotations

import difflib
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from core.vietnamese import fold
from home.models import PlainPage
from knowledge_base.models import GuidePage, Term
from topics.models import FormerPlace, ItemPage, Locality, LocalityLink, Product, ProductLink
from topics.models.items import ItemQuerySet
from topics.models.people import Contact

from .directory import Entry, directory

MOST_WORDS = 20
# While the engine is down.
MOST_SOUGHT = 5
MOST_FOUND = 500


def words_of(query: str) -> list[str]:
    """The first twenty words of a query, folded."""
    return fold(query).split()[:MOST_WORDS]


def find_items(words: list[str], language: str) -> ItemQuerySet:
    """Public items with every word in title, summary, or the names of their products and places; without words all of them.

    For when the engine is down: the first words only, and a few hundred items at most, so that it costs little on any database.
    With words each carries `match`: 2 where the title begins with them, 1 where they stand together, else 0.
    """
    items = ItemPage.objects.public().in_language(language)
    sought = list(dict.fromkeys(words))[:MOST_SOUGHT]
    for word in sought:
        condition = Q(folded__contains=word)
        products = list(Product.objects.filter(folded__contains=word).values_list("pk", flat=True))
        former = list(FormerPlace.objects.filter(folded__contains=word).values_list("units", flat=True))
        places = list(Locality.objects.filter(Q(folded__contains=word) | Q(pk__in=[pk for pk in former if pk])).values_list("pk", flat=True))
        if products:
            condition |= Q(pk__in=ProductLink.objects.filter(product__in=products).values("page_id"))
        if places:
            condition |= Q(pk__in=LocalityLink.objects.filter(locality__in=places).values("page_id"))
        items = items.filter(condition)
    if sought:
        items = ItemPage.objects.filter(pk__in=list(items.order_by("-first_published_at", "-pk").values_list("pk", flat=True)[:MOST_FOUND]))
    phrase = " ".join(words)
    ranks = [When(folded__startswith=phrase, then=Value(2)), When(folded__contains=phrase, then=Value(1))]
    return items.for_list().annotate(match=Case(*ranks, default=Value(0), output_field=IntegerField()))


def find_terms(words: list[str], language: str, limit: int = 5) -> list[Term]:
    """Terms of the language with every word in a name."""
    if not words:
        return []
    terms = Term.objects.filter(locale__language_code=language).select_related("locale")
    for word in words:
        terms = terms.filter(folded__contains=word)
    return list(terms.order_by("sort_key")[:limit])


def find_pages(words: list[str], language: str, limit: int = 5) -> list[PlainPage]:
    """Plain pages with every word in title or summary."""
    if not words:
        return []
    pages = PlainPage.objects.live().public().filter(locale__language_code=language).select_related("locale")
    for word in words:
        pages = pages.filter(folded__contains=word)
    return list(pages.order_by("title")[:limit])


def helpful(query: str, language: str) -> dict[str, Any]:
    """Where nothing was found: names that look like the query, whom to call, guides to go on with. Two queries."""
    guides = GuidePage.objects.public().in_language(language).select_related("locale").order_by("-last_published_at", "-pk")
    return {"near": nearest(query, language), "contacts": contacts_to_ask(), "guides": list(guides[:4])}


def nearest(query: str, language: str, limit: int = 5) -> list[Entry]:
    """Names that look most like the query, accents aside."""
    entries = directory(language).entries
    by_folded = {entry.folded: entry for entry in reversed(entries)}
    folded = fold(query)[:60]
    close = difflib.get_close_matches(folded, list(by_folded), n=limit * 2, cutoff=0.6)
    words = [word for word in folded.split() if len(word) > 2]
    close += [key for key in by_folded if any(word in key.split() for word in words)][: limit * 2]
    found: dict[str, Entry] = {}
    for key in close:
        found.setdefault(by_folded[key].url, by_folded[key])
    return list(found.values())[:limit]


def contacts_to_ask(limit: int = 2) -> list[Contact]:
    """Who answers for the whole province first."""
    return list(
        Contact.objects.annotate(is_local=Case(When(localities=None, then=Value(0)), default=Value(1))).order_by("is_local", "sort_key").distinct()[:limit]
    )
