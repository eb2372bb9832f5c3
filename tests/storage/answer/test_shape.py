"""From sums to rows: shares, changes and averages."""

from __future__ import annotations

from datetime import timedelta

from storage.query import Grain, Share
from storage.records import Period
from tests.storage.answer.office import LAST_WEEK, MONDAYS, TOKENS, of
from tests.storage.worlds import World

BY_TOOL = TOKENS.with_(group_by=("tool",))
BY_TEAM = TOKENS.with_(group_by=("team",))


def test_shares_are_of_the_same_question_without_its_groups(office: World) -> None:
    shares = office.check(BY_TOOL.with_(share=Share(), filters=(of("tool", "ide", "shop"),)))
    of_those = office.check(
        BY_TOOL.with_(share=Share((of("tool", "ide", "shop"),)), filters=(of("tool", "ide", "shop"),))
    )

    assert shares.rows[0].values["share"] == 2000 / (4 * 2547)
    assert of_those.rows[0].values["share"] == 2000 / 2028


def test_a_change_from_nothing_has_no_percentage(office: World) -> None:
    quiet = Period(MONDAYS[2] + timedelta(days=1), MONDAYS[3] - timedelta(days=1))
    row = office.check(TOKENS.with_(period=LAST_WEEK, previous=quiet)).rows[0]

    assert (row.values["previous"], row.values["change"], row.values["change_pct"]) == (0, 2547, None)


def test_an_average_is_over_the_whole_of_the_period(office: World) -> None:
    fortnight = TOKENS.with_(period=Period(MONDAYS[0], MONDAYS[2] - timedelta(days=1)))

    assert office.check(fortnight.with_(average=Grain.WEEK)).rows[0].values["tokens"] == 2547
    assert office.check(fortnight.with_(average=Grain.DAY)).rows[0].values["tokens"] == 2 * 2547 / 14
