"""How bots talk: what to say next, from what the talk shows."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers
from crmsim.bots.triage import sort_out
from crmsim.crm.company import PROMOTER, RECEPTION, SALES, SERVICE, CompanyView
from crmsim.crm.doubts import ANSWERS, MEETS
from crmsim.crm.moves import MEMORY_DAYS, how_many, made, named_price, record_of, talked_about
from crmsim.crm.product import Product
from crmsim.crm.record import OF_A_NEED
from crmsim.crm.talk import Talk
from crmsim.crm.target import progress_of
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY
from crmsim.roles.talking import CloseTalk, Speak

PPM = 1_000_000
TRIED = 2  # times a question or an answer is put before it is dropped
COOL = ("angry", "cool")
READY = ("warm", "delighted")
BOOTH = "booth"
PRICE_DOUBTS = ("worth", "cash", "rival")
TALKS = 2  # about one need, before a customer is left to decide; whoever persists tries once more
LARGE = 3_000_000  # amount in fen from which a competent hand asks for an order again, and calls once more
PRESSING = 2_000_000  # from which whoever is behind its target does
WEIGHTY = 1_000_000  # from which a second talk is worth it, and an expert has a contract for an order
OPEN = ("lead", "prospect")
EVERYTHING = ("need", "quantity", "budget", "deadline", "decision", "rival", "contact")


@answers(Speak)
def speak(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """The next move of a talk that waits for this seat; at the front desks, sorted before it is answered."""
    talk = view.get(Talk, paper.filled["talk"])
    if talk is None:
        return None
    if bot.habits.triages and talk.status == "waiting" and {RECEPTION, PROMOTER} & set(view.seat.roles):
        sorted_out = sort_out(view, talk)
        if sorted_out is not None:
            return sorted_out
    speaker = Speaker(bot, view, talk)
    return speaker.sell() if speaker.sells() else speaker.welcome()


def behind(view: CompanyView) -> bool:
    """Whether less was signed than this seat's own target asks for by now."""
    return view.has("targets") and bool(view.once(_is_behind))


def _is_behind(view: CompanyView) -> bool:
    return any(each.behind for each in progress_of(view) if each.staff == view.seat.id)


