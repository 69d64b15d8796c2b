"""Models that every room builds on."""

from .content import LoadedContent
from .media import PortalDocument, PortalImage, PortalMedia, PortalRendition
from .operations import WorkerHeartbeat
from .pages import BasePage
from .users import User

__all__ = ["BasePage", "LoadedContent", "PortalDocument", "PortalImage", "PortalMedia", "PortalRendition", "User", "WorkerHeartbeat"]
