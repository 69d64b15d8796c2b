"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    """The newsroom's room."""

    name = "editorial"
    verbose_name = _("Tòa soạn")

    def ready(self) -> None:
        from django.apps import apps

        from . import explorer, signals

        signals.connect()
        explorer.install()
        # Wagtail reads the name of the viewset from its own configuration when it builds the admin's addresses.
        apps.get_app_config("wagtailusers").user_viewset = "editorial.users.AccountViewSet"
