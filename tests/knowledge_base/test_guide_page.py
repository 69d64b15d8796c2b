"""A guide: what to do now, who keeps it true, whom to call; in both languages, at a constant cost."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knowledge_base.models import Difficulty, GuidePage
from tests.factories import make_topic, many_items, tag
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, titles_of, words_of
from topics.models import Byline, BylineLink, Contact, Locality, Product

pytestmark = pytest.mark.django_db

FIELDS: dict[str, Any] = {
    "title": "Bệnh đốm lá hồi",
    "slug": "benh-dom-la-hoi",
    "summary": "Cắt cành bệnh, gom lá rụng, phun chế phẩm vi sinh lúc chiều mát.",
    "months": [3, 4, 11],
    "duration": "Một buổi",
    "cost_note": "Chủ yếu là công nhà",
    "difficulty": Difficulty.EASY,
    "place_note": "Rừng hồi tán rậm",
    "steps": [("step", {"title": "Cắt cành bệnh", "text": "<p>Cắt dưới chỗ bệnh.</p>", "minutes": 60})],
    "materials": [("material", {"name": "Kéo cắt cành", "quantity": "1 bộ", "cost": "có sẵn", "note": "mài sắc"})],
    "safety": "<p>Đeo găng tay khi phun.</p>",
    "dos": [("line", "Thăm rừng sau mưa dài.")],
    "donts": [("line", "Không ủ lá bệnh làm phân.")],
    "body": [("heading", {"text": "Vì sao phải làm sớm", "level": "h2"}), ("text", "<p>Nấm sống trong lá khô.</p>")],
    "faq": [("qa", {"question": "Trời mưa có phun không?", "answer": "<p>Đợi lá ráo.</p>"})],
    "evidence": [("source", {"issuer": "Viện nghiên cứu", "title": "Bệnh hại hồi", "year": "2023", "url": "https://example.org/a", "note": ""})],
    "source": "Tòa soạn tổng hợp",
}


@pytest.fixture
def guide(publish: Callable[..., Any]) -> GuidePage:
    """A guide with every field filled, kept by somebody."""
    keeper = Contact.objects.create(slug="tram", name="Trạm khuyến nông vùng hồi", phone="0000 000 000", is_sample=True)
    page = publish(GuidePage, "cam-nang", keeper=keeper, reviewed_on=timezone.localdate(), **FIELDS)
    product = make_topic(Product, "hoi", "Hồi", scientific_name="Illicium verum")
    keeper.products.add(product)
    tag(page, product, make_topic(Locality, "van-quan", "Văn Quan"))
    BylineLink.objects.create(page=page, byline=Byline.objects.create(slug="toa-soan", name="Tòa soạn"))
    return page


def test_a_guide_shows_every_part_an_editor_filled(client: Client, guide: GuidePage) -> None:
    shown = words_of(client.get("/cam-nang/benh-dom-la-hoi/"))

    parts = [FIELDS["title"], FIELDS["summary"], "Một buổi", "Chủ yếu là công nhà", "Rừng hồi tán rậm", "Dễ, ai cũng làm được"]
    parts += ["Làm ngay", "Cắt cành bệnh", "Cắt dưới chỗ bệnh.", "60 phút", "An toàn", "Đeo găng tay khi phun.", "Kéo cắt cành", "1 bộ", "có sẵn", "mài sắc"]
    parts += ["Thăm rừng sau mưa dài.", "Không ủ lá bệnh làm phân.", "Vì sao phải làm sớm", "Nấm sống trong lá khô.", "Trời mưa có phun không?", "Đợi lá ráo."]
    parts += ["Viện nghiên cứu", "Bệnh hại hồi", "2023", "Tòa soạn tổng hợp", "Tòa soạn", "Hồi", "Văn Quan"]
    assert [part for part in parts if part not in shown] == []


def test_the_answer_and_the_facts_stand_before_the_steps(client: Client, guide: GuidePage) -> None:
    shown = words_of(client.get("/cam-nang/benh-dom-la-hoi/"), "main")

    order = [shown.index(part) for part in (FIELDS["summary"], "Một buổi", "Cắt dưới chỗ bệnh", "Đeo găng tay", "Kéo cắt cành")]
    assert order == sorted(order)


def test_the_breadcrumb_leads_to_the_section_and_the_product(client: Client, guide: GuidePage) -> None:
    crumbs = part_of(client.get("/cam-nang/benh-dom-la-hoi/"), '<nav class="breadcrumb', "nav")

    assert links_of(crumbs) == ["/", "/cam-nang/", "/san-pham/hoi/"]


def test_whom_to_call_and_who_keeps_it_true_are_named(client: Client, guide: GuidePage) -> None:
    html = client.get("/cam-nang/benh-dom-la-hoi/").content.decode()

    assert "Gọi ai?" in html
    assert re.search(r"Người giữ bài: <span lang=\"vi\">Trạm khuyến nông vùng hồi</span>", html)
    assert f'datetime="{timezone.localdate():%Y-%m-%d}"' in html
    # Zeros are a number that nobody has: shown, never dialled.
    assert "0000 000 000" in html
    assert "tel:0000" not in html


def test_a_guide_is_a_how_to_with_questions_for_search_engines(client: Client, guide: GuidePage) -> None:
    html = client.get("/cam-nang/benh-dom-la-hoi/").content.decode()

    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    graph = json.loads(found.group(1))["@graph"]
    assert {entry["@type"] for entry in graph} == {"HowTo", "FAQPage", "BreadcrumbList"}
    assert graph[0]["step"] == [{"@type": "HowToStep", "name": "Cắt cành bệnh", "position": 1}]


def test_no_control_is_shown_whose_feature_is_not_there(client: Client, guide: GuidePage) -> None:
    shown = words_of(client.get("/cam-nang/benh-dom-la-hoi/"))

    assert not [word for word in ("Nghe đọc", "mất mạng", "Bài đã thay đổi gì") if word in shown]


def test_a_sample_says_so_and_a_real_guide_does_not(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Bài mẫu", slug="bai-mau", is_sample=True)
    publish(GuidePage, "cam-nang", title="Bài thật", slug="bai-that")

    assert "Nội dung minh họa" in words_of(client.get("/cam-nang/bai-mau/"))
    assert "Nội dung minh họa" not in words_of(client.get("/cam-nang/bai-that/"))


@pytest.mark.parametrize(("days", "is_overdue"), [(-1, True), (0, False), (1, False)])
def test_a_guide_says_that_it_is_overdue_from_the_day_after_its_review_day(client: Client, publish: Callable[..., Any], days: int, is_overdue: bool) -> None:
    publish(GuidePage, "cam-nang", slug="bai", review_by=timezone.localdate() + dt.timedelta(days=days))

    assert ("Quá hạn kiểm tra" in words_of(client.get("/cam-nang/bai/"))) is is_overdue


def test_a_guide_with_nothing_but_a_title_shows_no_empty_headings(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="Chỉ có tên", slug="chi-co-ten")

    shown = words_of(client.get("/cam-nang/chi-co-ten/"))
    assert "Chỉ có tên" in shown
    assert not [word for word in ("Làm ngay", "Cần gì", "Không nên", "hay hỏi", "Căn cứ", "Gọi ai") if word in shown]


def test_an_english_guide_renders_in_its_language_only(client: Client, guide: GuidePage, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", "en", title="Leaf spot of star anise", slug="leaf-spot", translation_key=guide.translation_key, months=[3])

    response = client.get("/en/cam-nang/leaf-spot/")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="en"' in html
    assert "Leaf spot of star anise" in html
    assert 'hreflang="vi" href="http://localhost:8000/cam-nang/benh-dom-la-hoi/"' in html
    assert client.get("/cam-nang/leaf-spot/").status_code == 404


def test_html_in_plain_fields_is_text(client: Client, publish: Callable[..., Any]) -> None:
    publish(GuidePage, "cam-nang", title="<b>Đậm</b>", slug="dam", summary="<script>alert(1)</script>", duration="<i>x</i>")

    html = client.get("/cam-nang/dam/").content.decode()
    assert "<b>Đậm" not in html
    assert "<script>alert" not in html
    assert "<i>x" not in html


def test_a_guide_costs_the_same_among_ten_and_among_a_thousand(client: Client, tree: Any, guide: GuidePage) -> None:
    product = Product.objects.get()
    many_items(GuidePage, tree.section("cam-nang"), 10, topics=[product])
    few = queries_of(client, "/cam-nang/benh-dom-la-hoi/")
    many_items(GuidePage, tree.section("cam-nang"), 990, topics=[product], fields=lambda number: {"slug": f"them-{number}"})
    many = queries_of(client, "/cam-nang/benh-dom-la-hoi/")

    assert few == many <= MOST_QUERIES


def test_a_withdrawn_guide_is_410_with_its_reason_and_leaves_every_list(client: Client, guide: GuidePage) -> None:
    guide.withdrawn_on, guide.withdrawn_reason = timezone.localdate(), "Sai liều lượng."
    guide.save()

    response = client.get("/cam-nang/benh-dom-la-hoi/")
    assert response.status_code == 410
    assert "Sai liều lượng." in words_of(response)
    assert "Cắt dưới chỗ bệnh" not in words_of(response)
    for address in ("/cam-nang/", "/san-pham/hoi/", "/dia-ban/van-quan/", "/tim-kiem/?q=dom+la+hoi"):
        assert titles_of(client.get(address)) == [], address
    for address in ("/rss/", "/cam-nang/atom/", "/san-pham/hoi/rss/", "/sitemap-trang.xml"):
        assert "benh-dom-la-hoi" not in client.get(address).content.decode(), address
