"""An opportunity's file: opened from a customer's record, moved from stage to stage, corrected (OPP-1, OPP-2)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import SALES, Company, CompanyView
from crmsim.crm.facts import OpportunityOpened, OpportunityRevised, StageMoved
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.pipeline import (
    LEVELS,
    TOOL,
    budget_match,
    chance,
    deal_from,
    deal_of,
    evident_stage,
    stages,
    urgency_of,
)
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.fields import Choice, Date, Filled, Money, Option, Percent, Pick, Several, Text, Whole, Yes
from crmsim.engine.words import DAY, N_, _
from crmsim.roles.everyone.entries import words_of

MENU = N_("Sales management/Opportunities")
UNSET = -1


def is_promising(record: Any, view: Any) -> bool:
    """Whether a customer of this seat may become an opportunity: none of its opportunities is open."""
    if record.owner != view.seat.id or record.status == "lost":
        return False
    return not any(each.record == record.id and each.is_open for each in view.all(Opportunity))


def my_open(row: Any, view: Any, filled: Filled) -> bool:
    """Whether an opportunity is this seat's and open."""
    return bool(row.owner == view.seat.id and row.is_open)


MyOpen = Annotated[
    str, Pick(N_("Opportunity"), entity=Opportunity, where=my_open, nothing=_("You have no open opportunity."))
]


def _record(view: Any, filled: Filled) -> Any:
    return view.get(Record, filled.get("record", ""))


def _first_product(view: Any) -> str:
    return next((each.id for each in view.all(Product) if not each.withdrawn), "")


def _products(view: Any, filled: Filled) -> list[Option]:
    on_sale = [each for each in view.all(Product) if not each.withdrawn]
    record = _record(view, filled)
    need = record.need if record is not None else ""
    return [Option(each.id, each.name) for each in sorted(on_sale, key=lambda each: each.id != need)]


def _quantity(view: Any, filled: Filled) -> int:
    record = _record(view, filled)
    return record.quantity or 1 if record is not None else 1


def _amount(view: Any, filled: Filled) -> int:
    product = view.get(Product, filled.get("product", "") or _first_product(view))
    return 0 if product is None else int(product.price * (filled.get("quantity") or _quantity(view, filled)))


def _close(view: Any, filled: Filled) -> int:
    record = _record(view, filled)
    if record is not None and record.deadline >= view.minute // DAY * DAY:
        return int(record.deadline)
    return int(view.calendar.working_days_after(view.minute, view.scenario.pipeline.close_days))


def _open_stages(view: Any, filled: Filled) -> list[Option]:
    open_ones = stages(view.scenario)
    return [Option(each.id, each.name) for each in view.scenario.dictionaries.get("stages", ()) if each.id in open_ones]


def _other_stages(view: Any, filled: Filled) -> list[Option]:
    row = view.get(Opportunity, filled.get("opportunity", ""))
    return [each for each in _open_stages(view, filled) if row is None or each.value != row.stage]


def _rivals(view: Any, filled: Filled) -> list[Option]:
    return [Option(each.id, each.name) for each in view.scenario.rivals]


Name = Annotated[str, Text(N_("Name"), most=60)]
Competitors = Annotated[tuple[str, ...], Several(N_("Competitors"), words=_rivals)]
Match = Annotated[str, Choice(N_("Budget match"), words=LEVELS, walk=False, optional=True)]
Urgency = Annotated[str, Choice(N_("Urgency"), words=LEVELS, walk=False, optional=True)]
Chain = Annotated[str, Choice(N_("Decision chain"), words=words_of("decisions"), walk=False, optional=True)]


class OpenOpportunity(Action, frozen=True, kw_only=True):
    """Open an opportunity for one of your customers: what may be bought, for how much, and when it is decided."""

    roles = (SALES,)
    minutes = 6
    label = N_("Open an opportunity")
    menu = MENU
    tool = TOOL
    teach = N_("An opportunity keeps the date of the decision: it reminds you of the next step in time.")
    record: Annotated[
        str,
        Pick(
            N_("Customer"),
            entity=Record,
            where=lambda row, view, filled: is_promising(row, view),
            nothing=_("Every customer of yours who is not lost has an open opportunity."),
        ),
    ]
    product: Annotated[str, Choice(N_("Product"), words=_products, walk=False)]
    quantity: Annotated[int, Whole(N_("Quantity"), low=1, high=100_000, start=_quantity)]
    amount: Annotated[int, Money(N_("Amount"), low=1, start=_amount)]
    close: Annotated[int, Date(N_("Close date"), start=_close)]
    stage: Annotated[str, Choice(N_("Stage"), words=_open_stages, walk=False)]
    name: Name = ""
    competitors: Competitors = ()
    match: Match = ""
    urgency: Urgency = ""
    chain: Chain = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """It is in the funnel; what was left empty comes from the record."""
        record = world.get(Record, self.record)
        rivals = [each.id for each in world.scenario.rivals if record.rival in (each.id, str(each.name))]
        opportunity = world.add(
            Opportunity(
                world.new_id(Opportunity), name=self.name or str(record.title), customer=record.customer,
                record=record.id, owner=turn.seat, talk=record.talk, product=self.product, quantity=self.quantity,
                amount=self.amount, close=self.close, stage=self.stage, entered=turn.minute, opened=turn.minute,
                competitors=self.competitors or tuple(rivals),
                match=self.match or budget_match(record.budget, self.amount),
                urgency=self.urgency or urgency_of(self.close, turn.minute), chain=self.chain or record.decision,
            )
        )  # fmt: skip
        world.record(
            OpportunityOpened(
                opportunity=opportunity.id, owner=turn.seat, customer=opportunity.customer, stage=self.stage,
                amount=self.amount, chance=shown_chance(world, opportunity.id),
            )
        )  # fmt: skip


