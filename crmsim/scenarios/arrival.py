"""How customers come, as numbers of a scenario. Every default names its source or is called a guess.

Shares and levels are parts per million (ppm); lengths are minutes or days by name.
"""

from __future__ import annotations

from crmsim.scenarios.parts import Count, Days, Id, Part, Ppm


class ArrivingPart(Part):
    """Awareness, contact and waiting."""

    quality: dict[Id, int] = {"friends": 120_000, "web": 40_000, "fair": -60_000}
    """Trust that a source gives beyond an advert's (order of row 17: referral, website, advertising, trade show)."""
    notice_days: Days = 10  # days of saturation spend in which half of a medium's followers notice (guess)
    remember_days: Days = 98  # mean memory of an advert without effect (Leone 1995: 90% gone in 6-9 months; 0: no end)
    off_target: Ppm = 400_000  # how well an advert is noticed by someone who has no use for its product (guess)
    found: Ppm = 150_000  # of web users who search in need and find the company (guess)
    found_page: Ppm = 200_000  # more of them when a shown page names the product (guess)
    fresh_days: Days = 14  # how long a page that was published or changed is news (guess)
    read_up: Ppm = 30_000  # trust that news about the wanted product gives a web user who is about to ask (guess)
    morning: Ppm = 0  # of those who call, do it first thing in the morning (data of the business)
    evening: Ppm = 0  # of those who write, do it after hours (data of the business)
    contact_minutes: Count = 480  # median working minutes from a known need to making contact (guess)
    search_minutes: Count = 960  # mean working minutes until someone in need has searched (guess)
    medium_channel: Ppm = 600_000  # of those an advert brought who come by the channel it names (guess)
    cooling_power: Count = 1_300_000  # how steeply interest falls while waiting (fits row 12's two ratios)
    cooling_floor: Ppm = 2_000  # interest that never cools (row 12: about 60 to 1 after a day)
    missed: Ppm = 120_000  # trust lost when nobody answered
    late_trust: Ppm = 150_000  # trust lost by a wait that cooled all interest
    near_days: Days = 10  # a need this near is awakened by the fair or an invitation
    pestered: Ppm = 80_000  # annoyance of an invitation without a need
    forgets: Ppm = 500_000  # annoyance left after near_days without being disturbed
    reached: Ppm = 320_000  # a stranger reached by one attempt (row 15: six attempts reach about 90%)
    reached_known: Ppm = 850_000  # someone who has talked or bought before
    win_back: Ppm = 250_000  # of the dormant, when invited kindly and still content (guess)
    doubles: Ppm = 60_000  # writes again by another channel while waiting (play.md: doubles)
