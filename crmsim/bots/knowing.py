"""How bots use the office's tools: knowledge, templates, forms, rules, where they save time. A novice does without."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers, initiative
from crmsim.bots.serving import answer as answer_by_hand
from crmsim.bots.serving import find_cause as ask_by_hand
from crmsim.bots.speaking import speak as speak_by_hand
from crmsim.crm.automation import Rule
from crmsim.crm.company import CUSTOMER, DIRECTOR, SERVICE, CompanyView, word
from crmsim.crm.form import Sheet
from crmsim.crm.knowledge import Article, Template, articles_on
from crmsim.crm.naming import name_of
from crmsim.crm.service import CONTENT, ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.automating import AddRule
from crmsim.roles.forms import AddFormField, DesignForm, PublishForm
from crmsim.roles.knowing import UseArticle, WriteArticle
from crmsim.roles.knowing.articles import telling
from crmsim.roles.service.cases import AnswerRequest, AskSymptom, possible
from crmsim.roles.talking import Speak
from crmsim.roles.writing import AnswerByTemplate, SpeakByTemplate

WEEK = _("A week without a word")
SILENCE = 7  # days after which a competent director lets a rule remind
QUESTION = _("How content are you with us?")
DISCONTENT = _("Told us it is not content: call, and ask what went wrong")
PULSE = 7 * DAY  # after which customers are asked anew how content they are
FILLED = "form_filled"  # the event that a rule on forms waits for
PROVEN = DAY  # how long a remedy must have held before it is written down


@answers(AnswerRequest)
def answer(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """With an article when one fits, else from a template, else by hand."""
    if bot.habits.uses_record:
        found = _article_for(view, paper.filled["request"])
        if found is not None:
            return found
        template = _template(view, "", "mail") if view.has("templates") else None
        if template is not None:
            return AnswerByTemplate(request=paper.filled["request"], template=template.id)
    return answer_by_hand(bot, view, paper)


@answers(AskSymptom)
def ask(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """An article asks the telling question in less time."""
    found = _article_for(view, paper.filled["request"]) if bot.habits.uses_record and bot.habits.diagnoses else None
    return found if found is not None else ask_by_hand(bot, view, paper)


def _article_for(view: CompanyView, id: str) -> UseArticle | None:
    request = view.get(ServiceRequest, id)
    if request is None or not view.has("knowledge") or not request.symptom or request.pending or request.diagnosis:
        return None
    for article in articles_on(view, request.product, request.symptom):
        if article.cause not in request.clues and _tells(view, request, article.cause):
            return UseArticle(request=id, article=article.id)
    return None


def _tells(view: CompanyView, request: Any, cause: str) -> bool:
    """Whether the article brings a question or settles the case; twice the same would bring nothing."""
    return bool(telling(view.scenario, request, cause)) or possible(view.scenario, request) == [cause]


@answers(Speak)
def speak(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """The same move as by hand; a letter from a template."""
    chosen = speak_by_hand(bot, view, paper)
    if not isinstance(chosen, Speak) or not bot.habits.uses_record or chosen.text or not view.has("templates"):
        return chosen
    talk = view.get(Talk, chosen.talk)
    if talk is None or any(each.id == talk.channel and each.live for each in view.scenario.channels):
        return chosen
    template = _template(view, chosen.move, "mail")
    if template is None:
        return chosen
    return SpeakByTemplate(talk=chosen.talk, template=template.id, product=chosen.product, amount=chosen.amount)


def _template(view: CompanyView, move: str, kind: str) -> Any:
    return next((each for each in view.all(Template) if each.move == move and each.kind == kind), None)


@initiative(SERVICE)
def write_down(bot: Bot, view: CompanyView) -> Action | None:
    """Write down what mended a fault and held."""
    if not bot.habits.records or not bot.habits.diagnoses or not view.has("knowledge"):
        return None
    known = [(each.product, each.symptom, each.cause) for each in view.all(Article) if not each.withdrawn]
    for request in view.all(ServiceRequest):
        held = request.status in {"resolved", "closed"} and not request.reopened
        held = held and 0 <= request.resolved <= view.minute - PROVEN and request.agent == view.seat.id
        if held and request.diagnosis and (request.product, request.symptom, request.diagnosis) not in known:
            return WriteArticle(
                title=_title(view, request), product=request.product, symptom=request.symptom, cause=request.diagnosis,
                remedy=request.remedy,
            )  # fmt: skip
    return None


def _title(view: CompanyView, request: Any) -> str:
    symptom = word(view.scenario, "symptoms", request.symptom)
    title = _("{product}: {symptom}", product=name_of(view, request.product), symptom=symptom)
    return render(title, view.language)


@initiative(DIRECTOR)
def remind(bot: Bot, view: CompanyView) -> Action | None:
    """Where no tasks remind, let a rule remind whoever leaves a customer without a word for a week."""
    if not bot.habits.follows_up or not view.has("automation") or view.has("tasks"):
        return None
    if any(each.trigger == "silence" and each.active for each in view.all(Rule)):
        return None
    return AddRule(
        title=(week := render(WEEK, view.language)), trigger="silence", days=SILENCE, does="remind", text=week,
    )  # fmt: skip


@initiative(DIRECTOR)
def hear(bot: Bot, view: CompanyView) -> Action | None:
    """A rule makes everybody that says in a form that it is not content a call for whoever looks after it."""
    known = any(each.event == FILLED and each.active for each in view.all(Rule))
    if not bot.habits.follows_up or not view.has("forms") or not view.has("automation") or known:
        return None
    words = render(DISCONTENT, view.language)
    return AddRule(
        title=words, trigger="event", event=FILLED, test="answer1", how="under", value=str(CONTENT), does="remind",
        text=words,
    )  # fmt: skip


@initiative(SERVICE)
def inquire(bot: Bot, view: CompanyView) -> Action | None:
    """Ask all customers once a week how content they are, where a rule sees to it that somebody comes back to them."""
    heard = any(each.event == FILLED and each.active for each in view.all(Rule))
    if not bot.habits.follows_up or not view.has("forms") or not heard:
        return None
    mine = [each for each in view.all(Sheet) if each.owner == view.seat.id and each.audience == CUSTOMER]
    last, words = mine[-1] if mine else None, render(QUESTION, view.language)
    if last is None or (last.status != "draft" and view.minute - last.made >= PULSE):
        return DesignForm(name=words, audience=CUSTOMER)
    if last.status != "draft":
        return None
    return PublishForm(form=last.id) if last.questions else AddFormField(
        form=last.id, name=words, kind="rating", required=True
    )  # fmt: skip
