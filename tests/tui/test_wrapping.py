"""Chinese lines fill their width, and neither begin with a comma nor end with an opening mark."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from rich._wrap import divide_line
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from textual.content import Content

import crmsim.tui.app  # noqa: F401 - the interface puts its words in force
from crmsim.tui.pairs import Pairs
from crmsim.tui.todo import Why
from crmsim.tui.wrapping import CLOSE, OPEN, WORD

CONSOLE = Console(width=100)
OPTIONS = CONSOLE.options
TEXT = (
    "江州新丰教育科技有限公司 为 I96 付款 ¥20,680.00，合同（第3份）已签；“客户：企业”。"
    "本周再谈 three printers、两台投影仪！"
)


def lines(text: str, width: int) -> list[str]:
    cuts = [0, *divide_line(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def test_chinese_lines_fill_their_width_and_keep_their_marks() -> None:
    for width in range(16, 60):
        found = lines(TEXT, width)
        assert "".join(found) == TEXT
        for line in found:
            assert cell_len(line.rstrip()) <= width
        for line in found[1:]:
            assert line[0] not in CLOSE, (width, line)
        for line in found[:-1]:
            assert line.rstrip()[-1] not in OPEN, (width, line)
    assert min(cell_len(each) for each in lines("客户" * 40 + "。", 20)[:-1]) >= 18


def test_english_breaks_at_spaces_as_before() -> None:
    text = "Meghan Brock waits for a decision on ¥1,620.80 (e-mail: a.b@example.org)."
    words = re.compile(r"\s*\S+\s*").findall(text)
    assert WORD.findall(text) == words


def test_both_libraries_break_alike() -> None:
    content = Content(TEXT).wrap(20)
    assert [str(each).rstrip() for each in content] == [each.rstrip() for each in lines(TEXT, 20)]


def drawn(what: Any, width: int) -> list[str]:
    return [
        "".join(part.text for part in line).rstrip() for line in CONSOLE.render_lines(what, OPTIONS.update(width=width))
    ]


def test_words_below_a_paper_take_all_the_room_after_the_line_with_their_time() -> None:
    for words, since in (
        ("Betty Hinton waits for a decision on ¥27,360.00. It is late.", "for 12 d"),
        ("尧海燕在等待¥27,360.00订单的审核结果。承诺的交货日（第4天）已过。", "已等12天"),
    ):
        for width in range(30, 80):
            first, *more = drawn(Why(Text(words), Text(since)), width)
            assert first.endswith(since) and cell_len(first) == width
            assert all(cell_len(each) <= width for each in more)
            assert re.sub(r"\s", "", first.removesuffix(since) + "".join(more)) == re.sub(r"\s", "", words)
            assert len(more) <= -(-cell_len(words) // (width - 12))


def test_pairs_stand_closer_together_where_that_saves_a_line() -> None:
    pairs = [("Sales", "¥548,956"), ("Cash", "¥412,796"), ("Orders", "31")]
    assert drawn(Pairs(pairs), 60) == ["Sales ¥548,956   Cash ¥412,796   Orders 31"]
    assert drawn(Pairs(pairs), 41) == ["Sales ¥548,956  Cash ¥412,796  Orders 31"]
    assert drawn(Pairs(pairs), 39) == ["Sales ¥548,956   Cash ¥412,796", "Orders 31"]
