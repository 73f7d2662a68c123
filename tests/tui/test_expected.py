"""What people expect of any terminal program: palette, help, hjkl, mouse, colours kept, plain characters, no colour."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color
from textual.command import CommandPalette
from textual.geometry import Region
from textual.widgets import OptionList

from crmsim import tui
from crmsim.crm.company import CUSTOMER, STAFF
from crmsim.engine.action import label_of
from crmsim.engine.words import translate
from crmsim.roles import ACTIONS
from crmsim.roles.director.office import AddStaff
from crmsim.roles.director.publicity import PlanPromotion
from crmsim.scenarios.loader import bundled
from crmsim.tui.app import CrmsimApp
from crmsim.tui.desk import Desk
from crmsim.tui.form import Form
from crmsim.tui.help import Help
from crmsim.tui.opening import Wishes
from crmsim.tui.palette import spelled
from crmsim.tui.paths import Paths
from crmsim.tui.start import Start
from crmsim.tui.talk import TalkRoom
from crmsim.tui.theme import SAYING, contrast
from crmsim.tui.todo import ToDo
from tests.tui.at_desk import app_at, press, shown, until, worked

FRAMES = " ─│╭╮╰╯├└▁▂▃▄▅▆▇█"

pytestmark = pytest.mark.covers("GAME-1", "GAME-10")


async def typed(pilot: Any, words: str) -> None:
    await press(pilot, *["space" if each == " " else each for each in words])
    await worked(pilot)


@pytest.mark.parametrize(("lang", "by"), [("zh", "English"), ("en", "Chinese"), ("en", "pinyin"), ("zh", "initials")])
async def test_an_action_is_found_by_its_name_in_either_language_and_in_pinyin(lang: str, by: str) -> None:
    app = app_at("director", lang=lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        action = next(each for each in session.actions if session.closed(each) is None and not each.confirm)
        chinese = translate(label_of(action), "zh")
        whole, initials = spelled([chinese])[chinese]
        words = {"English": label_of(action), "Chinese": chinese, "pinyin": whole, "initials": initials}[by]
        await press(pilot, "ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await typed(pilot, words)
        assert label_of(action) in shown(app) and chinese in shown(app)
        if by == "pinyin":
            await press(pilot, "enter")
            await until(pilot, lambda: isinstance(app.screen, Form | TalkRoom))


async def test_every_action_and_table_of_a_seat_is_in_the_palette() -> None:
    app = app_at("sales-1")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        await press(pilot, "ctrl+p")
        screen: Any = app.screen
        names = screen.query_one(OptionList)
        await until(pilot, lambda: names.option_count >= len(session.actions) + len(session.tables))


async def test_the_palette_takes_a_form_away_before_it_opens_another() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        desk: Any = app.screen
        desk.open_action(AddStaff)
        await until(pilot, lambda: isinstance(app.screen, Form))
        await press(pilot, "ctrl+p", *label_of(PlanPromotion).replace(" ", "").lower())
        await until(pilot, lambda: label_of(PlanPromotion) in shown(app))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Form) and app.screen.action is PlanPromotion)
        assert sum(isinstance(each, Form) for each in app.screen_stack) == 1


async def test_help_fits_the_place() -> None:
    app = app_at("reception", "director")
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.pause()
        await press(pilot, "f1")
        assert isinstance(app.screen, Help)
        assert "Wait until needed" in shown(app)
        assert "Next seat" in shown(app)
        assert "Say it" not in shown(app)
        await press(pilot, "f1")
        assert isinstance(app.screen, Desk)
        await press(pilot, "enter", "f1")
        assert "Say it" in shown(app)
        assert "Next seat" not in shown(app)
        await press(pilot, "escape", "escape", "n", "enter")
        assert isinstance(app.screen, Form)
        await press(pilot, "f1")
        assert "Do it" in shown(app)
        assert "Approve an order" in shown(app)
        assert "Cursor" not in shown(app)
        await press(pilot, "f4")
        assert "处处可用" in shown(app)


async def test_hjkl_move_as_arrows_do_and_type_in_a_line() -> None:
    app = app_at("director", "sales-1")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "m")
        paths = app.screen.query_one(Paths)
        before = paths.cursor_line
        await press(pilot, "j", "ｊ")
        assert paths.cursor_line == before + 2
        await press(pilot, "k")
        assert paths.cursor_line == before + 1
        session, desk = app.session, app.screen
        assert isinstance(desk, Desk)
        desk.open_table(next(each for each in session.tables if each.rows and each.actions))  # type: ignore[union-attr]
        await press(pilot, "slash", "j", "k")
        assert desk.query_one("#filter").value == "jk"  # type: ignore[attr-defined]


async def test_colours_are_kept_for_the_next_time(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    app = CrmsimApp(Wishes())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        first = app.theme
        await press(pilot, "ctrl+t")
        assert app.theme != first
        chosen = app.theme
    again = CrmsimApp(Wishes())
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert again.theme == chosen
    (tmp_path / "settings.toml").write_text("theme = 'ansi-dark'\n", encoding="utf-8")
    assert CrmsimApp(Wishes()).theme == first
    (tmp_path / "settings.toml").write_text("theme = 'gone'\n[[", encoding="utf-8")
    third = CrmsimApp(Wishes())
    async with third.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert third.theme == first


async def test_a_desk_and_a_form_can_be_read_in_all_colours_that_can_be_chosen(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    app, seen = app_at("director"), set()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        desk, form = app.screen_stack[1:]
        for _each in app.available_themes:
            await press(pilot, "ctrl+t")
            seen.add(app.theme)
            told = [*_pieces(desk, desk.region), *_pieces(form, form.query_one(".box").region)]
            assert {dim for _words, dim, _found in told} == {True, False}
            for words, dim, found in told:
                assert found >= (3 if dim else 4.5), (app.theme, words, round(found, 2))
        assert len(seen) > 10 and isinstance(app.screen, Form)


def _pieces(screen: Any, region: Region) -> list[tuple[str, bool, float]]:
    """Every piece of text of a part of a screen, whether it is dimmed (in no colour of the theme), and its contrast."""
    named = {Color.parse(screen.app.theme_variables[each]) for each in (*SAYING, "foreground", "background")}
    strips, found = screen._compositor.render_strips()[region.y : region.bottom], []
    for each in (piece for strip in strips for piece in strip.crop(region.x, region.right)):
        if each.text.strip(FRAMES):
            front, ground = (Color.from_rich_color(part) for part in (each.style.color, each.style.bgcolor))
            found.append((each.text.strip(), front not in named, contrast(front, ground)))
    return found


async def test_a_click_opens_a_paper_and_presses_a_key_of_the_footer() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(ToDo, offset=(10, 1))
        await pilot.pause()
        assert isinstance(app.screen, Form)
        await pilot.click("Foot", offset=(2, 0))
        await pilot.pause()
        assert isinstance(app.screen, Desk)


async def test_plain_characters_suffice_on_every_screen() -> None:
    app = app_at("reception", "director", ascii=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        places: tuple[tuple[str, ...], ...] = (
            (), ("enter",), ("1",), ("f1",), ("escape",), ("escape", "n", "enter"), ("escape", "c"), ("escape", "m"),
        )  # fmt: skip
        for keys in places:
            await press(pilot, *keys)
            odd = set()
            for strip in app.screen._compositor.render_strips():
                for each in app.get_line_filters()[-1].apply(list(strip), app.screen.background_colors[1]):
                    odd |= {one for one in each.text if unicodedata.east_asian_width(one) not in {"Na", "W"}}
            assert odd == set(), (keys, odd)


async def test_no_color_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        line = list(app.screen.query_one(ToDo).render_line(1))
        for each in app.get_line_filters():
            line = each.apply(line, app.screen.background_colors[1])
        for segment in line:
            for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                if colour is not None and colour.triplet is not None:
                    assert len(set(colour.triplet)) == 1, segment  # a grey


@pytest.mark.covers("GAME-8")
async def test_keys_struck_twice_in_a_hurry_do_a_thing_once() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        session.fresh = True
        app.screen.on_mount()  # type: ignore[attr-defined]
        await pilot.pause()
        button: Any = app.screen.query_one("Button")
        for _turn in range(3):  # as one hurried key after another, before any of them took effect
            button.press()
        await pilot.pause()
        assert isinstance(app.screen, Desk)
        await press(pilot, "enter")
        button = app.screen.query_one("#do")
        for _turn in range(3):
            button.press()
        await pilot.pause()
        assert isinstance(app.screen, Desk)
        done = [each for each in session._game.journal if type(each.action).__name__ == "ReviewOrder"]
        assert len(done) == 1


async def test_seats_taken_in_a_hurry_are_those_that_the_cursor_stood_on() -> None:
    app = CrmsimApp(Wishes())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        seats: Any = app.screen.query_one("#seats")
        seats.highlighted = 0
        before = seats.selected
        for key in ("space", "down", "down", "space"):  # no time between them
            seats.action_select() if key == "space" else seats.action_cursor_down()
        await pilot.pause()
        ids = [seats.get_option_at_index(at).value for at in (0, 2)]
        assert set(before) ^ set(seats.selected) == set(ids)


async def test_a_seat_under_the_cursor_that_is_not_taken_says_so_before_the_game_starts() -> None:
    app = CrmsimApp(Wishes())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        await until(pilot, lambda: "Next: [F5] starts." in shown(app))
        await press(pilot, "down", "down")
        assert "Next: [Enter] takes this seat, Space adds it; [F5] starts with those marked." in shown(app)
        await press(pilot, "enter")
        assert "Next: [F5] starts." in shown(app)


@pytest.mark.covers("GAME-1")
async def test_a_scenario_chosen_before_its_seats_are_on_the_screen_goes_on_to_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    furnish = Start._furnish

    async def late(self: Start) -> None:
        self.set_timer(0.3, lambda: furnish(self))

    monkeypatch.setattr(Start, "_furnish", late)
    app: Any = CrmsimApp(Wishes())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert not app.screen.furnished
        await until(pilot, lambda: getattr(app.focused, "id", "") == "seats")


def test_no_screen_names_an_action_a_role_or_a_scenario() -> None:
    """But for who leads a game, which is no role in the company."""
    actions, scenarios = {each.__name__ for each in ACTIONS}, set(bundled())
    assert "ReviewOrder" in actions and "first_day" in scenarios and "sales" in STAFF
    words = scenarios | {*STAFF, CUSTOMER}
    actions |= {each.upper() for each in (*STAFF, CUSTOMER)}
    found = []
    for path in sorted(Path(tui.__file__).parent.glob("*.py")):
        text = re.sub(r'getattr\(\w+, "\w+"', "", path.read_text(encoding="utf-8"))  # a field of a fact is no role
        named = (set(re.findall(r"\w+", text)) & actions) | (set(re.findall(r"\"(\w+)-?\"", text)) & words)
        found += [f"{path.name}: {each}" for each in sorted(named)]
    assert found == []


@pytest.mark.covers("GAME-10")
async def test_a_name_that_nothing_has_is_told_in_the_readers_language() -> None:
    app = app_at("director", lang="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "ctrl+p")
        await typed(pilot, "qqxx")
        assert "没有这个名称" in shown(app) and "No matches" not in shown(app)


@pytest.mark.covers("DIR-2", "DIR-5")
async def test_forms_tell_units_and_who_colleagues_are_and_leave_open_what_nobody_named() -> None:
    app = app_at("director", lang="zh")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        desk: Any = app.screen
        desk.open_action(AddStaff)
        await pilot.pause()
        assert "日工资 ¥" in shown(app) and "-0.01" not in shown(app)
        await press(pilot, "escape")
        desk.open_action(PlanPromotion)
        await pilot.pause()
        assert "展台优惠 %" in shown(app) and "· 客户接洽" in shown(app)
