"""Money as balanced postings between named accounts: what one account gives, others get. All amounts are fen."""

from __future__ import annotations

import msgspec


class Posting(msgspec.Struct, frozen=True):
    """One balanced movement: (account, change) pairs that sum to nothing."""

    minute: int
    memo: str
    moves: tuple[tuple[str, int], ...]


class Ledger:
    """Accounts and the postings that made them. Conserved by construction: every posting sums to zero."""

    __slots__ = ("balances", "postings")

    def __init__(self) -> None:
        self.balances: dict[str, int] = {}
        self.postings: list[Posting] = []

    def move(self, minute: int, memo: str, amount: int, source: str, target: str) -> None:
        """Move `amount` fen from one account to another."""
        self.post(minute, memo, ((source, -amount), (target, amount)))

    def post(self, minute: int, memo: str, moves: tuple[tuple[str, int], ...]) -> None:
        """Enter a posting of several accounts; it must balance."""
        if sum(change for _account, change in moves) != 0:
            raise ValueError(f"unbalanced posting {memo}: {moves}")
        for account, change in moves:
            self.balances[account] = self.balances.get(account, 0) + change
        self.postings.append(Posting(minute, memo, moves))

    def balance(self, account: str) -> int:
        """What an account holds, in fen."""
        return self.balances.get(account, 0)

    def copy(self) -> Ledger:
        """An independent ledger with the same past."""
        other = Ledger()
        other.balances, other.postings = dict(self.balances), list(self.postings)
        return other
