"""Grades hold what they claim: better hands earn more, every line rests on facts, and nothing is gained by tricks."""

from __future__ import annotations

import io
import json
import re
from html import escape

import msgspec
import pytest
import rich._wrap

from crmsim.bots import crew
from crmsim.cli.grading import show
from crmsim.cli.speech import Speech
from crmsim.crm.customer import Customer
from crmsim.engine.errors import BadInput
from crmsim.engine.words import DAY, Dates, _, render
from crmsim.game import Game
from crmsim.game.journal import ABOUT_THE_GAME
from crmsim.grading import grade_game
from crmsim.grading.card import WIDTH, advised, card
from crmsim.grading.course import read_course
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import FULL, Verdict, scaled
from crmsim.grading.outcome import outcome
from crmsim.grading.page import page
from crmsim.grading.report import Report, SeatReport, as_json, grade_course
from crmsim.grading.sheet import COLUMNS, sheet
from crmsim.grading.stories import OWN, Step, Story
from crmsim.grading.stories import as_json as story_json
from crmsim.roles.director import ReviewOrder
from crmsim.roles.reception import DismissMessage
from crmsim.roles.sales import RemindPayment
from crmsim.roles.service import AnswerRequest, Resolve
from crmsim.roles.talking import Speak
from crmsim.store.folders import home

from .conftest import SEED, graded, mean, played, scores, week, without

NEAREST = re.compile(r"(?:That case alone|The weakest (\d+) together), handled well, would have earned ([\d.]+) more")


@pytest.mark.covers("GAME-4")
def test_better_hands_earn_more() -> None:
    levels = ("idle", "novice", "competent", "expert")
    marks = {level: sum(mean(graded(level, seed=seed)) for seed in (SEED, 4)) for level in levels}
    assert marks["idle"] < marks["novice"] < marks["competent"]
    assert marks["competent"] - 4 < marks["expert"]  # two seeds: their order itself is measured by validation
    assert marks["novice"] - marks["idle"] > 40 < marks["competent"] - marks["novice"] + 30


@pytest.mark.covers("GAME-4")
def test_doing_nothing_earns_nothing() -> None:
    assert all(score == 0 for score in scores(graded("idle")).values())


@pytest.mark.covers("GAME-4")
def test_each_line_rests_on_facts(expert_month: Report) -> None:
    facts = played("expert", "month").facts
    scored = [each for seat in expert_month.seats for each in seat.verdicts if each.possible]
    assert len({each.id for each in scored}) > 25
    for each in scored:
        assert each.occasions >= CRITERIA[each.id].fewest
        assert each.evidence and all(facts[number].number == number for number in each.evidence)
        assert str(each.why).strip() and "{" not in str(each.why)
        assert each.mean == 1000 or each.advice is not None
    cited = {number for seat in expert_month.seats for each in seat.verdicts for number in each.evidence}
    assert set(expert_month.evidence) == cited


@pytest.mark.covers("GAME-4")
def test_every_criterion_has_a_claim_and_finds_occasions_in_some_company() -> None:
    assert all(each.claim.endswith(".") and each.label and each.roles for each in CRITERIA.values())
    found: set[str] = set()
    for report in (graded("expert", "month"), graded("novice"), graded("idle")):
        found |= {each.id for seat in report.seats for each in seat.verdicts if each.occasions}
    people = {id for id in CRITERIA if id.startswith("customer.")}
    of_leading = {"team.notes", "director.monitoring"}  # bots write no notes: tested by a director who does
    assert set(CRITERIA) - people - of_leading - found == set()


@pytest.mark.covers("GAME-4")
def test_points_add_up_and_weights_of_the_unscored_are_spread(expert_month: Report) -> None:
    for seat in expert_month.seats:
        if seat.score is not None:
            assert sum(each.possible for each in seat.verdicts) == 10_000
            assert sum(each.points for each in seat.verdicts) == seat.score
        for each in seat.verdicts:
            if each.occasions < CRITERIA[each.id].fewest:
                assert each.possible == 0
                assert "weight goes to the others" in str(each.why)


@pytest.mark.covers("GAME-4")
def test_a_good_act_left_out_never_raises_a_score() -> None:
    game, before = played("competent"), scores(graded("competent"))
    kinds = (ReviewOrder, DismissMessage, AnswerRequest, Resolve, RemindPayment)
    lower = 0
    for kind in kinds:
        mine = [entry for entry in game.journal if isinstance(entry.action, kind)]
        if not mine:
            continue
        after = scores(grade_game(without(game, {each.number for each in mine})))
        seat = mine[0].seat
        assert after.get(seat, 0) <= before[seat], kind.__name__
        lower += after.get(seat, 0) < before[seat]
    assert lower >= 3


