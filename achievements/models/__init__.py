"""Achievements, honourees, honours, and the register's page."""

from .achievements import READINESS, AchievementPage
from .honours import Honour, HonoureeKind, HonoureePage, HonourForm, HonourLevel
from .register import HonoursRegisterPage

__all__ = ["READINESS", "AchievementPage", "Honour", "HonourForm", "HonourLevel", "HonoureeKind", "HonoureePage", "HonoursRegisterPage"]
