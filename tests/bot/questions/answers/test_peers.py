"""Our figure beside published ones, each with its source, and never as a target."""

from __future__ import annotations

from datetime import date, timedelta

from bot.questions.answers.figures import answer_of
from bot.questions.answers.peers import CONTEXT, FIGURES, GOOD_FOR_DAYS, peers
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.privacy import OPERATOR
from storage.catalogue import METRICS
from storage.query import Query
from storage.records import Period
from tests.bot.questions.answers.sample import Sample


def test_a_figure_that_others_publish_stands_beside_ours_with_source_date_and_grade(sample: Sample) -> None:
    answer = sample.answer(peers, "cost_per_employee")

    ours = sample.answer(answer_of, "cost_per_employee")
    assert answer.rows == ours.rows
    assert answer.text.startswith(f"{ours.text} Published elsewhere: $11.38 (")
    assert answer.text.endswith(CONTEXT)
    assert answer.caveats[-1] == CONTEXT
    known = [public for public in FIGURES if public.metric == "cost_per_employee"]
    assert [fact.value for fact in answer.facts] == [public.value for public in known]
    for public, fact in zip(known, answer.facts, strict=True):
        assert public.source in fact.label
        assert f"grade {public.grade}" in fact.label
        assert f"{public.published:%B %Y}" in fact.label


def test_where_nobody_published_the_same_that_is_said(sample: Sample) -> None:
    answer = sample.answer(peers, "requests")

    assert answer.text.endswith("I know no like-for-like public figure for requests.")
    assert answer.rows


def test_a_figure_that_was_published_over_a_year_ago_is_told_no_more(sample: Sample) -> None:
    newest = max(public.published for public in FIGURES if public.metric == "cache_share")
    last = newest + timedelta(days=GOOD_FOR_DAYS)
    day = sample.directory.usage[1] if sample.directory.usage else date.max
    assert day < last, "the sample ends while all of them are fresh"

    assert "Published elsewhere" in sample.answer(peers, "cache_share", Period(day, last)).text
    assert "no like-for-like" in sample.answer(peers, "cache_share", Period(day, last + timedelta(days=1))).text


def test_a_figure_of_a_week_stands_beside_one_of_ours_of_a_week(sample: Sample) -> None:
    public = next(public for public in FIGURES if public.metric == "adoption_rate")
    last = date(2026, 11, 16)
    unsaid = Period(last - timedelta(days=28), last - timedelta(days=1))
    week = Period(date(2026, 11, 9), date(2026, 11, 15))
    reading = Understood(query=Query(metrics=("adoption_rate",), period=unsaid))

    plain = peers(sample.connection, sample.directory, reading, OPERATOR, Settings(), last)

    assert plain.rows == sample.answer(answer_of, "adoption_rate", week).rows
    assert f"{public.value * 100:.1f}% (" in plain.text
    assert "are of a week: ask for one week" in sample.answer(peers, "adoption_rate").text
    reading = Understood(query=Query(metrics=("adoption_rate",), period=week))
    old = peers(sample.connection, sample.directory, reading, OPERATOR, Settings(), date(2026, 12, 10))
    assert f"{public.published:%B %Y}, over six months old, grade" in old.text


def test_every_published_figure_is_of_a_metric_that_we_have_in_its_unit() -> None:
    for public in FIGURES:
        assert METRICS[public.metric].unit.split(" per ")[0] == public.unit
