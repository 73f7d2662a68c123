"""Facts: Market preparation, days and money."""

from __future__ import annotations

from crmsim.engine.facts import Fact


class DayStarted(Fact):
    """A working day begins."""

    tells = ("director", "promoter", "reception", "prospector", "sales", "service")
    summary = "Day {day} begins."
    day: int


class GameEnded(Fact):
    """The last day is over."""

    tells = ("director", "promoter", "reception", "prospector", "sales", "service", "customer")
    summary = "The game is over."


class CashRanOut(Fact):
    """The company cannot pay: an event, not a crash."""

    tells = ("director",)
    summary = "The company is out of cash ({balance:money})."
    balance: int


class WagesPaid(Fact):
    tells = ()
    summary = "{amount:money} of wages were paid."
    amount: int


class SettingsChanged(Fact):
    tells = ()
    summary = "The company's settings were changed: {what}."
    what: str


class StaffAdded(Fact):
    tells = ("director",)
    summary = "{staff} joined the company."
    staff: str


class StaffChanged(Fact):
    tells = ("@staff",)
    summary = "The duties of {staff} were changed."
    staff: str


class StaffDismissed(Fact):
    tells = ("director",)
    summary = "{staff} leaves the company."
    staff: str


class ProductAdded(Fact):
    tells = ("sales",)
    summary = "{product} is now on sale."
    product: str


class ProductChanged(Fact):
    tells = ("sales",)
    summary = "{product} was changed: {what}."
    product: str
    what: str


class ProductWithdrawn(Fact):
    tells = ("sales",)
    summary = "{product} is no longer sold."
    product: str


class StockOrdered(Fact):
    summary = "{quantity} x {product} ordered from the supplier, due {due:day}."
    product: str
    quantity: int
    due: int


class StockArrived(Fact):
    tells = ("director", "sales")
    summary = "{quantity} x {product} arrived in stock."
    product: str
    quantity: int


class AdLaunched(Fact):
    summary = "Advert {advert} in {medium} starts, {budget:money} a day."
    advert: str
    medium: str
    product: str
    budget: int


class AdEnded(Fact):
    tells = ("director",)
    summary = "Advert {advert} is over."
    advert: str


class PromotionOpened(Fact):
    tells = ("promoter",)
    summary = "Promotion {promotion} opens at the trade fair."
    promotion: str


class PromotionEnded(Fact):
    tells = ("director", "promoter")
    summary = "Promotion {promotion} is over."
    promotion: str


class PagePublished(Fact):
    summary = "Website page “{page}” was published."
    page: str


class PageHidden(Fact):
    summary = "Website page “{page}” was hidden."
    page: str


class StaffGivenNotice(Fact):
    tells = ("@staff",)
    summary = "{staff} was given notice and leaves at {when:time}."
    staff: str
    when: int


class ListBought(Fact):
    tells = ("director",)
    summary = "{seat} bought a list of {entries} contacts for {price:money}."
    seat: str
    list: str
    entries: int
    price: int


class PublicitySummarised(Fact):
    summary = "The director read the publicity summary."
