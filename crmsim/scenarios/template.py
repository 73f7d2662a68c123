"""The file that `crmsim scenario new` writes: a whole scenario, short, with every choice explained beside it."""

from __future__ import annotations

import json
import re

from crmsim.engine.words import N_, Message, render

SCHEMA_FILE = "crmsim-scenario.schema.json"
_STARTER = """\
#:schema ./{schema}
# {only}
# {check}
# {units}
# {texts}
format = 1

# {lists}
# extends = ["channels", "dictionaries.sources"]

[meta]
id = "{id}"
title = {{ en = {title}, zh = {title} }}
summary = {{ en = "What is special here.", zh = "这个场景有什么特别之处。" }}
author = ""

[calendar]
days = 10                          # {working_days}
first_date = "2025-03-03"          # {monday}
# hours = [["09:00", "12:00"], ["13:00", "18:00"]]

[company]
name = {{ en = "Our company", zh = "我们公司" }}
cash = 20_000_000                  # {cash}
revenue_target = 15_000_000

[policies]
discount_limit = 100_000           # {limit}
credit_limit = 10_000_000
return_days = 7
payment_terms = ["advance", "days_5", "days_10"]

# {products}
[[products]]
id = "chair"
name = {{ en = "Office chair", zh = "办公椅" }}
price = 68_000
cost = 45_000
stock = 40
lead_days = 2
attributes = {{ quality = 600_000, economy = 500_000 }}   # {attributes}
faults = [
    {{ symptom = "noise", cause = "faulty_part", remedy = "replace_part", weight = 2, cost = 3_000 }},
    {{ symptom = "noise", cause = "wrong_setting", remedy = "guide", weight = 3, cost = 500 }},
]

[[products]]
id = "desk"
name = {{ en = "Standing desk", zh = "升降桌" }}
price = 198_000
cost = 130_000
stock = 15
attributes = {{ quality = 700_000, economy = 400_000 }}
fits_with = ["chair"]

# {segments}
[[segments]]
id = "firms"
name = {{ en = "Firms", zh = "企业" }}
share = 700_000
kind = "company"
products = {{ chair = 3, desk = 2 }}
quantity = 4
budget = 1_150_000                 # {budget}
weights = {{ quality = 500_000, economy = 500_000 }}
urgency_days = 5
habits = {{ web = 500_000, newspaper = 300_000, friends = 300_000 }}
channels = {{ email = 3, website = 3, phone = 2 }}
tempers = {{ plain = 3, brisk = 2 }}

[[segments]]
id = "homes"
name = {{ en = "Households", zh = "家庭" }}
share = 300_000
kind = "person"
products = {{ chair = 4, desk = 1 }}
quantity = 1
weights = {{ quality = 300_000, economy = 700_000 }}
urgency_days = 4
habits = {{ web = 600_000, tv = 300_000, friends = 400_000 }}
channels = {{ wechat = 4, website = 2 }}
tempers = {{ warm = 2, plain = 2 }}

[market]
size = 80

[[rivals]]
id = "rival"
name = {{ en = "The shop next door", zh = "隔壁商家" }}
price = 950_000                    # {rival_price}
presence = 300_000                 # {presence}
attributes = {{ quality = 550_000, economy = 600_000 }}

# {book}
[book]
customers = 20
open_requests = 3
receivables = 3
late_receivables = 1
returns = 1

# {acts}
# [[acts]]
# id = "start"
# title = {{ en = "The start", zh = "开局" }}
# first_day = 1

# {events}
# [[events]]
# day = 6
# at = "09:30"
# kind = "rival_price"             # {kinds}
# title = {{ en = "The rival cuts prices by five percent", zh = "同行降价5%" }}
# amount = 50_000

# {cases}
# [[cases]]
# id = "example"
# title = {{ en = "An example", zh = "示例" }}
# text.en = '''
# # An example
# '''
# text.zh = '''
# # 示例
# '''
"""


NOTES = {  # what stands beside the choices, in the language of whoever writes the scenario
    "only": N_("A scenario says only what is special about it; all else comes from the defaults."),
    "check": N_("Check it:  crmsim scenario check {id}.toml      Try it:  crmsim run {id}.toml --seed 1"),
    "units": N_("Money is in fen (100 fen are 1 yuan); shares and weights are parts per million (1_000_000 is all)."),
    "texts": N_('A text is "...", or one in each language: {braces}.'),
    "lists": N_("A list given here takes the place of the default one. To add to a default list instead, name it:"),
    "working_days": N_("working days"),
    "monday": N_("a Monday"),
    "cash": N_("200,000 yuan"),
    "limit": N_("10%: above it only the director may agree"),
    "products": N_(
        "What is sold. `fits_with` names what sells across; a fault ties a symptom to its true cause and its remedy."
    ),
    "attributes": N_("of the list `attributes`"),
    "segments": N_("Who buys. With several segments their shares sum to 1_000_000, and so do the weights of each."),
    "budget": N_("of the list price, median"),
    "rival_price": N_("of our list price"),
    "presence": N_("share of customers who hold or get its offer"),
    "book": N_("What the company already has on day one."),
    "acts": N_("A stop between stretches of days, each with one new pressure:"),
    "events": N_("Something that happens to everybody:"),
    "kinds": N_("or shortage, letter, demand, fault_wave"),
    "cases": N_("A case of the resource centre, in Markdown:"),
}


def starter(name: str, language: str = "en") -> str:
    """A starter file for a scenario of this name, explained in a language; it is sound as it stands."""
    id = re.sub(r"[^a-z0-9_-]+", "_", name.lower()).strip("_-")[:40]
    id = id if id[:1].isalpha() else f"scenario_{id}".rstrip("_")[:40]
    slots = {"id": id, "braces": '{ en = "...", zh = "..." }'}
    notes = {key: render(Message(source, dict(slots)), language) for key, source in NOTES.items()}
    return _STARTER.format(id=id, title=json.dumps(name.strip() or id, ensure_ascii=False), schema=SCHEMA_FILE, **notes)