@pytest.mark.covers("GAME-4")
def test_repeated_acts_and_empty_mails_never_raise_a_score() -> None:
    game, before = played("novice"), scores(graded("novice"))
    again = {entry.number: [entry.action] for entry in game.journal if not isinstance(entry.action, ABOUT_THE_GAME)}
    assert all(score <= before.get(seat, 0) for seat, score in scores(grade_game(without(game, set(), again))).items())
    mails = {
        entry.number: [Speak(talk=entry.action.talk, move="greet", text=" ")]
        for entry in game.journal
        if isinstance(entry.action, Speak)
    }
    after = scores(grade_game(without(game, set(), mails)))
    assert all(score <= before.get(seat, 0) for seat, score in after.items())


@pytest.mark.covers("GAME-4")
def test_names_and_language_change_no_score() -> None:
    game = played("competent")
    course = read_course(game.header(), game.journal)
    for number, customer in enumerate(course.world.all(Customer)):
        customer.name = customer.contact = f"客户{number}"
    renamed = grade_course(course)
    assert scores(renamed) == scores(graded("competent"))
    reception = next(each for each in renamed.seats if each.seat == "reception")
    assert any("客户" in render(each.why, "zh") for each in reception.verdicts)
    one, two = (as_json(graded("competent"), language=each) for each in ("en", "zh"))
    strip = [[(each["seat"], each["score"], [(c["id"], c["points"], c["evidence"]) for c in each["criteria"]])
              for each in record["seats"]] for record in (one, two)]  # fmt: skip
    assert strip[0] == strip[1]
    assert one["seats"][0]["criteria"][0]["label"] != two["seats"][0]["criteria"][0]["label"]


@pytest.mark.covers("GAME-4")
def test_grading_again_gives_the_same_bytes() -> None:
    again = grade_game(played("competent"))
    assert json.dumps(as_json(again)) == json.dumps(as_json(graded("competent")))
    assert played("competent").digest() == played("competent").digest()


@pytest.mark.covers("GAME-4")
def test_the_shape_that_scripts_rely_on(expert_month: Report) -> None:
    record = as_json(expert_month, "a.crmsim")
    assert {"file", "attested", "team", "seats"} <= set(record)
    for seat in record["seats"]:
        assert {"seat", "role", "score", "criteria"} <= set(seat)
        assert seat["score"] is None or 0 <= seat["score"] <= 100
        for each in seat["criteria"]:
            assert set(each) >= {"id", "points", "possible", "why", "evidence", "advice"}
            assert 0 <= each["points"] <= each["possible"] <= 100
    assert {"operating_profit", "satisfaction"} <= set(record["team"])
    json.dumps(record)


@pytest.mark.covers("GAME-4")
def test_what_a_script_reads_of_a_day_before_the_game_is_its_date(expert_month: Report) -> None:
    first = expert_month.seats[0]
    long_ago = msgspec.structs.replace(first.verdicts[0], why=_("{when:day}", when=-2 * DAY))
    told = msgspec.structs.replace(expert_month, seats=(msgspec.structs.replace(first, verdicts=(long_ago,)),))
    assert as_json(told)["seats"][0]["criteria"][0]["why"] == "2025-03-01"
    month = Dates("2025-03-03", 57)
    step = Step(0, OWN, long_ago.why)
    assert story_json(Story("p1", "", "", (), -1, 0, 0, (step,)), dates=month)["steps"][0]["words"] == "2025-03-01"


@pytest.mark.covers("GAME-4")
@pytest.mark.parametrize("days", [1, 20])
def test_of_a_demo_the_seats_that_could_not_be_scored_are_one_line(expert_month: Report, days: int) -> None:
    """Which they are, and, after a short game, where every seat is scored; a person's own card says it in full."""
    from rich.console import Console

    first, *others = expert_month.seats
    blank = msgspec.structs.replace(first, score=None)
    told = {}
    for mine in (blank, msgspec.structs.replace(blank, holder="2025001")):
        console = Console(width=WIDTH, record=True, file=io.StringIO())
        console.print(card(msgspec.structs.replace(expert_month, seats=(mine, *others), days=days)))
        told[mine.holder] = " ".join(console.export_text().split())
    demo, own = told[first.holder], told["2025001"]
    assert f"Not scored, since too little came up at least 5 times: {first.name} (director)." in demo
    assert "nothing to score" not in demo and others[0].name in demo
    assert ("crmsim demo first_month" in demo) == (days == 1)
    assert "nothing to score" in own and "Not scored, since" not in own


def carded(report: Report, seat: SeatReport) -> str:
    """The card of somebody who held this seat, as one line."""
    from rich.console import Console

    console = Console(width=WIDTH, record=True, file=io.StringIO())
    mine = msgspec.structs.replace(seat, holder="2025001")
    console.print(card(msgspec.structs.replace(report, seats=(mine,))))
    return " ".join(console.export_text().replace("│", " ").split())


