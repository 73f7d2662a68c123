"""Plays told again with something changed: a grade must not rise by tricks, nor change by what does not matter."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from crmsim.bots import crew
from crmsim.engine.action import Action, Turn
from crmsim.game import Entry, Game
from crmsim.game.journal import ABOUT_THE_GAME
from crmsim.game.replay import begin
from crmsim.grading import grade_game
from crmsim.grading.criterion import FULL
from crmsim.grading.report import as_json
from crmsim.grading.selftest.ladder import Check
from crmsim.grading.touching import ids_of, touched
from crmsim.roles.talking import Speak
from crmsim.scenarios.casting import draw_cast
from crmsim.scenarios.schema import Scenario

Step = tuple[int, str, Action]  # minute, seat, what is done
DROPS, SWAPS = 3, 40  # good acts of each seat that are left out one by one; pairs that are swapped


def scores(game: Game) -> dict[str, int]:
    """Each seat's score, 0 where it has nothing to show."""
    return {each.seat: each.score or 0 for each in grade_game(game).seats}


def steps(game: Game) -> list[Step]:
    """What the seats did, in order."""
    return [(each.minute, each.seat, each.action) for each in game.journal
            if not isinstance(each.action, ABOUT_THE_GAME)]  # fmt: skip


def told_again(game: Game, done: Sequence[Step]) -> Game:
    """The same world with other steps; what is refused in it falls away."""
    other = Game(game.scenario, game.seed, cast=game.cast, holders=game.first_holders)
    for minute, seat, action in done:
        other.live_to(max(minute, other.minute))
        if other.refusal(seat, action) is None:
            other.apply(seat, action)
    other.run_to_end()
    return other


def good_acts(game: Game, each: int = DROPS) -> list[Entry]:
    """Some decisions of each seat that policy finds wholly right, spread over the game."""
    world, found = begin(game.header()), dict[str, list[Entry]]()
    for entry in game.journal:
        world.live_to(entry.minute)
        if not isinstance(entry.action, ABOUT_THE_GAME):
            judged = entry.action.judge(world.world, Turn(entry.seat, entry.minute, entry.number))
            if judged and all(one.points >= FULL for one in judged):
                found.setdefault(entry.seat, []).append(entry)
        world.repeat_one(entry, set())
    return [mine[len(mine) * n // each] for mine in found.values() for n in range(min(each, len(mine)))]


def without(game: Game, entry: Entry) -> list[Step]:
    """All steps but one."""
    return [(each.minute, each.seat, each.action) for each in game.journal
            if each.number != entry.number and not isinstance(each.action, ABOUT_THE_GAME)]  # fmt: skip


def repeated(game: Game) -> list[Step]:
    """Every step twice."""
    return [one for each in steps(game) for one in (each, each)]


def with_empty_mails(game: Game) -> list[Step]:
    """After each word of a talk another that says nothing."""
    return list(_with_empty(steps(game)))


def _with_empty(done: Sequence[Step]) -> Iterator[Step]:
    for minute, seat, action in done:
        yield minute, seat, action
        if isinstance(action, Speak):
            yield minute, seat, Speak(talk=action.talk, move="greet", text=" ")


def independent(game: Game, most: int = SWAPS) -> list[int]:
    """Places in the steps of two seats that did something in the same minute about different things."""
    world, found = begin(game.header()), list[int]()
    known = [each for each in game.journal if not isinstance(each.action, ABOUT_THE_GAME)]
    places = {each.number: n for n, each in enumerate(known)}
    for entry in game.journal:
        world.live_to(entry.minute)
        place = places.get(entry.number)
        if place is not None and place + 1 < len(known):
            after = known[place + 1]
            if after.minute == entry.minute and after.seat != entry.seat:
                ids = set(ids_of(entry.action)) - {""}
                apart = not ids & (set(ids_of(after.action)) - {""})
                mine, other = touched(world.world, entry.action), touched(world.world, after.action)
                if apart and mine and other and not set(mine) & set(other):
                    found.append(place)
        world.repeat_one(entry, set())
    return found[:: max(1, len(found) // most)][:most]


def swapped(game: Game, places: Sequence[int]) -> list[Step]:
    """The steps with each of these and its next changed round; a step is moved once at most."""
    done, last = steps(game), -2
    for place in places:
        if place > last + 1:
            done[place], done[place + 1] = done[place + 1], done[place]
            last = place
    return done


def renamed(scenario: Scenario, level: str, seed: int, language: str) -> Game:
    """The same company among people of other names, in either script."""
    cast = draw_cast(scenario, seed + (1 if language == "en" else 0), language)
    game = Game(scenario, seed, cast=cast, players=crew(scenario, level, [each.id for each in scenario.seats]))
    game.run_to_end()
    return game


def marks_of(game: Game, language: str) -> str:
    """Everything in a report that is a number, as text; its words are left out."""
    record = as_json(grade_game(game), language=language)
    return json.dumps([[(seat["seat"], seat["score"]), *((each["id"], each["points"], each["possible"],
                       each["evidence"]) for each in seat["criteria"])] for seat in record["seats"]])  # fmt: skip


def changes(scenario: Scenario, seeds: Sequence[int], level: str = "competent",
            play: Callable[[Scenario, str, int], Game] | None = None) -> list[Check]:  # fmt: skip
    """The metamorphic checks and those of fairness over some seeds."""
    dropped, rose, swaps, uneven, unfair = 0, list[str](), 0, list[str](), 0
    tricks: dict[str, list[str]] = {"repeat": [], "empty": []}
    for seed in seeds:
        game = (play or _play)(scenario, level, seed)
        before = scores(game)
        for entry in good_acts(game):
            after = scores(told_again(game, without(game, entry)))
            dropped += 1
            if after[entry.seat] > before[entry.seat]:
                rose.append(f"{seed}: {entry.seat} {type(entry.action).__name__}")
        for name, done in (("repeat", repeated(game)), ("empty", with_empty_mails(game))):
            after = scores(told_again(game, done))
            tricks[name] += [f"{seed}: {seat}" for seat in before if after[seat] > before[seat]]
        places = independent(game)
        swaps += len(places)
        after = scores(told_again(game, swapped(game, places)))
        uneven += [f"{seed}: {seat}" for seat in before if after[seat] != before[seat]]
        unfair += marks_of(game, "en") != marks_of(game, "zh")
        unfair += sum(scores(renamed(scenario, level, seed, each)) != before for each in ("en", "zh"))
    return [
        _check("drop", "A good act left out never raises the score of who did it", rose, dropped),
        _check("repeat", "Every act repeated raises no score", tricks["repeat"], len(seeds)),
        _check("empty", "Empty mails raise no score", tricks["empty"], len(seeds)),
        _check("swap", "Independent acts swapped change no score", uneven, swaps),
        Check("change.fair", "Same play in either language, among names in either script", "0", str(unfair),
              not unfair),
    ]  # fmt: skip


def _play(scenario: Scenario, level: str, seed: int) -> Game:
    game = Game(scenario, seed, players=crew(scenario, level, [each.id for each in scenario.seats]))
    game.run_to_end()
    return game


def _check(name: str, what: str, wrong: Sequence[str], of: int) -> Check:
    shown = f"{len(wrong)} / {of}" + (f" ({'; '.join(wrong[:3])})" if wrong else "")
    return Check(f"change.{name}", what, "0", shown, not wrong and of > 0)
