"""Honourees and honours, made in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from achievements.models import Honour, HonoureePage


@pytest.fixture
def honouree(publish) -> HonoureePage:
    return publish(HonoureePage, "ton-vinh", title="HTX Hồi Bản Chang", kind="hop-tac-xa")


@pytest.fixture
def grant(honouree) -> Callable[..., Honour]:
    """`grant("12/QĐ-UBND", "2025-05-02", **fields)`: an honour of the cooperative, or of `to`."""

    def grant(number: str, day: str, to: HonoureePage | None = None, **fields) -> Honour:
        given = {"level": "tinh", "form": "bang-khen", "issuing_body": "UBND tỉnh", "citation": "Giữ giống hồi bản địa."} | fields
        return Honour.objects.create(honouree=to or honouree, decision_number=number, decided_on=dt.date.fromisoformat(day), **given)

    return grant
