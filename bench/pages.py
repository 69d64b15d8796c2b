"""Requests a second and p99 of an article and of a listing among 2,000 articles, uncached, beside a bare Django view.

    .venv/bin/python bench/pages.py [--articles 2000] [--seconds 6] [--rounds 3] [--clients 4] [--most 4000]

Makes a site of its own in a folder that is gone at the end, serves it and the yardstick with gunicorn (two processes each) on free
ports of this machine, measures them in turn, prints a table and one line of JSON, and ends what it started. Exit 0, or 1 when a page
did not answer.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path += [folder for folder in (str(ROOT), str(ROOT / "site")) if folder not in sys.path]

from bench.load import BadAnswer, Measured, measure  # noqa: E402

ARTICLE = "/tin-tuc/giu-cay-hoi-dau-dong/"
LISTING = "/tin-tuc/"
WORKERS = 2
SUMMARY = "Bà con chấm điểm từng cây suốt ba mùa quả, rồi chỉ lấy hạt và cành ghép từ cây tốt; cả xóm giữ chung một quyển sổ theo dõi."


def say(text: str) -> None:
    """Progress, apart from the results."""
    print(text, file=sys.stderr, flush=True)


def prepare_site(folder: Path, port: int, articles: int) -> None:
    """A production site with all its content, and as many articles as asked for, tied to topics as real ones are."""
    os.environ.update(PORTAL_ENV="production", DATA_DIR=str(folder), SITE_URL=f"http://127.0.0.1:{port}", DJANGO_SETTINGS_MODULE="portal.settings")
    for name in ("DATABASE_URL", "CACHE_URL", "STORAGE_URL", "SEARCH_URL"):
        os.environ.pop(name, None)
    import django

    django.setup()
    from django.db import connections
    from wagtail.models import Page

    from core.preparation import prepare
    from news.models import ArticlePage
    from tests.factories import many_items
    from topics.queries import TAXONOMIES

    prepare(say)
    section = Page.objects.get(slug="tin-tuc", depth=3, locale__language_code="vi")
    topics = [topic for model in TAXONOMIES for topic in model._default_manager.order_by("sort_key")]
    missing = articles - ArticlePage.objects.filter(locale=section.locale).count()
    many_items(ArticlePage, section, missing, topics=topics, fields=lambda number: {"title": f"Giữ cây hồi đầu dòng, mùa thứ {number}", "summary": SUMMARY})
    say(f"Bài: {ArticlePage.objects.child_of(section).live().count()}")
    connections.close_all()


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(application: str, port: int) -> Iterator[None]:
    """Gunicorn with the site's own settings, ready inside, ended with all its processes afterwards."""
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    server = subprocess.Popen([*command, "--log-level", "warning", application], cwd=ROOT)
    try:
        for _try in range(300):
            if server.poll() is not None:
                raise BadAnswer(f"{application}: gunicorn ended with {server.returncode}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


def table(results: dict[str, Measured], addresses: dict[str, str]) -> list[str]:
    """Lines for people."""
    bare = results["bare"]
    lines = [f"{'':10}{'requests/s':>12}{'of bare':>10}{'p50 ms':>10}{'p99 ms':>10}{'x bare':>9}{'answers':>9}{'bytes':>9}  address"]
    for name, measured in results.items():
        share, slower = measured.rate() / bare.rate(), measured.at(0.99) / bare.at(0.99)
        figures = f"{measured.rate():12.1f}{share:10.4f}{measured.at(0.5):10.1f}{measured.at(0.99):10.1f}{slower:9.1f}"
        lines.append(f"{name:10}{figures}{len(measured.latencies):9}{measured.bytes:9}  {addresses[name]}")
    return lines


def as_json(results: dict[str, Measured], options: argparse.Namespace) -> str:
    """One line for machines: rates, latencies, and both as ratios to the bare view."""
    bare = results["bare"]
    data: dict[str, Any] = {"bench": "pages", "articles": options.articles, "workers": WORKERS, "clients": options.clients}
    for name, measured in results.items():
        data[name] = {
            "rps": round(measured.rate(), 1),
            "p50_ms": round(measured.at(0.5), 1),
            "p99_ms": round(measured.at(0.99), 1),
            "rps_ratio": round(measured.rate() / bare.rate(), 4),
            "p99_ratio": round(measured.at(0.99) / bare.at(0.99), 1),
        }
    return json.dumps(data)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=6.0, help="longest time of one page in one round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--most", type=int, default=4000, help="most requests of one page in one round")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Make, serve, measure, print."""
    options = parse(arguments)
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    site, yardstick = free_port(), free_port()
    ports = {"bare": yardstick, "article": site, "listing": site}
    addresses = {"bare": "/", "article": ARTICLE, "listing": LISTING}
    results = {name: Measured() for name in ports}
    try:
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True))
            prepare_site(Path(folder), site, options.articles)
            stack.enter_context(served("bench.bare:application", yardstick))
            stack.enter_context(served("portal.wsgi:application", site))
            for name in ports:
                measure(ports[name], addresses[name], clients=options.clients, seconds=5, most=40)
            # In turn, so that a neighbour's work on this machine weighs on all alike.
            for number in range(1, options.rounds + 1):
                say(f"Vòng {number}/{options.rounds} …")
                for name in ports:
                    results[name].add(measure(ports[name], addresses[name], clients=options.clients, seconds=options.seconds, most=options.most))
    except BadAnswer as error:
        say(f"Trang không trả lời: {error}")
        return 1
    print("\n".join(table(results, addresses)))
    print(as_json(results, options))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
