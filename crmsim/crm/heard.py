"""Which answer typed words are likely meant as, where a person plays a customer: by words that speak for each."""

from __future__ import annotations

from crmsim.crm.likely import Saying, likely
from crmsim.engine.words import N_, Words, _

SOUNDS = {  # further words by which typed text is known to be an answer, by what it is and what it is about
    ("tell", "need"): N_("need want buy looking for use print"),
    ("tell", "quantity"): N_("pieces units of them how many"),
    ("tell", "budget"): N_("budget spend set aside yuan at most"),
    ("tell", "deadline"): N_("next week by friday until end of month days at the latest"),
    ("tell", "decision"): N_("boss decides manager sign decision committee"),
    ("tell", "contact"): N_("phone number name mail reach me"),
    ("shade", ""): N_("say only about roughly"),
    ("dodge", ""): N_("rather not say secret cannot tell why do you ask"),
    ("ask", "price"): N_("how much price cost quote"),
    ("ask", "delivery"): N_("when deliver arrive how long"),
    ("ask", "quality"): N_("quality break last reliable"),
    ("ask", "service"): N_("service repair warranty guarantee"),
    ("object", "worth"): N_("too expensive dear not worth it"),
    ("object", "cash"): N_("no cash money short pay later instalments"),
    ("object", "delivery"): N_("too late slow too long"),
    ("object", "authority"): N_("cannot decide alone must ask first"),
    ("rival", "rival"): N_("another supplier others offered cheaper elsewhere competitor"),
    ("agree", "order"): N_("agreed deal done sign order it go ahead"),
    ("agree", "next_step"): N_("meet again call me visit see you then appointment"),
    ("postpone", ""): N_("think about it later not now consider"),
    ("leave", ""): N_("goodbye bye no thanks stop"),
    ("nod", ""): N_("yes go on fine tell me more thanks"),
}


def answer_meant(text: str) -> str:
    """The answer that these words are likely meant as; "" when none is."""
    cues: dict[str, tuple[Words, ...]] = {}
    for (move, _about), words in SOUNDS.items():
        cues[move] = (*cues.get(move, ()), _(words))
    return likely(text, {move: Saying(words, ()) for move, words in cues.items()})


def about_meant(move: str, text: str) -> str:
    """What these words are likely about, when they are this answer; "" when that does not show."""
    known = {about: _(words) for (each, about), words in SOUNDS.items() if each == move and about}
    if len(known) < 2:
        return next(iter(known), "")
    return likely(text, {about: Saying((words,), ()) for about, words in known.items()})
