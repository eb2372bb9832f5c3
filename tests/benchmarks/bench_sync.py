"""How fast vendors are read into the store: beside asking for the same bytes and writing the same rows, and no more.

FULCRUM_BENCH_ROWS sets how many rows a vendor has (100,000). The other side fetches the same pages with a bare client,
decodes them, and puts what a fact holds into one plain table with `executemany`.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx2

from bot.sources.base import VendorSource
from bot.sources.github import GITHUB
from bot.sources.github_copilot import REPORT
from bot.sources.http.client import open_http
from bot.sources.litellm.source import LITELLM
from bot.sources.syncing.passes import Syncing
from bot.sources.syncing.planning import Wanted
from storage.engine import writing_engine
from storage.workspaces import default_workspace
from tests.benchmarks.vendor_process import file_of
from tests.databases import fresh_store
from tests.shared import ROOT

ROWS = int(os.environ.get("FULCRUM_BENCH_ROWS", "100000"))
DAYS = 10
PAGE = 1000  # calls on a page
FIRST = date(2026, 11, 1)
NOW = datetime(2026, 11, 12, 6, tzinfo=UTC)
REPORTS = "/orgs/acme/copilot/metrics/reports/users-1-day"
COLUMNS = 14
AIM, WITHIN = 1.5, 4  # times as long as the other side: what is aimed at, and what is a defect


def test_copilot(tmp_path: Path) -> None:
    files = tmp_path / "answers"
    files.mkdir()
    for day, rows in _split(_copilot_row):
        (files / f"{day}.ndjson").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with _vendor(files) as url:
        for n in range(DAYS):
            day = str(FIRST + timedelta(days=n))
            links = {"download_links": [f"{url}/{day}.ndjson"], "report_day": day}
            file_of(files, REPORTS, f"day={day}").write_text(json.dumps(links), "utf-8")
        settings = {"GITHUB_TOKEN": "ghp_0123456789", "FULCRUM_GITHUB_ORG": "acme", "FULCRUM_GITHUB_URL": url}
        _compare(tmp_path, replace(GITHUB, reports=(REPORT,), seats=None), settings, _copilot_alone(url))


def test_litellm(tmp_path: Path) -> None:
    files = tmp_path / "answers"
    files.mkdir()
    for day, rows in _split(_litellm_row):
        pages = [rows[start : start + PAGE] for start in range(0, len(rows), PAGE)]
        for page, part in enumerate(pages, start=1):
            body = {"data": part, "total": len(rows), "page": page, "page_size": PAGE, "total_pages": len(pages)}
            file_of(files, "/spend/logs/v2", f"start_date={day}&page={page}").write_text(json.dumps(body), "utf-8")
        counts = {"spend": 0, "prompt_tokens": 0, "completion_tokens": 0, "api_requests": len(rows)}
        sums = {"results": [{"date": day, "metrics": counts}], "metadata": {"page": 1}}
        file_of(files, "/user/daily/activity", f"start_date={day}&page=1").write_text(json.dumps(sums), "utf-8")
    for path, name in (("/user/list", "users"), ("/key/list", "keys")):
        file_of(files, path, "page=1").write_text(json.dumps({name: [], "total_pages": 1}), "utf-8")
    with _vendor(files) as url:
        settings = {"LITELLM_API_KEY": "sk-0123456789", "FULCRUM_LITELLM_URL": url}
        _compare(tmp_path, LITELLM, settings, _litellm_alone(url))


def _compare(
    folder: Path, source: VendorSource, settings: dict[str, str], pages: Iterator[list[tuple[Any, ...]]]
) -> None:
    started, cpu = perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    alone = _write_alone(folder / "alone.db", pages)
    alone_seconds, alone_cpu = perf_counter() - started, _cpu_since(cpu)
    with fresh_store("sqlite", folder) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        syncing = Syncing(engine=engine, workspace_id=workspace_id, clock=lambda: NOW, open_http=open_http)
        started, cpu = perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        made = syncing.sync(source, settings, Wanted(FIRST, FIRST + timedelta(days=DAYS - 1)))
        seconds, used = perf_counter() - started, _cpu_since(cpu)
        engine.dispose()
    assert made.errors == [], made.errors
    rows = max(report.new for report in made.reports)
    print(
        f"\n{source.label}: {rows:,} facts in {seconds:.1f} s ({used:.1f} s CPU), {rows / seconds:,.0f} a second; "
        f"bare: {alone:,} rows in {alone_seconds:.1f} s ({alone_cpu:.1f} s CPU); "
        f"ratio {seconds / alone_seconds:.2f}, aim {AIM}"
    )
    assert rows == alone
    assert seconds < WITHIN * alone_seconds


def _copilot_alone(url: str) -> Iterator[list[tuple[Any, ...]]]:
    with httpx2.Client() as client:
        for n in range(DAYS):
            day = str(FIRST + timedelta(days=n))
            (link,) = client.get(f"{url}{REPORTS}", params={"day": day}).json()["download_links"]
            rows = [json.loads(line) for line in client.get(link).iter_lines()]
            yield [fact for row in rows for fact in _copilot_facts(row)]


def _copilot_facts(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The three facts that a row comes to: completions, the CLI, the rest."""
    completion = row["totals_by_feature"][0]
    cli = row["totals_by_cli"]
    who = (row["day"], row["user_login"])
    made, taken = completion["code_generation_activity_count"], completion["code_acceptance_activity_count"]
    tokens = cli["token_usage"]
    yield f"{row['day']}|{row['user_id']}|c", *who, "copilot", *(None,) * 5, made, taken, 0, 0, None
    counts = (tokens["prompt_tokens_sum"], tokens["output_tokens_sum"], None, None, cli["request_count"], None, None)
    yield f"{row['day']}|{row['user_id']}|cli", *who, "copilot_cli", *counts, 0, 0, None
    credits = row["ai_credits_used"]
    yield f"{row['day']}|{row['user_id']}|", *who, "copilot", *(None,) * 4, 3, None, None, 0, credits / 100, credits


