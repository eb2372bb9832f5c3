"""The work: items of catalogued workflows, moving from people to AI."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from tests.bot.demo.larkspur import (
    STORIES,
    TODAY,
    Files,
    between,
)


def test_the_work_belongs_to_catalogued_workflows_and_its_outcomes_add_up(files: Files) -> None:
    names = {row["workflow"] for row in files["workflows"]}
    parts = ("accepted", "reworked", "failed")

    assert 14 <= len(names) <= 25
    assert {row["workflow"] for row in files["work"]} == names
    assert {row["workflow"] for row in files["usage"]} <= names | {""}
    assert all(int(row["items"]) == sum(int(row[part]) for part in parts) for row in files["work"])


def test_work_moves_from_people_to_ai(files: Files) -> None:
    def ai_share(start: date, end: date) -> float:
        items: Counter[str] = Counter()
        for row in files["work"]:
            if between(row, start, end):
                items[row["mode"]] += int(row["items"])
        return 1 - items["human"] / items.total()

    month = timedelta(days=28)
    assert ai_share(TODAY - month, TODAY) > ai_share(STORIES.first_day, STORIES.first_day + month) + 0.15
