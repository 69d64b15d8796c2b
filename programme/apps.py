"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeConfig(AppConfig):
    """Registers kinds, loader, strip, and which of its addresses are there."""

    name = "programme"
    verbose_name = _("Chương trình và văn bản")

    def ready(self) -> None:
        from core import strips
        from core.content import register_loader
        from core.content.markdown import register_optional_links
        from topics import kinds

        from . import loaders
        from .queries import address_exists, card_facts
        from .strips import targets

        kinds.register("documentpage", "van-ban", _("Văn bản"), pgettext_lazy("section", "Văn bản"), card_facts)
        kinds.register("policypage", "chinh-sach", _("Chính sách"), _("Chính sách hỗ trợ"))
        register_loader(30, "programme", loaders.load)
        register_optional_links("/van-ban/", address_exists)
        strips.register(40, "programme/strips/targets.html", targets)
