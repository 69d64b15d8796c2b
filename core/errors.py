"""Error pages that help: what happened, and where to go on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the frame of the site, with the search field and the sections."""
    return render(request, "404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: rendered without the request's context, which may be what is broken."""
    return HttpResponse(get_template("400.html").render(), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs neither database nor context."""
    return HttpResponse(get_template("500.html").render(), status=500)
