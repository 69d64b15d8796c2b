"""The backend of a site on several machines: Elasticsearch 8, through modelsearch's own backend and client."""

from __future__ import annotations

import os
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.conf import settings
from modelsearch.backends.elasticsearch8 import Elasticsearch8SearchBackend

from search.backend import EngineBackendMixin, EngineRebuilder
from search.elastic.engine import ElasticEngine
from search.guard import guarded

# One client a process and configuration: it keeps the connections, and the guard what failed.
_kept: dict[tuple[int, str], dict[str, Any]] = {}


class ElasticsearchSearchBackend(EngineBackendMixin, Elasticsearch8SearchBackend):
    """modelsearch's options (URLS, INDEX_PREFIX, TIMEOUT, OPTIONS for the client); INDEX_SETTINGS are those of an index, such as number_of_shards."""

    basic_rebuilder_class = atomic_rebuilder_class = EngineRebuilder
    # modelsearch's analyzers are not used: tokens are made in Python.
    settings: dict[str, Any] = {}

    def __init__(self, params: dict[str, Any]) -> None:
        key = (os.getpid(), repr(sorted(params.items(), key=lambda entry: entry[0])))
        if key not in _kept:
            params = deepcopy(params)
            timeout = params.setdefault("TIMEOUT", getattr(settings, "SEARCH_TIMEOUT", 2.0))
            # A question that failed is not asked again by the client: the guard and the queue have their own patience.
            params["OPTIONS"] = {"max_retries": 0, "retry_on_timeout": False} | params.get("OPTIONS", {})
            super().__init__(params)  # pyright: ignore[reportCallIssue]
            lock = Path(settings.DATA_DIR) / "search" / "elasticsearch.lock"
            self.engine = guarded(ElasticEngine(self.es, self.index_prefix, self.settings, lock), timeout)
            _kept[key] = self.__dict__
        self.__dict__ = dict(_kept[key])


SearchBackend = ElasticsearchSearchBackend
