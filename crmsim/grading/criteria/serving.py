"""Criteria of service: quick, right, fair, and listening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crmsim.crm.company import SERVICE, word
from crmsim.crm.facts import (
    ArticleUsed,
    ArticleWritten,
    GoodsReceived,
    QuestionnaireSent,
    RequestClosed,
    ReturnEndorsed,
    ReturnRefused,
    ReturnRequested,
    ServiceAnswered,
    ServiceReopened,
    ServiceRequested,
    ServiceResolved,
    SurveyAnswered,
    SurveyAssigned,
    SurveyRead,
    TalkInvited,
)
from crmsim.crm.knowledge import Article
from crmsim.crm.service import Return, ServiceRequest
from crmsim.engine.action import Judgement
from crmsim.engine.words import DAY, N_, Message, _
from crmsim.game import Entry
from crmsim.grading.course import Course
from crmsim.grading.criteria.timing import in_time, numbers, punctual
from crmsim.grading.criterion import BY_THE_BOOK, FULL, Occasion, criterion

ONLY = (SERVICE,)
WORKDAY = 8 * 60
MEND_DAYS = 2
SURVEY_DAYS = 3
AFTERCARE_DAYS = 3
WRITE_DAYS = 3  # working days in which what helped is to be written down
HAD_NOT_LOOKED = 300  # points for mending by hand what an article knew


class Asked(NamedTuple):
    """A customer asked for help, anew or again; `number` is that of the fact, or of the first day for old requests."""

    request: str
    customer: str
    minute: int
    number: int


def asked(course: Course, seat: str) -> Iterator[tuple[Asked, ServiceResolved | None]]:
    """Each time a customer asked this seat for help, and how it ended; requests open on the first day included."""
    facts: list[ServiceRequested | ServiceReopened] = [*course.all(ServiceRequested), *course.all(ServiceReopened)]
    found = [Asked(each.request, each.customer, each.minute, each.number) for each in facts]
    begun = {each.request for each in found}
    for old in course.world.all(ServiceRequest):
        if old.id not in begun and (old.resolved < 0 or old.resolved >= course.game.first_minute):
            found.append(Asked(old.id, old.customer, course.game.first_minute, course.opening.number))
    for each in sorted(found, key=lambda each: (each.number, each.request)):
        agent = course.world.get(ServiceRequest, each.request).agent
        if agent == seat or (not agent and course.alone(seat, SERVICE)):
            yield each, course.first(ServiceResolved, each.number, request=each.request)


@criterion("service.first_answer", ONLY, N_("Answers requests in time"), weight=3)
def first_answer(course: Course, seat: str) -> Iterator[Occasion]:
    """A customer in trouble hears from the agent within the limit of the first answer."""
    limit = course.world.scenario.policies.first_answer_minutes
    advice = _("Answer every new request first, if only with a word; then mend the worst.")
    for fact, _solved in asked(course, seat):
        answered = course.first(ServiceAnswered, fact.number, request=fact.request)
        end = answered.minute if answered is not None else None
        who = course.name(fact.customer)
        if occasion := in_time(course, who, fact.minute, end, limit, numbers(fact, answered), advice):
            yield occasion


@criterion("service.resolution", ONLY, N_("Resolves requests soon"), weight=2)
def resolution(course: Course, seat: str) -> Iterator[Occasion]:
    """A request is resolved within two working days."""
    advice = _("Ask, diagnose and resolve in one go while the customer answers; leave nothing half done overnight.")
    for fact, solved in asked(course, seat):
        end = solved.minute if solved is not None else None
        who = course.name(fact.customer)
        if occasion := in_time(course, who, fact.minute, end, MEND_DAYS * WORKDAY, numbers(fact, solved), advice):
            yield occasion


def _decided(
    course: Course, seat: str, name: str
) -> Iterator[tuple[Asked, ServiceResolved | None, Entry | None, Judgement | None]]:
    """Each request that was resolved or has been open for two working days, and the last such decision about it."""
    judged = [(entry, each) for entry, each in course.judged(name, seat)]
    for fact, solved in asked(course, seat):
        if solved is None and course.waited(fact.minute) <= MEND_DAYS * WORKDAY:
            continue
        until = solved.minute if solved is not None else course.last
        mine = [(entry, each) for entry, each in judged
                if entry.action.request == fact.request and fact.minute <= entry.minute <= until]  # fmt: skip
        entry, judgement = mine[0] if mine else (None, None)
        yield fact, solved, entry, judgement


def _as_judged(course: Course, seat: str, name: str, advice: Message) -> Iterator[Occasion]:
    for fact, solved, entry, judgement in _decided(course, seat, name):
        who = course.name(fact.customer)
        if judgement is None or entry is None:
            yield Occasion(0, numbers(fact, solved), _("{who}: it was not done.", who=who), advice)
            continue
        points, why = judgement.points, _("{who}: {what}", who=who, what=judgement.why)
        evidence = course.proof(entry, fact.number)
        yield Occasion(points, evidence, why, advice if points < FULL else None)


@criterion("service.diagnosis", ONLY, N_("Finds the true cause"), weight=3)
def diagnosis(course: Course, seat: str) -> Iterator[Occasion]:
    """The cause is told apart by questions, not guessed."""
    advice = _("Ask until only one cause is left; each question should rule something out.")
    yield from _as_judged(course, seat, "service.diagnosis", advice)


@criterion("service.remedy", ONLY, N_("Mends it for good"), weight=2)
def remedy(course: Course, seat: str) -> Iterator[Occasion]:
    """What was resolved stays resolved."""
    advice = _("Choose the remedy of the cause you found; a wrong one brings the customer back angrier.")
    for fact, solved in asked(course, seat):
        if solved is None and course.waited(fact.minute) <= MEND_DAYS * WORKDAY:
            continue
        back = course.first(ServiceReopened, solved.number, request=fact.request) if solved is not None else None
        closed = course.first(RequestClosed, fact.number, request=fact.request)
        points = FULL if solved is not None and solved.right and back is None else 0
        who = course.name(fact.customer)
        done = "" if solved is None else word(course.world.scenario, "remedies", solved.remedy)
        if solved is None:
            why = _("{who} still waits for help.", who=who)
        elif points:
            why = _("{who} was helped by this: {remedy}.", who=who, remedy=done)
        else:
            why = _("{who}: this did not mend it: {remedy}.", who=who, remedy=done)
        yield Occasion(points, numbers(fact, solved, back, closed), why, None if points else advice)


@criterion("service.aftercare", ONLY, N_("Asks whether it holds"), weight=3)
def aftercare(course: Course, seat: str) -> Iterator[Occasion]:
    """Whoever was helped hears from service once more within three days, and is asked how it goes."""
    advice = _("A day after a request was resolved, call the customer and ask whether it holds.")
    for fact, solved in asked(course, seat):
        if solved is None or not solved.right:
            continue
        due = course.world.calendar.next_open(solved.minute + AFTERCARE_DAYS * DAY)
        back = course.first(ServiceReopened, solved.number, request=fact.request)
        call = course.first(TalkInvited, solved.number, customer=fact.customer, seat=seat)
        if (back is not None and back.minute <= due) or due > course.last:
            continue
        points = 0 if call is None else punctual(call.minute - solved.minute, due - solved.minute)
        who = course.name(fact.customer)
        if call is None:
            why = _("{who} was helped, and nobody asked whether it holds.", who=who)
        else:
            why = _("{who} was called {waited:span} after it was helped.", who=who,
                    waited=call.minute - solved.minute)  # fmt: skip
        yield Occasion(points, numbers(fact, solved, call), why, advice if points < FULL else None)


@criterion("service.recovery", ONLY, N_("Makes up in proportion"), weight=2)
def recovery(course: Course, seat: str) -> Iterator[Occasion]:
    """Compensation fits the harm: nothing for a trifle, something for great or repeated trouble."""
    advice = _("Weigh what the customer went through: delays, returns of the fault, a complaint; give as much as that.")
    yield from _as_judged(course, seat, "service.recovery", advice)


@criterion("service.return_policy", ONLY, N_("Checks returns by policy"), weight=2, fewest=BY_THE_BOOK)
def return_policy(course: Course, seat: str) -> Iterator[Occasion]:
    """A return passes its first check when the policy allows it, within a working day."""
    advice = _("Compare the day of receipt with the return window, decide on the same day, and give the reason.")
    for fact in course.all(ReturnRequested):
        paper = course.world.get(Return, fact.request)
        if paper.agent != seat and not (not paper.agent and course.alone(seat, SERVICE)):
            continue
        passed = course.first(ReturnEndorsed, fact.number, request=fact.request)
        refused = next(
            (each for each in course.where(ReturnRefused, request=fact.request) if each.step == "first"), None
        )
        done = passed or refused
        waited = course.waited(fact.minute, done.minute if done is not None else None)
        who = course.name(fact.customer)
        if done is None:
            if waited > WORKDAY:
                why = _("{who}: nobody looked at the return for {waited:span} at work.", who=who, waited=waited)
                yield Occasion(0, numbers(fact), why, advice)
            continue
        judgement = course.decision(done, "service.return_policy")
        right = judgement.points if judgement is not None else 0
        points = right * (500 + punctual(waited, WORKDAY) // 2) // FULL
        why = _("{who}: {what}", who=who, what=judgement.why) if judgement else _("{who}: it was not done.", who=who)
        yield Occasion(points, numbers(fact, done), why, advice if points < FULL else None)


@criterion("service.surveys", ONLY, N_("Issues surveys and reads the answers"), weight=1)
def surveys(course: Course, seat: str) -> Iterator[Occasion]:
    """Once a survey is assigned, whoever bought is asked within three working days, and what is answered is read."""
    advice = _("Send the survey to those who bought lately, and read the answers when they are in.")
    given = course.first(SurveyAssigned, agent=seat)
    over = max((each.minute for each in course.where(SurveyRead, agent=seat)), default=course.last)
    for fact in course.all(GoodsReceived):
        if given is None:
            break
        asked_of = course.first(QuestionnaireSent, customer=fact.customer)
        start = max(given.minute, fact.minute)
        end = asked_of.minute if asked_of is not None else None
        if (end is not None and end < start) or (end is None and start > over):
            continue  # asked already, or no survey was out any more
        who, shown = course.name(fact.customer), numbers(given, fact, asked_of)
        if occasion := in_time(course, who, start, end, SURVEY_DAYS * WORKDAY, shown, advice):
            yield occasion
    for answer in course.where(SurveyAnswered, agent=seat):
        read = course.first(SurveyRead, answer.number, survey=answer.survey)
        before = course.first(SurveyRead, survey=answer.survey)
        if read is None and (before is not None or course.last - answer.minute < 5 * DAY):
            continue  # read already, or still fresh
        who = course.name(answer.customer)
        why = _("{who}'s answers were read.", who=who) if read else _("{who}'s answers were never read.", who=who)
        yield Occasion(FULL if read else 0, numbers(answer, read), why, None if read else advice)


@criterion("service.knowledge", ONLY, N_("Writes down and uses what is known"), weight=1)
def knowledge(course: Course, seat: str) -> Iterator[Occasion]:
    """What the knowledge base answers is mended by it; what it does not know is written down once it is found.

    What stands there and is true of the fault counts as known. Who mends by hand what is known has done the work twice;
    who does not mend it has used nothing.
    """
    advice = _("Look for an article before you ask; when a remedy has held, write down symptom, cause and remedy.")
    if not course.world.scenario.tools.get("knowledge", True):
        return
    wanted: set[tuple[str, ...]] = set()
    for fact, solved in asked(course, seat):
        request = course.world.get(ServiceRequest, fact.request)
        true = (request.product, request.symptom, request.cause, _mends(course, request))
        known = [
            each for each in course.world.all(Article)
            if (each.product, each.symptom, each.cause, each.remedy) == true
        ]  # fmt: skip
        if any(each.written <= fact.minute for each in known):
            if solved is not None or course.waited(fact.minute) > MEND_DAYS * WORKDAY:
                yield _looked_up(course, fact, solved, advice)
        elif solved is not None and solved.right and true not in wanted:
            made = next((each for each in known if each.written >= solved.minute), None)
            due = course.world.calendar.working_days_after(solved.minute, WRITE_DAYS)
            if made is not None or due <= course.last:
                wanted.add(true)
                yield _written_down(course, fact, solved, made, due, advice)


def _mends(course: Course, request: ServiceRequest) -> str:
    """The remedy of what is truly the matter."""
    product = next((each for each in course.world.scenario.products if each.id == request.product), None)
    faults = product.faults if product is not None else ()
    signs = (request.symptom, request.cause)
    return next((str(each.remedy) for each in faults if (each.symptom, each.cause) == signs), "")


def _looked_up(course: Course, fact: Asked, solved: ServiceResolved | None, advice: Message) -> Occasion:
    """An article knew what would help."""
    who, used = course.name(fact.customer), course.first(ArticleUsed, request=fact.request)
    if solved is None or not solved.right:
        points, why = 0, _("{who}: an article knew what would help, and it was not done.", who=who)
    elif used is None:
        points, why = HAD_NOT_LOOKED, _("{who}: an article knew the answer, and nobody looked.", who=who)
    else:
        points, why = FULL, _("{who} was answered from the knowledge base.", who=who)
    return Occasion(points, numbers(fact, used, solved), why, advice if points < FULL else None)


def _written_down(
    course: Course, fact: Asked, solved: ServiceResolved, made: Article | None, due: int, advice: Message
) -> Occasion:
    """Nobody knew what would help until this request was mended."""
    who = course.name(fact.customer)
    if made is None:
        why = _("{who}: what helped was never written down.", who=who)
        return Occasion(0, numbers(fact, solved), why, advice)
    fresh = course.first(ArticleWritten, article=made.id)
    points = punctual(made.written - solved.minute, due - solved.minute)
    why = _("{who}: what helped was written down.", who=who)
    return Occasion(points, numbers(fact, solved, fresh), why, advice if points < FULL else None)
