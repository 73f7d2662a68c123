"""What both sides of a talk can do: the customer's moves, what answers what, and the words that are said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from crmsim.crm.company import Company, Staff
from crmsim.crm.customer import Customer
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.talk import Say, Talk
from crmsim.engine.words import DAY, N_, Bilingual, Words, money, render

REPLIES = (
    ("tell", N_("Tell truly")),
    ("shade", N_("Tell it otherwise")),
    ("dodge", N_("Dodge")),
    ("ask", N_("Ask back")),
    ("object", N_("Object")),
    ("rival", N_("Mention a rival")),
    ("agree", N_("Agree")),
    ("postpone", N_("Postpone")),
    ("leave", N_("End the talk")),
    ("nod", N_("Go on")),
)
# what an ask_ move of the company is about; contact stands for name, phone and so on
ASKS = {f"ask_{topic}": topic for topic in ("need", "quantity", "budget", "deadline", "decision", "rival", "contact")}
CONTACT = ("name", "phone", "email", "position", "region", "industry")
TOPIC_WORDS = (  # how topics and endings are called where they are shown by name
    N_("need"), N_("quantity"), N_("budget"), N_("deadline"), N_("decision"), N_("contact"), N_("region"),
    N_("industry"), N_("name"), N_("phone"), N_("email"), N_("position"), N_("service"), N_("agreed"),
    N_("next_step"), N_("left"), N_("later"), N_("silent"), N_("no_lead"), N_("done"), N_("declined"),
    N_("no_need"), N_("no_time"), N_("annoyed"), N_("wish"),
)  # fmt: skip
OFFERS = ("quote", "discount")
MEMORY_DAYS = 10  # what one colleague was told, the company was told (TALK-6)


def made(talk: Talk, move: str, product: str = "") -> int:
    """How often the company made a move in this talk (with this product)."""
    own = (each for each in talk.says if each.by != talk.customer and each.move == move)
    return sum(1 for each in own if not product or each.product == product)


def offer(talk: Talk) -> Say | None:
    """The last price that the company named in this talk; None when it named none."""
    for each in reversed(talk.says):
        if each.move in OFFERS and each.by != talk.customer:
            return each
    return None


def named_price(talk: Talk) -> int:
    """The price of one as last named in this talk, after the discount given since, fen; 0 when none was named."""
    price = 0
    for each in talk.says:
        if each.by == talk.customer:
            continue
        if each.move == "quote":
            price = each.amount
        elif each.move == "discount":
            price = price * (1_000_000 - each.amount) // 1_000_000
    return price


def talked_about(talk: Talk, record: Any) -> str:
    """The product in question, as far as the company knows: told, spoken of, on file, or looked at. "" when unknown."""
    told = talk.told("need")
    if told:
        return str(told)
    spoken = next((each.product for each in reversed(talk.says) if each.product), "")
    return spoken or str(getattr(record, "need", "")) or talk.looking_at  # a file may be hidden from this seat


def how_many(talk: Talk, record: Any) -> int:
    """The quantity in question, as far as the company knows; 1 when unknown."""
    told = talk.told("quantity")
    return int(told) if told else int(getattr(record, "quantity", 0) or 1)


def record_of(seen: Any, talk: Any) -> Any:
    """The file of the customer in a talk, from a world or a view; None when there is none (to be seen)."""
    find = seen.find if isinstance(seen, Company) else seen.get
    if talk.record:
        return find(Record, talk.record)
    return next(iter(seen.of(Record, talk.customer)), None) if talk.customer else None


def remembered(customer: Customer, topic: str, minute: int) -> bool:
    """Whether the customer told the company of this within the last ten days."""
    told = customer.told.get(topic)
    return told is not None and minute - told <= MEMORY_DAYS * DAY


Bank = Mapping[str, tuple[Any, ...]]
SLOT = re.compile(r"\{(\w+)\}")  # an open place of a text; other braces are the writer's own
PLAIN_FRAME = (Bilingual("{line}", "{line}"),)


def _answers(bank: Bank, reply: str, temper: str) -> tuple[Any, ...]:
    return bank.get(f"{reply}/{temper}", ()) or bank.get(reply, ())


def _frames(bank: Bank, reply: str, temper: str) -> tuple[Any, ...]:
    return bank.get(f"{reply.partition('_')[0]}/{temper}", PLAIN_FRAME)


def line_name(bank: Bank, reply: str, temper: str, answer: int, frame: int) -> str:
    """The name of a line with which this temper replies: the answer and the frame are counted round. "" when the bank
    has none."""
    answers, frames = len(_answers(bank, reply, temper)), len(_frames(bank, reply, temper))
    return f"{reply}/{temper}/{frame % frames * answers + answer % answers}" if answers else ""


def line(bank: Bank, name: str) -> Bilingual:
    """A line by its name: an answer in its frame, slots still open."""
    reply, temper, digits = name.split("/")
    number, answers, frames = int(digits), _answers(bank, reply, temper), _frames(bank, reply, temper)
    return _framed(_both(answers[number % len(answers)]), _both(frames[number // len(answers) % len(frames)]))


@lru_cache(maxsize=4096)
def _framed(answer: Bilingual, frame: Bilingual) -> Bilingual:
    before = frame.en.partition("{line}")[0].rstrip()
    starts = not before or before[-1] in ".?!"
    english = answer.en[:1].upper() + answer.en[1:] if starts else answer.en
    return Bilingual(frame.en.replace("{line}", english), frame.zh.replace("{line}", answer.zh))


def _both(words: Any) -> Bilingual:
    return words if isinstance(words, Bilingual) else Bilingual(str(words), str(words))


def own_words(
    world: Company, talk: Talk, pattern: Bilingual, more: Mapping[str, Words | int] | None = None
) -> Bilingual:
    """A line in both languages, its slots filled from the facts of this talk and its customer."""
    if "{" not in pattern.en and "{" not in pattern.zh:
        return pattern
    return Bilingual(
        _filled(pattern.en, world, talk, more or {}, "en"), _filled(pattern.zh, world, talk, more or {}, "zh")
    )


def _filled(pattern: str, world: Company, talk: Talk, more: Mapping[str, Words | int], language: str) -> str:
    slots = _Slots(world, talk, more, language)
    return SLOT.sub(lambda found: slots[found[1]], pattern)


class _Slots(dict[str, str]):
    """Slots of a line, looked up only when the line names them."""

    def __init__(self, world: Company, talk: Talk, more: Mapping[str, Words | int], language: str) -> None:
        self.world, self.talk, self.more, self.language = world, talk, more, language

    def __missing__(self, slot: str) -> str:
        if slot in self.more:
            return render(self.more[slot], self.language)
        value = _SLOTS[slot](self) if slot in _SLOTS else "…"
        return render(value, self.language)

    @property
    def customer(self) -> Customer | None:
        """Who talks; None for a stranger."""
        return self.world.find(Customer, self.talk.customer)

    def money(self, fen: int) -> str:
        """An amount as people say it: whole yuan."""
        return money(fen // 100 * 100, self.language).removesuffix(".00")


def surname(full: str) -> str:
    """The first character of a Chinese name, two of a double one; the last word of another."""
    if full and "\u4e00" <= full[0] <= "\u9fff":
        return full[:2] if full[:2] in DOUBLE_SURNAMES else full[:1]
    return full.split()[-1] if full.split() else full


def addressed(full: str) -> str:
    """How a colleague is addressed: by the surname in Chinese, before a title; by the first name in English."""
    chinese = "\u4e00" <= full[:1] <= "\u9fff"
    return surname(full) if chinese or not full.split() else full.split()[0]


DOUBLE_SURNAMES = frozenset({"欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "令狐", "东方", "慕容"})


def _product(slots: _Slots) -> Words:
    customer = slots.customer
    wanted = customer.wants if customer is not None else slots.talk.looking_at
    product = slots.world.find(Product, wanted)
    return product.name if product is not None else Bilingual("your goods", "贵公司的产品")


def _total(slots: _Slots) -> Words:
    last = offer(slots.talk)
    if last is None:
        return Bilingual("that", "这个数")
    customer = slots.customer
    return slots.money(
        named_price(slots.talk) * (customer.quantity if customer is not None and customer.quantity else 1)
    )


def _rival(slots: _Slots) -> Words:
    customer = slots.customer
    held = customer.rivals[0].rival if customer is not None and customer.rivals else ""
    return next((each.name for each in slots.world.scenario.rivals if each.id == held), Bilingual("others", "别家"))


def _staff(slots: _Slots) -> Words:
    staff = slots.world.find(Staff, slots.talk.seat)
    return addressed(staff.name) if staff is not None else ""


def _days(slots: _Slots) -> Words:
    customer = slots.customer
    left = 7 if customer is None or not customer.deadline else (customer.deadline - slots.world.minute) // DAY
    return Bilingual("1 day" if left <= 1 else f"{left} days", str(max(1, left)))


DECISIONS = {
    "alone": Bilingual("I decide this myself.", "这事我自己就能定。"),
    "boss": Bilingual("My boss has the last word.", "最后要我们领导拍板。"),
    "committee": Bilingual("A committee decides it.", "要上会讨论才能定。"),
}


def _decision(slots: _Slots) -> Words:
    customer = slots.customer
    return DECISIONS.get(customer.decision, DECISIONS["alone"]) if customer is not None else DECISIONS["alone"]


def _of(name: str, otherwise: Bilingual) -> Any:
    def read(slots: _Slots) -> Words:
        customer = slots.customer
        return (getattr(customer, name, "") or otherwise) if customer is not None else otherwise

    return read


def _rivals_price(slots: _Slots) -> Words:
    customer = slots.customer
    return slots.money(customer.rivals[0].price) if customer is not None and customer.rivals else _total(slots)


_SLOTS: dict[str, Any] = {
    "product": _product,
    "quantity": lambda slots: str(max(1, slots.customer.quantity)) if slots.customer is not None else "1",
    "budget": lambda slots: slots.money(slots.customer.budget) if slots.customer is not None else "",
    "days": _days,
    "decision": _decision,
    "rival": _rival,
    "rival_price": _rivals_price,
    "total": _total,
    "staff": _staff,
    "name": _of("contact", Bilingual("me", "我")),
    "surname": lambda slots: surname(slots.customer.contact) if slots.customer is not None else "",
    "company": _of("name", Bilingual("our company", "我们单位")),
    "phone": _of("phone", Bilingual("this number", "这个号码")),
    "email": _of("email", Bilingual("this address", "这个邮箱")),
}
