"""What the block picker shows of blocks that need something from the library: the first thing there is."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def _first(label: str, **filters: Any) -> Any:
    return apps.get_model(label)._default_manager.filter(**filters).order_by("pk").first()


def figure() -> dict[str, Any]:
    """A picture with its words."""
    return {"image": _first("core.PortalImage"), "alt": "Đồi hồi xanh dưới chân núi đá", "caption": "Đồi hồi vào mùa thu hái", "credit": "Nội dung minh họa"}


def gallery() -> dict[str, Any]:
    """Two pictures."""
    return {"title": "Một ngày ở vườn hồi", "pictures": [figure(), figure()]}


def video() -> dict[str, Any]:
    """A film, or only its words while the library has none."""
    return {
        "media": _first("core.PortalMedia", type="video"),
        "title": "Ủ phân trong một buổi sáng",
        "caption": "",
        "transcript": "<p>Bà con rải một lớp bã dày một gang tay.</p>",
    }


def audio() -> dict[str, Any]:
    """A recording, or only its words."""
    return {"media": _first("core.PortalMedia", type="audio"), "title": "Bài đọc: thu hái hồi", "transcript": "<p>Chọn ngày nắng, hái quả già.</p>"}


def document() -> dict[str, Any]:
    """A file to take away."""
    return {"document": _first("core.PortalDocument"), "title": "Tờ hướng dẫn in được", "description": "Một trang A4, chữ to"}


def related() -> dict[str, Any]:
    """A page to read next."""
    page = _first("wagtailcore.Page", live=True, depth=3)
    return {"title": "Đọc thêm", "pages": [page] if page else []}


def contact() -> dict[str, Any]:
    """Whom to call."""
    return {"contact": _first("topics.Contact")}


def steps() -> dict[str, Any]:
    """Two steps."""
    return {
        "title": "Làm bầu ươm",
        "steps": [{"title": "Trộn đất", "text": "<p>Trộn đất mặt với phân ủ hoai.</p>", "minutes": 20}, {"title": "Đóng bầu", "text": "<p>Nén vừa tay.</p>"}],
    }


def figures() -> dict[str, Any]:
    """A figure with its source."""
    return {"title": "", "items": [{"value": "18.5", "unit": "tấn/ha", "meaning": "gấp rưỡi giống cũ", "source": "Nội dung minh họa", "as_of": "2026-10-01"}]}
