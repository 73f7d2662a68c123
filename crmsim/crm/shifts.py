"""What an event does to the market and the house: an act of the scenario, or one that the instructor lets happen."""

from __future__ import annotations

from crmsim.crm.climate import PPM, climate
from crmsim.crm.company import INSTRUCTOR, Company, Staff
from crmsim.crm.facts import MarketShifted
from crmsim.crm.letter import deliver
from crmsim.crm.product import Product
from crmsim.engine.words import Bilingual, Words, _


def shift(world: Company, kind: str, title: Words, product: str = "", amount: int = 0) -> None:
    """Rivals' prices, faults and stock change; whoever it concerns hears. Amounts are ppm, or pieces of a shortage."""
    weather = climate(world)
    if kind == "rival_price":
        old = weather.rival_price.get(product, PPM)
        weather.rival_price = {**weather.rival_price, product: max(1, old * (PPM - amount) // PPM)}
    elif kind == "fault_wave":
        old = weather.faults.get(product, PPM)
        weather.faults = {**weather.faults, product: old * (PPM + amount) // PPM}
    elif kind == "shortage":
        _recall(world, product, amount)
    elif kind == "letter":
        deliver(world, INSTRUCTOR, [each.id for each in world.all(Staff) if each.active], _("To everybody"), title)
    plain = {"en": title.en, "zh": title.zh} if isinstance(title, Bilingual) else str(title)
    world.record(MarketShifted(event=kind, title=plain, product=product, amount=amount))


def _recall(world: Company, product: str, pieces: int) -> None:
    """The supplier takes goods back against their cost, and delivers more slowly from now on."""
    for each in world.all(Product):
        if product in ("", each.id):
            taken = min(each.stock, pieces)
            each.stock -= taken
            each.lead_days += 2
            if taken:
                world.ledger.move(world.minute, f"recall {each.id}", taken * each.cost, "stock", "cash")
