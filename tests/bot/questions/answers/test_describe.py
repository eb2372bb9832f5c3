"""The echo names every filter, and what a share is a part of."""

from __future__ import annotations

from bot.questions.answers.describe import title
from storage.query import Filter, Op, Query, Share
from storage.records import Period
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.organisations import AS_OF

DAY = Period(AS_OF, AS_OF, "today")


def test_two_teams_side_by_side_keep_their_other_filters() -> None:
    query = Query(
        metrics=("cost",),
        period=DAY,
        group_by=("team",),
        scopes=("Web", "Data"),
        filters=(Filter("tool", ("cursor",)),),
    )
    assert title(query, world().directory) == "cost, Web and Data, cursor, today"


def test_a_share_says_of_what() -> None:
    web, growth = Filter("team", ("Web",)), Filter("team", ("Growth",), Op.NOT_IN)
    query = Query(metrics=("tokens",), period=DAY, filters=(web,), share=Share((growth,)))
    assert title(query, world().directory) == "share of tokens, Web, of without Growth, today"