def _litellm_alone(url: str) -> Iterator[list[tuple[Any, ...]]]:
    with httpx2.Client() as client:
        for n in range(DAYS):
            start, page, pages = str(FIRST + timedelta(days=n)), 1, 1
            while page <= pages:
                body = client.get(f"{url}/spend/logs/v2", params={"start_date": start, "page": page}).json()
                page, pages = page + 1, body["total_pages"]
                yield [
                    (
                        row["request_id"],
                        row["startTime"],
                        row["user"],
                        row["model"],
                        row["prompt_tokens"],
                        row["metadata"]["usage_object"]["cache_read_input_tokens"],
                        row["metadata"]["usage_object"]["cache_creation_input_tokens"],
                        row["completion_tokens"],
                        1,
                        row["spend"],
                        row["team_id"],
                        row["custom_llm_provider"],
                        row["api_key"],
                        None,
                    )
                    for row in body["data"]
                ]


def _write_alone(path: Path, pages: Iterator[list[tuple[Any, ...]]]) -> int:
    connection = sqlite3.connect(path)
    names = ", ".join(f"c{n}" for n in range(1, COLUMNS))
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"CREATE TABLE fact (id INTEGER PRIMARY KEY, key TEXT UNIQUE, {names})")
    rows = 0
    for page in pages:
        marks = ", ".join("?" * COLUMNS)
        with connection:
            connection.executemany(f"INSERT INTO fact (key, {names}) VALUES ({marks})", page)
        rows += len(page)
    connection.close()
    return rows


