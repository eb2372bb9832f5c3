"""Different things in use, counted by hand over a few rows: each once, and nothing that has no name or no use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from storage.answer.privacy import OPERATOR
from storage.answer.run import run
from storage.catalogue.variety_measures import DAYS_USED, VARIETIES
from storage.load.writes import LoadOf, save_usage
from storage.names import read_directory
from storage.query import Query
from storage.records import Period, UsageRecord

FIRST = date(2026, 11, 2)
ROWS = (  # day, tool, provider, model, workflow, tokens
    (0, "cursor", "openai", "gpt-5", "code review", 10),
    (0, "cursor", "anthropic", "sonnet", "", 10),
    (3, "codex", "openai", "gpt-5", "code review", 10),
    (3, "codex", "openai", "gpt-5", "test writing", 10),
    (4, "gemini", "google", "flash", "digest", 0),  # nothing was used
)


def test_each_thing_counts_once_and_only_where_it_was_used(engine: Engine, workspace_id: int) -> None:
    records = [
        UsageRecord(
            natural_key=str(at), day=FIRST + timedelta(days), tool=tool, provider=provider, model=model,
            workflow=workflow, input_tokens=tokens, requests=tokens,
        )
        for at, (days, tool, provider, model, workflow, tokens) in enumerate(ROWS)
    ]  # fmt: skip
    load = LoadOf(workspace_id=workspace_id, source="files", what="f", now=datetime(2026, 11, 18, tzinfo=UTC))
    save_usage(engine, load, records)
    query = Query(metrics=tuple(VARIETIES), period=Period(FIRST, FIRST + timedelta(6)))

    with engine.connect() as connection:
        directory = read_directory(connection, workspace_id)
        (things,) = run(connection, directory, query, OPERATOR).rows
        by_tool = run(connection, directory, query.with_(metrics=(DAYS_USED,), group_by=("tool",)), OPERATOR).rows

    assert things.values == {"tools_used": 2, "models_used": 2, "providers_used": 2, "workflows_used": 2}
    assert {row.labels["tool"]: row.values[DAYS_USED] for row in by_tool} == {"cursor": 1, "codex": 1, "gemini": 0}
