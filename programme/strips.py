"""What the room puts on the home page."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.models import Page

from core.models import BasePage
from topics.models import Field

from .models import Target

# The three targets that tell the programme in short, by their codes in data/targets.yaml.
GROWTH, FIELDS, VISION = "doanh-nghiep-hop-tac-xa-ung-dung", "ung-dung-rong-rai-nam-linh-vuc", "lam-chu-cong-nghe-chu-yeu"
PAGE = "chuong-trinh"


def targets(home_page: BasePage, request: HttpRequest) -> dict[str, Any] | None:
    """What the programme sets out to reach, as figures with the clause that says so; None before targets are loaded. Two queries.

    {"figures": [{"text": "+50 %", "meaning", "note", "url"; "topics" [Field …] of the second}], "url": "/chuong-trinh/" or ""}
    """
    explained = Page.objects.live().child_of(home_page).filter(slug=PAGE)
    targets = Target.objects.filter(slug__in=[GROWTH, FIELDS, VISION]).select_related("clause__document__locale")
    rows = {target.slug: target for target in targets.annotate(is_explained=Exists(explained))}
    figures = [figure for figure in (_growth(rows.get(GROWTH)), _fields(rows.get(FIELDS)), _vision(rows.get(VISION))) if figure]
    if not figures:
        return None
    is_explained = any(row.is_explained for row in rows.values())
    return {"figures": figures, "url": f"{home_page.get_url(request)}{PAGE}/" if is_explained else ""}


def _growth(target: Target | None) -> dict[str, Any] | None:
    if target is None or target.target_value is None:
        return None
    return {
        "text": f"+{target.target_text}",
        "meaning": gettext("số doanh nghiệp, hợp tác xã phát triển, ứng dụng công nghệ sinh học, đến năm %(year)s") % {"year": target.target_year},
        "note": "" if target.baseline is not None else gettext("Văn bản không nêu con số gốc."),
        "url": _clause_url(target),
    }


def _fields(target: Target | None) -> dict[str, Any] | None:
    fields = list(Field.objects.filter(parent=None)) if target else []
    if target is None or not fields:
        return None
    return {
        "text": str(len(fields)),
        "meaning": gettext("lĩnh vực được ứng dụng rộng rãi, có hiệu quả, đến năm %(year)s") % {"year": target.target_year},
        "topics": fields,
        "url": _clause_url(target),
    }


def _vision(target: Target | None) -> dict[str, Any] | None:
    if target is None or not target.target_year:
        return None
    return {
        "text": str(target.target_year),
        "meaning": gettext("tầm nhìn: làm chủ công nghệ chủ yếu, có ngành công nghiệp sinh học của tỉnh"),
        "note": gettext("Nêu bằng lời, không kèm con số."),
        "url": _clause_url(target),
    }


def _clause_url(target: Target) -> str:
    """Where the clause stands, "" while the document is not imported or not public."""
    clause = target.clause
    is_public = clause is not None and clause.document.live and not clause.document.is_withdrawn
    return clause.get_absolute_url() if clause and is_public else ""
