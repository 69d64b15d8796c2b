"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Nền chung")

    def ready(self) -> None:
        import wagtail_localize.models

        from . import picture_tasks  # noqa: F401 - connects its signal
        from .block_input import teach_blocks
        from .content.pictures import load_pictures
        from .content.registry import register_loader
        from .vietnamese import slugify

        # A translation's address is made by Django's slugify there, which drops đ; the package has no setting for it.
        wagtail_localize.models.slugify = slugify
        teach_blocks()
        register_loader(5, "pictures", load_pictures)
