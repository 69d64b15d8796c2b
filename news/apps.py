"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("Tin tức")

    def ready(self) -> None:
        from topics import kinds

        kinds.register("articlepage", "tin-tuc", _("Tin, bài"), _("Tin tức"))
