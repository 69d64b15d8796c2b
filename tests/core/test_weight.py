"""What a reader with a weak signal waits for: few bytes, few requests, counted as they travel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from core.middleware import CompressText
from core.static_storage import QuickCompressor

pytestmark = pytest.mark.django_db

KB = 1024
MOST_TEXT, MOST_FONTS, MOST_REQUESTS = 35 * KB, 50 * KB, 6
PAGES = ["/tin-tuc/giu-cay-hoi-dau-dong/", "/cam-nang/benh-dom-la-hoi/", "/thanh-tuu/u-ba-hoi-thanh-phan-huu-co/", "/", "/cam-nang/", "/san-pham/hoi/"]


def static_file(address: str) -> bytes:
    """A file as it lies below static/."""
    found = finders.find(address.removeprefix("/static/"))
    assert found, address
    return Path(found).read_bytes()


def compressed(address: str) -> int:
    """Bytes of a static text as WhiteNoise sends it."""
    return len(QuickCompressor.compress_brotli(static_file(address)))


def files_of(page: str) -> dict[str, list[str]]:
    """Addresses that a browser asks for before any picture, by kind; modules with what they import."""
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    scripts = re.findall(r'<script [^>]*src="([^"]+)"', page)
    for script in scripts:
        folder = script.rpartition("/")[0]
        scripts += [f"{folder}/{name}" for name in re.findall(rb'from "\./([^"]+)"', static_file(script)) if f"{folder}/{name}" not in scripts]
    fonts = [f"/static/fonts/{name}" for sheet in sheets for name in re.findall(r"fonts/([\w.-]+\.woff2)", static_file(sheet).decode())]
    return {"sheets": sheets, "scripts": scripts, "fonts": sorted(set(fonts))}


@pytest.fixture
def visit(loaded_site: Any) -> Any:
    """`visit(address)`: the answer to a browser that takes compressed pages."""
    return lambda address: Client().get(address, headers={"Accept-Encoding": "gzip, deflate, br"})


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_light_and_asks_for_little_before_its_pictures(visit, visited, address):
    page, files = visit(address), files_of(visited(address).content.decode())

    assert page.status_code == 200
    assert page["Content-Encoding"] == "gzip"
    text = len(page.content) + sum(compressed(name) for name in [*files["sheets"], *files["scripts"]])
    assert text <= MOST_TEXT
    assert sum(len(static_file(name)) for name in files["fonts"]) <= MOST_FONTS
    # The home page alone has a module more: the commune that was chosen.
    assert 1 + sum(map(len, files.values())) <= MOST_REQUESTS + (address == "/")


@pytest.mark.parametrize(
    ("response", "is_pressed"),
    [
        (HttpResponse("<p>Bệnh đốm lá hồi</p>" * 99), True),
        (HttpResponse("x" * 999, content_type="application/rss+xml; charset=utf-8"), True),
        (HttpResponse(b"x" * 999, content_type="image/png"), False),
        (StreamingHttpResponse(iter(["x" * 999])), False),
    ],
    ids=["page", "feed", "picture", "stream"],
)
def test_text_is_compressed_and_files_are_not(rf, response, is_pressed):
    answer = CompressText(lambda _request: response)(rf.get("/", headers={"Accept-Encoding": "gzip"}))

    assert ("Content-Encoding" in answer.headers) is is_pressed
