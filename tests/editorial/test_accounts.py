"""Seeded accounts, a password set anew, and who keeps accounts."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from editorial.roles import setup_roles
from tests.admin import fill

ROLES = ["phongvien", "bientap", "thuky", "tongbientap", "tuyengiao", "chuyengia", "biendich", "quantri"]


@pytest.fixture
def data_dir(db: None, settings: Any, tmp_path: Path) -> Path:
    setup_roles()
    settings.DATA_DIR, settings.SEED_PASSWORD = tmp_path, ""
    return tmp_path


def passwords() -> dict[str, str]:
    return dict(get_user_model().objects.values_list("username", "password"))


def test_eight_accounts_named_as_their_groups(data_dir: Path) -> None:
    call_command("seed_accounts", verbosity=0)

    users = get_user_model().objects.all()
    assert {user.username: [group.name for group in user.groups.all()] for user in users} == {role: [role] for role in ROLES}
    assert str(users.get(username="phongvien")) == "(Minh họa) Phóng viên"
    assert not any(user.is_superuser or user.is_staff for user in users)


def test_random_passwords_are_written_where_only_their_owner_reads(data_dir: Path) -> None:
    call_command("seed_accounts", verbosity=0)

    file = data_dir / "accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    lines = dict(line.split(": ") for line in file.read_text(encoding="utf-8").splitlines())
    assert list(lines) == ROLES
    assert len(set(lines.values())) == len(ROLES)
    assert all(check_password(lines[name], password) for name, password in passwords().items())


def test_one_password_for_all_when_it_is_given(data_dir: Path, settings: Any) -> None:
    settings.SEED_PASSWORD = "mot-mat-khau-dai"
    call_command("seed_accounts", verbosity=0)

    assert all(check_password("mot-mat-khau-dai", password) for password in passwords().values())
    assert not (data_dir / "accounts.txt").exists()


def test_seeding_again_keeps_every_password_whatever_is_given(data_dir: Path, settings: Any) -> None:
    call_command("seed_accounts", verbosity=0)
    before, written = passwords(), (data_dir / "accounts.txt").read_text(encoding="utf-8")
    settings.SEED_PASSWORD = "mot-mat-khau-khac"
    call_command("seed_accounts", verbosity=0)

    assert passwords() == before
    assert (data_dir / "accounts.txt").read_text(encoding="utf-8") == written


def test_a_deleted_account_comes_back_alone(data_dir: Path) -> None:
    call_command("seed_accounts", verbosity=0)
    before = passwords()
    get_user_model().objects.get(username="thuky").delete()
    call_command("seed_accounts", verbosity=0)

    after = passwords()
    assert after.pop("thuky") != before.pop("thuky")
    assert after == before


def test_a_public_site_gets_no_sample_accounts(data_dir: Path, settings: Any, capsys: Any) -> None:
    settings.IS_HTTPS = True
    call_command("seed_accounts")

    assert passwords() == {}
    assert "không tạo tài khoản mẫu" in capsys.readouterr().out


def test_a_new_password_is_printed_once_and_works(data_dir: Path, capsys: Any) -> None:
    call_command("seed_accounts", verbosity=0)
    capsys.readouterr()
    call_command("reset_account", "bientap")

    printed = capsys.readouterr().out.strip()
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", printed)
    assert check_password(printed, passwords()["bientap"])
    assert f"bientap: {printed}\n" in (data_dir / "accounts.txt").read_text(encoding="utf-8")


def test_an_unknown_name_is_answered_with_those_there_are(data_dir: Path) -> None:
    call_command("seed_accounts", verbosity=0)
    with pytest.raises(CommandError, match="Không có tài khoản “bientapvien”") as error:
        call_command("reset_account", "bientapvien")

    assert "bientap, biendich" in str(error.value) or "biendich, bientap" in str(error.value)
    assert error.value.returncode == 2


def test_who_keeps_accounts_makes_one_but_no_superuser(login: Callable[..., Client]) -> None:
    keeper = login("quantri")
    new = {
        "username": "moi",
        "email": "moi@example.org",
        "first_name": "Mới",
        "last_name": "Người",
        "password1": "mat-khau-dai-1",
        "password2": "mat-khau-dai-1",
    }
    response = keeper.post(reverse("wagtailusers_users:add"), new | {"is_superuser": "on", "job": "Phóng viên"})

    assert response.status_code == 302
    made = get_user_model().objects.get(username="moi")
    assert (made.is_superuser, made.job) == (False, "Phóng viên")

    fill(keeper, reverse("wagtailusers_users:edit", args=[made.pk]), get_user_model(), form_id=None, is_superuser="on")
    made.refresh_from_db()
    assert not made.is_superuser


def test_who_keeps_accounts_does_not_touch_the_superuser(login: Callable[..., Client]) -> None:
    keeper, boss = login("quantri"), get_user_model().objects.create_superuser("giamdoc", "giamdoc@example.org", "mat-khau-cu-1")
    for address in (
        f"users/edit/{boss.pk}/",
        f"users/delete/{boss.pk}/",
        f"bulk/core/user/set_active_state/?id={boss.pk}",
        f"bulk/core/user/delete/?id={boss.pk}",
    ):
        keeper.post(f"/quan-tri/{address}", {"username": "giamdoc", "password1": "mat-khau-moi-1", "password2": "mat-khau-moi-1", "mark_as_active": "False"})

    boss.refresh_from_db()
    assert boss.is_active
    assert boss.check_password("mat-khau-cu-1")


def test_no_picture_of_a_person_comes_from_elsewhere(login: Callable[..., Client]) -> None:
    screen = login("quantri").get(reverse("wagtailadmin_home")).content.decode()

    assert "gravatar" not in screen
    assert not re.search(r'(?:src|<link[^>]* href)="(?:https?:)?//', screen)
