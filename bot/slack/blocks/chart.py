"""The rows of an answer as a native chart, within the rules Slack sets: a point not known is left out, never 0."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.figures import SIGNS, SIZES
from bot.questions.answers.answer import Answer, Column, Draw, Row, Shape
from bot.questions.answers.grid import grain_of, main_column
from bot.text import clean, cut
from storage.catalogue import Unit

MAX_POINTS = 20
MAX_SERIES = 6
MAX_LABEL = 20
MAX_TITLE = 50
MAX_BARS = 12  # that can still be read in the pane of a thread
FEWEST = 3  # two points are no line
ASIDE = re.compile(r" \([^()]*\)")
DRAWN_DIGITS = 4  # of a value: more cannot be read, fewer would tell less than the sentence
EXACT_DIGITS = 17
UNNAMED = "Figures"
OTHER = "Other"
BINS = ("from", "to")
UNDER = "under "  # begins the end of a bin, which is not in it


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A value at a time; `name` is what people call the time, `partial` where it is not whole."""

    time: str
    value: float
    name: str
    partial: bool = False


class Chart(Block):
    """Slack's `data_visualization` of lines or bars over the same categories; the SDK has no block for it.

    Values are kept exact and sent as they are read: rates as percents, large ones in k, M or B, which the label of the
    axis says with the `unit`. `partial` are the places of the categories that are not whole; their labels say so.
    """

    type = "data_visualization"
    attributes = Block.attributes | {"title", "chart"}

    def __init__(
        self,
        *,
        title: str,
        x_label: str,
        y_label: str,
        times: Sequence[str],
        lines: Mapping[str, Sequence[float]],
        kind: Draw = Draw.LINE,
        unit: str = "",
        partial: Sequence[int] = (),
    ) -> None:
        super().__init__(type=self.type)
        self.title, self.x_label, self.y_label, self.kind, self.unit = title, x_label, y_label, kind, unit
        self.times, self.lines = tuple(times), {name: tuple(line) for name, line in lines.items()}
        self.partial = tuple(partial)

    @property
    def chart(self) -> dict[str, Any]:
        """What is drawn, as Slack takes it."""
        scale, mark = _scale([value for line in self.lines.values() for value in line], self.unit)
        if self.kind is Draw.PIE:
            segments = self._data(next(iter(self.lines.values())), scale)
            return {"type": "pie", "segments": [segment for segment in segments if segment["value"] > 0]}
        series = [{"name": name, "data": self._data(line, scale)} for name, line in self.lines.items()]
        y_label = f"{cut(self.y_label, MAX_TITLE - len(mark))}{mark}"
        axis = {"categories": [*self.times], "x_label": self.x_label, "y_label": y_label}
        return {"type": self.kind.value, "series": series, "axis_config": axis}

    def _data(self, line: Sequence[float], scale: float) -> list[dict[str, Any]]:
        digits = DRAWN_DIGITS if self.unit else EXACT_DIGITS
        return [
            {"label": time, "value": float(f"{value / scale:.{digits}g}")}
            for time, value in zip(self.times, line, strict=True)
        ]


def chart(answer: Answer, longest_title: int = MAX_TITLE) -> Chart | None:
    """The chart of an answer's main column; None where there is nothing that a chart may show, or none is wanted."""
    if answer.draw is Draw.TABLE or not answer.columns or not answer.rows:
        return None
    if answer.shape is Shape.SERIES and answer.draw is not Draw.PIE:
        return _lines_chart(answer, longest_title)
    if answer.shape is Shape.LIST and answer.draw in (Draw.CHART, Draw.BAR, Draw.PIE, Draw.LINE):
        return _bars_chart(answer, longest_title)
    return None


def _lines_chart(answer: Answer, longest_title: int) -> Chart | None:
    grain, column = grain_of(answer), main_column(answer)
    if grain is None or column is None:
        return None
    lines = _lines(answer.rows, grain, column)
    times = {point.time: point for line in lines.values() for point in line}
    shown = sorted(times)[-MAX_POINTS:]
    whole = {name: line for name, line in lines.items() if len(line) == len(times)}
    drawn = {name: [point.value for point in line if point.time in shown] for name, line in _most(whole, column)}
    categories = [_category(times[time]) for time in shown]
    if not drawn or len(shown) < FEWEST or len(set(categories) - {""}) < len(shown):
        return None
    left = 0 if OTHER in drawn else len(lines) - len(drawn)
    notes = _notes(len(shown), len(times), len(lines) - left, len(lines))
    return Chart(
        title=_titled(answer, column, notes, longest_title),
        x_label=grain.capitalize(),
        y_label=cut(clean(column.label), MAX_TITLE) or UNNAMED,
        times=categories,
        lines=drawn,
        kind=Draw.BAR if answer.draw is Draw.BAR else Draw.LINE,
        unit=column.unit,
        partial=[at for at, time in enumerate(shown) if times[time].partial],
    )


