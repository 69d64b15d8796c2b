"""The yardstick: Django with one view, no middleware, no template, no database. `gunicorn bench.bare:application`."""

from __future__ import annotations

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"x" * 10_000


def bare(request: HttpRequest) -> HttpResponse:
    """Ten thousand bytes."""
    return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})


urlpatterns = [path("", bare)]

if not settings.configured:
    settings.configure(SECRET_KEY="bench", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
    django.setup()

application = get_wsgi_application()
