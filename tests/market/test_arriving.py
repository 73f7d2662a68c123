"""How customers come: the same whatever is played, drawn in by adverts and the fair, cooling while they wait."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    CustomerArrived,
    CustomerReturned,
    MarketShifted,
    TalkClosed,
    TalkMissed,
    TalkOpened,
    TalkRequested,
)
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.record import Record
from crmsim.crm.service import Return, ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, LANGUAGES, render
from crmsim.game import Game
from crmsim.market.arriving import cooled
from crmsim.market.noticing import days_until
from crmsim.roles.customer import MakeContact
from crmsim.roles.director import PlanAdvert, PlanPromotion
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.talking import Speak
from tests.market.talks import talk_data
from tests.scenes import customers, facts, must, story, tiny

TRAITS = (
    "segment", "region", "industry", "size", "temper", "weights", "sensitivity", "reticence", "patience_moves",
    "channels", "decision", "shades", "rate", "dropout",
)  # fmt: skip
MOVES = [{"id": "greet", "key": "1", "name": "greet", "says": ["Hello"]}]
HABITS: dict[str, Any] = {"tv": 600_000, "newspaper": 500_000, "web": 400_000, "fair": 500_000}
SHOPS: dict[str, Any] = {
    "id": "shops", "name": "shops", "products": {"pump": 3, "filter": 1},
    "weights": {"power": 600_000, "quiet": 400_000}, "channels": {"email": 2, "phone": 1}, "habits": HABITS,
}  # fmt: skip


def play(size: int = 60, seed: int = 3, **changes: Any) -> Game:
    changes.setdefault("segments", [SHOPS])
    changes.setdefault("moves", MOVES)
    market = {"size": size, "junk": 0, **changes.pop("market", {})}
    return Game(tiny(market=market, playable_customers=0, **changes), seed=seed)


def advert(game: Game, budget: int, days: int = 5) -> Advert:
    must(game, "director", PlanAdvert(medium="tv", budget=budget, start=0, end=(days - 1) * DAY, product="pump"))
    return list(game.world.all(Advert))[-1]


def answer(game: Game) -> None:
    """Whoever waits is greeted, by whoever may."""
    for talk in list(game.world.all(Talk)):
        if talk.status == "waiting":
            game.act(talk.seat or "reception", Speak(talk=talk.id, move="greet"))


@pytest.mark.covers("GAME-2")
def test_the_same_customers_whatever_is_played() -> None:
    """Traits, first needs and what is needed do not depend on how others are handled."""
    idle, busy = play(), play()
    advert(busy, 500_000)
    for day in range(1, 11):
        idle.advance_to(day * DAY)
        for hour in range(9, 18, 2):
            busy.advance_to((day - 1) * DAY + hour * 60)
            answer(busy)
        busy.advance_to(day * DAY)
    assert len(facts(busy, TalkOpened)) > 5
    for one, other in zip(customers(idle), customers(busy), strict=True):
        assert [getattr(one, trait) for trait in TRAITS] == [getattr(other, trait) for trait in TRAITS]
        if one.needs == other.needs == 1:
            assert one.story[0].minute == other.story[0].minute or one.aware != other.aware
        needs = [[each for each in who.story if "We needed" in each.words.source][:1] for who in (one, other)]
        assert needs[0] == needs[1]


def test_other_seeds_bring_other_customers() -> None:
    ones, others = customers(play(seed=1)), customers(play(seed=2))
    assert sum(one.weights != other.weights for one, other in zip(ones, others, strict=True)) > 50


@pytest.mark.covers("DIR-4", "GAME-2")
def test_an_advert_brings_customers_more_for_more_money_and_after_its_end() -> None:
    def reached(budget: int) -> tuple[int, int, int]:
        game = play(200, market={"aware": 0})
        paper = advert(game, budget) if budget else None
        game.advance_to(5 * DAY)
        during = paper.reached if paper else 0
        game.run_to_end()
        return during, paper.reached if paper else 0, len(facts(game, CustomerArrived))

    none, little, much = reached(0), reached(100_000), reached(1_000_000)
    assert none[2] < little[2] <= much[2]
    assert 0 < little[0] < much[0]
    assert much[1] > 1.3 * much[0]  # the effect carries over
    assert much[1] < 200 * 0.7  # whoever does not follow the medium never sees it


def test_an_adverts_whole_effect_is_about_twice_that_of_its_days() -> None:
    """Long-run to short-run elasticity between 1.5 and 3 (Sethuraman et al. 2011), measured on who would notice."""
    for days in (5, 10, 20):
        hazard = 0.001  # small: no saturation of the audience
        levels = [n / 1e5 for n in range(1, 20_000)]
        times = [each for level in levels if (each := days_until(level, hazard, days, 14)) is not None]
        ratio = len(times) / sum(each <= days for each in times)
        assert 1.5 <= ratio <= 3
    assert days_until(0.1, 0.0, 5, 14) is None


@pytest.mark.covers("DIR-4")
def test_a_stopped_advert_is_noticed_less() -> None:
    from crmsim.roles.director import StopAdvert

    whole, stopped = play(200, market={"aware": 0}), play(200, market={"aware": 0})
    papers = [advert(game, 800_000, 10) for game in (whole, stopped)]
    stopped.advance_to(2 * DAY)
    must(stopped, "director", StopAdvert(advert=papers[1].id))
    for game in (whole, stopped):
        game.run_to_end()
    assert 0 < papers[1].reached < papers[0].reached


@pytest.mark.covers("PRO-1", "DIR-5", "FLO-3")
def test_visitors_come_to_the_booth_in_clusters_while_it_is_open() -> None:
    fair = {"first_day": 3, "last_day": 5, "cluster": 4, "booth_cost": 1000}
    game = play(200, fair=fair, market={"need_days": 10})
    must(game, "director", PlanPromotion(name="booth", offer=50_000, start=2 * DAY, end=4 * DAY))
    game.run_to_end()
    came = [each.minute for each in facts(game, CustomerArrived, channel="booth")]
    assert len(came) >= 12
    assert all(2 * DAY <= minute < 5 * DAY for minute in came)
    gaps = sorted(b - a for a, b in zip(sorted(came), sorted(came)[1:], strict=False))
    assert sum(gap <= 6 for gap in gaps) > len(gaps) / 3  # near together, then nobody for long
    assert gaps[-1] > 60
    booth = next(iter(game.world.all(Promotion)))
    assert booth.visitors >= len(came)
    assert not facts(play(60, fair=fair), CustomerArrived, channel="booth")  # without a booth nobody stops


@pytest.mark.covers("GAME-2", "TALK-1")
def test_waiting_cools_interest_as_measured() -> None:
    """Row 12: answered within the hour about 7 times likelier to go on than an hour later, over 20 than a day later."""
    part = tiny(market={"cooling_minutes": 7}).market
    first = sum(cooled(part, minute) for minute in range(60)) / 60
    second = sum(cooled(part, minute) for minute in range(60, 120)) / 60
    day = sum(cooled(part, minute) for minute in range(1440, 4320)) / 2880
    assert 3 <= first / second <= 10
    assert 20 <= first / day <= 100
    usual = tiny().market
    levels = [cooled(usual, minute) for minute in range(0, 5000, 50)]
    assert levels == sorted(levels, reverse=True)
    assert 300_000 < cooled(usual, usual.cooling_minutes) < 370_000


@pytest.mark.covers("TALK-1", "FLO-10")
def test_answered_at_once_more_go_on_than_answered_late() -> None:
    def gone(hours: int) -> float:
        game = play(150, market={"cooling_minutes": 60, "aware": 1_000_000})
        for minute in range(9 * 60, 10 * DAY, hours * 60):
            game.advance_to(minute)
            answer(game)
        opened = facts(game, TalkOpened)
        assert len(opened) > 20
        return len(facts(game, TalkClosed, ending="left")) / len(opened)

    assert gone(1) < gone(6)


@pytest.mark.covers("FLO-10", "TALK-1")
def test_unanswered_customers_give_up_some_try_again_and_all_go_elsewhere() -> None:
    game = play(80, market={"aware": 1_000_000, "retry": 500_000})
    game.run_to_end()
    missed = facts(game, TalkMissed)
    times = Counter(each.customer for each in missed)
    assert len(missed) > 30
    assert all(each.waited > 0 for each in missed)
    assert 0 < sum(times[id] > 1 for id in times) < len(times)
    asked = [each for each in game.world.all(Talk) if each.nature == "lead" and each.started < 10 * DAY]
    assert not any(each.status == "waiting" for each in asked)
    somebody = game.world.get(Customer, next(iter(times)))
    assert "Nobody answered us for" in story(game, somebody)
    assert somebody.trust < 600_000


@pytest.mark.covers("FLO-10")
def test_who_was_promised_a_contract_does_not_wait_for_ever() -> None:
    game = play(10, market={"aware": 1_000_000}, calendar={"days": 60})
    who = min(customers(game), key=lambda each: each.plans[0].minute)
    game.advance_to(who.plans[0].minute + 1)
    assert who.wants
    who.stage = "weighing"
    game.advance_to(who.deadline + 2 * DAY)
    assert who.wants
    game.run_to_end()
    assert "nothing came of it" in story(game, who)
    assert who.stage == "left"


@pytest.mark.covers("PRS-1")
def test_an_invitation_without_a_need_annoys_and_one_near_a_need_wakes_it() -> None:
    game = play(40, market={"aware": 1_000_000, "arriving": {"reached": 1_000_000}, "wanting": 500_000})
    near = min(customers(game), key=lambda each: each.plans[0].minute)
    far = max(customers(game), key=lambda each: each.plans[0].minute)
    for who in (near, far):
        record = game.world.add(Record(game.world.new_id(Record), customer=who.id, name=who.id))
        must(game, "prospector", InviteToTalk(record=record.id, channel="phone"))
    game.advance(2 * DAY)
    assert facts(game, TalkOpened, customer=near.id)
    assert near.wants
    assert not facts(game, TalkOpened, customer=far.id)
    assert far.annoyance > 0


BOOK = {
    "customers": 20, "dormant": 6, "open_requests": 3, "receivables": 5, "late_receivables": 2, "returns": 2,
    "orders_to_review": 2, "parcels_due": 2,
}  # fmt: skip


@pytest.mark.covers("GAME-13")
def test_the_book_holds_what_the_scenario_says() -> None:
    game = play(60, book=BOOK)
    world = game.world

    def count(kind: type[Any], **values: Any) -> int:
        return sum(all(getattr(each, name) == value for name, value in values.items()) for each in world.all(kind))

    assert count(Record) == 20
    assert count(ServiceRequest, status="open") == 3
    assert (count(Invoice, status="open"), count(Invoice, status="late")) == (3, 2)
    assert count(Return, status="requested") == 2
    assert count(Order, status="submitted") == 2
    assert count(Shipment, status="under_way") == 2
    silent = [each for each in world.all(Record) if not each.owner]
    assert len(silent) == 6 and {(each.status, each.recorded_by) for each in silent} == {("lost", "prospector")}
    assert {each.owner for each in world.all(Record) if each.owner} == {"sales-1", "sales-2"}
    assert count(Advert, status="over") == 2
    assert sum(world.ledger.balances.values()) == 0
    owed = sum(each.open_amount for each in world.all(Invoice))
    assert world.ledger.balance("receivables") == owed > 0
    assert world.ledger.balance("sales") == 0
    assert all(each.submitted < each.received < 9 * 60 for each in world.all(Order) if each.status == "received")
    last: dict[str, int] = {}
    for each in world.all(Order):
        last[each.customer] = max(last.get(each.customer, each.submitted), each.submitted)
    silent = [id for id, minute in last.items() if minute < -100 * DAY]
    assert len(silent) >= 6


@pytest.mark.covers("GAME-13")
def test_the_book_lives_on() -> None:
    game = play(60, book=BOOK)
    game.run_to_end()
    assert not any(each.status == "under_way" for each in game.world.all(Shipment))
    assert any(each.settled > 540 for each in game.world.all(Invoice))
    assert sum(game.world.ledger.balances.values()) == 0


@pytest.mark.covers("REC-1")
def test_about_the_scenarios_share_of_messages_are_no_leads() -> None:
    game = play(300, market={"junk": 250_000, "aware": 600_000, "arriving": {"doubles": 0}})
    game.run_to_end()
    natures = Counter(game.world.get(Talk, each.talk).nature for each in facts(game, TalkRequested))
    others = sum(natures.values()) - natures["lead"]
    assert set(natures) == {"lead", "junk", "job", "service"}
    assert 0.12 < others / sum(natures.values()) < 0.4


@pytest.mark.covers("REC-1", "TALK-2")
def test_leads_and_the_rest_write_alike_and_only_reading_tells_them_apart() -> None:
    market = {"junk": 250_000, "aware": 600_000, "wanting": 900_000}
    segment = SHOPS | {"tempers": {"plain": 1, "formal": 1}}
    game = play(120, market=market, lines=talk_data()["lines"], segments=[segment])
    game.advance_to(12 * DAY)
    written = [each for each in game.world.all(Talk) if each.by_customer and each.channel in {"email", "website"}]
    assert {"lead", "junk", "job"} <= {each.nature for each in written}
    for talk in written:
        for language in LANGUAGES:
            subject, letter = render(talk.subject, language), render(talk.letter, language)
            assert subject and len(letter) > 10 and "{" not in subject + letter, (talk.nature, language)
        by_mail = talk.channel == "email"
        assert ("@" in talk.who) == by_mail, talk.who
    leads = [each for each in written if each.nature == "lead"]
    assert len({render(each.letter, "zh") for each in leads}) > len(leads) // 2
    seen = game.view("reception").get(Talk, next(each.id for each in leads if each.status == "waiting"))
    assert seen is not None
    talk = seen.conversation(game.view("reception"))
    assert talk.opening is not None and not talk.opening.mine and talk.lines == ()  # lines prove, letters do not
    assert render(seen.subject, "en") in render(talk.opening.words, "en")
    assert not any(each.letter for each in game.world.all(Talk) if each.channel == "phone")


@pytest.mark.covers("TALK-2")
def test_only_lines_of_the_bank_can_be_written() -> None:
    game = play(20, lines=talk_data()["lines"])
    for lines in ("x", "subject_lead/plain/1 ../../1", "nothing/plain/1"):
        assert not game.act("p3", MakeContact(channel="email", lines=lines)), lines
    assert game.act("p3", MakeContact(channel="email", lines="subject_lead/plain/1 letter_lead/plain/1"))


@pytest.mark.covers("FLO-10", "GAME-13")
def test_events_come_on_their_working_day_and_change_the_market() -> None:
    title = {"en": "Acme cuts its prices", "zh": "同行降价"}
    events = [{"day": 6, "at": "09:30", "kind": "rival_price", "title": title, "product": "", "amount": 200_000}]
    calm = play(60, rivals=RIVALS)
    stormy = play(60, events=events, rivals=RIVALS)
    for game in (calm, stormy):
        game.advance_to(14 * DAY)
    (shift,) = facts(stormy, MarketShifted)
    assert shift.minute == 7 * DAY + 570  # the sixth working day is the second Monday
    pairs = [
        (one.rivals[0].price, other.rivals[0].price)
        for one, other in zip(customers(calm), customers(stormy), strict=True)
        if one.rivals and other.rivals and one.needs == other.needs
    ]
    assert pairs
    assert all(abs(other - one * 8 // 10) <= 2 for one, other in pairs)


RIVALS = [{"id": "acme", "name": "Acme", "presence": 1_000_000, "attributes": {"power": 600_000, "quiet": 600_000}}]


@pytest.mark.covers("GAME-7")
def test_a_copy_goes_on_as_the_original() -> None:
    game = play(80, book=BOOK, market={"junk": 200_000})
    advert(game, 300_000)
    game.advance_to(6 * DAY + 700)
    twin = game.fork()
    for each in (game, twin):
        each.advance_to(15 * DAY)
    assert game.digest() == twin.digest()
    other = game.fork(salt=1)
    other.run_to_end()
    game.run_to_end()
    assert game.digest() != other.digest()


@pytest.mark.covers("REG-8")
def test_a_lost_customer_may_come_back_with_its_next_need() -> None:
    frequent = {**SHOPS, "rate_r": 20_000_000, "rate_alpha_days": 100}
    game = play(150, segments=[frequent], market={"aware": 1_000_000})
    game.run_to_end()
    assert facts(game, CustomerReturned)


@pytest.mark.covers("CUS-8", "GAME-1")
def test_a_person_gets_a_portfolio_with_needs_one_after_the_other() -> None:
    scenario = tiny(market={"size": 30, "junk": 0}, playable_customers=1, briefs=5)
    game = Game(scenario, seed=4, holders={"customer-1": "person"})
    mine = game.world.seats["customer-1"].customers  # type: ignore[attr-defined]
    assert len(mine) == 5
    game.run_to_end()
    minutes = [game.world.get(Customer, id).needed_since for id in mine]
    assert minutes == sorted(minutes)
    assert min(minutes) >= 540
    assert not any(each.customer in mine for each in facts(game, TalkRequested))  # the person acts, nobody for it
