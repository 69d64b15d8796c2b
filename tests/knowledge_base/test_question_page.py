"""A question stands as it was asked, the answer under the name of who gave it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knowledge_base.models import QuestionPage
from tests.factories import make_topic, tag
from tests.pages import titles_of, words_of
from topics.models import Contact, Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(publish: Callable[..., Any]) -> QuestionPage:
    expert = Contact.objects.create(slug="ky-su", name="Kỹ sư trồng trọt", job="trung tâm khuyến nông")
    page = publish(
        QuestionPage,
        "hoi-dap",
        title="Lá hồi vàng rụng có phải bệnh không?",
        slug="la-hoi-vang",
        summary="Vàng đều, không đốm thì thường do úng rễ.",
        question="Rừng nhà tôi lá vàng đều.\nCó phải phun không?",
        asked_by="Một bà con ở xã Văn Quan",
        asked_on=dt.date(2026, 6, 1),
        answered_by=expert,
        answered_on=dt.date(2026, 6, 3),
        body=[("text", "<p>Xem lại nước đọng quanh gốc.</p>")],
    )
    tag(page, make_topic(Product, "hoi", "Hồi"))
    return page


def test_question_and_answer_stand_with_who_and_when(client: Client, question: QuestionPage) -> None:
    shown = words_of(client.get("/hoi-dap/la-hoi-vang/"), "main")

    parts = ["Một bà con ở xã Văn Quan hỏi", "01/06/2026", "Rừng nhà tôi lá vàng đều.", "Kỹ sư trồng trọt", "trung tâm khuyến nông", "03/06/2026"]
    parts += ["Vàng đều, không đốm thì thường do úng rễ.", "Xem lại nước đọng quanh gốc."]
    order = [shown.index(part) for part in parts]
    assert order == sorted(order)


def test_a_question_without_an_answer_says_what_happens_next(client: Client, publish: Callable[..., Any]) -> None:
    publish(QuestionPage, "hoi-dap", title="Chưa trả lời", slug="chua", question="Làm sao?")

    assert "Câu trả lời sẽ hiện ở đây" in words_of(client.get("/hoi-dap/chua/"))


def test_an_english_question_renders(client: Client, publish: Callable[..., Any]) -> None:
    publish(QuestionPage, "hoi-dap", "en", title="Is it a disease?", slug="is-it", question="My trees are yellow.")

    response = client.get("/en/hoi-dap/is-it/")
    assert response.status_code == 200
    assert "My trees are yellow." in words_of(response)


def test_a_withdrawn_answer_is_410_with_its_reason_and_leaves_every_list(client: Client, question: QuestionPage) -> None:
    question.withdrawn_on, question.withdrawn_reason = timezone.localdate(), "Câu trả lời sai liều lượng."
    question.save()

    response = client.get("/hoi-dap/la-hoi-vang/")
    assert response.status_code == 410
    assert "Câu trả lời sai liều lượng." in words_of(response)
    assert "Xem lại nước đọng" not in words_of(response)
    for address in ("/hoi-dap/", "/san-pham/hoi/", "/tim-kiem/?q=la+hoi"):
        assert titles_of(client.get(address)) == [], address
    for address in ("/rss/", "/hoi-dap/atom/", "/san-pham/hoi/rss/", "/sitemap-trang.xml"):
        assert "la-hoi-vang" not in client.get(address).content.decode(), address


def test_a_public_answer_is_in_the_sitemap_in_its_languages(client: Client, question: QuestionPage) -> None:
    assert "<loc>http://localhost:8000/hoi-dap/la-hoi-vang/</loc>" in client.get("/sitemap-trang.xml").content.decode()
