"""Four screens of wagtail-localize that publish, or tell of drafts, without asking for the permission: ours ask.

They stand at the same addresses and are found first; nothing else of the package is changed.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import SubmitSnippetTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

SUBMIT_TRANSLATION = "wagtail_localize.submit_translation"


class GuardedReportView(TranslationsReportView):
    """The report names every translated page: for those who translate."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(SUBMIT_TRANSLATION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class GuardedUpdateView(UpdateTranslationsView):
    """ "Publish immediately" only for those who may publish every translation of the page."""

    def get_form(self) -> forms.Form:
        form = super().get_form()
        if not all(may_publish(self.request.user, row.get_target_instance()) for row in self.object.translations.filter(enabled=True)):
            field = form.fields["publish_translations"]
            field.disabled = True
            field.help_text = _("Bản dịch được lưu nháp; người có quyền đăng sẽ đăng sau khi xem.")
        return form


class GuardedSubmitSnippetView(SubmitSnippetTranslationView):
    """A row without a draft state is public as soon as it is made: only for those who may add one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.kwargs = kwargs
        if not ModelPermissionPolicy(type(self.get_object())).user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def guarded_convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias takes over the state of its source, so that making one can publish."""
    if not get_object_or_404(Page, pk=page_id).permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert_to_alias(request, page_id)


def may_publish(user: Any, target: Any) -> bool:
    """Whether the user may publish this translation; a row without drafts counts as published by changing it."""
    if isinstance(target, Page):
        return target.permissions_for_user(user).can_publish()
    return ModelPermissionPolicy(type(target)).user_has_permission(user, "change")


def guarded_urls() -> list[URLPattern]:
    """The four addresses, as wagtail-localize has them."""
    return [
        path("localize/reports/translations/", GuardedReportView.as_view()),
        path("localize/reports/translations/results/", GuardedReportView.as_view(results_only=True)),
        path("localize/update/<int:translation_source_id>/", GuardedUpdateView.as_view()),
        path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", GuardedSubmitSnippetView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", guarded_convert_to_alias),
    ]
