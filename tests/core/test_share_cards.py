"""The picture of a shared link: every page its own, with every mark of Vietnamese whole, and never a stale one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image

from core.share_cards import HEIGHT, WIDTH, ShareCard, draw, folder
from knowledge_base.models import GuidePage
from tests.conftest import Tree

TALL = "Ế Ễ Ể Ồ Ổ Ỗ Ẳ Ẵ"
INK = 110


def ink_rows(title: str) -> list[int]:
    """Rows of the title's place that carry ink, from its upper edge down."""
    picture = Image.open(io.BytesIO(draw(ShareCard(1, title, "vi", "Cẩm nang")))).convert("L").crop((70, 190, 860, 540))
    return [row for row in range(picture.height) if picture.crop((0, row, picture.width, row + 1)).getextrema()[0] < INK]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def test_a_card_has_the_size_that_networks_ask_for() -> None:
    assert Image.open(io.BytesIO(draw(ShareCard(1, "Ủ phân", "vi")))).size == (WIDTH, HEIGHT) == (1200, 630)


def test_marks_above_capitals_are_whole() -> None:
    plain, marked = ink_rows("E E E O O O A A"), ink_rows(TALL)

    # A circumflex and a hook on it are nearly half as high as the letter; a frame that cut them would leave less.
    assert plain[0] - marked[0] >= 0.38 * len(plain)


@pytest.mark.parametrize("title", ["Hồi", "Bệnh đốm lá hồi: nhận biết và xử lý " * 6, "x" * 255, "Ngoặc “ ” ‘ # $ \\ */ @ _ [ ] <b>", ""])
def test_any_title_makes_a_card_and_stays_above_the_foot(title: str) -> None:
    assert max(ink_rows(title), default=0) < 345


@pytest.fixture
def guide(publish: Callable[..., Any]) -> Any:
    return publish(GuidePage, "cam-nang", title="Ủ phân vi sinh", slug="u-phan")


def card_of(client: Client, page: Any) -> str:
    found = re.search(r'<meta property="og:image" content="https?://[^/]+([^"]+)"', client.get(page.url).content.decode())
    assert found
    return found.group(1)


@pytest.mark.django_db
def test_a_page_names_its_card_and_the_card_is_there(client: Client, guide: Any) -> None:
    address = card_of(client, guide)
    response = client.get(address)

    assert address.startswith(f"/the-chia-se/{guide.pk}-")
    assert (response["Content-Type"], response.content[:4]) == ("image/png", b"\x89PNG")
    assert "immutable" in response["Cache-Control"]
    assert client.get(address).content == response.content
    assert len(list(folder().iterdir())) == 1


@pytest.mark.django_db
def test_a_new_title_is_a_new_address_and_the_old_one_leads_there(client: Client, guide: Any) -> None:
    before = card_of(client, guide)
    guide.title = "Ủ phân bằng nấm"
    guide.save_revision().publish()

    after = card_of(client, guide)
    assert after != before
    assert client.get(before)["Location"].endswith(after)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"live": False}, {"withdrawn_on": timezone.localdate(), "withdrawn_reason": "Số liệu sai."}])
def test_what_the_public_may_not_see_has_no_card(client: Client, guide: Any, change: dict[str, Any]) -> None:
    address = card_of(client, guide)
    for name, value in change.items():
        setattr(guide, name, value)
    guide.save()

    assert client.get(address).status_code == 404
    assert client.get("/the-chia-se/999999-abc.png").status_code == 404


@pytest.mark.django_db
def test_cards_speak_the_language_of_their_page(client: Client, publish: Callable[..., Any]) -> None:
    page = publish(GuidePage, "cam-nang", "en", title="Composting", slug="composting")

    # Asked for without any language in its address: the card is found where the page named it.
    assert client.get(card_of(client, page)).status_code == 200


@pytest.mark.django_db
def test_one_command_makes_them_all_again(client: Client, guide: Any, tree: Tree) -> None:
    client.get(card_of(client, guide))
    call_command("make_share_cards", stdout=io.StringIO())

    made = [path.name for path in folder().iterdir()]
    assert len(made) == len(set(made)) >= 10
    assert any(name.startswith(f"{guide.pk}-") for name in made)
