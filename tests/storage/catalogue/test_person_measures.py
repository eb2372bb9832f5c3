"""The measures that look at people one by one are known by their names."""

from __future__ import annotations

from storage.catalogue.person_measures import Percentile, fewest_days, looks_at_people, percentile


def test_a_name_says_the_percentile_and_what_it_is_of() -> None:
    assert percentile("median_requests") == Percentile(50, "requests")
    assert percentile("p9_effective_tokens") == Percentile(9, "effective_tokens")
    assert percentile("tokens") is None


def test_a_name_says_how_many_days() -> None:
    assert (fewest_days("people_active_5_days"), fewest_days("active_people")) == (5, None)
    assert [looks_at_people(name) for name in ("first_time_users", "week_people", "tokens")] == [True, True, False]
