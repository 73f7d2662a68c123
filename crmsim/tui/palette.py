"""The command palette: every action of the seat by name, in both languages, and what the game can do."""

from __future__ import annotations

from typing import Any, cast

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from crmsim.engine.action import Action, label_of
from crmsim.engine.words import translate
from crmsim.tui.speech import language, tell_help


class Actions(Provider):
    """Offers what belongs to the seat; choosing one opens its form."""

    async def discover(self) -> Hits:
        """All of them."""
        for name, action in self._named():
            yield DiscoveryHit(Text(name), self._opener(action), text=name, help=self._help(action))

    async def search(self, query: str) -> Hits:
        """Those whose name in either language matches."""
        matcher = self.matcher(query)
        for name, action in self._named():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, Text(name), self._opener(action), text=name, help=self._help(action))

    def _named(self) -> list[tuple[str, type[Action]]]:
        desk = self._desk()
        if desk is None:
            return []
        first, second = ("zh", "en") if language(self.screen) == "zh" else ("en", "zh")
        return [
            (f"{translate(label_of(each), first)} · {translate(label_of(each), second)}", each)
            for each in desk.session.actions
        ]

    def _help(self, action: type[Action]) -> str:
        return tell_help(self.screen, action).replace("[", "\\[")

    def _opener(self, action: type[Action]) -> Any:
        return lambda: cast(Any, self._desk()).open_action(action)

    def _desk(self) -> Any:
        return next((each for each in reversed(self.app.screen_stack) if hasattr(each, "open_action")), None)
