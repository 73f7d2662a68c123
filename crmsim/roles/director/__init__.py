"""The market director's actions and tables, in the order of the textbook's menus."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.roles.director import goods, office, papers, pool, publicity, surveys, website
from crmsim.roles.director.goods import AddProduct, ChangeProduct, RestockProduct, WithdrawProduct
from crmsim.roles.director.office import AddStaff, ChangeSettings, ChangeStaff, DismissStaff
from crmsim.roles.director.papers import ReviewOrder, ReviewReturn
from crmsim.roles.director.pool import AssignCustomer, AssignCustomers, ReassignCustomer
from crmsim.roles.director.publicity import PlanAdvert, PlanPromotion, ReadSummary, StopAdvert
from crmsim.roles.director.surveys import AssignSurvey, DesignSurvey
from crmsim.roles.director.website import ChangePage, HidePage, PublishPage

PARTS = (office, goods, publicity, website, pool, papers, surveys)
actions: tuple[type[Action], ...] = tuple(action for part in PARTS for action in part.actions)
tables: tuple[Table, ...] = tuple(table for part in PARTS for table in part.tables)

__all__ = [
    "AddProduct", "AddStaff", "AssignCustomer", "AssignCustomers", "AssignSurvey", "ChangePage", "ChangeProduct",
    "ChangeSettings", "ChangeStaff", "DesignSurvey", "DismissStaff", "HidePage", "PlanAdvert", "PlanPromotion",
    "PublishPage", "ReadSummary", "ReassignCustomer", "RestockProduct", "ReviewOrder", "ReviewReturn", "StopAdvert",
    "WithdrawProduct", "actions", "tables",
]  # fmt: skip
