"""Which figure may be shown in place of one that may not."""

from __future__ import annotations

from datetime import timedelta

from storage.answer.nearest import nearest
from storage.answer.privacy import Viewer
from storage.query import Grain, Query
from storage.records import Period
from tests.storage.answer.office import FOUR_WEEKS, LAST_WEEK, MEMBER, MONDAYS, TOKENS, of
from tests.storage.worlds import World

WHOLE_WEEK = TOKENS.with_(period=Period(MONDAYS[2], MONDAYS[3] - timedelta(days=1)))


def offered(world: World, query: Query, viewer: Viewer = MEMBER, other_days_first: bool = False) -> Query | None:
    return nearest(world.connection, world.directory, query, viewer, other_days_first)


def test_a_small_teams_figure_gives_way_to_the_next_above_it_that_may_be_shown(office: World) -> None:
    tend = WHOLE_WEEK.with_(filters=(of("team", "Tend"), of("tool", "cursor")))

    assert offered(office, tend) == WHOLE_WEEK.with_(filters=(of("tool", "cursor"),))
    assert offered(office, tend, Viewer(operator=True)) == WHOLE_WEEK.with_(
        filters=(of("tool", "cursor"), of("team", "Works"))
    )


def test_a_list_gives_way_to_its_total(office: World) -> None:
    listed = WHOLE_WEEK.with_(group_by=("person",), grain=Grain.DAY)

    assert offered(office, listed) == WHOLE_WEEK


def test_where_only_the_days_were_wrong_a_whole_unit_of_the_same_people_comes_first(office: World) -> None:
    day = TOKENS.with_(period=Period(MONDAYS[2], MONDAYS[2]), filters=(of("team", "Lab"),))
    found = offered(office, day, other_days_first=True)

    assert found is not None
    assert found.filters == day.filters
    assert found.period.days >= 7
    assert found.period.start.weekday() == 0


def test_what_is_offered_is_never_of_fewer_days_nor_of_days_not_over(office: World) -> None:
    for days in (1, 3, 7, 27):
        asked = TOKENS.with_(period=Period(FOUR_WEEKS.start, FOUR_WEEKS.start + timedelta(days=days - 1)))
        found = offered(office, asked.with_(filters=(of("team", "Tend"),)), other_days_first=True)
        assert found is None or found.period.days >= days
        assert found is None or found.period.end <= LAST_WEEK.end


def test_nothing_is_offered_to_whom_every_group_is_too_small(office: World) -> None:
    assert offered(office, WHOLE_WEEK.with_(filters=(of("team", "Tend"),)), Viewer(min_group=100)) is None
