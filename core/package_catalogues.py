"""The sentences of the packages that we run, and what each of them says in Vietnamese here.

A package's sentences are the union of all catalogues that it ships, in any language: some ship no English one.
Where xgettext is at hand, what its code says and no catalogue has yet is added.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import polib
from django.apps import apps

from .catalogues import ROOT, find_catalogues
from .messages import extract_messages

DOMAINS = ("django", "djangojs")
# Packages that write sentences beside the installed ones: Django's own forms, fields, validators and error pages.
DJANGO_ROOMS = ("core", "db", "forms", "http", "template", "utils", "views")
NO_SENTENCES = {"tests", "test", "migrations", "locale", "static", "node_modules", "project_template", "conf"}


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """What a package says, in English. `many` is empty when it counts nothing."""

    domain: str
    english: str
    context: str = ""
    many: str = ""


@dataclass(slots=True)
class Translation:
    """One sentence as the admin shows it. `said` is empty when nobody translated it."""

    sentence: Sentence
    packages: list[str]
    said: list[str] = field(default_factory=list)
    is_fuzzy: bool = False
    is_ours: bool = False
    note: str = ""  # what the translator says of it in the catalogue


Key = tuple[str, str]  # (context, English)
Found = dict[tuple[str, str, Key], Translation]  # by domain and, for scripts, by package: a script gets its own package's catalogue only


def locale_folders() -> list[tuple[str, Path, bool]]:
    """(package's dotted name, locale folder, whether Django reads it), lowest priority first, as Django merges them.

    All rooms of a package count, installed or not (Wagtail's blocks speak without being apps); of Django, only the installed.
    """
    foreign = [app for app in reversed(list(apps.get_app_configs())) if not is_ours(Path(app.path))]
    read = {app.name: Path(app.path) / "locale" for app in foreign}
    others: dict[str, Path] = {}
    for top in {package_folder(app.name) for app in foreign if not app.name.startswith("django.")}:
        for folder in sorted(top.rglob("locale")):
            others[".".join(folder.parent.relative_to(top.parent).parts)] = folder
    return [
        *((name, folder, False) for name, folder in sorted(others.items()) if name not in read),
        ("django.conf", package_folder("django") / "conf" / "locale", True),
        *((name, folder, True) for name, folder in read.items() if folder.is_dir()),
    ]


def package_folder(name: str) -> Path:
    """Where the top-level package of a dotted name lies."""
    spec = find_spec(name.partition(".")[0])
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent


def is_ours(folder: Path) -> bool:
    """Whether an app is a room of ours."""
    return folder.resolve().parent == ROOT


def our_entries(domain: str, root: Path = ROOT) -> dict[Key, polib.POEntry]:
    """What our own Vietnamese catalogues say, by context and English."""
    paths = [path for path in find_catalogues(root) if path.parts[-3] == "vi" and path.stem == domain]
    return {(entry.msgctxt or "", entry.msgid): entry for path in paths for entry in polib.pofile(str(path)) if not entry.obsolete}


def package_translations(*, with_code: bool | None = None) -> list[Translation]:
    """Every sentence of every package, sorted, with its Vietnamese. About 4 s; with the code 4 s more.

    `with_code`: also read what the packages' code says (default: when xgettext is there).
    """
    found: Found = {}
    for name, folder, is_read in locale_folders():
        for domain in DOMAINS:
            for path in sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po")):
                _read_catalogue(found, name, domain, path, is_read=is_read)
    if with_code if with_code is not None else shutil.which("xgettext"):
        for name, english, context, many in code_sentences():
            _note(found, name, Sentence("django", english, context, many))
    for domain in DOMAINS:
        ours = our_entries(domain)
        for (where, _, key), translation in found.items():
            if where == domain and key in ours:
                _say(translation, ours[key])
                translation.is_ours = True
    return sorted(found.values(), key=lambda one: (one.packages[0], one.sentence))


def code_sentences() -> Iterator[tuple[str, str, str, str]]:
    """(package, English, context, plural) of all that the packages' Python files and templates say."""
    folders = {Path(app.path) if app.name.startswith("django.") else package_folder(app.name) for app in apps.get_app_configs() if not is_ours(Path(app.path))}
    django = package_folder("django")
    texts: dict[str, str] = {}
    for folder in sorted({*folders, *(django / room for room in DJANGO_ROOMS)}):
        base = django.parent if folder.is_relative_to(django) else folder.parent
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
            if not set(path.relative_to(folder).parts[:-1]) & NO_SENTENCES:
                texts[str(path.relative_to(base))] = path.read_text(encoding="utf-8")
    for entry in extract_messages(texts, keywords=["_"]):
        yield entry.occurrences[0][0].split("/", 1)[0], entry.msgid, entry.msgctxt or "", entry.msgid_plural


def _read_catalogue(found: Found, package: str, domain: str, path: Path, *, is_read: bool) -> None:
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        translation = _note(found, package, Sentence(domain, entry.msgid, entry.msgctxt or "", entry.msgid_plural))
        if is_read and path.parts[-3] == "vi":
            _say(translation, entry)


def _note(found: Found, package: str, sentence: Sentence) -> Translation:
    key = (sentence.domain, package if sentence.domain == "djangojs" else "", (sentence.context, sentence.english))
    translation = found.setdefault(key, Translation(sentence, [package]))
    if package not in translation.packages and not any(name.startswith(f"{package}.") for name in translation.packages):
        translation.packages.append(package)
    if sentence.many and not translation.sentence.many:
        translation.sentence = sentence
    return translation


def _say(translation: Translation, entry: polib.POEntry) -> None:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not any(said):
        return
    if entry.fuzzy and translation.said:
        return  # what a catalogue doubts is not shown: another package's sentence stays
    translation.said, translation.is_fuzzy, translation.note = said, entry.fuzzy, entry.tcomment
