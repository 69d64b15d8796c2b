"""What every environment shares: applications, middleware, templates."""

from __future__ import annotations

from .cache import *  # noqa: F403
from .database import *  # noqa: F403
from .environment import DATA_DIR, ROOT, SITE_URL
from .i18n import *  # noqa: F403
from .logging import *  # noqa: F403
from .media import *  # noqa: F403
from .search import *  # noqa: F403
from .security import *  # noqa: F403

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"

INSTALLED_APPS = [
    # Our rooms come first: their templates and translations win over the packages'.
    "core",
    "topics",
    "home",
    "news",
    "achievements",
    "knowledge_base",
    "programme",
    "search",
    "editorial",
    "outreach",
    "opendata",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtailmedia",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.CompressText",
    "csp.middleware.CSPMiddleware",
    "core.middleware.SecurityHeaders",
    # After those that set headers: a refusal carries them too.
    "core.middleware.RefuseBrokenText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.frame",
            ],
        },
    }
]

# Long posts with many blocks send thousands of form fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Tasks wait in the database; `manage.py run_worker` does them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

WAGTAIL_SITE_NAME = "Công nghệ sinh học Lạng Sơn"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Both would call a third-party host from an editor's browser.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Milliseconds after the last edit: each autosave costs dozens of queries.
WAGTAIL_AUTOSAVE_INTERVAL = 10_000
WAGTAILSEARCH_HITS_MAX_AGE = 30
# A translation is never published by itself before somebody translated it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Where the programme lies when the machine has it; the repository carries only its own text.
SOURCE_DIR = ROOT.parent / "shared" / "source"
BUILD_DIR = DATA_DIR / "build"
