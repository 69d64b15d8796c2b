"""`/ton-vinh/`: the public register of honours."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from topics.listing import PAGE, PAGE_SIZE, YEAR, Facet, Listing, chosen, page_number, without
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
        context["listing"] = register_listing(request.GET)
        context["honoured_pages"] = self._pages_in_language(context["listing"])
        context["feed_url"] = f"{self.get_url(request)}rss/"
        context["indexable"] = not request.GET
        return context

    def _pages_in_language(self, listing: Listing) -> dict[Any, HonoureePage]:
        """Honourees' pages in this page's language by translation key. One query."""
        keys = {honour.honouree.translation_key for honour in listing.page_obj.object_list}
        pages = HonoureePage.objects.live().filter(locale=self.locale_id, translation_key__in=keys).select_related("locale")
        by_key = {page.translation_key: page for page in pages}
        for honour in listing.page_obj.object_list:
            honour.page = by_key.get(honour.honouree.translation_key, honour.honouree)
        return by_key


def register_listing(params: QueryDict) -> Listing:
    """The register's honours as the address asks: facets, chips, one page of twenty. Constant queries.

    Raises Http404 for a page number that does not exist.
    """
    everything = Honour.objects.public()
    facets = [
        _choice_facet(KIND, gettext("Là"), HonoureeKind.choices, params),
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
    paginator = Paginator(honours.for_register(), PAGE_SIZE)
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
    return Listing(page_obj, [facet for facet in facets if facet.values], chips, unknown, "moi-nhat", kept.urlencode())


def _choice_facet(key: str, label: str, choices: list[tuple[str, Any]], params: QueryDict) -> Facet:
    wanted = chosen(params, key)
    return Facet(key, label, [{"value": value, "label": str(name).capitalize(), "selected": value in wanted} for value, name in choices])


def _year_facet(honours: QuerySet[Honour], params: QueryDict) -> Facet:
    wanted = chosen(params, YEAR)
    years = [day.year for day in honours.order_by().dates("decided_on", "year", order="DESC")]
    return Facet(YEAR, gettext("Năm"), [{"value": str(year), "label": str(year), "selected": str(year) in wanted} for year in years])


def _topic_facet(model: type[Field] | type[Locality], params: QueryDict) -> Facet:
    """Values that honourees carry. One query."""
    wanted = chosen(params, model.segment)
    used = LINKS[model.key].objects.filter(page__in=HonoureePage.objects.live().values("pk")).values(f"{model.key}_id")
    topics = model._default_manager.filter(Q(pk__in=used) | Q(slug__in=wanted)).order_by("sort_key")
    return Facet(
        model.segment,
        str(model._meta.verbose_name).capitalize(),
        [{"value": topic.slug, "label": topic.label, "selected": topic.slug in wanted} for topic in topics],
    )


def _carries(model: type[Field] | type[Locality], slugs: list[str]) -> Q:
    return Q(Exists(LINKS[model.key].objects.filter(**{f"{model.key}__slug__in": slugs}, page=OuterRef("honouree"))))
