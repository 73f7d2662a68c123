"""What a scenario says of everything between a signature and the last fen: carriers, time limits, small powers."""

from __future__ import annotations

from crmsim.scenarios.parts import Count, Days, Fen, Part, Ppm


class FulfilmentPart(Part):
    """Carriers and time limits. Minutes are working minutes, days are calendar days; the chances are guesses."""

    carrier_least: Count = 240  # from the house to the customer's door
    carrier_most: Count = 720
    late: Ppm = 60_000  # parcels that the carrier delays
    late_minutes: Count = 960
    damaged: Ppm = 15_000  # parcels that arrive damaged
    parcel_cost: Fen = 3_000
    piece_cost: Fen = 200
    usual_days: Days = 3  # working days to a delivery when nothing was agreed
    contract_days: Days = 10  # an unanswered contract lapses after this
    sign_days: Days = 5  # goods left unsigned at the door count as received after this
    deposit_days: Days = 1  # a deposit is due so long after the signature
    write_off_days: Days = 30  # a debt so long overdue is written off
    insured: Ppm = 0  # of such a debt, what an insurer carries if the order was approved within policy
    close_days: Days = 5  # a resolved request is closed after this; until then it may be reopened
    reminder_gap_days: Days = 2  # reminding again earlier than this annoys
    compensation_limit: Fen = 50_000  # what an agent may give without asking the director
