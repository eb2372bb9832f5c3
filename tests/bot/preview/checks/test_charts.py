"""What Slack checks of a chart: one thing wrong at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from bot.preview.checks.charts import chart
from tests.bot.preview.checks.good import GOOD, Block, is_found, points, put

BAD: dict[str, tuple[str, Callable[[Block], None]]] = {
    "a title of 51": ("line", put("title", value="x" * 51)),
    "a kind of chart Slack has not": ("line", put("chart", "type", value="radar")),
    "a gap in a line": ("line", put("chart", "series", 0, "data", 0, "value", value=None)),
    "a point that is no category": ("line", put("chart", "series", 0, "data", 0, "label", value="W9")),
    "a category of 21": ("line", put("chart", "axis_config", "categories", 0, value="x" * 21)),
    "seven lines": ("line", put("chart", "series", value=[{"name": f"S{n}", "data": points(1, 2)} for n in range(7)])),
    "an axis label of 51": ("line", put("chart", "axis_config", "x_label", value="x" * 51)),
    "a slice of nothing": ("pie", put("chart", "segments", 0, "value", value=0)),
    "two slices of one name": ("pie", put("chart", "segments", 1, "label", value="A")),
}


@pytest.mark.parametrize("wrong", BAD)
def test_what_slack_would_not_show_is_named(wrong: str) -> None:
    assert is_found(*BAD[wrong])


@pytest.mark.parametrize("kind", ["line", "bar", "area"])
def test_twenty_points_of_six_series_pass_in_each_kind_of_axes(kind: str) -> None:
    categories = [f"W{number}" for number in range(20)]
    series = [{"name": f"S{n}", "data": points(*range(20))} for n in range(6)]
    drawn = {"type": kind, "series": series, "axis_config": {"categories": categories}}

    assert list(chart({"title": "T", "chart": drawn})) == []


def test_a_true_value_is_no_number() -> None:
    block = copy.deepcopy(GOOD["line"])
    block["chart"]["series"][0]["data"][0]["value"] = True

    assert list(chart(block)) == ["a value that is no number"]
