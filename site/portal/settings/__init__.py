"""Settings are chosen by PORTAL_ENV: dev, test or production (the default, on embedded parts)."""

from django.core.exceptions import ImproperlyConfigured

from .environment import env

PORTAL_ENV = env.str("PORTAL_ENV", default="production")

if PORTAL_ENV == "production":
    from .production import *  # noqa: F403
elif PORTAL_ENV == "dev":
    from .dev import *  # noqa: F403
elif PORTAL_ENV == "test":
    from .test import *  # noqa: F403
else:
    raise ImproperlyConfigured(f"PORTAL_ENV={PORTAL_ENV!r}: chỉ nhận dev, test hoặc production.")
