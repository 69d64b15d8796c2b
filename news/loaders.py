"""Loads this room's content files."""

from __future__ import annotations

from pathlib import Path

from core.content.loading import Report
from topics.item_loading import load_items

from .models import ArticlePage

ROOM = Path(__file__).parent


def load(report: Report) -> None:
    """Items of the room."""
    load_items(report, ROOM, "articles", ArticlePage)
