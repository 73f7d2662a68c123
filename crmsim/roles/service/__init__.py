"""Service: requests, returns and surveys."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.roles.service.cases import AnswerRequest, AskSymptom, Diagnose, EscalateRequest, Resolve
from crmsim.roles.service.desk import FEEDBACK, REQUESTS, RETURNS, SURVEYS
from crmsim.roles.service.papers import EndorseReturn, IssueSurvey, ReadSurvey, RefuseReturn

actions: tuple[type[Action], ...] = (
    AnswerRequest, AskSymptom, Diagnose, Resolve, EscalateRequest, EndorseReturn, RefuseReturn, IssueSurvey, ReadSurvey,
)  # fmt: skip
tables: tuple[Table, ...] = (REQUESTS, RETURNS, SURVEYS, FEEDBACK)

__all__ = [
    "AnswerRequest", "AskSymptom", "Diagnose", "EndorseReturn", "EscalateRequest", "IssueSurvey", "ReadSurvey",
    "RefuseReturn", "Resolve", "actions", "tables",
]  # fmt: skip
