"""Our figure beside published ones, each with its source, and never as a target."""

from __future__ import annotations

from datetime import date, timedelta

from bot.questions.answers.figures import answer_of
from bot.questions.answers.peers import CONTEXT, FIGURES, GOOD_FOR_DAYS, peers
from storage.catalogue import METRICS
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


def test_every_published_figure_is_of_a_metric_that_we_have_in_its_unit() -> None:
    for public in FIGURES:
        assert METRICS[public.metric].unit.split(" per ")[0] == public.unit
