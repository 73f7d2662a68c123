"""Where a line may break. Rich and Textual break at spaces only, so that Chinese would leave half a line empty or begin
one with a comma; here a line breaks between Chinese characters, before no closing mark and after no opening one."""

from __future__ import annotations

import re

import rich._wrap

OPEN = "（《“‘「『【〈［｛"
CLOSE = "，。、；：？！）》”’」』】〉］｝…％"
WIDE = "\u2e80-\u2fff\u3003-\u3007\u3012-\u9fff\uac00-\ud7af\uf900-\ufaff\uff0d-\uff19\uff21-\uff3a\uff41-\uff5a"
WORD = re.compile(
    rf"\s*(?:[{OPEN}]*(?:[{WIDE}][{CLOSE}.,;:!?)%\]]*|[^\s{WIDE}{OPEN}{CLOSE}]+[{CLOSE}]*)|[{OPEN}]+[{CLOSE}]*|[{CLOSE}]+)\s*"
)


def install() -> None:
    """Both libraries look up the same pattern of a word."""
    rich._wrap.re_word = WORD
