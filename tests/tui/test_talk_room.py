"""The talk as a desk of its own: lines that prove a file, words typed freely, the price of what is said."""

from __future__ import annotations

from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Input, Static

from crmsim.crm.checks import unproven
from crmsim.crm.knowledge import Template
from crmsim.crm.record import Record
from crmsim.crm.talk import Revealed, Say, Talk
from crmsim.engine.words import render
from crmsim.public import new_game
from crmsim.roles.everyone.entries import PROVED
from crmsim.roles.everyone.records import UpdateRecord
from crmsim.roles.talking import Speak
from crmsim.roles.writing import SpeakByTemplate
from crmsim.roles.writing.letters import SendLetter
from crmsim.scenarios.loader import load_scenario
from crmsim.tui.app import CrmsimApp
from crmsim.tui.desk import Desk
from crmsim.tui.field import FieldRow
from crmsim.tui.file import File
from crmsim.tui.form import Form
from crmsim.tui.hint import Hint
from crmsim.tui.moves import Moves
from crmsim.tui.opening import Wishes
from crmsim.tui.others import others
from crmsim.tui.proving import Proving
from crmsim.tui.session import Session
from crmsim.tui.talk import TalkRoom
from tests.tui.at_desk import app_at, press, shown, until

SMALL, WIDE = (80, 24), (140, 40)
LINES = (
    ("x1", "greet", "Hello, is anybody there?", {}),
    ("reception", "ask_contact", "How can I reach you?", {}),
    ("x1", "tell", "Ann Lee of Red Star, 138 0000 1234.", {"name": "Ann Lee", "phone": "13800001234"}),
    ("reception", "ask_budget", "What budget do you have in mind?", {}),
    ("x1", "shade", "Three thousand yuan at most, for two printers.",
     {"budget": 300_000, "need": "printer", "quantity": 2}),
    ("reception", "present", "Let me show you a printer.", {}),
    ("x1", "tell", "To be frank, we could spend 3,600 yuan.", {"budget": 360_000}),
)  # fmt: skip


def told_talk(session: Session) -> Talk:
    """The talk that waits, as it went: the budget was shaded first, and told truly later."""
    talk = session._game.world.get(Talk, "T1")
    now = session.minute
    talk.seat, talk.status, talk.answered, talk.source, talk.who = "reception", "open", now, "web", "Red Star Ltd"
    says, revealed = [], []
    for at, (by, move, words, told) in enumerate(LINES):
        says.append(Say(now - 60 + at, by, move, words))
        revealed += [Revealed(topic, value, now - 60 + at) for topic, value in told.items()]
    talk.says, talk.revealed, talk.turn = tuple(says), tuple(revealed), "company"
    return talk


@pytest.mark.covers("TALK-3", "GAME-1")
@pytest.mark.parametrize("size", [SMALL, pytest.param(WIDE, marks=pytest.mark.validation)])
async def test_the_line_that_proves_a_field_is_picked_by_one_key_and_fills_it_in(size: tuple[int, int]) -> None:
    app = app_at("reception")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        session: Any = app.session
        talk = told_talk(session)
        app.screen.look()  # type: ignore[attr-defined]
        await press(pilot, "enter", "9")
        assert isinstance(app.screen, Form)
        assert app.screen.query_one(Proving).has_focus
        assert "Three thousand yuan" in shown(app)
        assert "To be frank" in shown(app)
        assert ("How can I reach you" in shown(app)) is (size == WIDE)
        # contact, phone, need, quantity, budget (the shaded line), no deadline was told
        await press(pilot, "2", "2", "3", "3", "3", "space")
        await press(pilot, "f10", "f10")  # the date was not asked, and that is said once
        kept = next(each for each in session._game.world.all(Record) if each.talk == "T1")
        assert kept.budget == 300_000
        assert dict(kept.proofs) == {"contact": 3, "phone": 3, "need": 5, "quantity": 5, "budget": 5}
        assert unproven(kept, talk, PROVED) == []
        entry = next(each for each in reversed(session._game.journal) if type(each.action).__name__ == "RecordCustomer")
        assert entry.action.proofs == kept.proofs


