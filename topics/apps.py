"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "topics"
    verbose_name = _("Phân loại")

    def ready(self) -> None:
        from core import strips
        from core.content import register_loader

        from . import loaders
        from .strips import choose_place

        register_loader(10, "topics", loaders.load_topics)
        strips.register(20, "topics/strips/choose_place.html", choose_place)
