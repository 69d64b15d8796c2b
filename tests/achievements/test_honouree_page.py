"""The page of an honouree: the lines of the register first, then what others can learn."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from achievements.models import HonoureePage
from tests.factories import many_items, tag
from tests.pages import MOST_QUERIES, queries_of, words_of
from topics.models import Contact, Product

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def english(publish, honouree) -> HonoureePage:
    return publish(HonoureePage, "ton-vinh", "en", title="Bản Chang cooperative", kind="hop-tac-xa", translation_key=honouree.translation_key)


def test_an_honouree_with_nothing_but_a_name_still_reads(client, honouree):
    words = words_of(client.get(honouree.url), "main")

    assert "HTX Hồi Bản Chang" in words
    assert "Chưa có quyết định khen nào được ghi vào sổ." in words
    assert "None" not in words


def test_both_languages_show_the_same_lines_of_the_register_newest_first(client, honouree, english, grant):
    grant("1/QĐ-UBND", "2024-05-02")
    grant("2/QĐ-UBND", "2025-05-02", annulled_on=dt.date(2026, 1, 9), annulled_by="9/QĐ-UBND")

    for page in (honouree, english):
        words = words_of(client.get(page.url), "article")
        assert words.index(" 2/QĐ-UBND") < words.index(" 1/QĐ-UBND"), page.url
        assert "9/QĐ-UBND" in words
        assert "09/01/2026" in words


def test_the_way_to_check_a_decision_is_the_register(client, honouree, grant):
    grant("1/QĐ-UBND", "2024-05-02")

    assert 'xem trong <a href="/ton-vinh/">Sổ tôn vinh</a>' in client.get(honouree.url).content.decode()


def test_a_reader_learns_who_they_are_what_they_did_and_what_to_learn(client, honouree):
    contact = Contact.objects.create(slug="to-1", name="Tổ khuyến nông")
    honouree.since_year, honouree.size_note, honouree.summary = 2014, "42 hộ, 18 ha", "Bã hồi thành phân."
    honouree.lessons, honouree.contact = "<p>Bắt đầu từ mẻ nhỏ.</p>", contact
    honouree.results = [("result", {"value": "1.8", "unit": "lần", "meaning": "thu nhập", "source": "Sổ", "as_of": dt.date(2026, 10, 1)})]
    honouree.body = [("text", "<p>Mười năm trước.</p>")]
    honouree.save()

    words = words_of(client.get(honouree.url), "main").replace("\xa0", " ")

    said = ["Hợp tác xã", "từ năm 2014", "42 hộ, 18 ha", "Bã hồi thành phân.", "1,8 lần thu nhập", "Câu chuyện Mười năm trước."]
    for words_said in [*said, "Nơi khác học được gì Bắt đầu từ mẻ nhỏ.", "Muốn đến học, gọi ai? Tổ khuyến nông"]:
        assert words_said in words


def test_a_withdrawn_honouree_says_why(client, honouree):
    honouree.withdrawn_on, honouree.withdrawn_reason = TODAY, "Theo yêu cầu của hợp tác xã."
    honouree.save()

    response = client.get(honouree.url)

    assert response.status_code == 410
    assert "Theo yêu cầu của hợp tác xã." in words_of(response)


def test_sample_and_overdue_honourees_say_so(client, honouree):
    honouree.is_sample, honouree.review_by = True, TODAY - dt.timedelta(days=1)
    honouree.save()

    words = words_of(client.get(honouree.url), "article")

    assert "Nội dung minh họa" in words
    assert words.count("Quá hạn kiểm tra") == 1


def test_an_honouree_costs_the_same_among_ten_and_among_a_thousand(client, tree, honouree, grant):
    hoi = Product.objects.create(slug="hoi", name="Hồi")
    honouree.contact = honouree.keeper = Contact.objects.create(slug="to-1", name="Tổ khuyến nông")
    honouree.save()
    tag(honouree, hoi)
    grant("1/QĐ-UBND", "2024-05-02")
    many_items(HonoureePage, tree.section("ton-vinh"), 10, topics=[hoi], fields=lambda number: {"kind": "ca-nhan"})
    few = queries_of(client, honouree.url)
    many_items(HonoureePage, tree.section("ton-vinh"), 990, topics=[hoi], fields=lambda number: {"kind": "ca-nhan", "slug": f"them-{number}"})
    for number in range(2, 40):
        grant(f"{number}/QĐ-UBND", "2024-05-02")

    assert queries_of(client, honouree.url) == few <= MOST_QUERIES
