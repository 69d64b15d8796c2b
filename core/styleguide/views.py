"""`/styleguide/`: for everybody in development, for those who work in the admin elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from .catalogue import read_groups

SCHEMES = {"sang": "show-light", "toi": "show-dark"}


def _may_see(request: HttpRequest) -> bool:
    return settings.DEBUG or request.user.has_perm("wagtailadmin.access_admin")


@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?nen=sang` and `?nen=toi` choose the ground, otherwise it is the reader's own.

    Raises Http404 for an account that does not work in the admin.
    """
    if not _may_see(request):
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    context = {
        "groups": read_groups(),
        "scheme": SCHEMES.get(request.GET.get("nen", ""), ""),
        "is_hidden_from_search": True,
        "canonical_url": "",
    }
    response = render(request, "core/styleguide/index.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
