"""The style guide at a browser: every component in every state, held to what every page is held to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e import looking
from tests.e2e.visitor import NARROWER, SIZES, Visitor

pytestmark = pytest.mark.timeout(600)
PATH = "/styleguide/"


@pytest.mark.parametrize("width", SIZES)
def test_every_component_holds_in_every_light_and_width(signed_in: Callable[..., Visitor], width: int) -> None:
    visitor = signed_in("bientap", width)
    page = visitor.page
    assert visitor.open(PATH).status == 200
    visitor.keep_picture("styleguide")

    found = {"moves": looking.shifts(page), "sideways": visitor.sideways(), "axe": visitor.barriers()}
    with looking.in_dark(page):
        visitor.keep_picture("styleguide", "-dark")
        found["axe, dark"] = visitor.barriers()
    page.set_viewport_size(NARROWER[width])
    visitor.keep_picture("styleguide")
    found |= {"sideways, narrower": visitor.sideways(), "axe, narrower": visitor.barriers(), "focus": looking.unseen_focus(page)}
    with looking.in_forced_colours(page):
        visitor.keep_picture("styleguide", "-forced")
        found |= {"forced: sideways": visitor.sideways(), "forced: no edge": looking.edgeless(page), "forced: focus": looking.unseen_focus(page)}
    found |= {"small targets": looking.small_targets(page), "policy": visitor.refused_by_policy(), "complaints": visitor.complaints}

    assert looking.faults(found) == {}


def test_the_guide_can_be_looked_at_on_either_ground(signed_in: Callable[..., Visitor]) -> None:
    visitor = signed_in("bientap")
    grounds = {}
    for ground in ("sang", "toi"):
        visitor.open(f"{PATH}?nen={ground}")
        grounds[ground] = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert grounds == {"sang": "rgb(255, 255, 255)", "toi": "rgb(17, 21, 17)"}


def test_a_visitor_is_led_to_the_login(phone: Visitor) -> None:
    phone.open(PATH)

    assert phone.page.url == f"{phone.root}/quan-tri/login/?next={PATH}"
