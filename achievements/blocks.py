"""StreamField blocks of this room."""

from __future__ import annotations

from wagtail.blocks import StreamBlock

from core.blocks import FigureWithSourceBlock, SourceBlock


class ResultsStream(StreamBlock):
    """Results, each with unit, source and date."""

    result = FigureWithSourceBlock()


class EvidenceStream(StreamBlock):
    """Where the statements come from."""

    source = SourceBlock()
