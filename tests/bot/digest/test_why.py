"""Why a figure is off its usual level: parts that sum exactly to the difference."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.why import log_mean
from storage.answer.privacy import Viewer
from tests.bot.digest.company import Company
from tests.bot.digest.conftest import LAST, Store, bent


@pytest.mark.parametrize("metric", ["cost_per_employee", "tokens_per_employee", "adoption_rate"])
def test_the_parts_of_every_metric_sum_to_its_change(store: Store, metric: str) -> None:
    company = Company(factor=lambda team, person, week: 0.0 if week == LAST and person % 2 else 1.0)
    company.save(store.writing)

    digest = store.digest(company, team="Care")

    mover = next(mover for mover in digest.movers if mover.metric == metric)
    assert isclose(sum(part.contribution for part in mover.why), mover.value - mover.usual.centre, rel_tol=1e-9)


def test_something_new_that_coincides_is_said_without_a_claim(store: Store) -> None:
    company = Company(factor=bent("Care", 3), model=lambda week: "model-b" if week >= LAST else "model-a")
    company.save(store.writing)

    digest = store.digest(company, team="Care")

    assert "coincides with first use of model-b" in digest.text
    assert "because" not in digest.text


@given(st.floats(1e-3, 1e9), st.floats(1e-3, 1e9))
def test_the_log_mean_lies_between_the_two(a: float, b: float) -> None:
    found = log_mean(a, b)

    assert min(a, b) * (1 - 1e-9) <= found <= max(a, b) * (1 + 1e-9)
    assert found == pytest.approx(log_mean(b, a))


def test_the_largest_part_stands_first_and_what_may_not_be_shown_has_none(store: Store) -> None:
    company = Company(factor=bent("Care", 2))
    company.save(store.writing)

    mover = store.digest(company).movers[0]
    hidden = store.digest(company, team="Law", viewer=Viewer())

    sizes = [abs(cause.contribution) for cause in mover.why]
    assert sizes == sorted(sizes, reverse=True)
    assert mover.why[0].factor == "requests per active person"
    assert hidden.movers == ()
