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


def test_whoever_visits_a_closed_page_or_one_below_it_is_asked_in_one_query(tree, publish, client, django_assert_num_queries):
    article = publish(ArticlePage, "tin-tuc")
    restriction = PageViewRestriction.objects.create(page=tree.section("tin-tuc"), restriction_type="password", password="mật khẩu")

    with django_assert_num_queries(1):
        assert list(article.get_view_restrictions()) == [restriction]
    assert not tree.home().specific.get_view_restrictions()
    assert not publish(ArticlePage, "tin-tuc", "en").get_view_restrictions()
    answer = client.get(article.get_url())
    assert 'name="password"' in answer.content.decode()


def test_a_page_that_repeats_another_is_closed_with_it(tree, publish):
    article = publish(ArticlePage, "tin-tuc")
    repeated = article.create_alias(parent=tree.section("tin-tuc", "en"), update_slug="repeated")
    again = repeated.create_alias(parent=tree.section("tin-tuc", "en"), update_slug="repeated-again")
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")

    assert list(repeated.specific.get_view_restrictions()) == list(again.specific.get_view_restrictions()) == [restriction]
