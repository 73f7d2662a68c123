"""The grade card for a terminal: each seat's score, a bar a criterion, what was weakest and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from crmsim.crm.naming import joined
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Words, _, money, percent, render
from crmsim.grading.among import among
from crmsim.grading.criterion import FEWEST, FULL, Verdict
from crmsim.grading.report import Report, SeatReport
from crmsim.grading.titles import titles

WIDTH = 80
BAR = 10
BANDS = ((9000, N_("excellent")), (7500, N_("good")), (6000, N_("satisfactory")), (0, N_("to be improved")))
COLOURS = {"excellent": "green", "good": "cyan", "satisfactory": "yellow", "to be improved": "red"}
ADVISED = 3
CITED = 6  # facts named below a criterion; the page names more
WHOLE = (0, FULL)
SCALE = _("Handled: 0 to 100 on the whole; in brackets from where points begin, and from where all are earned.")
SHORT = 5  # days of a game in which some seats meet with too little to be scored
TOLD = 5  # hundredths of a point: what would earn less is not worth a sentence


def band(score: int) -> str:
    """A score's word, in English source; `score` in hundredths of a point."""
    return next(word for least, word in BANDS if score >= least)


def advised(seat: SeatReport) -> list[Verdict]:
    """The criteria that cost most, with a sentence on what would have earned more."""
    if seat.score is None:
        weak = [each for each in seat.verdicts if each.advice]
        return sorted(weak, key=lambda each: each.mean)[:ADVISED]
    lost = (each for each in seat.verdicts if each.advice and each.possible - each.points >= TOLD)
    return sorted(lost, key=lambda each: each.points - each.possible)[:ADVISED]


def proofs(verdict: Verdict) -> Words:
    """Why, and the facts that show it by their numbers, those of the weakest cases first."""
    if not verdict.evidence:
        return verdict.why
    numbers = joined(map(str, verdict.evidence[:CITED]))
    if len(verdict.evidence) > CITED:
        more = len(verdict.evidence) - CITED
        return _("{why} Evidence: facts {numbers}, and {more} more.", why=verdict.why, numbers=numbers, more=more)
    return _("{why} Evidence: facts {numbers}.", why=verdict.why, numbers=numbers)


def card(report: Report, language: str = "en", *, ascii: bool = False) -> RenderableType:
    """The whole card, 80 columns wide: people's seats in full; of a company of bots, those that could be scored."""
    writer = _Writer(report, language, ascii)
    people = [each for each in report.seats if each.person]
    shown = people or [each for each in report.seats if each.score is not None]
    others = [each for each in report.seats if each not in shown]
    parts: list[RenderableType] = [writer.head(), *map(writer.seat, shown)]
    if others:
        parts.append(writer.colleagues(others) if people else writer.unscored(others))
    return Constrain(Group(*parts, writer.team(), *([writer.outcome()] if report.outcome else [])), WIDTH)