@pytest.mark.covers("GAME-4")
def test_advice_names_the_nearest_change_and_what_it_would_have_earned() -> None:
    """As few of the weakest cases as make a difference, handled well: the points are reckoned anew here."""
    told = 0
    for verdict in (each for seat in graded("novice").seats for each in seat.verdicts if each.possible):
        said = NEAREST.search(render(verdict.advice, "en")) if verdict.advice is not None else None
        found = sorted(points for _minute, points in verdict.over)
        if said is None or len(found) != verdict.occasions:
            continue

        def gain(count: int, found: list[int] = found, verdict: Verdict = verdict) -> int:
            mean = (FULL * count + sum(found[count:])) // len(found)
            return scaled(mean, *verdict.scale) * verdict.possible // FULL - verdict.points

        count = int(said[1] or 1)
        assert f"{gain(count) / 100:.1f}" == said[2], verdict.id
        assert count == 1 or gain(count - 1) < 10, verdict.id
        told += 1
    assert told > 10


@pytest.mark.covers("GAME-4")
def test_the_card_cites_facts_by_their_numbers_and_tells_what_was_met_in_too_short_a_game() -> None:
    report = graded("novice")
    seat = next(each for each in report.seats if len(advised(each)) == 3)
    text = carded(report, seat)
    for each in advised(seat):
        assert f"Evidence: facts {', '.join(map(str, each.evidence[:6]))}" in text
    short = msgspec.structs.replace(
        seat, score=None, verdicts=tuple(msgspec.structs.replace(each, points=0, possible=0) for each in seat.verdicts)
    )
    text = carded(report, short)
    for each in (each for each in seat.verdicts if each.occasions):
        assert re.search(rf"{re.escape(each.label[:30])}[^0-9]* {each.occasions} +{each.mean // 10}\b", text), (
            each.label
        )
    assert "What would have been better" in text and "(+" not in text and "Not at all: " in text
    met = msgspec.structs.replace(short, verdicts=tuple(each for each in short.verdicts if each.occasions))
    assert "enough to be scored." in (text := carded(report, met)) and "Not at all" not in text


@pytest.mark.covers("GAME-4", "GAME-10")
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("ascii", [False, True])
def test_the_card_fits_eighty_columns_in_both_languages(expert_month: Report, language: str, ascii: bool) -> None:
    from rich.cells import cell_len
    from rich.console import Console

    console = Console(width=WIDTH, record=True, file=io.StringIO())
    mine = msgspec.structs.replace(expert_month.seats[0], holder="2025001")  # beside bots of known skill, too
    console.print(
        card(msgspec.structs.replace(expert_month, seats=(mine, *expert_month.seats[1:])), language, ascii=ascii)
    )
    lines = console.export_text().splitlines()
    names = {"en": ("novice", "competent", "expert", "here"), "zh": ("新手", "熟练", "专家")}[language]
    assert all(any(line.lstrip("│| ").startswith(each) for line in lines) for each in names)
    assert max(map(cell_len, lines)) <= WIDTH
    framed = [line for line in lines if line[:1] in {"│", "|"}]
    assert framed and {cell_len(line) for line in framed} == {WIDTH}
    assert not ascii or language == "zh" or all(char.isascii() or char == "¥" for line in framed for char in line)


@pytest.mark.covers("GAME-4", "GAME-10")
def test_the_page_stands_alone(expert_month: Report) -> None:
    for language in ("en", "zh"):
        text = page(expert_month, language)
        assert "http" not in text and "<script" not in text and "src=" not in text
        assert text.count("<svg") > 30 and text.count("<section>") >= len(expert_month.seats)
        assert "{" not in text.split("</style>")[1]


@pytest.mark.covers("GAME-4")
def test_the_page_names_what_did_not_come_up_in_one_sentence(expert_month: Report) -> None:
    seat = next(each for each in expert_month.seats if any(not one.occasions for one in each.verdicts))
    text = page(msgspec.structs.replace(expert_month, seats=(seat,)))
    rows = re.findall(r'<td class="claim"[^>]*>([^<]*)</td>', text)
    assert rows == [each.label for each in seat.verdicts if each.occasions]
    unmet = ", ".join(each.label for each in seat.verdicts if not each.occasions)
    assert f"Did not come up: {escape(unmet)}." in text


@pytest.mark.covers("GAME-4")
def test_the_page_of_one_seat_tells_that_seat_and_names_its_colleagues(expert_month: Report) -> None:
    held = tuple(msgspec.structs.replace(each, holder="2025001") if each.seat == "service" else each
                 for each in expert_month.seats)  # fmt: skip
    text = page(msgspec.structs.replace(expert_month, seats=held))
    own, rest = text.split('<details class="others">')
    assert own.count('<section class="person">') == 1 == text.count('class="person"')
    names = own.split("Your colleagues")[1]
    assert all(each.name in names for each in held if each.seat != "service")  # a line each; in full when unfolded
    assert rest.count('<header class="seat">') == len(held) - 1 and own.count('<header class="seat">') == 1
    assert "details.others:not([open]) { display: none; }" in text.split("@media print")[1]