@pytest.mark.covers("TALK-3")
async def test_a_line_that_says_something_else_proves_nothing() -> None:
    app = app_at("reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        talk = told_talk(session)
        app.screen.look()  # type: ignore[attr-defined]
        await press(pilot, "enter", "9", "1", "２", "f10", "f10")  # the greeting shows no name; full-width digits count
        kept = next(each for each in session._game.world.all(Record) if each.talk == "T1")
        assert kept.budget == 360_000  # suggested: what was told last
        assert dict(kept.proofs) == {"contact": 1, "phone": 3}
        assert unproven(kept, talk, PROVED) == ["contact", "need", "quantity", "budget"]


@pytest.mark.covers("TALK-3", "REG-2")
async def test_what_was_told_must_stand_in_the_file_and_what_was_not_asked_is_said_once() -> None:
    app = app_at("reception")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        session: Any = app.session
        told_talk(session)
        app.screen.look()  # type: ignore[attr-defined]
        await press(pilot, "enter", "9")
        rows = {row.field.name: row for row in app.screen.query(FieldRow)}
        budget: Any = rows["budget"].editor
        budget.value = ""
        await press(pilot, "f10")
        assert budget.has_focus
        assert shown(app).count("This was told in the talk: write it down.") == 1  # the budget
        assert shown(app).count("Not asked yet. F10 once more saves without it.") == 1  # the decision date
        await press(pilot, "f10")
        assert isinstance(app.screen, Form)  # what was told does not go by asking twice
        await press(pilot, *"3600", "f10")
        kept = next(each for each in session._game.world.all(Record) if each.talk == "T1")
        assert (kept.budget, kept.deadline) == (360_000, 0)


@pytest.mark.covers("TALK-2", "TALK-4", "GAME-10")
@pytest.mark.parametrize(
    ("lang", "words", "move", "asked"),
    [
        ("en", "How much money may it cost?", "ask_budget", "You mean “Ask the budget”?"),
        ("zh", "你们这次准备花多少钱", "ask_budget", "您想说的是“询问预算”吗？"),
        ("zh", "什么时候要", "ask_deadline", "您想说的是“询问时间”吗？"),
    ],
)
async def test_typed_words_are_matched_to_a_move_and_asked_back(lang: str, words: str, move: str, asked: str) -> None:
    app = app_at("reception", lang=lang)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        keys = ["space" if each == " " else each for each in words]
        await press(pilot, "enter", *([] if lang == "zh" else ["e"]), *keys, "enter")
        talk = session._game.world.get(Talk, "T1")
        assert len(talk.says) == 1
        assert asked in shown(app)
        assert words in shown(app)
        assert not app._notifications  # a Chinese character is no stray one here
        await press(pilot, "enter")
        talk = session._game.world.get(Talk, "T1")
        assert (talk.says[1].move, talk.says[1].words) == (move, words)


@pytest.mark.covers("TALK-2")
async def test_words_that_are_no_move_are_not_sent_until_a_digit_says_which_move_they_are() -> None:
    app = app_at("reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        await press(pilot, "enter", "e", *"rain?", "enter")
        assert "No move was found in “rain?”, so it is not said" in " ".join(shown(app).split())
        await press(pilot, "enter")
        assert len(session._game.world.get(Talk, "T1").says) == 1
        await press(pilot, "1")
        assert "rain?" in shown(app)
        assert "min, ends day 1" in shown(app)
        await press(pilot, "enter")
        said = session._game.world.get(Talk, "T1").says[1]
        assert (said.move, said.words) == ("greet", "rain?")


@pytest.mark.covers("GAME-1", "GAME-9")
async def test_a_move_and_a_form_say_what_passes_its_limit_meanwhile() -> None:
    app = app_at("reception", lang="zh")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        session: Any = app.session
        world = session._game.world
        patience = next(each.patience_minutes for each in world.scenario.channels if each.id == "phone")
        now = session.minute
        for number in (2, 3):
            said = Say(now, f"x{number}", "greet", "Hello?")
            world.add(
                Talk(f"T{number}", channel="phone", customer=f"x{number}", who=f"Caller {number}", role="reception",
                     says=(said,), started=now)
            )  # fmt: skip
        session.wait(patience - 5)
        desk: Any = app.screen
        desk.look()
        paper = next(each for each in session.papers() if each.filled["talk"] == "T1")
        desk.open_action(paper.action, dict(paper.filled))
        await pilot.pause()
        await press(pilot, "1")
        assert "会让2件待办等过时限" in shown(app)


@pytest.mark.covers("TALK-4")
def test_a_template_names_our_own_company_and_the_whole_name_of_who_writes() -> None:
    game = new_game(load_scenario("first_day"), 4, {"reception": "me"}, language="zh")
    world = game.world
    said = Say(game.minute, "x1", "greet", "hi")
    world.add(
        Talk("T900", channel="email", customer="x1", who="X", role="reception", says=(said,), started=game.minute)
    )
    ours = (each for each in world.all(Template) if each.move and "{company}" in render(each.text, "zh"))
    template = next(each for each in ours if each.kind == "mail")
    game.apply("reception", SpeakByTemplate(talk="T900", template=template.id))
    words = render(world.get(Talk, "T900").says[-1].words, "zh")
    assert render(world.settings.name, "zh") in words
    assert world.seat("reception").name in words


@pytest.mark.covers("GAME-1")
async def test_a_talk_that_is_handed_over_leads_back_to_the_desk() -> None:
    app = app_at("reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        room: Any = app.screen
        offered = [
            action.__name__ for action, _name, _open in others(room.session, room.action, room.field, room.row_id)
        ]
        await press(pilot, "f5", str(offered.index("ForwardMessage") + 1))
        assert isinstance(app.screen, Form)
        await press(pilot, "f10")
        await pilot.pause()
        assert isinstance(app.screen, Desk)


@pytest.mark.covers("TALK-2")
async def test_a_talk_that_is_over_says_so_and_costs_no_waiting() -> None:
    app = app_at("reception", lang="zh")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        talk = told_talk(session)
        await press(pilot, "enter")
        talk.status, talk.ending = "closed", "next_step"
        talk.revealed = tuple(each for each in talk.revealed if each.topic != "budget")
        app.screen.look()  # type: ignore[attr-defined]
        assert "洽谈已经结束" in shown(app)
        before = session.minute
        await press(pilot, "w")
        assert session.minute == before
        await press(pilot, "9")
        assert isinstance(app.screen, Form)
        filled = {
            row.field.name: row.editor.value for row in app.screen.query(FieldRow) if isinstance(row.editor, Input)
        }
        assert filled["quantity"] == "2" and filled["budget"] == ""  # what nobody told is left open, not 0


@pytest.mark.covers("TALK-2", "TALK-4")
async def test_own_words_are_kept_when_one_leaves_the_talk_and_comes_back() -> None:
    app = app_at("reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        await press(pilot, "enter", "e", *"budget", "escape")
        assert "No move was found in “budget”" in " ".join(shown(app).split())
        await press(pilot, "escape")
        assert isinstance(app.screen, Desk)
        await press(pilot, "enter")
        assert "“budget”" in " ".join(shown(app).split())
        await press(pilot, "e", "s", "enter")
        assert "budgets" in shown(app)
        assert "You mean “Ask the budget”?" in " ".join(shown(app).split())
        await press(pilot, "enter")
        assert session._game.world.get(Talk, "T1").says[1].words == "budgets"
        session._game.world.get(Talk, "T1").turn = "company"
        app.screen.look()  # type: ignore[attr-defined]
        assert "budgets" not in shown(app).split("\n")[-8]  # said is said


@pytest.mark.covers("TALK-2", "GAME-10")
async def test_a_sentence_that_an_input_method_sends_at_once_is_taken_whole_and_in_order() -> None:
    app = app_at("reception", lang="zh")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        words = "您好，请问预算有90元吗？"
        for each in words:  # as the terminal hands them over, before anything has the focus
            app.post_message(Key(each, each).set_sender(app))
        await until(pilot, lambda: words in shown(app))
        await press(pilot, "enter")
        assert "您想说的是“询问预算”吗？" in "".join(shown(app).split())
        assert words in shown(app)


@pytest.mark.covers("TALK-5", "CUS-8")
@pytest.mark.parametrize(
    ("lang", "words", "move", "topic"),
    [
        ("zh", "我们预算大概三千块", "tell", "budget"),
        ("zh", "太贵了不划算", "object", "worth"),
        ("zh", "我们要一台手机多少钱", "ask", "price"),
        ("en", "how much is it?", "ask", "price"),
        ("en", "let me think about it", "postpone", ""),
    ],
)
async def test_typed_words_of_a_person_who_plays_a_customer_find_their_answer(
    lang: str, words: str, move: str, topic: str
) -> None:
    game = new_game(load_scenario("first_day"), 4, {"customer-1": "me", "reception": "you"}, language=lang)
    world = game.world
    who = world.seat("customer-1").customers[0]  # type: ignore[attr-defined]
    says = (Say(game.minute, who, "greet", "Hello"), Say(game.minute, "reception", "greet", "How can I help you?"))
    world.add(
        Talk("T900", channel="website", customer=who, who="Red Star Ltd", role="reception", seat="reception", says=says,
             status="open", turn="customer", started=game.minute, answered=game.minute)
    )  # fmt: skip
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]), lang=lang)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        keys = ["space" if each == " " else each for each in words]
        await press(pilot, "enter")
        assert isinstance(app.screen, TalkRoom)
        await press(pilot, *([] if lang == "zh" else ["e"]), *keys, "enter")
        assert len(world.get(Talk, "T900").says) == 2
        await press(pilot, "enter")
        said = world.get(Talk, "T900").says[2]
        assert (said.move, said.topic, said.words) == (move, topic, words)


@pytest.mark.covers("TALK-2", "REG-3")
async def test_what_the_company_was_told_before_stands_beside_the_talk_until_it_is_told_again() -> None:
    app = app_at("sales-1")
    session = app.session
    assert session is not None
    world = session._game.world
    world.add(
        Record("C9", customer="x9", name="Red Star", owner="sales-1", recorded=session.minute, need="printer",
               quantity=7, budget=360_000)
    )  # fmt: skip
    world.add(
        Talk("T9", channel="phone", customer="x9", who="Red Star", record="C9", seat="sales-1", status="open",
             started=session.minute, revealed=(Revealed("budget", 250_000, session.minute),))
    )  # fmt: skip
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.push_screen(TalkRoom(session, Speak, "talk", "T9"))
        await pilot.pause()
        known = str(app.screen.query_one("#learned").content)  # type: ignore[attr-defined]
        assert "Quantity 7" in known.partition("On file")[2] and "Need" in known
        assert "2,500" in known and "3,600" not in known
        await press(pilot, "f")
        assert isinstance(app.screen, File)


@pytest.mark.covers("GAME-10")
async def test_the_next_step_in_a_talk_names_the_digits_that_stand_there_and_tells_of_further_pages() -> None:
    app = app_at("reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        for _page in range(4):
            moves, line = app.screen.query_one(Moves), app.screen.query_one(Hint)
            stand = [key for key, _id, _name in moves.moves]
            named = [each for each in line.keys if each not in {"9", "0"}]
            assert {"0"} <= set(line.keys) and set(named) <= set(stand), (line.keys, stand)
            assert stand[0] == named[0] and stand[-1] == named[-1]
            assert "shows more" in shown(app)
            await press(pilot, "0")


@pytest.mark.covers("GAME-10")
@pytest.mark.parametrize(("lang", "words"), [("en", "Space: take or leave"), ("zh", "按空格选中或取消")])
async def test_a_list_to_tick_says_how(lang: str, words: str) -> None:
    app = app_at("director", lang=lang)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.push_screen(Form(app.session, SendLetter))  # type: ignore[arg-type]
        await pilot.pause()
        assert words in shown(app)


@pytest.mark.covers("REG-4")
async def test_a_new_value_that_is_missing_is_asked_for_at_its_field() -> None:
    app = app_at("sales-1")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.push_screen(Form(app.session, UpdateRecord, {"record": "C1", "field": "phone"}))  # type: ignore[arg-type]
        await pilot.pause()
        await press(pilot, "f10")
        assert isinstance(app.screen, Form)
        assert "↑ The new value must be filled in." in shown(app)
        record = app.session._game.world.get(Record, "C1")  # type: ignore[union-attr]
        record.email, record.phone = "a@example.com", "13800001234"
        await press(pilot, "f10")  # to empty what stands there is a change
        assert record.phone == "" and not isinstance(app.screen, Form)


@pytest.mark.covers("GAME-1", "TALK-4")
@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("agreed", "请照约定填写订单"),
        ("later", "这次没有成交"),
        ("left", "耐心或信任用完了"),
        ("silent", "客户等不到答复"),
        ("next_step", "到那天主动联系"),
        ("no_lead", "无需登记"),
    ],
)
async def test_a_talk_that_is_over_says_how_it_came_out(ending: str, said: str) -> None:
    app = app_at("reception", lang="zh")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        talk = told_talk(session)
        app.screen.look()  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert isinstance(app.screen, TalkRoom) and said not in shown(app)
        talk.status, talk.ending = "closed", ending
        app.screen.look()
        await pilot.pause()
        text = shown(app).replace("\n", "")
        assert said in text and "按 Esc" in text