def _bars_chart(answer: Answer, longest_title: int) -> Chart | None:
    column = main_column(answer)
    assert column is not None
    known = [(_bar_name(row), value) for row in answer.rows if (value := _value(row, column))]
    pie = answer.draw is Draw.PIE
    if pie and (not column.adds or any(value < 0 for _, value in known)):
        return None
    if tuple(answer.rows[0].labels) != BINS:  # bins stand in their own order
        known.sort(key=lambda pair: -pair[1])
    most = MAX_SERIES if pie else MAX_BARS
    shown, rest = (known, []) if len(known) <= most else (known[: most - 1], known[most - 1 :])
    if rest and column.adds:
        shown = [*shown, (OTHER, sum(value for _, value in rest))]
        rest = []
    named = _named(dict(shown), column.label)
    if not named:
        return None
    return Chart(
        title=_titled(answer, column, f" ({len(shown)} of {len(known)})" if rest else "", longest_title),
        x_label=" · ".join(label.capitalize() for label in answer.rows[0].labels) or UNNAMED,
        y_label=cut(clean(column.label), MAX_TITLE) or UNNAMED,
        times=[*named],
        lines={cut(clean(column.label), MAX_LABEL) or UNNAMED: [*named.values()]},
        kind=Draw.PIE if pie else Draw.BAR,
        unit=column.unit,
    )


def _bar_name(row: Row) -> str:
    """What a bar is of: its names, or from where to where a bin reaches."""
    if tuple(row.labels) != BINS:
        return " · ".join(map(row.name, row.labels))
    low, high = row.name(BINS[0]), row.name(BINS[1])
    return f"{low} - {high[len(UNDER) :]}" if high.startswith(UNDER) else f"{low} {high}".strip()


def _value(row: Row, column: Column) -> float | None:
    value = None if row.suppressed else row.values.get(column.name)
    return None if value is None or not math.isfinite(value) else float(value)


def _scale(values: Sequence[float], unit: str) -> tuple[float, str]:
    """What values are divided by to be read, and how the label of the axis says so with the unit."""
    if unit == Unit.FRACTION:
        return 0.01, " (%)"
    most = max(map(abs, values), default=0.0)
    size, letter = next((pair for pair in SIZES if unit and most >= pair[0]), (1.0, ""))
    money = SIGNS.get(unit[:3], unit[:3] if unit[:3].isupper() else "")
    return size, f" ({money}{letter})" if money or letter else ""


def _lines(rows: Sequence[Row], grain: str, column: Column) -> dict[str, list[ChartPoint]]:
    """Each series' known points in the order of time; the name is made of the labels beside the grain."""
    lines: dict[str, list[ChartPoint]] = {}
    for row in sorted(rows, key=lambda row: row.labels.get(grain, "")):
        name = " · ".join(row.name(label) for label in row.labels if label != grain)
        points = lines.setdefault(name, [])
        time, value = row.labels.get(grain, ""), _value(row, column)
        if time and value is not None and all(point.time != time for point in points):
            points.append(ChartPoint(time, value, row.name(grain), row.partial))
    return lines


def _most(lines: Mapping[str, list[ChartPoint]], column: Column) -> list[tuple[str, list[ChartPoint]]]:
    """The lines with most of the figure, under names that fit and differ; the others as one, where they add up."""
    ranked = sorted(lines.items(), key=lambda pair: -sum(point.value for point in pair[1]))
    if len(ranked) <= MAX_SERIES or not column.adds:
        return [*_named(dict(ranked[:MAX_SERIES]), column.label).items()]
    first, rest = ranked[: MAX_SERIES - 1], ranked[MAX_SERIES - 1 :]
    together = [
        ChartPoint(at.time, sum(line[number].value for _, line in rest), at.name, at.partial)
        for number, at in enumerate(rest[0][1])
    ]
    return [*_named(dict(first), column.label).items(), (OTHER, together)]


def _named(lines: Mapping[str, Any], fallback: str) -> dict[str, Any]:
    """The same under names that fit and differ."""
    named: dict[str, Any] = {}
    for name, line in lines.items():
        short = base = cut(clean(name or fallback), MAX_LABEL) or UNNAMED
        number = 2
        while short in named:
            mark = f" {number}"
            short, number = cut(base, MAX_LABEL - len(mark)) + mark, number + 1
        named[short] = line
    return named


def _category(point: ChartPoint) -> str:
    """The name of a time; where it is too long for Slack, its beginning and its days."""
    name = clean(point.name)
    if len(name) <= MAX_LABEL:
        return name
    begin, _, days = name.partition(" (")
    return cut(f"{begin.split(' - ')[0]} ({days}" if days else name, MAX_LABEL)


def _titled(answer: Answer, column: Column, notes: str, longest: int) -> str:
    title = clean(answer.title or column.label).strip()
    title = _title(title[:1].upper() + title[1:], longest - len(notes)) or UNNAMED
    return title + notes


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
