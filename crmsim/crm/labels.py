"""The words of the program that stand in the world as ids: states, endings, moods, roles. Shown by `{x:label}`."""

from __future__ import annotations

from crmsim.engine.words import N_

ROLES = (
    N_("sales seat"), N_("service seat"),  # as the name of a seat these two are other words than as a matter
    N_("director"), N_("promoter"), N_("reception"), N_("prospector"), N_("sales"), N_("service"), N_("customer"),
    N_("company"), N_("instructor"), N_("stranger"), N_("clock"),
)  # fmt: skip
OPEN_PLACES = (N_("staff"), N_("total"))  # of templates; the others are named elsewhere
ORDER_STATES = (
    N_("submitted"), N_("rejected"), N_("approved"), N_("accepted"), N_("declined"), N_("shipped"), N_("received"),
    N_("cancelled"),
)  # fmt: skip
GOODS_STATES = (N_("sound"), N_("damaged"), N_("under_way"), N_("delivered"), N_("signed"), N_("refused"))
MONEY_STATES = (N_("unpaid"), N_("late"), N_("paid"), N_("written_off"), N_("refunded"))
CASE_STATES = (
    N_("answered"), N_("resolved"), N_("closed"), N_("requested"), N_("endorsed"), N_("designed"), N_("assigned"),
    N_("issued"), N_("read"), N_("planned"), N_("running"), N_("over"), N_("stopped"),
)  # fmt: skip
TALK_ENDINGS = (
    N_("agreed"), N_("next_step"), N_("later"), N_("left"), N_("no_lead"), N_("silent"), N_("done"), N_("waiting"),
    N_("invited"), N_("missed"),
)  # fmt: skip
REASONS = (
    N_("no answer"), N_("no stock"), N_("lead"), N_("junk"), N_("job"), N_("double"), N_("apology"), N_("first"),
    N_("no_answer"), N_("no_offer"), N_("dissatisfied"), N_("no_need"), N_("final"), N_("approve"), N_("reject"),
    N_("refuse"), N_("pestered"),
)  # fmt: skip
FILE_FIELDS = (N_("labels"), N_("grade"), N_("partner"), N_("expiry"), N_("birthday"))
SOURCES = (N_("friends"), N_("fair"), N_("web"), N_("website"), N_("invitation"), N_("import"), N_("book"))
