"""Addresses of taxonomy values and their feeds."""

from django.urls import re_path

from . import feeds, views

_segment = "(?P<segment>" + "|".join(views.MODELS) + ")"
_slug = "(?P<slug>[-a-z0-9]{1,80})"

urlpatterns = [
    re_path(r"^(?P<form>rss|atom)/$", feeds.site_feed, name="site_feed"),
    re_path(rf"^{_segment}/$", views.topic_index, name="topic_index"),
    re_path(rf"^{_segment}/{_slug}/$", views.topic_page, name="topic_page"),
    re_path(rf"^{_segment}/{_slug}/(?P<form>rss|atom)/$", feeds.topic_feed, name="topic_feed"),
]
