"""What developers run beside the game: catalogues, locks, contracts, lints. Not part of the wheel."""
