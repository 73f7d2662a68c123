"""The lesson: what to do next, and each thing explained once, when it is first needed."""

from __future__ import annotations

from collections.abc import Sequence

from crmsim.engine.action import label_of
from crmsim.engine.desk import Waiting
from crmsim.engine.words import Message, _

DESK = _("This list is your work, what hurts most first. A red dot is late already.")
DONE = _("What you do takes working time: the clock at the top right moves on with each thing done.")
LIVE = _("Time runs by itself, as the clock at the top right shows: p stops it, + makes it faster.")
QUIET = _("Nothing waits now. Customers and colleagues go on living; you are called when something needs you.")
MENU = _("The menu holds everything the seat may do, named as in the textbook. What is dimmed is not possible now.")
TABLE = _("A row opens with Enter, the space bar marks several, and one form then serves them all.")
FORM = _("What is known is filled in already. Its price in working time stands below.")
PROOF = _("Pick the customer's line for each field: colleagues rely on what is proved.")
TALK = _("You see each sentence before you say it; e puts it into your own words.")


LEADING = _("The company works by itself; you look on, write letters and let things happen.")


class Lesson:
    """Which things were explained so far. It can be left, and taken up again, at any time."""

    def __init__(self, on: bool, live: bool = False) -> None:
        self.on, self.live = on, live
        self._told: dict[str, Message] = {}  # place -> what is explained there until something else is
        self._known: list[Message] = []
        self.done = 0

    def explain(self, place: str, words: Message) -> None:
        """Explain something at a place, once: it stays there until something new is explained."""
        if words not in self._known:
            self._known.append(words)
            self._told[place] = words

    def forget(self, place: str, words: Message) -> None:
        """What was explained at a place is no longer so."""
        if self._told.get(place) == words:
            del self._told[place]

    def did(self) -> None:
        """Something was done: what was explained in order to do it is known now."""
        self.done += 1
        self._told.clear()

    def told(self, place: str) -> Message | None:
        """What is explained at this place now."""
        return self._told.get(place) if self.on else None


def busy(until: int, seats: int) -> Message:
    """The next step at a desk whose holder is at work still."""
    if seats > 1:
        return _("This seat is busy until {when:clock}. [n] goes to your next seat, [w] waits.", when=until)
    return _("This seat is busy until {when:clock}. [w] waits.", when=until)


def at_desk(lesson: Lesson, papers: Sequence[Waiting], where: str, teaching: bool = False) -> Message:
    """The next step at a desk; `where` is todo, menu, table, report, or the filter of a table."""
    if where == "menu":
        lesson.explain("menu", MENU)
        return _("[Enter] opens what the cursor stands on. [Esc] goes back to what waits.")
    if where == "filter":
        return _("Type part of what you look for. [Enter] goes to the rows that are left, [Esc] shows all again.")
    if where == "report":
        return _("[v] draws it otherwise where it can. [Esc] goes back to what waits.")
    if where == "table":
        lesson.explain("table", TABLE)
        return _("[Enter] shows what can be done with the row. [Esc] goes back to what waits.")
    if teaching and not papers:
        lesson.explain("todo", LIVE if lesson.live else LEADING)
        return _("[c] watches seats or ends the game, [m] letters and events, [w] an hour.")
    done = LIVE if lesson.live else DONE
    if papers:
        lesson.forget("todo", QUIET)
    lesson.explain("todo", done if papers and lesson.done else DESK if papers else QUIET)
    if not papers:
        return _("Next: [w] lets time pass until something needs you.")
    top = papers[0]
    return _("Next: [Enter] opens the top paper, “{action:label}”.", action=label_of(top.action))


def at_form(lesson: Lesson, wrong: Message | None, proving: bool = False, refused: bool = False) -> Message:
    """The next step in a form; `wrong` is the label of the first field that is not right yet."""
    lesson.explain("form", PROOF if proving else FORM)
    if proving:
        return _("Next: the digit of its line, such as [1]; [Space]: none says it. [F10] does it.")
    if wrong is not None:
        return _("Next: fill in “{field}”, then [F10] does it. [Esc] goes back.", field=wrong)
    if refused:
        return _("Next: [Tab] changes what is in the way, told above the buttons. [Esc]: back.")
    return _("Next: [Enter] does it as it stands. [Tab] changes something, [Esc] goes back.")


def _keys(digits: str) -> str:
    """Keys that follow one another by the first and the last of them, others one by one."""
    runs: list[str] = []
    for each in digits:
        if runs and ord(each) == ord(runs[-1][-1]) + 1:
            runs[-1] += each
        else:
            runs.append(each)
    return " ".join(
        f"[{run[0]}]–[{run[-1]}]" if len(run) > 2 else " ".join(f"[{each}]" for each in run) for run in runs
    )


def in_talk(
    lesson: Lesson,
    digits: str,
    ready: bool,
    paper: str = "",
    over: bool = False,
    typing: bool = False,
    more: bool = False,
    begun: str = "",
) -> Message:
    """The next step in a talk: the keys of the moves that show, none when it is not one's turn, and whether there are
    `more` pages of them; `paper` is the label of what else can be done with it, `over` that it has ended, `begun`
    what its action teaches, once something was said."""
    lesson.explain("talk", TALK)
    if begun and digits:
        lesson.explain("talk", Message(begun))
    if typing:
        return _("Next: type it, then [Enter]. [Esc] goes back, and what you typed is kept.")
    if ready:
        return _("Next: [Enter] says it. Another digit says something else.")
    if digits:
        further = _("; [0] shows more") if more else ""
        if paper:
            return _("Next: {digits} says something{further}; [9]: “{action:label}”.",
                     digits=_keys(digits), further=further, action=paper)  # fmt: skip
        return _("Next: choose what to say: {digits}{further}.", digits=_keys(digits), further=further)
    if over and paper:
        return _("The talk is over. Next: [9] opens “{action:label}”, [Esc] goes back.", action=paper)
    if over:
        return _("The talk is over. Next: [Esc] goes back to what waits.")
    return _("Next: [w] waits for the answer. [Esc] leaves the talk for a while.")