@pytest.mark.covers("GAME-1")
async def test_once_something_was_said_the_lesson_tells_the_order_of_a_talk() -> None:
    app = app_at("reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        await press(pilot, "enter")
        assert Speak.teach[:40] not in shown(app)
        await press(pilot, "escape")
        told_talk(session)
        session.lesson.did()
        await press(pilot, "enter")
        assert Speak.teach[:40] in shown(app)


@pytest.mark.covers("TALK-3")
@pytest.mark.parametrize(("lang", "says"), [
    ("en", "Never answered: delivery; “Give a delivery plan” would have."),
    ("zh", "对方在意的“交货”一直没有得到回答，本该“说明交货安排”。"),
])  # fmt: skip
async def test_a_talk_without_a_deal_says_which_doubt_stood_open_and_what_would_have_met_it(
    lang: str, says: str
) -> None:
    app = app_at("reception", lang=lang)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        talk = told_talk(session)
        app.screen.look()  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert isinstance(app.screen, TalkRoom)
        for ending, tells in (("left", True), ("later", True), ("agreed", False)):
            talk.status, talk.ending, talk.objection = "closed", ending, "delivery"
            app.screen.look()
            await pilot.pause()
            assert (says in str(app.screen.saying.query_one("#words", Static).content)) is tells
