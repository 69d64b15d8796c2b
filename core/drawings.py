"""SVG drawings from outside: read, and refused when they could do more than be looked at.

A browser runs nothing inside an <img>, and /media/ is answered with a policy that runs nothing either. This is the third fence:
a drawing that somebody downloads and opens elsewhere does no harm there.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ElementTree, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from willow.svg import SvgWrapper, WillowSvgException

SVG = "http://www.w3.org/2000/svg"
# Ours are below 8 kB; a drawing as large as this is a picture that was traced, or a bomb.
LARGEST = 1024 * 1024

SHAPES = {"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"}
FRAME = {"svg", "g", "defs", "symbol", "use", "clipPath", "mask", "marker", "pattern", "switch", "view", "title", "desc", "metadata", "style", "image"}
TEXT = {"text", "tspan", "textPath"}
PAINT = {"linearGradient", "radialGradient", "stop", "filter"}
ALLOWED = SHAPES | FRAME | TEXT | PAINT
# What drawing programs write beside the drawing; browsers pass it over.
NOTES = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "http://ns.adobe.com/",
    "http://www.bohemiancoding.com/sketch/ns",
    "http://www.serif.com/",
)

_DECLARATION = re.compile(r"<!(DOCTYPE|ENTITY|ATTLIST|ELEMENT)", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?(?!xml\s)", re.IGNORECASE)
_REFERENCE = re.compile(r"""url\(\s*+["']?+\s*+(?!#)""", re.IGNORECASE)
# Ways to an address in CSS without url(), and the escapes that hide one.
_STYLE_ADDRESS = re.compile(r"@import|@font-face|@namespace|image-set\(|src\(|expression\(|-moz-binding|javascript:|\\", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]*")


class DrawingError(ValueError):
    """The drawing is refused. The message is Vietnamese, names what was found and says what to do."""


def check_drawing(content: bytes) -> None:
    """Pass a drawing that can only be looked at. Raises DrawingError for anything else."""
    if len(content) > LARGEST:
        raise DrawingError(_("Hình vẽ SVG lớn quá 1 MB. Hãy giảm bớt nét, hoặc lưu thành ảnh PNG, WebP."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DrawingError(_("Hình vẽ SVG phải lưu bằng mã UTF-8.")) from error
    if found := _DECLARATION.search(text):
        raise DrawingError(_("Hình vẽ SVG có khai báo “%(found)s”. Hãy mở bằng phần mềm vẽ và lưu lại dạng SVG thuần (Plain SVG).") % {"found": found.group()})
    if _INSTRUCTION.search(text):
        raise DrawingError(_("Hình vẽ SVG gọi tệp trình bày bên ngoài. Hãy lưu lại dạng SVG thuần (Plain SVG)."))
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise DrawingError(_("Tệp này không đọc được như một hình vẽ SVG. Hãy mở bằng phần mềm vẽ và lưu lại.")) from error
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingError(_("Tệp này không phải hình vẽ SVG: phần tử đầu tiên phải là <svg>."))
    try:
        SvgWrapper(ElementTree(root))
    except (WillowSvgException, ValueError) as error:
        raise DrawingError(_("Hình vẽ SVG cần khung nhìn, ví dụ viewBox=“0 0 640 400”.")) from error
    for element in root.iter():
        _check_element(element)


def _check_element(element: Element) -> None:
    namespace, name = _split(element.tag)
    if namespace != SVG and not namespace.startswith(NOTES):
        raise _refusal(f"<{name}>")
    # Filters have two dozen parts, all named alike.
    if namespace == SVG and name not in ALLOWED and not name.startswith("fe"):
        raise _refusal(f"<{name}>")
    if name == "style" and (found := _STYLE_ADDRESS.search(element.text or "") or _REFERENCE.search(element.text or "")):
        raise _refusal(found.group())
    for key, value in element.attrib.items():
        _check_attribute(name, _split(key)[1], value)


def _check_attribute(element: str, name: str, value: str) -> None:
    lower = name.lower()
    if lower.startswith("on") or lower == "base":
        raise _refusal(f"{name}=")
    is_picture = element in {"image", "feImage"} and _EMBEDDED.fullmatch(value.strip())
    if lower in {"href", "src"} and not value.strip().startswith("#") and not is_picture:
        raise _refusal(f"{name}=“{value[:40]}”")
    if found := _REFERENCE.search(value):
        raise _refusal(found.group())
    if lower == "style" and (found := _STYLE_ADDRESS.search(value)):
        raise _refusal(found.group())


def _split(tag: object) -> tuple[str, str]:
    """Namespace and name of a tag or attribute as ElementTree writes them."""
    namespace, _brace, name = str(tag).rpartition("}")
    return namespace.lstrip("{"), name


def _refusal(found: str) -> DrawingError:
    return DrawingError(
        _("Hình vẽ SVG có “%(found)s”: mã chạy được, phần chuyển động hoặc nội dung lấy từ nơi khác. Hãy bỏ phần đó, hoặc lưu hình thành ảnh PNG, WebP.")
        % {"found": found}
    )
