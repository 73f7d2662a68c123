"""The marks of a lab report, question by question, with the reasons and a teacher's words."""

from __future__ import annotations

from typing import Any

from rich.table import Table as Grid
from rich.text import Text
from textual.dom import DOMNode

from crmsim.engine.safe import safe_text
from crmsim.engine.words import _
from crmsim.tui.speech import tell


def points(hundredths: int) -> str:
    """Hundredths of a mark as one writes them."""
    whole = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return whole or "0"


def marked(node: DOMNode, found: Any, policy: Any, student: str, questions: Any) -> Grid:
    """Each question with its marks; what waits for a person says so, what a person gave names who."""
    asked = {each.id: each for each in questions}
    grid = Grid.grid(expand=True, padding=(0, 1, 1, 0))
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    earned, possible = found.earned, found.possible
    for each in found.marks:
        words = Text(tell(node, asked[each.id].text) + "\n", "bold")
        given = policy.confirmation(student, each.id) if each.pending else None
        if given is not None:
            hundredths = min(round(given.points * 100), each.possible)
            earned, possible = earned + hundredths, possible + each.possible
            words.append(tell(node, _("Marked by {who}.", who=safe_text(given.by, 60))), "not bold")
            line = f"{points(hundredths)} / {points(each.possible)}"
        elif each.pending:
            words.append(tell(node, _("Waits for the teacher.")), "not bold italic dim")
            line = f"– / {points(each.possible)}"
        else:
            words.append(tell(node, each.why), "not bold dim")
            line = f"{points(each.points)} / {points(each.possible)}"
        grid.add_row(words, Text(line))
    grid.add_row(Text(tell(node, _("Total")), "bold"), Text(f"{points(earned)} / {points(possible)}", "bold"))
    word = policy.override(student)
    if word is not None:
        said = _("{who} set the whole mark to {score}: {why}", who=safe_text(word.by, 60), score=f"{word.score:g}",
                 why=safe_text(word.why, 300))  # fmt: skip
        grid.add_row(Text(tell(node, said), node.app.theme_variables["accent"]), Text(""))
    return grid
