"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeBaseConfig(AppConfig):
    name = "knowledge_base"
    verbose_name = _("Kho kiến thức")

    def ready(self) -> None:
        from core import strips
        from core.content import register_loader
        from topics import kinds

        from . import loaders
        from .strips import season

        kinds.register("guidepage", "cam-nang", _("Cẩm nang"), _("Cẩm nang kỹ thuật"))
        kinds.register("questionpage", "hoi-dap", _("Hỏi – đáp"), _("Hỏi – đáp"))
        register_loader(40, "knowledge base", loaders.load)
        register_loader(100, "knowledge base, translated", loaders.translate)
        strips.register(10, "knowledge_base/strips/season.html", season)
