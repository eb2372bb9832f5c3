"""What holds for every text and every day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.questions.periods import Calendar, buckets, default_grain, default_period, find, find_grain, previous, year_ago
from bot.questions.tokens import tokenise
from storage.records import Period

WORDS = """
last past previous this next the a of in on since until before after between and to from vs against compared with than
same days day week weeks month months quarter year weekend half first second end start ago so far date october november
may march monday friday q3 q4 h1 w45 week 45 2025 9 15 31st 28 2 three 9/11 2026-11-09 fy26 sprint wow mom yoy yesterday
today tokens spend platform , ? 's - to-date ytd before that one period number into fortnight couple over per by each
time trend all ever whole full fiscal
"""
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
calendars = st.builds(Calendar, as_of=days, first_day=st.none() | days, fiscal_start=st.none() | st.integers(1, 12))
phrases = st.lists(st.sampled_from(WORDS.split()), max_size=12).map(lambda words: tokenise(" ".join(words)).words)
UNITS = ("day", "week", "month", "quarter", "half", "year", "weekend")


@given(phrases, calendars)
def test_no_period_ends_before_it_starts_or_reaches_past_the_day_asked(words: list[str], calendar: Calendar) -> None:
    for match in find(words, calendar).periods:
        assert match.period.start <= match.period.end
        assert match.future == (match.period.start > calendar.as_of)
        assert match.future or match.period.end <= calendar.as_of
        assert match.period.label
        assert match.reason


@given(phrases, calendars)
def test_phrases_do_not_overlap_and_stand_in_the_text(words: list[str], calendar: Calendar) -> None:
    found = find(words, calendar)
    marked = [match.span for match in found.periods] + [problem.span for problem in found.problems]
    spans = sorted((span.start, span.end) for span in marked)

    assert all(0 <= start < end <= len(words) for start, end in spans)
    if not found.comparisons:
        assert all(span[1] <= other[0] for span, other in pairwise(spans))


@given(phrases, calendars)
def test_a_period_and_the_one_before_it_never_overlap(words: list[str], calendar: Calendar) -> None:
    for match in find(words, calendar).periods:
        before = previous(match, Calendar(calendar.as_of))
        assert before is None or before.end < match.period.start


@given(days, st.sampled_from(UNITS), days)
def test_a_unit_and_the_one_before_it_touch_or_are_cut(day: date, unit: str, as_of: date) -> None:
    period = Period(day, day + timedelta(days=3))

    before = previous(period, Calendar(as_of), unit)

    assert before is not None
    assert before.end < period.start


@given(phrases, calendars)
def test_a_comparison_puts_the_earlier_period_first_in_time(words: list[str], calendar: Calendar) -> None:
    for comparison in find(words, calendar).comparisons:
        if comparison.later is not None and comparison.earlier is not None:
            assert comparison.earlier.start <= comparison.later.period.start


@given(days, st.integers(0, 800), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_buckets_tile_their_period(first: date, length: int, grain: str) -> None:
    period = Period(first, first + timedelta(days=length))

    points = buckets(period, grain)

    covered = [day for _, point in points for day in point.each_day()]
    assert covered == list(period.each_day())
    assert all(label <= point.start for label, point in points)
    assert len({label for label, _ in points}) == len(points)


@given(st.text(max_size=300), calendars)
def test_random_text_never_raises_and_reads_the_same_twice(text: str, calendar: Calendar) -> None:
    words = tokenise(text).words

    assert find(words, calendar) == find(words, calendar)
    assert find_grain(words) == find_grain(words)


@given(st.lists(st.text(max_size=8), max_size=10), calendars)
def test_tokens_of_another_make_never_raise(words: list[str], calendar: Calendar) -> None:
    assert find(words, calendar) == find(words, calendar)


@given(calendars, st.sampled_from(UNITS))
def test_a_year_ago_is_before(calendar: Calendar, unit: str) -> None:
    period = Period(calendar.as_of - timedelta(days=1), calendar.as_of)

    before = year_ago(period, Calendar(calendar.as_of), unit)

    assert before is not None
    assert before.end < period.start


@given(calendars)
def test_the_default_period_is_28_days_and_a_series_of_weeks(calendar: Calendar) -> None:
    period = default_period(calendar).period

    assert period.days == 28
    assert period.end == calendar.as_of - timedelta(days=1)
    assert default_grain(period) == "week"
