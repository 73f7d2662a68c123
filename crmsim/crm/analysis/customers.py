"""Reports of who the customers are: totals, shares, trend, source, status, type, region, media, data quality."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.analysis.counting import PPM, by_word, people, periods, share
from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import word
from crmsim.crm.portrait import FIELDS, in_time_share, missing_share, of_talks
from crmsim.crm.publicity import publicity
from crmsim.crm.record import FIELD_LABELS, Record
from crmsim.crm.report import Figure, Report, Row
from crmsim.engine.words import N_, Words, _

TEAM = ("director", "instructor", "sales", "service")


def files(view: Any) -> list[Any]:
    """The customers' files whose fields this seat may read."""
    return [each for each in view.all(Record) if "status" not in each.hidden]


def _field(name: str, section: str) -> Callable[[Any], Iterator[Row]]:
    """Counts the files by a field whose words stand in a dictionary or a section of the scenario."""

    def rows(view: Any) -> Iterator[Row]:
        scenario = view.scenario
        known = scenario.dictionaries[section] if section in scenario.dictionaries else getattr(scenario, section, ())
        return by_word((getattr(each, name) for each in files(view)), known, section)

    return rows


def _trend(view: Any) -> Iterator[Row]:
    entered = [each.first_contact for each in files(view)]
    for label, start, end in periods(view):
        yield Row(label, (sum(start <= each < end for each in entered),))


@dataclass
class Medium:
    """What the publicity in one medium (or at fairs) cost and brought so far; money in fen."""

    cost: int = 0
    sales: int = 0
    leads: int = 0

    @property
    def cost_per_lead(self) -> int | None:
        """Fen for one lead; None while there is none."""
        return self.cost // self.leads if self.leads else None


def media(view: Any) -> dict[str, Medium]:
    """Each source of publicity with what it cost and brought."""
    found: dict[str, Medium] = {}
    for each in publicity(view):
        one = found.setdefault(each.source, Medium())
        one.cost, one.sales, one.leads = one.cost + each.cost, one.sales + each.sales, one.leads + each.leads
    return found


def _media(view: Any) -> Iterator[Row]:
    for source, each in media(view).items():
        yield Row(_medium(view, source), (each.cost, each.sales))


def _leads(view: Any) -> Iterator[Row]:
    for source, each in media(view).items():
        yield Row(_medium(view, source), (each.leads,))


def _medium(view: Any, id: str) -> Words:
    named = next((each.name for each in view.scenario.media if each.id == id), None)
    return word(view.scenario, "sources", id) if named is None else named


def _calendar(view: Any) -> Iterator[Row]:
    for each in (*view.all(Advert), *view.all(Promotion)):
        words = _medium(view, each.medium) if hasattr(each, "medium") else each.title
        yield Row(words, (each.start, each.end))


def _gaps(view: Any) -> Iterator[Row]:
    found = files(view)
    for name in FIELDS:
        missing = sum(not getattr(each, name) for each in found)
        yield Row(_(FIELD_LABELS[name]), (share(missing, len(found)),))


def _load(view: Any) -> Iterator[Row]:
    owners = [each.owner for each in files(view)]
    for seat, name in people(view, "sales"):
        yield Row(name, (owners.count(seat),))
    if "" in owners:
        yield Row(_("in the pool"), (owners.count(""),))


def _count(fits: Callable[[Any], bool]) -> Callable[[Any], int | None]:
    return lambda view: sum(1 for each in files(view) if fits(each))


def won_share(view: Any) -> int | None:
    """Of the customers on file, the share that bought; ppm."""
    found = files(view)
    return share(sum(each.status == "won" for each in found), len(found))


def return_on_spend(view: Any) -> int | None:
    """What publicity earned beyond its cost, over its cost; ppm."""
    found: Iterable[Any] = publicity(view)
    cost, margin = sum(each.cost for each in found), sum(each.margin for each in found)
    return (margin - cost) * PPM // cost if cost else None


FIGURES = (
    Figure("files", N_("Customers on file"), N_("Files of customers that the reader may see."),
           _count(lambda row: True)),
    Figure("leads", N_("Lead customers"), N_("Files whose status is lead."), _count(lambda row: row.status == "lead")),
    Figure("prospects", N_("Prospects"), N_("Files whose status is prospect."),
           _count(lambda row: row.status == "prospect")),
    Figure("won", N_("Won customers"), N_("Files whose status is won."), _count(lambda row: row.status == "won")),
    Figure("lost", N_("Lost customers"), N_("Files whose status is lost."), _count(lambda row: row.status == "lost")),
    Figure("won-share", N_("Share won"), N_("Won customers over all customers on file."), won_share, "percent"),
)  # fmt: skip
QUALITY = (
    Figure("missing", N_("Missing values"), N_("Empty fields over all fields that a customer's file should have."),
           lambda view: missing_share(files(view)), "percent"),
    Figure("timely", N_("Entered in time"),
           N_("Files entered within the company's limit from the first contact, over the files written from a talk."),
           lambda view: in_time_share(of_talks(files(view)), view.scenario.office.record_minutes), "percent"),
)  # fmt: skip
SPEND = (
    Figure("return-on-spend", N_("Return on spend"),
           N_("The margin of the orders that adverts and booths brought less what they cost, over what they cost."),
           return_on_spend, "percent"),
)  # fmt: skip

REPORTS = (
    Report("report-overview", N_("Overview"), N_("New customers by the day of their first contact, over the files."),
           "line", N_("Day"), (N_("New customers"),), _trend, roles=TEAM, figures=FIGURES),
    Report("report-source", N_("Customer source"), N_("Customers on file, counted by how they came to the company."),
           "pie", N_("Source"), (N_("Customers"),), _field("source", "sources")),
    Report("report-status", N_("Customer status"), N_("Customers on file, counted by how near they are to buying."),
           "bar", N_("Status"), (N_("Customers"),), _field("status", "statuses"), roles=TEAM),
    Report("report-type", N_("Customer type"), N_("Customers on file, counted by their type."),
           "pie", N_("Type"), (N_("Customers"),), _field("type", "types")),
    Report("report-region", N_("Customer region"), N_("Customers on file, counted by their region."),
           "bar", N_("Region"), (N_("Customers"),), _field("region", "regions")),
    Report("report-media", N_("Media: leads"),
           N_("Customers who made contact, counted by the medium whose advert or booth brought them."),
           "hbar", N_("Medium"), (N_("Leads"),), _leads),
    Report("report-media-sales", N_("Media: spend and sales"),
           N_("What each medium cost and the contracts signed by the customers whom it brought."),
           "hbar", N_("Medium"), (N_("Cost"), N_("Sales")), _media, "money", figures=SPEND),
    Report("report-campaigns", N_("Campaign calendar"), N_("Each advert and activity from its first to its last day."),
           "timeline", N_("Campaign"), (N_("First day"), N_("Last day")), _calendar, "day"),
    Report("report-owners", N_("Customers by owner"), N_("Customers on file, counted by the salesperson in charge."),
           "hbar", N_("Owner"), (N_("Customers"),), _load),
    Report("report-quality", N_("Data quality"),
           N_("For each field, the share of customers' files that leave it empty."),
           "hbar", N_("Field"), (N_("Missing"),), _gaps, "percent", roles=TEAM, figures=QUALITY),
)  # fmt: skip
