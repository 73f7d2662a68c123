"""Talk scripts and e-mail templates: the scenario's, the company's and one's own (TALK-4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from crmsim.crm.company import SERVICE, Company, CompanyView
from crmsim.crm.facts import TemplateSaved
from crmsim.crm.knowledge import TEMPLATES as TOOL
from crmsim.crm.knowledge import Template
from crmsim.crm.moves import SLOT, own_words
from crmsim.crm.product import Product
from crmsim.crm.saying import slots
from crmsim.crm.service import ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Judgement, Refusal, Turn, refusal
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Choice, Option, Pick, Text, Yes
from crmsim.engine.words import N_, Bilingual, Words, _, render
from crmsim.roles.service.cases import AnswerRequest, mine
from crmsim.roles.talking import TALKERS, Amount, Speak, WaitingTalk

MENU = N_("Words/Templates")
PPM = 1_000_000
SLOTS = ("product", "amount", "total", "company", "name", "staff", "quantity", "days")  # what a template may leave open


def _moves(view: Any, filled: Any) -> Iterator[Option]:
    return (Option(each.id, each.name) for each in view.scenario.moves)


def _wrong_slots(text: str) -> Refusal | None:
    """Braces that do not match, or name what no talk knows."""
    unknown = [each for each in SLOT.findall(text) if each not in SLOTS]
    if unknown:
        return _("{slot} is nothing that can be filled in; known: {known}", slot=unknown[0], known=", ".join(SLOTS))
    return _("The braces do not match.") if set("{}") & set(SLOT.sub("", text)) else None


class SaveTemplate(Action, frozen=True, kw_only=True):
    """Keep words to use them again: for a move of a talk, or for answers to requests."""

    roles = TALKERS
    minutes = 10
    label = N_("Save a template")
    menu = MENU
    tool = TOOL
    teach = N_("A letter from a template takes little more than half of the time.")
    name: Annotated[str, Text(N_("Name"), least=1, most=60, example=N_("Thanks"))]
    kind: Annotated[
        str, Choice(N_("Kind"), words=(("talk", N_("talk script")), ("mail", N_("e-mail template"))), walk=False)
    ]
    text: Annotated[str, Text(N_("Text"), least=2, most=500, long=True, example=N_("Thank you for writing to us."))]
    move: Annotated[str, Choice(N_("Move"), words=_moves, walk=False, optional=True)] = ""
    shared: Annotated[bool, Yes(N_("For colleagues, too"))] = True

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A talk script belongs to a move; open places must be such that a talk can fill."""
        if self.kind == "talk" and not self.move:
            return _("Say for which move.")
        if not self.move and "{" in self.text:
            return _("Only words for a talk are filled in.")
        return _wrong_slots(self.text)

    def apply(self, world: Company, turn: Turn) -> None:
        """It can be used from now on."""
        template = Template(
            world.new_id(Template), name=self.name, kind=self.kind, move=self.move, text=self.text, by=turn.seat,
            shared=self.shared,
        )  # fmt: skip
        world.add(template)
        world.record(TemplateSaved(template=template.id, seat=turn.seat))


def _own(view: Any, filled: Any) -> Iterator[Option]:
    return (Option(each.id, each.title) for each in view.all(Template) if each.by == view.seat.id)


Own = Annotated[str, Choice(N_("Template"), words=_own, walk=False, nothing=_("You have no template of your own."))]


