"""A thumb hits what it aims at: every control that does not stand inside running text is at least 44 px high."""

from __future__ import annotations

import pytest

from tests.e2e.places import Place, come_by, every_place
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.timeout(600)

LEAST_PX = 44

# The height is what the finger finds, not what the box says: a larger ground may be laid under a small word.
SMALL_TARGETS = """
(least) => {
  const controls = [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")];

  function target(element) {
    return element.matches("input[type=checkbox], input[type=radio]") ? element.closest("label") || element : element;
  }

  function isInRunningText(element) {
    if (element.tagName !== "A") return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    if (!["P", "LI", "DD", "TD", "FIGCAPTION", "SPAN", "DIV"].includes(block.tagName)) return false;
    if (["flex", "grid"].some((kind) => getComputedStyle(block).display.includes(kind))) return false;
    const isInline = (node) => node.nodeType === 3 || (node.nodeType === 1 && getComputedStyle(node).display.startsWith("inline"));
    return [...block.childNodes].some((node) => isInline(node) && !node.contains(element) && /[\\p{L}\\p{N}]/u.test(node.textContent));
  }

  function height(element) {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    const x = box.left + Math.min(box.width / 2, 30), middle = (box.top + box.bottom) / 2;
    const isHit = (y) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (element === hit || element.contains(hit));
    };
    let up = 0, down = 0;
    while (up < least && isHit(middle - up - 1)) up += 1;
    while (down < least && isHit(middle + down + 1)) down += 1;
    return Math.max(up + down + 1, Math.floor(box.height));
  }

  const name = (element) => `${element.tagName.toLowerCase()}.${element.className} “${(element.innerText || element.name || "").trim().slice(0, 40)}”`;

  return controls
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !element.matches(".skip-link"))
    .filter((element) => !isInRunningText(element))
    .map((element) => [height(target(element)), name(element)])
    .filter(([size]) => size < least)
    .map(([size, name]) => `${size} px: ${name}`);
}
"""


@every_place
def test_a_control_is_as_high_as_a_thumb(phone: Visitor, place: Place) -> None:
    come_by(place)
    phone.open(place.path)
    for fold in (".nav--phone", ".facets__fold"):
        if phone.page.locator(fold).count():
            phone.page.locator(f"{fold} > summary").click()

    assert phone.page.evaluate(SMALL_TARGETS, LEAST_PX) == []
