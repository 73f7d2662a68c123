"""What a move of the company says by itself: product, number and sentence, where the speaker left them open."""

from __future__ import annotations

from crmsim.crm.campaign import deal_price
from crmsim.crm.company import Company, Staff
from crmsim.crm.moves import offer, own_words, record_of, talked_about
from crmsim.crm.product import Product
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, N_, Bilingual, Words, _

SHOWN = frozenset({"present", "quote", "discount", "ask_order"})  # moves about a product
SIZED = frozenset({"quote", "discount", "next_step", "compensate"})  # moves with a number
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def object_of(world: Company, talk: Talk, move: str, product: str, amount: int) -> tuple[str, int]:
    """The product and the number that a move is about."""
    if move not in SHOWN | SIZED:
        return product, amount
    product = product or talked_about(talk, record_of(world, talk))
    if move == "quote" and not amount:
        shown = world.get(Product, product)
        amount = deal_price(world, talk, shown, shown.price)
    if move == "discount":
        last = offer(talk)
        product = last.product if last is not None else product
        amount = amount or world.settings.discount_limit // 2
    if move == "next_step" and not amount:
        amount = world.calendar.working_days_after(world.minute // DAY * DAY, 2)
    if move == "compensate" and not amount:
        amount = world.scenario.market.talking.small_gift
    return product, amount


def sentence(world: Company, talk: Talk, move: str, product: str, amount: int) -> Words:
    """What is said by default: one of the move's sentences, in both languages."""
    says = next((each.says for each in world.scenario.moves if each.id == move), ())
    if not says:
        return ""
    pattern = says[len(talk.says) // 2 % len(says)]
    if isinstance(pattern, str):
        pattern = Bilingual(pattern, pattern)
    return own_words(world, talk, pattern, slots(world, talk, move, product, amount))


def day_said(world: Company, minute: int) -> Words:
    """A day as people speak of it: by its weekday; what lies further than next week needs its number as well."""
    first = world.scenario.calendar.first_weekday
    at, today = minute // DAY + first, world.minute // DAY + first
    weekday = WEEKDAYS[at % 7]
    if at // 7 == today // 7:
        return _("{weekday:label}", weekday=weekday)
    if at // 7 == today // 7 + 1:
        return _("{weekday:label} next week", weekday=weekday)
    return _("{weekday:label}, {day:day}", weekday=weekday, day=minute)


def slots(world: Company, talk: Talk, move: str, product: str, amount: int) -> dict[str, Words | int]:
    """What the open places of the company's own sentences stand for: here {company} and {staff} are its own."""
    if move == "next_step":
        said = day_said(world, amount)
    else:
        said = _("{n:percent}", n=amount) if move == "discount" else _("{n:money}", n=amount)
    found: dict[str, Words | int] = {"amount": said, "company": world.settings.name}
    shown, staff = world.find(Product, product), world.find(Staff, talk.seat)
    if shown is not None:
        found["product"] = shown.name
    if staff is not None and staff.name:
        found["staff"] = staff.name
    return found
