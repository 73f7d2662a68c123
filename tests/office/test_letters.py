"""Letters between the people of the game and the instructor, cases to read, and words to be used again."""

from __future__ import annotations

import pytest

from crmsim.crm.knowledge import Template
from crmsim.crm.letter import Letter
from crmsim.crm.talk import Talk
from crmsim.engine.action import refusal
from crmsim.engine.desk import to_do
from crmsim.engine.words import Bilingual, render
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.roles import TABLES
from crmsim.roles.instructor import InjectLetter
from crmsim.roles.service import AnswerRequest
from crmsim.roles.talking import Speak
from crmsim.roles.writing import (
    AnswerByTemplate,
    ChangeTemplate,
    DeleteLetter,
    DeleteTemplate,
    ReadLetter,
    SaveTemplate,
    SendLetter,
    SpeakByTemplate,
)
from tests.office.test_knowledge import asked
from tests.roles.back_office import must, quiet_game

TABLE = {each.id: each for each in TABLES}
MOVES = [{"id": "greet", "key": "1", "name": "greet", "says": ["Hello."]}]
MAIL = {"id": "hi", "title": "Hi", "kind": "mail", "move": "greet",
        "text": {"en": "Dear {product} friend", "zh": "您好"}}  # fmt: skip
THANKS = {"id": "thanks", "title": "Thanks", "kind": "mail", "text": {"en": "Thank you.", "zh": "谢谢来信。"}}


def rows(game: Game, table: str, seat: str) -> list[str]:
    return [each.id for each in TABLE[table].rows(game.view(seat))]


@pytest.mark.covers("CTL-3")
def test_a_letter_waits_unread_is_read_and_deleted_on_one_side_only() -> None:
    game = quiet_game()
    game.apply("sales-1", SendLetter(to=("service-1", "customer-1", "instructor"), subject="Pump", text="Help"))
    for seat in ("service-1", "customer-1", "instructor"):
        assert rows(game, "inbox", seat) == ["ML1"]
        assert any(each.action is ReadLetter for each in to_do(game.view(seat), TABLES))
    assert rows(game, "outbox", "sales-1") == ["ML1"] and rows(game, "inbox", "sales-1") == []
    for seat in ("director", "sales-2"):
        assert rows(game, "inbox", seat) == [] and game.view(seat).get(Letter, "ML1") is None
        assert refusal(ReadLetter(letter="ML1"), game.view(seat)) is not None
        assert refusal(DeleteLetter(letter="ML1"), game.view(seat)) is not None
    game.apply("service-1", ReadLetter(letter="ML1"))
    assert not any(each.action is ReadLetter for each in to_do(game.view("service-1"), TABLES))
    game.apply("instructor", DeleteLetter(letter="ML1"))
    assert rows(game, "inbox", "instructor") == [] and rows(game, "inbox", "service-1") == ["ML1"]
    assert rows(game, "outbox", "sales-1") == ["ML1"]


@pytest.mark.covers("CTL-3", "ADM-2")
def test_the_instructor_writes_to_everybody_and_anyone_answers() -> None:
    game = quiet_game()
    game.apply("instructor", InjectLetter(text="The fair opens tomorrow."))
    assert rows(game, "inbox", "sales-1") == ["ML1"] and rows(game, "inbox", "customer-1") == []
    game.apply("sales-1", SendLetter(to=("instructor",), subject="Re", text="Thanks"))
    assert rows(game, "inbox", "instructor") == ["ML2"]
    assert refusal(SendLetter(to=(), subject="Re", text="x"), game.view("sales-2")) is not None
    assert refusal(SendLetter(to=("ghost",), subject="Re", text="x"), game.view("sales-2")) is not None
    everybody = SendLetter(to=("everybody", "sales-2"), subject="Re", text="x")
    game.apply("director", everybody)
    assert game.world.get(Letter, "ML3").to.count("sales-2") == 1


