"""The guide's style sheet: the site's own, in which the states of a mouse, a keyboard and the dark can be shown by class.

Made from the bundle and not written beside it, so that the guide shows what visitors get and visitors load none of this.
"""

from __future__ import annotations

import re

# Everything inside .show-hover looks as under a mouse; every control inside .show-focus as with the keyboard on it.
HOVER = ":is(:hover,.show-hover *)"
FOCUS = ":is({state},.show-focus :is(a,button,input,select,textarea,summary,[tabindex]))"

_HOVER = re.compile(r":hover\b")
_FOCUS = re.compile(r":focus(?:-visible)?(?![\w-])")
_LIGHT = re.compile(r":root\{(color-scheme:light dark;[^}]*)\}")
_DARK = re.compile(r"@media screen and \(prefers-color-scheme:\s*dark\)\{:root\{([^}]*)\}\}")


def with_shown_states(css: str) -> str:
    """The minified bundle, answering to .show-hover, .show-focus and, on the root element, .show-light and .show-dark.

    Raises LookupError when the tokens no longer look as they are read here.
    """
    light, dark = _LIGHT.search(css), _DARK.search(css)
    if light is None or dark is None:
        raise LookupError("tokens.css: không thấy khối màu sáng hoặc khối màu tối.")
    shown = _HOVER.sub(HOVER, css)
    shown = _FOCUS.sub(lambda state: FOCUS.format(state=state.group()), shown)
    schemes = f":root.show-light{{{light.group(1)};color-scheme:light}}:root.show-dark{{{dark.group(1)};color-scheme:dark}}"
    return f"{shown}@layer tokens{{{schemes}}}"
