"""On which line each key of a TOML file stands. The text must have been read by `tomllib` before."""

from __future__ import annotations

import re

Place = tuple[str | int, ...]
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_OTHER = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[Place, int]:
    """The line (from 1) of every key and list entry, by its path."""
    return _Reader(text.replace("\r\n", "\n")).read()


def line_at(lines: dict[Place, int], place: Place) -> int:
    """The line of a place, or of what holds it where it is not in the file; 1 when nothing is."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def read(self) -> dict[Place, int]:
        base: Place = ()
        while self._peek():
            if self.text.startswith("[[", self.at):
                base = self._header(2)
            elif self.text[self.at] == "[":
                base = self._header(1)
            else:
                self._pair(base)
        return self.lines

    def _peek(self) -> str:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def _line(self) -> int:
        from bisect import bisect_left

        return bisect_left(self.breaks, self.at) + 1

    def _header(self, brackets: int) -> Place:
        line = self._line()
        place: Place = ()
        self.at += brackets
        keys = self._keys()
        self.at += brackets
        for number, key in enumerate(keys):
            place = (*place, key)
            self.lines.setdefault(place, line)
            if number == len(keys) - 1 and brackets == 2:
                self.counts[place] = self.counts.get(place, 0) + 1
            if place in self.counts:
                place = (*place, self.counts[place] - 1)
                self.lines.setdefault(place, line)
        return place

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            if self.text[self.at : self.at + 1] in {'"', "'"}:
                keys.append(self._skip(_STRING)[1:-1])
            else:
                keys.append(self._skip(_BARE))
            self._skip(_SPACE)
            if self.text[self.at : self.at + 1] != ".":
                return keys
            self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            self.at += 1  # never stands still, whatever it meets
            return ""
        self.at = match.end()
        return match.group()

    def _pair(self, base: Place) -> None:
        line = self._line()
        place = base
        for key in self._keys():
            place = (*place, key)
            self.lines.setdefault(place, line)
        self.at += 1  # the equals sign
        self._value(place)

    def _value(self, place: Place) -> None:
        first = self._peek()
        if first == "[":
            self._items(place, "]")
        elif first == "{":
            self._items(place, "}")
        elif first in {'"', "'"}:
            self._skip(_STRING)
        else:
            self._skip(_OTHER)

    def _items(self, place: Place, closing: str) -> None:
        self.at += 1
        number = 0
        while (mark := self._peek()) and mark != closing:
            if mark == ",":
                self.at += 1
            elif closing == "]":
                self.lines.setdefault((*place, number), self._line())
                self._value((*place, number))
                number += 1
            else:
                self._pair(place)
        self.at += 1
