"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AchievementsConfig(AppConfig):
    name = "achievements"
    verbose_name = _("Thành tựu và tôn vinh")

    def ready(self) -> None:
        from topics import kinds

        kinds.register("achievementpage", "thanh-tuu", _("Thành tựu"), _("Thành tựu"))
        kinds.register("honoureepage", "ton-vinh", _("Điển hình"), _("Tôn vinh"))
