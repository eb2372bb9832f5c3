"""A message as words and mentions: slips, numbers, clock times, periods, and no message that takes long."""

from __future__ import annotations

import time

import pytest

from bot.questions.finders.marking import mark
from tests.bot.questions.finders.bureau import mentions, world


def test_slips_in_names_times_and_figures_are_mended_and_said() -> None:
    marked = mark("tokns of grwth in octber", world())
    assert [mention.values[0] for mention in marked.mentions if mention.kind == "team"] == ["Growth"]
    assert marked.parts[0] == "tokens"
    assert marked.echoes == ["read “tokns” as “tokens”", "read “grwth” as “growth”", "read “octber” as “october”"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("teams above 5 million tokens", [5e6]),
        ("crossed 5 lakh tokens", [5e5]),
        ("teams between 5 and 20 million tokens", [5e6, 2e7]),
        ("fell by more than a tenth", [10.0]),
        ("more than half of the tokens", [50.0]),
        ("cost by title, top 3, Sept.", [3.0]),
    ],
)
def test_numbers_are_read_with_their_scale(text: str, values: list[float]) -> None:
    assert [mention.values[0] for mention in mentions(text) if mention.kind == "number"] == values


@pytest.mark.parametrize("text", ["tokens after 10 pm", "cost at 14:30", "requests before 9am", "tokens after 18 uhr"])
def test_a_time_of_day_is_a_clock_time(text: str) -> None:
    assert [mention.kind for mention in mentions(text)] == ["clock"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("spend 05.11.", "2026-11-05..2026-11-05"),
        ("spend from 21.09. to 30.09. for Web", "2026-09-21..2026-09-30"),
        ("what was the 2026 bill", "2026-01-01..2026-11-18"),
        ("cost by month so far", "2026-02-02..2026-11-18"),
        ("cost lw", "2026-11-09..2026-11-15"),
    ],
)
def test_dates_years_and_short_forms_are_periods(text: str, days: str) -> None:
    (period,) = [mention.values[0] for mention in mentions(text) if mention.kind == "period"]
    assert f"{period.start}..{period.end}" == days


def test_a_number_with_a_point_is_no_date() -> None:
    assert [mention.kind for mention in mentions("teams over 12.50 dollars")] == ["number"]


def test_every_part_stands_beside_what_was_written() -> None:
    marked = mark("Cost of Web, please", world())
    assert [raw for _, raw in marked.here] == ["Cost", "of", "Web", ",", "please"]


@pytest.mark.parametrize(
    "text", ["tokens, " * 400, "a," * 3000, "May " * 200, "Zork " * 150, "the last " * 100, "1.1" * 700]
)
def test_no_message_takes_long(text: str) -> None:
    mark("tokens", world())
    started = time.process_time()
    mark(text, world())
    assert time.process_time() - started < 0.5
