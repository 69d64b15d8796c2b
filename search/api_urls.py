"""Addresses of the search for programs."""

from django.urls import path

from . import api

urlpatterns = [
    path("search", api.search_view, name="api_search"),
    path("suggest", api.suggest_view, name="api_suggest"),
    path("openapi.json", api.openapi_view, name="api_openapi"),
]
