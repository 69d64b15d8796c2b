"""Pictures from files: <room>/data/pictures/, drawings and photographs, taken into the library once."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.drawings import DrawingError, check_drawing
from core.models import LoadedContent, PortalImage

from .errors import ContentError
from .files import key_of
from .loading import Report, load_row

FOLDER = "data/pictures"


def load_pictures(report: Report) -> None:
    """Every picture of every room. A file that changed renews the picture wherever it is shown, unless an editor touched it."""
    for path in sorted(settings.ROOT.glob(f"*/{FOLDER}/*")):
        if _is_picture(path):
            load_picture(report, path)


def picture_of(path: Path, where: str) -> PortalImage:
    """The library's picture of that file; one that an editor deleted comes back with a page that is loaded anew and shows it.

    Raises ContentError, naming `where`, if there is no such file.
    """
    if not path.is_file() or not _is_picture(path):
        raise ContentError(_("%(file)s: không có tệp ảnh %(name)s.") % {"file": where, "name": path.name})
    found = load_picture(Report(), path)
    if found is None:
        LoadedContent.objects.filter(key=key_of(path)).delete()
        found = load_picture(Report(), path)
    return cast("PortalImage", found)


def load_picture(report: Report, path: Path) -> PortalImage | None:
    """One file; None where an editor deleted the picture. Raises ContentError if it is no picture that the library takes."""
    made = load_row(report, key_of(path), sha256(path.read_bytes()).hexdigest(), lambda row: _make(row, path))
    return cast("PortalImage | None", made)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower().removeprefix(".") in settings.WAGTAILIMAGES_EXTENSIONS


def _make(row: Any | None, path: Path) -> PortalImage:
    picture = row or PortalImage(title=path.stem, credit=_("Hình vẽ của Cổng thông tin"))
    before = picture.file.name if row else ""
    content = path.read_bytes()
    try:
        if path.suffix.lower() == ".svg":
            check_drawing(content)
        picture.file = ContentFile(content, name=path.name)
        picture._set_image_file_metadata()
        picture.save()
    except DrawingError as error:
        raise ContentError(f"{key_of(path)}: {error}") from error
    except OSError as error:
        raise ContentError(_("%(file)s: không đọc được như một ảnh.") % {"file": key_of(path)}) from error
    if before:
        picture.renditions.all().delete()
        transaction.on_commit(partial(picture.file.storage.delete, before))
    return picture
