"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = _("Chương trình và văn bản")

    def ready(self) -> None:
        from core.content import register_loader
        from topics import kinds

        from . import loaders

        kinds.register("documentpage", "van-ban", _("Văn bản"), _("Văn bản"))
        kinds.register("policypage", "chinh-sach", _("Chính sách"), _("Chính sách hỗ trợ"))
        register_loader(30, "programme", loaders.load)
