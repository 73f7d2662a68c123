"""One function makes foreign text safe to keep and to show."""

from __future__ import annotations

import json
import re

# C0 and C1 controls (a tab becomes a space, a newline stays), bidi controls and isolates, zero-width and invisible
# characters, byte-order marks, surrogates, private use, tags. Sources: Unicode TR36, TR39; ECMA-48 for escapes.
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
_ACCENTS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def json_text(text: str) -> str:
    """JSON in which what could disturb a terminal is written as an escape: the same values, safe to look at."""
    return text if text.isascii() else _UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text)


def safe_text(text: str, most: int = 10_000) -> str:
    """Foreign text without controls, invisible characters or stacked accents, and not longer than `most`."""
    if text.isascii() and text.isprintable():
        return text[:most]
    text = text[: most * 2].replace("\r\n", "\n").replace("\t", " ")
    text = _ESCAPES.sub("", text)
    text = _UNSAFE.sub("", text)
    return _ACCENTS.sub(r"\1", text)[:most]
