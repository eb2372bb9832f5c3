"""A store of the first release is carried over with all that is in it, and reads its files again without a change."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, func, select, text

from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.load.filling import key_of
from storage.schema import _config, migrate
from storage.tables import (
    EPOCH,
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
from tests.databases import BACKENDS, empty_database

BEFORE = "0008"  # the newest schema of the first release
DAY = date(2026, 5, 4)
STREAM = ("Claude Code", "anthropic", "sonnet", "agent", "review", "workforce")
FILE = (
    "date,email,tool,provider,model,mode,workflow,input_tokens,cached_input_tokens,cache_write_tokens,output_tokens,"
    "reasoning_tokens,requests,suggested,accepted,cost_usd\n"
    "2026-05-04,ana@acme.example,Claude Code,anthropic,sonnet,agent,review,10,20,30,40,5,6,7,8,0.5\n"
)
WORK = "date,workflow,mode,items,human_minutes,accepted,reworked,failed\n2026-05-04,review,human,10,704.5,8,1,1\n"


def token(words: str) -> str:
    return urlsafe_b64encode(blake2b(words.encode(), digest_size=12).digest()).decode()


@pytest.fixture(params=BACKENDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A store with the schema and some rows of the first release."""
    with empty_database(request.param, tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            command.upgrade(_config(connection), BEFORE)
            for statement, values in _rows():
                connection.execute(text(statement), values)
        yield engine
        engine.dispose()


def _rows() -> Iterator[tuple[str, dict[str, object]]]:
    day, now = DAY.toordinal() - EPOCH, datetime(2026, 5, 5, tzinfo=UTC)
    key = f"{day:05d}{token('ana@acme.example')}{token(chr(0).join(STREAM))}"
    yield "INSERT INTO source (workspace_id, name) VALUES (1, 'files'), (1, 'cursor')", {}
    yield "INSERT INTO team (id, workspace_id, name, channel, origin) VALUES (1, 1, 'Platform', '', 'file')", {}
    yield "INSERT INTO person (id, workspace_id, email, name) VALUES (1, 1, 'ana@acme.example', 'Ana')", {}
    yield (
        "INSERT INTO spell (id, workspace_id, person_id, team_id, title, kind, location, manager_email, start_day,"
        " end_day, origin) VALUES (1, 1, 1, 1, 'Dev', 'employee', '', '', 20000, 2932896, 'file')",
        {},
    )
    yield "INSERT INTO identity (workspace_id, source, subject, person_id) VALUES (1, 'cursor', 'user_1', 1)", {}
    yield (
        "INSERT INTO stream (workspace_id, tool, provider, model, mode, workflow, ledger)"
        " VALUES (1, :tool, :provider, :model, :mode, :workflow, :ledger)",
        dict(zip(("tool", "provider", "model", "mode", "workflow", "ledger"), STREAM, strict=True)),
    )
    fact = (
        "INSERT INTO usage_fact (workspace_id, source_id, natural_key, day, at, subject, spell_id, stream_id,"
        " input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, requests, suggested,"
        " accepted, cost_nano, cost_kind, unpriced_tokens, observed_at, load_id) VALUES (1, :source, :key, :day, :at,"
        " :subject, 1, 1, 10, 20, 30, 40, 5, 6, 7, 8, :cost, :kind, :unpriced, :now, 1)"
    )
    plain: dict[str, object] = {"day": day, "at": None, "unpriced": 0, "now": now}
    yield fact, plain | {"source": 1, "key": key, "subject": "ana@acme.example", "cost": NANO // 2, "kind": "billed"}
    at = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    seat = {"source": 2, "key": "event 1", "subject": "user_1", "cost": NANO, "kind": "seat", "at": at}
    yield fact, plain | seat
    yield fact, plain | {
        "source": 2, "key": "event 2", "subject": "user_1", "cost": None, "kind": None, "unpriced": 100,
    }  # fmt: skip
    yield (
        "INSERT INTO work_fact (workspace_id, source_id, natural_key, day, workflow, mode, items, human_ms, accepted,"
        " reworked, failed, observed_at, load_id) VALUES (1, 1, :key, :day, 'review', 'human', 10, 42270000, 8, 1, 1,"
        " :now, 2)",
        {"key": f"{day:05d}{token('review')}human", "day": day, "now": now},
    )
    yield "INSERT INTO sync_day (workspace_id, source_id, day, state) VALUES (1, 2, :day, 'partial')", {"day": day}


def test_every_fact_is_carried_over_and_rolled_up_again(old: Engine) -> None:
    migrate(old)

    with old.connect() as connection:
        facts = connection.execute(
            select(
                UsageFact.key, UsageFact.at, Subject.name, UsageFact.cost_nano, UsageFact.cost_kind, UsageFact.list_nano
            )
            .join(Subject, Subject.id == UsageFact.subject_id)
            .order_by(UsageFact.id)
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
    assert bytes(facts[1].key) == key_of("event 1")
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

    report = import_folder(folder, old, 1, clock=lambda: datetime(2026, 5, 6, tzinfo=UTC))

    assert [(file.new, file.changed, file.unchanged) for file in report.files] == [(0, 0, 1), (0, 0, 1)]
    (folder / "usage.csv").write_text(FILE.replace("Claude Code", "claude_code"))
    assert import_folder(folder, old, 1, clock=lambda: datetime(2026, 5, 6, tzinfo=UTC)).files[0].new == 0
    with old.connect() as connection:
        assert connection.scalars(select(Stream.tool).order_by(Stream.id)).all() == ["Claude Code", "claude_code"]
