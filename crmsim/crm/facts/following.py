"""Facts: tasks, follow-ups, classes, care."""

from __future__ import annotations

from crmsim.engine.facts import Fact
from crmsim.engine.words import N_


class FollowUpRecorded(Fact):
    tells = ("@owner",)
    summary = "{seat} wrote down a follow-up of {record}."
    followup: str
    record: str
    customer: str
    seat: str
    owner: str = ""


class TaskCreated(Fact):
    tells = ("@owner",)
    summary = "Task “{task}” for {owner} about {record}."
    task: str
    owner: str
    record: str = ""
    rule: str = ""

    def wording(self) -> str:
        """Not every task is about a customer."""
        return self.summary if self.record else N_("Task “{task}” for {owner}.")


class TaskReminded(Fact):
    """A task falls due tomorrow."""

    tells = ("@owner",)
    summary = "Task “{task}” falls due soon."
    task: str
    owner: str


class TaskDone(Fact):
    tells = ()
    summary = "Task “{task}” is done."
    task: str
    owner: str
    record: str = ""
    rule: str = ""
    late: bool = False


class TaskOverdue(Fact):
    tells = ("@owner", "director")
    summary = "Task “{task}” of {owner} is overdue."
    task: str
    owner: str
    record: str = ""
    rule: str = ""


class TaskChangeAsked(Fact):
    tells = ("director",)
    summary = "{owner} asks to change task “{task}”."
    task: str
    owner: str


class TaskChanged(Fact):
    tells = ("@owner", "@before", "@asked")
    summary = "Task “{task}” of {owner} has another day or owner."
    task: str
    owner: str
    before: str
    asked: str


class TaskChangeRefused(Fact):
    tells = ("@asked",)
    summary = "Task “{task}” stays as it was."
    task: str
    asked: str


class FocusFlagged(Fact):
    """A customer did not answer by the agreed time: it needs special attention."""

    tells = ("@owner", "director")
    summary = "{record} did not answer by the agreed time."
    record: str
    owner: str


class CustomerLabelled(Fact):
    tells = ("@owner",)
    summary = "{record} was labelled: {label:label}."
    record: str
    label: str
    owner: str = ""


class CustomerReclassified(Fact):
    tells = ("@owner", "director")
    summary = "{record} is now in class {new}."
    record: str
    owner: str
    old: str
    new: str


class PartnerNamed(Fact):
    tells = ("@owner", "@customer")
    summary = "{record} is now a strategic partner."
    record: str
    customer: str
    owner: str


class CustomerNeglected(Fact):
    """A partner, or a customer of class A or B, heard nothing for so long that it felt it. Who has a care plan is told
    by its overdue task."""

    summary = "{record} heard nothing from the company for too long."
    record: str
    customer: str
    worth: str


class RenewalOffered(Fact):
    tells = ("@customer",)
    summary = "{seat} offered {record} to renew its contract."
    record: str
    customer: str
    seat: str


class ContractRenewed(Fact):
    tells = ("@owner",)
    summary = "{record} renewed its contract."
    record: str
    customer: str
    owner: str


class ContractLapsed(Fact):
    tells = ("@owner", "director")
    summary = "The contract of {record} has run out."
    record: str
    customer: str
    owner: str
    asked: bool


class CareGiven(Fact):
    tells = ("@customer",)
    summary = "{seat} sent {record} a {kind:label}."
    care: str
    record: str
    customer: str
    seat: str
    kind: str
    cost: int = 0


class CrossOffered(Fact):
    """A customer was shown what fits what it bought."""

    tells = ("@customer",)
    summary = "{seat} proposed {product} to {record}."
    record: str
    customer: str
    seat: str
    product: str


class ReferralOpened(Fact):
    tells = ("sales", "service")
    summary = "Whoever brings a customer gets {reward:money}."
    programme: str
    reward: int


class ReferralClosed(Fact):
    tells = ("sales", "service")
    summary = "Referral programme {programme} is over."
    programme: str


class RewardPaid(Fact):
    tells = ("director", "@customer")
    summary = "{customer} was rewarded with {amount:money} for recommending {other}."
    programme: str
    customer: str
    other: str
    amount: int
