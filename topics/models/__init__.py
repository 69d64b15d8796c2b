"""Taxonomies, the people around items, and the item that carries them."""

from .items import AudienceLink, BylineLink, BylineRole, FieldLink, ItemPage, LocalityLink, ProductLink, TechniqueLink
from .people import Byline, BylineKind, Contact
from .places import FormerPlace, FormerPlacePart, Locality, LocalityKind, LocalityName
from .sections import ItemSection
from .taxonomies import Audience, AudienceName, Field, FieldName, NameKind, Product, ProductName, Technique, TechniqueName, Topic

__all__ = [
    "Audience",
    "AudienceLink",
    "AudienceName",
    "Byline",
    "BylineKind",
    "BylineLink",
    "BylineRole",
    "Contact",
    "Field",
    "FieldLink",
    "FieldName",
    "FormerPlace",
    "FormerPlacePart",
    "ItemPage",
    "ItemSection",
    "Locality",
    "LocalityKind",
    "LocalityLink",
    "LocalityName",
    "NameKind",
    "Product",
    "ProductLink",
    "ProductName",
    "Technique",
    "TechniqueLink",
    "TechniqueName",
    "Topic",
]
