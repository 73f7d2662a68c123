"""Sales: its own customers, from the agreement to the last payment."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.roles.sales.desk import CUSTOMERS, NEW, ORDERS, RECEIVABLES, SHIPPING
from crmsim.roles.sales.orders import RemindPayment, ReviseOrder, ShipGoods, SubmitOrder, WithdrawOrder

actions: tuple[type[Action], ...] = (SubmitOrder, ReviseOrder, WithdrawOrder, ShipGoods, RemindPayment)
tables: tuple[Table, ...] = (NEW, CUSTOMERS, ORDERS, SHIPPING, RECEIVABLES)

__all__ = ["RemindPayment", "ReviseOrder", "ShipGoods", "SubmitOrder", "WithdrawOrder", "actions", "tables"]
