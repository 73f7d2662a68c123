"""Three hands written from docs/student.md alone, without the bots' policies: diligent, hasty and careless.

They know what a student sees: the list To do, most urgent first, each paper with its next step filled in, and the
moves of a talk. What is good handling is what the guide says; the hasty one skips what takes time, the careless one
does what comes to hand.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from crmsim.crm.company import SALES
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, offered, refusal
from crmsim.engine.desk import to_do
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.talking import CloseTalk, Speak
from crmsim.scenarios.schema import Scenario

# "Find the need before you present. Gain contact details ... quote when the need is known, ask for the order"
FRONT = ("greet", "ask_need", "ask_contact", "ask_quantity", "ask_deadline", "close")
SELL = ("greet", "ask_need", "ask_quantity", "ask_budget", "present", "quote", "ask_order", "next_step", "close")
PUSH = ("present", "quote", "ask_order", "close")
# "answer an objection with what fits it"
ANSWERS = {"worth": "answer_price", "cash": "answer_price", "price": "answer_price", "rival": "answer_proof",
           "quality": "answer_proof", "delivery": "answer_delivery", "boss": "answer_boss"}  # fmt: skip
LOOKED_AT = 12


class Guided:
    """A student who has read the guide and does as it says."""

    level, rest = "diligent", 0

    def __init__(self, manner: str) -> None:
        self.level, self.rest = manner, {"diligent": 2, "hasty": 6, "careless": 30}[manner]

    def choose(self, view: Any, legal: Any) -> Action | None:
        """The next step of the top paper; the careless takes the last one."""
        papers = list(to_do(view, TABLES))
        if self.level == "careless":
            papers.reverse()
        for paper in papers:
            action = self.speak(view, paper.filled["talk"]) if paper.action is Speak else self.fill(view, paper)
            if action is not None and refusal(action, view) is None:
                return action
        return self.chase(view) if self.level == "diligent" else None

    def fill(self, view: Any, paper: Any) -> Action | None:
        """The form as it stands filled in."""
        if self.level == "careless" and paper.action.__name__ in {"RecordCustomer", "RecordFollowUp"}:
            return None  # writing down what was said takes time
        for action in islice(offered(paper.action, view, paper.filled), LOOKED_AT):
            if refusal(action, view) is None:
                return action
        return None

    def speak(self, view: Any, id: str) -> Action | None:
        """The next move that was not made yet."""
        talk = view.get(Talk, id)
        if talk is None:
            return None
        made = [each.move for each in talk.says if each.by != talk.customer]
        answer = ANSWERS.get(talk.objection, "")
        if self.level == "diligent" and answer and made.count(answer) < 1:
            said = self.first(view, talk, answer)
            if said is not None:
                return said
        front = SALES not in view.seat.roles or talk.channel == "booth"
        moves = PUSH if self.level == "careless" else FRONT if front else SELL
        for move in moves:
            if move not in made and not (self.level == "hasty" and move in {"ask_quantity", "ask_budget", "next_step"}):
                said = self.first(view, talk, move)
                if said is not None:
                    return said
        return CloseTalk(talk=id)

    def first(self, view: Any, talk: Talk, move: str) -> Action | None:
        """The move with what the form suggests."""
        for action in islice(offered(Speak, view, {"talk": talk.id, "move": move}), LOOKED_AT):
            if refusal(action, view) is None:
                return action
        return None

    def chase(self, view: Any) -> Action | None:
        """With nothing to do: somebody of one's own who was not spoken with yet."""
        met = {each.record for each in view.all(Talk) if each.record}
        for call in islice(offered(InviteToTalk, view), 60):
            if call.record not in met and refusal(call, view) is None:
                return call
        return None


def company(scenario: Scenario, manner: str, seed: int) -> Game:
    """A company all of one manner."""
    game = Game(scenario, seed, players={each.id: Guided(manner) for each in scenario.seats})
    game.run_to_end()
    return game
