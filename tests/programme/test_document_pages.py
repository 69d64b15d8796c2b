"""The pages of a document and of its clauses, as a visitor finds them."""

from __future__ import annotations

import json
import re

import pytest
from django.utils import timezone

from core.content.markdown import optional_links, to_html
from news.models import ArticlePage
from programme.models import Clause, ClauseLink, DocumentPage, PolicyPage, Target, TargetValue
from programme.outline import count, marked, outline
from programme.reading import read_document
from programme.strips import targets as targets_strip
from tests.factories import BATCH, many_items
from tests.pages import MOST_QUERIES, links_of, part_of, queries_of, titles_of, words_of
from topics.models import Field

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def english(document, tree) -> DocumentPage:
    """The small document in English: its page only, for issued words are not translated."""
    fields = ("number", "issued_on", "issuer", "signer", "document_kind")
    page = DocumentPage(title="Action programme", slug="7-ctr-tu", translation_key=document.translation_key, **{n: getattr(document, n) for n in fields})
    return tree.section("van-ban", "en").add_child(instance=page)


@pytest.fixture
def target(document) -> Target:
    return Target.objects.create(
        slug="tang", name="Số hợp tác xã ứng dụng", target_value=50, unit="%", target_year=2030, clause=document.clauses.get(address="i-d1")
    )


# The document


def test_a_document_says_its_number_day_issuer_and_signer_first(client, document):
    head = words_of(client.get("/van-ban/7-ctr-tu/"), "main")

    for words in ("Ban Thường vụ Tỉnh ủy Lạng Sơn", "Số 7-CTr/TU", "19/06/2023", "Chương trình hành động", "Nguyễn Văn Mẫu", "Tải văn bản (TXT"):
        assert words in head


def test_a_document_shows_every_word_of_its_clauses_and_recipients(client, document):
    words = words_of(client.get("/van-ban/7-ctr-tu/"), "main")

    for clause in document.clauses.all():
        assert clause.text in words
    for words_issued in ("I. MỤC ĐÍCH", "II. TỔ CHỨC THỰC HIỆN", "Các cấp ủy,", "Lưu: Văn phòng."):
        assert words_issued in words


def test_the_file_as_it_came_can_be_downloaded(client, document):
    response = client.get(document.file.url)

    assert b"".join(response).decode().startswith("CHƯƠNG TRÌNH HÀNH ĐỘNG")


def test_the_outline_leads_to_each_part_and_counts_what_is_answered(client, document, publish, answer):
    answer(publish(ArticlePage, "tin-tuc"), "i-d1")

    response = client.get("/van-ban/7-ctr-tu/")

    page = response.content.decode()
    for part in ("mo-dau", "i", "ii"):
        assert f'href="#{part}"' in page
        assert f'id="{part}"' in page
    assert "2 phần, 1 mục, 2 đoạn. 1 điều khoản đã có mục làm theo." in words_of(response, "main")


def test_a_document_that_nobody_answers_says_so(client, document):
    assert "Chưa có mục nào làm theo." in words_of(client.get("/van-ban/7-ctr-tu/"), "main")


def test_a_document_typed_without_clauses_still_reads(client, publish):
    publish(DocumentPage, "van-ban", title="Kế hoạch", number="9-KH/TU", issued_on=TODAY, issuer="Tỉnh ủy")

    assert "Toàn văn chưa được nhập" in words_of(client.get("/van-ban/ke-hoach/"), "main")


def test_repairs_and_doubts_are_told_to_readers_too(client, save):
    save("TÊN**I. PHẦN MỘT**\n\nPhân đấu hoàn thành.\n\nNơi nhận:\n- Lưu.\n\nNguyễn Văn Mẫu", number="8-CTr/TU")

    words = words_of(client.get("/van-ban/8-ctr-tu/"), "main")

    assert "Giữ nguyên văn bản gốc" in words
    assert "I, đoạn 1 : Phân đấu" in words
    assert "đã tách ra" in words


