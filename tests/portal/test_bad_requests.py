"""Whatever is typed into the address: an answer, a refusal or "not found", never an error of ours.

The client raises what a view raises, so a 500 would end the test.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]

ADDRESSES = ["/", "/tin-tuc/", "/san-pham/hoi/", "/tim-kiem/", "/ton-vinh/", "/thuat-ngu/", "/dia-ban/that-khe/"]
# product.md §7, without the page number, and what the forms of our own pages send. One value at a time: test_bad_input.py.
PARAMETERS = ["q", "loai", "linh-vuc", "ky-thuat", "san-pham", "dia-ban", "doi-tuong", "nam", "cap", "dinh-dang", "sap-xep", "chon"]
# As they stand in an address.
VALUES = [
    "%ff%fe%80",
    "%ED%A0%80",
    "",
    "%20%0A%09%C2%A0",
    "%01%08%1B%7F",
    quote("\"'`;--)(*&%_\\"),
    quote("') OR 1=1 --"),
    quote("<script>alert(1)</script>"),
    quote("{{ request }}{% load %}${7*7}"),
    quote("🌱\u202eplus\u200b"),
    "%",
    "9" * 400,
    "-1",
    "nan",
    quote("²"),
    quote("٢٠٢٦"),
    quote("../../etc/passwd"),
]
PAGE_NUMBERS = ["0", "-1", "1.5", "a", "", "99999999999999999999", "501", "2%00", "%ff", quote("²"), quote("١"), "1e3", " 1", "0x1"]


def ask(client: Any, address: str, query: str) -> Any:
    return client.get(address, QUERY_STRING=query)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_value_of_every_parameter_at_once_breaks_no_page(client, address):
    answer = ask(client, address, "&".join(f"{name}={value}" for name in PARAMETERS for value in VALUES))

    assert answer.status_code == 200
    assert b"<script>alert(1)" not in answer.content
    assert b"7*7}" not in answer.content or b"49" not in answer.content


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("query", ["q=%00", "dia-ban=a&san-pham=ho%00i", "%00=a", "q=" + "a" * 200_000])
def test_what_no_browser_sends_is_refused_before_the_database_is_asked(client, address, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):  # the frame of the page that says so
        answer = ask(client, address, query)

    assert answer.status_code == 400
    assert 'action="/tim-kiem/"' in answer.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_ten_thousand_characters_are_read_or_refused(client, address):
    for name in ("q", "dia-ban"):
        assert ask(client, address, f"{name}={'%E1%BB%93' * 10_000}").status_code in {200, 400}
    assert ask(client, address, "&".join(f"{name}={'a' * 8_000}" for name in PARAMETERS)).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_many_values_where_one_is_meant_are_read(client, address):
    assert ask(client, address, "&".join(f"{name}=gia-tri-{number}" for name in PARAMETERS for number in range(60))).status_code == 200
    assert ask(client, address, "&".join(f"{name}[]=a&{name}[0]=b&{name}[x][y]=c&{name}&={name}" for name in PARAMETERS)).status_code == 200


@pytest.mark.parametrize("address", ["/tin-tuc/", "/san-pham/hoi/", "/ton-vinh/"])
def test_a_page_number_that_is_not_there_is_not_found(client, address):
    answers = {number: ask(client, address, f"trang={number}").status_code for number in PAGE_NUMBERS}

    assert answers == {number: 400 if "%00" in number else 404 for number in PAGE_NUMBERS}


@pytest.mark.parametrize("address", ["/tin-tuc/", "/tim-kiem/"])
def test_the_first_page_has_its_number_too(client, address):
    assert ask(client, address, "trang=1").status_code == 200
    assert ask(client, address, "trang=2&trang=1").status_code == 200


PATHS = [
    "/%00",
    "/tin-tuc/%00/",
    "/san-pham/ho%00i/",
    "/en/%00/",
    "/%ff%fe/",
    "/tin-tuc/%ff/",
    "/san-pham/%ff/",
    "/%ED%A0%80/",
    "/thuat-ngu/%E2%80%AE/",
    "/thuat-ngu/" + quote("<script>alert(1)</script>") + "/",
    "/san-pham/H%E1%BB%93i/",
    "/dia-ban/" + "a" * 10_000 + "/",
    "/" + "a" * 10_000 + "/",
    "/tin-tuc/" + "b/" * 2_000,
    "///san-pham//hoi/",
    "/tin-tuc/../quan-tri-vien/",
    "/tin-tuc/%2e%2e/",
    "/van-ban/88-ctr-tu/xyz-d99/",
    "/van-ban/khong-co/iii-1-d4/",
    "/khong-co/rss/",
    "/san-pham/khong-co/atom/",
    "/linh-vuc/khong-co/",
    "/zh-hans/tin-tuc/",
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_an_address_that_is_none_is_not_found(client, path):
    answer = client.get(path)

    assert answer.status_code in {400, 404}
    assert 'action="/tim-kiem/"' in answer.content.decode() or "/en/" in path


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/tin-tuc/", "linh-vuc=khong-co"),
        ("/tin-tuc/", "san-pham=khong-co&dia-ban=khong-co"),
        ("/tin-tuc/", "nam=1875"),
        ("/tim-kiem/", "loai=khong-co"),
        ("/tim-kiem/", "q=khongcotrongcong"),
        ("/san-pham/hoi/", "dia-ban=khong-co"),
        ("/ton-vinh/", "cap=khong-co"),
        ("/ton-vinh/", "nam=khong"),
        ("/en/cam-nang/", "ky-thuat=none"),
    ],
)
def test_an_unknown_value_of_a_filter_gives_an_empty_state_with_a_way_on(client, address, query):
    answer = ask(client, address, query)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert 'class="empty-state' in page
    assert re.search(r'<a [^>]*href="(\?[^"]*|/[^"]*)"', page.partition('class="empty-state')[2].partition("</main>")[0])


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT_LANGUAGE": "x" * 10_000},
        {"HTTP_ACCEPT_LANGUAGE": "vi;q=nan, en;q=\x00"},
        {"HTTP_ACCEPT": "\xff\xfe"},
        {"HTTP_COOKIE": "sessionid=" + "a" * 4_000},
        {"HTTP_COOKIE": "sessionid=%00; django_language=../..; messages=x; csrftoken=\x7f"},
        {"HTTP_X_FORWARDED_HOST": "elsewhere.example"},
        {"HTTP_IF_MODIFIED_SINCE": "hôm qua".encode().decode("latin-1")},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_breaks_a_page(client, headers):
    answer = client.get("/tin-tuc/", **headers)

    assert answer.status_code == 200
    assert b"elsewhere.example" not in answer.content


def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get("/", HTTP_HOST="elsewhere.example").status_code == 400


@pytest.mark.parametrize("address", ["/", "/tin-tuc/", "/san-pham/hoi/", "/tim-kiem/", "/rss/", "/sitemap.xml"])
def test_no_method_breaks_a_page(client, address):
    for method in ("post", "put", "delete", "patch", "options", "head", "trace"):
        assert getattr(client, method)(address).status_code < 500, method
