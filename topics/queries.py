"""Questions that several pages ask about topics and items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from .models.items import AudienceLink, FieldLink, ItemPage, LocalityLink, ProductLink, TechniqueLink
from .models.people import Contact
from .models.places import Locality
from .models.taxonomies import Audience, Field, Product, Technique, Topic, topic_url

if TYPE_CHECKING:
    from .kinds import Kind
    from .models.items import ItemQuerySet

TAXONOMIES: tuple[type[Topic], ...] = (Field, Technique, Product, Locality, Audience)
LINKS = {"product": ProductLink, "technique": TechniqueLink, "field": FieldLink, "locality": LocalityLink, "audience": AudienceLink}
SEGMENTS = {model.key: model.segment for model in TAXONOMIES}


@dataclass(frozen=True, slots=True)
class Badge:
    """One topic of an item, enough to show and link it."""

    key: str
    slug: str
    labels: dict[str, str]

    @property
    def label(self) -> str:
        return self.labels.get(get_language() or "", self.labels.get(settings.LANGUAGE_CODE, self.slug))

    @property
    def url(self) -> str:
        return topic_url(SEGMENTS[self.key], self.slug)


def badges_of(page_ids: Iterable[int], keys: Iterable[str] = tuple(LINKS)) -> dict[int, dict[str, list[Badge]]]:
    """Topics of some items: {page id: {"product": [Badge …], …}}, in Vietnamese order. One query."""
    ids = list(page_ids)
    parts = [
        LINKS[key].objects.filter(page_id__in=ids).annotate(key=Value(key)).values_list("page_id", "key", f"{key}__slug", f"{key}__labels", f"{key}__sort_key")
        for key in keys
    ]
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found: dict[int, dict[str, list[Badge]]] = defaultdict(lambda: defaultdict(list))
    for page_id, key, slug, labels, _order in sorted(rows, key=lambda row: row[4]):
        found[page_id][key].append(Badge(key, slug, labels))
    return {page_id: dict(by_key) for page_id, by_key in found.items()}


def with_places(items: list[ItemPage]) -> list[ItemPage]:
    """The same items, each with `places` (list of Badge) for its line in a list. One query."""
    places = badges_of([item.pk for item in items], keys=("locality",)) if items else {}
    for item in items:
        item.places = places.get(item.pk, {}).get("locality", [])  # type: ignore[attr-defined]
    return items


# What a card asks of an item and most items do not have. Said once: a template that looks for a name in vain lists all
# names of the model, which took a seventh of a listing's time.
_OPTIONAL_ON_CARDS = dict.fromkeys(("day", "is_over", "number", "figure", "figure_meaning", "image", "marked_title", "snippet", "language_code"))


def for_cards(items: list[ItemPage]) -> list[ItemPage]:
    """The same items with all that their cards show: places, and what sets their kind apart. One query, one more a kind that has such facts."""
    by_kind: dict[Kind, list[ItemPage]] = defaultdict(list)
    for item in items:
        item.__dict__ = _OPTIONAL_ON_CARDS | item.__dict__
        by_kind[item.kind_entry].append(item)
    for kind, members in by_kind.items():
        facts = kind.card_facts([item.pk for item in members]) if kind.card_facts else {}
        for item in members:
            for name, value in facts.get(item.pk, {}).items():
                setattr(item, name, value)
    return with_places(items)


def under(topic: Topic) -> Q:
    """Items that carry the value or one of its children; for a place also those of the whole province."""
    link = LINKS[topic.key]
    values = Q(**{topic.key: topic.pk})
    if hasattr(topic, "parent_id"):
        values |= Q(**{f"{topic.key}__parent": topic.pk})
    condition = Q(Exists(link.objects.filter(values, page=OuterRef("pk"))))
    if isinstance(topic, Locality):
        condition |= ~Q(Exists(LocalityLink.objects.filter(page=OuterRef("pk"))))
    return condition


def items_about(topic: Topic, language: str) -> ItemQuerySet:
    """Public items of one value in one language, newest first."""
    return ItemPage.objects.public().in_language(language).filter(under(topic)).for_list()


def related_to(item: ItemPage, limit: int = 4) -> list[ItemPage]:
    """Items that share the most with this one: a product counts 4, a technique 2, a field 1. One query."""

    def shares(key: str, weight: int) -> Case:
        mine = LINKS[key].objects.filter(page=item.pk).values(f"{key}_id")
        theirs = LINKS[key].objects.filter(page=OuterRef("pk"), **{f"{key}_id__in": mine})
        return Case(When(Exists(theirs), then=Value(weight)), default=Value(0), output_field=IntegerField())

    candidates = ItemPage.objects.public().filter(locale=item.locale_id).exclude(pk=item.pk)
    scored = candidates.annotate(shared=Coalesce(shares("product", 4), 0) + shares("technique", 2) + shares("field", 1)).filter(shared__gt=0)
    return list(scored.select_related("content_type", "locale").order_by("-shared", "-first_published_at", "-pk")[:limit])


def contacts_for(item: ItemPage, limit: int = 2) -> list[Contact]:
    """Whom to call about an item: who has its product and place, its product, its place; then its keeper. One query."""
    products = ProductLink.objects.filter(page=item.pk).values("product_id")
    places = LocalityLink.objects.filter(page=item.pk).values("locality_id")
    by_product = Exists(Contact.products.through.objects.filter(contact=OuterRef("pk"), product__in=products))
    by_place = Exists(Contact.localities.through.objects.filter(contact=OuterRef("pk"), locality__in=places))
    everywhere = ~Exists(Contact.localities.through.objects.filter(contact=OuterRef("pk")))
    rank = Case(
        When(Q(by_product) & Q(by_place), then=Value(4)),
        When(Q(by_product) & Q(everywhere), then=Value(3)),
        When(Q(by_product), then=Value(2)),
        When(pk=item.keeper_id or 0, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return list(Contact.objects.annotate(rank=rank).filter(rank__gt=0).order_by("-rank", "sort_key")[:limit])
