"""The code on paper leads back to the page."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from django.template import Context, Template
from PIL import Image, ImageDraw

from core.qr import qr_path


def read(path: str, size: int, scale: int = 4) -> str:
    """What a phone reads from the drawing."""
    picture = Image.new("L", (size * scale, size * scale), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        left, top = int(x) * scale, int(y) * scale
        pen.rectangle((left, top, left + int(length) * scale - 1, top + scale - 1), fill=0)
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1
    return found[0].text


@pytest.mark.parametrize("address", ["http://localhost:8000/", "https://cnsh.langson.example/cam-nang/benh-dom-la-hoi/", "https://x.vn/" + "a" * 300])
def test_a_phone_reads_the_address(address: str) -> None:
    assert read(*qr_path(address)) == address


def test_the_code_stands_in_the_page_without_a_style_or_a_request() -> None:
    html = Template("{% load qr %}{% qr address %}").render(Context({"address": "http://localhost:8000/cam-nang/u-phan/"}))

    assert html.strip().startswith("<svg")
    assert "style=" not in html
    assert "href" not in html
    assert len(html.encode()) < 6000


@pytest.mark.parametrize("address", ["", "http://localhost:8000/" + "a" * 10_000 + "/"])
def test_no_address_or_an_endless_one_has_no_code(address: str) -> None:
    assert Template("{% load qr %}{% qr address %}").render(Context({"address": address})).strip() == ""