@contextmanager
def _vendor(files: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.vendor_process", str(files)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def _split(row: Any) -> Iterator[tuple[str, list[Any]]]:
    for n in range(DAYS):
        day = FIRST + timedelta(days=n)
        yield str(day), [row(day, no) for no in range(ROWS // DAYS)]


def _cpu_since(then: resource.struct_rusage) -> float:
    now = resource.getrusage(resource.RUSAGE_SELF)
    return now.ru_utime + now.ru_stime - then.ru_utime - then.ru_stime


def _copilot_row(day: date, no: int) -> dict[str, Any]:
    def feature(name: str, made: int, taken: int) -> dict[str, Any]:
        return {
            "feature": name,
            "user_initiated_interaction_count": 0,
            "code_generation_activity_count": made,
            "code_acceptance_activity_count": taken,
            "loc_suggested_to_add_sum": 80,
            "loc_suggested_to_delete_sum": 0,
            "loc_added_sum": 25,
            "loc_deleted_sum": 0,
        }

    return {
        "report_start_day": str(day),
        "report_end_day": str(day),
        "day": str(day),
        "enterprise_id": "123",
        "organization_id": "456",
        "user_id": str(no),
        "user_login": f"user-{no}",
        "user_initiated_interaction_count": 3,
        "code_generation_activity_count": 20,
        "code_acceptance_activity_count": 6,
        "used_agent": True,
        "used_chat": True,
        "used_cli": True,
        "loc_suggested_to_add_sum": 80,
        "loc_added_sum": 40,
        "totals_by_ide": [],
        "totals_by_feature": [feature("code_completion", 15 + no % 7, 6), feature("agent_edit", 5, 0)],
        "totals_by_language_feature": [],
        "totals_by_language_model": [],
        "totals_by_model_feature": [],
        "totals_by_cli": {
            "session_count": 2,
            "request_count": 31,
            "prompt_count": 5,
            "token_usage": {
                "prompt_tokens_sum": 90_000 + no,
                "output_tokens_sum": 4_000 + no % 100,
                "avg_tokens_per_request": 3032.3,
            },
            "last_known_cli_version": {"cli_version": "1.0.80", "sampled_at": f"{day}T10:00:00Z"},
        },
        "ai_credits_used": 0.5 + no % 40,
    }


def _litellm_row(day: date, no: int) -> dict[str, Any]:
    at = datetime.combine(day, time()) + timedelta(seconds=no * 86_399 / (ROWS // DAYS))
    usage = {
        "completion_tokens": 20,
        "prompt_tokens": 1110,
        "total_tokens": 1130,
        "prompt_tokens_details": {"cached_tokens": 1000, "cache_creation_tokens": 100},
        "completion_tokens_details": {"reasoning_tokens": 8},
        "cache_read_input_tokens": 1000,
        "cache_creation_input_tokens": 100,
    }
    return {
        "request_id": f"chatcmpl-{day:%m%d}-{no:08d}",
        "session_id": "1234567890",
        "call_type": "acompletion",
        "api_key": f"88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243f{no % 3000:05d}",
        "cache_hit": "None",
        "startTime": f"{at.isoformat()}Z",
        "endTime": f"{at.isoformat()}Z",
        "model": ("claude-opus-4-8", "gpt-5.5", "claude-haiku-4-5")[no % 3],
        "user": f"user-{no % 3000}@acme.example",
        "team_id": f"team-{no % 40}",
        "organization_id": "",
        "metadata": {
            "usage_object": usage,
            "user_api_key_alias": f"laptop-{no % 3000}",
            "user_api_key_team_alias": f"team {no % 40}",
            "user_api_key_user_id": f"u{no % 3000}",
            "status": "success",
        },
        "cache_key": "Cache OFF",
        "spend": 0.001675,
        "total_tokens": 1130,
        "prompt_tokens": 1110,
        "completion_tokens": 20,
        "request_tags": ["User-Agent: claude-cli"],
        "end_user": "",
        "api_base": "",
        "model_group": "opus",
        "model_id": "",
        "requester_ip_address": None,
        "custom_llm_provider": "anthropic",
        "messages": {},
        "response": {},
        "status": "success",
        "mcp_namespaced_tool_name": None,
        "agent_id": None,
    }
