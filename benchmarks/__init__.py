"""How fast the game is, each figure beside a yardstick of the same run: `python -m benchmarks [--json]`."""
