"""A store of the first release is carried over with all that is in it, and reads its files again without a change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.sources.files.load import import_folder
from storage.load.filling import key_of
from storage.load.keys import mask_of, masked
from storage.schema import migrate
from storage.tables import (
    NANO,
    Identity,
    Stream,
    Subject,
    SyncDay,
    UsageByRole,
    UsageByStream,
    UsageByTeam,
    UsageDaily,
    UsageFact,
    WorkDaily,
)
from tests.databases import BACKENDS
from tests.storage.first_release import DAY, FILE, NOW, first_release

WORK = "date,workflow,mode,items,human_minutes,accepted,reworked,failed\n2026-05-04,review,human,10,704.5,8,1,1\n"


@pytest.fixture(params=BACKENDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with first_release(request.param, tmp_path) as engine:
        yield engine


def test_every_fact_is_carried_over_and_rolled_up_again(old: Engine) -> None:
    migrate(old)

    with old.connect() as connection:
        facts = connection.execute(
            select(
                UsageFact.key, UsageFact.at, Subject.name, UsageFact.cost_nano, UsageFact.cost_kind, UsageFact.list_nano
            )
            .join(Subject, Subject.id == UsageFact.subject_id)
            .order_by(Subject.name, UsageFact.at.is_(None))
        ).all()
        rollup = connection.execute(
            select(func.sum(UsageDaily.input_tokens), func.sum(UsageDaily.cost_nano), func.sum(UsageDaily.facts))
        ).one()
        coarser = [
            [
                *connection.execute(
                    select(func.sum(table.input_tokens), func.sum(table.cost_nano), func.sum(table.facts))
                )
            ]
            for table in (UsageByStream, UsageByTeam, UsageByRole)
        ]
        unpriced = connection.scalar(select(func.sum(UsageDaily.unpriced_tokens)))
        work = connection.execute(select(WorkDaily.items, WorkDaily.timed_items, WorkDaily.human_ms)).one()
        state = connection.execute(select(SyncDay.day, SyncDay.state)).one()
    at = round(datetime(2026, 5, 4, 9, 30, tzinfo=UTC).timestamp() * 1000)
    assert [tuple(fact)[1:] for fact in facts] == [
        (None, "ana@acme.example", NANO // 2, "billed", None),
        (at, "user_1", 0, "covered", NANO),
        (None, "user_1", None, None, None),
    ]
    assert masked([facts[1].key], mask_of(1, "cursor", "")) == [key_of("event 1")]
    assert [int(value or 0) for value in rollup] == [30, NANO // 2, 3]
    assert coarser == [[rollup]] * 3
    assert (unpriced, tuple(work), tuple(state)) == (100, (10, 10, 42_270_000), (DAY, "partial"))


def test_people_are_known_as_before(old: Engine) -> None:
    migrate(old)

    with old.connect() as connection:
        identity = connection.execute(select(Identity.source, Identity.subject, Identity.email, Identity.origin)).one()
    assert tuple(identity) == ("cursor", "user_1", "ana@acme.example", "sync")


def test_a_file_that_was_loaded_before_changes_nothing_when_it_is_loaded_again(old: Engine, tmp_path: Path) -> None:
    migrate(old)
    folder = tmp_path / "again"
    folder.mkdir()
    (folder / "usage.csv").write_text(FILE)
    (folder / "work.csv").write_text(WORK)

    report = import_folder(folder, old, 1, clock=lambda: NOW)

    assert [(file.new, file.changed, file.unchanged) for file in report.files] == [(0, 0, 1), (0, 0, 1)]
    (folder / "usage.csv").write_text(FILE.replace("Claude Code", "claude_code"))
    assert import_folder(folder, old, 1, clock=lambda: NOW).files[0].new == 0
    with old.connect() as connection:
        assert connection.scalars(select(Stream.tool).order_by(Stream.id)).all() == ["Claude Code", "claude_code"]
