"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    """The newsroom's room."""

    name = "editorial"
    verbose_name = _("Tòa soạn")

    def ready(self) -> None:
        from . import signals

        signals.connect()
