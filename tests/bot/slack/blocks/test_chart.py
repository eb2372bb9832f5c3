"""A series as a native line chart: only what is known, and never more than Slack draws."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.questions.answers.answer import Answer, Column, Row, Shape, Status
from bot.slack.blocks.chart import LineChart, chart
from bot.slack.blocks.parts import as_json
from tests.fakes.slack_blocks import problems


def series(lines: dict[str, list[float | None]], grain: str = "week", title: str = "tokens by week") -> Answer:
    step = timedelta(days=1 if grain == "day" else 7)
    rows = [
        Row(labels={grain: str(date(2026, 1, 5) + at * step), "team": name}, values={"tokens": value})
        for name, line in lines.items()
        for at, value in enumerate(line)
    ]
    columns = (Column(name="tokens", label="tokens", unit="tokens"),)
    return Answer(status=Status.ANSWERED, text="", title=title, shape=Shape.SERIES, columns=columns, rows=tuple(rows))


def drawn(answer: Answer) -> LineChart:
    found = chart(answer)
    assert found is not None
    return found


values = st.none() | st.floats() | st.integers(-(10**12), 10**12)


@given(
    st.dictionaries(st.text(max_size=40), st.lists(values, max_size=40), max_size=9),
    st.sampled_from(["day", "week", "month"]),
    st.text(max_size=90),
)
def test_slack_takes_the_chart_of_any_series(lines: dict[str, list[float | None]], grain: str, title: str) -> None:
    found = chart(series(lines, grain, title))

    if found is not None:
        assert problems(as_json([found])) == []


def test_it_holds_the_values_in_the_order_of_time() -> None:
    found = drawn(series({"Web": [1.0, 2.5, 3.0], "Ops": [4.0, 5.0, 6.0]}))

    assert found.times == ("2026-01-05", "2026-01-12", "2026-01-19")
    assert found.lines == {"Web": (1.0, 2.5, 3.0), "Ops": (4.0, 5.0, 6.0)}
    assert (found.title, found.x_label, found.y_label) == ("tokens by week", "Week", "tokens")


def test_two_points_or_a_list_are_no_line() -> None:
    assert chart(series({"Web": [1.0, 2.0]})) is None
    assert chart(Answer(status=Status.ANSWERED, text="", shape=Shape.LIST)) is None


def test_names_that_are_cut_alike_are_told_apart() -> None:
    long = "a" * 30

    assert list(drawn(series({long + "1": [1.0, 2.0, 3.0], long + "2": [1.0, 2.0, 3.0]})).lines) == [
        "a" * 19 + "…",
        "a" * 17 + "… 2",
    ]


def test_a_title_too_long_leaves_out_its_last_parts_and_not_half_a_word() -> None:
    title = "tokens per employee, week by week (1 May to 7 August), of the engineering teams"

    assert drawn(series({"": [1.0, 2.0, 3.0]}, title=title)).title == "tokens per employee, week by week"


def test_months_are_written_as_months() -> None:
    rows = tuple(Row(labels={"month": f"2026-0{month}-01"}, values={"tokens": 1.0 * month}) for month in range(1, 5))
    answer = Answer(
        status=Status.ANSWERED,
        text="",
        shape=Shape.SERIES,
        columns=(Column(name="tokens", label="tokens", unit="tokens"),),
        rows=rows,
    )

    assert drawn(answer).times == ("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026")
