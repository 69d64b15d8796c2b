"""On paper: every kind of page is a clean A4 handout, a guide's steps take two sheets, the programme explained takes one."""

from __future__ import annotations

import datetime
import io
import re
import zlib
from collections.abc import Callable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext

from tests.e2e.conftest import Portal
from tests.e2e.places import PLACES, Place, come_by
from tests.e2e.visitor import ROOT, Visitor

pytestmark = pytest.mark.timeout(600)

# What fits between the margins of a sheet, in CSS pixels (180 mm); the pages that are read on paper, and the most sheets they may take.
COLUMN = {"width": 680, "height": 1030}
PAPERS = [place for place in PLACES if place.status == 200]
MOST_SHEETS = {"document": 8, "guide": 4, "english-guide": 4, "section": 4, "register": 4, "topic": 4, "english-topic": 4, "locality": 4, "search-results": 4}
MOST_SHEETS_ELSEWHERE = 3
GUIDES = sorted(path.stem for path in (ROOT / "knowledge_base" / "data" / "guides").glob("*.md"))
LEAST_PT = 7.5
LEAST_PT_OF_A_STEP = 10

# Shown on paper though it only makes sense on a screen.
OF_THE_SCREEN = """
() => [...document.querySelectorAll(
  "nav a, form, button, input, select, footer, video, audio, .share, .facets, .skip-link, .breadcrumb, .page__aside .link-list"
)].filter((element) => element.checkVisibility() && element.getBoundingClientRect().height).map((element) => element.outerHTML.slice(0, 120))
"""

STILL_FOLDED = """
() => [...document.querySelectorAll("main details > :not(summary)")]
  .filter((answer) => answer.parentElement.checkVisibility() && !(answer.checkVisibility() && answer.getBoundingClientRect().height))
  .map((answer) => answer.textContent.trim().slice(0, 60))
"""

# Everything after the steps and their safety box goes, as if the guide ended there.
KEEP_THE_STEPS = """
() => {
  const main = document.querySelector(".page__main");
  const last = main.querySelector(":scope > .safety") || main.querySelector(":scope > .steps");
  while (last.nextElementSibling) last.nextElementSibling.remove();
  document.querySelectorAll(".page__aside, .print-frame").forEach((element) => element.remove());
}
"""

SMALLEST_PT = """
(selector) => Math.min(...[...document.querySelectorAll(selector)]
  .filter((element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .map((element) => Math.round(parseFloat(getComputedStyle(element).fontSize) * 75) / 100))
"""

# How many dots one unit of the mark's drawing takes: Chromium draws a sheet at 300 dots an inch.
DOTS_A_PIXEL = 300 / 96
SCALE_OF_THE_MARK = """
() => document.querySelector(".brand__mark").getBoundingClientRect().width / document.querySelector("#star").viewBox.baseVal.width
"""


class Printer(Visitor):
    """A visitor who sees every page as it will be on paper."""

    def open_whole(self, path: str) -> None:
        """Go to an address and have its fonts and pictures."""
        assert self.open(path).status == 200, path
        # Chromium forgets the paper at every visit while somebody else listens to its network.
        self.page.emulate_media(media="print", reduced_motion="reduce")
        self.bring_pictures()
        self.page.evaluate("document.fonts.ready.then(() => null)")

    def sheets(self) -> bytes:
        """The open page as a PDF."""
        return self.page.pdf(prefer_css_page_size=True)

    def code(self) -> list[str]:
        """What a telephone reads in the frame at the end."""
        picture = Image.open(io.BytesIO(self.page.locator(".print-frame").screenshot()))
        return [code.text for code in zxingcpp.read_barcodes(picture)]


def count(pdf: bytes) -> int:
    """How many sheets a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def scales(pdf: bytes) -> set[float]:
    """The scales at which the first sheet is drawn."""
    for stream in re.finditer(rb"stream\r?\n", pdf):
        try:
            drawing = zlib.decompressobj().decompress(pdf[stream.end() :])
        except zlib.error:
            continue
        if found := re.findall(rb"([\d.]+) 0 0 \1 [\d.]+ [\d.]+ cm", drawing):
            return {round(float(scale), 2) for scale in found}
    return set()


@pytest.fixture(scope="module")
def printer(portal: Portal, new_context: Callable[..., BrowserContext]) -> Printer:
    """A visitor with paper in hand."""
    printer = Printer(new_context(1280, device_scale_factor=3), portal.url)
    printer.page.set_viewport_size(COLUMN)
    return printer


@pytest.mark.parametrize("place", PAPERS, ids=lambda place: place.name)
def test_a_page_prints_as_a_handout(printer: Printer, place: Place) -> None:
    come_by(place)
    printer.open_whole(place.path)
    today = datetime.datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%d/%m/%Y")
    scale = printer.page.evaluate(SCALE_OF_THE_MARK) * DOTS_A_PIXEL

    assert printer.page.evaluate(OF_THE_SCREEN) == []
    assert printer.page.evaluate(STILL_FOLDED) == []
    assert printer.sideways() == 0
    assert printer.page.evaluate(SMALLEST_PT, "main *, .print-frame *") >= LEAST_PT
    # The paper leads back to its page.
    address = printer.root + urlsplit(place.path).path
    frame = printer.page.locator(".print-frame").inner_text()
    assert address in frame
    assert today in frame
    assert printer.code() == [address]

    pdf = printer.sheets()
    assert count(pdf) <= MOST_SHEETS.get(place.name, MOST_SHEETS_ELSEWHERE)
    # What is wider than the sheet makes Chromium shrink the whole page.
    assert round(scale, 2) in scales(pdf)


@pytest.mark.parametrize("guide", GUIDES)
def test_the_steps_of_a_guide_take_two_sheets_at_most(printer: Printer, guide: str) -> None:
    printer.open_whole(f"/cam-nang/{guide}/")
    assert printer.page.evaluate(SMALLEST_PT, ".step > .prose *") >= LEAST_PT_OF_A_STEP

    printer.page.evaluate(KEEP_THE_STEPS)

    assert count(printer.sheets()) <= 2


@pytest.mark.parametrize("path", ["/chuong-trinh/", "/en/chuong-trinh/"])
def test_the_programme_explained_takes_one_sheet(printer: Printer, path: str) -> None:
    printer.open_whole(path)
    hidden = printer.page.evaluate("[...document.querySelectorAll('.handout li')].filter((line) => !line.checkVisibility()).length")

    assert hidden == 0
    assert printer.page.locator(".handout li").count() >= 35
    assert count(printer.sheets()) == 1
