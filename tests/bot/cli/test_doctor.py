"""`fulcrum doctor`: one line a thing, what to do about it, and an exit code."""

from __future__ import annotations

import pytest

from tests.bot.cli.runs import Line


def test_a_fresh_machine_is_told_what_to_do_and_nothing_of_it_is_wrong(line: Line) -> None:
    told = line.run("doctor").splitlines()

    assert told[0].startswith("warn  settings: Slack is not set up")
    assert "SLACK_BOT_TOKEN and SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)" in told[0]
    assert told[1].startswith("warn  store: there is no file")
    assert "`fulcrum import DIR`" in told[1]


def test_settings_that_cannot_be_read_are_each_a_line(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FULCRUM_MIN_GROUP", "3")
    monkeypatch.setenv("PORT", "http")

    found = line.data("doctor", code=1)

    assert [(finding["check"], finding["state"]) for finding in found] == [("settings", "wrong")] * 2
    assert "FULCRUM_MIN_GROUP" in found[1]["says"]
