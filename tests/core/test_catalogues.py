"""Catalogues: compiled without gettext's tools, checked with them."""

from __future__ import annotations

import gettext
import os
import shutil
from pathlib import Path

import pytest

from core import catalogues, messages

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "cây hồi"
msgstr "star anise"

#, fuzzy
msgid "cây na"
msgstr "banana"
"""


@pytest.fixture
def repository(tmp_path):
    catalogue = tmp_path / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(PO, encoding="utf-8")
    return tmp_path


def test_a_catalogue_is_compiled_once_and_again_when_it_is_newer(repository):
    (catalogue,) = catalogues.find_catalogues(repository)

    assert catalogues.compile_catalogues(repository) == [catalogue]
    assert catalogues.compile_catalogues(repository) == []
    later = catalogue.with_suffix(".mo").stat().st_mtime + 5
    os.utime(catalogue, (later, later))
    assert catalogues.compile_catalogues(repository) == [catalogue]
    assert [path.suffix for path in sorted(catalogue.parent.iterdir())] == [".mo", ".po"]


def test_doubtful_translations_are_not_shown(repository):
    (catalogue,) = catalogues.find_catalogues(repository)
    catalogues.compile_catalogues(repository)

    with catalogue.with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)

    assert (words.gettext("cây hồi"), words.gettext("cây na")) == ("star anise", "cây na")


needs_xgettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="máy chưa có xgettext (gói gettext)")


@needs_xgettext
def test_a_sentence_without_translation_is_found_in_code_and_in_templates(repository):
    code = repository / "home" / "models.py"
    template = repository / "home" / "templates" / "home" / "page.html"
    foreign = repository / "home" / "templates" / "wagtailadmin" / "base.html"
    for path in (code, template, foreign):
        path.parent.mkdir(parents=True, exist_ok=True)
    code.write_text('from django.utils.translation import gettext_lazy as _\nname = _("cây hồi")\nother = _("cây mới")\n', encoding="utf-8")
    template.write_text('{% load i18n %}{% translate "cây na" %}{% blocktranslate with n=1 %}Có {{ n }} cây{% endblocktranslate %}', encoding="utf-8")
    foreign.write_text('{% load i18n %}{% translate "Search" %}', encoding="utf-8")

    missing = messages.missing_messages(repository, "en")

    assert set(missing) == {("", "cây mới"), ("", "cây na"), ("", "Có %(n)s cây")}
    assert missing["", "cây mới"] == ["home/models.py:3"]


@needs_xgettext
def test_a_language_without_catalogue_lacks_everything(repository):
    assert messages.known_messages(repository, "ko") is None
    assert messages.known_messages(repository, "en") == {("", "cây hồi")}


def test_our_own_catalogues_are_readable():
    for catalogue in catalogues.find_catalogues(Path(catalogues.ROOT)):
        assert messages.polib.pofile(str(catalogue)).metadata.get("Content-Type", "").lower().endswith("utf-8"), catalogue
