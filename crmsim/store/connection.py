"""How a save file is opened for writing: one connection, every write a transaction of its own, durable when done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import create_engine

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _

WAIT_SECONDS = 5


def connect(path: Path) -> Engine:
    """An engine whose transactions begin IMMEDIATE; SQLAlchemy's own way loses updates silently."""
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"isolation_level": None, "timeout": WAIT_SECONDS, "check_same_thread": False},
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        mode = connection.execute("PRAGMA journal_mode=wal").fetchone()[0]
        if mode != "wal":
            raise StoreError(
                _(
                    "{file} lies on a drive that cannot keep it safe (a network drive?). Save to a local folder.",
                    file=str(path),
                )
            )
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def cause_of(error: BaseException) -> BaseException:
    """SQLite's own error inside SQLAlchemy's."""
    inner = getattr(error, "orig", None) if isinstance(error, SQLAlchemyError) else None
    return inner if isinstance(inner, BaseException) else error
