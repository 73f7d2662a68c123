"""For whoever teaches: likeness of hand-ins, grading again with another rubric, and a class's seeds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from crmsim.cli.common import Json
from crmsim.cli.reviewing import progress
from crmsim.cli.speech import Speech, give, grid, in_terminal, note, tell, tr
from crmsim.engine.errors import BadInput, CrmsimError
from crmsim.engine.words import N_, _

Policy = Annotated[str, typer.Option(metavar="FILE", help=tr(N_("The policy file that keeps it; made when new.")))]
Student = Annotated[str, typer.Option(metavar="ID", help=tr(N_("The student number.")))]
By = Annotated[str, typer.Option(metavar="NAME", help=tr(N_("Who decides.")))]
room = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


def likeness(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help=tr(N_("A folder of hand-ins.")))],
    as_json: Json = False,
) -> None:
    """List likeness."""
    import msgspec

    from crmsim.grading.batch import ZIP, files_of
    from crmsim.grading.likeness import Traces, traces
    from crmsim.grading.likeness import likeness as compare
    from crmsim.grading.submission import read
    from crmsim.store.jsonl import read_any

    found: list[Traces] = []
    if not Path(folder).exists():
        raise BadInput(_("There is nothing to grade in {folder}.", folder=folder))
    for path in files_of([Path(folder)]):
        try:
            saved = read(path) if path.suffix.lower() == ZIP else read_any(path)
        except CrmsimError as error:
            note(_("{file}: {cause}", file=str(path), cause=error.message))
            continue
        found.append(traces(str(path), saved.header, saved.entries))
    pairs = compare(found, Speech.language)
    if as_json:
        give([msgspec.to_builtins(each) for each in pairs])
        return
    for each in pairs:
        tell(_("{one} and {two}: {actions:percent} of actions, {talk:percent} of talk in common",
               one=each.one, two=each.two, actions=each.actions, talk=each.words))  # fmt: skip
        for one, two in each.passages:
            print(f"    {one}\n    {two}\n")
    if pairs:
        tell(_("This is no proof. Look at both passages before you say anything."))
    else:
        tell(_("No two hand-ins are much alike."))


def regrade(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=tr(N_("Saves, hand-ins, or folders of them.")))],
    rubric: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Another rubric.")))],
    as_json: Json = False,
) -> None:
    """Grade again."""
    from crmsim.grading.batch import Task, files_of, grade_all
    from crmsim.grading.gradebook import heading, named
    from crmsim.grading.rubric import read_rubric
    from crmsim.store.folders import save_path

    other = read_rubric(Path(rubric))
    files = files_of([save_path(each) for each in paths])
    with progress(_("Grading")) as tick:
        before = list(grade_all(files, Task(language=Speech.language), progress=tick))
        after = list(grade_all(files, Task(rubric=other, language=Speech.language), progress=tick))
    rows = [row for old, new in zip(before, after, strict=True) for row in _differences(old, new)]
    if as_json:
        give(rows)
        return
    names = (N_("student"), N_("file"), N_("seat"), N_("before"), N_("after"), N_("difference"), N_("error"))
    told = [row | {"seat": named(row["seat"], Speech.language) if row["seat"] else ""} for row in rows]
    headings = [heading(name, Speech.language) for name in names]
    grid(headings, [["" if row[name] is None else str(row[name]) for name in names] for row in told])


def _differences(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """The seats of people (of all, when there are none) under both rubrics; a file that failed is a row, too."""
    blank = dict.fromkeys(("student", "file", "seat", "before", "after", "difference", "error"))
    if "error" in old or "error" in new:
        return [blank | {"file": old["file"], "error": old.get("error") or new.get("error")}]
    pairs = list(zip(old["seats"], new["seats"], strict=True))
    people = [each for each in pairs if each[0]["holder"] and not each[0]["holder"].startswith("bot:")]
    rows = []
    for one, two in people or pairs:
        both = one["score"] is not None and two["score"] is not None
        difference = round(two["score"] - one["score"], 2) if both else None
        rows.append(blank | {"student": old["student"], "file": old["file"], "seat": one["seat"],
                             "before": one["score"], "after": two["score"], "difference": difference})  # fmt: skip
    return rows


def new(
    roster: Annotated[
        str, typer.Argument(metavar="ROSTER", help=tr(N_("A roster: student, name, class, seat; xlsx or csv.")))
    ],
    scenario: Annotated[str, typer.Option(metavar="SCENARIO", help=tr(N_("The scenario.")))],
    to: Annotated[str, typer.Option("--to", metavar="DIR", help=tr(N_("Where the class's files go.")))],
    seats: Annotated[
        str, typer.Option(metavar="SEATS", help=tr(N_("Seats to be dealt out in turn, where the roster names none.")))
    ] = "",
    tries: Annotated[
        int, typer.Option(min=1, max=100, help=tr(N_("How many seeds are tried for each that is kept.")))
    ] = 4,
    runs: Annotated[
        int, typer.Option(min=1, max=2, help=tr(N_("Games a student may hand in; of two the better one counts.")))
    ] = 1,
    variants: Annotated[
        int, typer.Option(min=0, help=tr(N_("So many seeds shared by all in a seat; 0: each student its own.")))
    ] = 0,
    within: Annotated[
        float,
        typer.Option(min=0, max=100, help=tr(N_("By how much a hand's marks may differ between seeds."))),
    ] = 10,
) -> None:
    """Prepare a class."""
    from crmsim.grading.classes import equal_seeds, write_class
    from crmsim.grading.roster import read_roster, seats_of
    from crmsim.public import load_scenario

    pupils, found = read_roster(Path(roster)).pupils, load_scenario(scenario)
    sits = seats_of(pupils, [each.id for each in found.seats], [each for each in seats.split(",") if each])
    with progress(_("Seeds are played and graded")) as tick:
        games = equal_seeds(found, sits, tries, runs=runs, variants=variants, within=round(within * 100), progress=tick)
    for path in write_class(Path(to), scenario, pupils, sits, games.seeds, Speech.language):
        tell(_("Written: {file}", file=str(path)))
    tell(_("Students: {count}, seeds: {seeds}; the same hand's marks on them differ by {apart} points of 100 at most.",
           count=len(pupils), seeds=len({seed for mine in games.seeds for seed in mine}),
           apart=f"{games.apart / 100:.1f}"))  # fmt: skip
    if games.shared:
        note(_("Students share seeds: a copied game may not show by its seed. Look at: crmsim likeness FOLDER"))
    if games.unscored:
        note(_("Too little may come to these seats for a mark: {seats}. Deal out others (--seats), "
               "or play a longer scenario.", seats=", ".join(games.unscored)))  # fmt: skip


def override(
    policy: Policy,
    student: Student,
    score: Annotated[float, typer.Option(help=tr(N_("The mark, out of 100.")))],
    by: By,
    why: Annotated[str, typer.Option(help=tr(N_("Why; it is kept beside the mark.")))],
) -> None:
    """Set a mark by hand."""
    from crmsim.grading.overriding import override as write

    given = write(Path(policy), student, score, by, why)
    _mistyped(policy, student)
    tell(
        _("{student}: {score} of 100, by {by}: {why}", student=student, score=f"{score:g}", by=given.by, why=given.why)
    )


def _mistyped(policy: str, student: str) -> None:
    """A word on somebody who is not in the class is kept, and told: a mistyped number marks nobody."""
    from crmsim.grading.overriding import kept_words

    seeds = kept_words(Path(policy)).seeds
    if seeds and student not in seeds:
        note(_("{student} is not in this class; look at the number.", student=student))


def confirm(
    policy: Policy,
    student: Student,
    question: Annotated[str, typer.Option(help=tr(N_("The question in free words.")))],
    points: Annotated[float, typer.Option(help=tr(N_("Its marks.")))],
    by: By,
) -> None:
    """Give the marks of free words."""
    from crmsim.grading.overriding import confirm as write

    (given,) = write(Path(policy), [(student, question)], points, by)
    _mistyped(policy, student)
    tell(
        _(
            "{student}: {question} {points}, by {by}",
            student=student,
            question=question,
            points=f"{points:g}",
            by=given.by,
        )
    )


def waiting(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help=tr(N_("A folder of hand-ins.")))],
    policy: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Weights, lateness and overrides, TOML.")))] = "",
    as_json: Json = False,
) -> None:
    """Free words that wait for a mark: in a terminal on a screen where it is given, else as a list."""
    from crmsim.grading.batch import ZIP, files_of
    from crmsim.grading.confirming import as_json as as_record
    from crmsim.grading.confirming import groups, marked
    from crmsim.grading.confirming import waiting as find
    from crmsim.grading.overriding import kept_words

    kept = Path(policy or "policy.toml")
    words = kept_words(kept)  # a broken policy is named before anything is marked
    with progress(_("Reading the hand-ins")) as tick:
        answers = find([each for each in files_of([Path(folder)]) if each.suffix.lower() == ZIP], tick)
    if in_terminal() and not as_json:
        from crmsim.tui.launching import mark_words

        mark_words(answers, kept, Speech.language)
        return
    found = groups(marked(answers, words))
    if as_json:
        give([[as_record(each) for each in group] for group in found])
        return
    for group in found:
        one = group[0]
        tell(_("{question}: suggested {points} of {possible}, {count} alike",
               question=one.question.id, points=f"{one.points / 100:.1f}", possible=f"{one.possible / 100:.1f}",
               count=len(group)))  # fmt: skip
        for each in group:
            given = _("not marked yet") if each.given is None else _("{points} given", points=f"{each.given:g}")
            tell(_("    {student} ({given}): {text}", student=each.student, given=given, text=each.text))


def autograder(
    to: Annotated[str, typer.Option("--to", metavar="FILE", help=tr(N_("The zip to upload.")))],
    policy: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Weights, lateness and overrides, TOML.")))] = "",
    rubric: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Other weights and thresholds, TOML.")))] = "",
    host_key: Annotated[str, typer.Option("--host-key", metavar="FILE", help=tr(N_("The host's key.")))] = "",
) -> None:
    """Make Gradescope's autograder."""
    from crmsim.grading.autograder import build

    weights, others, key = (Path(each) if each else None for each in (policy, rubric, host_key))
    made = build(Path(to), weights, others, key, language=Speech.language)
    tell(_("Written: {file}", file=str(made)))


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=tr(N_("Make the zip with which Gradescope grades hand-ins.")))(autograder)
    app.command(help=tr(N_("Set a mark by hand; who and why are kept.")))(override)
    app.command(help=tr(N_("Give the marks of an answer in free words.")))(confirm)
    app.command(help=tr(N_("Mark free words, near-equal ones together; without a terminal, list them.")))(waiting)
    app.command(help=tr(N_("Likeness between hand-ins, for a person to look at.")))(likeness)
    app.command(help=tr(N_("The difference that another rubric makes, per student.")))(regrade)
    room.command(help=tr(N_("Seats and seeds of equal difficulty for a class.")))(new)
    room.callback(help=tr(N_("Classes: a roster's seats and seeds.")))(_nothing)
    app.add_typer(room, name="class", help=tr(N_("Classes: a roster's seats and seeds.")))


def _nothing() -> None:
    """A group of one command keeps its name only with a callback."""
