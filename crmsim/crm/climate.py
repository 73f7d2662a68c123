"""What the scenario's events have made of the market: rivals' prices and waves of faults."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.engine.world import Entity, Seat, Seen, World, seen

PPM = 1_000_000


@dataclass(slots=True)
class Climate(Entity):
    """The market's weather. By product id; "" means every product. Hidden until the end."""

    prefix = "climate"
    rival_price: dict[str, int] = seen(Seen.AFTER, factory=dict)  # share of their usual price that rivals ask, ppm
    faults: dict[str, int] = seen(Seen.AFTER, factory=dict)  # share of the usual faults, ppm

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Nobody before the end."""
        return Seen.AFTER if world.ended else None

    def rivals_ask(self, product: str) -> int:
        """What rivals ask for a product now, ppm of what they usually do."""
        return self.rival_price.get("", PPM) * self.rival_price.get(product, PPM) // PPM

    def fault_share(self, product: str) -> int:
        """How many faults a product shows now, ppm of what it usually does."""
        return self.faults.get("", PPM) * self.faults.get(product, PPM) // PPM


def climate(world: World) -> Climate:
    """The market's weather in a world; calm where nobody has set any."""
    return world.find(Climate, "climate") or Climate("climate")
