"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Trang chủ và các mục")

    def ready(self) -> None:
        from core.content import register_loader

        from . import loaders

        register_loader(20, "tree", loaders.load_tree)
        register_loader(90, "plain pages", loaders.load_plain_pages)
        register_loader(95, "languages", loaders.load_languages)
        register_loader(110, "plain pages, translated", loaders.load_plain_translations)
