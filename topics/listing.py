"""A list of items with facets: what the address says, what is shown, and every way to take a choice back.

State lives in the address (product.md §7): values are slugs, a parameter repeats for several, OR within one, AND between.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import Case, Exists, Max, Min, OuterRef, Q, Value, When
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.vietnamese import normalise
from topics import kinds

from .models.items import ItemQuerySet, LocalityLink
from .models.places import Locality
from .models.taxonomies import Audience, Field, Product, Technique, Topic, TreeTopic
from .queries import LINKS, TAXONOMIES, for_cards

PAGE_SIZE = 20
# Beyond this nobody turns pages; the database would still have to count them.
LAST_PAGE = 500
PARAMETERS = {model.segment: model for model in TAXONOMIES}
# What people look for first stands first: the thing they grow, then where they live.
FACET_ORDER: tuple[type[Topic], ...] = (Product, Locality, Technique, Field, Audience)
# Shorter than the taxonomies' own names, which explain themselves in the admin.
FACET_LABELS = {
    "product": gettext_lazy("Sản phẩm"),
    "locality": gettext_lazy("Địa bàn"),
    "technique": gettext_lazy("Kỹ thuật"),
    "field": gettext_lazy("Lĩnh vực"),
    "audience": gettext_lazy("Dành cho ai"),
}
LONGEST_VALUE = 120
KIND = "loai"
YEAR = "nam"
SORT = "sap-xep"
PAGE = "trang"
QUERY = "q"
BEST, NEWEST = "phu-hop", "moi-nhat"
SORTS = {
    BEST: ("-match", "-first_published_at", "-pk"),
    NEWEST: ("-first_published_at", "-pk"),
    "cu-nhat": ("first_published_at", "pk"),
    "ten": ("sort_key", "pk"),
}
SORT_LABELS = {BEST: gettext_lazy("Phù hợp nhất"), NEWEST: gettext_lazy("Mới nhất"), "cu-nhat": gettext_lazy("Cũ nhất"), "ten": gettext_lazy("Theo tên")}


@dataclass(slots=True)
class Facet:
    """One group of choices: key is the query parameter."""

    key: str
    label: str
    values: list[dict[str, Any]] = field(default_factory=list)

    @property
    def selected_count(self) -> int:
        return sum(1 for value in self.values if value["selected"])


@dataclass(slots=True)
class Listing:
    """All that a listing template needs."""

    page_obj: ResultPage
    facets: list[Facet]
    chips: list[dict[str, str]]
    unknown: list[str]
    sort: str
    query_prefix: str
    clear_url: str = "?"
    is_ranked: bool = False

    @property
    def sorts(self) -> list[dict[str, Any]]:
        """The orders there are, as {value, label, selected}; by fitness only where something was searched."""
        offered = [key for key in SORTS if key != BEST or self.is_ranked]
        return [{"value": key, "label": str(SORT_LABELS[key]), "selected": key == self.sort} for key in offered]

    @property
    def kept(self) -> list[dict[str, str]]:
        """Parameters that the form of facets must carry along, as {name, value}: the words that were searched."""
        return [{"name": QUERY, "value": value} for value in QueryDict(self.query_prefix).getlist(QUERY)[:1]]

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)


def chosen(params: QueryDict, key: str, limit: int = 20) -> list[str]:
    """Values of a repeated parameter, cleaned, without doubles, the first twenty."""
    values = [_cleaned(value) for value in params.getlist(key)[:200]]
    return list(dict.fromkeys(value for value in values if value))[:limit]


def _cleaned(value: str) -> str:
    return normalise(value).strip()[:LONGEST_VALUE]


def page_number(params: QueryDict) -> int:
    """The page asked for. Raises Http404 if it is not a number from 1 to LAST_PAGE."""
    raw = params.get(PAGE, "1")
    if not raw.isascii() or not raw.isdigit() or not 1 <= len(raw) <= 4 or not 1 <= int(raw) <= LAST_PAGE:
        raise Http404(_("Không có trang này."))
    return int(raw)


def list_items(items: ItemQuerySet, params: QueryDict, *, about: Topic | None = None, extra: list[Facet] | None = None, is_ranked: bool = False) -> Listing:
    """Filter, sort and page public items by what the address says.

    `about` is the value whose page shows the list: its taxonomy is no facet there. `extra` are facets that the caller has applied.
    `is_ranked`: the items carry `match`, how well each fits what was searched; the best stand first unless the address says otherwise.
    Five queries: the facets, the years, the count, the items, their places.
    Raises Http404 for a page number that does not exist.
    """
    everything = items
    facets: list[Facet] = []
    chips: list[dict[str, str]] = []
    unknown: list[str] = []
    models = [model for model in FACET_ORDER if about is None or not isinstance(about, model)]
    for model, (facet, found) in _taxonomy_facets(models, everything, params).items():
        facets.append(facet)
        wanted = chosen(params, facet.key)
        labels = {value["value"]: value["label"] for value in facet.values}
        chips += [{"label": labels.get(value, value), "remove_url": without(params, facet.key, value)} for value in wanted]
        unknown += [value for value in wanted if value not in found]
        if wanted:
            items = items.filter(_carries(model, list(found.values())))
    items = _filter_year(items, everything, params, facets, chips, unknown)
    for facet in extra or []:
        facets.insert(0, facet)
        labels = {value["value"]: value["label"] for value in facet.values}
        wanted = chosen(params, facet.key)
        chips[:0] = [{"label": labels.get(value, value), "remove_url": without(params, facet.key, value)} for value in wanted]
        unknown += [value for value in wanted if value not in labels]
    sort = _sort_of(params, is_ranked=is_ranked)
    paginator = Paginator(items.order_by(*SORTS[sort]), PAGE_SIZE)
    number = page_number(params)
    if number > paginator.num_pages:
        raise Http404(_("Không có trang này."))
    page_obj = paginator.page(number)
    page_obj.object_list = for_cards(list(page_obj.object_list))
    kept = params.copy()
    kept.pop(PAGE, None)
    return Listing(page_obj, [facet for facet in facets if facet.values], chips, unknown, sort, kept.urlencode(), cleared(params), is_ranked)


def _sort_of(params: QueryDict, *, is_ranked: bool) -> str:
    """The order asked for; the usual one where the address asks for none or for an unknown one."""
    usual = BEST if is_ranked else NEWEST
    asked = params.get(SORT, usual)
    return asked if asked in SORTS and (asked != BEST or is_ranked) else usual


def kind_facet(items: ItemQuerySet, params: QueryDict) -> tuple[ItemQuerySet, Facet]:
    """Apply `loai`, the kind of item: the narrowed items, and the kinds that there are. One query."""
    wanted = chosen(params, KIND)
    names = set(items.order_by().values_list("content_type__model", flat=True).distinct())
    found = {kind.segment: str(kind.plural) for kind in kinds.all_kinds() if kind.model_name in names or kind.segment in wanted}
    facet = Facet(KIND, _("Loại"), [{"value": segment, "label": label, "selected": segment in wanted} for segment, label in found.items()])
    if wanted:
        items = items.filter(content_type__model__in=[kind.model_name for kind in kinds.all_kinds() if kind.segment in wanted])
    return items, facet


def _taxonomy_facets(models: list[type[Topic]], items: ItemQuerySet, params: QueryDict) -> dict[type[Topic], tuple[Facet, dict[str, int]]]:
    """By taxonomy: the values that these items use, parents included, plus what was asked for; and {slug: id} of the latter. One query."""
    pages = items.order_by().values("pk")
    parts = []
    for model in models:
        used = LINKS[model.key].objects.filter(page__in=pages).values(f"{model.key}_id")
        condition = Q(pk__in=used) | Q(slug__in=chosen(params, model.segment))
        if _has_children(model):
            condition |= Q(Exists(model._default_manager.filter(parent=OuterRef("pk"), pk__in=used)))
        values = model._default_manager.filter(condition).annotate(key=Value(model.key))
        parts.append(values.order_by().values_list("key", "pk", "slug", "labels", "name", "sort_key"))
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[-1])
    language = get_language() or "vi"
    found: dict[type[Topic], tuple[Facet, dict[str, int]]] = {}
    for model in models:
        wanted = chosen(params, model.segment)
        mine = [(pk, slug, labels.get(language, name)) for key, pk, slug, labels, name, _order in rows if key == model.key]
        values = [{"value": slug, "label": label, "selected": slug in wanted} for _pk, slug, label in mine]
        found[model] = Facet(model.segment, str(FACET_LABELS[model.key]), values), {slug: pk for pk, slug, _label in mine if slug in wanted}
    return found


def _has_children(model: type[Topic]) -> bool:
    return issubclass(model, TreeTopic)


def _carries(model: type[Topic], ids: list[int]) -> Q:
    """Items with one of the values or of their children; an item without place belongs to every place."""
    values = Q(**{f"{model.key}__in": ids})
    if _has_children(model):
        values |= Q(**{f"{model.key}__parent__in": ids})
    condition = Q(Exists(LINKS[model.key].objects.filter(values, page=OuterRef("pk"))))
    if model is Locality and ids:
        condition |= ~Q(Exists(LocalityLink.objects.filter(page=OuterRef("pk"))))
    return condition


def _filter_year(
    items: ItemQuerySet, everything: ItemQuerySet, params: QueryDict, facets: list[Facet], chips: list[dict[str, str]], unknown: list[str]
) -> ItemQuerySet:
    """Apply `nam`: years of first publication."""
    wanted = chosen(params, YEAR)
    years = _years_of(everything)
    facets.append(Facet(YEAR, _("Năm"), [{"value": str(year), "label": str(year), "selected": str(year) in wanted} for year in years]))
    if not wanted:
        return items
    unknown += [value for value in wanted if value not in {str(year) for year in years}]
    chips += [{"label": value, "remove_url": without(params, YEAR, value)} for value in wanted]
    numbers = [int(value) for value in wanted if value.isascii() and value.isdigit() and dt.MINYEAR < int(value[:5]) < dt.MAXYEAR and len(value) <= 4]
    condition = Q(pk__in=[])
    for number in numbers:
        condition |= Q(first_published_at__year=number)
    return items.filter(condition)


def _years_of(items: ItemQuerySet) -> list[int]:
    """Years in which one of the items was published first, newest first. One query, two where they span more than two years.

    Not `datetimes`: on SQLite that asks Python about every row.
    """
    items = items.order_by()
    ends = items.aggregate(first=Min("first_published_at"), last=Max("first_published_at"))
    if ends["first"] is None:
        return []
    first, last = (timezone.localtime(ends[name]).year for name in ("first", "last"))
    years = range(last, first - 1, -1)
    if len(years) <= 2:
        return list(years)
    there = items.aggregate(**{f"y{year}": Max(Case(When(first_published_at__year=year, then=1), default=0)) for year in years})
    return [year for year in years if there[f"y{year}"]]


def without(params: QueryDict, key: str, value: str) -> str:
    """The address with one choice taken back, from the first page."""
    kept = params.copy()
    kept.pop(PAGE, None)
    kept.setlist(key, [entry for entry in params.getlist(key) if _cleaned(entry) != value])
    return f"?{kept.urlencode()}"


def cleared(params: QueryDict) -> str:
    """The address without any choice: what was searched and the order stay."""
    kept = QueryDict(mutable=True)
    for key in (QUERY, SORT):
        if key in params:
            kept[key] = str(params[key])
    return f"?{kept.urlencode()}"
