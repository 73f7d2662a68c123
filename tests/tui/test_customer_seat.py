"""The desk of a person who plays a customer: whole sentences, and a caller who is not left waiting by one key."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Select

from crmsim.crm.company import CUSTOMER, Staff
from crmsim.crm.customer import Customer, RivalOffer
from crmsim.crm.moves import REPLIES, SLOT
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.service import Feedback, ServiceRequest
from crmsim.crm.talk import Say, Talk
from crmsim.engine.action import fields_of
from crmsim.engine.words import DAY, _, render
from crmsim.game import Game
from crmsim.public import new_game
from crmsim.roles.answering import AcceptInvitation, Reply
from crmsim.roles.customer.care import RequestService
from crmsim.roles.customer.contact import MakeContact
from crmsim.roles.customer.desk import REQUESTS
from crmsim.roles.customer.saying import GiveFeedback
from crmsim.scenarios.loader import load_scenario
from crmsim.tui.app import CrmsimApp
from crmsim.tui.field import FieldRow
from crmsim.tui.form import Form
from crmsim.tui.opening import Wishes
from crmsim.tui.palette import Actions
from crmsim.tui.session import Session
from tests.tui.at_desk import press, shown

SMALL, WIDE = (80, 24), (140, 40)


def called(lang: str, status: str = "open") -> tuple[Game, str]:
    """A game in which a person plays a customer, and the company has asked something."""
    game = new_game(load_scenario("first_day"), 4, {CUSTOMER + "-1": "me", "reception": "you"}, language=lang)
    who = game.world.seat("customer-1").customers[0]  # type: ignore[attr-defined]
    says = (Say(game.minute, "reception", "ask_budget", "What may it cost?"),) if status == "open" else ()
    game.world.add(
        Talk("T900", channel="phone", customer=who, who="Red Star Ltd", role="reception", seat="reception", says=says,
             status=status, turn="customer", started=game.minute, answered=game.minute)
    )  # fmt: skip
    return game, who


def said_in_full(game: Game, words: Any, reply: str, lang: str) -> bool:
    """Whether words are a line of the talk bank, whatever stands in its open places."""
    said = render(words, lang)
    for line in game.scenario.lines[reply]:
        pieces = SLOT.split(render(line, lang))[::2]
        if all(piece[1:].strip(" ") in said for piece in pieces if len(piece) > 1):
            return True
    return False


@pytest.mark.covers("TALK-5", "CUS-8")
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("move", "lines"), [("ask", "raise_price"), ("object", "object_delivery")])
async def test_who_plays_a_customer_asks_and_objects_in_whole_sentences(lang: str, move: str, lines: str) -> None:
    game, who = called(lang)
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]), lang=lang)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "enter", {"ask": "4", "object": "5"}[move])
        shown_before = app.screen.saying.shown  # type: ignore[attr-defined]
        await press(pilot, "enter")
        said = game.world.get(Talk, "T900").says[-1]
        assert (said.by, said.move) == (who, move)
        assert said_in_full(game, said.words, lines, lang), said.words
        assert render(said.words, lang) in shown_before
        assert game.world.get(Talk, "T900").raised == (lines.partition("_")[2],)  # what is said is meant


@pytest.mark.covers("TALK-5")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_answer_of_a_person_is_the_bare_name_of_a_move_or_a_topic(lang: str) -> None:
    tried = 0
    for move, label in REPLIES:
        game, _who = called(lang)
        view = game.view("customer-1")
        topics = ["", *(each.value for each in fields_of(Reply)["topic"].kind.options(view, {"move": move}))]
        for topic in topics:
            reply = Reply(talk="T900", move=move, topic=topic)
            if reply.refuse(view) is not None or (move == "tell" and topic in {"region", "industry", "position"}):
                continue
            game, _who = called(lang)
            game.apply("customer-1", reply)
            words = render(game.world.get(Talk, "T900").says[-1].words, lang)
            assert words.rstrip("…")[-1:] in tuple(".?!。？！") or words.endswith("…"), (move, topic, words)
            assert words not in {label, topic}, (move, topic)
            tried += 1
    assert tried > 40


@pytest.mark.covers("TALK-5")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_an_answer_brings_up_is_said_with_it(lang: str) -> None:
    game, _who = called(lang)
    game.apply("customer-1", Reply(talk="T900", move="dodge", topic="budget", raises="service"))
    talk = game.world.get(Talk, "T900")
    assert said_in_full(game, talk.says[-1].words, "dodge_budget", lang)
    assert said_in_full(game, talk.says[-1].words, "raise_service", lang) and talk.asked == "service"


@pytest.mark.covers("GAME-9", "CUS-8")
@pytest.mark.parametrize("status", ["open", "invited"])
async def test_a_caller_is_not_left_waiting_for_a_day_by_one_key(status: str) -> None:
    game, _who = called("en", status)
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        session: Any = app.session
        session.lesson.on = False
        began = session.minute
        await press(pilot, "w")
        assert session.minute == began
        assert ["Waiting for you already" in each.message for each in app._notifications] == [True]
        await press(pilot, "w")
        assert began < session.minute <= began + 60 < began + DAY


@pytest.mark.covers("GAME-9")
async def test_of_what_is_said_of_waiting_one_line_stands() -> None:
    game, _who = called("en")
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        told = []
        for _key in range(3):
            await press(pilot, "w")
            told.append([each.message for each in app._notifications])
        assert [len(each) for each in told] == [1, 1, 1], told
        assert told[0] != told[1] and "Waited before" in told[1][0]


@pytest.mark.covers("CUS-8", "GAME-9")
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_competitors_offer_is_told_when_it_comes_and_not_before(lang: str) -> None:
    game, who = called(lang, "closed")
    customer = game.world.get(Customer, who)
    rival = game.scenario.rivals[0]
    began, seen = game.minute, game.world.seat("customer-1").customers  # type: ignore[attr-defined]
    for each in seen:
        other = game.world.get(Customer, each)
        other.wants, other.rivals = "", ()
    customer.wants, customer.quantity, customer.needed_since = "printer", 2, began
    customer.deadline, customer.budget = began + 5 * DAY, 400_000
    customer.rivals = (RivalOffer(rival.id, 345_600, 0, began + 90),)
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]), lang=lang)
    name = render(rival.name, lang)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        session: Any = app.session
        session.lesson.on = False
        assert name not in shown(app)
        await press(pilot, "w")
        assert began + 90 <= session.minute <= began + 150  # it is something new
        told = "".join(shown(app).split())
        assert "".join(name.split()) in told and "3,456.00" in told
        paper = session.papers()[0]
        assert (paper.action, paper.since) == (MakeContact, began + 90)
        view = game.view("customer-1")
        talk = game.world.get(Talk, "T900").conversation(view)
        assert "3,456.00" in render(talk.filed[-1][1], lang)


@pytest.mark.covers("CUS-8")
async def test_an_invitation_is_called_by_who_invites() -> None:
    game, _who = called("en", "invited")
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        field = next(row for row in app.screen.query(FieldRow) if row.field.name == "talk")
        staff = game.world.get(Staff, "reception").name
        assert [render(each.label, "en").partition(" ·")[0] for each in field.asks[1]] == [staff]


@pytest.mark.covers("GAME-9")
def test_a_colleague_is_told_of_an_invited_talk_by_when_it_was_accepted() -> None:
    game, _who = called("en", "invited")
    began = game.minute
    game.advance(200)
    game.apply("customer-1", AcceptInvitation(talk="T900"))
    session = Session(game, ["reception"])
    paper = next(each for each in session.papers() if each.filled == {"talk": "T900"})
    assert paper.since == game.world.get(Talk, "T900").answered >= began + 200 and paper.due > game.minute


@pytest.mark.covers("CUS-8")
async def test_nobody_is_offered_to_wait_in_a_talk_that_is_over() -> None:
    game, _who = called("en")
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "enter", "a", "enter")
        assert game.world.get(Talk, "T900").status == "closed"
        assert "Wait until" not in shown(app) and "Esc" in shown(app)


@pytest.mark.covers("CUS-4", "SVC-1")
@pytest.mark.parametrize(("lang", "words"), [("en", "the room is dusty?"), ("zh", "房间灰尘较多？")])
async def test_what_service_asks_is_said_in_the_scenarios_words(lang: str, words: str) -> None:
    game, who = called(lang, "closed")
    game.world.add(
        ServiceRequest("S900", customer=who, product="projector", symptom="dim", agent="service", opened=game.minute,
                       status="answered", pending="dusty_room", asked=("dusty_room",),
                       log=((game.minute, "service", _("{question:label}?", question="dusty_room")),))
    )  # fmt: skip
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]), lang=lang)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert words in shown(app) and "dusty room" not in shown(app)
        request = game.view("customer-1").get(ServiceRequest, "S900")
        column = next(each for each in REQUESTS.columns if each.label == "Handling")
        assert render(column.value(request, game.view("customer-1")), lang)[:-1] == words[:-1]  # type: ignore[arg-type]


@pytest.mark.covers("CUS-4")
async def test_yes_or_no_is_all_that_a_question_of_the_kind_takes() -> None:
    game, _who = called("en", "closed")
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.push_screen(Form(app.session, RequestService))  # type: ignore[arg-type]
        await pilot.pause()
        row = next(each for each in app.screen.query(FieldRow) if each.field.name == "complaint")
        row.editor.focus()
        found = []
        for _key in range(3):
            found.append(row.value())
            await press(pilot, "right")
            assert row.editor.value is not Select.NULL  # type: ignore[attr-defined]
        assert found == [False, True, False]


@pytest.mark.covers("GAME-10")
@pytest.mark.parametrize(("lang", "word"), [("en", "complain"), ("zh", "投诉")])
async def test_the_palette_finds_an_act_by_what_its_help_says(lang: str, word: str) -> None:
    game, _who = called(lang, "closed")
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]), lang=lang)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        provider = Actions(app.screen)
        names = [each.text async for each in provider.search(word)]
        assert [each for each in names if each and "添加服务请求" in each]
        assert len([each async for each in provider.search("xyzxyz")]) == 1  # that there is none


@pytest.mark.covers("CUS-5")
async def test_what_feedback_is_about_is_asked_for_at_its_field() -> None:
    game, who = called("en", "closed")
    game.world.add(
        Order("O900", customer=who, owner="sales-1", lines=(OrderLine("printer", 1, 100),), status="received")
    )
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.push_screen(Form(app.session, GiveFeedback))  # type: ignore[arg-type]
        await pilot.pause()
        await press(pilot, "f10")
        assert "↑ Nothing is chosen yet." in shown(app)
        rows = {row.field.name: row for row in app.screen.query(FieldRow)}
        assert rows["order"].has_focus_within and not rows["request"].display
        await press(pilot, "right", "f10")
        assert [each.order for each in game.world.all(Feedback)] == ["O900"]