@pytest.mark.covers("CTL-1")
def test_the_cases_are_read_from_every_seat() -> None:
    case = {"id": "one", "title": {"en": "A lost order", "zh": "丢掉的订单"}, "text": {"en": "# Why", "zh": "# 原因"}}
    game = quiet_game(cases=[case])
    table = TABLE["cases"]
    for seat in (*game.world.seats,):
        assert set(game.view(seat).seat.roles) & set(table.roles), seat
        (row,) = table.rows(game.view(seat))
        assert [render(each.value(row, game.view(seat)), "zh") for each in table.columns] == ["丢掉的订单", "# 原因"]


def letter(game: Game, channel: str = "email") -> Talk:
    return game.world.add(
        Talk(
            "T7", channel=channel, customer="p1", seat="sales-1", status="open", started=game.minute, looking_at="pump"
        )
    )


@pytest.mark.covers("TALK-4")
def test_a_letter_from_a_template_takes_less_time_and_says_its_words() -> None:
    game = quiet_game(moves=MOVES, templates=[MAIL, THANKS])
    talk = letter(game)
    plain, quick = Speak(talk="T7", move="greet"), SpeakByTemplate(talk="T7", template="TP1", product="pump")
    assert quick.cost(game.world) * 10 == plain.cost(game.world) * 6
    game.apply("sales-1", quick)
    assert talk.says[-1].words == Bilingual("Dear pump friend", "您好") and talk.turn == "customer"
    assert game.world.get(Template, "TP1").used == 1
    assert game.world.seat("sales-1").busy_until == game.minute + quick.cost(game.world)


@pytest.mark.covers("TALK-4")
def test_a_live_talk_is_no_letter() -> None:
    game = quiet_game(moves=MOVES, templates=[MAIL])
    letter(game, "phone")
    assert refusal(SpeakByTemplate(talk="T7", template="TP1"), game.view("sales-1")) is not None


@pytest.mark.covers("TALK-4", "SVC-1")
def test_a_request_is_answered_from_a_template() -> None:
    game = quiet_game(templates=[THANKS])
    request = asked(game)
    quick = AnswerByTemplate(request=request.id, template="TP1")
    assert quick.cost(game.world) < AnswerRequest(request=request.id, text="..").cost(game.world)
    must(game, "service-1", quick)
    assert request.status == "answered" and render(request.log[-1][2], "zh") == "谢谢来信。"
    off = quiet_game(templates=[THANKS], tools={"templates": False})
    again = asked(off)
    assert not off.act("service-1", AnswerByTemplate(request=again.id, template="TP1"))


@pytest.mark.covers("TALK-4")
def test_own_templates_are_saved_changed_kept_to_oneself_and_deleted() -> None:
    game = quiet_game(moves=MOVES, templates=[MAIL])
    save = SaveTemplate(name="Mine", kind="talk", move="greet", text="Hello {name}", shared=False)
    for wrong in (
        SaveTemplate(name="Mine", kind="talk", text="Hello"),
        SaveTemplate(name="Mine", kind="mail", text="Hello {name}"),
        SaveTemplate(name="Mine", kind="talk", move="greet", text="Hello {secret}"),
        SaveTemplate(name="Mine", kind="talk", move="greet", text="Hello {"),
        SaveTemplate(name="Mine", kind="talk", move="greet", text="Hello {name:>999999999}"),
        SaveTemplate(name="Mine", kind="talk", move="greet", text="Hello {name!q}"),
        SaveTemplate(name="Mine", kind="talk", move="greet", text="Hello {amount:{name}}"),
    ):
        assert refusal(wrong, game.view("sales-1")) is not None
    game.apply("sales-1", save)
    assert game.view("sales-2").get(Template, "TP2") is None
    game.advance(15)
    assert refusal(ChangeTemplate(template="TP1", text="Other"), game.view("sales-1")) is not None
    game.apply("sales-1", ChangeTemplate(template="TP2", text="Good day"))
    game.advance(15)
    game.apply("sales-1", DeleteTemplate(template="TP2"))
    assert game.world.find(Template, "TP2") is None
    game.apply("sales-2", SendLetter(to=("sales-1",), subject="a", text="b"))
    game.advance(500)
    fresh = Game(game.scenario, 1)
    fresh.apply("sales-1", save)
    fresh.apply("sales-2", SendLetter(to=("sales-1",), subject="a", text="b"))
    fresh.advance(500)
    assert replay_entries(fresh.header(), fresh.journal).digest() == fresh.digest()
