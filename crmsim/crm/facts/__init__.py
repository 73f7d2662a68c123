"""Every fact of the business. `tells` says who hears of it; `summary` is its sentence."""

from crmsim.crm.facts.aftercare import *
from crmsim.crm.facts.contact import *
from crmsim.crm.facts.market import *
from crmsim.crm.facts.orders import *
