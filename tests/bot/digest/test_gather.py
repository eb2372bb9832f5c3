"""What a digest says of a week: over a small company whose weeks are made to be normal, changed, broken, short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import isclose

from bot.digest.value import Breadth, DigestState
from bot.digest.week import week_of
from bot.settings import Settings
from storage.answer.privacy import Viewer
from storage.query import Filter, Query
from storage.records import DayState
from tests.bot.digest.company import Company, mark
from tests.bot.digest.conftest import LAST, Store, bent, by_hand


def test_an_ordinary_week_is_normal_in_two_lines(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    digest = store.digest(company)

    assert (digest.state, digest.movers, digest.confidence) == (DigestState.NORMAL, (), "high")
    assert len(digest.text.splitlines()) == 2
    assert "a normal week" in digest.text
    assert "90.0% of work items accepted" in digest.text


def test_the_headline_is_the_figure_that_a_question_gives_and_its_range_is_the_contracts(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    data = store.digest(company, team="Care").to_json()

    week = week_of(company.monday(LAST))
    query = Query(metrics=("tokens_per_employee",), period=week.period, filters=(Filter("team", ("Care",)),))
    assert data["headline"]["value"] == store.ask(query)
    before = [store.ask(query.with_(period=week.plus(-back).period)) for back in range(12, 0, -1)]
    low, high = by_hand(before)
    assert isclose(data["headline"]["usual"]["low"], low)
    assert isclose(data["headline"]["usual"]["high"], high)
    assert data["headline"]["weeks"] == 12


def test_a_team_that_doubles_is_a_mover_whose_parts_sum_to_the_change(store: Store) -> None:
    company = Company(factor=bent("Care", 2))
    company.save(store.writing)

    digest = store.digest(company)

    assert digest.state is DigestState.CHANGED
    care = next(mover for mover in digest.movers if mover.labels == {"team": "Care"})
    assert care.verdict is Breadth.TEAM_WIDE
    parts = sum(cause.contribution for cause in care.why)
    assert isclose(parts, care.value - care.usual.centre, rel_tol=1e-9)
    assert care.why[0].factor == "requests per active person"
    assert "Why: mostly requests per active person" in digest.text


def test_one_person_alone_moves_the_level_and_is_neither_named_nor_called_the_team(store: Store) -> None:
    company = Company(factor=lambda team, person, week: 60.0 if (team, person, week) == ("Care", 4, LAST) else 1.0)
    company.save(store.writing)

    digest = store.digest(company, team="Care")

    assert digest.movers[0].verdict is Breadth.FEW
    assert digest.concentrated
    assert "One person is over half of it." in digest.text
    assert "care4" not in str(digest.to_json())


def test_concentration_is_not_said_of_a_group_under_ten(store: Store) -> None:
    company = Company(
        teams={"Few": 9, "Care": 22},
        factor=lambda team, person, week: 900.0 if (team, person, week) == ("Few", 4, LAST) else 1.0,
    )
    company.save(store.writing)

    assert not store.digest(company, team="Few").concentrated


def test_the_first_weeks_form_a_baseline_and_name_nothing(store: Store) -> None:
    company = Company(factor=bent("Care", 9, at=7))
    company.save(store.writing)

    digest = store.digest(company, week=7)

    assert (digest.state, digest.movers, digest.to_json()["headline"]["usual"]) == (DigestState.FORMING, (), None)
    assert "baseline forming (7 of 8 weeks)" in digest.text
    assert store.digest(company, week=8).state is not DigestState.FORMING


def test_a_source_that_misses_a_day_withholds_what_hangs_on_it(store: Store) -> None:
    company = Company(factor=bent("Care", 0.2))
    workspace_id = company.save(store.writing)
    mark(store.writing, workspace_id, {company.monday(LAST) + timedelta(days=2): DayState.MISSING})

    digest = store.digest(company)

    assert (digest.state, digest.value, digest.movers, digest.confidence) == (DigestState.INCOMPLETE, None, (), "low")
    assert "files has nothing complete for Wed 18 Mar" in digest.text
    assert "withheld, not zero" in digest.text
    assert [answer.title for answer in digest.details] == [f"data health, {digest.week}"]


def test_a_source_that_stopped_before_its_usual_days_is_incomplete_too(store: Store) -> None:
    company = Company(with_work=False)
    company.save(store.writing)
    later = replace(company, weeks=17, weekdays=(0,), with_work=False)
    later.save(store.writing)

    digest = store.digest(later, week=16)

    assert digest.state is DigestState.INCOMPLETE
    assert "Thu" in digest.text


def test_a_short_week_says_so_and_is_neither_tested_nor_compared_with(store: Store) -> None:
    christmas = date(2025, 12, 22)
    company = Company(first=date(2025, 9, 22), factor=bent("Care", 9, at=13))
    company.save(store.writing)
    settings = Settings(country="DE")
    assert company.monday(13) == christmas

    digest = store.digest(company, week=13, settings=settings)

    assert (digest.short, digest.workdays) == (False, 3)  # 25 and 26 December are holidays there
    shorter = Settings(country="PL")  # and the 24th here
    digest = store.digest(company, week=13, settings=shorter)
    assert (digest.short, digest.state, digest.movers) == (True, DigestState.NORMAL, ())
    assert "Short week (2 of 5 workdays)" in digest.text


def test_unknown_users_lower_the_coverage_and_so_the_confidence(store: Store) -> None:
    company = Company(strangers=3.0)
    company.save(store.writing)

    digest = store.digest(company)

    assert digest.coverage is not None
    assert 0.80 <= digest.coverage < 0.95
    assert digest.confidence == "medium"


def test_what_was_told_otherwise_is_named_with_old_and_new(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    earlier = week_of(company.monday(LAST - 1))
    query = Query(metrics=("tokens_per_employee",), period=earlier.period)
    now = store.ask(query)

    digest = store.digest(company, kept={earlier: {"tokens_per_employee": now / 1.1, "adoption_rate": 0.99}})

    assert [correction.to_json() for correction in digest.corrections] == [
        {"week": str(earlier), "metric": "tokens_per_employee", "old": now / 1.1, "new": now}
    ]
    assert f"Correction to {earlier.short_name}: tokens per employee" in digest.text


def test_a_change_within_two_percent_and_a_week_that_still_lacks_days_are_no_corrections(store: Store) -> None:
    company = Company()
    workspace_id = company.save(store.writing)
    earlier, broken = week_of(company.monday(LAST - 1)), week_of(company.monday(LAST - 2))
    mark(store.writing, workspace_id, {broken.monday: DayState.MISSING})
    now = store.ask(Query(metrics=("tokens_per_employee",), period=earlier.period))

    kept = {earlier: {"tokens_per_employee": now * 1.019}, broken: {"tokens_per_employee": 1.0}}

    assert store.digest(company, kept=kept).corrections == ()


def test_a_group_that_is_too_small_has_no_figure_for_a_channel_and_is_named_as_hidden(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    digest = store.digest(company, team="Law", viewer=Viewer())

    assert (digest.value, digest.movers, digest.suppressed) == (None, (), ("Law",))
    assert "hidden" in digest.text
    assert not any(row.values for answer in digest.details for row in answer.rows if not row.suppressed)


def test_a_week_that_still_runs_shows_no_figure(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    digest = store.digest(company, after=4)

    assert (digest.state, digest.value) == (DigestState.INCOMPLETE, None)
    assert "still running" in digest.text


def test_a_store_without_any_use_is_said_plainly(store: Store) -> None:
    company = Company(factor=lambda team, person, week: 0.0, with_work=False)
    company.save(store.writing)

    digest = store.digest(company)

    assert (digest.state, digest.value) == (DigestState.FORMING, None)
    assert "Nothing is recorded" in digest.text


def test_eight_weeks_on_one_side_are_a_sustained_shift_and_the_range_stays_that_of_twelve_weeks(store: Store) -> None:
    shifted = Company(factor=lambda team, person, week: 1.6 if week >= LAST - 7 else 1.0, noise=0.02)
    shifted.save(store.writing)

    digest = store.digest(shifted)

    start = week_of(shifted.monday(LAST - 7))
    assert digest.sustained is not None
    assert (digest.sustained.since, digest.sustained.weeks, digest.sustained.above) == (start, 8, True)
    assert f"Since {start.short_name} it lies above what it was: 8 weeks in a row." in digest.text
    query = Query(metrics=("tokens_per_employee",), period=start.period)
    values = [
        store.ask(query.with_(period=week_of(shifted.monday(week)).period)) for week in range(LAST - 12, LAST + 1)
    ]
    assert digest.usual is not None
    assert isclose(digest.usual.low, by_hand(values[:-1])[0])
    assert isclose(digest.sustained.usual.low, by_hand(values[-8:])[0])
    (told,) = [answer for answer in digest.details if answer.title.startswith("sustained shift")]
    assert f"Since {start} tokens per employee" in told.text
    assert store.digest(shifted, LAST - 1).sustained is None


def test_a_week_without_use_whose_sources_report_is_no_missing_one(store: Store) -> None:
    company = Company(factor=lambda team, person, week: float(week < LAST or team == "Build"))
    monday = company.monday(LAST)
    company.save(store.writing, {monday + timedelta(days=day): DayState.COMPLETE for day in range(7)})

    care, everybody = store.digest(company, team="Care"), store.digest(company)

    assert care.value == 0
    assert care.text.startswith("W12, Care (22 people): no AI activity recorded. All of its sources report. Usually ")
    assert len(care.text.splitlines()) == 2
    assert "tokens per employee of Care fell to 0 (usually " in everybody.text
    assert "few people" not in next(line for line in everybody.text.splitlines() if "of Care" in line)


def test_a_week_after_the_last_use_of_all_says_the_same(store: Store) -> None:
    company = Company(factor=lambda team, person, week: float(week < LAST))
    monday = company.monday(LAST)
    company.save(store.writing, {monday + timedelta(days=day): DayState.COMPLETE for day in range(7)})

    assert "no AI activity recorded" in store.digest(company).text


def test_what_was_next_to_nothing_is_no_base_to_compare_with(store: Store) -> None:
    company = Company(factor=lambda team, person, week: 0.001 if team == "Law" and week < LAST else 1.0)
    company.save(store.writing)

    digest = store.digest(company, team="Law")

    assert "Changed: tokens per employee rose from almost nothing to " in digest.text
    assert "Changed: cost per employee rose from almost nothing to " in digest.text


def test_a_change_in_a_holiday_week_coincides_with_it(store: Store) -> None:
    company = Company(first=date(2025, 9, 22), factor=bent("Care", 9, at=13))
    company.save(store.writing)

    text = store.digest(company, week=13, settings=Settings(country="DE")).text

    assert "Holiday week (3 of 5 workdays)." in text
    assert "coincides with a holiday week" in text


def test_a_change_that_goes_on_has_the_week_it_began_in(store: Store) -> None:
    rising = Company(factor=lambda _team, _number, week: 1.0 if week < LAST - 2 else 3.0 + (week - LAST) * 0.2)
    rising.save(store.writing)

    digest = store.digest(rising)

    started = week_of(rising.monday(LAST - 2))
    assert {mover.since for mover in digest.movers if mover.metric == "tokens_per_employee" and not mover.labels} == {
        started
    }
    assert "goes on" in digest.text
