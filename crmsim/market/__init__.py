"""The simulated customers: draws them, moves them."""

from crmsim.market.life import Market
from crmsim.market.population import populate

__all__ = ["Market", "populate"]
