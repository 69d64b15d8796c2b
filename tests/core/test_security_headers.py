"""What a browser may do with our pages: nothing of a third party, nothing inline, and no page does what it then may not."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from core.models import PortalDocument
from knowledge_base.models import Term
from news.models import ArticlePage
from topics.queries import TAXONOMIES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]

# Elements whose address the browser fetches, or sends something to, by itself.
FETCHING = {"link", "script", "img", "source", "video", "audio", "track", "iframe", "embed", "object", "use", "image", "form", "input", "button"}
ADDRESSES = {"src", "srcset", "href", "poster", "data", "action", "formaction"}
OUR_HOST = "localhost:8000"
OTHERS = [
    "/san-pham/",
    "/en/san-pham/",
    "/tim-kiem/?q=hoi",
    "/en/tim-kiem/",
    "/tim-kiem/?q=%00",
    "/khong-co-trang-nay/",
    "/en/khong-co-trang-nay/",
    "/rss/",
    "/tin-tuc/atom/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
]


class Reader(HTMLParser):
    """Notes what a page fetches, and what a strict policy would stop."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fetched: list[str] = []
        self.inline: list[str] = []
        self._script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in FETCHING and given.get("rel") not in {"canonical", "alternate"}:
            for name in ADDRESSES & set(given):
                parts = (given[name] or "").split(",") if name == "srcset" else [given[name] or ""]
                self.fetched += [part.split()[0] for part in parts if part.split()]
        self.inline += [f"{tag} {name}=" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/ld+json"):
            self.inline.append(f"<{tag}>")


def read(response: object) -> Reader:
    reader = Reader()
    reader.feed(response.content.decode())  # type: ignore[attr-defined]
    return reader


def policy_of(response: object) -> dict[str, list[str]]:
    """The response's content policy: {"script-src": ["'self'"], …}."""
    header = response["Content-Security-Policy"]  # type: ignore[index]
    return {name: values for name, *values in (part.split() for part in header.split(";") if part.strip())}


def is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"", "http", "data"} and parts.netloc in {"", OUR_HOST}


def one_page_of_each_type() -> list[str]:
    """An address of every type of live page in every language, of a value of every taxonomy, of a term."""
    pages = {(page.content_type_id, page.locale_id): page for page in Page.objects.live().filter(depth__gt=1)}
    values = [model._default_manager.first().get_absolute_url() for model in TAXONOMIES]
    return [page.get_url() for page in pages.values()] + values + [Term.objects.first().get_absolute_url()]


def all_live_pages() -> list[str]:
    return [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]


def test_every_public_answer_carries_every_header(visited):
    for address in [*one_page_of_each_type(), *OTHERS]:
        answer = visited(address)
        policy = policy_of(answer)

        assert answer.status_code == (400 if "%00" in address else 404 if "khong-co" in address else 200), address
        assert "unsafe" not in answer["Content-Security-Policy"], address
        assert policy["default-src"] == policy["base-uri"] == policy["object-src"] == ["'none'"], address
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == policy["frame-ancestors"] == ["'self'"], address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["X-Frame-Options"] == "SAMEORIGIN", address
        assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert "geolocation=()" in answer["Permissions-Policy"], address


def test_a_withdrawn_page_carries_them_too(client):
    article = ArticlePage.objects.first()
    ArticlePage.objects.filter(pk=article.pk).update(withdrawn_on=timezone.localdate(), withdrawn_reason="Có nhầm lẫn.")

    answer = client.get(article.get_url())

    assert answer.status_code == 410
    assert policy_of(answer)["script-src"] == ["'self'"]


def test_a_page_that_breaks_carries_them_too(client, monkeypatch):
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("hỏng")

    monkeypatch.setattr(ArticlePage, "get_context", broken)
    client.raise_request_exception = False

    answer = client.get(ArticlePage.objects.first().get_url())

    assert answer.status_code == 500
    assert policy_of(answer)["script-src"] == ["'self'"]
    assert read(answer).inline == []


def test_no_page_fetches_anything_from_another_host_or_does_anything_inline(visited):
    addresses = [*all_live_pages(), *one_page_of_each_type(), *OTHERS[:7]]

    for address in addresses:
        reader = read(visited(address))
        assert [fetched for fetched in reader.fetched if not is_ours(fetched)] == [], address
        assert reader.inline == [], address
    assert len(addresses) > 60


def test_a_public_page_sets_no_cookie(visited):
    assert [address for address in one_page_of_each_type() if visited(address).cookies] == []


def test_what_an_editor_typed_cannot_end_the_block_of_structured_data(client):
    ArticlePage.objects.update(title="</script><script>alert(1)</script>")
    article = ArticlePage.objects.first()

    answer = client.get(article.get_url())

    blocks = answer.content.decode().split('<script type="application/ld+json">')[1:]
    assert blocks
    assert "</script><script>alert" in json.dumps([json.loads(block.split("</script>")[0]) for block in blocks])
    assert read(answer).inline == []


def test_the_admin_has_its_own_policy_and_is_kept_by_no_cache(client, admin_client):
    for answer in (client.get("/quan-tri/login/"), admin_client.get("/quan-tri/")):
        policy = policy_of(answer)

        assert answer.status_code == 200
        assert "'unsafe-inline'" in policy["script-src"]
        assert policy["default-src"] == policy["base-uri"] == ["'none'"]
        assert policy["frame-ancestors"] == ["'self'"]
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", ["/quan-tri/", "/quan-tri/pages/", "/quan-tri/images/", "/quan-tri/account/"])
def test_the_admin_calls_no_third_party_either(admin_client, address):
    answer = admin_client.get(address, follow=True)

    assert [fetched for fetched in read(answer).fetched if not is_ours(fetched)] == []


def test_an_upload_runs_nothing_whatever_it_holds(client, settings):
    path = Path(settings.MEDIA_ROOT) / "original_images" / "hinh.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

    answer = client.get("/media/original_images/hinh.svg")

    assert answer.status_code == 200
    policy = policy_of(answer)
    assert policy["default-src"] == ["'none'"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_document_is_taken_away_not_run_and_not_found_beside_its_view(client):
    document = PortalDocument(title="Tài liệu")
    document.file.save("tai-lieu.txt", ContentFile(b"noi dung"))

    answer = client.get(document.url)

    assert answer.status_code == 200
    assert "'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize("path", ["/media/../secret-key", "/media/%2e%2e/secret-key", "/media/", "/media/original_images/"])
def test_media_gives_neither_folders_nor_what_lies_beside_them(client, path):
    assert client.get(path).status_code in {400, 404}
