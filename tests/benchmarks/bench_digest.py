"""How often the digest cries wolf and how often it sees a real change, beside a bare ±20 % rule; measured heavily."""

from __future__ import annotations

import pytest

from tests.bot.digest.bed import rates

DIGESTS, STEPS = 20_000, 4_000


@pytest.mark.parametrize("people", [8, 20, 60])
def test_false_alarms_and_hits_of_a_lasting_doubling(people: int) -> None:
    found = rates(2026, DIGESTS, STEPS, people)

    print(
        f"\nteam of {people}: ordinary digests that name a mover {found.false_alarms:.1%}"
        f" (bare ±20 %: {found.bare_false_alarms:.1%});"
        f" a lasting +100 % named within three digests {found.hits:.1%} (bare: {found.bare_hits:.1%});"
        f" ordinary digests that speak of a sustained shift {found.false_runs:.2%}"
    )
    assert found.false_alarms <= 0.05
    assert people != 20 or found.hits >= 0.80
