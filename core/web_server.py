"""Gunicorn inside `manage.py serve`: the application that is already set up is forked, not loaded again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.servers.basehttp import get_internal_wsgi_application
from django.urls import get_resolver
from gunicorn.app.base import Application
from gunicorn.arbiter import Arbiter

from .catalogues import ROOT


class WatchfulArbiter(Arbiter):
    """Gunicorn's master, which ends when the process that started it is gone."""

    def maybe_promote_master(self) -> None:
        """Gunicorn calls this on every turn of its loop, once a second."""
        if os.getppid() != self.app.supervisor:
            raise StopIteration
        super().maybe_promote_master()


class WebServer(Application):
    """gunicorn.conf.py, on the given addresses, quiet, under a supervisor that alone hears Ctrl-C."""

    def __init__(self, binds: list[str]) -> None:
        self.binds = binds
        self.supervisor = os.getppid()
        super().__init__()

    def load_config(self) -> None:
        """Gunicorn's own would read this process's command line, which is manage.py's."""
        self.load_config_from_file(str(ROOT / "gunicorn.conf.py"))
        self.cfg.set("bind", self.binds)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("when_ready", deaf_to_the_terminal(self.cfg.when_ready))
        self.cfg.set("post_worker_init", deaf_to_the_terminal(self.cfg.post_worker_init))

    def load(self) -> Any:
        """The application, with every address imported, so that the first visitor does not wait for it."""
        import_module(settings.ROOT_URLCONF)
        _ = get_resolver().reverse_dict
        return get_internal_wsgi_application()

    def run(self) -> None:
        """Serve until told to end."""
        WatchfulArbiter(self).run()


# What a terminal sends to every process at once; the supervisor alone answers, with an orderly end.
TERMINAL_SIGNALS = (signal.SIGINT, signal.SIGHUP)


def deaf_to_the_terminal(hook: Callable[[Any], object]) -> Callable[[Any], object]:
    """Gunicorn sets its own handlers at its start and in each child; after that moment this takes two of them away."""

    def quiet(process: Any) -> None:
        hook(process)
        for number in TERMINAL_SIGNALS:
            signal.signal(number, signal.SIG_IGN)

    return quiet


def serve_web(binds: list[str]) -> None:
    """Body of the web process."""
    for number in TERMINAL_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    WebServer(binds).run()
