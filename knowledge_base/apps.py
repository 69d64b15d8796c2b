"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeBaseConfig(AppConfig):
    name = "knowledge_base"
    verbose_name = _("Kho kiến thức")

    def ready(self) -> None:
        from topics import kinds

        kinds.register("guidepage", "cam-nang", _("Cẩm nang"), _("Cẩm nang kỹ thuật"))
        kinds.register("questionpage", "hoi-dap", _("Hỏi – đáp"), _("Hỏi – đáp"))
