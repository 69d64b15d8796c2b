"""The room `search` as the contract tests need it: its queue, without the site around it."""

from django.apps import AppConfig


class BareSearch(AppConfig):
    name = "search"
