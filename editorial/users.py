"""Accounts in the admin. Whoever keeps accounts is no superuser and cannot make one: the one superuser is made by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

NO_SUPERUSER = gettext_lazy("Tài khoản toàn quyền chỉ đặt được bằng dòng lệnh trên máy chủ.")


class AccountFormMixin(forms.ModelForm):
    """Wagtail's form with the person's job, and with "administrator" shown but never changed here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True
            self.fields["is_superuser"].help_text = NO_SUPERUSER


class AccountCreationForm(AccountFormMixin, UserCreationForm):
    """A new account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"job"}


class AccountEditForm(AccountFormMixin, UserEditForm):
    """An account that is there."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"job"}


class AccountViewSet(UserViewSet):
    """Accounts, with our forms."""

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountEditForm if for_update else AccountCreationForm


def keep_superusers_to_themselves(request: HttpRequest, user: Any) -> HttpResponse | None:
    """A superuser's account is changed by a superuser only: who sets its password could become one."""
    if user.is_superuser and not request.user.is_superuser:
        messages.error(request, _("Chỉ tài khoản toàn quyền mới sửa được tài khoản toàn quyền."))
        return redirect("wagtailusers_users:index")
    return None


def keep_superusers_out_of_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """The same for what is done to several accounts at once."""
    if action_type in {"assign_role", "set_active_state", "delete"} and not request.user.is_superuser:
        for row in objects:
            if getattr(row, "is_superuser", False):
                return keep_superusers_to_themselves(request, row)
    return None
