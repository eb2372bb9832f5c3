"""Days of instants follow the workspace's zone; a stated day stays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from storage.load.writes import LoadOf, save_usage
from storage.load.zones import keep_zone
from storage.tables import UsageFact
from tests.storage.load.facts import revision_of, rollup, use

EVENING = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)


def days(engine: Engine) -> list[date]:
    with engine.connect() as connection:
        return sorted(connection.scalars(select(UsageFact.day)))


def test_an_instant_moves_to_its_local_day_and_back_and_its_rollup_with_it(engine: Engine, load: LoadOf) -> None:
    keep_zone(engine, ZoneInfo("UTC"))
    save_usage(engine, load, [use("a", date(2026, 11, 16), at=EVENING), use("b", date(2026, 11, 16))])

    moved = keep_zone(engine, ZoneInfo("Europe/Berlin"))
    assert (moved, days(engine)) == (2, [date(2026, 11, 16), date(2026, 11, 17)])
    assert [(day, tokens) for day, tokens, _ in rollup(engine)] == [(date(2026, 11, 16), 10), (date(2026, 11, 17), 10)]

    keep_zone(engine, ZoneInfo("UTC"))
    assert days(engine) == [date(2026, 11, 16)] * 2
    assert [(day, tokens) for day, tokens, _ in rollup(engine)] == [(date(2026, 11, 16), 20)]


def test_a_zone_that_is_kept_already_touches_nothing(engine: Engine, load: LoadOf) -> None:
    keep_zone(engine, ZoneInfo("America/New_York"))
    save_usage(engine, load, [use("a", date(2026, 11, 16), at=EVENING)])
    before = revision_of(engine, load)

    assert keep_zone(engine, ZoneInfo("America/New_York")) == 0
    assert revision_of(engine, load) == before


def test_the_hour_that_a_clock_repeats_or_skips_has_one_day(engine: Engine, load: LoadOf) -> None:
    keep_zone(engine, ZoneInfo("UTC"))
    midnight = datetime(2026, 10, 25, 22, 0, tzinfo=UTC)  # 23:00 in Berlin, which an hour before had been summer time
    save_usage(
        engine,
        load,
        [
            use("a", date(2026, 10, 25), at=midnight),
            use("b", date(2026, 10, 25), at=datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
        ],
    )

    keep_zone(engine, ZoneInfo("Europe/Berlin"))

    assert days(engine) == [date(2026, 10, 25), date(2026, 10, 26)]