class ChangeTemplate(Action, frozen=True, kw_only=True):
    """Change the words of a template of your own."""

    roles = TALKERS
    minutes = 5
    label = N_("Change a template")
    menu = MENU
    tool = TOOL
    template: Own
    text: Annotated[str, Text(N_("Text"), least=2, most=500, long=True)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nothing would change, or open places that cannot be filled."""
        template = view.get(Template, self.template)
        if template is None or template.text == self.text:
            return _("Nothing would change.")
        if not template.move and "{" in self.text:
            return _("Only words for a talk are filled in.")
        return _wrong_slots(self.text)

    def apply(self, world: Company, turn: Turn) -> None:
        """It reads so from now on."""
        world.get(Template, self.template).text = self.text


class DeleteTemplate(Action, frozen=True, kw_only=True):
    """Delete a template of your own."""

    roles = TALKERS
    minutes = 1
    label = N_("Delete a template")
    menu = MENU
    tool = TOOL
    template: Own

    def apply(self, world: Company, turn: Turn) -> None:
        """It is gone."""
        world.remove(world.get(Template, self.template))


def _live(seen: Any, talk: Any) -> bool:
    return any(each.id == talk.channel and each.live for each in seen.scenario.channels)


def _scripts(view: Any, filled: Any) -> Iterator[Option]:
    talk = view.get(Talk, filled.get("talk", ""))
    for each in view.all(Template):
        if each.move and (talk is None or each.kind == ("talk" if _live(view, talk) else "mail")):
            yield Option(each.id, each.title)


def _products(view: Any, filled: Any) -> Iterator[Option]:
    return (Option(each.id, each.name) for each in view.all(Product) if not each.withdrawn)


class SpeakByTemplate(Action, frozen=True, kw_only=True):
    """Say something in the words of a template; a letter takes less time so."""

    roles = TALKERS
    minutes = 12
    label = N_("Speak from a template")
    menu = N_("Customer management/Talks")
    tool = TOOL
    talk: WaitingTalk
    template: Annotated[str, Choice(N_("Template"), words=_scripts, nothing=_("There is no template for this."))]
    product: Annotated[str, Choice(N_("Product"), words=_products, walk=False, optional=True)] = ""
    amount: Annotated[int, Amount(N_("Amount"))] = 0

    def move_of(self, seen: Any) -> Speak:
        """The move that it makes."""
        template = seen.get(Template, self.template)
        return Speak(talk=self.talk, move=template.move, product=self.product, amount=self.amount)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Whatever the move itself is refused for."""
        return refusal(self.move_of(view), view, mind_the_clock=False)

    def cost(self, world: Any) -> int:
        """The minutes of the move; of a letter a part."""
        talk, minutes = world.find(Talk, self.talk), self.move_of(world).cost(world)
        if talk is None or _live(world, talk):
            return minutes
        return max(1, minutes * int(world.scenario.knowledge.template_share) // PPM)

    def apply(self, world: Company, turn: Turn) -> None:
        """The move is made, in the template's words."""
        self.move_of(world).apply(world, turn)
        talk, template = world.get(Talk, self.talk), world.get(Template, self.template)
        template.used += 1
        said = talk.says[-1]
        text = template.text
        pattern = text if isinstance(text, Bilingual) else Bilingual(str(text), str(text))
        more = slots(world, talk, said.move, said.product, said.amount)
        words = own_words(world, talk, pattern, more)
        talk.says = (*talk.says[:-1], msgspec.structs.replace(said, words=words))


def _answers(view: Any, filled: Any) -> Iterator[Option]:
    return (Option(each.id, each.title) for each in view.all(Template) if not each.move)


class AnswerByTemplate(Action, frozen=True, kw_only=True):
    """Answer a service request for the first time in the words of a template: quicker than writing."""

    roles = (SERVICE,)
    minutes = 9
    label = N_("Answer from a template")
    menu = N_("Service/Service requests")
    tool = TOOL
    request: Annotated[
        str,
        Pick(N_("Request"), entity=ServiceRequest, where=mine("open"), nothing=_("No request waits for an answer.")),
    ]
    template: Annotated[str, Choice(N_("Template"), words=_answers, nothing=_("There is no template for this."))]

    @property
    def written(self) -> AnswerRequest:
        """The same answer, written by hand."""
        return AnswerRequest(request=self.request, text="-")

    def cost(self, world: Any) -> int:
        """A part of what writing takes."""
        written = self.written.cost(world)
        return max(1, written * int(world.scenario.knowledge.template_share) // PPM)

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer hears it; the request is this agent's."""
        template = world.get(Template, self.template)
        template.used += 1
        self.written.apply(world, turn)
        request = world.get(ServiceRequest, self.request)
        minute, seat, _text = request.log[-1]
        request.log = (*request.log[:-1], (minute, seat, template.text))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """As any first answer."""
        return self.written.judge(world, turn)


def _kind(row: Any, view: Any) -> Words:
    return _("talk script") if row.kind == "talk" else _("e-mail template")


def _move(row: Any, view: Any) -> Words:
    found: Words = next((each.name for each in view.scenario.moves if each.id == row.move), row.move)
    return found or _("Answer to a request")


def _readable(row: Any, view: Any) -> Words:
    """The words, with what is open in them by its name; words of one's own as they were typed."""
    text = row.text
    if not isinstance(text, Bilingual):
        words: Words = text
        return words
    return Bilingual(_opened(text.en, "en"), _opened(text.zh, "zh"))


def _opened(text: str, language: str) -> str:
    for slot in SLOTS:
        text = text.replace(f"{{{slot}}}", f"[{render(_('{word:label}', word=slot), language)}]")
    return text


TEMPLATES = Table(
    "templates", N_("Talk scripts and e-mail templates"), MENU, TALKERS,
    rows=lambda view: view.all(Template),
    columns=(
        Column(N_("Name"), lambda row, view: row.name),
        Column(N_("Kind"), _kind),
        Column(N_("Move"), _move),
        Column(N_("Text"), _readable),
        Column(N_("By"), lambda row, view: row.by, "name"),
        Column(N_("Used"), lambda row, view: row.used),
    ),
    actions=(
        (SaveTemplate, ""), (ChangeTemplate, "template"), (DeleteTemplate, "template"), (SpeakByTemplate, "template"),
        (AnswerByTemplate, "template"),
    ),
    empty=N_("No templates: save words that you use often."),
    tool=TOOL,
)  # fmt: skip
