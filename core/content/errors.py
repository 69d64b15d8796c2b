"""What goes wrong with a content file."""

from __future__ import annotations


class ContentError(Exception):
    """A content file cannot be loaded. The message is Vietnamese, names the file and says what to do."""
