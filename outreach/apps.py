"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "outreach"
    verbose_name = _("Truyền thông cơ sở")

    def ready(self) -> None:
        from core import strips
        from core.content import register_loader
        from topics import kinds

        from . import loaders
        from .queries import card_facts
        from .strips import next_events

        kinds.register("eventpage", "su-kien", _("Sự kiện"), _("Sự kiện, tập huấn"), card_facts)
        register_loader(50, "events", loaders.load)
        strips.register(60, "outreach/strips/next_events.html", next_events)
