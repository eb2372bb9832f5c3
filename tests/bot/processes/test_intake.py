"""What the web process takes in is off without its token, and says so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from bot.processes.intake import Intake
from bot.settings import Settings
from tests.bot.sources.otlp.station import station

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def statuses(folder: Path, settings: Settings) -> tuple[int, int]:
    """Of `/v1/logs` and of `/ingest`, with no token."""
    with station(folder) as held:
        web = Flask("intake")
        for attach in Intake(settings, held.reading, held.writing, lambda: NOW).routes:
            attach(web)
        client = web.test_client()
        return client.post("/v1/logs").status_code, client.post("/ingest").status_code


def test_without_tokens_there_is_nothing_and_the_log_says_why(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        assert statuses(tmp_path, Settings()) == (404, 404)

    assert "FULCRUM_OTLP_TOKEN is not set" in caplog.text
    assert "FULCRUM_INGEST_TOKEN is not set" in caplog.text


def test_each_is_on_by_its_own_token(tmp_path: Path) -> None:
    assert statuses(tmp_path, Settings(otlp_token="a")) == (401, 404)


def test_each_is_on_by_its_own_token_alone(tmp_path: Path) -> None:
    assert statuses(tmp_path, Settings(ingest_token="b")) == (404, 401)
