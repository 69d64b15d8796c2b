"""modelsearch's own backend tests run on its own test models: a project with these, our queue, and the backend under test.

SEARCH_CONTRACT names the backend; DATABASE_URL may name PostgreSQL.
"""

from __future__ import annotations

import os
from pathlib import Path

import environ

BACKEND = os.environ.get("SEARCH_CONTRACT", "search.backends.embedded")
DATA_DIR = os.environ["DATA_DIR"]
SECRET_KEY = "contract"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "modelsearch",
    "tests.search.contract.apps.BareSearch",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
DATABASES = {"default": environ.Env().db_url("DATABASE_URL", default="sqlite://:memory:")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    INSTALLED_APPS.append("django.contrib.postgres")
else:
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}
# The room's own migrations follow those of the whole site.
MIGRATION_MODULES = {"search": None}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FIXTURE_DIRS = [Path(__file__).parent / "fixtures"]
TIME_ZONE = "UTC"
USE_TZ = True
MODELSEARCH_BACKENDS = {"default": {"BACKEND": BACKEND}}
if BACKEND == "search.backends.embedded":
    MODELSEARCH_BACKENDS["default"]["INDEX_PREFIX"] = "modelsearchtest_"
elif "elasticsearch" in BACKEND:
    MODELSEARCH_BACKENDS["default"] |= {"URLS": [os.environ["SEARCH_URL"]], "INDEX_PREFIX": "modelsearchtest_"}
