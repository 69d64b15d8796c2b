"""What Word shows but does not keep as text in the body. A document that relies on it is refused, because its words would be lost unseen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from .document import DocumentError

_LEGACY_FONTS = (".vn", "vni-")  # TCVN3 and VNI: the letters stored are not the letters shown


def refuse_what_would_lose_words(document: Document, body: Any, name: str) -> None:
    """Raise DocumentError for tracked changes, text boxes, notes, automatic numbers and fonts before Unicode."""
    as_text = _("Trong Word, chọn Lưu thành: văn bản thuần (.txt), mã hóa UTF-8, rồi nhập tệp .txt đó.")
    if any(True for _node in body.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))):
        raise DocumentError(_("%(file)s còn theo dõi sửa đổi (Track Changes). Trong Word, chấp nhận hoặc từ chối hết rồi lưu lại.") % {"file": name})
    if any(_has_words(box) for box in body.iter(qn("w:txbxContent"))):
        raise DocumentError(_("%(file)s có chữ nằm trong khung (text box) nên sẽ bị sót. Hãy chuyển chữ ra thân văn bản rồi lưu lại.") % {"file": name})
    if any(True for _node in body.iter(qn("w:footnoteReference"), qn("w:endnoteReference"))):
        raise DocumentError(_("%(file)s có chú thích chân trang nên sẽ bị sót.") % {"file": name} + " " + as_text)
    styles = _Styles(document)
    paragraphs = [paragraph for paragraph in body.iter(qn("w:p")) if _has_words(paragraph)]
    if any(styles.number_format(paragraph) not in {"", "bullet", "none"} for paragraph in paragraphs):
        raise DocumentError(_("%(file)s đánh số mục tự động, số không nằm trong chữ nên sẽ bị sót.") % {"file": name} + " " + as_text)
    if any(font.lower().startswith(_LEGACY_FONTS) for paragraph in paragraphs for font in styles.fonts(paragraph)):
        message = _("%(file)s dùng phông cũ (.VnTime hoặc VNI), không phải Unicode. Hãy chuyển sang Unicode bằng bộ gõ (UniKey: Ctrl+Shift+F6) rồi lưu lại.")
        raise DocumentError(message % {"file": name})


def _has_words(element: Any) -> bool:
    return any((node.text or "").strip() for node in element.iter(qn("w:t")))


class _Styles:
    """What a paragraph gets from its styles: Word looks at the paragraph, its style, what that is based on, then the default."""

    def __init__(self, document: Document) -> None:
        root = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        paragraph_styles = ((key, style) for key, style in self._styles.items() if style.get(qn("w:type")) == "paragraph")
        self._default = next((key for key, style in paragraph_styles if style.get(qn("w:default")) in {"1", "true"}), None)
        self._default_fonts = root.find("/".join(qn(tag) for tag in ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:rFonts")))
        try:
            self._lists = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            self._lists = None

    def fonts(self, paragraph: Any) -> set[str]:
        """Names of the fonts in which the paragraph's words are set; "" where the document names none."""
        inherited = [style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") for style in self._chain(paragraph)]
        found: set[str] = set()
        for node in paragraph.iter(qn("w:t")):
            if (node.text or "").strip():
                own = node.getparent().find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
                names = (fonts.get(qn("w:ascii")) for fonts in (own, *inherited, self._default_fonts) if fonts is not None)
                found.add(next((name for name in names if name), ""))
        return found

    def number_format(self, paragraph: Any) -> str:
        """How Word counts this paragraph ("decimal", "upperRoman", "bullet"); "" if it does not."""
        for holder in (paragraph, *self._chain(paragraph)):
            numbering = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            number = numbering.find(qn("w:numId")) if numbering is not None else None
            if numbering is not None and number is not None:
                level = numbering.find(qn("w:ilvl"))
                return self._format_of_list(number.get(qn("w:val")), level.get(qn("w:val")) if level is not None else "0")
        return ""

    def _chain(self, paragraph: Any) -> list[Any]:
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        key = own.get(qn("w:val")) if own is not None else self._default
        chain: list[Any] = []
        while key in self._styles and self._styles[key] not in chain:
            chain.append(self._styles[key])
            based_on = self._styles[key].find(qn("w:basedOn"))
            key = based_on.get(qn("w:val")) if based_on is not None else None
        return chain

    def _format_of_list(self, number: str | None, level: str | None) -> str:
        """A list that is not defined counts nothing; a level without a format counts 1, 2, 3."""
        if self._lists is None:
            return ""
        abstract = next((n.find(qn("w:abstractNumId")) for n in self._lists.iter(qn("w:num")) if n.get(qn("w:numId")) == number), None)
        if abstract is None:
            return ""
        for definition in self._lists.iter(qn("w:abstractNum")):
            if definition.get(qn("w:abstractNumId")) == abstract.get(qn("w:val")):
                for counted in definition.iter(qn("w:lvl")):
                    if counted.get(qn("w:ilvl")) == level:
                        form = counted.find(qn("w:numFmt"))
                        return form.get(qn("w:val"), "decimal") if form is not None else "decimal"
        return "decimal"
