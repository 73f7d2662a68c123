"""What a scenario plays like: companies of bots over many seeds, with their figures and the load of each seat."""

from crmsim.calibration.panel import Played, Plays, panel, value

__all__ = ["Played", "Plays", "panel", "value"]
