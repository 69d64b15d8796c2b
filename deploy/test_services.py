"""`make test-services`: the tests of search on real servers. Elasticsearch (open, then with a login), the embedded engine on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from services import ServiceMissing, elasticsearch, postgresql

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = ["-W", "ignore", "-m", "django", "test", "tests.search.contract.suite", "--settings=tests.search.contract.settings", "--noinput"]
# What asks an engine; the analysis and several processes on one folder need no second round.
SITE = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/search", "--ignore=tests/search/test_analysis.py", "--ignore=tests/search/test_input_methods.py"]
SITE += ["--deselect=tests/search/test_contract.py", "--deselect=tests/search/test_processes.py"]


def run(label: str, arguments: list[str], **variables: str) -> bool:
    """One run of tests in a process and a folder of its own."""
    started_at = time.monotonic()
    print(f"+ {label}", flush=True)
    with tempfile.TemporaryDirectory(prefix="portal-services-") as folder:
        environment = os.environ | {"PORTAL_ENV": "test", "DATA_DIR": folder, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])} | variables
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    print(f"= {label}: {'đạt' if done.returncode == 0 else 'HỎNG'}, {time.monotonic() - started_at:.0f} s", flush=True)
    return done.returncode == 0


def main() -> int:
    """0 when all is well, 1 when a test failed, 2 when a service cannot be had here."""
    elastic = "search.backends.elasticsearch"
    good = True
    try:
        with elasticsearch() as url:
            good &= run("Elasticsearch: bộ kiểm thử của modelsearch", CONTRACT, SEARCH_CONTRACT=elastic, SEARCH_URL=url)
            good &= run("Elasticsearch: trang tìm, API, hàng đợi", SITE, SEARCH_URL=url, SEARCH_PREFIX="services_", SEARCH_REPLICAS="0")
            good &= run("Elasticsearch và máy nhúng xếp hạng như nhau", ["-m", "pytest", "-q", "tests/search/services"], ELASTICSEARCH=url)
        with elasticsearch(is_secured=True) as url:
            good &= run("Elasticsearch có đăng nhập: bộ kiểm thử của modelsearch", CONTRACT, SEARCH_CONTRACT=elastic, SEARCH_URL=url)
        with postgresql() as url:
            good &= run("Máy nhúng trên PostgreSQL: bộ kiểm thử của modelsearch", CONTRACT, DATABASE_URL=url)
            good &= run("Máy nhúng trên PostgreSQL: trang tìm, API, hàng đợi", SITE, DATABASE_URL=url)
    except ServiceMissing as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
