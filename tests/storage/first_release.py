"""A store with the schema and some rows of the first release, as that one would have written them."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

from alembic import command
from sqlalchemy import Engine, text

from storage.engine import writing_engine
from storage.schema import _config
from storage.tables import EPOCH, NANO
from tests.databases import empty_database

BEFORE = "0008"  # the newest schema of the first release
DAY, NOW = date(2026, 5, 4), datetime(2026, 5, 6, tzinfo=UTC)
WHO = "ana@acme.example,Claude Code,anthropic,sonnet,agent,review"
STREAM = ("Claude Code", "anthropic", "sonnet", "agent", "review", "workforce")
FILE = (
    "date,email,tool,provider,model,mode,workflow,input_tokens,cached_input_tokens,cache_write_tokens,output_tokens,"
    "reasoning_tokens,requests,suggested,accepted,cost_usd\n"
    "2026-05-04,ana@acme.example,Claude Code,anthropic,sonnet,agent,review,10,20,30,40,5,6,7,8,0.5\n"
)


def _token(words: str) -> str:
    return urlsafe_b64encode(blake2b(words.encode(), digest_size=12).digest()).decode()


@contextmanager
def first_release(backend: str, folder: Path) -> Iterator[Engine]:
    """Such a store, on SQLite or PostgreSQL."""
    with empty_database(backend, folder) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            command.upgrade(_config(connection), BEFORE)
            for statement, values in _rows():
                connection.execute(text(statement), values)
        yield engine
        engine.dispose()


def _rows() -> Iterator[tuple[str, dict[str, object]]]:
    day, now = DAY.toordinal() - EPOCH, datetime(2026, 5, 5, tzinfo=UTC)
    key = f"{day:05d}{_token('ana@acme.example')}{_token(chr(0).join(STREAM))}"
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
        {"key": f"{day:05d}{_token('review')}human", "day": day, "now": now},
    )
    yield (
        "INSERT INTO load (workspace_id, source_id, what, finished_at, report)"
        " VALUES (1, 1, 'usage.csv', :now, :report)",
        {"now": now, "report": '{"new": 1, "unpriced_rows": 0}'},
    )
    yield "INSERT INTO sync_day (workspace_id, source_id, day, state) VALUES (1, 2, :day, 'partial')", {"day": day}
