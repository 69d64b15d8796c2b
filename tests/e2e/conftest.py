"""The site as `manage.py serve` runs it, in a folder of its own, and one browser to look at it.

While writing tests, E2E_DATA_DIR=<folder> keeps the prepared site between runs; otherwise it is made anew and thrown away.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.e2e.visitor import ROOT, SIZES, Visitor

PASSWORD = "mat-khau-thu-nghiem"
# The first start migrates and loads everything; the machine may be doing other things.
START_SECONDS = 400

CHROMIUM = ["chromium", "chromium-browser", "google-chrome"]
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A name that is not this machine's does not resolve: a page that asks for one fails in sight.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]

# Run inside the site: what the newsroom's tests wrote is gone again, so that lists and pictures show what was loaded.
CLEAR_THE_DESK = """
from wagtail.models import Page
for page in Page.objects.filter(slug__in=["benh-dom-la-hoi-thu-nghiem", "ban-nhap-thu-nghiem"]):
    page.delete()
"""

# Run inside the site, before anybody looks: one item is withdrawn; tells the number of the section of news.
PREPARE = f"""
{CLEAR_THE_DESK}
import datetime
from knowledge_base.models import QuestionPage
page = QuestionPage.objects.get(slug="dem-lot-ga-bi-uot-khai")
page.withdrawn_on, page.withdrawn_reason = datetime.date(2026, 11, 2), "Câu trả lời thiếu liều lượng, đang được viết lại."
page.save_revision().publish()
print(Page.objects.get(url_path="/trang-chu/tin-tuc/").pk)
"""


@dataclass(frozen=True)
class Portal:
    """A running site. `news_pk`: the section of news in the admin."""

    url: str
    data_dir: Path
    news_pk: int = 0

    def environment(self) -> dict[str, str]:
        """What its processes see: nothing of the tests' own settings."""
        ours = {"PORTAL_ENV", "DATABASE_URL", "CACHE_URL", "STORAGE_URL", "EMAIL_URL", "ALLOWED_HOSTS", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        port = self.url.rpartition(":")[2]
        return kept | {"PORTAL_ENV": "production", "DATA_DIR": str(self.data_dir), "SITE_URL": self.url, "PORT": port, "SEED_PASSWORD": PASSWORD}

    def ask(self, code: str) -> str:
        """What a piece of Python prints inside the site."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The site with its content, roles and accounts, web and worker running."""
    kept = os.environ.get("E2E_DATA_DIR")
    folder = Path(kept or tmp_path_factory.mktemp("portal")) / "var"
    folder.mkdir(parents=True, exist_ok=True)
    portal = Portal(f"http://localhost:{free_port()}", folder)
    log = folder.parent / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=portal.environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while "SẴN SÀNG" not in log.read_text(encoding="utf-8") and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
        assert "SẴN SÀNG" in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")
        yield replace(portal, news_pk=int(portal.ask(PREPARE)))
    finally:
        process.terminate()
        process.wait(20)
        said = log.read_text(encoding="utf-8")
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    # Whatever the tests looked at: no request ended in a fault of ours.
    assert "ERROR django.request" not in said, said


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium, for the whole session."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert path, "Máy chưa có Chromium. Debian, Ubuntu: sudo apt install chromium"
    browser = _playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def new_context(portal: Portal, browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """`new_context(width=360, …)`: a browser without a past, as a person of this province has it."""
    contexts: list[BrowserContext] = []

    def new_context(width: int, **options: object) -> BrowserContext:
        context = browser.new_context(viewport=SIZES[width], locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **options)
        contexts.append(context)
        return context

    yield new_context
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def visitors(portal: Portal, new_context: Callable[..., BrowserContext]) -> dict[int, Visitor]:
    """One visitor a width, for the whole session."""
    return {width: Visitor(new_context(width), portal.url) for width in SIZES}


@pytest.fixture(params=SIZES)
def visitor(request: pytest.FixtureRequest, visitors: dict[int, Visitor]) -> Visitor:
    """The test runs at each width."""
    return visitors[request.param]


@pytest.fixture(scope="session")
def phone(visitors: dict[int, Visitor]) -> Visitor:
    """A visitor at 360 px."""
    return visitors[360]


@pytest.fixture(scope="session")
def slow_phone(portal: Portal, new_context: Callable[..., BrowserContext]) -> Visitor:
    """A visitor at 360 px where the signal is weak."""
    visitor = Visitor(new_context(360), portal.url)
    visitor.on_a_weak_signal()
    return visitor


@pytest.fixture(scope="session")
def desk(visitors: dict[int, Visitor]) -> Visitor:
    """A visitor at 1280 px."""
    return visitors[1280]


@pytest.fixture(scope="session")
def plain_visitor(portal: Portal, new_context: Callable[..., BrowserContext]) -> Visitor:
    """A visitor at 360 px whose browser runs no JavaScript."""
    return Visitor(new_context(360, java_script_enabled=False), portal.url)


@pytest.fixture(scope="session")
def signed_in(portal: Portal, new_context: Callable[..., BrowserContext]) -> Callable[..., Visitor]:
    """`signed_in("bientap")`: that account at its own browser, in the admin; `width` as visitors have it."""

    def signed_in(name: str, width: int = 1280) -> Visitor:
        person = Visitor(new_context(width), portal.url)
        person.open("/quan-tri/")
        person.page.get_by_label("Tên đăng nhập").fill(name)
        person.page.locator("input[name=password]").fill(PASSWORD)
        person.page.get_by_role("button", name="Đăng nhập").click()
        person.page.wait_for_url(f"{portal.url}/quan-tri/")
        expect(person.page.locator("main h1")).to_be_visible()
        return person

    return signed_in
