"""An index for the tests of the room: empty at the start, up to date whenever a test asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from wagtail.images import get_image_model
from wagtail.models import Page

from knowledge_base.models import Term
from search import indexing, queue
from search.columns import spec_of
from search.engine import Engine
from search.guard import without_guards


@pytest.fixture
def engine(db: None) -> Iterator[Engine]:
    """The engine of the site, its indexes empty."""
    with without_guards():
        engine = indexing.site_engine()
        assert engine is not None
        for root in (Page, Term, get_image_model()):
            engine.reset(spec_of(root))
        yield engine


# Tests that look into the folder of the embedded engine.
embedded_only = pytest.mark.skipif(bool(settings.SEARCH_URL), reason="looks into the embedded engine's folder")


@pytest.fixture
def indexed(engine: Engine) -> Callable[[], None]:
    """`indexed()`: what was saved is in the index from now on."""

    def indexed() -> None:
        queue.drain(engine, wait_seconds=10)

    return indexed
