"""Letters between the people of the game and the instructor (CTL-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crmsim.crm.company import Company
from crmsim.crm.facts import LetterSent
from crmsim.engine.words import Words
from crmsim.engine.world import Entity, Seat, Seen, World


@dataclass(slots=True)
class Letter(Entity):
    """A letter from one seat to others. Whoever deletes it no longer sees it; the others do."""

    prefix = "ML"
    sender: str = ""
    to: tuple[str, ...] = ()
    subject: Words = ""
    text: Words = ""
    sent: int = 0
    read_by: tuple[str, ...] = ()
    deleted_by: tuple[str, ...] = ()

    @property
    def title(self) -> Words:
        """Its subject."""
        return self.subject

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Who wrote it and whom it was written to, until they delete it; letters are nobody else's, not even the
        director's."""
        if seat.id in self.deleted_by:
            return None
        return Seen.OWN if seat.id == self.sender or seat.id in self.to else None


def deliver(world: Company, sender: str, to: Iterable[str], subject: Words, text: Words) -> Letter:
    """Put a letter into the inboxes of those it is for."""
    letter = world.add(
        Letter(world.new_id(Letter), sender=sender, to=tuple(to), subject=subject, text=text, sent=world.minute)
    )
    for each in letter.to:
        world.record(LetterSent(letter=letter.id, sender=sender, reader=each))
    return letter
