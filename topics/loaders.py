"""Loads taxonomies and people from topics/data. Rows that an editor changed stay as he left them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.content.files import digest_of, key_of, read_yaml
from core.content.loading import Report, load_row

from .models import Audience, Byline, Contact, Field, FormerPlace, FormerPlacePart, Locality, NameKind, Product, Technique, Topic

DATA = Path(__file__).parent / "data"
FILES: dict[str, type[Topic]] = {"fields": Field, "techniques": Technique, "products": Product, "audiences": Audience, "localities": Locality}
OWN_FIELDS = ("description", "scientific_name", "is_uncertain", "is_restricted", "code", "since", "kind")


def load_topics(report: Report) -> None:
    """All five taxonomies, older places, contacts and bylines."""
    for name, model in FILES.items():
        path = DATA / f"{name}.yaml"
        for entry in read_yaml(path):
            _load_topic(report, f"{key_of(path)}#{entry['slug']}", model, entry)
    _load_former_places()
    for name, model in (("contacts", Contact), ("bylines", Byline)):
        path = DATA / f"{name}.yaml"
        for entry in read_yaml(path):
            _load_person(report, f"{key_of(path)}#{entry['slug']}", model, entry)


def _digest(entry: dict[str, Any]) -> str:
    return digest_of(json.dumps(entry, sort_keys=True, default=str))


def _load_topic(report: Report, key: str, model: type[Topic], entry: dict[str, Any]) -> None:
    def make(row: Any | None) -> Topic:
        topic = row or model(slug=entry["slug"])
        topic.name = entry["name"]
        for field in OWN_FIELDS:
            if field in entry:
                setattr(topic, field, entry[field])
        if entry.get("parent"):
            topic.parent = model._default_manager.get(slug=entry["parent"])
        if grid := entry.get("grid"):
            topic.grid_column, topic.grid_row = grid["column"], grid["row"]
        name_model = topic._meta.get_field("names").related_model
        topic.names = [name_model(**values) for values in _names(entry)]
        topic.full_clean(exclude=["sort_key", "labels", "folded"])
        topic.save()
        return topic

    load_row(report, key, _digest(entry), make)


def _names(entry: dict[str, Any]) -> list[dict[str, str]]:
    """Child rows: the name in other languages, other names, names in the languages of the province's peoples."""
    rows = [{"language": language, "name": name, "kind": NameKind.NAME} for language, name in entry.get("names", {}).items()]
    rows += [{"language": "vi", "name": name, "kind": NameKind.OTHER} for name in entry.get("aliases", [])]
    rows += [{"language": row["language"], "name": row["name"], "kind": NameKind.ETHNIC} for row in entry.get("ethnic_names", [])]
    return rows


def _load_former_places() -> None:
    """Older communes and districts as aliases of today's units: facts, renewed as a whole."""
    localities = {locality.slug: locality for locality in Locality.objects.all()}
    districts = {entry["slug"]: entry for entry in read_yaml(DATA / "former_districts.yaml")}
    wanted: dict[tuple[str, str, str], tuple[str, dict[str, bool]]] = {}
    for unit in read_yaml(DATA / "localities.yaml"):
        for old in unit.get("predecessors", []):
            entry = wanted.setdefault((old["code"], old["kind"], old["name"]), ("", {}))
            entry[1][unit["slug"]] = bool(old.get("is_divided"))
        for slug in unit.get("districts", []):
            district = districts[slug]
            entry = wanted.setdefault(("", district["kind"], district["name"]), ("; ".join(district.get("aliases", [])), {}))
            entry[1][unit["slug"]] = False
    existing = {(place.code, place.kind, place.name): place for place in FormerPlace.objects.all()}
    parts = {(part.former_id, part.locality_id): part for part in FormerPlacePart.objects.all()}
    for (code, kind, name), (aliases, units) in wanted.items():
        former = existing.get((code, kind, name)) or FormerPlace.objects.create(code=code, kind=kind, name=name, aliases=aliases)
        for slug, is_divided in units.items():
            locality = localities.get(slug)
            if locality and (former.pk, locality.pk) not in parts:
                FormerPlacePart.objects.create(former=former, locality=locality, is_divided=is_divided)


def _load_person(report: Report, key: str, model: type[Contact] | type[Byline], entry: dict[str, Any]) -> None:
    def make(row: Any | None) -> Contact | Byline:
        person = row or model(slug=entry["slug"])
        for field, value in entry.items():
            if field not in {"localities", "products"}:
                setattr(person, field, value)
        person.full_clean(exclude=["sort_key", "folded"])
        person.save()
        if isinstance(person, Contact):
            person.localities.set(Locality.objects.filter(slug__in=entry.get("localities", [])))
            person.products.set(Product.objects.filter(slug__in=entry.get("products", [])))
        return person

    load_row(report, key, _digest(entry), make)
