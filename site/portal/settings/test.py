"""For `make test`: fast password hashing, tasks done at once. tests/environment.py gives a throw-away DATA_DIR."""

from core.catalogues import compile_catalogues

from .base import *  # noqa: F403

# A fresh clone has no compiled catalogue; before anything is translated.
compile_catalogues()

DEBUG = False
SITE_URL = WAGTAILADMIN_BASE_URL = "http://localhost:8000"
ALLOWED_HOSTS = ["localhost", "testserver", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
