"""A series as a picture: the same values as the native chart."""

from __future__ import annotations

from bot.questions.answers.answer import Answer, Column, Row, Shape, Status
from bot.slack.blocks.chart import chart
from bot.slack.blocks.picture import picture

WEEKS = ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26")


def series(lines: dict[str, list[float | None]], unit: str = "tokens", title: str = "tokens by week") -> Answer:
    rows = [
        Row(labels={"week": week, **({"team": name} if name else {})}, values={"one": value}, suppressed=False)
        for name, line in lines.items()
        for week, value in zip(WEEKS, line, strict=False)
    ]
    columns = (Column(name="one", label="Tokens per employee", unit=unit),)
    return Answer(
        status=Status.ANSWERED, text="It rose.", title=title, shape=Shape.SERIES, rows=tuple(rows), columns=columns
    )


def test_its_values_are_those_of_the_native_chart() -> None:
    answer = series({"Build": [1.0, 2.0, 3.0, 4.0], "Care": [4.0, 3.0, 2.0, 1.0]})
    native = chart(answer)

    shown = picture(answer)

    assert native is not None
    assert shown is not None
    assert (shown.title, shown.y_label) == ("Tokens by week", "Tokens per employee")
    told = {line["name"]: tuple(point["value"] for point in line["data"]) for line in native.chart["series"]}
    assert shown.lines == told
    assert list(shown.times) == native.chart["axis_config"]["categories"]


def test_what_is_no_chart_is_no_picture() -> None:
    assert picture(series({"": [1.0, 2.0]})) is None
