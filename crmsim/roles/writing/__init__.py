"""Words: templates, letters, and the classic cases to read (TALK-4, CTL-1, CTL-3)."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.roles.writing.letters import CASES, INBOX, OUTBOX, DeleteLetter, ReadLetter, SendLetter
from crmsim.roles.writing.templates import (
    TEMPLATES,
    AnswerByTemplate,
    ChangeTemplate,
    DeleteTemplate,
    SaveTemplate,
    SpeakByTemplate,
)

actions: tuple[type[Action], ...] = (
    SaveTemplate, ChangeTemplate, DeleteTemplate, SpeakByTemplate, AnswerByTemplate, SendLetter, ReadLetter,
    DeleteLetter,
)  # fmt: skip
tables: tuple[Table, ...] = (TEMPLATES, INBOX, OUTBOX, CASES)

__all__ = [
    "AnswerByTemplate", "ChangeTemplate", "DeleteLetter", "DeleteTemplate", "ReadLetter", "SaveTemplate", "SendLetter",
    "SpeakByTemplate", "actions", "tables",
]  # fmt: skip
