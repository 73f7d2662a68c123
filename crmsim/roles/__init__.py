"""The roles: one file each, a list of actions and of the tables its desk shows. A role does not know another role."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.roles import (
    analysing,
    answering,
    arriving,
    automating,
    caring,
    company,
    company_front,
    customer,
    director,
    everyone,
    following,
    forms,
    importing,
    instructor,
    inviting,
    knowing,
    monitoring,
    pipeline,
    planning,
    promoter,
    prospector,
    reception,
    researching,
    resources,
    sales,
    service,
    talking,
    writing,
)

MODULES = (
    everyone,
    talking,
    inviting,
    answering,
    director,
    promoter,
    reception,
    prospector,
    sales,
    service,
    customer,
    arriving,
    company,
    company_front,
    instructor,
    pipeline,
    planning,
    monitoring,
    researching,
    analysing,
    importing,
    following,
    caring,
    automating,
    forms,
    knowing,
    writing,
    resources,
)
ACTIONS: tuple[type[Action], ...] = tuple(action for module in MODULES for action in module.actions)
TABLES: tuple[Table, ...] = tuple(table for module in MODULES for table in module.tables)
