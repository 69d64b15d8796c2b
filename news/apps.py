"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("Tin tức")

    def ready(self) -> None:
        from core import strips
        from core.content import register_loader
        from topics import kinds

        from . import loaders
        from .strips import latest

        kinds.register("articlepage", "tin-tuc", _("Tin, bài"), _("Tin tức"))
        register_loader(50, "news", loaders.load)
        strips.register(30, "news/strips/latest.html", latest)
