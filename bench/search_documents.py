"""Documents for measurements: plain texts in the columns of the site's index."""

from __future__ import annotations

import datetime as dt
from typing import Any

from search.analysis import streams
from search.columns import ACCENTED, FOLDED, KEY, NUMBER, PAIRS, TEXT, TYPES, Spec
from search.documents import NO_WORDS
from search.site_documents import BODY, KIND, LANGUAGE

PUBLISHED = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def paragraph_document(number: int, text: str, spec: Spec, **more: Any) -> dict[str, Any]:
    """A document whose only words are a body's."""
    document: dict[str, Any] = {f"{part.column}{stream}": NO_WORDS for part in spec.parts for stream in (ACCENTED, FOLDED, PAIRS)}
    found = streams(text)
    document[f"{BODY.column}{ACCENTED}"] = found.accented or NO_WORDS
    document[f"{BODY.column}{FOLDED}"] = found.folded or NO_WORDS
    document[f"{BODY.column}{PAIRS}"] = found.pairs or NO_WORDS
    return (
        document
        | {
            KEY: str(number),
            NUMBER: number,
            TYPES: ["wagtailcore.Page"],
            TEXT: text[:20_000],
            KIND: "cam-nang",
            LANGUAGE: "vi",
            "live_filter": [True],
            "first_published_at_filter": [PUBLISHED],
        }
        | more
    )
