"""From a document as read to a page with clauses: look first (`build_preview`), then save (`save_document`).

Issued text never changes. Importing the same document again changes no clause; other words at an address that is already public are
refused, because people quote them. What is renewed is what we say about the document: day, issuer, the lists of repairs and doubts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha1
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from core.models import PortalDocument
from core.vietnamese import slugify
from topics.item_loading import PROGRAMME
from topics.queries import LINKS, TAXONOMIES

from .models import Clause, DocumentKind, DocumentPage
from .models.clauses import ISSUED
from .outline import Counts, count
from .particulars import ImportRefused, Particulars, checked_title, guess_issuer, guess_kind
from .queries import SEGMENT
from .reading import DoubtKind, IssuedDocument
from .targets import tie_targets

# Fields of the page that an import owns; all others are an editor's from the first import on.
_RENEWED = ("document_kind", "issued_on", "issuer", "signer", "signer_title", "recipients", "repairs", "doubts")
_SHOWN_ADDRESSES = 5


class State(StrEnum):
    """What saving does, or has done."""

    NEW = "new"
    RENEWED = "renewed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file as it came: people download it beside the clauses."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """What saving would do. `page` is the new one, not saved, or the one that is there, at its latest draft if it is not live.

    `changes` are the names of what is renewed.
    """

    state: State
    slug: str
    page: DocumentPage
    facts: dict[str, Any]
    title: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person sees before saving. `doubts_at`: {"iii-3-d1": [{"kind", "words", "explanation"}]}."""

    document: IssuedDocument
    plan: Plan
    counts: Counts
    doubts_at: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What saving did."""

    state: State
    page: DocumentPage
    changes: tuple[str, ...] = ()


def build_preview(document: IssuedDocument, particulars: Particulars) -> Preview:
    """What saving would do, and the document as it will stand. Writes nothing. Raises ImportRefused."""
    plan = _plan(document, particulars)
    return Preview(document, plan, count(document.clauses), _doubts_by_address(document))


@transaction.atomic
def save_document(document: IssuedDocument, particulars: Particulars, source: SourceFile | None = None, *, user: Any = None, publish: bool = True) -> Outcome:
    """Make the page, its clauses and its file, or renew what may be renewed; run twice it changes nothing.

    Without `publish` a new page stays a draft. Raises ImportRefused, and then nothing is written.
    """
    plan = _plan(document, particulars)
    page, is_new = plan.page, plan.state == State.NEW
    if is_new:
        _add(page, particulars)
    changes = [*plan.changes]
    if source and _attach(page, source, user):
        changes.append(str(_("tệp văn bản")))
    _save_clauses(page, document)
    if is_new:
        page.save(clean=False)
    if is_new or changes:
        _renew(page, plan.facts, user, publish=publish if is_new else page.live)
    if is_new and user:
        log(instance=page, action="wagtail.create", user=user, content_changed=True)
    if page.slug == PROGRAMME:
        tie_targets()
    # Publishing works on another instance: what is given back is what visitors now get.
    return Outcome(State.RENEWED if changes and not is_new else plan.state, DocumentPage.objects.get(pk=page.pk), tuple(changes))


def _renew(page: DocumentPage, facts: dict[str, Any], user: Any, *, publish: bool) -> None:
    for name, value in facts.items():
        setattr(page, name, value)
    page.full_clean()
    revision = page.save_revision(user=user, clean=False, log_action=user is not None)
    if publish:
        revision.publish(user=user, log_action=user is not None)


def section_of_documents() -> Page:
    """The Vietnamese `/van-ban/`. Raises ImportRefused while the tree is not loaded."""
    section = Page.objects.filter(slug=SEGMENT, depth=3, locale__language_code="vi").first()
    if section is None:
        raise ImportRefused(_("Chưa có mục /%(segment)s/. Hãy nạp nội dung trước: manage.py load_content.") % {"segment": SEGMENT})
    return section.specific


def _plan(document: IssuedDocument, particulars: Particulars) -> Plan:
    """Compare the document with what is there. Raises ImportRefused, the field named where there is one."""
    _refuse_what_cannot_be_shown(document, particulars)
    section = section_of_documents()
    existing, slug = _find(section, document, particulars)
    facts = _facts(document, particulars)
    if existing is None:
        title = checked_title(document, particulars.title)
        if Page.objects.child_of(section).filter(slug=slug).exists():
            message = _("Địa chỉ /%(segment)s/%(slug)s/ đã thuộc về một trang khác. Kiểm tra lại số, ký hiệu.")
            raise ImportRefused(message % {"segment": SEGMENT, "slug": slug}, "number")
        return Plan(State.NEW, slug, _draft(section, particulars, slug, title, facts), facts, title)
    _refuse_other_words(existing, document)
    page: Any = existing if existing.live else existing.get_latest_revision_as_object()
    changes = [str(DocumentPage._meta.get_field(name).verbose_name) for name in _RENEWED if getattr(page, name) != facts[name]]
    if not existing.clauses.exists():  # type: ignore[attr-defined]
        changes.append(str(_("điều khoản")))
    if changes and existing.live and existing.has_unpublished_changes:
        raise ImportRefused(_("Trang văn bản này đang có bản nháp chưa đăng. Hãy đăng hoặc bỏ bản nháp ấy rồi nhập lại."))
    return Plan(State.RENEWED if changes else State.UNCHANGED, page.slug, page, facts, page.title, tuple(changes))


def _refuse_what_cannot_be_shown(document: IssuedDocument, particulars: Particulars) -> None:
    if not particulars.slug:
        raise ImportRefused(_("Số, ký hiệu phải có chữ hoặc số, ví dụ 88-CTr/TU."), "number")
    if particulars.issued_on > timezone.localdate():
        raise ImportRefused(_("Ngày ban hành không thể ở tương lai."), "issued_on")
    empty = next((doubt for doubt in document.doubts if doubt.kind == DoubtKind.MISSING and doubt.address in {h.address for h in document.headings}), None)
    if empty:
        raise ImportRefused(_("Phần “%(words)s” không có đoạn nào. Kiểm tra tệp có thiếu nội dung không, rồi nhập tệp đủ.") % {"words": empty.words})


def _find(section: Page, document: IssuedDocument, particulars: Particulars) -> tuple[DocumentPage | None, str]:
    """The page of this document, and the slug for a new one. Numbers begin anew with each term, so another year is another document."""
    documents = DocumentPage.objects.child_of(section)
    same = [page for page in documents if slugify(page.number) == particulars.slug]
    words = [clause.text for clause in document.clauses]
    for page in same:
        if page.issued_on.year == particulars.issued_on.year or list(page.clauses.in_order().values_list("text", flat=True)) == words:  # type: ignore[attr-defined]
            return page, page.slug
    return None, f"{particulars.slug}-{particulars.issued_on.year}" if same else particulars.slug


def _facts(document: IssuedDocument, particulars: Particulars) -> dict[str, Any]:
    """Values of the fields that an import owns."""
    return {
        "document_kind": DocumentKind(particulars.document_kind or guess_kind(document)),
        "issued_on": particulars.issued_on,
        "issuer": particulars.issuer or guess_issuer(particulars.number),
        "signer": document.signer,
        "signer_title": ", ".join(document.signer_title),
        "recipients": "\n".join(document.recipients),
        "repairs": [{**asdict(repair), "kind": str(repair.kind)} for repair in document.repairs],
        "doubts": [{**asdict(doubt), "kind": str(doubt.kind), "places": list(doubt.places)} for doubt in document.doubts],
    }


def _refuse_other_words(page: DocumentPage, document: IssuedDocument) -> None:
    """Raise ImportRefused if a clause of the page would get other words, go, or be joined by a new one."""
    stored = {row["address"]: row for row in page.clauses.values(*ISSUED)}  # type: ignore[attr-defined]
    if not stored:
        return
    given = {clause.address: _issued(clause) for clause in document.clauses}
    other = [address for address in dict.fromkeys([*given, *stored]) if given.get(address) != _without_document(stored.get(address))]
    if not other:
        return
    shown = ", ".join(other[:_SHOWN_ADDRESSES]) + ("…" if len(other) > _SHOWN_ADDRESSES else "")
    message = _(
        "Văn bản số %(number)s đã nhập rồi, và tệp này khác ở %(count)d điều khoản (%(shown)s). Nguyên văn đã ban hành không sửa. "
        "Nếu bản đã nhập đúng, hãy ghi chữ cần chỉnh vào “văn bản đã chỉnh” của từng điều khoản; nếu bản đã nhập sai và chưa có gì dẫn tới, "
        "hãy xóa trang văn bản ấy rồi nhập lại; nếu đây là văn bản khác, kiểm tra lại số, ký hiệu."
    )
    raise ImportRefused(message % {"number": page.number, "count": len(other), "shown": shown}, "number")


def _issued(clause: Any) -> dict[str, Any]:
    return {name: getattr(clause, name) for name in ISSUED if name != "document_id"}


def _without_document(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return {name: value for name, value in row.items() if name != "document_id"} if row else None


def _draft(section: Page, particulars: Particulars, slug: str, title: str, facts: dict[str, Any]) -> DocumentPage:
    """The new page, not in the tree yet. Raises ImportRefused for a value that does not fit its field."""
    kind = capfirst(facts["document_kind"].label)
    values = {
        "title": title,
        "slug": slug,
        "seo_title": _("%(kind)s số %(number)s") % {"kind": kind, "number": particulars.number},
        "summary": particulars.summary,
        "source": particulars.source,
        "number": particulars.number,
        **facts,
    }
    page = DocumentPage(locale=section.locale, live=False, **values)
    try:
        page.clean_fields(exclude={field.name for field in page._meta.fields} - values.keys())
    except ValidationError as error:
        raise _refusal(error) from error
    return page


def _add(page: DocumentPage, particulars: Particulars) -> None:
    """Into the tree, with its topics."""
    try:
        section_of_documents().add_child(instance=page)
    except ValidationError as error:
        raise _refusal(error) from error
    models = {model.key: model for model in TAXONOMIES}
    for key, slugs in particulars.topics.items():
        topics = {topic.slug: topic for topic in models[key]._default_manager.filter(slug__in=slugs)}
        setattr(page, f"{key}_links", [LINKS[key](**{key: topics[slug]}) for slug in slugs if slug in topics])


def _save_clauses(page: DocumentPage, document: IssuedDocument) -> None:
    """The rows in order, where there are none yet; of those that are there, only the doubts are renewed."""
    doubts = _doubts_by_address(document)
    stored = list(page.clauses.all())  # type: ignore[attr-defined]
    if stored:
        renewed = [clause for clause in stored if clause.doubts != doubts.get(clause.address, [])]
        for clause in renewed:
            clause.doubts = doubts.get(clause.address, [])
        Clause.objects.bulk_update(renewed, ["doubts"], batch_size=200)
        return
    rows = [
        Clause(document=page, position=position, doubts=doubts.get(clause.address, []), **_issued(clause))
        for position, clause in enumerate(document.clauses, start=1)
    ]
    for row in rows:
        row.folded = row.folded_words()
    Clause.objects.bulk_create(rows, batch_size=200)


def _doubts_by_address(document: IssuedDocument) -> dict[str, list[dict[str, Any]]]:
    """{"iii-3-d1": [{"kind", "words", "explanation"}]}: each doubt at every place that it concerns."""
    found: dict[str, list[dict[str, Any]]] = {}
    for doubt in document.doubts:
        for address in doubt.places or (doubt.address,):
            found.setdefault(address, []).append({"kind": str(doubt.kind), "words": doubt.words, "explanation": doubt.explanation})
    return found


def _attach(page: DocumentPage, source: SourceFile, user: Any) -> bool:
    """Give the page its file for download if it has none; the same bytes are kept once. Whether the page changed."""
    if page.file_id:
        return False
    page.file = PortalDocument.objects.filter(file_hash=sha1(source.data, usedforsecurity=False).hexdigest()).first()
    if page.file is None:
        document = PortalDocument(title=_("%(number)s, tệp gốc") % {"number": page.number}, uploaded_by_user=user)
        document.file.save(f"{page.slug}.{source.name.rsplit('.', 1)[-1].lower()}", ContentFile(source.data), save=False)
        document._set_document_file_metadata()
        document.save()
        page.file = document
    return True


def _refusal(error: ValidationError) -> ImportRefused:
    """A model's complaint as ours: on the particular it is about, or with the field's name before it."""
    errors: Mapping[str, Sequence[str]] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    name, messages = next(iter(errors.items()))
    if name in {"number", "issued_on", "issuer", "title", "summary", "document_kind"}:
        return ImportRefused(" ".join(messages), name)
    return ImportRefused(f"{name}: {' '.join(messages)}" if name else " ".join(messages), "number" if name == "slug" else "")
