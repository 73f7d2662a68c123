"""What is known of the other side of a conversation: the mood with a face, and what was told so far."""

from __future__ import annotations

from rich.text import Text
from textual.dom import DOMNode

from crmsim.engine.desk import Conversation
from crmsim.engine.words import _, clock
from crmsim.tui.speech import FACES, language, tell


def mood(node: DOMNode, talk: Conversation, minute: int) -> Text:
    """Who it is, how they feel, what time it is, and what it is about."""
    colours = node.app.theme_variables
    feelings = (colours["error"], colours["warning"], colours["foreground"], colours["success"], colours["success"])
    head = Text(tell(node, talk.who) + "\n", "bold")
    head.append(f"{FACES[talk.face]}  {tell(node, talk.mood)}", f"bold {feelings[talk.face]}")
    head.append(f"   {clock(minute, language(node))}", "dim")
    if talk.note:
        head.append(f"\n{tell(node, talk.note)}", "italic dim")
    return head


def learned(node: DOMNode, talk: Conversation) -> Text:
    """Each topic with the last thing told about it; below, what the file knew already."""
    lines = Text(tell(node, talk.headings[0]) + "\n", "bold")
    for topic, value in talk.learned:
        lines.append(f"{tell(node, topic)} ", "dim")
        lines.append(f"{tell(node, value)}\n", node.app.theme_variables["accent"])
    if not talk.learned:
        lines.append(tell(node, _("nothing yet")) + "\n", "dim italic")
    if talk.filed:
        lines.append("\n" + tell(node, talk.headings[1]) + "\n", "bold")
    for topic, value in talk.filed:
        lines.append(f"{tell(node, topic)} ", "dim").append(f"{tell(node, value)}\n")
    return lines
