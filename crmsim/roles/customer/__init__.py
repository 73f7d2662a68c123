"""The customer: the engine's or a person's, by the same actions."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.roles.customer.care import ExplainSymptom, ReopenRequest, RequestService
from crmsim.roles.customer.contact import (
    CompleteProfile,
    FindGoods,
    MakeContact,
    ReadPlatform,
    Recommend,
    VisitFair,
)
from crmsim.roles.customer.desk import tables
from crmsim.roles.customer.orders import AcceptContract, CancelOrder, DeclineContract, Pay, RefuseGoods, SignForGoods
from crmsim.roles.customer.saying import AnswerSurvey, GiveFeedback, RequestReturn

actions: tuple[type[Action], ...] = (
    CompleteProfile, ReadPlatform, FindGoods, VisitFair, MakeContact, AcceptContract, DeclineContract, CancelOrder,
    SignForGoods, RefuseGoods, Pay, RequestService, ExplainSymptom, ReopenRequest, GiveFeedback, RequestReturn,
    AnswerSurvey, Recommend,
)  # fmt: skip

__all__ = [
    "AcceptContract", "AnswerSurvey", "CancelOrder", "CompleteProfile", "DeclineContract", "ExplainSymptom",
    "FindGoods", "GiveFeedback", "MakeContact", "Pay", "ReadPlatform", "Recommend", "RefuseGoods",
    "ReopenRequest", "RequestReturn", "RequestService", "SignForGoods", "VisitFair", "actions", "tables",
]  # fmt: skip
