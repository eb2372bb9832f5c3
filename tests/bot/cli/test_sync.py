"""`fulcrum sync` and `fulcrum sources`: what was read, what failed and what to do, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.cli import sync as command
from bot.sources import catalogue
from tests.bot.cli.runs import Line
from tests.bot.sources.acme import ACME, BO_ID, AcmeVendor
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import VendorServer, opener

ROWS = [("2026-11-08", BO_ID, 5), ("2026-11-09", BO_ID, 7)]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[VendorServer]:
    """Acme is the one source there is; its key is set."""
    for module in (command, catalogue):
        monkeypatch.setattr(module, "SOURCES", (ACME,))
    monkeypatch.setattr(command, "open_http", opener())
    monkeypatch.setattr(command, "clock", lambda: datetime(2026, 11, 10, 12, tzinfo=UTC))
    with VendorServer(AcmeVendor(rows=[*ROWS])) as server:
        for name, value in server.settings(ACME).items():
            monkeypatch.setenv(name, value)
        yield server


def test_a_pass_says_what_it_read(line: Line, server: VendorServer) -> None:
    assert line.run("sync", "acme") == (
        "Acme Code: rows of 2026-10-31 to 2026-11-10: 2 read, 2 new, 2 unmatched, 2 unpriced\n"
    )
    assert line.run("sync") == (
        "Acme Code: rows of 2026-11-07 to 2026-11-10: 2 read, 2 unchanged, 2 unmatched, 2 unpriced\n"
    )


def test_a_pass_as_data_has_the_rows_and_days_of_each_report(line: Line, server: VendorServer) -> None:
    (made,) = line.data("sync", "--since", "2026-11-09", "--until", "2026-11-09")

    assert (made["source"], made["ok"], made["errors"]) == ("acme", True, [])
    assert made["days"] == {"first": "2026-11-09", "last": "2026-11-09"}
    assert made["rows"] == {
        **dict.fromkeys(("read", "new", "unmatched", "unpriced"), 1),
        **dict.fromkeys(("changed", "unchanged", "removed"), 0),
    }
    assert [(report["name"], report["days"]["count"], report["rows"]["new"]) for report in made["reports"]] == [
        ("usage", 1, 1),
        ("bill", 1, 0),
    ]


def test_what_fails_is_one_sentence_and_an_exit_code(
    line: Line, server: VendorServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.fail(Fault.BROKEN, where="/v1/usage")

    line.run("sync", code=1)

    source = acme(line)
    assert source["state"] == "failing"
    assert source["errors"] == [
        "usage: Acme Code has a failure of its own (500); the next pass goes on where this one ended"
    ]


def test_a_wrong_key_is_named_by_its_setting_and_never_shown(
    line: Line, server: VendorServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACME_API_KEY", "sk-wrong-9876543210")

    assert command_of("sync", "acme") == 1

    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert "ACME_API_KEY must be an Admin key" in told.err
    assert "9876543210" not in told.out + told.err + line.run("sources") + line.run("sources", "--json")


def acme(line: Line) -> dict[str, Any]:
    """What the list of sources says of it."""
    found: list[dict[str, Any]] = line.data("sources")
    return next(source for source in found if source["name"] == "acme")


def command_of(*arguments: str) -> int:
    from bot.cli.main import main

    return main([*arguments])


def test_sources_are_listed_with_their_state(line: Line, server: VendorServer) -> None:
    assert "not read yet" in line.run("sources")
    line.run("sync")

    told = line.run("sources")
    source = acme(line)

    assert "well" in told
    assert "2026-11-10" in told
    assert (source["state"], source["rows"], source["newest_day"], source["gaps"]) == ("well", 2, "2026-11-10", [])
    assert source["last_sync"].startswith("2026-11-10T12:00:00")
    assert source["reports"][0]["provisional_since"] == "2026-11-07"


def test_a_day_that_is_missing_is_a_gap_with_what_to_do(line: Line, server: VendorServer) -> None:
    line.run("sync", "--until", "2026-11-03")
    server.fail(Fault.HTML, where="/v1/usage")
    line.run("sync", code=1)
    server.mend()
    line.run("sync", "--since", "2026-11-06")

    source = acme(line)

    assert source["gaps"] == ["2026-11-04", "2026-11-05"]
    assert source["what_to_do"] == "run `fulcrum sync acme --since 2026-11-04` to read the days that are missing"


def test_a_source_without_its_key_says_what_to_set(
    line: Line, server: VendorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACME_API_KEY")

    assert "set ACME_API_KEY to read Acme Code" in line.run("sources")
    assert line.run("sync", "acme", code=1) == "fulcrum: Acme Code is not set up: set ACME_API_KEY.\n"
    assert "No source is set up." in line.run("sync", code=1)
    assert line.run("sync", "nobody", code=1) == "fulcrum: There is no source nobody; there are acme.\n"


def test_days_the_wrong_way_round_are_refused(line: Line, server: VendorServer) -> None:
    told = line.run("sync", "--since", "2026-11-09", "--until", "2026-11-08", code=1)

    assert told == "fulcrum: --until 2026-11-08 is before --since 2026-11-09.\n"


def test_an_address_that_is_none_is_said_with_all_other_settings(
    line: Line, server: VendorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FULCRUM_ACME_URL", "acme")

    assert "FULCRUM_ACME_URL: must be an http or https address" in line.run("sync", code=1)
