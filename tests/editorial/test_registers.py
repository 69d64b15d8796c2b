"""The rows that propaganda keeps: honours that are never erased, clauses whose words are never changed, targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from achievements.models import Honour
from knowledge_base.models import Term
from programme.models import Clause, Target
from tests.admin import errors_of, fill, snippet_url, text_of
from tests.conftest import Tree


@pytest.fixture
def clause(item: Callable[..., Any]) -> Clause:
    return Clause.objects.create(document=item("van-ban"), address="iii-1-d4", position=1, section="III", item="1", paragraph=4, text="Nuôi cá mó ở sớ")


@pytest.fixture
def honours(item: Callable[..., Any]) -> list[Honour]:
    honouree = item("ton-vinh", title="Hợp tác xã Hồi Văn Quan")
    given = [
        ("12/QĐ-UBND", "2025-05-02", "tinh", "bang-khen", "Trồng hồi hữu cơ", {}),
        ("34/QĐ-TTg", "2026-03-01", "trung-uong", "huan-chuong", "Nhân giống đặc sản", {}),
        ("56/QĐ-UBND", "2026-04-01", "xa", "giay-khen", "Ủ phân vi sinh", {"annulled_on": dt.date(2026, 5, 1), "annulled_by": "60/QĐ-UBND"}),
    ]
    return [
        Honour.objects.create(
            honouree=honouree,
            decision_number=number,
            decided_on=dt.date.fromisoformat(day),
            level=level,
            form=form,
            citation=citation,
            issuing_body="UBND",
            **more,
        )
        for number, day, level, form, citation, more in given
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["56/QĐ-UBND", "34/QĐ-TTg", "12/QĐ-UBND"]),
        ({"q": "34"}, ["34/QĐ-TTg"]),
        ({"q": "qd ttg"}, ["34/QĐ-TTg"]),
        ({"q": "dac san"}, ["34/QĐ-TTg"]),
        ({"q": "van quan"}, ["56/QĐ-UBND", "34/QĐ-TTg", "12/QĐ-UBND"]),
        ({"level": "tinh"}, ["12/QĐ-UBND"]),
        ({"form": "giay-khen"}, ["56/QĐ-UBND"]),
        ({"year": "2026"}, ["56/QĐ-UBND", "34/QĐ-TTg"]),
        ({"annulled": "true"}, ["56/QĐ-UBND"]),
        ({"annulled": "false", "year": "2026"}, ["34/QĐ-TTg"]),
        ({"year": "hai nghìn"}, ["56/QĐ-UBND", "34/QĐ-TTg", "12/QĐ-UBND"]),
    ],
)
def test_the_register_is_searched_without_accents_and_filtered(
    query: dict[str, str], found: list[str], login: Callable[..., Client], honours: list[Honour]
) -> None:
    response = login("tuyengiao").get(snippet_url(Honour, "list"), query)

    assert [honour.decision_number for honour in response.context["object_list"]] == found


def test_an_honour_is_annulled_and_not_deleted(login: Callable[..., Client], honours: list[Honour]) -> None:
    keeper, honour = login("tuyengiao"), honours[0]
    keeper.post(snippet_url(Honour, "delete", honour.pk))
    assert Honour.objects.filter(pk=honour.pk).exists()

    address = snippet_url(Honour, "edit", honour.pk)
    assert "annulled_by" in errors_of(fill(keeper, address, Honour, form_id=None, annulled_on="01/06/2026"))
    fill(keeper, address, Honour, form_id=None, annulled_on="01/06/2026", annulled_by="70/QĐ-UBND")
    honour.refresh_from_db()
    assert (honour.annulled_on, honour.annulled_by) == (dt.date(2026, 6, 1), "70/QĐ-UBND")
    assert "đã hủy bỏ" in text_of(keeper.get(snippet_url(Honour, "list"), {"q": "12"}))


def test_others_read_the_register_or_do_not_see_it(login: Callable[..., Client], honours: list[Honour]) -> None:
    reader = login("tongbientap")

    assert reader.get(snippet_url(Honour, "list")).status_code == 200
    assert reader.get(snippet_url(Honour, "inspect", honours[0].pk)).status_code == 200
    assert reader.get(snippet_url(Honour, "edit", honours[0].pk)).status_code == 302
    assert login("phongvien").get(snippet_url(Honour, "list")).status_code == 302


def test_a_clause_gets_a_corrected_text_beside_its_words(login: Callable[..., Client], clause: Clause) -> None:
    keeper, address = login("tuyengiao"), snippet_url(Clause, "edit", clause.pk)
    sent = {"corrected_text": "Nuôi cá ở sở", "note": "Lỗi đánh máy.", "text": "Lời khác", "address": "khac", "document": "1"}
    response = keeper.post(address, sent)

    assert response.status_code == 302, errors_of(response)
    clause.refresh_from_db()
    assert (clause.text, clause.address, clause.corrected_text, clause.note) == ("Nuôi cá mó ở sớ", "iii-1-d4", "Nuôi cá ở sở", "Lỗi đánh máy.")


def test_nobody_adds_or_deletes_a_clause_by_hand(clause: Clause) -> None:
    boss = Client()
    boss.force_login(get_user_model().objects.create_superuser("boss", "boss@example.org"))

    assert boss.get(snippet_url(Clause, "add")).status_code == 302
    assert boss.post(snippet_url(Clause, "delete", clause.pk)).status_code == 302
    assert Clause.objects.count() == 1
    listing = boss.get(snippet_url(Clause, "list")).content.decode()
    assert snippet_url(Clause, "add") not in listing
    assert snippet_url(Clause, "delete", clause.pk) not in listing
    assert "ca mo".replace("ca mo", "cá mó") in listing


def test_clauses_are_found_by_their_words_and_by_what_was_doubted(login: Callable[..., Client], clause: Clause) -> None:
    Clause.objects.create(document=clause.document, address="iii-1-d5", position=2, section="III", item="1", paragraph=5, text="Việc khác", doubts=["sớ"])
    keeper = login("tuyengiao")

    def found(**query: str) -> list[str]:
        return [row.address for row in keeper.get(snippet_url(Clause, "list"), query).context["object_list"]]

    assert found() == ["iii-1-d4", "iii-1-d5"]
    assert found(q="ca mo") == ["iii-1-d4"]
    assert found(has_doubts="true") == ["iii-1-d5"]
    assert found(is_corrected="true") == []


def test_a_target_is_kept_with_its_years(login: Callable[..., Client], roles: Tree) -> None:
    years = {
        "values-TOTAL_FORMS": "1",
        "values-INITIAL_FORMS": "0",
        "values-0-year": "2026",
        "values-0-value": "12,5",
        "values-0-source": "Sở",
        "values-0-as_of": "31/12/2026",
    }
    response = login("tuyengiao").post(
        snippet_url(Target, "add"),
        {"name": "Tăng 50% số doanh nghiệp", "slug": "", "kind": "figure", "position": "1", "target_value": "50", "target_year": "2030"} | years,
    )

    assert response.status_code == 302, errors_of(response)
    target = Target.objects.get()
    assert target.slug == "tang-50-so-doanh-nghiep"
    assert [(row.year, str(row.value)) for row in target.values.all()] == [(2026, "12.50")]


def test_a_term_is_listed_in_vietnamese_order_in_each_language(login: Callable[..., Client], roles: Tree) -> None:
    desk = login("bientap")
    for name in ("Đột biến", "Dược liệu", "Ấu trùng"):
        desk.post(
            snippet_url(Term, "add"),
            {"name": name, "slug": "", "definition": "null", "other_names-TOTAL_FORMS": "0", "other_names-INITIAL_FORMS": "0"},
        )
    assert Term.objects.count() == 0  # A term without a meaning is none.
    meaning = '{"blocks": [{"key": "a", "text": "Nghĩa", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
    for name in ("Đột biến", "Dược liệu", "Ấu trùng"):
        desk.post(
            snippet_url(Term, "add"),
            {"name": name, "slug": "", "definition": meaning, "other_names-TOTAL_FORMS": "0", "other_names-INITIAL_FORMS": "0"},
        )

    assert [term.name for term in desk.get(snippet_url(Term, "list")).context["object_list"]] == ["Ấu trùng", "Dược liệu", "Đột biến"]
    assert [term.slug for term in desk.get(snippet_url(Term, "list"), {"q": "dot bien"}).context["object_list"]] == ["dot-bien"]
