"""The style of all screens, parsed once for each set of colours: Textual parses it twice before the first picture."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Parsed(Stylesheet):
    """Parses only what is new: other colours, or another source."""

    _parsed_in: dict[str, str] | None = None

    def set_variables(self, variables: dict[str, str]) -> None:
        """Other colours, if they are others."""
        if variables != self._variables:
            super().set_variables(variables)

    def parse(self) -> None:
        """All sources, in the colours of now; what was parsed in them before is kept."""
        super().parse()
        self._parsed_in = self._variables

    def reparse(self) -> None:
        """The same, where anything changed."""
        if self._require_parse or self._parsed_in is not self._variables:
            self.parse()
