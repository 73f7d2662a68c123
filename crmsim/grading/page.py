"""The grade card as one self-contained page: inline style and drawings, no address in it, good on paper too."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crmsim.engine.words import Words, _, money, percent, render, time
from crmsim.grading.card import band
from crmsim.grading.criterion import Verdict
from crmsim.grading.report import Report, SeatReport
from crmsim.grading.stories import Story

STYLE = """
:root { --ink: #1f2430; --soft: #6b7280; --line: #d9dde5; --excellent: #2e7d4f; --good: #1f7a8c; --fair: #b7791f;
  --poor: #b23a48; }
* { box-sizing: border-box; }
body { font: 15px/1.55 "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui,
  sans-serif;
  color: var(--ink); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 0; }
p.under { color: var(--soft); margin: 0 0 1.2rem; } .early { color: var(--fair); font-weight: 600; }
section { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.2rem; margin: 1rem 0;
  break-inside: avoid; }
header.seat { display: flex; align-items: center; gap: 1rem; }
header.seat div { flex: 1; } .soft { color: var(--soft); font-size: .9em; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; } td, th { padding: .25rem .4rem; text-align: left;
  vertical-align: middle; border-bottom: 1px solid var(--line); } td.n, th.n { text-align: right; white-space: nowrap; }
td.claim { width: 42%; } tr.unscored td { color: var(--soft); }
details { margin: .3rem 0; } summary { cursor: pointer; } details p { margin: .2rem 0 .2rem 1.1rem; }
details ol { margin: .2rem 0 .4rem 1.1rem; color: var(--soft); font-size: .9em; }
.advice::before { content: "\\2192\\00a0"; }
@media print { body { margin: 0; max-width: none; font-size: 12px; } details > * { display: block; }
  section { border-color: #999; } }
"""
SHOWN = 12  # facts told of each criterion
COLOURS = {"excellent": "#2e7d4f", "good": "#1f7a8c", "satisfactory": "#b7791f", "to be improved": "#b23a48"}


def page(report: Report, language: str = "en", stories: Sequence[Story] = ()) -> str:
    """The whole page as HTML text; with the customers' stories, when they are given."""
    return _Page(report, language, stories).whole()


class _Page:
    def __init__(self, report: Report, language: str, stories: Sequence[Story]) -> None:
        self.report, self.language, self.stories = report, language, stories

    def say(self, words: Words) -> str:
        return escape(render(words, self.language))

    def word(self, source: str) -> str:
        return self.say(_("{word:label}", word=source))

    def whole(self) -> str:
        report = self.report
        title = self.say(_("Grade card"))
        parts = [self.head(), *map(self.seat, report.seats), self.team(), self.outcome(), self.told()]
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
        roles = " · ".join(map(self.word, seat.roles))
        holder = self.word(seat.holder.removeprefix("bot:"))
        score = self.say(_("nothing to score"))
        if seat.score is not None:
            passed = seat.score >= self.report.pass_mark * 100
            mark = self.report.pass_mark
            said = _("passed (from {mark})", mark=mark) if passed else _("not passed (from {mark})", mark=mark)
            score = f"{self.word(band(seat.score))}, {self.say(said)}"
        head = (
            f'<header class="seat">{_dial(seat.score)}<div><h2>{self.say(seat.name)}</h2>'
            f'<span class="soft">{roles} · {holder} · {score}</span></div></header>'
        )
        heads = (_("Criterion"), _("Points"), _("Of"), _("Occasions"))
        names = "".join(f"<th{'' if n == 0 else ' class=n'}>{self.say(each)}</th>" for n, each in enumerate(heads))
        rows = "".join(map(self.row, seat.verdicts))
        details = "".join(map(self.detail, (each for each in seat.verdicts if each.occasions)))
        return f"<section>{head}<table><tr>{names}<th></th></tr>{rows}</table>{details}</section>"

    def row(self, verdict: Verdict) -> str:
        kind = "" if verdict.possible else ' class="unscored"'
        points = f"{verdict.points / 100:.1f}" if verdict.possible else "–"
        possible = f"{verdict.possible / 100:.1f}" if verdict.possible else "–"
        return (
            f'<tr{kind}><td class="claim" title="{self.word(verdict.claim)}">{self.word(verdict.label)}</td>'
            f'<td class="n">{points}</td><td class="n">{possible}</td><td class="n">{verdict.occasions}</td>'
            f"<td>{_bar(verdict)}</td></tr>"
        )

    def detail(self, verdict: Verdict) -> str:
        lines = [f"<p>{self.word(verdict.claim)}</p>", f"<p>{self.say(verdict.why)}</p>"]
        if verdict.advice is not None:
            lines.append(f'<p class="advice">{self.say(verdict.advice)}</p>')
        facts = [self.report.evidence[each] for each in verdict.evidence[:SHOWN]]
        shown = "".join(f"<li>{escape(time(each.minute, self.language))} {self.say(each.words)}</li>" for each in facts)
        return f"<details><summary>{self.word(verdict.label)}</summary>{''.join(lines)}<ol>{shown}</ol></details>"

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
            + "</tr>"
            for label, key, shown in rows
        )
        title = self.say(_("Outcome {score} of 100, on the same customers:", score=f"{found.score / 10:.1f}"))
        return f"<section><h2>{title}</h2><table><tr><th></th>{heads}</tr>{body}</table>{told}</section>"

    def told(self) -> str:
        """The customers' own stories, each to unfold."""
        if not self.stories:
            return ""
        title, parts = self.say(_("The customers' own stories")), []
        for each in self.stories:
            lines = "".join(f"<li>{time(one.minute, self.language)} {self.say(one.words)}</li>" for one in each.moments)
            head = f"{self.say(each.name)}: {self.say(each.ending)}"
            parts.append(f"<details><summary>{head}</summary><ol>{lines}</ol></details>")
        return f"<section><h2>{title}</h2>{''.join(parts)}</section>"


def _bar(verdict: Verdict) -> str:
    """A bar of points against those possible."""
    if not verdict.possible:
        return ""
    share = verdict.points * 100 // verdict.possible
    colour = COLOURS[band(share * 100)]
    return (
        f'<svg width="140" height="12" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" '
        f'aria-label="{share}%"><rect width="100" height="12" rx="2" fill="#e6e9ef"/>'
        f'<rect width="{share}" height="12" rx="2" fill="{colour}"/></svg>'
    )


def _dial(score: int | None) -> str:
    """A score as a ring."""
    share, colour = (0, "#9aa1ad") if score is None else (score / 100, COLOURS[band(score)])
    text = "–" if score is None else f"{score / 100:.0f}"
    return (
        '<svg width="72" height="72" viewBox="0 0 36 36" role="img"><circle cx="18" cy="18" r="15.9" fill="none" '
        f'stroke="#e6e9ef" stroke-width="3.4"/><circle cx="18" cy="18" r="15.9" fill="none" stroke="{colour}" '
        f'stroke-width="3.4" stroke-dasharray="{share:.1f} 100" transform="rotate(-90 18 18)"/>'
        f'<text x="18" y="22" text-anchor="middle" font-size="11" fill="{colour}">{text}</text></svg>'
    )
