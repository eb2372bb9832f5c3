"""What `fulcrum doctor` sees on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.health import Finding, of_settings, of_store
from bot.settings import Settings
from storage.engine import writing_engine
from storage.schema import migrate


def found(url: str, workspace: str = "") -> dict[str, Finding]:
    return {finding.about: finding for finding in of_store(Settings(database_url=url), workspace)}


@pytest.mark.parametrize(
    ("given", "state", "says"),
    [
        ({"slack_bot_token": "x", "slack_app_token": "x"}, "ok", "all that Socket Mode needs is set"),
        ({"slack_bot_token": "x", "slack_signing_secret": "x"}, "ok", "all that HTTP needs is set"),
        ({"slack_client_id": "x", "slack_signing_secret": "x"}, "ok", "all that many workspaces over HTTP need is set"),
        ({"slack_client_id": "x"}, "wrong", "SLACK_SIGNING_SECRET is not set"),
        ({"slack_app_token": "x"}, "wrong", "SLACK_BOT_TOKEN is not set"),
        ({}, "warn", "Slack is not set up, so that the command line alone answers"),
    ],
)
def test_the_way_to_slack_and_all_that_it_lacks_is_one_line(given: dict[str, str], state: str, says: str) -> None:
    finding = of_settings(Settings(**given))  # type: ignore[arg-type]  # texts alone

    assert (finding.state, finding.says) == (state, says)


def test_a_store_that_does_well_is_said_to(larkspur: str) -> None:
    seen = found(larkspur)

    assert {name: finding.state for name, finding in seen.items() if name != "disk"} == {
        "store": "ok", "schema": "ok", "write": "ok", "pages": "ok", "roster": "ok",
    }  # fmt: skip


def test_what_is_wrong_with_a_store_is_said_with_what_to_do(tmp_path: Path) -> None:
    bad, old = tmp_path / "bad.db", f"sqlite:///{tmp_path / 'old.db'}"
    bad.write_text("date,email\n" * 500)
    engine = writing_engine(old)
    migrate(engine)
    assert found(old)["roster"].todo == "`fulcrum import DIR` loads it."
    assert found(old, "acme")["workspace"].says.startswith("there is no workspace acme")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    engine.dispose()

    assert found(f"sqlite:///{bad}")["store"].todo == "Its file is no SQLite database: check DATABASE_URL."
    assert found(old)["schema"].todo == "Run `fulcrum migrate`."
    (tmp_path / "old.db-wal").mkdir()
    assert found(old)["store"].todo.startswith("Its file cannot be opened: check that the folder")
    assert found(f"sqlite:///{tmp_path}/none/store.db")["disk"].says == f"there is no folder {tmp_path}/none"
    assert found("postgresql://u:s3cret@127.0.0.1:9/db")["store"].todo.startswith("Its database does not answer")
