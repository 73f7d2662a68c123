"""What customers doubt and ask in a talk, which moves answer it, and what stood open when a talk ended."""

from __future__ import annotations

from typing import Any

from crmsim.engine.words import Words, _

# which moves meet an objection, the best first
MEETS = {
    "worth": ("answer_proof",),
    "cash": ("answer_price",),
    "rival": ("answer_proof", "discount"),
    "delivery": ("answer_delivery",),
    "quality": ("answer_proof", "answer_service"),
    "authority": ("answer_boss", "next_step"),
}
# which moves answer a question of the customer
ANSWERS = {
    "price": ("quote",),
    "delivery": ("answer_delivery",),
    "quality": ("answer_proof", "present"),
    "service": ("answer_service",),
}
DOUBTS = (*MEETS, *(each for each in ANSWERS if each not in MEETS))


def not_answered(ended: Words, doubt: str, view: Any) -> Words:
    """How a talk ended, with the doubt or question that nobody answered and the move that would have done so."""
    names = {each.id: each.name for each in view.scenario.moves}
    fits = [names[each] for each in (*MEETS.get(doubt, ()), *ANSWERS.get(doubt, ())) if each in names]
    if not fits:
        return ended
    return _("{ended} Never answered: {doubt:label}; “{move}” would have.", ended=ended, doubt=doubt, move=fits[0])
