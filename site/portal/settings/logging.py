"""One line an event on standard error, where the service manager collects it."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .environment import env, refuse

# Errors are also sent there when it is set.
SENTRY_DSN = env.str("SENTRY_DSN", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "core": {"level": "INFO"},
    },
}

# For example smtp://user:password@host:587; unset: mails are written to the log.
EMAIL_URL = env.str("EMAIL_URL", default="consolemail://")
try:
    _email = env.email_url_config(EMAIL_URL)
except ImproperlyConfigured as error:
    raise refuse("EMAIL_URL", "chỉ nhận smtp://, smtp+tls:// hoặc smtp+ssl:// tên:mật-khẩu@máy-chủ:cổng.") from error
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST", "")
EMAIL_PORT = _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)

if SENTRY_DSN:
    import sentry_sdk

    # What a visitor reads or types is nobody else's business.
    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False, max_request_body_size="never")
