"""The knowledge base and self-service (SVC-4, SVC-5)."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.roles.knowing.articles import ARTICLES, UseArticle, WithdrawArticle, WriteArticle
from crmsim.roles.knowing.selfhelp import (
    LOOKUPS,
    PUBLIC,
    AskAfterSearch,
    RegisterForHelp,
    SearchKnowledge,
    TryAdvice,
)

actions: tuple[type[Action], ...] = (
    WriteArticle, WithdrawArticle, UseArticle, RegisterForHelp, SearchKnowledge, TryAdvice, AskAfterSearch,
)  # fmt: skip
tables: tuple[Table, ...] = (ARTICLES, PUBLIC, LOOKUPS)

__all__ = [
    "AskAfterSearch", "RegisterForHelp", "SearchKnowledge", "TryAdvice", "UseArticle", "WithdrawArticle",
    "WriteArticle", "actions", "tables",
]  # fmt: skip
