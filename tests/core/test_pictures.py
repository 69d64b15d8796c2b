"""Pictures: drawings stay drawings and can do nothing, photographs come in the sizes and formats that fit, and no page pays twice."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from core.blocks import PictureChooserBlock
from core.content import ContentError
from core.content.loading import CREATED, DELETED, EDITED, RENEWED, UNCHANGED, Report
from core.content.pictures import load_pictures, picture_of
from core.drawings import DrawingError, check_drawing
from core.models import PortalImage
from core.models.pages import chosen_picture
from core.picture_tasks import prepare_picture
from core.pictures import describe, prefetch
from knowledge_base.models import GuidePage
from news.models import ArticlePage
from tests.pages import queries_of

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 640 400">{}</svg>'
LEAF = SVG.format('<path id="la" d="M0 0h640v400H0Z" fill="#3f8a5f"/><use href="#la"/>')


def drawing(content: str = LEAF, name: str = "la-hoi.svg") -> PortalImage:
    return PortalImage.objects.create(title="Lá hồi", file=ContentFile(content.encode(), name=name))


def photograph(width: int = 2000, height: int = 1500, kind: str = "JPEG", **fields: Any) -> PortalImage:
    """A picture whose left half is green and whose right half is red."""
    picture = Image.new("RGB", (width, height), "green")
    picture.paste("red", (width // 2, 0, width, height))
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return PortalImage.objects.create(title="Đồi hồi", file=ContentFile(buffer.getvalue(), name=f"doi-hoi.{kind.lower()}"), **fields)


ACTIVE = {
    "script": "<script>alert(1)</script>",
    "script elsewhere": '<script href="https://example.org/a.js"/>',
    "foreign object": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>',
    "html": '<body xmlns="http://www.w3.org/1999/xhtml"/>',
    "handler": '<rect width="1" height="1" onload="alert(1)"/>',
    "handler in capitals": '<rect width="1" height="1" ONCLICK="alert(1)"/>',
    "link": '<a href="https://example.org/"><rect width="1" height="1"/></a>',
    "use elsewhere": '<use href="https://example.org/a.svg#b"/>',
    "use elsewhere, xlink": '<use xlink:href="//example.org/a.svg#b"/>',
    "use of a data address": '<use href="data:image/svg+xml;base64,PHN2Zy8+#b"/>',
    "picture elsewhere": '<image href="https://example.org/a.png"/>',
    "picture that is a drawing": '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    "picture that is a page": '<image href="data:text/html;base64,PHA+"/>',
    "script address": '<use xlink:href="javascript:alert(1)"/>',
    "movement": '<rect width="1" height="1"><set attributeName="href" to="javascript:alert(1)"/></rect>',
    "paint elsewhere": '<rect width="1" height="1" fill="url(https://example.org/a.svg#b)"/>',
    "paint elsewhere, quoted": "<rect width='1' height='1' style='fill:url( \"//example.org/a\")'/>",
    "style elsewhere": "<style>@import 'https://example.org/a.css';</style>",
    "style in disguise": r"<style>rect{fill:u\72l(https://example.org/a)}</style>",
    "base": '<g xml:base="https://example.org/"/>',
}


@pytest.mark.parametrize("inside", list(ACTIVE.values()), ids=list(ACTIVE))
def test_a_drawing_that_could_do_something_is_refused(inside):
    with pytest.raises(DrawingError, match="Hãy bỏ phần đó"):
        check_drawing(SVG.format(inside).encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + LEAF, "SVG thuần"),
        ('<?xml version="1.0"?><!doctype svg>' + LEAF, "SVG thuần"),
        ('<?xml-stylesheet href="https://example.org/a.css"?>' + LEAF, "tệp trình bày bên ngoài"),
        ("<svg", "không đọc được"),
        ("", "không đọc được"),
        ("<p>a</p>", "phần tử đầu tiên"),
        ('<svg viewBox="0 0 1 1"/>', "phần tử đầu tiên"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="rộng"/>', "khung nhìn"),
        (LEAF + " " * 1_100_000, "1 MB"),
    ],
    ids=["entity", "doctype", "stylesheet", "broken", "empty", "no svg", "no namespace", "no frame", "too large"],
)
def test_a_drawing_that_cannot_be_read_safely_is_refused(content, said):
    with pytest.raises(DrawingError, match=said):
        check_drawing(content.encode())


def test_another_encoding_hides_nothing():
    with pytest.raises(DrawingError, match="UTF-8"):
        check_drawing(SVG.format(ACTIVE["script"]).encode("utf-16"))


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><rect width="1" height="1" fill="url(#a)" style="stroke: url( \'#a\' )"/>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        '<style>.la { fill: #3f8a5f }</style><text class="la">Lá khỏe</text>',
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>',
        '<filter id="a"><feGaussianBlur stdDeviation="2"/></filter>',
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
    ],
)
def test_what_drawing_programs_write_is_taken(inside):
    check_drawing(f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- Vẽ cho Cổng -->{SVG.format(inside)}'.encode())


def test_no_way_into_the_library_passes_the_check():
    with pytest.raises(ValidationError, match="mã chạy được"):
        drawing(SVG.format(ACTIVE["script"]))

    assert not PortalImage.objects.exists()


def test_an_editor_uploads_a_drawing_and_sees_it_as_one(admin_client: Client) -> None:
    answer = admin_client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Lá hồi", "files[]": ContentFile(LEAF.encode(), name="la-hoi.svg"), "collection": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()

    assert answer["success"] is True
    picture = PortalImage.objects.get()
    assert (picture.width, picture.height) == (640, 400)
    shown = re.findall(r'<img[^>]* src="(/media/[^"]+)"', admin_client.get(reverse("wagtailimages:index")).content.decode())
    assert shown
    assert all(address.endswith(".svg") for address in shown)


def test_an_opened_upload_is_inert_and_of_its_own_type(client: Client) -> None:
    for picture, kind in ((drawing(), "image/svg+xml"), (photograph(100, 100, "AVIF"), "image/avif"), (photograph(100, 100, "WEBP"), "image/webp")):
        answer = client.get(picture.file.url)

        assert answer.status_code == 200
        assert answer["Content-Type"] == kind
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert "max-age=" in answer["Cache-Control"]
    assert "Cache-Control" not in client.get("/media/original_images/khong-co.svg")


@pytest.mark.parametrize("spec", ["width-960|format-webp", "fill-1200x630|format-jpeg", "format-avif"])
def test_a_drawing_is_never_turned_into_pixels(spec):
    assert drawing().get_rendition(spec).url.endswith(".svg")


def test_a_drawing_is_shown_as_it_is_and_costs_no_query(show):
    picture = drawing()

    with CaptureQueriesContext(connection) as queries:
        html = show(picture, is_wide=True)

    assert len(queries) == 0
    assert html.count("<img") == 1
    assert "<source" not in html
    assert f'src="{picture.file.url}" width="640" height="400" alt="Đốm nâu, viền vàng" loading="lazy"' in html


def test_a_drawing_is_no_picture_for_shared_links():
    assert chosen_picture(drawing(), "Lá hồi") is None
    assert chosen_picture(photograph(), "Đồi hồi")["width"] == 1200  # type: ignore[index]


@pytest.fixture
def show() -> Callable[..., str]:
    from django.template import Context, Template

    def show(image: Any, **options: Any) -> str:
        said = " ".join(f"{name}={value!r}" for name, value in options.items())
        return Template(f"{{% load pictures %}}{{% show_picture image alt='Đốm nâu, viền vàng' {said} %}}").render(Context({"image": image}))

    return show


def test_a_photograph_comes_in_modern_formats_and_three_widths(show):
    html = show(photograph())

    sources = re.findall(r'<source type="([^"]+)" srcset="([^"]+)" sizes="([^"]+)">', html)
    assert [kind for kind, _srcset, _sizes in sources] == ["image/avif", "image/webp"]
    for kind, srcset, sizes in sources:
        addresses = [part.split() for part in srcset.split(", ")]
        assert [width for _address, width in addresses] == ["480w", "960w", "1440w"]
        assert all(address.endswith(kind.removeprefix("image/")) for address, _width in addresses)
        assert "38rem" in sizes
    assert re.search(r'<img class="picture" src="[^"]+\.jpg" width="960" height="720" alt="Đốm nâu, viền vàng" loading="lazy"', html)


def test_a_small_photograph_is_not_blown_up(show):
    html = show(photograph(700, 500))

    assert re.findall(r"\d+w", html) == ["480w", "700w", "480w", "700w"]
    assert 'width="700" height="500"' in html


def test_the_first_picture_of_a_page_is_fetched_first_and_the_others_when_they_are_near(show):
    assert 'fetchpriority="high"' in show(photograph(), is_first=True)
    assert "loading=" not in show(drawing(), is_first=True)
    assert 'loading="lazy"' in show(photograph())
    assert "fetchpriority" not in show(drawing())


def test_a_cut_keeps_what_the_editor_marked():
    def colour_of(picture: PortalImage) -> tuple[int, ...]:
        shown = describe(picture, is_wide=True)
        assert shown is not None
        assert (shown["width"], shown["height"]) == (960, 600)
        rendition = picture.renditions.get(filter_spec__startswith="fill-960x600", filter_spec__contains="jpeg")
        with rendition.file.open() as file, Image.open(file) as opened:
            return opened.convert("RGB").getpixel((480, 300))  # type: ignore[return-value]

    left = photograph(6000, 1000, focal_point_x=800, focal_point_y=500, focal_point_width=400, focal_point_height=400)
    right = photograph(6000, 1000, focal_point_x=5200, focal_point_y=500, focal_point_width=400, focal_point_height=400)

    assert colour_of(left)[1] > 100 > colour_of(left)[0]
    assert colour_of(right)[0] > 200 > colour_of(right)[1]


def test_what_is_transparent_stands_on_white(show):
    buffer = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(buffer, "PNG")
    picture = PortalImage.objects.create(title="Dấu", file=ContentFile(buffer.getvalue(), name="dau.png"))

    show(picture)

    rendition = picture.renditions.get(filter_spec__contains="jpeg")
    with rendition.file.open() as file, Image.open(file) as opened:
        assert min(opened.convert("RGB").getpixel((50, 50))) > 250  # type: ignore[arg-type, type-var]


def test_a_picture_whose_file_is_gone_leaves_its_words(show):
    picture = photograph()
    Path(picture.file.path).unlink()

    html = show(picture)

    assert "<img" not in html
    assert "Đốm nâu, viền vàng" in html
    assert show(None).strip() == ""


def test_what_is_made_of_many_photographs_comes_in_one_query():
    pictures = [photograph(600, 400) for _number in range(3)]
    for picture in pictures:
        describe(picture)
    again = [*PortalImage.objects.filter(pk__in=[picture.pk for picture in pictures]), drawing(), None]

    with CaptureQueriesContext(connection) as queries:
        prefetch(again)
        shown = [describe(picture) for picture in again if picture]

    assert len(queries) == 1
    assert all(shown)


def test_a_body_with_many_pictures_costs_as_much_as_with_one(publish: Callable[..., Any], client: Client) -> None:
    def article(number: int) -> str:
        figures = [{"type": "figure", "value": {"image": photograph(600, 400).pk, "alt": "Vườn"}} for _figure in range(number)]
        page = publish(ArticlePage, "tin-tuc", slug=f"bai-{number}", body=figures)
        return page.get_url()

    assert queries_of(client, article(5)) == queries_of(client, article(1))


def test_a_drawing_costs_a_page_nothing(publish: Callable[..., Any], client: Client) -> None:
    bare = publish(GuidePage, "cam-nang", slug="tron")
    with_one = publish(GuidePage, "cam-nang", slug="co-hinh", lead_image=drawing(), lead_image_alt="Lá hồi")

    assert queries_of(client, with_one.get_url()) == queries_of(client, bare.get_url())
    assert 'fetchpriority="high"' in client.get(with_one.get_url()).content.decode()


def test_a_migration_sees_wagtails_own_chooser():
    assert PictureChooserBlock().deconstruct()[0] == "wagtail.images.blocks.ImageChooserBlock"


def test_what_an_editor_uploads_is_made_ready_before_anybody_visits(admin_user: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        uploaded, shipped = photograph(uploaded_by_user=admin_user), photograph()
        drawing()

    assert uploaded.renditions.count() == 14
    assert not shipped.renditions.exists(), "what comes with the software waits for its first visit"
    with CaptureQueriesContext(connection) as queries:
        describe(PortalImage.objects.get(pk=uploaded.pk), is_wide=True)
    assert [query for query in queries if query["sql"].startswith("INSERT")] == []


def test_a_task_for_a_picture_that_is_gone_does_nothing() -> None:
    prepare_picture.call(987_654)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """A room's folder of pictures with one drawing, where a test may change it."""
    settings.ROOT = tmp_path
    folder = tmp_path / "knowledge_base" / "data" / "pictures"
    folder.mkdir(parents=True)
    (folder / "la-hoi.svg").write_text(LEAF, encoding="utf-8")
    return folder


