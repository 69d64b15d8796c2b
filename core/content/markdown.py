"""Markdown as our content files use it: to rich text, and to a list of body blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from .errors import ContentError

# Raw HTML is refused by the `commonmark` preset with html=False: it would appear as text.
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")
_CAPTION = re.compile(r"^(?:Bảng|Table):\s*(.+)$")
_SPEAKER = re.compile(r"\n?\s*—\s*([^,\n]+)(?:,\s*(.+))?\s*$")
_TAGS = (("strong", "b"), ("em", "i"))

# Addresses that may not be there on this machine, by their first segment; the room that has them says which are.
_optional: dict[str, Callable[[str], bool]] = {}


def register_optional_links(prefix: str, exists: Callable[[str], bool]) -> None:
    """Links whose address begins with `prefix` ("/van-ban/") are written as plain text until `exists(address)`; called in AppConfig.ready."""
    _optional[prefix] = exists


def is_missing(address: str) -> bool:
    """Whether a room says of this address that it is not there."""
    return any(address.startswith(prefix) and not exists(address) for prefix, exists in _optional.items())


def optional_links(text: str) -> list[str]:
    """Addresses in the text that are optional and there, sorted: when they change, what was written from the text is out of date."""
    found = {address for prefix in _optional for address in re.findall(rf"\(({re.escape(prefix)}[^\s)#]*)", text)}
    return sorted(address for address in found if not is_missing(address))


def _unlink_missing(state: StateCore) -> None:
    """Keep the words of a link that would lead nowhere."""
    for token in state.tokens:
        kept: list[Token] = []
        is_dropped = False
        for child in token.children or []:
            if child.type == "link_open":
                is_dropped = is_missing(str(child.attrGet("href")).partition("#")[0])
            if not (is_dropped and child.type in {"link_open", "link_close"}):
                kept.append(child)
        if token.children is not None:
            token.children = kept


_parser.core.ruler.after("inline", "unlink_missing", _unlink_missing)


def to_html(text: str) -> str:
    """Rich text of Wagtail's features: paragraphs, lists, bold, italic, links."""
    return _tidy(_parser.render(str(text).strip()))


def _tidy(html: str) -> str:
    for long_name, short_name in _TAGS:
        html = html.replace(f"<{long_name}>", f"<{short_name}>").replace(f"</{long_name}>", f"</{short_name}>")
    return html.replace("\n", "").strip()


def to_blocks(text: str, where: str) -> list[dict[str, Any]]:
    """Body blocks as {"type", "value"} with plain YAML values: headings, text, quotes, tables, and fenced blocks by name.

    Raises ContentError, naming `where`, if a fenced block is not YAML.
    """
    tokens = _parser.parse(text)
    blocks: list[dict[str, Any]] = []
    caption = ""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _end_of(tokens, position)
        part = tokens[position : end + 1]
        if token.type == "heading_open":
            blocks.append({"type": "heading", "value": {"text": tokens[position + 1].content, "level": "h3" if token.tag == "h3" else "h2"}})
        elif token.type == "fence":
            blocks.append({"type": token.info.strip(), "value": _fenced(token, where)})
        elif token.type == "blockquote_open":
            blocks.append({"type": "quote", "value": _quote(part)})
        elif token.type == "table_open":
            blocks.append({"type": "table", "value": _table(part, caption)})
            caption = ""
        elif token.type == "paragraph_open" and (found := _CAPTION.match(tokens[position + 1].content)):
            caption = found.group(1)
        else:
            html = _tidy(_parser.renderer.render(part, _parser.options, {}))
            if blocks and blocks[-1]["type"] == "text":
                blocks[-1]["value"] += html
            else:
                blocks.append({"type": "text", "value": html})
        position = end + 1
    return blocks


def _end_of(tokens: list[Token], start: int) -> int:
    """Index of the token that closes the one at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _fenced(token: Token, where: str) -> Any:
    try:
        return yaml.safe_load(token.content)
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError(_("%(file)s: khối “%(block)s” có YAML sai: %(error)s") % {"file": where, "block": token.info, "error": error}) from error


def _quote(part: list[Token]) -> dict[str, str]:
    text = "\n".join(token.content for token in part if token.type == "inline")
    speaker = _SPEAKER.search(text)
    if not speaker:
        return {"text": text}
    return {"text": text[: speaker.start()].strip(), "attribution": speaker.group(1).strip(), "role": (speaker.group(2) or "").strip()}


def _table(part: list[Token], caption: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for token in part:
        if token.type == "tr_open":
            rows.append({"cells": []})
        elif token.type == "inline":
            # A cell is plain text: of a link or bold its words stay.
            rows[-1]["cells"].append({"text": "".join(child.content for child in token.children or [] if not child.nesting)})
    return {"caption": caption, "header_row": True, "header_column": False, "rows": rows}
