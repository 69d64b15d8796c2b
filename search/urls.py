"""Addresses of the search page."""

from django.urls import path

from . import views

urlpatterns = [path("", views.results, name="search")]
