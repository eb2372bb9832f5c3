"""A directory and Slack, read day by day over HTTP into a store: who is in which team when, and what their use is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.sources.base import VendorSource
from bot.sources.scim import SCIM
from bot.sources.slack_roster import SLACK
from storage.engine import writing_engine
from storage.tables import OPEN_END, Person, Spell, Team
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import Vendor, VendorServer
from tests.bot.sources.syncing.bench import NOON, Bench
from tests.bot.sources.test_scim import ENTERPRISE, ENTRA, GOOGLE, OKTA, Directory
from tests.bot.sources.test_slack_roster import Workspace, member
from tests.databases import fresh_store
from tests.shared import needs_shared, shared

TODAY, DAY = NOON.date(), timedelta(days=1)
FIRST = date(1970, 1, 1)
Rows = list[tuple[str, str, str, date, date]]


@contextmanager
def reading(folder: Path, source: VendorSource, vendor: Vendor) -> Iterator[Bench]:
    with fresh_store("sqlite", folder) as url, VendorServer(vendor) as server:
        engine = writing_engine(url)
        yield Bench(engine, 1, server, source=source)
        engine.dispose()


def pass_over(bench: Bench) -> list[str]:
    """What went wrong in a pass; the next one is a day later."""
    made = bench.sync()
    bench.now += DAY
    return made.errors


def spells(bench: Bench) -> Rows:
    rows = (
        select(Person.email, Team.name, Spell.kind, Spell.start_day, Spell.end_day)
        .join_from(Spell, Person, Person.id == Spell.person_id)
        .join(Team, Team.id == Spell.team_id)
        .order_by(Person.email, Spell.start_day)
    )
    with bench.engine.connect() as connection:
        return [(email, team, kind, start, end) for email, team, kind, start, end in connection.execute(rows)]


def test_a_directory_of_three_vendors_is_followed_from_day_to_day(tmp_path: Path) -> None:
    directory = Directory()
    with reading(tmp_path, SCIM, directory) as bench:
        assert pass_over(bench) == []
        assert spells(bench) == [
            ("ada@acme.example", "Payments", "employee", date(2025, 1, 2), OPEN_END),
            ("bo@acme.example", "Platform", "contractor", FIRST, OPEN_END),
            ("cy@acme.example", "Payments", "employee", FIRST, OPEN_END),
        ]

        moved = {**OKTA, ENTERPRISE: {**_of(OKTA), "department": "Risk"}}
        directory.users = [moved, {**ENTRA, "Active": "False"}, GOOGLE]
        assert pass_over(bench) == []
        assert spells(bench) == [
            ("ada@acme.example", "Payments", "employee", date(2025, 1, 2), TODAY),
            ("ada@acme.example", "Risk", "employee", TODAY + DAY, OPEN_END),
            ("bo@acme.example", "Platform", "contractor", FIRST, OPEN_END),
            ("cy@acme.example", "Payments", "employee", FIRST, TODAY),
        ]


def test_a_pass_that_breaks_off_anywhere_ends_nobody(tmp_path: Path) -> None:
    directory = Directory(most=1)
    with reading(tmp_path, SCIM, directory) as bench:
        pass_over(bench)
        before = spells(bench)
        for fault in (Fault.CUT, Fault.HTML, Fault.BROKEN, Fault.FORBIDDEN):
            directory.users = [OKTA, ENTRA]
            bench.server.fail(fault, where="/Users")
            assert pass_over(bench) != []
            assert spells(bench) == before
            bench.server.mend()

        directory.users, directory.total = [OKTA, ENTRA], 4  # fewer than it says that there are
        assert pass_over(bench) == []
        assert spells(bench) == before


def test_slacks_members_are_followed_likewise(tmp_path: Path) -> None:
    workspace = Workspace()
    with reading(tmp_path, SLACK, workspace) as bench:
        assert pass_over(bench) == []
        workspace.members = [member("ada", deleted=True), member("bo"), member("cy")]
        assert pass_over(bench) == []

        assert [(row[0], row[1], row[3], row[4]) for row in spells(bench)] == [
            ("ada@acme.example", "Platform", date(2025, 1, 2), TODAY),
            ("bo@acme.example", "Platform", FIRST, OPEN_END),
            ("cy@acme.example", "Unassigned", TODAY + DAY, OPEN_END),
        ]


@needs_shared
def test_the_sample_of_a_directory_is_read(tmp_path: Path) -> None:
    sample: Any = json.loads(shared("data", "wire", "roster", "scim_users.json").read_text())
    with reading(tmp_path, SCIM, Directory(users=sample["Resources"], groups=None)) as bench:
        assert pass_over(bench) == []
        assert spells(bench) == [("ada@acme.test", "Payments", "employee", date(2025, 1, 2), OPEN_END)]


def _of(user: dict[str, Any]) -> dict[str, Any]:
    return dict(user[ENTERPRISE])