def test_targets_say_what_the_source_does_not(client, document, target):
    words = words_of(client.get("/van-ban/7-ctr-tu/"), "main")

    assert "50 % Số hợp tác xã ứng dụng Đến năm 2030 Văn bản không nêu con số gốc. Chưa có số thực hiện." in words


def test_yearly_values_of_a_target_come_with_their_source(client, document, target):
    TargetValue.objects.create(target=target, year=2024, value="12.5", source="Cục Thống kê", as_of=TODAY)

    words = words_of(client.get("/van-ban/7-ctr-tu/"), "main")

    assert "2024: 12,5 % . Cục Thống kê" in words
    assert "Chưa có số thực hiện" not in words


# A clause


def test_a_clause_shows_its_words_its_place_and_its_neighbours(client, document):
    response = client.get("/van-ban/7-ctr-tu/i-d1/")

    words = words_of(response, "main")
    assert "I. MỤC ĐÍCH" in words
    assert "Đoạn thứ nhất." in words
    assert "Dẫn điều khoản này: I, đoạn 1, 7-CTr/TU ngày 19/06/2023" in words
    assert links_of(part_of(response, '<nav class="pagination"', "nav")) == ["/van-ban/7-ctr-tu/mo-dau-d1/", "/van-ban/7-ctr-tu/ii-1-d1/"]
    assert 'rel="canonical" href="http://localhost:8000/van-ban/7-ctr-tu/i-d1/"' in response.content.decode()


def test_the_first_and_the_last_clause_have_one_neighbour(client, document):
    assert links_of(part_of(client.get("/van-ban/7-ctr-tu/mo-dau-d1/"), '<nav class="pagination"', "nav")) == ["/van-ban/7-ctr-tu/i-d1/"]
    assert links_of(part_of(client.get("/van-ban/7-ctr-tu/ii-1-d1/"), '<nav class="pagination"', "nav")) == ["/van-ban/7-ctr-tu/i-d1/"]


def test_a_corrected_text_and_a_note_stand_beside_the_issued_one(client, document):
    document.clauses.filter(address="i-d1").update(corrected_text="Đoạn đầu tiên.", note="Theo bản giấy.")

    words = words_of(client.get("/van-ban/7-ctr-tu/i-d1/"), "main")

    assert words.index("Đoạn thứ nhất.") < words.index("Đoạn đầu tiên.") < words.index("Theo bản giấy.")


def test_a_clause_shows_what_answers_to_it_and_what_is_still_empty(client, publish, answer):
    answer(publish(ArticlePage, "tin-tuc", title="Tin một"), "i-d1")
    answer(publish(PolicyPage, "chinh-sach", title="Chính sách một", benefit="<p>Giống.</p>"), "i-d1")
    answer(publish(ArticlePage, "tin-tuc", title="Tin khác"), "ii-1-d1")

    response = client.get("/van-ban/7-ctr-tu/i-d1/")

    assert sorted(titles_of(response)) == ["Chính sách một", "Tin một"]
    words = words_of(response, "main")
    assert "2 mục:" in words
    assert re.search(r"Còn trống:.*Thành tựu", words)


def test_a_clause_without_answers_says_that_it_is_empty(client, document):
    assert "Còn trống" in words_of(client.get("/van-ban/7-ctr-tu/i-d1/"), "main")


def test_a_withdrawn_or_unpublished_item_does_not_answer(client, publish, answer):
    answer(publish(ArticlePage, "tin-tuc", title="Đã gỡ", withdrawn_on=TODAY, withdrawn_reason="Sai."), "i-d1")
    answer(publish(ArticlePage, "tin-tuc", title="Bản nháp", live=False), "i-d1")
    answer(publish(ArticlePage, "tin-tuc", "en", title="In English"), "i-d1")

    assert titles_of(client.get("/van-ban/7-ctr-tu/i-d1/")) == []
    assert "Chưa có mục nào làm theo." in words_of(client.get("/van-ban/7-ctr-tu/"), "main")


