"""What a screen says: words in the reader's language, faces and lengths. The first screen needs no more than this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode

from crmsim.engine.safe import safe_text
from crmsim.engine.words import UNDATED, Dates, Words, _, render, translate

if TYPE_CHECKING:
    from crmsim.engine.action import Action

LONGEST = 20_000  # letters of one text on a screen
FACES = (">:(", ":-/", ":-|", ":-)", ":-D")


def language(node: DOMNode) -> str:
    """The language in which a widget speaks: its app's."""
    return str(getattr(node.app, "lang", "en"))


def dates(node: DOMNode) -> Dates:
    """The calendar of its app's game: a customer of two years ago has a date, not a count of days."""
    found: Dates = getattr(node.app, "dates", UNDATED)
    return found


def tell(node: DOMNode, words: Words | int) -> str:
    """Words as this widget's reader sees them; whatever people wrote in them is safe to show."""
    return safe_text(render(words, language(node), dates(node)), LONGEST)


def tell_label(node: DOMNode, source: Words) -> str:
    """A declared label or docstring in the reader's language; those of a form were written by whoever made it."""
    return safe_text(translate(source, language(node)), LONGEST)


def tell_action(node: DOMNode, action: type[Action]) -> str:
    """An action's short name."""
    from crmsim.engine.action import label_of

    return translate(label_of(action), language(node))


def words_of(action: type[Action]) -> Words:
    """The same, to be told in whichever language it is asked for."""
    from crmsim.engine.action import label_of

    return _("{action:label}", action=label_of(action))


def tell_help(node: DOMNode, action: type[Action]) -> str:
    """What an action does, with its sentence for newcomers."""
    from crmsim.engine.action import help_of

    parts = [translate(help_of(action), language(node)), translate(action.teach, language(node))]
    gap = "" if language(node) == "zh" else " "  # a Chinese full stop brings its own
    return gap.join(each for each in parts if each)


def tell_sentence(node: DOMNode, words: Words) -> str:
    """A sentence that may begin with what somebody is called: with a capital letter, where a language has them."""
    told = tell(node, words)
    return told[:1].upper() + told[1:]
