"""Search and suggestions for programs: the shapes that OpenAPI describes, refusals, limits; and the field that completes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.test import Client

from knowledge_base.models import GuidePage, Term
from search import api
from search.models import NeverSuggest
from tests.factories import make_topic, tag
from topics.models import Locality, Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tree: Any, publish: Callable[..., Any], indexed: Callable[[], None]) -> None:
    product = make_topic(Product, "hoi", "Hồi", scientific_name="Illicium verum")
    make_topic(Locality, "hoi-hoan", "Hội Hoan")
    tag(publish(GuidePage, "cam-nang", title="Bệnh đốm lá hồi", slug="benh-dom-la-hoi", summary="Phun chế phẩm."), product)
    publish(GuidePage, "cam-nang", "en", title="Star anise", slug="star-anise")
    Term.objects.create(locale=tree.home().locale, slug="dom-la", name="Đốm lá", definition="<p>Vết chết.</p>")
    indexed()


def validated(response: Any, schema: str) -> Any:
    description = api.openapi()
    whole = description["components"]["schemas"][schema] | {"components": description["components"]}
    jsonschema.Draft202012Validator(whole).validate(response.json())
    return response.json()


def test_an_answer_is_as_described(client: Client, content: None) -> None:
    response = client.get("/api/search", {"q": "benh dom", "san-pham": "hoi"})
    answer = validated(response, "Answer")

    assert response.status_code == 200
    assert answer["understood"] == {"text": "bệnh đốm", "changed": True, "reasons": ["accents"]}
    assert answer["results"][0]["url"] == f"{settings.SITE_URL}/cam-nang/benh-dom-la-hoi/"
    assert answer["results"][0]["title"] == "Bệnh đốm lá hồi"
    assert answer["results"][0]["type"] == "cam-nang"
    assert answer["facets"]["san-pham"] == [{"value": "hoi", "label": "Hồi", "count": 1, "selected": True}]
    assert answer["suggestion"] is None
    assert "public" in response["Cache-Control"]
    assert response["Content-Type"].startswith("application/json")


def test_each_language_searches_its_own(client: Client, content: None) -> None:
    assert client.get("/api/search?q=anise&lang=en").json()["total"] == 1
    assert client.get("/api/search?q=anise").json()["total"] == 0


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "missing_q"),
        ({"q": "  "}, "missing_q"),
        ({"q": "a" * 10_001}, "query_too_long"),
        ({"q": "a", "size": "51"}, "bad_size"),
        ({"q": "a", "size": "0"}, "bad_size"),
        ({"q": "a", "page": "x"}, "bad_page"),
        ({"q": "a", "page": "501"}, "bad_page"),
        ({"q": "a", "lang": "fr"}, "bad_lang"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_message(client: Client, content: None, params: dict[str, str], code: str) -> None:
    response = client.get("/api/search", params)

    assert response.status_code == 400
    assert validated(response, "Error")["error"]["code"] == code


@pytest.mark.parametrize("typed", ["hồi", "hoi", "hooif", "illicium", "HỒ"])
def test_names_are_completed_without_accents_and_by_other_names(client: Client, content: None, typed: str) -> None:
    found = validated(client.get("/api/suggest", {"q": typed}), "Suggestions")["suggestions"]

    assert {"/san-pham/hoi/"} <= {suggestion["url"] for suggestion in found}


@pytest.mark.parametrize(
    ("typed", "url"), [("benh d", "/cam-nang/benh-dom-la-hoi/"), ("dom l", "/thuat-ngu/dom-la/"), ("bệnh đốm lá h", "/cam-nang/benh-dom-la-hoi/")]
)
def test_titles_and_terms_are_completed(client: Client, content: None, typed: str, url: str) -> None:
    assert url in [suggestion["url"] for suggestion in client.get("/api/suggest", {"q": typed}).json()["suggestions"]]


def test_what_editors_forbid_is_never_suggested(client: Client, content: None) -> None:
    NeverSuggest.objects.create(words="Đốm lá")

    found = client.get("/api/suggest", {"q": "dom"}).json()["suggestions"]
    assert not any("ốm lá" in suggestion["text"] for suggestion in found)


@pytest.mark.parametrize("typed", ["", " ", "?", '"', "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "x" * 5_000, "🌿", "*"])
def test_anything_typed_gets_an_answer(client: Client, content: None, typed: str) -> None:
    assert validated(client.get("/api/suggest", {"q": typed}), "Suggestions") is not None


def test_who_asks_too_often_is_told_when_to_come_back(client: Client, content: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "SUGGESTIONS_A_MINUTE", 2)
    limited = api._limited("trial", 2)(lambda request: api._json({}))
    from django.test import RequestFactory

    answers = [limited(RequestFactory().get("/api/suggest?q=a")) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert limited(RequestFactory().get("/api/suggest?q=a", REMOTE_ADDR="192.0.2.7")).status_code == 200


def test_without_an_engine_search_says_so_and_names_are_still_completed(client: Client, content: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engine import EngineDown
    from search.guard import GuardedEngine

    def fail(*args: Any, **kwargs: Any) -> None:
        raise EngineDown

    for name in ("find", "together"):
        monkeypatch.setattr(GuardedEngine, name, fail)

    response = client.get("/api/search?q=hoi")
    assert response.status_code == 503
    assert validated(response, "Error")["error"]["code"] == "search_down"
    assert int(response["Retry-After"]) > 0
    assert client.get("/api/suggest?q=hoi").json()["suggestions"]


def test_the_description_is_openapi(client: Client, db: None) -> None:
    description = client.get("/api/openapi.json").json()

    assert description["openapi"].startswith("3.1")
    assert set(description["paths"]) == {"/api/search", "/api/suggest"}


def test_the_field_knows_where_to_ask(client: Client, tree: Any) -> None:
    html = client.get("/").content.decode()

    assert 'data-suggest="/api/suggest?lang=vi"' in html
    assert "js/search.js" in html
    assert 'data-suggest="/api/suggest?lang=en"' in client.get("/en/").content.decode()
