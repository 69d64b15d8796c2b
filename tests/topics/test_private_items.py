"""What is behind a password or a login is in no list, whether it was closed itself or one of its parents was."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from news.models import ArticlePage
from topics.models import ItemPage

pytestmark = pytest.mark.django_db


def test_a_closed_page_and_what_lies_below_a_closed_page_leave_every_list(tree, publish):
    closed = publish(ArticlePage, "tin-tuc", title="Bài khóa")
    shown = publish(ArticlePage, "tin-tuc", title="Bài mở")
    english = publish(ArticlePage, "tin-tuc", "en", title="Open report")

    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="mật khẩu")
    assert {page.pk for page in ItemPage.objects.public()} == {shown.pk, english.pk}

    PageViewRestriction.objects.create(page=tree.home("en"), restriction_type="login")
    assert {page.pk for page in ItemPage.objects.public()} == {shown.pk}


def test_asking_for_public_items_takes_one_query(publish, django_assert_num_queries):
    publish(ArticlePage, "tin-tuc")

    with django_assert_num_queries(1):
        assert ItemPage.objects.public().count() == 1
