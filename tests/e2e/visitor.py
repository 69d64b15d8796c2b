"""A person at a browser: goes to an address, looks, and remembers what the browser complained about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from tests.e2e.looking import WATCH_SHIFTS

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "screenshots"

# A phone of the kind that bà con carry, and a common office screen.
SIZES = {360: {"width": 360, "height": 740}, 1280: {"width": 1280, "height": 900}}
# Each of them also looks at another width: the smallest phone there is, and a tablet held upright.
NARROWER = {360: {"width": 320, "height": 640}, 1280: {"width": 768, "height": 1024}}

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# The machine may be doing other things; a page that takes longer than this is broken.
PATIENCE_MS = 30_000

NOTE_VIOLATIONS = """
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation", (event) => window.refusedByPolicy.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""

# Pictures further down come when somebody scrolls there; for the picture of a page they are asked for at once.
BRING_PICTURES = """
Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.complete ? null : new Promise((done) => { image.onload = image.onerror = done; });
}))
"""

# Sentences, not names: a name of a person or a place is the same in every language.
VIETNAMESE_NOT_SAID_TO_BE = """
() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const node = texts.currentNode, words = node.textContent.match(/\\p{L}*[ăđơưạ-ỹ]\\p{L}*/giu) || [];
    if (words.length > 3 && node.parentElement.closest("[lang]").lang !== "vi") found.push(node.textContent.trim());
  }
  return found;
}
"""

axe = Axe()


class Visitor:
    """One page of one browser context, used over and over."""

    def __init__(self, context: BrowserContext, root: str) -> None:
        self.root = root
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        # Every visit is a first visit: fonts and sheets come anew, and what moves because of them is seen.
        self.network = context.new_cdp_session(self.page)
        self.network.send("Network.enable")
        self.network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.page.add_init_script(NOTE_VIOLATIONS + WATCH_SHIFTS)
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self.follow)

    def open(self, path: str) -> Response:
        """Go to an address of the site; what was complained about before is forgotten."""
        self.complaints.clear()
        answer = self.page.goto(self.root + path, wait_until="load")
        assert answer is not None, path
        return answer

    def on_a_weak_signal(self) -> None:
        """From now on the network is that of a village: 300 ms to the mast, 60 kB a second."""
        self.network.send("Network.emulateNetworkConditions", {"offline": False, "latency": 300, "downloadThroughput": 60_000, "uploadThroughput": 20_000})

    def hear(self, message: ConsoleMessage) -> None:
        """Keep the console's errors, except that a page of an error was answered with that error."""
        is_own_status = message.location.get("url") == self.page.url and message.text.startswith("Failed to load resource: the server responded")
        if message.type == "error" and not is_own_status:
            self.complaints.append(f"console: {message.text}")

    def follow(self, request: Request) -> None:
        """Nothing comes from, or goes to, another host."""
        if not request.url.startswith((self.root + "/", "data:", "blob:" + self.root)):
            self.complaints.append(f"another host: {request.url}")

    def refused_by_policy(self) -> list[str]:
        """What the Content Security Policy of the open page stopped."""
        return self.page.evaluate("window.refusedByPolicy")

    def barriers(self, rules: list[str] | None = None) -> list[str]:
        """What axe finds against WCAG 2.2 AA on the open page, one line an element. `rules`: only these rules."""
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe.axe_script)
        found: list[dict[str, Any]] = self.page.evaluate(
            "(options) => axe.run(options).then((results) => results.violations)", {"resultTypes": ["violations"], "runOnly": only}
        )
        return [
            f"{violation['id']}: {' '.join(map(str, node['target']))} {node['html'][:200]} ({node['failureSummary'].splitlines()[-1].strip()})"
            for violation in found
            for node in violation["nodes"]
        ]

    def vietnamese_not_said_to_be(self) -> list[str]:
        """Vietnamese that a screen reader would read aloud as another language (WCAG 3.1.2); axe cannot tell."""
        return self.page.evaluate(VIETNAMESE_NOT_SAID_TO_BE)

    def sideways(self) -> int:
        """How many pixels the page can be pushed sideways, or hides beyond its edge."""
        return self.page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth")

    def bring_pictures(self) -> None:
        """Have every picture of the page, those further down too."""
        self.page.evaluate(BRING_PICTURES)

    def keep_picture(self, name: str, look: str = "") -> None:
        """A picture of the whole page under screenshots/<width><look>/."""
        assert self.page.viewport_size is not None
        folder = SCREENSHOTS / f"{self.page.viewport_size['width']}{look}"
        folder.mkdir(parents=True, exist_ok=True)
        self.bring_pictures()
        self.page.screenshot(path=folder / f"{name}.jpg", full_page=True, type="jpeg", quality=80)
