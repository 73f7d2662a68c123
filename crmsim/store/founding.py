"""A new save file, made through SQLModel from the declared tables; also as a program of its own.

What SQLModel and SQLAlchemy take (18 MB) a terminal would keep for as long as one plays, and it never needs them again:
entries are appended with the standard library, as they are read. So a terminal has its file made by another program.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, event, insert
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import SQLModel, create_engine

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.store.connection import connect, trouble
from crmsim.store.tables import HeaderRow, SealRow

KEPT = ["header", "entry", "day"]


def found(path: Path, header: dict[str, Any], seal: str = "") -> None:
    """The tables with the header in them, all of it or nothing; the host's seal of the header where there is one."""
    engine = create_engine("sqlite://", creator=lambda: connect(path))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    names = [*KEPT, SealRow.__tablename__] if seal else KEPT
    try:
        with engine.begin() as connection:
            SQLModel.metadata.create_all(connection, tables=[SQLModel.metadata.tables[each] for each in names])
            connection.execute(insert(HeaderRow), [header])
            if seal:
                connection.execute(insert(SealRow), [{"number": -1, "mac": seal}])
    except IntegrityError as error:
        raise StoreError(_("{file} exists already. Resume it, or choose another name.", file=str(path))) from error
    except (SQLAlchemyError, OSError) as error:
        raise trouble(cause_of(error), path) from error
    finally:
        engine.dispose()


def cause_of(error: BaseException) -> BaseException:
    """SQLite's own error inside SQLAlchemy's."""
    inner = getattr(error, "orig", None) if isinstance(error, SQLAlchemyError) else None
    return inner if isinstance(inner, BaseException) else error


if __name__ == "__main__":
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[str, dict[str, Any], str])
    found(Path(asked[0]), *asked[1:])
    sys.stdout.buffer.write(msgspec.json.encode(True))
