"""The grade card as one self-contained page: inline style and drawings, no address in it, good on paper too."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crmsim.engine.words import DAY, N_, Words, _, money, percent, render, time
from crmsim.grading.among import TITLE
from crmsim.grading.card import WHOLE, advised, band
from crmsim.grading.criterion import FULL, Verdict
from crmsim.grading.distribution import beside, hands_in
from crmsim.grading.graphs import COLOURS, HAND_COLOURS, bar, between, dial, over_time, sign, strip, timeline
from crmsim.grading.labreport import ReportMarks
from crmsim.grading.report import Report, SeatReport
from crmsim.grading.stories import KINDS, Step, Story, cited

STYLE = """
:root { --ink: #1f2430; --soft: #6b7280; --line: #d9dde5; --fair: #b7791f; }
* { box-sizing: border-box; }
body { font: 15px/1.55 "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui,
  sans-serif; color: var(--ink); max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 0; }
h3 { font-size: 1em; margin: 1em 0 .2em; color: var(--soft); font-weight: 600; break-after: avoid; }
p.under { color: var(--soft); margin: 0 0 1.2rem; } .early { color: var(--fair); font-weight: 600; }
section { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.2rem; margin: 1rem 0; }
header.seat { display: flex; align-items: center; gap: 1rem; }
header.seat div { flex: 1; } .soft { color: var(--soft); font-size: .9em; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; } td, th { padding: .25rem .4rem; text-align: left;
  vertical-align: middle; border-bottom: 1px solid var(--line); } td.n, th.n { text-align: right; white-space: nowrap; }
td.claim { width: 36%; } tr.unscored td { color: var(--soft); } tr { break-inside: avoid; }
svg { break-inside: avoid; }
svg.wide { display: block; width: 100%; height: auto; margin: .3rem 0; } svg.bar { width: 200px;
  max-width: 20vw; height: 16px; display: block; } .key svg { width: 1.1em; height: 1.1em;
  vertical-align: -.15em; margin-right: .25em; } svg .t { font-size: 11px; fill: var(--soft); }
svg .own { font-size: 12px; font-weight: 700; fill: #b23a48; }
.key span { margin-right: 1rem; white-space: nowrap; } .key i { display: inline-block; width: .7em; height: .7em;
  border-radius: 50%; margin-right: .35em; }
details { margin: .3rem 0; break-inside: avoid; } summary { cursor: pointer; }
details p { margin: .2rem 0 .2rem 1.1rem; }
details ol { margin: .2rem 0 .4rem 0; padding-left: 1.1rem; list-style: none; font-size: .92em; }
li .when { color: var(--soft); display: inline-block; min-width: 7.5em; } li .fact { color: var(--soft); }
li.lost { color: #b23a48; font-weight: 600; } li.company, li.mood { color: var(--soft); }
.advice::before { content: "\\2192\\00a0"; }
@media (max-width: 36rem) { body { padding: 0 .4rem; } section { padding: .7rem .6rem; } svg.bar { max-width: 13vw; }
  table { font-size: .8em; } td, th { padding: .25rem .15rem; } td.claim { width: auto; } }
@page { margin: 14mm; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } * { print-color-adjust: exact;
  -webkit-print-color-adjust: exact; } section { border-color: #999; padding: .5rem .8rem; }
  header.seat { break-after: avoid; } section > table { break-inside: avoid; }
  section.person { break-before: page; } section.person:first-of-type { break-before: auto; }
  details::details-content { content-visibility: visible; height: auto; }
  summary { list-style: none; font-weight: 600; }
  section.stories details > :not(summary), details.others:not([open]) { display: none; }
  section.stories summary { font-weight: 400; } section.stories .key { display: none; } }
"""
ASKED = _("Points begin where the bar's ground gets darker, and all are earned where it ends.")
SHOWN = 12  # facts told of each criterion
HANDS = (N_("idle"), N_("random"), N_("spammer"), N_("discounter"), N_("approver"), N_("novice"), N_("competent"),
         N_("expert"))  # fmt: skip
NO_COLOUR = "#9aa1ad"


def page(report: Report, language: str = "en", stories: Sequence[Story] = (), marks: ReportMarks | None = None) -> str:
    """The whole page as HTML text; with the customers' stories and the lab report's marks, when they are given."""
    return _Page(report, language, stories, marks).whole()


class _Page:
    def __init__(self, report: Report, language: str, stories: Sequence[Story], marks: ReportMarks | None) -> None:
        self.report, self.language, self.stories, self.marks = report, language, stories, marks

    def say(self, words: Words) -> str:
        return escape(render(words, self.language, self.report.dates))

    def at(self, minute: int) -> str:
        return escape(time(minute, self.language, self.report.dates))

    def word(self, source: str) -> str:
        return self.say(_("{word:label}", word=source))

    def whole(self) -> str:
        report = self.report
        title = self.say(_("Grade card"))
        people = [each for each in report.seats if each.person] or report.seats
        others = [each for each in report.seats if each not in people]
        parts = [self.head(), *map(self.seat, people), self.lab_report(), self.colleagues(others), self.team(),
                 self.outcome(), self.told()]  # fmt: skip
        language = "zh-CN" if self.language == "zh" else "en"
        return (
            f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
            f"<style>{STYLE}</style>\n</head>\n<body>\n" + "\n".join(filter(None, parts)) + "\n</body>\n</html>\n"
        )

    def head(self) -> str:
        report = self.report
        days = self.say(_("day {day} of {days}", day=report.day, days=report.days))
        seed = self.say(_("seed {seed}", seed=str(report.seed)))
        parts = [self.say(report.title), f'<span class="early">{days}</span>' if report.early else days, seed]
        if report.student:
            parts.append(self.say(report.student))
        if report.practice:
            parts.append(self.say(_("practice, not to be handed in")))
        return f'<h1>{self.say(_("Grade card"))}</h1>\n<p class="under">{" · ".join(parts)}</p>'

    def seat(self, seat: SeatReport) -> str:
        roles, holder = self.roles(seat), self.word(seat.holder.removeprefix("bot:"))
        score, colour = self.say(_("nothing to score")), NO_COLOUR
        if seat.score is not None:
            passed = seat.score >= self.report.pass_mark * 100
            mark, colour = self.report.pass_mark, COLOURS[band(seat.score)]
            said = _("passed (from {mark})", mark=mark) if passed else _("not passed (from {mark})", mark=mark)
            score = f"{self.word(band(seat.score))}{self.say(_(', '))}{self.say(said)}"
        head = (
            f'<header class="seat">{dial(seat.score, colour)}<div><h2>{self.say(seat.name)}</h2>'
            f'<span class="soft">{roles} · {holder} · {score}</span></div></header>'
        )
        kind = ' class="person"' if seat.person else ""
        details = "".join(self.detail(each) for each in seat.verdicts if each.occasions)
        advice = self.advice(seat) if seat.person else ""
        parts = (head, self.criteria(seat), advice, self.among(seat), self.by_day(seat), details)
        return f"<section{kind}>{''.join(parts)}</section>"

    def colleagues(self, seats: Sequence[SeatReport]) -> str:
        """The seats that bots held, a line each; unfolded in full, and printed so only where somebody unfolded them."""
        if not seats:
            return ""
        rows = "".join(
            f"<tr><td>{self.say(each.name)}</td><td>{self.roles(each)}</td>"
            f"<td>{self.word(each.holder.removeprefix('bot:'))}</td>"
            f'<td class="n">{"–" if each.score is None else f"{each.score / 100:.1f}"}</td></tr>'
            for each in seats
        )
        told = f"<summary>{self.say(_('Their grades in full'))}</summary>{''.join(map(self.seat, seats))}"
        title = self.say(_("Your colleagues"))
        return f'<section><h2>{title}</h2><table>{rows}</table><details class="others">{told}</details></section>'

    def roles(self, seat: SeatReport) -> str:
        """What somebody does in the company."""
        return " · ".join(self.say(_("{role:role}", role=each)) for each in seat.roles)

    def advice(self, seat: SeatReport) -> str:
        """What would have earned most."""
        lines = "".join(
            f"<li><b>{self.word(each.label)}</b>{_missing(each)}: {self.say(each.why)} "
            f'<span class="advice">{self.say(each.advice or "")}</span></li>'
            for each in advised(seat)
        )
        heading = _("What would have been better") if seat.score is None else _("What would have earned more")
        return lines and f"<h3>{self.say(heading)}</h3><ol>{lines}</ol>"

    def criteria(self, seat: SeatReport) -> str:
        """The table of criteria: points, and handling with ticks where the bots stand."""
        heads = (_("Criterion"), _("Points"), _("Of"), _("Occasions"))
        names = "".join(f"<th{'' if n == 0 else ' class=n'}>{self.say(each)}</th>" for n, each in enumerate(heads))
        met = [each for each in seat.verdicts if each.occasions]
        rows = "".join(self.row(each, seat.roles[0]) for each in met)
        ticks = {name: colour for name, colour in HAND_COLOURS.items() if hands_in(self.report.scenario, seat.roles[0])}
        key = f'<p class="soft key">{self.key(ticks)}</p>' if ticks else ""
        title = self.say(_("Handling, 0 to 100"))
        asked = (
            f'<p class="soft">{self.say(ASKED)}</p>'
            if any(each.possible and each.scale != WHOLE for each in met)
            else ""
        )
        table = f"<table><tr>{names}<th colspan=2>{title}</th></tr>{rows}</table>{key}{asked}" if met else ""
        rest = [render(_("{word:label}", word=each.label), self.language) for each in seat.verdicts if each not in met]
        unmet = self.say(_("Did not come up: {names}.", names=render(_(", "), self.language).join(rest)))
        return table + (f'<p class="soft">{unmet}</p>' if rest else "")

    def key(self, colours: dict[str, str]) -> str:
        return "".join(
            f'<span><i style="background:{one}"></i>{self.word(name)}</span>' for name, one in colours.items()
        )

    def row(self, verdict: Verdict, role: str) -> str:
        kind = "" if verdict.possible else ' class="unscored"'
        points = f"{verdict.points / 100:.1f}" if verdict.possible else "–"
        possible = f"{verdict.possible / 100:.1f}" if verdict.possible else "–"
        drawn, got = "", f"{verdict.mean // 10}"  # how it was handled is told where it was too little for points, too
        if verdict.possible:
            colour = COLOURS[band(verdict.points * 10_000 // verdict.possible)]
            hands = beside(self.report.scenario, role, verdict.id)
            drawn = bar(verdict.mean, colour, hands, {each: self.word(each) for each in hands}, verdict.scale)
        return (
            f'<tr{kind}><td class="claim" title="{self.word(verdict.claim)}">{self.word(verdict.label)}</td>'
            f'<td class="n">{points}</td><td class="n">{possible}</td><td class="n">{verdict.occasions}</td>'
            f'<td class="n">{got}</td><td>{drawn}</td></tr>'
        )

    def among(self, seat: SeatReport) -> str:
        """The score beside those of bots of known skill in this role."""
        hands = hands_in(self.report.scenario, seat.roles[0])
        if seat.score is None or not hands:
            return ""
        drawn = strip(seat.score, [(each.hand, each.scores) for each in hands], render(_("here"), self.language),
                      {each.hand: self.word(each.hand) for each in hands})  # fmt: skip
        return f"<h3>{self.say(TITLE)}</h3>{drawn}"

    def by_day(self, seat: SeatReport) -> str:
        """How handling went over the days, where there are several: a dot for each, as large as there was work."""
        days: dict[int, list[int]] = {}
        for verdict in seat.verdicts:
            for minute, points in verdict.over if verdict.possible else ():
                days.setdefault(minute // DAY + 1, []).append(points)
        if len(days) < 2:
            return ""
        means = [(day, sum(points) // len(points), len(points)) for day, points in sorted(days.items())]
        title = self.say(_("Handling by day: the larger the dot, the more was to be handled"))
        return f"<h3>{title}</h3>{over_time(means, max(days), title)}"

    def detail(self, verdict: Verdict) -> str:
        lines = [f"<p>{self.word(verdict.claim)}</p>", f"<p>{self.say(verdict.why)}</p>"]
        if verdict.cells:
            cells = "".join(f'<tr><td>{self.word(cell)}</td><td class="n">{count}</td></tr>' for cell, count in
                            verdict.cells)  # fmt: skip
            lines.append(f"<table>{cells}</table>")
        if verdict.advice is not None:
            lines.append(f'<p class="advice">{self.say(verdict.advice)}</p>')
        facts = [self.report.evidence[each] for each in verdict.evidence[:SHOWN]]
        shown = "".join(
            f'<li><span class="when">{self.at(each.minute)}</span>{self.say(each.words)} '
            f'<span class="fact">[{each.number}]</span></li>'
            for each in facts
        )
        got = f"{verdict.mean * 100 // FULL}"
        head = f"{self.word(verdict.label)} <span class='soft'>{got}</span>"
        return f"<details><summary>{head}</summary>{''.join(lines)}<ol>{shown}</ol></details>"

    def lab_report(self) -> str:
        """What the questions of the lab report earned, and what waits for a person."""
        if self.marks is None:
            return ""
        heads = "".join(
            f"<th>{self.word(each)}</th>" for each in (N_("Question"), N_("Points"), N_("Of"), N_("Comment"))
        )
        rows = "".join(
            f'<tr><td>{escape(each.id)}</td><td class="n">{"?" if each.pending else f"{each.points / 100:.1f}"}</td>'
            f'<td class="n">{each.possible / 100:.1f}</td><td>{self.say(each.why)}</td></tr>'
            for each in self.marks.marks
        )
        said = _(
            "Lab report: {earned} of {possible}; {pending} wait for the instructor.",
            **{name: f"{getattr(self.marks, name) / 100:.1f}" for name in ("earned", "possible", "pending")},
        )
        return f"<section><h2>{self.say(said)}</h2><table><tr>{heads}</tr>{rows}</table></section>"

    def team(self) -> str:
        team = self.report.team
        rows = (
            (_("Customers who made contact"), str(team["contacts"])),
            (_("Customers who bought"), str(team["customers"])),
            (_("Orders"), str(team["orders"])),
            (_("Conversion"), percent(team["conversion"])),
            (_("Satisfaction"), percent(team["satisfaction"])),
            (_("Operating profit"), money(team["operating_profit"])),
        )
        cells = "".join(f'<tr><td>{self.say(name)}</td><td class="n">{value}</td></tr>' for name, value in rows)
        return f"<section><h2>{self.say(_('The team (no part of the scores)'))}</h2><table>{cells}</table></section>"

    def outcome(self) -> str:
        found = self.report.outcome
        if found is None:
            return ""
        told = "".join(f"<p>{self.say(each)}</p>" for each in found.epilogue)
        if found.score is None:
            return f"<section><p>{self.say(_('The game was too short for its outcome to count.'))}</p>{told}</section>"
        heads = "".join(
            f"<th class=n>{self.say(each)}</th>" for each in (_("this company"), _("novices"), _("experts"))
        )
        rows = (
            (_("Operating profit"), "operating_profit", money),
            (_("Satisfaction"), "satisfaction", percent),
            (_("Customers' worth a year"), "equity", money),
        )
        body = "".join(
            f"<tr><td>{self.say(label)}</td>"
            + "".join(f'<td class="n">{shown(each[key])}</td>' for each in (found.own, found.novice, found.expert))
            + f"<td>{between(found.own[key], found.novice[key], found.expert[key])}</td></tr>"
            for label, key, shown in rows
        )
        title = self.say(_("Outcome {score} of 100, on the same customers:", score=f"{found.score / 10:.1f}"))
        return f"<section><h2>{title}</h2><table><tr><th></th>{heads}<th></th></tr>{body}</table>{told}</section>"

    def told(self) -> str:
        """The customers' own stories, each with its time line and to unfold."""
        if not self.stories:
            return ""
        last = max((step.minute for each in self.stories for step in each.steps), default=1)
        parts = []
        for each in self.stories:
            lines = "".join(map(self.step, each.steps))
            head = self.say(_("{label}: {text}", label=each.name, text=each.ending))
            drawn = timeline([(step.minute, step.kind) for step in each.steps], last, render(each.name, self.language))
            parts.append(f"<details><summary>{head}</summary>{drawn}<ol>{lines}</ol></details>")
        signs = "".join(f"<span>{sign(kind)}{self.word(kind)}</span>" for kind in KINDS)
        key = f'<p class="soft key">{signs}</p>'
        title = self.say(_("The customers' own stories"))
        return f'<section class="stories"><h2>{title}</h2>{key}{"".join(parts)}</section>'

    def step(self, step: Step) -> str:
        """A line of a story, with the numbers of its facts."""
        kind = step.kind.split()[0]
        return (
            f'<li class="{kind}"><span class="when">{self.at(step.minute)}</span>'
            f'{self.say(step.words)} <span class="fact">{cited(step)}</span></li>'
        )


def _missing(verdict: Verdict) -> str:
    return f" (+{(verdict.possible - verdict.points) / 100:.1f})" if verdict.possible else ""
