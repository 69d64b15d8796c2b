"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AchievementsConfig(AppConfig):
    name = "achievements"
    verbose_name = _("Thành tựu và tôn vinh")

    def ready(self) -> None:
        from core import strips
        from core.content import register_loader
        from topics import kinds

        from . import loaders
        from .queries import card_facts
        from .strips import newest_honours

        kinds.register("achievementpage", "thanh-tuu", _("Thành tựu"), pgettext_lazy("section", "Thành tựu"), card_facts)
        kinds.register("honoureepage", "ton-vinh", _("Điển hình"), _("Tôn vinh"))
        register_loader(50, "achievements", loaders.load)
        register_loader(100, "achievements, translated", loaders.translate)
        strips.register(50, "achievements/strips/newest_honours.html", newest_honours)
