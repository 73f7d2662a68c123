"""What all the staff can do: keep customers' files, and look the company up."""

from __future__ import annotations

from crmsim.roles.everyone import byhand, files, pages, records
from crmsim.roles.everyone.byhand import WriteLine, open_sheet
from crmsim.roles.everyone.pages import filled_from, named, product_name, seen
from crmsim.roles.everyone.records import RecordCustomer, SetStatus, UpdateRecord

__all__ = [
    "RecordCustomer", "SetStatus", "UpdateRecord", "WriteLine", "actions", "filled_from", "named", "open_sheet",
    "product_name", "seen", "tables",
]  # fmt: skip
actions = (*records.actions, *byhand.actions)
tables = (*pages.tables, *files.tables, *byhand.tables)
