"""How Chinese names are typed: in pinyin, whole and by the first letters. Asked for by the palette, apart."""

from __future__ import annotations

import sys

import msgspec

Spelled = dict[str, tuple[str, str]]


def spelled(names: list[str]) -> Spelled:
    """Each name in pinyin, whole and by its initials."""
    from pypinyin import Style, lazy_pinyin  # 46 MB of readings

    return {each: ("".join(lazy_pinyin(each)), "".join(lazy_pinyin(each, style=Style.FIRST_LETTER))) for each in names}


if __name__ == "__main__":
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=list[str])
    sys.stdout.buffer.write(msgspec.json.encode(spelled(asked)))
