"""One play of the game: its driver and its journal."""

from crmsim.game.game import Game, Player
from crmsim.game.journal import Entry, Header

__all__ = ["Entry", "Game", "Header", "Player"]
