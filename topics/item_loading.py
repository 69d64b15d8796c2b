"""Loads items of one kind from a folder of Markdown files; rooms call it from their loaders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from core.content import ContentError
from core.content.files import ContentFile, digest_of, read_folder
from core.content.loading import Report, first_load_day, load_row
from core.content.markdown import optional_links
from core.content.translating import Catalogue, translate_page
from core.content.values import Values

from .kinds import kind_of
from .models import BylineLink, ItemPage
from .models.people import Byline
from .queries import LINKS, TAXONOMIES

TOPIC_KEYS = {"fields": "field", "techniques": "technique", "products": "product", "localities": "locality", "audiences": "audience"}
# Clauses live in another room; Wagtail's Page knows the relation by its name.
CLAUSE_LINK: Any = Page._meta.get_field("clause_links").related_model
CLAUSE: Any = CLAUSE_LINK._meta.get_field("clause").related_model
TOPIC_MODELS = {model.key: model for model in TAXONOMIES}
# The document that a content file means when it names a clause by its address alone (product.md §8).
PROGRAMME = "88-ctr-tu"
# Keys that a room or this loader reads itself.
SPECIAL = {*TOPIC_KEYS, "bylines", "clauses", "published", "honours"}

AfterLoad = Callable[[ItemPage, ContentFile, Values], None]


def load_items(report: Report, room: Path, folder: str, model: type[ItemPage], after: AfterLoad | None = None) -> None:
    """Load `<room>/data/<folder>/*.md` under the Vietnamese section of the kind. `after` runs once a page is saved.

    Raises ContentError that names the file.
    """
    files = list(read_folder(room / "data" / folder))
    if not files:
        return
    segment = kind_of(model._meta.model_name or "").segment
    section = Page.objects.filter(slug=segment, depth=3, locale__language_code="vi").first()
    if section is None:
        raise ContentError(_("Chưa có mục /%(segment)s/: nạp home/data/home.yaml trước.") % {"segment": segment})
    for file in files:
        values = Values(file.key, first_load_day(), room / "data" / "pictures")
        # A document that is imported later renews the item, so that its links and clauses appear.
        digest = digest_of(file.digest, *_clauses(file), *optional_links(f"{file.data}\n{file.body}"))
        load_row(report, file.key, digest, lambda row, file=file, values=values: _make(row, file, values, model, section, after))


def _make(row: Any | None, file: ContentFile, values: Values, model: type[ItemPage], section: Page, after: AfterLoad | None) -> ItemPage:
    page = row.specific if row else model(slug=file.slug, locale=section.locale)
    fill_fields(page, file.data, values, SPECIAL)
    if file.body:
        field: Any = model._meta.get_field("body")
        page.body = values.stream(field.stream_block, file.body)
    _tie_topics(page, file)
    published = values.moment(file.data.get("published", "0d"))
    if row is None:
        page.live = False
        section.add_child(instance=page)
    try:
        page.full_clean()
    except ValidationError as error:
        raise ContentError(_("%(file)s: %(error)s") % {"file": file.key, "error": error.message_dict}) from error
    page.save_revision(clean=False).publish(log_action=False)
    stamps = {"first_published_at": published, "last_published_at": published}
    Page.objects.filter(pk=page.pk).update(**stamps)
    if after:
        after(page, file, values)
    return page


def fill_fields(page: Page, data: dict[str, Any], values: Values, special: Iterable[str]) -> None:
    """Set every model field that the file names. Raises ContentError for a key that the model does not have."""
    fields = {field.name: field for field in page._meta.fields}
    for name, raw in data.items():
        if name in special:
            continue
        field = fields.get(name)
        if field is None:
            raise ContentError(_("%(file)s: không có ô “%(name)s”.") % {"file": values.where, "name": name})
        setattr(page, name, values.field(field, raw))


def _tie_topics(page: ItemPage, file: ContentFile) -> None:
    for plural, key in TOPIC_KEYS.items():
        slugs = file.data.get(plural) or []
        topics = {topic.slug: topic for topic in TOPIC_MODELS[key]._default_manager.filter(slug__in=slugs)}
        missing = [slug for slug in slugs if slug not in topics]
        if missing:
            raise ContentError(
                _("%(file)s: không có %(kind)s “%(slugs)s”.") % {"file": file.key, "kind": TOPIC_MODELS[key]._meta.verbose_name, "slugs": ", ".join(missing)}
            )
        setattr(page, f"{key}_links", [LINKS[key](**{key: topics[slug]}) for slug in dict.fromkeys(slugs)])
    links = []
    for order, entry in enumerate(file.data.get("bylines") or []):
        entry = entry if isinstance(entry, dict) else {"byline": entry}
        byline = Byline.objects.filter(slug=entry["byline"]).first()
        if byline is None:
            raise ContentError(_("%(file)s: không có bút danh “%(slug)s”.") % {"file": file.key, "slug": entry["byline"]})
        links.append(BylineLink(byline=byline, role=entry.get("role", "author"), sort_order=order))
    page.byline_links = links  # type: ignore[attr-defined]
    page.clause_links = [CLAUSE_LINK(clause=clause) for clause in _clauses(file).values()]  # type: ignore[attr-defined]


def _clauses(file: ContentFile) -> dict[str, models.Model]:
    """Rows of the programme's clauses that the file names, by address; none while the programme is not here."""
    found = CLAUSE.objects.filter(document__slug=PROGRAMME, address__in=file.data.get("clauses") or []).order_by("position")
    return {clause.address: clause for clause in found}


def translate_items(report: Report, room: Path, model: type[ItemPage]) -> None:
    """Make the translations that `<room>/data/translations/<language>/<slug>.po` holds."""
    for path in sorted((room / "data" / "translations").glob("*/*.po")):
        page = model._default_manager.filter(slug=path.stem, locale__language_code=settings.LANGUAGE_CODE).first()
        locale = Locale.objects.filter(language_code=path.parent.name).first()
        if page is not None and locale is not None:
            translate_page(report, page, locale, [Catalogue(path)], path.stem)
