"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Tìm kiếm")

    def ready(self) -> None:
        from modelsearch import signal_handlers

        from core import health, worker
        from core.content import register_loader

        from . import indexing, loaders, readiness, signals, site_documents

        site_documents.register()
        signals.connect_site()
        # modelsearch connects when its own application is ready, after this one: ours stands in its place.
        signal_handlers.register_signal_handlers = signals.connect
        register_loader(60, "synonyms", loaders.load)
        health.PARTS["search"] = readiness.check
        worker.also("index", indexing.step, indexing.PAUSE_SECONDS)
