"""The part "search" of /readyz: the engine answers, and how much waits in the queue."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.health import PartDown

from .engine import EngineDown, IndexMissing
from .indexing import site_engine
from .models import IndexChange
from .site_search import spec

# The worker takes the queue five times a second; this many waiting means that nobody does.
MOST_WAITING = 5_000


def check() -> str:
    """What the index holds. Raises PartDown without a name of anything inside."""
    engine = site_engine()
    if engine is None:
        return _("tìm trong cơ sở dữ liệu")
    try:
        held = engine.check(spec())
    except IndexMissing as error:
        raise PartDown(_("chưa có chỉ mục, đang chờ dựng")) from error
    except EngineDown as error:
        raise PartDown(_("máy tìm không trả lời, trang tìm theo tiêu đề")) from error
    waiting = IndexChange.objects.filter(engine=engine.name, is_kept=False).count()
    if waiting > MOST_WAITING:
        raise PartDown(_("%(count)s thay đổi chờ vào chỉ mục") % {"count": waiting})
    return _("%(held)s, %(count)s thay đổi đang chờ") % {"held": held, "count": waiting}
