"""What is shown when a game is over: card, three months later, stories, replay."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from crmsim.crm.customer import Customer
from crmsim.engine.words import DAY, _
from crmsim.public import load_scenario, new_game, save
from crmsim.store.jsonl import read_any
from crmsim.tui.app import CrmsimApp
from crmsim.tui.end import End
from crmsim.tui.jump import Jump
from crmsim.tui.opening import Wishes
from crmsim.tui.player import Player
from crmsim.tui.reel import Reel
from crmsim.tui.session import Session
from crmsim.tui.speech import tell
from crmsim.tui.stories import Stories
from tests.tui.at_desk import press, shown, until


def played(end: bool) -> Session:
    """A day of first_day by bots, with a person in the director's chair."""
    scenario = load_scenario("first_day")
    holders = {each.id: "bot:competent" for each in scenario.seats} | {"director": "person"}
    game = new_game(scenario, 3, holders)
    game.advance_to(15 * 60)
    if end:
        game.end()
    return Session(game, ["director"])


@pytest.mark.covers("GAME-14", "GAME-1", "GAME-10")
async def test_after_the_end_there_are_card_epilogue_stories_and_replay() -> None:
    session = played(end=True)
    app = CrmsimApp(Wishes(), session=session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, End)
        assert "Grade card" in shown(app)
        await press(pilot, "2")
        await until(pilot, lambda: app.screen.told is not None)
        assert "later" in shown(app)
        assert "turned away" in shown(app)
        await press(pilot, "3")
        assert isinstance(app.screen, Stories)
        first = session.customers()[0]
        assert str(first.story[0].words)[:20] in " ".join(shown(app).split())
        told = session.stories()[first.id]
        assert str(told.ending)[:20] in " ".join(shown(app).split())  # how it ended, and its line along the days
        assert "─●" in shown(app) and "own words" in shown(app)
        assert f"[{', '.join(map(str, next(each.facts for each in told.steps if each.facts)))}]" in shown(app)
        await press(pilot, "f4")
        assert "客户经历" in shown(app)
        await press(pilot, "escape", "4")
        assert isinstance(app.screen, Player)
        await press(pilot, "escape")
        assert isinstance(app.screen, End)


@pytest.mark.covers("GAME-7", "CTL-4")
async def test_facts_of_another_game_are_dated_by_its_own_calendar(tmp_path: Path) -> None:
    told = read_any(save(played(end=True)._game, tmp_path / "lab.crmsim"))
    reel = Reel(told.header, told.entries)
    here = load_scenario("first_day")
    later = here.calendar.model_copy(update={"first_date": "2031-03-03"})
    game = new_game(here.model_copy(update={"calendar": later}), 3, {"director": "person"})
    app = CrmsimApp(Wishes(), session=Session(game, ("director",)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        jump = Jump(reel, "")
        app.push_screen(jump)
        await until(pilot, lambda: app.screen is jump)
        before = structs.replace(reel.facts[0], minute=-DAY)
        assert "2025-03-02" in jump._line(before).plain


@pytest.mark.covers("GAME-7")
def test_a_reel_wound_back_and_forth_shows_the_same_world(tmp_path: Path) -> None:
    session = played(end=False)
    path = save(session._game, tmp_path / "lab.crmsim")
    saved = read_any(path)
    reel = Reel(saved.header, saved.entries)
    digests = {}
    for minute in (600, 700, 900):
        reel.wind(minute)
        digests[minute] = (reel._game.digest(), reel.figures())
    for minute in (700, 900, 600):
        reel.wind(minute)
        assert (reel._game.digest(), reel.figures()) == digests[minute]
    reel.wind(10 * DAY)
    assert reel.minute == reel.end == session.minute


@pytest.mark.covers("DIR-12")
def test_before_the_end_a_reel_shows_only_what_people_were_told() -> None:
    session = played(end=False)
    reel = session.reel()
    told = {fact.number for fact in session.view.heard()}
    assert {fact.number for fact in reel.facts} == told
    assert len(told) < len(session._game.facts)
    reel.wind(reel.end)
    assert all(reel.story(each.id) == [] for each in session._game.world.all(Customer))
    assert session.stories() == {} and session.customers() == []
    session.end()
    whole = session.reel()
    whole.wind(whole.end)
    assert len(whole.facts) > len(told)
    assert any(whole.story(each.id) for each in session._game.world.all(Customer))


async def test_a_replay_is_played_wound_and_followed() -> None:
    session = played(end=True)
    app = CrmsimApp(Wishes(), first=Player(session.reel(), alone=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        player = app.screen
        assert isinstance(player, Player)
        assert tell(player, _("{when:day}", when=-2 * DAY)) == "2025-03-01"  # by the calendar of what is told again
        start = player.reel.minute
        await press(pilot, "right")
        assert player.reel.minute == start + 60
        await press(pilot, "left")
        assert player.reel.minute == start
        await press(pilot, "plus", "plus", "plus", "space")  # the slowest again
        await until(pilot, lambda: player.reel.minute > start)
        await press(pilot, "space")
        assert start < player.reel.minute < player.reel.end
        assert not player.playing
        await press(pilot, "end", "f", "6")
        assert player.followed == "sales-1"
        seat_only = player.reel.told("sales-1")
        assert seat_only
        assert len(seat_only) < len(player.reel.told())
        await press(pilot, "j", "enter")
        assert player.reel.minute == seat_only[0].minute
        late = next(each for each in reversed(seat_only) if each.minute > seat_only[0].minute)
        await press(pilot, "j", *str(late.number), "down", "enter")  # as a card cites it, and chosen in the list
        assert isinstance(app.screen, Player) and player.reel.minute == late.minute
