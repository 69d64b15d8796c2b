"""Before serving, each step does what is new and nothing else."""

from __future__ import annotations

import os

import pytest
from django.core.management import CommandError
from wagtail.models import Site

from core import preparation
from core.preparation import Prepared, fingerprint


def test_a_fingerprint_moves_when_a_file_comes_goes_or_is_written(tmp_path):
    file = tmp_path / "a.md"
    marks = [fingerprint(preparation.files_under(tmp_path, tmp_path / "missing"))]
    file.write_text("một")
    marks.append(fingerprint(preparation.files_under(tmp_path)))
    os.utime(file, ns=(1, 1))
    marks.append(fingerprint(preparation.files_under(tmp_path)))
    marks.append(fingerprint(preparation.files_under(tmp_path), "mật khẩu khác"))
    file.unlink()

    assert len(set(marks)) == 4
    assert fingerprint(preparation.files_under(tmp_path)) == marks[0]


def test_what_was_prepared_is_remembered_until_the_database_changes(tmp_path):
    prepared = Prepared(tmp_path)
    assert prepared.is_new("content", "1")
    prepared.remember("content", "1")

    again = Prepared(tmp_path)
    assert not again.is_new("content", "1")
    assert again.is_new("content", "2")
    again.forget()
    assert again.is_new("content", "1")


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_broken_memory_only_costs_time(tmp_path, text):
    (tmp_path / "prepared.json").write_text(text)

    assert Prepared(tmp_path).is_new("content", "1")


def test_content_is_loaded_once_and_a_failed_load_is_tried_again(tmp_path, monkeypatch):
    called: list[str] = []
    said: list[str] = []
    monkeypatch.setattr(preparation, "get_commands", lambda: {"setup_roles": "x", "load_content": "x"})

    def fail(name: str, **options: object) -> None:
        called.append(name)
        if name == "load_content":
            raise CommandError("tệp hỏng")

    monkeypatch.setattr(preparation, "call_command", fail)
    with pytest.raises(CommandError):
        preparation.load_content(Prepared(tmp_path), said.append)
    monkeypatch.setattr(preparation, "call_command", lambda name, **options: called.append(name))
    preparation.load_content(Prepared(tmp_path), said.append)
    preparation.load_content(Prepared(tmp_path), said.append)

    assert called == ["setup_roles", "load_content"] * 2


def test_the_password_of_the_accounts_is_not_kept(tmp_path, monkeypatch, settings):
    settings.SEED_PASSWORD = "mat-khau-rat-dai"
    monkeypatch.setattr(preparation, "get_commands", dict)
    preparation.load_content(Prepared(tmp_path), print)
    before = (tmp_path / "prepared.json").read_text()
    settings.SEED_PASSWORD = "mat-khau-khac"
    preparation.load_content(Prepared(tmp_path), print)

    assert "mat-khau" not in before
    assert (tmp_path / "prepared.json").read_text() != before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "host", "port"),
    [("http://localhost:8123", "localhost", 8123), ("https://cnsh.langson.example", "cnsh.langson.example", 443), ("http://cnsh.example", "cnsh.example", 80)],
)
def test_the_site_carries_the_public_address(settings, url, host, port):
    settings.SITE_URL = url
    said: list[str] = []

    preparation.align_site(said.append)
    preparation.align_site(said.append)

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == (host, port)
    assert len(said) == 1
