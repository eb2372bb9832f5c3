"""What digests of many teams cost, and how often one cries wolf or sees a real change, beside a bare ±20 % rule."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time

import pytest

from bot.advice.for_digest import DigestAdvice
from bot.advice.service import Advice
from bot.digest.compute import DigestRequest
from bot.digest.service import Digests
from bot.settings import load
from storage.answer.privacy import Viewer
from storage.engine import reading_engine, writing_engine
from storage.workspaces import default_workspace
from tests.benchmarks.crowd import Crowd, fill
from tests.bot.digest.bed import rates
from tests.databases import fresh_store

DIGESTS, STEPS = 20_000, 4_000
CROWD = Crowd(300_000, 20_000)
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
TEAMS = 20
GOAL = 0.3  # processor seconds of a team's digest once the first of the tick have been made


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


def test_a_team_of_twenty_thousand_people_has_its_digest_soon(tmp_path: Path) -> None:
    with fresh_store("sqlite", tmp_path) as url:
        reading, writing = reading_engine(url), writing_engine(url)
        with writing.begin() as connection:
            workspace_id = default_workspace(connection)
        fill(writing, workspace_id, CROWD)
        settings = load({"DATABASE_URL": url})
        advice = Advice(reading, writing, settings, lambda: MONDAY)
        digests = Digests(reading, settings, lambda: MONDAY, lambda workspace: DigestAdvice(advice, workspace))
        spent = []
        for team in (f"Team {number}" for number in range(TEAMS)):
            began = process_time()
            with reading.connect() as connection:
                wanted = DigestRequest(week=digests.last_week(workspace_id), team=team, viewer=Viewer())
                digests.compute(connection, digests.directory(connection, workspace_id), wanted)
            spent.append(process_time() - began)

    print(f"\na team's digest: the first {spent[0]:.1f} CPU s, then {median(spent[3:]):.2f} (goal {GOAL})")
    assert median(spent[3:]) <= GOAL
