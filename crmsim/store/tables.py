"""The tables of a save file. Rows are written from the journal's own checked types, never from a form."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class HeaderRow(SQLModel, table=True):
    """What the game is played with: one row. `body` is the header as JSON; `closing` the digest kept on leaving."""

    __tablename__ = "header"
    id: int = Field(default=1, primary_key=True)
    format: int
    engine: int
    body: str
    closing: str = ""
    closing_entries: int = 0


class EntryRow(SQLModel, table=True):
    """A journal entry; `action` is its JSON, tagged by its class name, `client` the client's id of it.

    `mark` is of the world as the entry found it.
    """

    __tablename__ = "entry"
    number: int = Field(primary_key=True)
    minute: int
    seat: str
    by: str
    action: str
    client: str = ""
    mark: str = ""


class DayRow(SQLModel, table=True):
    """The digests at the end of a day; `entities` is JSON: what changed since the day before."""

    __tablename__ = "day"
    day: int = Field(primary_key=True)
    digest: str
    entities: str


class SealRow(SQLModel, table=True):
    """The host's seal of an entry (number -1: of the header); only games of a host with a key have this table."""

    __tablename__ = "seal"
    number: int = Field(primary_key=True)
    mac: str
