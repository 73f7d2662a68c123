"""The company's side of the knowledge base: agents write it and answer from it (SVC-4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, SERVICE, Company, CompanyView, word
from crmsim.crm.facts import ArticleUsed, ArticleWritten, SymptomAsked
from crmsim.crm.knowledge import TOOL, Article, articles_on
from crmsim.crm.service import ServiceRequest, signs_of
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.desk import Column, Idea, Table
from crmsim.engine.fields import Choice, Option, Pick, Text, Yes
from crmsim.engine.words import N_, _
from crmsim.roles.service.cases import faults_of, mine, possible, questions, touch

WRITERS = (SERVICE, DIRECTOR)
MENU = N_("Service/Knowledge base")


def _faults(view: Any, filled: Any) -> list[Any]:
    found = next((each for each in view.scenario.products if each.id == filled.get("product")), None)
    return list(found.faults) if found is not None else []


def words_of(dictionary: str, part: str) -> Any:
    """The words of one part of a product's faults: its symptoms, causes or remedies."""

    def options(view: Any, filled: Any) -> Iterator[Option]:
        for each in dict.fromkeys(getattr(each, part) for each in _faults(view, filled)):
            yield Option(each, word(view.scenario, dictionary, each))

    return options


def _products(view: Any, filled: Any) -> list[Option]:
    return [Option(each.id, each.name) for each in view.scenario.products if each.faults]


class WriteArticle(Action, frozen=True, kw_only=True):
    """Write down what was learnt about a fault: product, symptom, cause and remedy; colleagues and customers use it."""

    roles = WRITERS
    minutes = 25
    label = N_("Write an article")
    menu = MENU
    tool = TOOL
    teach = N_("Write only what proved right: whoever follows a wrong article comes back angrier.")
    title: Annotated[str, Text(N_("Title"), least=1, most=80, example=N_("What to do"))]
    product: Annotated[str, Choice(N_("Product"), words=_products, walk=False)]
    symptom: Annotated[str, Choice(N_("Symptom"), words=words_of("symptoms", "symptom"), walk=False)]
    cause: Annotated[str, Choice(N_("Cause"), words=words_of("causes", "cause"), walk=False)]
    remedy: Annotated[str, Choice(N_("Remedy"), words=words_of("remedies", "remedy"), walk=False)]
    text: Annotated[str, Text(N_("Text"), most=2000, long=True)] = ""
    public: Annotated[bool, Yes(N_("For customers, too"))] = True

    def refuse(self, view: CompanyView) -> Refusal | None:
        """It is written already."""
        for each in articles_on(view, self.product, self.symptom):
            if each.cause == self.cause and each.remedy == self.remedy:
                return _("That is in the knowledge base already: {article}.", article=each.id)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Everybody finds it from now on."""
        article = Article(
            world.new_id(Article), name=self.title, product=self.product, symptom=self.symptom, cause=self.cause,
            remedy=self.remedy, text=self.text, by=turn.seat, written=turn.minute, public=self.public,
        )  # fmt: skip
        world.add(article)
        world.record(ArticleWritten(article=article.id, seat=turn.seat))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """Whether this cause shows so, and this remedy mends it."""
        faults = world.scenario.find("products", self.product).faults
        true = any(
            each.symptom == self.symptom and each.cause == self.cause and each.remedy == self.remedy for each in faults
        )
        why = _("What it says is true.") if true else _("What it says misleads whoever follows it.")
        return (Judgement("service.knowledge", 1000 if true else 0, why),)


class WithdrawArticle(Action, frozen=True, kw_only=True):
    """Take an article that proved wrong out of the knowledge base."""

    roles = WRITERS
    minutes = 3
    label = N_("Withdraw an article")
    menu = MENU
    tool = TOOL
    article: Annotated[
        str,
        Choice(
            N_("Article"),
            words=lambda view, filled: [Option(row.id, row.title) for row in view.all(Article) if not row.withdrawn],
            walk=False,
            nothing=_("The knowledge base is empty."),
        ),
    ]  # fmt: skip

    def apply(self, world: Company, turn: Turn) -> None:
        """Nobody finds it any more."""
        world.get(Article, self.article).withdrawn = True


def _fitting(view: Any, filled: Any) -> Iterator[Option]:
    request = view.get(ServiceRequest, filled.get("request", ""))
    if request is not None:
        for each in articles_on(view, request.product, request.symptom):
            if each.cause not in request.clues:
                yield Option(each.id, each.title)


class UseArticle(Action, frozen=True, kw_only=True):
    """Answer a request from the knowledge base: answer, question or diagnosis in one step."""

    roles = (SERVICE,)
    minutes = 6
    label = N_("Answer with an article")
    menu = MENU
    tool = TOOL
    request: Annotated[
        str,
        Pick(
            N_("Request"),
            entity=ServiceRequest,
            where=mine(
                "open", "answered", also=lambda row: bool(row.symptom) and not row.pending and not row.diagnosis
            ),
            nothing=_("No request could be answered with an article."),
        ),
    ]
    article: Annotated[str, Choice(N_("Article"), words=_fitting, nothing=_("No article fits."))]

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer is asked for the sign that tells the article's cause from the others; when no other is left,
        the diagnosis stands."""
        request, article = world.get(ServiceRequest, self.request), world.get(Article, self.article)
        article.used += 1
        touch(world, request, turn, _("article: {title}", title=article.title))
        world.record(ArticleUsed(article=article.id, request=request.id, seat=turn.seat))
        sign = telling(world.scenario, request, article.cause)
        if possible(world.scenario, request) == [article.cause]:
            request.diagnosis = article.cause
            request.log = (
                *request.log, (turn.minute, turn.seat, _("diagnosis: {cause:label}", cause=article.cause)),
            )  # fmt: skip
        elif sign:
            request.asked, request.pending = (*request.asked, sign), sign
            world.record(
                SymptomAsked(request=request.id, customer=request.customer, agent=request.agent, question=sign)
            )


