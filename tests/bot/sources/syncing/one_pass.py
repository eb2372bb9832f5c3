"""One pass over OpenAI in a process of its own, that can be killed."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.sources.http.client import open_http
from bot.sources.openai import OPENAI
from bot.sources.syncing.passes import Syncing
from bot.sources.syncing.planning import Wanted
from storage.engine import writing_engine

NOW = datetime(2026, 11, 12, 12, tzinfo=UTC)
SINCE = date(2026, 10, 10)
REPORTS = tuple(
    replace(report, step_days=10) for report in OPENAI.reports if report.name in ("completions", "costs")
)  # fewer than there are, in more steps


def run(store: str, url: str, key: str) -> None:
    """The pass; it ends with what went wrong."""
    syncing = Syncing(engine=writing_engine(store), workspace_id=1, clock=lambda: NOW, open_http=open_http)
    settings = {"OPENAI_ADMIN_KEY": key, "FULCRUM_OPENAI_URL": url}
    made = syncing.sync(replace(OPENAI, reports=REPORTS), settings, Wanted(since=SINCE))
    sys.exit("; ".join(made.errors) or None)
