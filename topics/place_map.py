"""The schematic map of the communes and wards: a hexagon each, arranged so that neighbours stay near. No borders, no map tiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from .models.items import ItemPage, LocalityLink
from .models.places import Locality

# Units of the drawing: a hexagon that stands on its point, so many wide; its side follows.
WIDTH = 66
SIDE = 38
STEP = 57
GAP = 2
# From so many items on, a cell takes the next shade.
SHADES = (1, 3, 6)
# What fits into a cell on one line.
MOST_LETTERS = 7
LINE = 13


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit on the map: `points` of its hexagon, its name on `lines` [(x, y, text) …], how many items are its own, a shade from 0 to 3."""

    place: Locality
    points: str
    lines: list[tuple[int, int, str]]
    total: int
    total_at: tuple[int, int]
    shade: int


def place_map(places: list[Locality], language: str) -> dict[str, Any]:
    """The drawing and what its list says: {"cells": [Cell …] of the places that have one, "width", "height", "places": [(place, total) …]}. One query.

    An item for the whole province is on every unit's page and would shade them all alike: only items that name a unit count.
    """
    public = ItemPage.objects.public().in_language(language)
    rows = LocalityLink.objects.filter(page__in=public.values("pk")).values_list("locality").annotate(total=Count("page", distinct=True))
    totals: dict[int, int] = dict(rows)
    placed = [place for place in places if place.grid_column is not None and place.grid_row is not None]
    cells = [_cell(place, totals.get(place.pk, 0)) for place in placed]
    columns, lines = (max((getattr(place, name) for place in placed), default=0) for name in ("grid_column", "grid_row"))
    size = {"width": (columns + 1) * WIDTH + WIDTH // 2, "height": lines * STEP + SIDE // 2 + GAP}
    return {"cells": cells, "places": [(place, totals.get(place.pk, 0)) for place in places], **size}


def _cell(place: Locality, total: int) -> Cell:
    # Odd rows stand half a hexagon to the right; rows count from 1.
    column, row = place.grid_column or 0, place.grid_row or 0
    x = column * WIDTH + WIDTH // 2 + (WIDTH // 2 if row % 2 else 0)
    y = (row - 1) * STEP + SIDE
    half, side = WIDTH // 2 - GAP, SIDE - GAP
    corners = [(x, y - side), (x + half, y - side // 2), (x + half, y + side // 2), (x, y + side), (x - half, y + side // 2), (x - half, y - side // 2)]
    words = _lines(place.label)
    top = y - (len(words) * LINE) // 2 + 6
    lines = [(x, top + number * LINE, words[number]) for number in range(len(words))]
    shade = sum(total >= least for least in SHADES)
    return Cell(place, " ".join(f"{left},{down}" for left, down in corners), lines, total, (x, y + side - 7), shade)


def _lines(name: str) -> list[str]:
    """The name on as few lines as a cell allows."""
    lines = [""]
    for word in name.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > MOST_LETTERS and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines
