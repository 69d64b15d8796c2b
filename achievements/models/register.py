"""`/ton-vinh/`: the public register of honours."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from achievements.queries import counts_of, with_pages
from topics.listing import PAGE, PAGE_SIZE, YEAR, Facet, Listing, chosen, cleared, page_number, without
from topics.models import Field, ItemSection, Locality
from topics.queries import LINKS

from .honours import Honour, HonoureeKind, HonoureePage, HonourLevel

KIND = "loai"
LEVEL = "cap"


class HonoursRegisterPage(ItemSection):
    """Lists honours, newest decision first, by kind, level, year, field and locality; annulled ones shown as annulled."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["achievements.HonoureePage"]
    max_count_per_parent = 1
    template = "achievements/honours_register_page.html"

    class Meta:
        verbose_name = _("sổ tôn vinh")
        verbose_name_plural = _("sổ tôn vinh")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super(ItemSection, self).get_context(request, *args, **kwargs)
        listing, counts = register_listing(request.GET)
        listing.page_obj.object_list = with_pages(listing.page_obj.object_list, self.locale_id)
        return context | {"listing": listing, "counts": counts} | self.feed_context(request)


def register_listing(params: QueryDict) -> tuple[Listing, dict[str, int]]:
    """The register's honours as the address asks: facets, chips, one page of twenty; and `counts_of` them all. Five queries.

    Raises Http404 for a page number that does not exist.
    """
    everything = Honour.objects.public()
    facets = [
        _choice_facet(KIND, gettext("Ai được khen"), HonoureeKind.choices, params),
        _choice_facet(LEVEL, gettext("Cấp khen"), HonourLevel.choices, params),
        _year_facet(everything, params),
        _topic_facet(Field, params),
        _topic_facet(Locality, params),
    ]
    honours = everything
    conditions = {KIND: "honouree__kind__in", LEVEL: "level__in"}
    for facet in facets:
        wanted = chosen(params, facet.key)
        if not wanted:
            continue
        if facet.key in conditions:
            honours = honours.filter(**{conditions[facet.key]: wanted})
        elif facet.key == YEAR:
            honours = honours.filter(decided_on__year__in=[int(value) for value in wanted if value.isascii() and value.isdigit() and len(value) == 4])
        else:
            honours = honours.filter(_carries(Field if facet.key == Field.segment else Locality, wanted))
    counts = counts_of(honours)
    paginator = Paginator(honours.for_register(), PAGE_SIZE)
    paginator.count = counts["total"]
    number = page_number(params)
    if number > paginator.num_pages:
        raise Http404(gettext("Không có trang này."))
    page_obj = paginator.page(number)
    page_obj.object_list = list(page_obj.object_list)
    labels = {(facet.key, value["value"]): value["label"] for facet in facets for value in facet.values}
    picked = [(facet.key, value) for facet in facets for value in chosen(params, facet.key)]
    chips = [{"label": labels.get(pair, pair[1]), "remove_url": without(params, *pair)} for pair in picked]
    unknown = [value for key, value in picked if (key, value) not in labels]
    kept = params.copy()
    kept.pop(PAGE, None)
    shown = [facet for facet in facets if facet.values]
    return Listing(page_obj, shown, chips, unknown, "moi-nhat", kept.urlencode(), cleared(params)), counts


def _choice_facet(key: str, label: str, choices: list[tuple[str, Any]], params: QueryDict) -> Facet:
    wanted = chosen(params, key)
    return Facet(key, label, [{"value": value, "label": str(name).capitalize(), "selected": value in wanted} for value, name in choices])


def _year_facet(honours: QuerySet[Honour], params: QueryDict) -> Facet:
    wanted = chosen(params, YEAR)
    years = [day.year for day in honours.order_by().dates("decided_on", "year", order="DESC")]
    return Facet(YEAR, gettext("Năm"), [{"value": str(year), "label": str(year), "selected": str(year) in wanted} for year in years])


def _topic_facet(model: type[Field] | type[Locality], params: QueryDict) -> Facet:
    """Values that honourees carry, their parents, and what was asked for. One query."""
    wanted = chosen(params, model.segment)
    used = LINKS[model.key].objects.filter(page__in=HonoureePage.objects.live().filter(withdrawn_on=None).values("pk")).values(f"{model.key}_id")
    condition = Q(pk__in=used) | Q(slug__in=wanted)
    if model is Field:
        condition |= Q(children__in=used)
    topics = model._default_manager.filter(condition).distinct().order_by("sort_key")
    return Facet(
        model.segment,
        str(model._meta.verbose_name).capitalize(),
        [{"value": topic.slug, "label": topic.label, "selected": topic.slug in wanted} for topic in topics],
    )


def _carries(model: type[Field] | type[Locality], slugs: list[str]) -> Q:
    """Honours whose honouree has one of the values or of their children; an honouree without place belongs to every place that there is."""
    link = LINKS[model.key].objects
    if model is Field:
        return Q(Exists(link.filter(Q(field__slug__in=slugs) | Q(field__parent__slug__in=slugs), page=OuterRef("honouree"))))
    here = Exists(link.filter(locality__slug__in=slugs, page=OuterRef("honouree")))
    return Q(here) | (Q(~Exists(link.filter(page=OuterRef("honouree")))) & Q(Exists(Locality.objects.filter(slug__in=slugs))))
