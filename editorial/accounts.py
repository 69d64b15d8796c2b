"""Accounts for trying the site: one for each role, named as its group. Never for a site that is open to the public."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils.translation import gettext as _

from .roles import read_roles

# No 0/o, 1/l/i: a password is read from a screen and typed by hand.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountError(Exception):
    """There is no such account. The message is Vietnamese and says what to do."""


def make_password() -> str:
    """A random password of four groups of four, about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _place in range(4)) for _group in range(4))


def accounts_file() -> Path:
    """Where random passwords are written, readable by its owner only."""
    return Path(settings.DATA_DIR) / "accounts.txt"


def may_seed() -> bool:
    """Whether accounts with known names may be made: on a developer's machine, or on embedded parts without a public address."""
    return bool(settings.DEBUG or (connection.vendor == "sqlite" and not settings.IS_HTTPS))


@transaction.atomic
def seed_accounts() -> dict[str, str]:
    """Make the accounts that are missing, each in its group; returns {name: password} of those made now.

    An account that exists is left as it is, its password and groups too. Nobody is made superuser.
    """
    made: dict[str, str] = {}
    for role in read_roles().roles:
        group, _created = Group.objects.get_or_create(name=role.name)
        user, is_new = get_user_model().objects.get_or_create(
            username=role.name,
            defaults={**role.account, "email": f"{role.name}@example.org"},
        )
        if not is_new:
            continue
        password = settings.SEED_PASSWORD or make_password()
        user.set_password(password)
        user.save(update_fields=["password"])
        user.groups.add(group)
        made[role.name] = password
    if made and not settings.SEED_PASSWORD:
        note_passwords(made)
    return made


def reset_password(name: str) -> str:
    """Give one account a new random password and return it. Raises AccountError if there is no such account."""
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise AccountError(_("Không có tài khoản “%(name)s”. Các tài khoản có: %(names)s.") % {"name": name, "names": ", ".join(_names()) or "—"})
    password = make_password()
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    if name in _noted():
        note_passwords({name: password})
    return password


def note_passwords(passwords: dict[str, str]) -> None:
    """Write passwords to the accounts file, keeping the lines of the others. The file is never readable by others."""
    path = accounts_file()
    lines = _noted() | passwords
    draft = path.with_suffix(f".{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text("".join(f"{name}: {password}\n" for name, password in lines.items()), encoding="utf-8")
    draft.replace(path)


def _noted() -> dict[str, str]:
    """What the accounts file holds; empty if there is none."""
    try:
        lines = accounts_file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def _names() -> list[str]:
    return list(get_user_model().objects.order_by("username").values_list("username", flat=True)[:30])
