"""Every fact of the business. `tells` says who hears of it; `summary` is its sentence."""

from crmsim.crm.facts.aftercare import *
from crmsim.crm.facts.analysis import *
from crmsim.crm.facts.contact import *
from crmsim.crm.facts.following import *
from crmsim.crm.facts.market import *
from crmsim.crm.facts.office import *
from crmsim.crm.facts.orders import *
from crmsim.crm.facts.pipeline import *
from crmsim.crm.facts.planning import *
