"""Production, and `make run`: DEBUG off, compressed static files, on whatever parts the environment names."""

from .base import *  # noqa: F403

DEBUG = False
TEMPLATES[0]["APP_DIRS"] = False  # noqa: F405
TEMPLATES[0]["OPTIONS"]["loaders"] = [  # noqa: F405
    (
        "django.template.loaders.cached.Loader",
        ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
    )
]
