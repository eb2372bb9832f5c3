"""An agent with the package's own client is told over stdio what its person may see."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.conftest import LARKSPUR_DAY

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

from mcp import Client, StdioServerParameters, stdio_client

QUESTION = {"text": "cost by team last month"}


def hidden(answer: Any) -> int:
    return sum(row.get("suppressed", False) for row in answer.structured_content["rows"])


def test_over_stdio_it_asks_as_the_person_who_is_named(larkspur: str, larkspur_files: Path) -> None:
    email = (larkspur_files / "roster.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    command = ["-m", "bot.cli.main", "mcp", "--as", email, "--as-of", LARKSPUR_DAY.isoformat()]
    environment = {"DATABASE_URL": larkspur, "PYTHONPATH": os.getcwd()}

    async def talk() -> tuple[set[str], list[Any]]:
        server = StdioServerParameters(command=sys.executable, args=command, env=environment)
        async with Client(stdio_client(server)) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            calls: list[tuple[str, dict[str, Any]]] = [
                ("ask", QUESTION),
                ("ask", {**QUESTION, "as": "somebody"}),
                ("definitions", {"metric": "tokens"}),
                ("digest", {"team": "no such team"}),
                ("offload", {}),
            ]
            return names, [await client.call_tool(name, given) for name, given in calls]

    names, (asked, unknown, defined, digest, offload) = anyio.run(talk)
    assert names == {"ask", "definitions", "digest", "offload"}
    assert asked.structured_content["status"] == "answered"
    assert hidden(asked) > 0, "teams too small to be shown to them"
    assert unknown.is_error
    assert defined.structured_content["metrics"][0]["unit"] == "tokens"
    assert digest.is_error
    assert "There is no team called 'no such team'." in digest.content[0].text
    assert offload.structured_content["workflows"][0]["verdict"]