def load() -> dict[str, int]:
    report = Report()
    load_pictures(report)
    return dict(report.counts)


def test_a_file_is_taken_once_and_renewed_when_it_changes(folder: Path) -> None:
    assert load() == {CREATED: 1}
    assert load() == {UNCHANGED: 1}
    picture = picture_of(folder / "la-hoi.svg", "bai.md")
    assert (picture.title, picture.is_sample) == ("la-hoi", False)

    (folder / "la-hoi.svg").write_text(LEAF.replace("#3f8a5f", "#7a4320"), encoding="utf-8")

    assert load() == {RENEWED: 1}
    picture.refresh_from_db()
    with picture.file.open() as file:
        assert b"#7a4320" in file.read()
    assert PortalImage.objects.count() == 1


def test_an_editors_work_on_a_picture_is_kept(folder: Path) -> None:
    load()
    PortalImage.objects.update(credit="Người vẽ khác")
    (folder / "la-hoi.svg").write_text(LEAF.replace("#3f8a5f", "#7a4320"), encoding="utf-8")
    assert load() == {EDITED: 1}

    PortalImage.objects.all().delete()
    assert load() == {DELETED: 1}
    assert picture_of(folder / "la-hoi.svg", "bai.md").pk, "a page that shows it needs it"


def test_a_file_that_the_library_refuses_stops_the_load_and_is_named(folder: Path) -> None:
    (folder / "ve.svg").write_text(SVG.format(ACTIVE["handler"]), encoding="utf-8")
    with pytest.raises(ContentError, match=r"knowledge_base/data/pictures/ve\.svg: .*mã chạy được"):
        load()
    (folder / "ve.svg").unlink()
    (folder / "anh.png").write_bytes(b"khong phai anh")
    with pytest.raises(ContentError, match=r"anh\.png: không đọc được"):
        load()


def test_a_picture_that_is_not_there_is_named(folder: Path) -> None:
    shutil.copy(folder / "la-hoi.svg", folder / "ghi-chu.txt")
    for name in ("khong-co.svg", "ghi-chu.txt"):
        with pytest.raises(ContentError, match=rf"bai\.md: không có tệp ảnh {name}"):
            picture_of(folder / name, "bai.md")
