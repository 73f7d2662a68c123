"""The command palette: every action and table of the seat by name, in both languages and in pinyin, and what the
control centre offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from crmsim.engine.action import label_of
from crmsim.engine.words import LANGUAGES, _, render, translate
from crmsim.tui import pinyin
from crmsim.tui.apart import apart
from crmsim.tui.ask import Ask
from crmsim.tui.centre import choices
from crmsim.tui.pinyin import Spelled
from crmsim.tui.speech import language, tell, tell_help


class Offered(NamedTuple):
    """Something that can be done by name."""

    names: tuple[str, str]  # English, Chinese
    help: str
    do: Callable[[], Any]


_SPELLED: Spelled = {}


def spelled(names: Iterable[str]) -> Spelled:
    """Chinese names in pinyin, each asked for once."""
    new = [each for each in names if each not in _SPELLED]
    if new:
        _SPELLED.update(apart(pinyin.__name__, new, Spelled) or pinyin.spelled(new))
    return _SPELLED


class Actions(Provider):
    """Offers what belongs to the seat; choosing one opens its form, its table or its screen."""

    async def discover(self) -> Hits:
        """All of them."""
        for each in self._offered():
            yield DiscoveryHit(Text(self._name(each)), each.do, text=self._name(each), help=each.help)

    async def search(self, query: str) -> Hits:
        """Those whose name matches: in either language, or as Chinese is typed; then those whose help says the word."""
        matcher, letters, found = self.matcher(query), query.replace(" ", "").casefold(), False
        offered = list(self._offered())
        ways = spelled(each.names[1] for each in offered)
        for each in offered:
            name = self._name(each)
            score = matcher.match(name)
            if not score and letters.isascii() and letters.isalnum():
                score = max((0.5 for way in ways[each.names[1]] if way.startswith(letters)), default=0.0)
                score = score or max((0.3 for way in ways[each.names[1]] if letters in way), default=0.0)
            if not score and len(letters) > 1 and query.strip().casefold() in each.help.casefold():
                score = 0.2
            if score > 0:
                found = True
                yield Hit(score, Text(name), each.do, text=name, help=each.help)
        if not found:
            words = tell(self.screen, _("Nothing has this name. Another word, or the first letters of its pinyin?"))
            yield Hit(0.1, Text(words, "italic"), lambda: None, text=words)

    def _name(self, offered: Offered) -> str:
        first = LANGUAGES.index(language(self.screen))
        return f"{offered.names[first]} · {offered.names[1 - first]}"

    def _offered(self) -> Iterator[Offered]:
        desk = self._desk()
        if desk is None:
            return
        for action in desk.session.actions:
            names = tuple(translate(label_of(action), each) for each in LANGUAGES)
            help = tell_help(self.screen, action).replace("[", "\\[")
            yield Offered(names, help, self._at(desk, lambda action=action: desk.open_action(action)))  # type: ignore[misc,arg-type]
        for table in desk.session.tables:
            names = tuple(translate(table.label, each) for each in LANGUAGES)
            place = translate(table.menu or table.label, language(self.screen)).replace("[", "\\[")
            yield Offered(names, place, self._at(desk, lambda table=table: desk.open_table(table)))  # type: ignore[misc,arg-type]
        for words, closed, do in choices(desk):
            if closed is None:
                names = tuple(render(words, each) for each in LANGUAGES)
                yield Offered(names, "", self._at(desk, do))  # type: ignore[arg-type]

    def _at(self, desk: Any, do: Callable[[], Any]) -> Callable[[], None]:
        """It is done at the desk: what lies over it goes first, as Esc takes it away, and a form keeps its draft."""

        def begun() -> None:
            while self.app.screen is not desk:
                above = self.app.screen
                leave = getattr(above, "action_leave", None) or getattr(above, "action_back", None)
                if leave is not None:
                    leave()
                if self.app.screen is above or leave is None or isinstance(self.app.screen, Ask):
                    return  # it asks first, or does not go
            do()

        return begun

    def _desk(self) -> Any:
        return next((each for each in reversed(self.app.screen_stack) if hasattr(each, "open_action")), None)
