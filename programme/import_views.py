"""`/quan-tri/van-ban/nhap/`: upload an issued document, look at what was read, save it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from .held_files import release
from .import_forms import ImportForm
from .importing import Outcome, Preview, State, build_preview, save_document, section_of_documents
from .models import Clause
from .outline import marked
from .particulars import ImportRefused
from .reading import Heading

URL_NAME = "programme_import_document"
# What a button of the preview asks for.
SAVE, PUBLISH, CHANGE = "save", "publish", "change"


def section_for(user: Any) -> Page | None:
    """`/van-ban/` if this user may import into it: add documents there and care for clauses."""
    if not user.has_perm("programme.change_clause"):
        return None
    try:
        section = section_of_documents()
    except ImportRefused:
        return None
    return section if section.permissions_for_user(user).can_add_subpage() else None


class ImportDocumentView(WagtailAdminTemplateMixin, View):
    """Two steps with one address: the form, then the preview, which carries what was typed and a token of the file."""

    page_title = gettext_lazy("Nhập văn bản")
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        section = section_for(request.user)
        if section is None:
            raise PermissionDenied
        self.user_id = int(request.user.pk or 0)
        self.may_publish = section.permissions_for_user(request.user).can_publish_subpage()
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show_form(ImportForm(user_id=self.user_id))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES, user_id=self.user_id)
        action = request.POST.get("action", "")
        if not form.is_valid() or action == CHANGE:
            return self._show_form(form)
        try:
            if action in {SAVE, PUBLISH}:
                publish = action == PUBLISH and self.may_publish
                return self._saved(form, save_document(form.document, form.particulars, form.source, user=request.user, publish=publish))
            return self._show_preview(form, build_preview(form.document, form.particulars))
        except ImportRefused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self._show_form(form)

    def _show_form(self, form: ImportForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, media=form.media))

    def _show_preview(self, form: ImportForm, preview: Preview) -> HttpResponse:
        context = self.get_context_data(form=form, preview=preview, lines=_lines(preview), media=form.media, may_publish=self.may_publish)
        return self.render_to_response(context)

    def _saved(self, form: ImportForm, outcome: Outcome) -> HttpResponse:
        release(form.data.get("held", ""), self.user_id)
        told = {
            State.NEW: _("Đã nhập văn bản %(number)s.") if outcome.page.live else _("Đã nhập văn bản %(number)s, còn là bản nháp."),
            State.RENEWED: _("Văn bản %(number)s đã có; nay cập nhật %(changes)s. Nguyên văn không đổi."),
            State.UNCHANGED: _("Văn bản %(number)s đã có, không đổi gì."),
        }
        doubtful = f"{reverse(Clause.snippet_viewset.get_url_name('list'))}?document={outcome.page.pk}&has_doubts=true"  # type: ignore[attr-defined]
        buttons = [messages.button(doubtful, _("Xem chỗ ngờ"))] if form.document.doubts else []
        messages.success(self.request, told[outcome.state] % {"number": outcome.page.number, "changes": ", ".join(outcome.changes)}, buttons=buttons)
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[outcome.page.pk]))

    def get_template_names(self) -> list[str]:
        return ["programme/admin/import_document.html"]


def _lines(preview: Preview) -> list[dict[str, Any]]:
    """The document line by line: {"heading": text, "level"} or {"address", "pieces" [(words, is doubtful)], "doubts"}."""
    lines: list[dict[str, Any]] = []
    for part in preview.document.parts:
        doubts = preview.doubts_at.get(part.address, [])
        pieces = marked(part.text, doubts)
        lines.append({"address": part.address, "pieces": pieces, "doubts": doubts, "level": str(part.level) if isinstance(part, Heading) else ""})
    return lines
