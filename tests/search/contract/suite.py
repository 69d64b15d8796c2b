"""modelsearch's own backend tests on the backend that SEARCH_CONTRACT names. Run by tests/search/test_contract.py, not collected otherwise."""

from __future__ import annotations

from django.conf import settings
from django.test import TestCase
from modelsearch.test.testapp import models
from modelsearch.tests import elasticsearch_common_tests, test_backends


class TestContract(elasticsearch_common_tests.ElasticsearchCommonSearchBackendTests, TestCase):
    """Both engines: the common tests of all backends and those of modelsearch's Elasticsearch backends."""

    backend_path = settings.MODELSEARCH_BACKENDS["default"]["BACKEND"]

    # The package expects that Elasticsearch cannot do this; ours asks the database.
    def test_order_by_expression(self):
        return test_backends.BackendTests.test_order_by_expression(self)

    # The package skips this on Elasticsearch, whose backend fails there.
    def test_reset_indexes(self):
        self.backend.reset_indexes()
        assert self.backend.search("JavaScript", models.Book).count() == 0
