"""Chinese lines fill their width, and neither begin with a comma nor end with an opening mark."""

from __future__ import annotations

import re
from itertools import pairwise

from rich._wrap import divide_line
from rich.cells import cell_len
from textual.content import Content

import crmsim.tui.app  # noqa: F401 - the interface puts its words in force
from crmsim.tui.wrapping import CLOSE, OPEN, WORD

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
