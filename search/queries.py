"""What the search page asks the database."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, Value, When

from core.vietnamese import fold
from home.models import PlainPage
from knowledge_base.models import Term
from topics.models import FormerPlace, ItemPage, Locality, LocalityLink, Product, ProductLink
from topics.models.items import ItemQuerySet

MOST_WORDS = 20


def words_of(query: str) -> list[str]:
    """The first twenty words of a query, folded."""
    return fold(query).split()[:MOST_WORDS]


def find_items(words: list[str], language: str) -> ItemQuerySet:
    """Public items with every word in title, summary, or the names of their products and places; without words all of them.

    With words each carries `match`: 2 where the title begins with them, 1 where they stand together, else 0.
    """
    items = ItemPage.objects.public().in_language(language).for_list()
    for word in dict.fromkeys(words):
        products = ProductLink.objects.filter(product__in=Product.objects.filter(folded__contains=word)).values("page_id")
        former = FormerPlace.objects.filter(folded__contains=word).values("units")
        places = Locality.objects.filter(Q(folded__contains=word) | Q(pk__in=former))
        located = LocalityLink.objects.filter(locality__in=places).values("page_id")
        items = items.filter(Q(folded__contains=word) | Q(pk__in=products) | Q(pk__in=located))
    phrase = " ".join(words)
    ranks = [When(folded__startswith=phrase, then=Value(2)), When(folded__contains=phrase, then=Value(1))]
    return items.annotate(match=Case(*ranks, default=Value(0), output_field=IntegerField()))


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
