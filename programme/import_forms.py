"""The form of the import: a file and what the file does not say. What was typed stays, and so does a file that could be read."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .held_files import hold, read_held
from .importing import SourceFile
from .models import DocumentKind
from .particulars import Particulars, completed
from .reading import DocumentError, IssuedDocument, read_document
from .reading.files import MAX_BYTES


class ImportForm(forms.Form):
    """After `is_valid`: `document` as read, its `source` file, and `particulars`. `held` carries the file from one step to the next."""

    file = forms.FileField(
        label=_("Tệp toàn văn"),
        required=False,
        allow_empty_file=True,
        help_text=_("Tệp .docx, hoặc .txt mã UTF-8, đủ từ tên văn bản đến nơi nhận và người ký."),
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )
    held = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("Như trên bản phát hành, ví dụ 88-CTr/TU."))
    issued_on = forms.DateField(
        label=_("Ngày ban hành"),
        help_text=_("Ngày, tháng, năm, ví dụ 19/6/2023."),
        # A plain field: Wagtail's picker turns 31/2/2023 into 03/03/2023 before anybody is told.
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Không đọc được ngày này. Viết ngày, tháng, năm, ví dụ 19/6/2023.")},
    )
    issuer = forms.CharField(
        label=_("Cơ quan ban hành"), max_length=200, required=False, help_text=_("Để trống thì đoán theo số, ký hiệu; bước sau cho xem lại.")
    )
    document_kind = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=[("", _("theo tên văn bản")), *DocumentKind.choices])
    title = forms.CharField(
        label=_("Tên văn bản"),
        required=False,
        help_text=_("Để trống thì lấy như trong tệp. Chỉ gõ khi tên in toàn chữ hoa: đúng từng chữ, đổi chữ hoa thành chữ thường."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    summary = forms.CharField(
        label=_("Tóm tắt"),
        max_length=300,
        required=False,
        help_text=_("Một, hai câu bằng lời của cổng: văn bản nói gì, với ai."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    document: IssuedDocument
    source: SourceFile
    particulars: Particulars

    def __init__(self, *args: Any, user_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id = user_id
        self.held_name = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        source = self._source(cleaned)
        if source:
            self._read(source)
        if not self.errors:
            names = ("number", "issued_on", "issuer", "document_kind", "title", "summary")
            self.particulars = completed(self.document, {name: cleaned[name] for name in names})
        return cleaned

    def _source(self, cleaned: dict[str, Any]) -> SourceFile | None:
        """The file just chosen, else the one kept from the step before; an error on the field if there is neither."""
        upload = cleaned.get("file")
        if upload is not None:
            return SourceFile(PurePath(upload.name).name[-120:], upload.read(MAX_BYTES + 1))
        held = read_held(cleaned.get("held") or "", self.user_id)
        if held is None and "file" not in self.errors:
            is_lost = bool(cleaned.get("held"))
            self._carry("")
            self.add_error("file", _("Tệp giữ tạm đã hết hạn. Hãy chọn lại tệp.") if is_lost else _("Hãy chọn tệp toàn văn của văn bản."))
        return held

    def _read(self, source: SourceFile) -> None:
        try:
            self.document = read_document(source.data, source.name)
        except DocumentError as error:
            self._carry("")
            self.add_error("file", str(error))
            return
        self.source = source
        self.held_name = source.name
        if self.cleaned_data.get("file") is not None:
            self._carry(hold(source, self.user_id))

    def _carry(self, token: str) -> None:
        """What the hidden field says when the form is shown again."""
        data: Any = self.data.copy()
        data["held"] = token
        self.data = data
