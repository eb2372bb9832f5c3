"""Scorecards as values: parts of a team with their week, usual range and whatever is given beside."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.questions.answers import card
from bot.questions.answers.answer import Answer, Column, Fact, Receipt, Row, Shape, Status
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")


def part(name: str, week: float, *facts: Fact, value: float | None = 0.5, unit: str = "fraction") -> Answer:
    own = (
        Fact(label=card.WEEK, value=week, unit=unit),
        Fact(label=card.WEEK_OF, value="2026-11-09"),
        Fact(label=card.LOW, value=0.4, unit=unit),
        Fact(label=card.HIGH, value=0.6, unit=unit),
    )
    values: dict[str, Any] = {name: value, "previous": value, "change": 0.1, "change_pct": 0.2}
    return Answer(
        status=Status.ANSWERED,
        text=f"{name}.",
        shape=Shape.SINGLE,
        period=OCTOBER,
        query={"filters": [{"dimension": "team", "values": ["Core"], "op": "in"}]},
        columns=(Column(name=name, label=name, unit=unit),),
        rows=(Row(labels={}, values=values),),
        facts=(*own, *facts),
        receipt=Receipt(
            metric=name, definition="", period="October 2026", zone="UTC", scope="Core", newest="", coverage=None
        ),
    )


def scorecard(*parts: Answer) -> Answer:
    return Answer(status=Status.ANSWERED, text="", answers=parts)
