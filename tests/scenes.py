"""Small companies to test in: a scenario of a few lines, and ways to set its scene."""

from __future__ import annotations

from typing import Any

from crmsim.scenarios.schema import Scenario


def tiny_data(**changes: Any) -> dict[str, Any]:
    """The data of a small scenario: two products, one segment, a seat or two for each role. `changes` replace sections;
    a dict replaces only the keys it names."""
    data: dict[str, Any] = {
        "meta": {"id": "tiny", "title": {"en": "A small company", "zh": "小公司"}},
        "calendar": {"days": 20},
        "company": {"name": "Tiny", "cash": 50_000_000},
        "seats": [
            {"id": "director", "roles": ["director"]},
            {"id": "promoter", "roles": ["promoter"]},
            {"id": "reception", "roles": ["reception"]},
            {"id": "prospector", "roles": ["prospector"]},
            {"id": "sales-1", "roles": ["sales"]},
            {"id": "sales-2", "roles": ["sales"]},
            {"id": "service-1", "roles": ["service"]},
        ],
        "attributes": [{"id": "power", "name": "power"}, {"id": "quiet", "name": "quiet"}],
        "products": [
            {
                "id": "pump", "name": "pump", "category": "machines", "price": 100_000, "cost": 60_000, "stock": 5000,
                "attributes": {"power": 800_000, "quiet": 500_000},
                "faults": [
                    {"symptom": "leaks", "cause": "seal", "remedy": "replace", "weight": 2, "signs": ["wet", "drip"]},
                    {"symptom": "leaks", "cause": "crack", "remedy": "exchange", "weight": 1, "signs": ["wet", "noise"]},
                    {"symptom": "stops", "cause": "fuse", "remedy": "advise", "weight": 1, "signs": ["dark"]},
                ],
            },
            {
                "id": "filter", "name": "filter", "category": "parts", "price": 8_000, "cost": 3_000, "stock": 5000,
                "attributes": {"power": 400_000, "quiet": 700_000}, "consumable": True,
            },
        ],
        "regions": [{"id": "north", "name": "north"}, {"id": "south", "name": "south"}],
        "industries": [{"id": "trade", "name": "trade"}],
        "media": [{"id": "tv", "name": "television"}, {"id": "newspaper", "name": "newspaper"}],
        "channels": [
            {"id": "booth", "name": "booth", "live": True, "patience_minutes": 30},
            {"id": "email", "name": "e-mail", "live": False, "move_minutes": 20, "reply_minutes": 60},
            {"id": "phone", "name": "phone", "live": True, "patience_minutes": 60},
        ],
        "terms": [
            {"id": "net5", "name": "5 days", "days": 5},
            {"id": "deposit30", "name": "30% first", "deposit": 300_000, "days": 5},
        ],
        "segments": [
            {
                "id": "shops", "name": "shops", "products": {"pump": 3, "filter": 1},
                "weights": {"power": 600_000, "quiet": 400_000}, "channels": {"email": 2, "phone": 1},
                "habits": {"tv": 300_000, "newspaper": 200_000},
            }
        ],
        "rivals": [{"id": "acme", "name": "Acme", "attributes": {"power": 600_000, "quiet": 600_000}}],
        "market": {"size": 12},
    }  # fmt: skip
    for section, change in changes.items():
        old = data.get(section)
        data[section] = {**old, **change} if isinstance(old, dict) and isinstance(change, dict) else change
    return data


def tiny(**changes: Any) -> Scenario:
    """The small scenario itself."""
    return Scenario.model_validate(tiny_data(**changes))