class Speaker:
    """One talk, as its speaker sees it."""

    def __init__(self, bot: Bot, view: CompanyView, talk: Any) -> None:
        self.habits, self.view, self.talk = bot.habits, view, talk
        self.record = record_of(view, talk)
        self.before = self._before(bot)

    def _before(self, bot: Bot) -> list[Talk]:
        """The talks of the last days with the same customer: a colleague's only where the office keeps a timeline."""
        if self.record is None:
            return []
        since, shared = self.view.minute - MEMORY_DAYS * DAY, self.habits.uses_record and self.view.has("records")
        return [
            each
            for each in bot.talks(self.view, self.record)
            if each.id != self.talk.id and each.started >= since and (shared or each.seat == self.view.seat.id)
        ]

    def again(self) -> int:
        """How many talks of its own with this customer went before in these days."""
        return sum(1 for each in self.before if each.seat == self.view.seat.id and each.says)

    def say(self, move: str, **more: Any) -> Speak:
        """A move in the words of the house."""
        return Speak(talk=self.talk.id, move=move, **more)

    def made(self, move: str, product: str = "") -> int:
        """How often a move was made in this talk (about a product)."""
        return made(self.talk, move, product)

    def known(self, topic: str) -> bool:
        """Whether the customer told it here, or a colleague wrote it down."""
        named = "phone" if topic == "contact" else topic
        if self.talk.told(named) is not None:
            return True
        if not self.habits.uses_record:
            return False
        return bool(self._on_record(named)) or any(each.told(named) is not None for each in self.before)

    def _on_record(self, topic: str) -> Any:
        """What the file says; of a need that was won or lost nothing: who speaks again needs something new."""
        over = getattr(self.record, "status", OPEN[0]) not in OPEN  # a colleague's file may not show it
        return "" if over and topic in OF_A_NEED else getattr(self.record, topic, "")

    # -- the parts of a talk

    def opening(self) -> Speak | None:
        """A greeting."""
        if not self.habits.greets or self.made("greet"):
            return None
        return self.say("greet")

    def reply(self) -> Speak | None:
        """What answers the customer's own objection or question."""
        if self.talk.objection:
            return self._meet(self.talk.objection)
        for move in ANSWERS.get(self.talk.asked, ()):
            if move == "quote":
                return self._quote() if self._may_offer() else self._ask(("need",))
            if not self.made(move):
                return self.say(move, **self._about(move))
        return None

    def _meet(self, doubt: str) -> Speak | None:
        """The answer that fits a doubt; a hand that does not know it proves something, or gives money."""
        if not self.habits.holds_price and doubt in PRICE_DOUBTS and named_price(self.talk):
            given = self._discount()
            if given is not None:
                return given
        moves = MEETS.get(doubt, ()) if self.habits.meets_doubts else ("answer_proof",)
        often = TRIED if self.habits.reads else 1  # some want to hear it twice
        for move in moves:
            if move == "discount" and self.made(move) == 0 and named_price(self.talk):
                return self._discount()
            if move != "discount" and self.made(move) < often:
                return self.say(move)
        return self._discount()

    def _about(self, move: str) -> dict[str, Any]:
        return {"product": self._product()} if move in {"present", "quote"} else {}

    def _product(self) -> str:
        """What is spoken of here; else what the company was told last, else what the file says."""
        found = talked_about(self.talk, None)
        if not found and self.habits.uses_record:
            told = [each for each in self.before if each.told("need") is not None]
            last = max(told, key=lambda each: each.started, default=None)
            found = str(last.told("need") if last is not None else self._on_record("need"))
        on_sale = [each.id for each in self.view.all(Product) if not each.withdrawn]
        return found if found in on_sale else next(iter(on_sale), "")

    def _may_offer(self) -> bool:
        return not self.habits.needs_first or self.known("need")

    def _ask(self, topics: tuple[str, ...]) -> Speak | None:
        for topic in topics:
            often = TRIED if topic in {"need", "contact"} and not self.habits.hasty else 1
            if not self.known(topic) and self.made(f"ask_{topic}") < often:
                return self.say(f"ask_{topic}")
        return None

    def _present(self) -> Speak | None:
        product = self._product()
        shown = self.habits.uses_record and any(made(each, "present", product) for each in self.before)
        return None if shown or self.made("present", product) else self.say("present", product=product)

    def _quote(self) -> Speak | None:
        product = self.view.get(Product, self._product())
        return None if product is None else self.say("quote", product=product.id, amount=product.price)

    def _discount(self) -> Speak | None:
        """Half of the limit once, or what brings the price within the budget; an open hand gives all of it."""
        limit = self.view.settings.discount_limit
        if not named_price(self.talk) or not limit or self.made("discount"):
            return None
        if not self.habits.holds_price:
            return self.say("discount", amount=limit)
        return self.say("discount", amount=self._enough(limit) or limit // 2)

    def _enough(self, limit: int) -> int:
        """The discount that brings the price within the budget as told; 0 when it is within, or cannot be."""
        budget = self.talk.told("budget") or getattr(self.record, "budget", 0)
        total = named_price(self.talk) * how_many(self.talk, self.record)
        if not self.habits.reads or not budget or total <= int(budget):
            return 0
        over = PPM - int(budget) * PPM // total
        return over if over <= limit else 0

    # -- the two kinds of talk

    def sells(self) -> bool:
        """Whether this is a talk of sales; an expert of service does not let a need go that it hears of."""
        if SERVICE in self.view.seat.roles and self.habits.reads:
            return self.known("need")
        return SALES in self.view.seat.roles and self.talk.channel != BOOTH

    def welcome(self) -> Action | None:
        """Front office: learn the need, gain the contact, agree what comes next, end."""
        if self.habits.hasty:
            return self._ask(("contact",)) or self._end()
        crowd = self.habits.reads and self._crowd()
        return (
            (None if crowd else self.opening())
            or self.reply()
            or self._push()
            or self._ask(EVERYTHING if self.habits.thorough else ("need",))
            or (self._present() if self.habits.thorough or (self.habits.reads and self._fits() and not crowd) else None)
            or self._ask(("contact",))
            or (None if crowd or self.talk.mood in COOL else self._ask(("quantity", "deadline")))
            or self._next_step()
            or self._end()
        )

    def _crowd(self) -> bool:
        """Whether others stand at the booth or hang on the telephone while this one is spoken with."""
        live = [each.id for each in self.view.scenario.channels if each.live]
        return self.talk.channel in live and any(
            each.status == "waiting" and each.id != self.talk.id for each in self.view.all(Talk)
        )

    def _fits(self) -> bool:
        """Whether the need was told, so that what is shown fits."""
        return self.talk.told("need") is not None

    def sell(self) -> Action | None:
        """Sales: needs, what fits, a price, doubts met, then the order."""
        return (
            self.opening()
            or self.reply()
            or self._push()
            or (self._present() if self._on_file() else None)
            or self._ask(self._topics())
            or self._present()
            or (self._quote() if not self.made("quote", self._product()) else None)
            or (self._discount() if self._gives() else None)
            or self._close()
            or self._next_step()
            or self._end()
        )

    def _push(self) -> Speak | None:
        """A product before anything is known, as novices do."""
        return None if self.habits.needs_first or self.made("present") else self._present()

    def _on_file(self) -> bool:
        """Whether the need was told to the company these days: then what fits is shown at once, and read as care."""
        return (
            self.habits.needs_first
            and self.habits.uses_record
            and self.talk.told("need") is None
            and any(each.told("need") is not None for each in self.before)
        )

    def _topics(self) -> tuple[str, ...]:
        if self.habits.thorough:
            return EVERYTHING
        if self.habits.hasty or not self.habits.needs_first or self.talk.mood in COOL:
            return ("need",)
        return ("need", "quantity", "budget") if self.habits.reads else ("need", "quantity")

    def _gives(self) -> bool:
        """Whether a discount is given without an objection: always by an open hand, for a budget by an expert."""
        return not self.habits.holds_price or self._enough(self.view.settings.discount_limit) > 0

    def _close(self) -> Speak | None:
        """Ask for the order: an expert when the customer is ready, and rather comes again than presses."""
        asked = self.made("ask_order")
        if self.habits.reads and not asked and self.talk.mood not in READY and not self.made("next_step"):
            return self._ask(("decision",)) or self._warm_up()
        often = TRIED if self.habits.reads or (self.habits.meets_doubts and self.again() and self._matters()) else 1
        return self.say("ask_order") if asked < often else None

    def _matters(self) -> bool:
        """Whether so much is at stake that one asks twice: sooner so for whoever is behind its target."""
        enough = PRESSING if behind(self.view) else LARGE
        return self._at_stake() >= enough

    def _at_stake(self) -> int:
        """The order spoken of at the price that was named, fen; 0 before one was."""
        return named_price(self.talk) * how_many(self.talk, self.record)

    def _warm_up(self) -> Speak | None:
        """The mood shows one turn late: when it is no better than neutral, part with a next step."""
        return self.say("ask_order") if self.talk.mood == "neutral" else None

    def _next_step(self) -> Speak | None:
        """An agreement to speak again, not for ever: what two talks did not bring, a third seldom does. Only an expert
        comes back for little."""
        enough = self.again() >= (TALKS if self.habits.persists else TALKS - 1)
        little = 0 < self._at_stake() < WEIGHTY and not self.habits.reads
        if not self.habits.follows_up or self.made("next_step") or enough or little:
            return None
        return self.say("next_step")

    def _end(self) -> Action:
        return CloseTalk(talk=self.talk.id) if self.made("close") else self.say("close")
