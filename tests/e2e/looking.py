"""What a person would notice on the open page, asked of the browser in one go each. Every function tells the faults, none is good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

LEAST_PX = 44
# Google's "good" is 0.1; ours is what nobody sees.
MOST_SHIFT = 0.02

CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"

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
    if (element.getBoundingClientRect().height >= least) return least;
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

  const words = (element) => (element.innerText || element.name || "").trim().slice(0, 40);
  const name = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class")} “${words(element)}”`;

  return controls
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !element.matches(".skip-link"))
    .filter((element) => !isInRunningText(element))
    .map((element) => [height(target(element)), name(element)])
    .filter(([size]) => size < least)
    .map(([size, name]) => `${size} px: ${name}`);
}
"""

# After a Tab the browser shows every further focus as the keyboard's.
UNSEEN_FOCUS = """
(controls) => {
  const isDrawn = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const shows = (element) =>
    isDrawn(getComputedStyle(element)) ||
    // A card's link spreads over the card, and so does its outline.
    isDrawn(getComputedStyle(element, "::after")) ||
    // A cell of the map changes its drawing.
    [...element.querySelectorAll("polygon")].some((shape) => parseFloat(getComputedStyle(shape).strokeWidth) >= 2);
  const unseen = [...document.querySelectorAll(controls)]
    .filter((element) => !element.disabled && element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => {
      element.focus({ preventScroll: true });
      return !(document.activeElement === element && shows(element));
    });
  document.activeElement.blur();
  const words = (element) => (element.textContent || element.name || "").trim().slice(0, 40);
  return unseen.map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class")} “${words(element)}”`);
}
"""

# Where the reader's own colours replace ours, grounds are gone: what looks like a thing to press needs an edge.
EDGELESS = """
() => [...document.querySelectorAll(".button, .chip, .search-form__button, input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => {
    const style = getComputedStyle(element);
    return style.borderBlockStartStyle === "none" || parseFloat(style.borderBlockStartWidth) < 1;
  })
  .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
"""

WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.shifts.push([entry.value, entry.sources.map(({ node }) => (node && (node.className || node.nodeName)) || "?").join(" ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""

SHIFTS = """
() => document.fonts.ready
  .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  .then(() => window.shifts)
"""


def small_targets(page: Page) -> list[str]:
    """Controls outside running text that are lower than a thumb, the folds of a phone open."""
    for fold in (".nav--phone", ".facets__fold"):
        page.evaluate("(fold) => document.querySelectorAll(fold).forEach((details) => { details.open = true; })", fold)
    return page.evaluate(SMALL_TARGETS, LEAST_PX)


def unseen_focus(page: Page) -> list[str]:
    """Controls that do not show that the keyboard is on them."""
    page.keyboard.press("Tab")
    return page.evaluate(UNSEEN_FOCUS, CONTROLS)


def shifts(page: Page) -> list[Any]:
    """What moved since the page was opened without anybody's doing, if it is more than nobody sees: [size, what]."""
    moved = page.evaluate(SHIFTS)
    return moved if sum(size for size, _what in moved) > MOST_SHIFT else []


@contextmanager
def in_forced_colours(page: Page) -> Iterator[None]:
    """The page in the colours that a reader set in the system."""
    page.emulate_media(forced_colors="active")
    try:
        yield
    finally:
        page.emulate_media(forced_colors="none")


@contextmanager
def in_dark(page: Page) -> Iterator[None]:
    """The page on a dark ground."""
    page.emulate_media(color_scheme="dark")
    try:
        yield
    finally:
        page.emulate_media(color_scheme="light")


def edgeless(page: Page) -> list[str]:
    """Things to press or fill in that have no edge."""
    return page.evaluate(EDGELESS)


def faults(found: dict[str, Any]) -> dict[str, Any]:
    """Only what was found, named by where it was looked for."""
    return {where: what for where, what in found.items() if what}
