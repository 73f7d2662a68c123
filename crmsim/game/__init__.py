"""One play of the game: its driver and its journal."""

from crmsim.game.crew import Player
from crmsim.game.game import Game
from crmsim.game.journal import Entry, Header
from crmsim.game.living import Keeper

__all__ = ["Entry", "Game", "Header", "Keeper", "Player"]