class MoveStage(Action, frozen=True, kw_only=True):
    """Move an opportunity to another stage; how long it stayed in the last one is kept."""

    roles = (SALES,)
    minutes = 2
    label = N_("Move the stage")
    menu = MENU
    tool = TOOL
    opportunity: MyOpen
    stage: Annotated[str, Choice(N_("Stage"), words=_other_stages)]

    def apply(self, world: Company, turn: Turn) -> None:
        """It stands in the new stage from now on."""
        each = world.get(Opportunity, self.opportunity)
        before, stayed = each.stage, world.calendar.between(each.entered, turn.minute)
        enter(each, self.stage, turn.minute)
        world.record(
            StageMoved(
                opportunity=each.id, owner=each.owner, customer=each.customer, before=before, after=self.stage,
                dwell=stayed, chance=shown_chance(world, each.id),
            )
        )  # fmt: skip


class ReviseOpportunity(Action, frozen=True, kw_only=True):
    """Correct an opportunity's file, or set its chance by hand, which freezes the automatic one; what is left
    empty stays."""

    roles = (SALES,)
    minutes = 3
    label = N_("Revise the opportunity")
    menu = MENU
    tool = TOOL
    opportunity: MyOpen
    amount: Annotated[int, Money(N_("Amount"), low=UNSET)] = UNSET
    close: Annotated[int, Date(N_("Close date"))] = 0
    competitors: Competitors = ()
    match: Match = ""
    urgency: Urgency = ""
    chain: Chain = ""
    manual: Annotated[int, Percent(N_("Chance set by hand"), N_("Leave empty to let the file speak."), low=UNSET)] = (
        UNSET
    )
    thaw: Annotated[bool, Yes(N_("Let the file speak again"))] = False

    def changes(self, row: Any) -> dict[str, Any]:
        """What would be different afterwards."""
        asked = {"amount": self.amount, "close": self.close, "competitors": self.competitors, "match": self.match,
                 "urgency": self.urgency, "chain": self.chain, "manual": self.manual}  # fmt: skip
        given = {
            name: value for name, value in asked.items() if value not in ("", (), UNSET) and (name != "close" or value)
        }
        if self.thaw:
            given["manual"] = UNSET
        return {name: value for name, value in given.items() if getattr(row, name) != value}

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nothing to change."""
        row = view.get(Opportunity, self.opportunity)
        return None if row is not None and self.changes(row) else _("Nothing would change.")

    def apply(self, world: Company, turn: Turn) -> None:
        """The file says so from now on; a budget match that nobody set follows the amount."""
        each = world.get(Opportunity, self.opportunity)
        changed = self.changes(each)
        for name, value in changed.items():
            setattr(each, name, value)
        if "amount" in changed and not self.match:
            each.match = budget_match(world.get(Record, each.record).budget, each.amount)
        world.record(OpportunityRevised(opportunity=each.id, owner=each.owner))


def enter(each: Opportunity, stage: str, minute: int) -> None:
    """Leave the present stage and enter another."""
    each.steps = (*each.steps, (each.stage, each.entered, minute))
    each.stage, each.entered = stage, minute


def shown_chance(world: Company, opportunity: str) -> int:
    """The chance of winning as it shows now, ppm."""
    deal = deal_of(world, opportunity)
    return 0 if deal is None else chance(deal, world)


def stage_to_open_in(view: Any, record: Any) -> str:
    """The stage that a new opportunity would stand in, by what is on file."""
    known = stages(view.scenario)
    if not known:
        return ""
    started = Opportunity("", record=record.id, owner=view.seat.id, stage=known[0], opened=view.minute)
    return evident_stage(deal_from(view, started), view.scenario)
