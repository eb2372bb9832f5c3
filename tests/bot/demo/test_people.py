"""The roster: who was in which team when, with joiners, leavers and movers."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from tests.bot.demo.larkspur import (
    STORIES,
    Files,
    made,
    read,
)


@pytest.mark.parametrize("seed", range(8))
def test_the_spells_of_a_person_do_not_overlap(seed: int, tmp_path: Path) -> None:
    spells = defaultdict(list)
    for row in read(made(tmp_path, seed=seed), "roster"):
        spells[row["email"]].append((row["start_date"], row["end_date"] or "9999-12-31"))

    moved = [sorted(times) for times in spells.values() if len(times) > 1]

    assert len(moved) == 4
    assert all(start <= end for times in spells.values() for start, end in times)
    assert all(left[1] < right[0] for times in moved for left, right in pairwise(times))


def test_people_join_and_leave_inside_the_recorded_weeks(files: Files) -> None:
    start = STORIES.first_day.isoformat()
    moved = {email for email, n in Counter(row["email"] for row in files["roster"]).items() if n > 1}
    settled = [row for row in files["roster"] if row["email"] not in moved]

    assert sum(row["start_date"] > start for row in settled) == 9
    assert sum(bool(row["end_date"]) for row in settled) == 6


def test_everyone_is_managed_by_someone_of_the_roster_and_nobody_by_themselves(files: Files) -> None:
    emails = {row["email"] for row in files["roster"]}

    assert all(row["manager_email"] in emails | {""} for row in files["roster"])
    assert all(row["manager_email"] != row["email"] for row in files["roster"])
