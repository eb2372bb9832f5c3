"""The words of a digest: few, the state first, every figure one of its own."""

from __future__ import annotations

from math import log

import pytest

from bot.digest.text import MAX_WORDS, VOLUME_ONLY, correction_line, short_figure, span_words, words
from bot.digest.value import Correction
from bot.digest.week import parse_week, week_of
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


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1_923_456, Unit.TOKENS_PER_PERSON, "1.92 M"),
        (2.5e9, Unit.TOKENS, "2.5 bn"),
        (45_678, Unit.TOKENS, "45.7 k"),
        (1_234, Unit.TOKENS, "1,234"),
        (12.34, Unit.TOKENS, "12.3"),
        (0.784, Unit.FRACTION, "78 %"),
        (12.345, Unit.USD_PER_PERSON, "$12.35"),
    ],
)
def test_a_figure_is_short_enough_to_be_read_in_passing(value: float, unit: Unit, said: str) -> None:
    assert short_figure(value, unit) == said


def test_a_correction_says_what_was_told_and_what_it_is() -> None:
    week = parse_week("2026-W45")

    assert correction_line(Correction(week=week, metric="tokens_per_employee", old=1.71e6, new=1.92e6)) == (
        "Correction to W45: tokens per employee 1.71 M → 1.92 M."
    )
    assert "withheld → 1.92 M" in correction_line(
        Correction(week=week, metric="tokens_per_employee", old=None, new=1.92e6)
    )


def test_a_share_is_usual_up_to_the_whole() -> None:
    wide = Usual(mean=log(0.9), moving_range=0.1, weeks=12)

    assert span_words(wide, Unit.FRACTION).endswith("to 100 %")


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