def test_many_answers_are_shown_twenty_at_a_time(client, document, tree):
    clause = document.clauses.get(address="i-d1")
    items = many_items(ArticlePage, tree.section("tin-tuc"), 25)
    ClauseLink.objects.bulk_create([ClauseLink(page_id=item.pk, clause=clause) for item in items])

    assert titles_of(client.get("/van-ban/7-ctr-tu/i-d1/"))[0] == "Mục số 25"
    assert len(titles_of(client.get("/van-ban/7-ctr-tu/i-d1/?trang=2"))) == 5


@pytest.mark.parametrize("address", ["/van-ban/7-ctr-tu/iii-d1/", "/van-ban/7-ctr-tu/I-D1/", "/van-ban/khong-co/i-d1/", "/van-ban/7-ctr-tu/i-d1/x/"])
def test_a_clause_that_is_not_there_is_not_found(client, document, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["2", "0", "-1", "chim", "9" * 30, "%F0%9D%9F%9A"])
def test_a_page_of_answers_that_is_not_there_is_not_found(client, document, page):
    assert client.get(f"/van-ban/7-ctr-tu/i-d1/?trang={page}").status_code == 404


def test_a_withdrawn_document_is_withdrawn_with_its_clauses(client, document):
    document.withdrawn_on, document.withdrawn_reason = TODAY, "Đã bị thay thế."
    document.save()

    for address in ("/van-ban/7-ctr-tu/", "/van-ban/7-ctr-tu/i-d1/"):
        response = client.get(address)
        assert response.status_code == 410
        assert "Đã bị thay thế." in response.content.decode()


def test_machines_read_a_clause_as_a_part_of_its_document(client, document):
    page = client.get("/van-ban/7-ctr-tu/i-d1/").content.decode()

    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])["@graph"]
    assert (graph[0]["@type"], graph[0]["text"], graph[0]["isPartOf"]["legislationIdentifier"]) == ("Legislation", "Đoạn thứ nhất.", "7-CTr/TU")
    assert [crumb["name"] for crumb in graph[-1]["itemListElement"]][-1] == "7-CTr/TU"


# Both languages, and what pages cost


def test_in_english_the_issued_words_are_marked_as_vietnamese(client, english):
    for address in ("/en/van-ban/7-ctr-tu/", "/en/van-ban/7-ctr-tu/i-d1/"):
        page = client.get(address).content.decode()
        assert '<html lang="en"' in page
        assert "Đoạn thứ nhất." in page
        assert 'lang="vi"' in part_of(client.get(address), "<main", "main")


def test_the_switcher_of_a_clause_leads_to_the_same_clause(client, document, english):
    page = client.get("/van-ban/7-ctr-tu/i-d1/").content.decode()

    assert 'href="/en/van-ban/7-ctr-tu/i-d1/"' in page


@pytest.mark.parametrize("address", ["/van-ban/7-ctr-tu/", "/van-ban/7-ctr-tu/i-d1/"])
def test_a_document_costs_the_same_with_ten_and_with_a_thousand_answers(client, document, target, tree, address):
    def answered(number: int) -> None:
        items = many_items(ArticlePage, tree.section("tin-tuc"), number, fields=lambda place: {"slug": f"tin-{number}-{place}"})
        clause = document.clauses.get(address="i-d1")
        ClauseLink.objects.bulk_create([ClauseLink(page_id=item.pk, clause=clause) for item in items], batch_size=BATCH)

    answered(10)
    few = queries_of(client, address)
    answered(990)

    assert queries_of(client, address) == few <= MOST_QUERIES


def test_a_document_costs_the_same_with_three_and_with_forty_clauses(client, document):
    few = queries_of(client, "/van-ban/7-ctr-tu/")
    place = {"document": document, "section": "III", "section_heading": "III. NHIỆM VỤ", "text": "Đoạn."}
    Clause.objects.bulk_create(Clause(address=f"iii-d{number}", paragraph=number, position=number + 9, **place) for number in range(40))

    assert queries_of(client, "/van-ban/7-ctr-tu/") == few


# What others ask of documents


