"""A state is good once, for five minutes, and only where it is ours."""

from __future__ import annotations

from bot.slack.install.states import SECONDS, OnceStates
from tests.fakes.vault import MemoryVault


def test_it_is_good_once_in_whatever_process_or_spelling() -> None:
    vault = MemoryVault()
    here, there = OnceStates("hush", vault.spend, lambda: 1.0), OnceStates("hush", vault.spend, lambda: 1.0)
    first, second = here.issue(), here.issue()

    assert [there.consume(first), here.consume(first), there.consume(f"{first}=")] == [True, False, False]
    assert here.consume(second)


def test_one_that_is_not_ours_or_over_is_refused_and_spends_nothing() -> None:
    vault = MemoryVault()
    old = OnceStates("hush", vault.spend, lambda: 1.0).issue()
    states = OnceStates("hush", vault.spend, lambda: 2.0 + SECONDS)

    foreign = OnceStates("another", vault.spend).issue()
    assert [states.consume(state) for state in (old, foreign, "", "é", old[:-9])] == [False] * 5
    assert vault.spent == set()
