"""What the columns of the exported database mean, and which of them name a row of another table."""

from __future__ import annotations

from crmsim.engine.words import N_

MINUTE = N_("a minute of the game, counted from midnight of day one; -1 means not yet")
FEN = N_("an amount in fen (a hundredth of a yuan)")
SHARE = N_("a share in parts per million: 100000 is 10%")
JSON_TEXT = N_("a list or table as JSON")
MEANINGS = {
    "id": N_("the number of the row; it names it in the whole game"),
    "customer": N_("who in the market stands behind it; empty when nobody is known to"),
    "record": N_("the customer's file it belongs to"),
    "order": N_("the order it belongs to"),
    "talk": N_("the talk it came from"),
    "product": N_("the product"),
    "need": N_("the product that the customer needs"),
    "owner": N_("the salesperson in charge"),
    "seat": N_("the colleague who handled it"),
    "agent": N_("the service agent in charge"),
    "recorded_by": N_("the colleague who entered it"),
    "reviewer": N_("the colleague who approved or rejected it"),
    "position": N_("the customer's position; in a list, the place in it, from 0"),
    "status": N_("how far it has come"),
    "name": N_("the name"),
    "contact": N_("the contact person"),
    "phone": N_("the phone number, 11 digits"),
    "email": N_("the e-mail address"),
    "region": N_("the region"),
    "industry": N_("the industry"),
    "type": N_("the customer's type"),
    "source": N_("how the customer came to the company"),
    "channel": N_("by what they spoke: booth, e-mail, phone and so on"),
    "notes": N_("notes"),
    "quantity": N_("how many pieces"),
    "discount": SHARE,
    "offer": SHARE,
    "score": N_("the score given, 5 is best"),
    "reason": N_("the reason given"),
    "reminders": N_("when the customer was reminded, as JSON"),
    "terms": N_("the payment terms"),
    "trust": SHARE,
    "satisfaction": SHARE,
    "cause": N_("the true cause, known after the end"),
    "lost": N_("why the customer was lost"),
}
AMOUNTS = frozenset(
    {"amount", "price", "cost", "budget", "paid", "credited", "refund", "refunded", "spent", "deposit", "set_off",
     "wage", "base_price", "unit_price", "compensation", "credit_limit"}
)  # fmt: skip
MINUTES = frozenset(
    {"minute", "submitted", "reviewed", "answered", "received", "opened", "resolved", "issued", "due", "settled",
     "started", "recorded", "assigned", "first_contact", "deadline", "delivery", "sent", "arrives", "delivered",
     "given", "start", "end", "since", "busy_until", "designed", "read", "endorsed", "decided", "goods_back",
     "next_step", "late", "written", "created", "done"}
)  # fmt: skip
# fields whose name is not that of the kind they name
REFERS = {
    "need": "Product", "wants": "Product", "looking_at": "Product", "request": "ServiceRequest", "owner": "Staff",
    "seat": "Staff", "agent": "Staff", "recorded_by": "Staff", "reviewer": "Staff", "assignee": "Staff",
}  # fmt: skip


def meaning(column: str) -> str:
    """What a column means, in English source; its name in words where there is nothing to add."""
    if column in MEANINGS:
        return MEANINGS[column]
    if column in AMOUNTS:
        return FEN
    return MINUTE if column in MINUTES else ""
