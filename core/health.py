"""/healthz: this process answers. /readyz: each part of the site, its state and how long it took to say so.

Anybody may read them: they name no path, no version, no host.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .models import WorkerHeartbeat

logger = logging.getLogger(__name__)

# The worker's heart beats every five seconds; a long write may hold one back.
WORKER_SILENT_SECONDS = 60
LEAST_FREE_BYTES = 256 * 1024 * 1024


class PartDown(Exception):
    """A part does not do its work. The message says how, without a name of anything inside."""


class PartState(TypedDict):
    """What /readyz says of one part."""

    state: str
    ms: float
    detail: str


def check_database() -> str:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return ""


def check_search() -> str:
    """Search looks in the database for now: a query that reads what it reads."""
    from wagtail.models import Page

    Page.objects.filter(depth=1).values_list("pk").first()
    return _("tìm trong cơ sở dữ liệu")


def check_cache() -> str:
    """What is put in comes out again."""
    key, value = "readyz", secrets.token_hex(4)
    cache.set(key, value, 10)
    if cache.get(key) is None:
        raise PartDown(_("không giữ được giá trị"))
    return ""


def check_storage() -> str:
    """Uploads can be written: asked of the folder, or of the remote store with one question."""
    if isinstance(default_storage, FileSystemStorage):
        folder = Path(default_storage.location)
        while not folder.exists():
            folder = folder.parent
        if not os.access(folder, os.W_OK):
            raise PartDown(_("không ghi được"))
    else:
        default_storage.exists("readyz")
    return ""


def check_worker() -> str:
    """The worker's last sign of life is fresh."""
    last = WorkerHeartbeat.objects.order_by("-beaten_at").values_list("beaten_at", flat=True).first()
    if last is None:
        raise PartDown(_("chưa thấy tiến trình nền"))
    age = max(0, int((timezone.now() - last).total_seconds()))
    detail = ngettext("nhịp cuối %(seconds)s giây trước", "nhịp cuối %(seconds)s giây trước", age) % {"seconds": age}
    if age > WORKER_SILENT_SECONDS:
        raise PartDown(detail)
    return detail


def check_disk() -> str:
    """There is room for what comes."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    detail = _("còn trống %(percent)s%%") % {"percent": usage.free * 100 // usage.total}
    if usage.free < LEAST_FREE_BYTES:
        raise PartDown(detail)
    return detail


PARTS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "search": check_search,
    "cache": check_cache,
    "storage": check_storage,
    "worker": check_worker,
    "disk": check_disk,
}


def ask(name: str, check: Callable[[], str]) -> PartState:
    """Ask one part; a failure is logged with its cause and told without it."""
    started_at = time.perf_counter()
    try:
        state, detail = "ok", check()
    except PartDown as error:
        state, detail = "down", str(error)
    except Exception:
        logger.exception("readyz: %s", name)
        state, detail = "down", _("không trả lời")
    return {"state": state, "ms": round((time.perf_counter() - started_at) * 1000, 1), "detail": detail}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 while the site can serve, whatever part is down; 503 when the database is."""
    parts = {name: ask(name, check) for name, check in PARTS.items()}
    ready = parts["database"]["state"] == "ok"
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503, json_dumps_params={"ensure_ascii": False})
