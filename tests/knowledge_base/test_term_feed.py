"""The glossary has its feeds, as every section has."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client

from knowledge_base.models import Term

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("form", "entry"), [("rss", ".//item/title"), ("atom", "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")])
@pytest.mark.parametrize(("prefix", "language", "name"), [("", "vi", "Đốm lá"), ("/en", "en", "Leaf spot")])
def test_terms_of_the_language_are_in_its_feed(client: Client, tree, form: str, entry: str, prefix: str, language: str, name: str) -> None:
    locale = tree.home(language).locale
    Term.objects.create(name=name, slug="", definition="<p>Vết chết trên lá.</p>", locale=locale)

    response = client.get(f"{prefix}/thuat-ngu/{form}/")

    assert response.status_code == 200
    assert [found.text for found in ElementTree.fromstring(response.content).iterfind(entry)] == [name]
