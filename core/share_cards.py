"""The picture that a shared link shows: one a page, with its title, set by Typst.

Derived: kept under DATA_DIR/share-cards, made at the first request, named after what it says, so that a new title is a new address.
`manage.py make_share_cards` makes them all again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import typst
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page

from core.vietnamese import normalise

HERE = Path(__file__).parent
SOURCE = HERE / "typst" / "share-card.typ"
FONTS = HERE / "fonts"
WIDTH, HEIGHT = 1200, 630
# Changed with the drawing, so that old addresses are not shown as new cards.
EDITION = "1"

_compiler: typst.Compiler | None = None
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What one card says. `kind` may be empty; `tone` is green, red or gold, as in the page's head; `note` stands beside the host."""

    page_id: int
    title: str
    language: str
    kind: str = ""
    tone: str = "green"
    note: str = ""

    @property
    def digest(self) -> str:
        """Twelve letters that change with anything on the card."""
        return hashlib.sha256(f"{EDITION}|{_host()}|{asdict(self)}".encode()).hexdigest()[:12]

    @property
    def url(self) -> str:
        """Absolute address of the picture."""
        return f"{settings.SITE_URL}{reverse('share_card', args=[self.page_id, self.digest])}"

    def path(self) -> Path:
        """Where the picture is kept; it may not be there yet."""
        return folder() / f"{self.page_id}-{self.digest}.png"

    def png(self) -> bytes:
        """The picture, from its file or made now. About 10 ms when made."""
        path = self.path()
        if path.is_file():
            return path.read_bytes()
        content = draw(self)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Another process may make the same card: each writes its own file, the last one named stays.
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as half:
            half.write(content)
        Path(half.name).replace(path)
        return content


def folder() -> Path:
    """Where all cards are kept."""
    return Path(settings.DATA_DIR) / "share-cards"


def forget_all() -> None:
    """Throw every kept card away; each is made again when it is asked for."""
    shutil.rmtree(folder(), ignore_errors=True)


def draw(card: ShareCard) -> bytes:
    """The card as PNG, 1200 x 630 pixels."""
    global _compiler
    data = {
        "site": gettext("Công nghệ sinh học Lạng Sơn"),
        "title": normalise(card.title),
        "kind": card.kind,
        "note": card.note,
        "host": _host(),
        "tone": card.tone,
        "language": card.language,
    }
    # The compiler keeps the parsed fonts, which is most of the cost, and is not to be entered twice at once.
    with _one_at_a_time:
        if _compiler is None:
            _compiler = typst.Compiler(SOURCE, root=SOURCE.parent, font_paths=[FONTS], ignore_system_fonts=True)
        made = _compiler.compile(format="png", ppi=72, sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    if not isinstance(made, bytes):
        raise TypeError("A share card is one page.")
    return made


def serve(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """`/the-chia-se/12-1f2e….png`: the card of a public page; an old address leads to today's card, any other is not found."""
    from core.models import BasePage

    page = Page.objects.live().filter(pk=page_id).select_related("locale").first()
    page = page.specific if page else None
    if not isinstance(page, BasePage) or getattr(page, "is_withdrawn", False) or page.get_view_restrictions():
        raise Http404(gettext("Không có thẻ chia sẻ này."))
    with override(page.locale.language_code):
        card = page.share_card()
        if digest != card.digest:
            return HttpResponseRedirect(card.url)
        return HttpResponse(card.png(), content_type="image/png", headers={"Cache-Control": "public, max-age=31536000, immutable"})


def _host() -> str:
    return urlsplit(settings.SITE_URL).netloc
