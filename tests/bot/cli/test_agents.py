"""`fulcrum mcp token EMAIL`, `tokens` and `revoke ID`; what serves agents says what to install where it is missing."""

from __future__ import annotations

import pytest

from bot.cli import agents
from tests.bot.cli.runs import Line
from tests.bot.sources.files.shop import ROSTER, TEAMS

ANA, BO = "ana@acme.example", "bo@acme.example"


def test_a_token_is_shown_once_and_revoked_by_its_person_or_an_admin(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.write(teams=TEAMS, roster=ROSTER)
    line.run("import", line.files)
    assert "Nobody with the e-mail eve@acme.example" in line.run("mcp", "token", "eve@acme.example", code=1)
    token = line.run("mcp", "token", ANA.upper()).strip()
    line.run("mcp", "token", BO)

    assert token not in line.run("mcp", "tokens")
    assert ANA in line.run("mcp", "tokens")
    assert ANA not in line.run("mcp", "tokens", "--as", BO)
    assert "that you may revoke" in line.run("mcp", "revoke", 1, "--as", BO, code=1)
    assert "Token 1 is revoked" in line.run("mcp", "revoke", 1, "--as", ANA)
    monkeypatch.setenv("FULCRUM_ADMINS", ANA)
    assert "Token 2 is revoked" in line.run("mcp", "revoke", 2, "--as", ANA)


def test_without_the_package_it_says_what_to_install(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "find_spec", lambda name: None)

    assert "pip install 'fulcrum-bot[mcp]'" in line.run("mcp", code=1)
