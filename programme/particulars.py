"""What an issued file does not say and a person, or our data file, does: number, day, issuer, abstract, topics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from core.content.files import read_yaml
from core.vietnamese import fold, normalise, slugify

from .models.documents import DocumentKind
from .reading import IssuedDocument

DATA = Path(__file__).parent / "data"
TITLE_CHARACTERS = 255
# The first words of a title, folded, say what kind of document it is; the longer words first.
_KINDS = {
    "chuong trinh": DocumentKind.PROGRAMME,
    "nghi quyet": DocumentKind.RESOLUTION,
    "ke hoach": DocumentKind.PLAN,
    "quyet dinh": DocumentKind.DECISION,
    "chi thi": DocumentKind.DIRECTIVE,
    "huong dan": DocumentKind.GUIDANCE,
    "nghi dinh": DocumentKind.LAW,
    "thong tu": DocumentKind.LAW,
    "luat": DocumentKind.LAW,
}


class ImportRefused(Exception):
    """The document cannot be saved as it is. The message is Vietnamese and says what to do; `field` is the particular to look at, or ""."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Particulars:
    """Of one document. What is empty is guessed (`completed`) or stays empty; `topics` are slugs by taxonomy key."""

    number: str
    issued_on: dt.date
    issuer: str = ""
    document_kind: str = ""
    title: str = ""
    summary: str = ""
    source: str = ""
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def slug(self) -> str:
        """ "88-CTr/TU" → "88-ctr-tu"."""
        return slugify(self.number)


def data_path(number: str) -> Path:
    """Where our own words about the document of that number lie, if we have some."""
    return DATA / "documents" / f"{slugify(number) or '-'}.yaml"


def read_particulars(path: Path) -> Particulars:
    """One data file of programme/data/documents. Raises ContentError if it is not YAML."""
    entry: dict[str, Any] = read_yaml(path)
    names = ("number", "issued_on", "issuer", "document_kind", "title", "summary", "source")
    topics = {key: tuple(entry[plural]) for plural, key in (("fields", "field"), ("audiences", "audience")) if entry.get(plural)}
    return Particulars(**{name: entry[name] for name in names if name in entry}, topics=MappingProxyType(topics))


def completed(document: IssuedDocument, typed: Mapping[str, Any]) -> Particulars:
    """What was typed; what was left empty comes from our data file on that number, if there is one and it is about this document."""
    number = " ".join(normalise(typed["number"]).split())
    given: dict[str, Any] = {name: value for name, value in typed.items() if value} | {"number": number}
    path = data_path(number)
    ours = read_particulars(path) if path.is_file() else None
    if ours is None or ours.title.casefold() != document.heading.casefold():
        return Particulars(**given)
    return replace(ours, **given)


def guess_issuer(number: str) -> str:
    """Who issues documents whose numbers end so (data/issuers.yaml); the first line where nothing fits."""
    issuers: dict[str, str] = read_yaml(DATA / "issuers.yaml")
    return next((issuer for ending, issuer in issuers.items() if number.upper().endswith(ending.upper())), next(iter(issuers.values())))


def guess_kind(document: IssuedDocument) -> DocumentKind:
    """What the first line of the title says it is."""
    opening = fold(document.heading)
    return next((kind for words, kind in _KINDS.items() if opening.startswith(words)), DocumentKind.OTHER)


def checked_title(document: IssuedDocument, title: str) -> str:
    """The title to show: the issued words, in the capitals that the person chose; as issued where none was given.

    Raises ImportRefused if the words differ, or if the words are too many for a title.
    """
    issued = document.heading
    given = " ".join(normalise(title).split()) or issued
    if issued and given.casefold() != issued.casefold():
        raise ImportRefused(_("Tên văn bản phải đúng từng chữ như trong tệp, chỉ đổi được chữ hoa, chữ thường: “%(issued)s”.") % {"issued": issued}, "title")
    if not given:
        raise ImportRefused(_("Tệp không có tên văn bản ở đầu. Hãy gõ tên như trên bản phát hành."), "title")
    if len(given) > TITLE_CHARACTERS:
        message = _("Tên văn bản dài %(count)d ký tự, nhiều hơn mức %(limit)d. Kiểm tra đầu tệp: có lẽ lời mở đầu bị dính vào tên.")
        raise ImportRefused(message % {"count": len(given), "limit": TITLE_CHARACTERS}, "title")
    return given