@pytest.mark.covers("GAME-4")
def test_the_table_holds_every_line_and_no_formula(expert_month: Report) -> None:
    import csv
    import io

    record = as_json(expert_month, "=cmd")
    rows = list(csv.DictReader(io.StringIO(sheet([record]))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(each["criteria"]) for each in record["seats"])
    assert all(not str(value).startswith(("=", "+", "@")) for row in rows for value in row.values())


@pytest.mark.covers("GAME-4")
def test_an_unfinished_game_is_not_graded_and_one_left_early_says_so() -> None:
    game = Game(week(), SEED, players=crew(week(), "competent", [each.id for each in week().seats]))
    game.advance_to(game.first_minute + 2 * 1440)
    with pytest.raises(BadInput):
        grade_game(game)
    game.end()
    report = grade_game(game)
    assert report.early and (report.day, report.days) == (3, 6)


@pytest.mark.covers("GAME-14", "GAME-4")
def test_three_months_later_is_told_and_the_outcome_lies_between_novice_and_expert() -> None:
    short = week().model_copy(update={"epilogue_days": 6, "least_days": 3})
    game = Game(short, SEED, players=crew(short, "competent", [each.id for each in short.seats]))
    game.run_to_end()
    course = read_course(game.header(), game.journal)
    minute, facts = course.game.minute, len(course.game.facts)
    found = outcome(course)
    assert found.score is not None and 0 <= found.score <= 1000
    assert found.novice != found.expert and set(found.own) == {"operating_profit", "satisfaction", "equity"}
    assert "6 days later" in str(found.epilogue[0]) and len(found.epilogue) >= 4
    assert (course.game.minute, len(course.game.facts)) == (minute, facts), "the game itself is left as it was"
    assert len(list((home() / "companies").glob(f"*-{SEED}-*.json"))) == 2, "the two companies are kept"


@pytest.mark.covers("GAME-14")
def test_a_short_game_has_an_epilogue_and_no_outcome() -> None:
    brief = week().model_copy(update={"epilogue_days": 1, "least_days": 7})
    game = Game(brief, SEED, players=crew(brief, "idle", [each.id for each in brief.seats]))
    game.run_to_end()
    found = outcome(read_course(game.header(), game.journal))
    assert found.score is None and len(found.epilogue) >= 4


@pytest.mark.covers("GAME-4")
def test_a_person_who_plays_customers_is_graded_by_the_brief() -> None:
    game = Game(week(), SEED, players=crew(week(), "competent", [each.id for each in week().seats]),
                holders={"customer-1": "20250001"})  # fmt: skip
    game.run_to_end()
    seat = next(each for each in grade_game(game).seats if each.seat == "customer-1")
    brief = next(each for each in seat.verdicts if each.id == "customer.brief")
    assert seat.person and [each.id for each in seat.verdicts if not each.id.startswith("customer.")] == []
    assert brief.mean <= 400  # whoever does nothing gets nothing of what it wanted


BARE = re.compile(r"(?<!· )\b(?:[OVRSIH]|MP|MN|C|p)\d+\b|stranger-|sales-\d|service-\d")


@pytest.mark.covers("GAME-4")
def test_what_a_criterion_says_names_people_and_papers() -> None:
    """A paper's number stands behind whose it is; no seat, file or customer goes by its id."""
    game = played("competent")
    course = read_course(game.header(), game.journal)
    goods = re.compile("|".join(render(each.name, "en") for each in week().products))
    said, numbered = 0, 0
    for seat in course.world.scenario.seats:
        for rule in (each for each in CRITERIA.values() if {*each.roles} & {*seat.roles}):
            for occasion in rule.rule(course, seat.id):
                words = goods.sub("", render(occasion.why, "en"))
                assert not BARE.search(words), (rule.id, words)
                said, numbered = said + 1, numbered + ("· O" in words)
    assert said > 100 and numbered > 5


@pytest.mark.covers("GAME-4", "GAME-10")
def test_no_line_of_the_card_begins_with_a_comma_outside_the_screens(
    expert_month: Report, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rich._wrap, "re_word", re.compile(r"\s*\S+\s*"))  # as rich has it where no screen was opened
    monkeypatch.setattr(Speech, "language", "zh")
    show(expert_month)
    lines = [line.strip("│ ") for line in capsys.readouterr().out.split("\n")]
    assert any(line.endswith(("，", "、")) for line in lines)
    assert not [line for line in lines if line[:1] in {"，", "。", "、", "；", "：", "）", "”"}]
