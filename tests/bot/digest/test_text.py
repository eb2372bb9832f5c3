"""The words of a digest: few, the state first, every figure one of its own."""

from __future__ import annotations

from dataclasses import replace
from math import log

from bot.digest.actions import Action
from bot.digest.text import MAX_WORDS, VOLUME_ONLY, correction_line, span_words, words
from bot.digest.value import Breadth, Correction, Digest, DigestState, Mover, Sustained
from bot.digest.week import parse_week, week_of
from bot.figures import short
from bot.statistics.weekly import Usual
from storage.catalogue import Unit
from tests.bot.digest.company import Company
from tests.bot.digest.conftest import LAST, Store, bent


def test_without_a_figure_of_quality_the_words_say_that_volume_is_no_value(store: Store) -> None:
    company = Company(with_work=False)
    company.save(store.writing)

    assert VOLUME_ONLY in store.digest(company).text


def test_the_words_stay_under_the_limit_whatever_comes_together(store: Store) -> None:
    company = Company(factor=bent("Care", 30), model=lambda week: f"{'very long model name ' * 9}{week >= LAST}")
    company.save(store.writing)
    kept = {
        week_of(company.monday(LAST - back)): {"tokens_per_employee": 1.0, "cost_per_employee": 1.0}
        for back in range(1, 5)
    }

    digest = store.digest(company, kept=kept)

    assert len(digest.corrections) == 8
    assert len(digest.text.split()) <= MAX_WORDS
    assert "real changes" in digest.text
    assert "Confidence" in digest.text


def test_in_a_small_team_a_quiet_week_tells_nothing_and_stays_two_lines(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    quiet = store.digest(company, team="Build").text

    assert quiet.startswith("W12, Build (12 people): nothing stands out, but too small a team to tell.")
    assert len(quiet.splitlines()) == 2


def test_a_correction_says_what_was_told_and_what_it_is() -> None:
    week = parse_week("2026-W45")

    assert correction_line(Correction(week=week, metric="tokens_per_employee", old=1.71e6, new=1.92e6)) == (
        "Correction to W45: tokens per employee 1.71M → 1.92M."
    )
    assert "withheld → 1.92M" in correction_line(
        Correction(week=week, metric="tokens_per_employee", old=None, new=1.92e6)
    )


def test_a_share_is_usual_up_to_the_whole() -> None:
    wide = Usual(mean=log(0.9), moving_range=0.1, weeks=12)

    assert span_words(wide, Unit.FRACTION).endswith("to 100%")


def test_the_reasons_give_way_before_the_movers_and_what_is_left_is_cut(store: Store) -> None:
    company = Company(factor=bent("Care", 2))
    company.save(store.writing)
    digest = store.digest(company)
    assert "Why:" in digest.text

    told = words(digest, ["word " * 60])
    cut = words(digest, ["word " * 200])

    assert "Why:" not in told
    assert "Changed:" in told
    assert len(cut.split()) == MAX_WORDS
    assert cut.endswith("…")


def test_the_cost_of_the_week_stands_in_the_top_message(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    digest = store.digest(company)

    assert digest.cost is not None
    assert f"Cost {short(digest.cost, Unit.USD)}, " in digest.text


def mover(**more: object) -> Mover:
    known = Usual(mean=log(1_000), moving_range=0.1, weeks=12)
    plain = Mover(
        metric="tokens_per_employee",
        labels={},
        value=5_000.0,
        usual=known,
        level_p=0.001,
        breadth_p=None,
        verdict=Breadth.FEW,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def told(digest: Digest, **more: object) -> str:
    return words(replace(digest, **more))  # type: ignore[arg-type]


def test_a_drift_is_named_as_one_and_not_as_a_new_change_every_week(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    digest = store.digest(company)
    since = parse_week("2026-W09")

    drifting = told(digest, state=DigestState.CHANGED, movers=(mover(since=since),))
    new = told(digest, state=DigestState.CHANGED, movers=(mover(),))

    assert "a drift since W9 goes on" in drifting
    assert "Drift since W9: tokens per employee rose further to 5.00k" in drifting
    assert "real change" not in drifting
    assert "one real change" in new


def test_what_rose_from_almost_nothing_has_no_usual_range_beside_it(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    said = told(store.digest(company), state=DigestState.CHANGED, movers=(mover(near_zero=True),))

    assert "from almost nothing" in said
    assert "usually" not in said


def test_a_sustained_shift_and_a_normal_week_are_not_said_in_one_breath(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    known = Usual(mean=log(1_000), moving_range=0.1, weeks=12)
    run = Sustained(since=parse_week("2026-W03"), weeks=9, above=True, usual=known)

    said = told(store.digest(company), sustained=run)

    assert "no new change" in said
    assert "Since W3 it lies above what it was: 9 weeks in a row." in said
    assert "a normal week" not in said


def test_an_estimate_carries_its_grade(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    action = Action(workflow="code review", team="Care", stage="assist", p10=1.0, p50=2.04, p90=3.5, grade="C")

    assert "about 2.04 h a week (1 to 3.5, grade C)" in told(store.digest(company), action=action)
