"""events.csv: what happened when, to whom."""

from __future__ import annotations

from datetime import date

from storage.keep.plans import events
from tests.bot.sources.files.shop import Shop


def test_events_are_the_whole_truth_of_their_file(shop: Shop) -> None:
    shop.one(events="date,name,team\n2026-09-03,Claude rollout,Core\n2026-09-10,Freeze,\n")
    report = shop.one(events="day,event,team\n2026-09-03,Claude rollout,Core\n2026-09-11,,\n")

    assert (report.unchanged, report.removed, report.rejected) == (1, 1, 1)
    with shop.engine.connect() as connection:
        assert [(event.day, event.name, event.team) for event in events(connection, 1)] == [
            (date(2026, 9, 3), "Claude rollout", "Core")
        ]
