"""The page of an achievement: a figure with its source, how sure it is, how to take it over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from achievements.models import READINESS, AchievementPage
from tests.factories import many_items, tag
from tests.pages import MOST_QUERIES, part_of, queries_of, words_in, words_of
from topics.models import Contact, Product

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
RESULTS = [
    ("result", {"value": "18.5", "unit": "tấn/ha", "meaning": "gấp rưỡi giống cũ", "source": "Sổ theo dõi", "as_of": dt.date(2026, 10, 1)}),
    ("result", {"value": "1900", "unit": "đồng/kg", "meaning": "chi phí tăng thêm", "source": "Sổ chi", "as_of": dt.date(2026, 10, 2)}),
]


@pytest.fixture
def achievement(publish):
    def achievement(language: str = "vi", **fields) -> AchievementPage:
        return publish(AchievementPage, "thanh-tuu", language, **({"title": "Cây quýt giống sạch bệnh"} | fields))

    return achievement


@pytest.mark.parametrize(("language", "address"), [("vi", "/thanh-tuu/cay-quyt-giong-sach-benh/"), ("en", "/en/thanh-tuu/cay-quyt-giong-sach-benh/")])
def test_an_achievement_reads_in_each_language(client, achievement, language, address):
    achievement(language, results=RESULTS)

    response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()
    assert "Cây quýt giống sạch bệnh" in words_of(response, "h1")


def test_an_achievement_with_nothing_but_a_title_still_reads(client, achievement):
    words = words_of(client.get(achievement().url), "main")

    assert "Cây quýt giống sạch bệnh" in words
    assert "None" not in words


def test_the_first_figure_stands_in_the_head_with_unit_source_and_day(client, achievement):
    head = words_in(part_of(client.get(achievement(results=RESULTS).url), '<header class="page-head', "header")).replace("\xa0", " ")

    assert "18,5 tấn/ha gấp rưỡi giống cũ" in head
    assert "Nguồn: Sổ theo dõi, đến 01/10/2026" in head
    assert "1.900" not in head


def test_the_other_figures_follow_below(client, achievement):
    words = words_of(client.get(achievement(results=RESULTS).url), "article").replace("\xa0", " ")

    assert "1.900 đồng/kg" in words
    assert words.count("18,5") == 1


@pytest.mark.parametrize("level", [1, 5, 9])
def test_readiness_is_said_in_plain_words_beside_a_scale_of_nine(client, achievement, level):
    response = client.get(achievement(readiness=level).url)

    assert str(dict(READINESS)[level]) in words_of(response, "article")
    page = response.content.decode()
    scale = page[page.index("readiness__scale") :].split("</ol>")[0]
    assert (scale.count("<li"), scale.count("is-reached")) == (9, level)


def test_a_reader_learns_the_change_how_to_do_it_whose_it_is_and_whom_to_call(client, achievement):
    contact = Contact.objects.create(slug="trung-tam", name="Trung tâm ứng dụng", phone="0000 000 000")
    page = achievement(
        summary="Vi ghép trong nhà lưới.",
        change="Bà con mua được cây sạch bệnh ngay trong vùng.",
        before="<p>Cây không rõ gốc.</p>",
        after="<p>Cây có mã số.</p>",
        how_to_adopt="<p>Học một vụ.</p>",
        holder="Tổ vườn ươm",
        intellectual_property="Không đăng ký",
        evidence=[("source", {"issuer": "Tổ vườn ươm", "title": "Sổ ba năm", "year": "2026", "url": "", "note": ""})],
        transfer_contact=contact,
    )

    words = words_of(client.get(page.url), "main")

    said = ["Bà con mua được cây", "Vi ghép trong nhà lưới.", "Trước đây Cây không rõ gốc.", "Bây giờ Cây có mã số.", "Tổ vườn ươm: Sổ ba năm, 2026."]
    for words_said in [*said, "Muốn làm theo Học một vụ.", "Không đăng ký", "Trung tâm ứng dụng"]:
        assert words_said in words


def test_a_number_that_nobody_has_is_no_link(client, achievement):
    contact = Contact.objects.create(slug="trung-tam", name="Trung tâm ứng dụng", phone="0000 000 000")

    assert "tel:" not in client.get(achievement(transfer_contact=contact).url).content.decode()


def test_a_withdrawn_achievement_says_why_and_leaves_the_list(client, achievement):
    page = achievement(withdrawn_on=TODAY, withdrawn_reason="Kết quả không lặp lại được.")

    response = client.get(page.url)

    assert response.status_code == 410
    assert "Kết quả không lặp lại được." in words_of(response)
    assert page.title not in words_of(client.get("/thanh-tuu/"))


def test_sample_and_overdue_achievements_say_so(client, achievement):
    words = words_of(client.get(achievement(is_sample=True, review_by=TODAY - dt.timedelta(days=1)).url), "article")

    assert "Nội dung minh họa" in words
    assert words.count("Quá hạn kiểm tra") == 1


def test_nothing_is_achieved_in_the_future(achievement):
    page = achievement()
    page.achieved_on = TODAY + dt.timedelta(days=1)

    with pytest.raises(ValidationError, match="Ngày đạt được không thể ở tương lai"):
        page.full_clean()


def test_days_from_the_achievement_to_its_publication_are_counted(achievement):
    published = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)

    assert achievement(achieved_on=dt.date(2026, 11, 5), first_published_at=published).days_to_publication == 15


def test_an_achievement_costs_the_same_among_ten_and_among_a_thousand(client, tree, achievement):
    hoi = Product.objects.create(slug="hoi", name="Hồi")
    contact = Contact.objects.create(slug="trung-tam", name="Trung tâm ứng dụng")
    page = achievement(results=RESULTS, transfer_contact=contact, keeper=contact)
    tag(page, hoi)
    many_items(AchievementPage, tree.section("thanh-tuu"), 10, topics=[hoi])
    few = queries_of(client, page.url)
    many_items(AchievementPage, tree.section("thanh-tuu"), 990, topics=[hoi], fields=lambda number: {"slug": f"them-{number}"})

    assert queries_of(client, page.url) == few <= MOST_QUERIES
