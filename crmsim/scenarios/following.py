"""Following customers up, sorting them into classes and caring for them, as numbers of a scenario.

Money is fen, shares are ppm. Every default is a guess unless its source is named; periods fit a game of 20 days.
"""

from __future__ import annotations

from crmsim.scenarios.parts import Count, Days, Fen, Part, Ppm


class FollowingPart(Part):
    """When a customer counts as neglected, and the key dates (TSK-2 to TSK-4). Days are calendar days."""

    silent_days: Days = 7  # without follow-up, before a task is made
    answer_days: Days = 1  # after an agreed day without an answer, before the customer is flagged
    remind_days: Days = 1  # ahead of a task's time
    task_days: Days = 2  # that a task made by rule leaves
    round_minutes: Count = 120  # working minutes between two looks at all files
    expiry_days: Days = 30  # ahead of a contract's expiry
    contract_days: Days = 365  # that a frame contract holds
    expiring: Ppm = 300_000  # of the customers in the opening book, contracts that run out within expiry_days
    lost_days: Days = 21  # without any sign of life, before a lead counts as lost
    remembered: Ppm = 20_000  # trust won when a talk goes on from what was written down
    renewed: Ppm = 40_000  # trust won by a renewed contract
    lapsed: Ppm = 60_000  # trust lost when nobody spoke of a contract before it ran out


class ClassesPart(Part):
    """Classes by what a customer has bought (REG-9), and how often each is cared for."""

    a_from: Fen = 10_000_000
    b_from: Fen = 5_000_000
    every_days: Days = 10  # working days between two reckonings
    a_days: Days = 7  # between two contacts by the care plan; 0: no plan
    b_days: Days = 14
    c_days: Days = 28
    partner_days: Days = 5
    partner_trust: Ppm = 60_000  # won by being named a strategic partner
    partner_broken: Ppm = 60_000  # satisfaction lost by a partner who hears nothing for longer than its plan allows
    a_broken: Ppm = 50_000  # and by a customer of class A, kept by plan or not
    b_broken: Ppm = 25_000


class CarePart(Part):
    """What care costs and does (LOY-1 to LOY-3). Small, since differences between customers exceed it (row 33)."""

    greeting_cost: Fen = 200
    points_cost: Fen = 3_000
    gift_cost: Fen = 12_000
    greeting: Ppm = 8_000  # satisfaction won; every further one of a kind half as much
    points: Ppm = 12_000
    gift: Ppm = 25_000
    offer: Ppm = 50_000  # price reduction that an offer promises
    offer_moves: Ppm = 250_000  # of those without a need whom an offer brings to one, when they are content
    gap_days: Days = 5  # care that comes sooner annoys
    annoys: Ppm = 30_000  # satisfaction lost, and three times as much patience
    fed_up: Ppm = 800_000  # annoyance at which a customer turns away
    reward: Fen = 10_000  # suggested for a recommendation that brought somebody
    recommends: Ppm = 250_000  # of pleased customers who do so for a reward and would not otherwise
    content: Ppm = 600_000  # satisfaction from which an offer or a proposal is looked at
    thinks_minutes: Count = 240  # median working minutes over a letter
    tries: Count = 4  # how often a proposal waits for another need to be served first
    cross: Ppm = 300_000  # of content customers who find that they need what fits what they bought
    cross_days: Days = 10  # before the same may be offered again
