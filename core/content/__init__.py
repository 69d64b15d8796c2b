"""Content is data: files in the rooms, read once, loaded as often as wanted, never over an editor's work."""

from .errors import ContentError
from .registry import all_loaders, register_loader

__all__ = ["ContentError", "all_loaders", "register_loader"]
