"""Market research: a study is commissioned, takes days, and answers with a sampling error (DIR-16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from crmsim.crm.books import spend
from crmsim.crm.company import COMPANY, DIRECTOR, Company, CompanyView
from crmsim.crm.facts import ResearchCommissioned, ResearchDelivered
from crmsim.crm.plan import Study
from crmsim.crm.research import answer
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Choice, Filled, Option, Pick
from crmsim.engine.words import N_, Words, _

RESEARCH_MENU = N_("Publicity/Market research")


def _subjects(view: Any, filled: Filled) -> list[Option]:
    found = [("segment", N_("a segment")), ("medium", N_("a medium")), ("rivals", N_("a rival"))]
    return [
        Option(id, _("{subject:label}", subject=label)) for id, label in found if getattr(view.scenario, SECTION[id])
    ]


SECTION = {"segment": "segments", "medium": "media", "rivals": "rivals"}


def _abouts(view: Any, filled: Filled) -> list[Option]:
    section = SECTION.get(filled.get("subject", ""), "segments")
    return [Option(each.id, each.name) for each in getattr(view.scenario, section)]


class CommissionResearch(Action, frozen=True, kw_only=True):
    """Commission a market study of a segment, a medium or a rival: it costs money and days, and answers with a
    sampling error."""

    roles = (DIRECTOR,)
    minutes = 15
    label = N_("Commission a study")
    menu = RESEARCH_MENU
    tool = "research"
    confirm = True
    subject: Annotated[str, Choice(N_("Subject"), words=_subjects)]
    about: Annotated[str, Choice(N_("About"), words=_abouts)]

    def spends(self, view: Any) -> int:
        """The fee."""
        return int(view.scenario.planning.research_cost)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """No money, or the same study is under way."""
        cost = self.spends(view)
        if view.balance("cash") < cost:
            return _("A study costs {cost:money}; the company has {cash:money}.", cost=cost, cash=view.balance("cash"))
        for each in view.all(Study):
            if (each.subject, each.about, each.status) == (self.subject, self.about, "running"):
                return _("This study is under way.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It is paid; the answers come some days later."""
        part = world.scenario.planning
        due = world.calendar.working_days_after(turn.minute, part.research_days)
        study = world.add(
            Study(
                world.new_id(Study), subject=self.subject, about=self.about, cost=part.research_cost,
                commissioned=turn.minute, due=due, asked=part.research_sample,
            )
        )  # fmt: skip
        spend(world, f"study {study.id}", part.research_cost, "advertising")
        world.due(due, DeliverStudy(study=study.id))
        world.record(ResearchCommissioned(study=study.id, subject=self.subject, cost=study.cost))


class DeliverStudy(Action, frozen=True):
    """The answers of a study are in."""

    roles = (COMPANY,)
    minutes = 0
    study: Annotated[str, Pick(N_("Study"), entity=Study, where=lambda row, view, filled: row.status == "running")]

    def apply(self, world: Company, turn: Turn) -> None:
        """The director reads estimates, not the truth."""
        study = world.get(Study, self.study)
        study.found, study.status = answer(world, study), "delivered"
        world.record(ResearchDelivered(study=study.id, subject=study.subject))


class Figure:
    """One figure of a delivered study, as a row."""

    def __init__(self, study: Any, number: int) -> None:
        self.id, self.study = f"{study.id}-{number + 1}", study
        self.estimate = study.found[number] if study.found else None


def _figures(view: Any) -> Iterator[Figure]:
    for study in view.all(Study):
        for number in range(max(1, len(study.found))):
            yield Figure(study, number)


def _about_what(row: Figure, view: Any) -> Words:
    names = {each.id: each.name for each in getattr(view.scenario, SECTION[row.study.subject])}
    found: Words = names.get(row.study.about, row.study.about)
    return found


RESEARCH = Table(
    "research", N_("Market research"), RESEARCH_MENU, (DIRECTOR,),
    rows=_figures,
    columns=(
        Column(N_("Study"), lambda row, view: row.study.id),
        Column(N_("About"), _about_what),
        Column(N_("Figure"), lambda row, view: row.estimate.what if row.estimate else _("under way")),
        Column(N_("Estimate"), lambda row, view: row.estimate.share if row.estimate else None, "percent"),
        Column(N_("Give or take"), lambda row, view: row.estimate.error if row.estimate else None, "percent"),
        Column(N_("People asked"), lambda row, view: row.study.asked),
        Column(N_("Expected"), lambda row, view: row.study.due, "day"),
    ),
    actions=((CommissionResearch, ""),),
    empty=N_("No market study was commissioned yet."),
    tool="research",
)  # fmt: skip

actions: tuple[type[Action], ...] = (CommissionResearch, DeliverStudy)
tables: tuple[Table, ...] = (RESEARCH,)