def telling(scenario: Any, request: Any, cause: str) -> str:
    """The question not asked yet that tells a cause from most others; "" when none does."""
    open_causes = possible(scenario, request)
    faults = [each for each in faults_of(scenario, request) if each.cause in open_causes]
    own = next((signs_of(each) for each in faults if each.cause == cause), ())
    signs = [each for each in questions(scenario, request) if each in own]
    return min(signs, key=lambda sign: sum(1 for each in faults if sign in signs_of(each)), default="")


def article_columns(*more: Column) -> tuple[Column, ...]:
    """What an article shows to everybody, and more."""
    return (
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Title"), lambda row, view: row.name),
        Column(N_("Product"), lambda row, view: next(
            (each.name for each in view.scenario.products if each.id == row.product), row.product)),
        Column(N_("Symptom"), lambda row, view: word(view.scenario, "symptoms", row.symptom)),
        Column(N_("Cause"), lambda row, view: word(view.scenario, "causes", row.cause)),
        Column(N_("Remedy"), lambda row, view: word(view.scenario, "remedies", row.remedy)),
        Column(N_("Text"), lambda row, view: row.text),
        *more,
    )  # fmt: skip


def _learnt(view: Any) -> Idea | None:
    """A request that was resolved, and of whose fault nothing is written yet."""
    for each in view.all(ServiceRequest):
        done = each.status in {"resolved", "closed"} and each.diagnosis and each.remedy and not each.reopened
        if done and not any(row.cause == each.diagnosis for row in articles_on(view, each.product, each.symptom)):
            filled = {"product": each.product, "symptom": each.symptom, "cause": each.diagnosis, "remedy": each.remedy}
            return Idea(_("Request {request} taught something that stands nowhere.", request=each.id), WriteArticle,
                        filled)  # fmt: skip
    return None


ARTICLES = Table(
    "knowledge", N_("Knowledge base"), MENU, WRITERS,
    rows=lambda view: (each for each in view.all(Article) if not each.withdrawn),
    columns=article_columns(
        Column(N_("Used"), lambda row, view: row.used),
        Column(N_("Read by customers"), lambda row, view: row.read),
        Column(N_("Helped without an agent"), lambda row, view: row.helped),
    ),
    actions=((WriteArticle, ""), (UseArticle, "article"), (WithdrawArticle, "article")),
    empty=N_("The knowledge base is empty: write down what you learn."),
    tool=TOOL,
    idle=_learnt,
)  # fmt: skip
