"""A workbook to be written: what goes into it is text or a number, never a formula or a link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


@contextmanager
def new_book(path: Path) -> Iterator[Any]:
    """A workbook to fill in; its file is written when it is whole, so that a mistake leaves the file as it was."""
    import xlsxwriter  # type: ignore[import-untyped]

    content = BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    yield book
    book.close()
    try:
        path.write_bytes(content.getvalue())
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error
