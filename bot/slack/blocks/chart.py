"""A series as a native line chart, within the rules Slack sets: a point that is not known is left out, never 0."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.questions.answers.answer import Answer, Row, Shape
from bot.text import clean, cut

MAX_POINTS = 20
MAX_SERIES = 6
MAX_LABEL = 20
MAX_TITLE = 50
GRAINS = ("day", "week", "month", "quarter")
FEWEST = 3  # two points are no line
ASIDE = re.compile(r" \([^()]*\)")
UNNAMED = "Figures"

Point = tuple[str, float]


class LineChart(Block):
    """Slack's `data_visualization` of lines over the same times; the SDK has no block for it."""

    type = "data_visualization"
    attributes = Block.attributes | {"title", "chart"}

    def __init__(
        self, *, title: str, x_label: str, y_label: str, times: Sequence[str], lines: Mapping[str, Sequence[float]]
    ) -> None:
        super().__init__(type=self.type)
        self.title, self.x_label, self.y_label = title, x_label, y_label
        self.times, self.lines = tuple(times), {name: tuple(line) for name, line in lines.items()}

    @property
    def chart(self) -> dict[str, Any]:
        """What is drawn, as Slack takes it."""
        series = [
            {
                "name": name,
                "data": [{"label": time, "value": value} for time, value in zip(self.times, line, strict=True)],
            }
            for name, line in self.lines.items()
        ]
        axis = {"categories": [*self.times], "x_label": self.x_label, "y_label": self.y_label}
        return {"type": "line", "series": series, "axis_config": axis}


def chart(answer: Answer, longest_title: int = MAX_TITLE) -> LineChart | None:
    """The chart of a series' first column; None where there is nothing that a chart may show."""
    grain = _grain(answer)
    if answer.shape is not Shape.SERIES or grain is None or not answer.columns:
        return None
    column = answer.columns[0]
    lines = _lines(answer.rows, grain, column.name)
    times = sorted({time for line in lines.values() for time, _ in line})
    whole = {name: line for name, line in lines.items() if len(line) == len(times)}
    shown = times[-MAX_POINTS:]
    named = list(_named(whole, column.label).items())[:MAX_SERIES]
    drawn = {name: [value for time, value in line if time in shown] for name, line in named}
    categories = [_time(time, grain) for time in shown]
    if not drawn or len(shown) < FEWEST or len(set(categories) - {""}) < len(shown):
        return None
    notes = _notes(len(shown), len(times), len(drawn), len(lines))
    title = _title(clean(answer.title or column.label).strip(), longest_title - len(notes)) or UNNAMED
    label = cut(clean(column.label), MAX_TITLE) or UNNAMED
    return LineChart(title=title + notes, x_label=grain.capitalize(), y_label=label, times=categories, lines=drawn)


def _grain(answer: Answer) -> str | None:
    return next((grain for grain in GRAINS if answer.rows and grain in answer.rows[0].labels), None)


def _lines(rows: Sequence[Row], grain: str, column: str) -> dict[str, list[Point]]:
    """Each series' known points in the order of time; the name is made of the labels beside the grain."""
    lines: dict[str, list[Point]] = {}
    for row in sorted(rows, key=lambda row: row.labels.get(grain, "")):
        name = " · ".join(value for label, value in row.labels.items() if label != grain)
        value = None if row.suppressed else row.values.get(column)
        points = lines.setdefault(name, [])
        time = row.labels.get(grain, "")
        if time and value is not None and math.isfinite(value) and time not in dict(points):
            points.append((time, value))
    return lines


def _named(lines: dict[str, list[Point]], fallback: str) -> dict[str, list[Point]]:
    """The same under names that fit and differ."""
    named: dict[str, list[Point]] = {}
    for name, line in lines.items():
        short = base = cut(clean(name or fallback), MAX_LABEL) or UNNAMED
        number = 2
        while short in named:
            mark = f" {number}"
            short, number = cut(base, MAX_LABEL - len(mark)) + mark, number + 1
        named[short] = line
    return named


def _time(day: str, grain: str) -> str:
    try:
        return date.fromisoformat(day).strftime("%b %Y") if grain == "month" else cut(clean(day), MAX_LABEL)
    except ValueError:
        return cut(clean(day), MAX_LABEL)


def _title(words: str, longest: int) -> str:
    """Whole words where it can be: first without the days of a period, which the axis shows, then its last parts."""
    if len(words) > longest:
        words = ASIDE.sub("", words)
    while len(words) > longest and ", " in words:
        words = words.rpartition(", ")[0]
    return cut(words, longest)


def _notes(points: int, all_points: int, series: int, all_series: int) -> str:
    """What of the whole is shown, to stand behind the title."""
    notes = [f"newest {points} of {all_points}"] if points < all_points else []
    notes += [f"{series} of {all_series} lines"] if series < all_series else []
    return f" ({', '.join(notes)})" if notes else ""
