"""A series as a native line chart: only what is known, and never more than Slack draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.questions.answers.answer import Answer, Column, Draw, Row, Shape, Status
from bot.slack.blocks.chart import Chart, chart
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


def drawn(answer: Answer) -> Chart:
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
    assert (found.title, found.x_label, found.y_label) == ("Tokens by week", "Week", "tokens")


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

    assert drawn(series({"": [1.0, 2.0, 3.0]}, title=title)).title == "Tokens per employee, week by week"


def test_times_are_called_what_people_call_them() -> None:
    rows = tuple(
        Row(labels={"month": f"2026-0{at}-01"}, names={"month": name}, values={"tokens": 1.0 * at})
        for at, name in enumerate(("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026"), 1)
    )
    answer = Answer(
        status=Status.ANSWERED,
        text="",
        shape=Shape.SERIES,
        columns=(Column(name="tokens", label="tokens", unit="tokens"),),
        rows=rows,
    )

    assert drawn(answer).times == ("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026")


def data_of(found: Chart) -> dict[str, list[float]]:
    """The values as Slack gets them, by line."""
    return {line["name"]: [point["value"] for point in line["data"]] for line in found.chart["series"]}


def totals(lines: dict[str, list[float | None]], adds: bool = True, unit: str = "tokens") -> Answer:
    answer = series(lines)
    return replace(answer, columns=(Column(name="tokens", label="tokens", unit=unit, adds=adds),))


def test_the_lines_with_most_of_the_figure_are_drawn_and_the_others_are_one() -> None:
    found = drawn(totals({f"Team {at}": [1.0 * at, 1.0 * at, 1.0 * at] for at in range(1, 9)}))

    assert [*found.lines] == ["Team 8", "Team 7", "Team 6", "Team 5", "Team 4", "Other"]
    assert found.lines["Other"] == (6.0, 6.0, 6.0)
    assert "lines" not in found.title


def test_lines_that_do_not_add_up_have_no_other_and_say_how_many_are_missing() -> None:
    found = drawn(totals({f"Team {at}": [1.0 * at, 1.0 * at, 1.0 * at] for at in range(1, 9)}, adds=False))

    assert [*found.lines] == ["Team 8", "Team 7", "Team 6", "Team 5", "Team 4", "Team 3"]
    assert "6 of 8 lines" in found.title


def test_large_figures_are_drawn_in_millions_and_the_axis_says_so() -> None:
    found = drawn(totals({"": [72_422_997.0, 1_000_000.0, 5.0]}))

    assert data_of(found) == {"tokens": [72.42, 1.0, 5e-06]}
    assert found.chart["axis_config"]["y_label"] == "tokens (M)"


def test_a_share_is_drawn_as_percent_and_not_as_the_sum_behind_it() -> None:
    rows = [
        Row(labels={"week": str(date(2026, 1, 5 + 7 * at))}, values={"tokens": 1_000, "share": share})
        for at, share in enumerate((0.25, 0.5, 0.753_21))
    ]
    columns = (
        Column(name="tokens", label="tokens", unit="tokens", adds=True),
        Column(name="share", label="share", unit="fraction", adds=True),
    )
    found = drawn(replace(series({}), columns=columns, rows=tuple(rows)))

    assert data_of(found) == {"share": [25.0, 50.0, 75.32]}
    assert found.chart["axis_config"]["y_label"] == "share (%)"


def test_a_point_that_is_not_whole_says_so_in_its_label() -> None:
    first = series({"": [1.0, 2.0, 3.0]})
    long = "28 Sep - 1 Oct 2026 (4 days)"
    last = replace(first.rows[-1], names={"week": long}, partial=True, days=4)

    found = drawn(replace(first, rows=(*first.rows[:-1], last)))

    assert (found.times[-1], found.partial) == ("28 Sep (4 days)", (2,))


def listed(draw: Draw | None, *values: float, adds: bool = True) -> Answer:
    rows = tuple(Row(labels={"tool": f"Tool {at}"}, values={"cost": value}) for at, value in enumerate(values))
    columns = (Column(name="cost", label="cost", unit="USD", adds=adds),)
    return Answer(
        status=Status.ANSWERED, text="", title="cost, by tool", shape=Shape.LIST, draw=draw, columns=columns, rows=rows
    )


def test_a_list_is_drawn_only_where_somebody_asks_for_it() -> None:
    assert chart(listed(None, 1.0, 2.0)) is None
    assert drawn(listed(Draw.CHART, 1.0, 2.0)).chart["type"] == "bar"
    assert chart(replace(series({"": [1.0, 2.0, 3.0]}), draw=Draw.TABLE)) is None


def test_a_pie_has_the_largest_parts_and_the_rest_as_one() -> None:
    found = drawn(listed(Draw.PIE, *range(1, 9)))

    assert found.chart["type"] == "pie"
    assert [(part["label"], part["value"]) for part in found.chart["segments"]] == [
        ("Tool 7", 8.0), ("Tool 6", 7.0), ("Tool 5", 6.0), ("Tool 4", 5.0), ("Tool 3", 4.0), ("Other", 6.0),
    ]  # fmt: skip
    assert chart(listed(Draw.PIE, 1.0, 2.0, adds=False)) is None


def test_bins_stand_in_their_own_order_by_where_they_reach() -> None:
    sizes = (("0", "under 10", 7), ("10", "under 20", 9), ("20", "and more", 8))
    rows = tuple(
        Row(labels={"from": low, "to": high}, values={"people": people}, names={"from": low, "to": high})
        for low, high, people in sizes
    )
    columns = (Column(name="people", label="people", unit="people", adds=True),)
    drawn = chart(Answer(status=Status.ANSWERED, text="", shape=Shape.LIST, draw=Draw.BAR, columns=columns, rows=rows))

    assert drawn is not None
    assert drawn.times == ("0 - 10", "10 - 20", "20 and more")
