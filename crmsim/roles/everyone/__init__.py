"""What all the staff can do: keep customers' files, and look the company up."""

from __future__ import annotations

from crmsim.roles.everyone.pages import filled_from, named, product_name, seen, tables
from crmsim.roles.everyone.records import RecordCustomer, SetStatus, UpdateRecord, actions

__all__ = [
    "RecordCustomer", "SetStatus", "UpdateRecord", "actions", "filled_from", "named", "product_name", "seen", "tables",
]  # fmt: skip
