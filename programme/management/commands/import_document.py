"""manage.py import_document FILE --number 88-CTr/TU --issued-on 2023-06-19: an issued document becomes a page with clauses. Exit 0, or 2 when refused."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from core.content import ContentError
from programme.importing import Preview, SourceFile, State, build_preview, save_document
from programme.models import DocumentKind
from programme.particulars import ImportRefused, completed
from programme.reading import DocumentError, read_document


def _day(text: str) -> dt.date:
    """A day as people here write it, 19/6/2023, or as machines do, 2023-06-19."""
    for form in get_format("DATE_INPUT_FORMATS", lang="vi"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(_("“%(text)s” không phải ngày. Viết như 19/6/2023 hoặc 2023-06-19.") % {"text": text})


class Command(BaseCommand):
    help = "Nhập một văn bản đã ban hành (.txt, .docx), cắt thành điều khoản có địa chỉ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="tệp toàn văn, .txt mã UTF-8 hoặc .docx")
        parser.add_argument("--number", required=True, help="số, ký hiệu, ví dụ 88-CTr/TU")
        parser.add_argument("--issued-on", required=True, type=_day, help="ngày ban hành, ví dụ 19/6/2023 hoặc 2023-06-19")
        parser.add_argument("--issuer", default="", help="cơ quan ban hành; bỏ trống thì đoán theo số, ký hiệu")
        parser.add_argument("--kind", default="", choices=["", *DocumentKind.values], help="loại văn bản; bỏ trống thì đoán theo tên")
        parser.add_argument("--title", default="", help="tên văn bản, đúng chữ như bản phát hành; bỏ trống thì lấy như trong tệp")
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem, không ghi gì")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            document = read_document(file)
            names = {"number": "number", "issued_on": "issued_on", "issuer": "issuer", "kind": "document_kind", "title": "title"}
            particulars = completed(document, {field: options[name] for name, field in names.items()})
            preview = build_preview(document, particulars)
            self._show(preview)
            if dry_run:
                self.stdout.write(_("Chỉ xem: chưa ghi gì."))
                return
            outcome = save_document(document, particulars, SourceFile(file.name, file.read_bytes()))
        except (DocumentError, ImportRefused, ContentError) as error:
            raise CommandError(str(error), returncode=2) from error
        address = outcome.page.get_url() or f"/{outcome.page.slug}/"
        told = {
            State.NEW: _("Đã nhập: %(address)s"),
            State.RENEWED: _("Đã có, nay cập nhật %(changes)s: %(address)s"),
            State.UNCHANGED: _("Đã có, không đổi gì: %(address)s"),
        }
        self.stdout.write(told[outcome.state] % {"address": address, "changes": ", ".join(outcome.changes)})

    def _show(self, preview: Preview) -> None:
        counts, facts, document = preview.counts, preview.plan.facts, preview.document
        lines = [
            preview.plan.title,
            _("Cơ quan ban hành: %(issuer)s. Loại: %(kind)s.") % {"issuer": facts["issuer"], "kind": facts["document_kind"].label},
            _("%(sections)d phần, %(items)d mục, %(subitems)d mục nhỏ, %(paragraphs)d đoạn và %(preamble)d đoạn mở đầu.")
            % {
                "sections": counts.sections,
                "items": counts.items,
                "subitems": counts.subitems,
                "paragraphs": counts.paragraphs,
                "preamble": counts.preamble,
            },
            _("%(count)d nơi nhận. Người ký: %(signer)s.") % {"count": len(document.recipients), "signer": document.signer or _("không thấy")},
            _("Sửa trình bày: %(count)d") % {"count": len(document.repairs)},
            *(f"  {repair.address}: {repair.explanation} {repair.words}" for repair in document.repairs),
            _("Chỗ ngờ, giữ nguyên văn: %(count)d") % {"count": len(document.doubts)},
            *(f"  {doubt.address}: “{doubt.words}”. {doubt.explanation}" for doubt in document.doubts),
        ]
        for line in lines:
            self.stdout.write(line)
