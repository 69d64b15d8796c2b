"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "outreach"
    verbose_name = _("Truyền thông cơ sở")

    def ready(self) -> None:
        from topics import kinds

        kinds.register("eventpage", "su-kien", _("Sự kiện"), _("Sự kiện, tập huấn"))
