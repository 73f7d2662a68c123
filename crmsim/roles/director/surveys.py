"""The director's surveys: designed, and given to a service agent (DIR-11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, SERVICE, Company, CompanyView, Staff
from crmsim.crm.facts import SurveyAssigned, SurveyDesigned
from crmsim.crm.survey import Questionnaire, Survey
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Option, Pick, Text
from crmsim.engine.words import N_, Words, _

MENU = N_("Service management/Surveys")
MOST_QUESTIONS, LONGEST_QUESTION = 10, 120


def _templates(view: Any, filled: Any) -> Iterable[Option]:
    return [Option(each.id, each.name) for each in view.scenario.surveys]


def asked(text: str) -> tuple[str, ...]:
    """The questions of a typed text, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class DesignSurvey(Action, frozen=True):
    """Design a survey from a template, or from questions of your own, one a line."""

    roles = (DIRECTOR,)
    minutes = 20
    label = N_("Design a survey")
    menu = MENU
    teach = N_("Few answer a long survey; those who answer are kinder than the silent.")
    template: Annotated[str, Choice(N_("Template"), words=_templates, walk=False, optional=True)] = ""
    name: Annotated[str, Text(N_("Name"), most=60)] = ""
    questions: Annotated[str, Text(N_("Questions, one a line"), most=1300, long=True)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """There must be something to ask, and not too much of it."""
        own = asked(self.questions)
        if not self.template and not own:
            return _("Choose a template or write questions.")
        if not self.template and not self.name.strip():
            return _("Give the survey a name.")
        if len(own) > MOST_QUESTIONS:
            return _("At most {most} questions; nobody answers more.", most=MOST_QUESTIONS)
        if any(len(each) > LONGEST_QUESTION for each in own):
            return _("A question has at most {most} characters.", most=LONGEST_QUESTION)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It can be assigned."""
        own, found = asked(self.questions), None
        if self.template:
            found = world.scenario.find("surveys", self.template)
        survey = world.add(
            Survey(
                world.new_id(Survey),
                name=self.name or (found.name if found else ""),
                questions=own or (found.questions if found else ()),
                scale=found.scale if found else 5,
                designed=turn.minute,
            )
        )
        world.record(SurveyDesigned(survey=survey.id))


class AssignSurvey(Action, frozen=True):
    """Give a survey to a named service agent, who issues it and reads its answers."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Assign a survey")
    menu = MENU
    survey: Annotated[
        str,
        Pick(
            N_("Survey"),
            entity=Survey,
            where=lambda row, view, filled: row.status in {"designed", "assigned"},
            nothing=_("No survey waits to be assigned; design one."),
        ),
    ]
    agent: Annotated[
        str,
        Pick(
            N_("Agent"),
            entity=Staff,
            where=lambda row, view, filled: row.active and SERVICE in row.roles,
            show=lambda row: row.name or row.id,
            nothing=_("The company has no service agent."),
        ),
    ]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The agent has it already."""
        survey = view.get(Survey, self.survey)
        return _("The agent has it already.") if survey is not None and survey.agent == self.agent else None

    def apply(self, world: Company, turn: Turn) -> None:
        """The agent is told."""
        survey = world.get(Survey, self.survey)
        survey.agent, survey.status = self.agent, "assigned"
        world.record(SurveyAssigned(survey=survey.id, agent=self.agent))


def _waits(survey: Any, view: Any) -> Waiting | None:
    if survey.status != "designed":
        return None
    why = _("The survey is designed and nobody issues it.")
    return Waiting(survey.title, survey.designed, 0, why, AssignSurvey, {"survey": survey.id})


def _answers(row: Any, view: Any) -> Words:
    sheets = [each for each in view.all(Questionnaire) if each.survey == row.id]
    return _("{answered} of {sent}", answered=sum(1 for each in sheets if each.answered >= 0), sent=len(sheets))


SURVEYS = Table(
    "director-surveys", N_("Surveys"), MENU, (DIRECTOR,),
    rows=lambda view: view.all(Survey),
    columns=(
        Column(N_("Name"), lambda row, view: row.name),
        Column(N_("Questions"), lambda row, view: len(row.questions)),
        Column(N_("Agent"), lambda row, view: row.agent, "name"),
        Column(N_("Answers"), _answers),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
    ),
    actions=((DesignSurvey, ""), (AssignSurvey, "survey")),
    waits=_waits,
    empty=N_("No survey yet: design one and assign it to a service agent."),
)  # fmt: skip

STATUS_WORDS = (N_("designed"), N_("assigned"), N_("issued"), N_("read"))

actions: tuple[type[Action], ...] = (DesignSurvey, AssignSurvey)
tables: tuple[Table, ...] = (SURVEYS,)