def test_content_links_to_a_clause_only_where_it_is(document, save):
    text = "Xem [I](/van-ban/7-ctr-tu/i-d1/), [II.2](/van-ban/7-ctr-tu/ii-2-d1/), [cả văn bản](/van-ban/7-ctr-tu/), [khác](/van-ban/khac/), [mục](/van-ban/)."

    assert to_html(text) == (
        '<p>Xem <a href="/van-ban/7-ctr-tu/i-d1/">I</a>, II.2, <a href="/van-ban/7-ctr-tu/">cả văn bản</a>, khác, <a href="/van-ban/">mục</a>.</p>'
    )
    assert optional_links(text) == ["/van-ban/", "/van-ban/7-ctr-tu/", "/van-ban/7-ctr-tu/i-d1/"]


def test_links_to_a_document_that_is_not_public_are_left_out(save):
    save(publish=False)

    assert to_html("[Toàn văn](/van-ban/7-ctr-tu/)") == "<p>Toàn văn</p>"


def test_the_home_page_tells_the_programme_in_three_figures(rf, tree, document):
    clause = document.clauses.get(address="i-d1")
    Field.objects.create(slug="y-duoc", name="Y dược")
    rows = [
        {"slug": "doanh-nghiep-hop-tac-xa-ung-dung", "target_value": 50, "unit": "%", "target_year": 2030, "clause": clause},
        {"slug": "ung-dung-rong-rai-nam-linh-vuc", "kind": "statement", "target_year": 2030, "clause": clause},
        {"slug": "lam-chu-cong-nghe-chu-yeu", "kind": "statement", "target_year": 2045},
    ]
    for row in rows:
        Target.objects.create(name="Chỉ tiêu", **row)

    strip = targets_strip(tree.home(), rf.get("/"))

    assert [figure["text"] for figure in strip["figures"]] == ["+50 %", "1", "2045"]
    assert strip["figures"][0]["note"] == "Văn bản không nêu con số gốc."
    assert [figure["url"] for figure in strip["figures"]] == ["/van-ban/7-ctr-tu/i-d1/", "/van-ban/7-ctr-tu/i-d1/", ""]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_home_page_shows_the_figures_in_each_language(client, tree, language):
    Target.objects.create(slug="lam-chu-cong-nghe-chu-yeu", name="Chỉ tiêu", kind="statement", target_year=2045)

    page = client.get("/" if language == "vi" else "/en/").content.decode()

    assert '<p class="figure-number__value">2045</p>' in page


def test_a_home_page_without_targets_has_no_strip_of_figures(rf, tree):
    assert targets_strip(tree.home(), rf.get("/")) is None


def test_an_item_without_a_heading_of_its_own_is_counted_but_no_part():
    body = "I. PHẦN MỘT\n\nĐoạn dẫn.\n\n1. Mục một\n\nĐoạn.\n\n2. Mục hai\n\n2.1. Mục nhỏ\n\nĐoạn.\n\n3. Mục này là một đoạn, có dấu chấm ở cuối."
    clauses = read_document(f"TÊN\n\n{body}\n\nNơi nhận:\n- Lưu.".encode(), "v.txt").clauses

    [section] = outline(clauses)

    assert (section.address, section.clause_count, [clause.address for clause in section.clauses]) == ("i", 4, ["i-d1"])
    assert [(part.address, part.heading) for part in section.parts] == [("i-1", "1. Mục một"), ("i-2", "2. Mục hai"), ("i-3-d1", "")]
    assert [(part.address, part.heading) for part in section.parts[1].parts] == [("i-2-1", "2.1. Mục nhỏ")]
    assert (count(clauses).items, count(clauses).subitems) == (3, 1)


@pytest.mark.parametrize(
    ("text", "kind", "words", "pieces"),
    [
        ("hồi, sớ,...", "misprint", "sớ", [("hồi, ", False), ("sớ", True), (",...", False)]),
        ("Cụ thể hoá, hóa.", "tone", "hoá / hóa", [("Cụ thể ", False), ("hoá", True), (", hóa.", False)]),
        ("Không có gì.", "misprint", "sớ", [("Không có gì.", False)]),
        ("Thiếu.", "missing", "", [("Thiếu.", False)]),
    ],
)
def test_what_a_doubt_quotes_is_marked_in_its_text(text, kind, words, pieces):
    assert marked(text, [{"kind": kind, "words": words}]) == pieces