class _Writer:
    def __init__(self, report: Report, language: str, ascii: bool) -> None:
        self.report, self.language, self.ascii = report, language, ascii

    def say(self, words: Words) -> str:
        told = safe_text(render(words, self.language, self.report.dates))  # it stands on screens and in terminals
        return told.replace("·", "-") if self.ascii else told

    def word(self, source: str) -> str:
        return render(_("{word:label}", word=source), self.language)

    def head(self) -> RenderableType:
        report = self.report
        days = _("day {day} of {days}", day=report.day, days=report.days)
        line = Text(justify="left")
        line.append(self.say(_("Grade card")), style="bold")
        line.append(f"  {self.say(report.title)}  ")
        line.append(self.say(days), style="yellow bold" if report.early else "dim")
        if report.student:
            line.append(f"  {self.say(report.student)}")
        for each in report.challenges:
            line.append("  " + self.say(each.title), style="magenta")
            if each.kept is not None:
                line.append(" " + self.say(_("(kept)") if each.kept else _("(not kept)")), style="magenta")
        if report.practice:
            line.append("  " + self.say(_("practice, not to be handed in")), style="yellow")
        return line

    def seat(self, seat: SeatReport) -> RenderableType:
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(ratio=1, overflow="ellipsis", no_wrap=True)
        table.add_column(width=BAR, no_wrap=True)
        for side in ("right", "right", "left"):
            table.add_column(justify=side, no_wrap=True)
        scored = [each for each in seat.verdicts if each.possible]
        if scored:
            heads = (self.say(each) for each in (_("Points"), _("Cases"), _("Handled")))
            table.add_row("", "", *(Text(each, style="dim") for each in heads))
        for each in scored:
            counted = Text(str(each.occasions), style="dim")
            table.add_row(self.word(each.label), self.bar(each), self.points(each), counted, self.handled(each))
        left = [each for each in seat.verdicts if not each.possible]
        parts: list[RenderableType] = [table]
        if any(each.scale != WHOLE for each in scored):
            parts.append(Text(self.say(SCALE), style="dim"))
        if left:
            if not scored:
                self.unscored_rows(table, left)
                left = [each for each in left if not each.occasions]
            names = self.say(_(", ")).join(self.word(each.label) for each in left)
            note = _("Too seldom to be scored, their weight went to the others: {names}.", names=names)
            if not scored:
                note = _("Nothing came up often enough to be scored.")
            if left and not scored:
                note = _("Nothing came up often enough to be scored. Not at all: {names}.", names=names)
            parts.append(Text(self.say(note), style="dim"))
        if seat.person and (earned := titles(seat)):
            names = "  ".join(self.word(each.label) for each in earned)
            parts.append(Text(("* " if self.ascii else "★ ") + names, style="bold yellow"))
        beside = among(seat, self.report.scenario, self.say, ascii=self.ascii) if seat.person else None
        parts += [] if beside is None else [beside]
        parts += self.advice(seat)
        style = COLOURS[band(seat.score)] if seat.score is not None else "dim"
        frame = box.ASCII if self.ascii else box.ROUNDED
        return Panel(Group(*parts), frame, title=self.title(seat), title_align="left", border_style=style)

    def unscored_rows(self, table: Table, left: list[Verdict]) -> None:
        """What did come up in a game too short for a score: how often, and how it was handled."""
        met = [each for each in left if each.occasions]
        if met:
            heads = (self.say(each) for each in (_("Cases"), _("Handled")))
            table.add_row("", "", "", *(Text(each, style="dim") for each in heads))
        for each in met:
            table.add_row(self.word(each.label), "", "", Text(str(each.occasions), style="dim"), f"{each.mean // 10:3}")

    def title(self, seat: SeatReport) -> Text:
        roles = self.say(_(", ")).join(self.say(_("{role:role}", role=each)) for each in seat.roles)
        name = self.say(seat.name)
        line = Text(f" {name} · {roles} " if not self.ascii else f" {name} - {roles} ")
        if seat.score is None:
            line.append(self.say(_("nothing to score")), style="dim")
            return line
        word = band(seat.score)
        line.append(f" {seat.score / 100:.1f} ", style=f"bold reverse {COLOURS[word]}")
        line.append(f" {self.word(word)} ", style=COLOURS[word])
        passed = seat.score >= self.report.pass_mark * 100
        least = self.report.pass_mark
        said = _("passed (from {mark})", mark=least) if passed else _("not passed (from {mark})", mark=least)
        line.append(self.say(said) + " ", style="dim")
        return line

    def bar(self, verdict: Verdict) -> Text:
        filled = BAR * verdict.points // verdict.possible
        full, empty = ("#", ".") if self.ascii else ("█", "░")
        colour = COLOURS[band(verdict.points * 10_000 // verdict.possible)]
        return Text(full * filled, style=colour) + Text(empty * (BAR - filled), style="dim")

    def points(self, verdict: Verdict) -> str:
        return f"{verdict.points / 100:.1f}/{verdict.possible / 100:.1f}"

    def handled(self, verdict: Verdict) -> Text:
        """The mean of handling, and the scale on which it is read; means stand below one another."""
        none, full = (each // 10 for each in verdict.scale)
        asked = "" if verdict.scale == WHOLE else f" ({none}-{full})" if self.ascii else f" ({none}–{full})"
        return Text.assemble(f"{verdict.mean // 10:3}", (asked, "dim"))

    def advice(self, seat: SeatReport) -> Iterator[RenderableType]:
        lost = advised(seat)
        if not lost:
            return
        yield Text("")
        heading = _("What would have been better") if seat.score is None else _("What would have earned more")
        yield Text(self.say(heading), style="bold")
        for each in lost:
            missing = _("{word:label}", word=each.label)
            if each.possible:
                points = f"{(each.possible - each.points) / 100:.1f}"
                missing = _("{label:label} (+{points})", label=each.label, points=points)
            block = Table.grid(padding=(0, 1))
            block.add_column(width=1)
            block.add_column(ratio=1, overflow="fold")
            block.add_row("*" if self.ascii else "▸", Text(self.say(missing), style="bold"))
            block.add_row("", Text(self.say(proofs(each)), style="dim"))
            assert each.advice is not None
            block.add_row(">" if self.ascii else "→", Text(self.say(each.advice)))
            yield block

    def colleagues(self, seats: list[SeatReport]) -> RenderableType:
        table = Table(
            box=None, padding=(0, 1), show_header=False,
            title=Text(self.say(_("Your colleagues"))), title_justify="left", title_style="bold",
        )  # fmt: skip
        for each in seats:
            score = "-" if each.score is None else f"{each.score / 100:.1f}"
            roles = self.say(_(", ")).join(self.say(_("{role:role}", role=role)) for role in each.roles)
            table.add_row(*map(Text, (self.say(each.name), roles, self.holder(each), score)))
        return table

    def unscored(self, seats: list[SeatReport]) -> RenderableType:
        """One line for the seats of a short game to which nothing came often enough."""
        words = (_("{name} ({role:role})", name=each.name, role=each.roles[0]) for each in seats)
        names = self.say(_(", ")).join(map(self.say, words))
        why = _("Not scored, since too little came up at least {least} times: {names}.", least=FEWEST, names=names)
        more = _("In a longer game, such as {example}, every seat is: crmsim demo {example}", example="first_month")
        told = [self.say(why), *([self.say(more)] if self.report.days < SHORT else [])]
        return Text("\n".join(told) + "\n", style="dim")

    def holder(self, seat: SeatReport) -> str:
        return self.word(seat.holder.removeprefix("bot:")) if seat.holder else ""

    def team(self) -> RenderableType:
        shown = self.say(
            _(
                "The team (no part of the scores): customers who made contact: {contacts}, of whom "
                "{conversion:percent} bought; who signed, old and new: {customers}, orders: {orders}; satisfaction "
                "{satisfaction:percent}, operating profit {operating_profit:money}.",
                **self.report.team,
            )
        )
        return Text(shown)

    def outcome(self) -> RenderableType:
        found = self.report.outcome
        assert found is not None
        lines = [Text("")]
        if found.score is None:
            lines.append(Text(self.say(_("The game was too short for its outcome to count."))))
        else:
            score = f"{found.score / 10:.1f}"
            lines.append(Text(self.say(_("Outcome {score} of 100, on the same customers:", score=score)), style="bold"))
            table = Table(box=None, padding=(0, 2))
            for name in ("", _("this company"), _("novices"), _("experts")):
                table.add_column(self.say(name), justify="right" if name else "left")
            rows = ((_("Operating profit"), "operating_profit", money), (_("Satisfaction"), "satisfaction", percent),
                    (_("Customers' worth a year"), "equity", money))  # fmt: skip
            for label, key, shown in rows:
                table.add_row(self.say(label), *(shown(each[key]) for each in (found.own, found.novice, found.expert)))
            return Group(*lines, table, *(Text(self.say(each)) for each in found.epilogue))
        return Group(*lines, *(Text(self.say(each)) for each in found.epilogue))
