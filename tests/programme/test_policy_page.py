"""The page of a support policy: what, how much, until when; for whom and where, how to apply, on what it rests."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.blocks import StreamBlockValidationError

from programme.models import PolicyPage
from tests.factories import make_topic, many_items, tag
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, words_of
from topics.models import Audience, Contact, Locality, Product

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW, YESTERDAY = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)
FULL = {
    "title": "Hỗ trợ giống",
    "benefit": "<p>Tiền mua <b>giống sạch bệnh</b>.</p>",
    "amount": "một nửa giá giống",
    "eligibility": "<p>Hộ trồng mới.</p>",
    "how_to_apply": [("step", {"title": "Nộp ở xã", "text": "<p>Bộ phận một cửa.</p>"})],
    "legal_basis": [("basis", {"title": "Chương trình hành động", "number": "7-CTr/TU", "issued_on": dt.date(2023, 6, 19), "note": "Mục II"})],
    "apply_until": TOMORROW,
}


@pytest.fixture
def policy(publish):
    def policy(language: str = "vi", **fields) -> PolicyPage:
        return publish(PolicyPage, "chinh-sach", language, **(FULL | fields))

    return policy


@pytest.mark.parametrize(("language", "address"), [("vi", "/chinh-sach/ho-tro-giong/"), ("en", "/en/chinh-sach/ho-tro-giong/")])
def test_a_policy_reads_in_each_language(client, policy, language, address):
    policy(language)

    response = client.get(address)

    assert f'<html lang="{language}"' in response.content.decode()
    words = words_of(response, "main")
    for told in ("giống sạch bệnh", "một nửa giá giống", f"{TOMORROW:%d/%m/%Y}", "Hộ trồng mới.", "Nộp ở xã", "Mục II"):
        assert told in words


def test_a_policy_says_what_how_much_and_until_when_before_anything_else(client, policy):
    words = words_of(client.get(policy().url), "main")

    order = [words.index(told) for told in ("giống sạch bệnh", "một nửa giá giống", f"{TOMORROW:%d/%m/%Y}", "Hộ trồng mới.", "Nộp ở xã", "Căn cứ pháp lý")]
    assert order == sorted(order)


def test_a_policy_says_for_whom_and_where(client, policy):
    page = policy()
    tag(page, make_topic(Audience, "nong-dan", "Nông dân"), make_topic(Locality, "bac-son", "Bắc Sơn"))

    words = words_of(client.get(page.url), "main")

    assert "Nông dân" in words
    assert "Địa bàn: Bắc Sơn ." in words


def test_a_policy_without_a_place_is_for_the_whole_province(client, policy):
    assert "Địa bàn: cả tỉnh." in words_of(client.get(policy().url), "main")


@pytest.mark.parametrize(("until", "is_closed"), [(TODAY, False), (YESTERDAY, True), (None, False)])
def test_a_policy_is_closed_after_its_last_day_and_offers_others(client, policy, until, is_closed):
    page = policy(apply_until=until)

    response = client.get(page.url)

    assert page.is_closed is is_closed
    assert ("Đã hết hạn nhận hồ sơ" in words_of(response, "main")) is is_closed


def test_its_legal_basis_leads_to_the_document_where_that_is_here(client, policy, document):
    response = client.get(policy().url)

    assert document.url in links_of(part_of(response, '<h2 id="can-cu">', "ol"))


def test_its_legal_basis_is_plain_text_where_the_document_is_not_here(client, policy):
    assert links_of(part_of(client.get(policy().url), '<h2 id="can-cu">', "ol")) == []


def test_whom_to_ask_stands_beside_it(client, policy):
    contact = Contact.objects.create(slug="mot-cua", name="Bộ phận một cửa", phone="0000 000 000")

    assert "0000 000 000" in words_of(client.get(policy(contact=contact).url), "main")


def test_a_policy_with_only_what_it_must_have_still_reads(client, publish):
    page = publish(PolicyPage, "chinh-sach", title="Hỗ trợ", benefit="<p>Giống.</p>")

    response = client.get(page.url)

    assert response.status_code == 200
    assert "None" not in words_of(response)


def test_a_last_day_without_a_way_to_apply_is_refused_with_a_way_out(policy):
    with pytest.raises(ValidationError, match="thêm bước làm hồ sơ hoặc nơi nhận hồ sơ"):
        policy(how_to_apply=[])


def test_a_policy_says_what_it_gives(tree):
    with pytest.raises(ValidationError) as refused:
        PolicyPage(title="Hỗ trợ", slug="ho-tro").full_clean()

    assert "benefit" in refused.value.message_dict


def test_a_basis_of_tomorrow_is_refused():
    block = PolicyPage._meta.get_field("legal_basis").stream_block
    value = block.to_python([{"type": "basis", "value": {"title": "Nghị quyết", "issued_on": TOMORROW.isoformat()}}])

    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(value)

    assert "tương lai" in str(refused.value.as_json_data())


def test_a_policy_costs_the_same_among_ten_and_among_a_thousand(client, tree, policy, document):
    product = make_topic(Product, "hoi", "Hồi")
    section = tree.section("chinh-sach")
    many_items(PolicyPage, section, 10, topics=[product], fields=lambda number: {"benefit": "<p>Giống.</p>"})
    page = policy()
    tag(page, product)
    few = queries_of(client, page.url)
    many_items(PolicyPage, section, 990, topics=[product], fields=lambda number: {"slug": f"them-{number}", "benefit": "<p>Giống.</p>"})

    assert queries_of(client, page.url) == few <= MOST_QUERIES
