"""What was found as readers and programs see it: items with marks and snippets, facets with labels, what was understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from topics import kinds
from topics.listing import FACET_LABELS, FACET_ORDER, Facet
from topics.models import ItemPage
from topics.queries import TAXONOMIES, for_cards

from .marking import Marker
from .never_suggest import is_never_suggested
from .site_documents import FORMATS
from .site_search import COLUMNS, Asked, Found
from .spelling import suggestion
from .tree import Hit
from .understanding import Understood, restored_accents

FORMAT, KIND, YEAR = "dinh-dang", "loai", "nam"
ORDER = (KIND, *(model.segment for model in FACET_ORDER), YEAR, FORMAT)


@dataclass(slots=True)
class Answer:
    """Items of the page asked for, with `marked_title`, `snippet` and `score`; facets; how the query was understood."""

    items: list[Any]
    total: int
    facets: list[Facet]
    understood: Understood
    took_ms: float
    suggestion: str | None = None
    groups: list[dict[str, Any]] = field(default_factory=list)

    @property
    def understood_text(self) -> str:
        return self.understood.text

    def as_json(self) -> dict[str, Any]:
        """The answer of /api/search, as product.md §7 and §8 say."""
        return {
            "query": self.understood.typed,
            "understood": {"text": self.understood.text, "changed": self.understood.is_changed, "reasons": list(self.understood.reasons)},
            "total": self.total,
            "took_ms": self.took_ms,
            "results": [
                {
                    "url": f"{settings.SITE_URL}{item.url}",
                    "title": item.title,
                    "type": item.kind_entry.segment,
                    "snippet": str(item.snippet),
                    "score": item.score,
                }
                for item in self.items
            ],
            "facets": {facet.key: facet.values for facet in self.facets},
            "suggestion": self.suggestion,
        }


def present(found: Found, asked: Asked) -> Answer:
    """The answer as it is shown. Five queries at most: items, their places, the facets' labels, kinds with facts of their own."""
    grouped = [hit for hits in found.by_kind.values() for hit in hits]
    items = items_of([*found.hits, *grouped], asked.language)
    shown = [items[hit.key] for hit in found.hits if hit.key in items]
    understood = found.query
    marker = Marker(found.query, found.thesaurus)
    if understood.is_bare and not understood.is_exact and not understood.reasons:
        # The accents that the best results have: what a reader most likely meant.
        texts = [text for hit in found.hits[:8] if hit.key in items for text in (items[hit.key].title, f"{items[hit.key].summary} {hit.text[:600]}")]
        accents = restored_accents(understood.words, texts)
        if accents:
            # "heo" is a word as it stands: what says the same as it was looked for.
            for span in found.thesaurus.exact_spans(understood):
                accents[span.start : span.end] = [word.accented for word in understood.words[span.start : span.end]]
            understood = understood.with_accents(accents)
            as_meant = [replace(word, accented=accented, is_bare=False) for word, accented in zip(found.query.words, accents, strict=True)]
            marker = Marker(replace(found.query, words=tuple(as_meant)), found.thesaurus)
    for hit in [*found.hits, *grouped]:
        if hit.key in items:
            _mark(items[hit.key], hit, marker)
    groups = [
        {"kind": kind, "items": [items[hit.key] for hit in hits if hit.key in items], "total": found.facets.get(KIND, {}).get(kind, 0)}
        for kind, hits in found.by_kind.items()
    ]
    return Answer(
        shown, found.total, facets_of(found, asked), understood, found.took_ms, suggested(found, shown), [group for group in groups if group["items"]]
    )


def items_of(hits: Sequence[Hit], language: str) -> dict[str, Any]:
    """Items by key, each as its card needs it. What is not public any more is left out, whatever the index says."""
    keys = list(dict.fromkeys(hit.key for hit in hits))
    if not keys:
        return {}
    items = list(ItemPage.objects.public().in_language(language).for_list().filter(pk__in=keys))
    return {str(item.pk): item for item in for_cards(items)}


def _mark(item: Any, hit: Hit, marker: Marker) -> None:
    item.score = round(hit.score, 4)
    item.marked_title = marker.marked(item.title)
    item.snippet = marker.snippet(hit.text or item.summary)


def facets_of(found: Found, asked: Asked) -> list[Facet]:
    """Facets with labels, counts and what is chosen, in their order. Chosen values stay, even where nothing has them. One query."""
    labels = _labels(found, asked)
    facets: list[Facet] = []
    for name in ORDER:
        counts = found.facets.get(name, {})
        chosen = list(asked.choices.get(name, ()))
        known = [value for value in counts if value in labels[name]]
        known += [value for value in chosen if value not in counts and value in labels[name]]
        if name == YEAR:
            known.sort(reverse=True)
        values = [{"value": value, "label": labels[name][value], "count": counts.get(value, 0), "selected": value in chosen} for value in known]
        if values:
            facets.append(Facet(name, _facet_label(name), values))
    return facets


def _facet_label(name: str) -> str:
    if name in (KIND, YEAR, FORMAT):
        return {KIND: _("Loại"), YEAR: _("Năm"), FORMAT: _("Có gì trong bài")}[name]
    return str(next(FACET_LABELS[model.key] for model in TAXONOMIES if model.segment == name))


def _labels(found: Found, asked: Asked) -> dict[str, dict[str, str]]:
    """Labels by parameter and value, in the language asked for. One query for the five taxonomies."""
    labels: dict[str, dict[str, str]] = {name: {} for name in COLUMNS}
    labels[KIND] = {kind.segment: str(kind.plural) for kind in kinds.all_kinds()}
    labels[FORMAT] = {value: str(label) for value, label in FORMATS.items()}
    labels[YEAR] = {value: value for value in found.facets.get(YEAR, {})}
    parts = []
    for model in TAXONOMIES:
        slugs = {*found.facets.get(model.segment, {}), *asked.choices.get(model.segment, ())}
        parts.append(model._default_manager.filter(slug__in=slugs).order_by().values_list("slug", "labels", "name"))
    for model, rows in zip(TAXONOMIES, parts, strict=True):
        labels[model.segment] = {slug: names.get(asked.language, name) for slug, names, name in rows}
    return labels


def suggested(found: Found, items: Sequence[Any]) -> str | None:
    """The query as it was probably meant, with the accents that the results have; None where nothing is doubtful."""
    folded = suggestion(found.query)
    if folded is None:
        return None
    words = [replace(word, folded=key, is_bare=True) for word, key in zip(found.query.words, folded, strict=True)]
    texts = [text for item, hit in zip(items, found.hits, strict=False) for text in (item.title, f"{item.summary} {hit.text[:2000]}")]
    accents = restored_accents(words, texts)
    kept = [
        accented if place in found.query.alternatives or word.is_bare else word.text
        for place, (accented, word) in enumerate(zip(accents or folded, found.query.words, strict=True))
    ]
    text = " ".join(kept)
    return None if is_never_suggested(text) or text == found.query.text else text


def plain(snippet: str) -> str:
    """A snippet without its marks."""
    return re.sub(r"\s+", " ", strip_tags(snippet)).strip()


def kinds_label(segments: Iterable[str]) -> dict[str, str]:
    """Plural labels of kinds by segment."""
    labels = {kind.segment: str(kind.plural) for kind in kinds.all_kinds()}
    return {segment: labels[segment] for segment in segments if segment in labels}
