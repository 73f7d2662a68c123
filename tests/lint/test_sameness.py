"""The rooms that compute the world hold nothing that differs between machines, days or processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.sameness import check

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("engine", "crm", "roles", "market", "game")

PLANTED = {
    "import": [
        "import random",
        "import time",
        "import locale",
        "import uuid",
        "from secrets import token_hex",
        "from random import Random",
        "def f():\n    import time as t",
        "from faker import Faker",
    ],
    "environment": [
        "import os\nx = os.environ['HOME']",
        "import os\nx = os.getenv('HOME')",
        "from os import environ",
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.datetime.now(tz=None)",
        "import datetime\nx = datetime.date.today()",
        "from datetime import datetime\nclock = datetime.utcnow",
    ],
    "identity": [
        "x = hash('a')",
        "def f(a):\n    return id(a)",
        "x = sorted([], key=id)",
        "from builtins import id as id_of",
        "order = {key: hash(key) for key in []}",
    ],
    "order": [
        "for x in {1, 2}:\n    pass",
        "for x in set([1]):\n    pass",
        "for x in {y for y in []}:\n    pass",
        "def f(a: set[str]):\n    return [x for x in a]",
        "def f(a: 'frozenset[str]'):\n    return list(a)",
        "a = frozenset()\nb = ','.join(a)",
        "a = {1}\nb = tuple(a | {2})",
        "def f():\n    seen = set()\n    return {x: 1 for x in seen}",
        "def f():\n    seen: set[int] = set()\n    yield from seen",
        "class A:\n    seen: set[int]\n    def f(self):\n        return [*self.seen]",
        "class A:\n    def __init__(self):\n        self.seen: set[int] = set()\n        print(next(iter(self.seen)))",
        "a = {1}\nb = a.pop()",
        "a = {1}\nb = max(a, key=str)",
        "a = {1}\nfor i, x in enumerate(a.union({2})):\n    pass",
        "a = {1}\nb = list(x for x in a)",
    ],
    "float": [
        "class A:\n    price: float = 0.0",
        "class A:\n    price: 'float | None'",
        "class A:\n    prices: dict[str, float]",
        "class A:\n    prices: list['float']",
    ],
    "encoding": [
        "x = open('a')",
        "x = open('a', 'w')",
        "from pathlib import Path\nx = Path('a').open('r')",
        "from pathlib import Path\nx = Path('a').read_text()",
        "from pathlib import Path\nPath('a').write_text('b')",
    ],
}

HARMLESS = [
    "for x in sorted({1, 2}):\n    pass",
    "a = {1}\nb = sorted(x for x in a)",
    "a = {1}\nb = any(x > 1 for x in a) and len(a) and min(a)",
    "a = {1}\nb = {x + 1 for x in a}\nc = 1 in a\nd = {*a, 2}",
    "a = {1: 2}\nb = [x for x in a]",
    "def f(seen):\n    return list(seen)\nseen = {1}",
    "def apply(seat, action, *, id=None):\n    return id",
    "class A:\n    id: str\n    rate: ClassVar[float] = 0.5\n    def f(self) -> float:\n        return 0.5",
    "from datetime import date, timedelta\nx = date(2026, 1, 1) + timedelta(days=1)",
    "x = open('a', encoding='utf-8')\ny = open('a', 'rb')",
    "from pathlib import Path\nPath('a').write_text('b', encoding='utf-8')\nPath('a').open('wb')",
    "import random  # sameness: named in a message only",
]


@pytest.mark.parametrize(("rule", "source"), [(rule, each) for rule, all_ in PLANTED.items() for each in all_])
def test_every_rule_bites(rule: str, source: str) -> None:
    assert [each.rule for each in check(source)] == [rule]


@pytest.mark.parametrize("source", HARMLESS)
def test_what_is_the_same_everywhere_passes(source: str) -> None:
    assert check(source) == []


def test_an_exception_needs_a_reason() -> None:
    assert check("import random  # sameness:") != []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_the_same_everywhere(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{each.line} {each.rule}: {each.message}"
        for path in sorted((ROOT / "crmsim" / room).rglob("*.py"))
        for each in check(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n" + "\n".join(found)
