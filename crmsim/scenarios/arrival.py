"""How customers come, as numbers of a scenario. Every default names its source or is called a guess.

Shares and levels are parts per million (ppm); lengths are minutes or days by name.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crmsim.scenarios.parts import Count, Days, Fen, Id, Part, Ppm, Shift, Some


class TalkingPart(Part):
    """How customers take a talk: trust and annoyance in ppm. All are guesses unless they name a source."""

    initiative: Ppm = 420_000  # chance that an answer goes on with a question or a doubt (play.md: a third of turns)
    silence: Ppm = 40_000  # chance that a customer says nothing of use
    knows: Ppm = 40_000  # trust that a colleague who knows the product starts with
    near: Ppm = 80_000  # ... and one whose region it is
    ignored: Ppm = 20_000  # trust lost when a question of the customer is passed over
    friendly: Ppm = 350_000  # with this much trust an impatient customer postpones rather than leaves
    tired_out: Ppm = 60_000  # trust lost when the company falls silent in a talk
    broken_word: Ppm = 100_000  # trust lost when what was agreed is forgotten
    lesser: Ppm = 150_000  # how far below its reticence a customer already tells the lesser things
    trusting: Ppm = 200_000  # how far above it nobody shades any more
    sore: Ppm = 150_000  # annoyance above which something has to be put right
    invitation_days: Days = 2  # an invitation that nobody answers lapses
    small_gift: Fen = 5_000  # given in a talk when no amount is named


class ArrivingPart(Part):
    """Awareness, contact and waiting."""

    quality: dict[Id, Shift] = {"friends": 120_000, "web": 40_000, "fair": -60_000}
    """Trust that a source gives beyond an advert's (order of row 17: referral, website, advertising, trade show)."""
    notice_days: Days = 10  # days of saturation spend in which half of a medium's followers notice (guess)
    remember_days: Days = 98  # mean memory of an advert without effect (Leone 1995: 90% gone in 6-9 months; 0: no end)
    off_target: Ppm = 400_000  # how well an advert is noticed by someone who has no use for its product (guess)
    off_product: Ppm = 600_000  # share that an outing reaches of those who have no use for its product
    slogan: Count = 1_100_000  # how much better an advert with a slogan is noticed (guess)
    offer_days: Days = 40  # how much sooner, for an offer of 100%, a booth awakens a need (guess: 10% four days)
    stroll_minutes: Count = 6  # within which the people of one cluster stop at the booth
    asks: Ppm = 400_000  # share of those with a first need who write to a company that does as usual (guess)
    found: Ppm = 150_000  # of web users who search in need and find the company (guess)
    found_page: Ppm = 200_000  # more of them when a shown page names the product (guess)
    fresh_days: Days = 14  # how long a page that was published or changed is news (guess)
    read_up: Ppm = 30_000  # trust that news about the wanted product gives a web user who is about to ask (guess)
    morning: Ppm = 0  # of those who call, do it first thing in the morning (data of the business)
    evening: Ppm = 0  # of those who write, do it after hours (data of the business)
    morning_minutes: Count = 40  # after opening, on average, at which early callers call (guess)
    evening_minutes: Count = 300  # the last of a day, in which letters are written (guess)
    contact_minutes: Count = 480  # median working minutes from a known need to making contact (guess)
    search_minutes: Count = 960  # mean working minutes until someone in need has searched (guess)
    medium_channel: Ppm = 600_000  # of those an advert brought who come by the channel it names (guess)
    cooling_power: Annotated[int, Field(ge=100_000, le=10_000_000, strict=True)] = 1_300_000
    # how steeply interest falls while waiting (fits row 12's two ratios)
    cooling_floor: Ppm = 2_000  # interest that never cools (row 12: about 60 to 1 after a day)
    prompt: Ppm = 250_000  # of the patience: whoever is answered within it is pleased, whoever waits longer is not
    missed: Ppm = 120_000  # trust lost when nobody answered
    late_trust: Ppm = 150_000  # trust lost by a wait that cooled all interest
    near_days: Days = 10  # a need this near is awakened by the fair or an invitation
    pestered: Ppm = 80_000  # annoyance of an invitation without a need
    forgiving: Some = 240_000  # annoyance from which such an invitation is felt in full, ppm (guess)
    deaf: Ppm = 400_000  # annoyance at which an invitation is not even considered
    reached: Ppm = 320_000  # a stranger reached by one attempt (row 15: six attempts reach about 90%)
    reached_known: Ppm = 850_000  # someone who has talked or bought before
    win_back: Ppm = 250_000  # of the dormant, when invited kindly and still content (guess)
    dormant: Ppm = 600_000  # satisfaction at which a silent customer may let itself be won back
    shunned: Ppm = 600_000  # satisfaction below which some who know the company do not even ask it (guess)
    busy_days: Days = 3  # how long a new need waits while the last one is still being served
    waits_on: Count = 3  # how often someone who has talked with the company waits two days more
    doubles: Ppm = 60_000  # writes again by another channel while waiting (play.md: doubles)
