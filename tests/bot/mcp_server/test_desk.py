"""What an agent can ask for is answered for the person it asks as, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.commands import Asking
from bot.errors import UserError
from bot.mcp_server.desk import AgentDesk, Principal
from bot.settings import Settings
from tests.conftest import LARKSPUR_DAY


@pytest.fixture
def asking(larkspur: str) -> Iterator[Asking]:
    with closing(Asking(Settings(database_url=larkspur), as_of=LARKSPUR_DAY, mode="rules")) as opened:
        yield opened


def test_a_thread_is_its_persons_and_a_stranger_gets_nothing(asking: Asking, larkspur_files: Path) -> None:
    desk = AgentDesk(asking.questions, LARKSPUR_DAY, lambda: datetime(2026, 11, 18, 12, tzinfo=UTC))
    first, second = (
        Principal(asking.workspace_id, line.split(",")[0])
        for line in (larkspur_files / "roster.csv").read_text("utf-8").splitlines()[1:3]
    )
    desk.ask(first, "cost last month", "t")
    assert desk.ask(first, "by tool", "t")["query"]["group_by"] == ["tool"]
    assert desk.ask(second, "by tool", "t")["status"] != "answered"

    stranger = Principal(asking.workspace_id, "nobody@elsewhere.example")
    assert desk.ask(stranger, "cost last month", "")["status"] == "denied"
    with pytest.raises(UserError, match="roster"):
        desk.definitions(stranger, "")
    with pytest.raises(UserError, match="roster"):
        desk.digest(stranger, "", "")
    with pytest.raises(UserError, match="roster"):
        desk.offload(stranger, "")


def test_the_digest_is_the_contracts_and_names_its_week(asking: Asking) -> None:
    desk = AgentDesk(asking.questions, LARKSPUR_DAY, lambda: datetime(2026, 11, 18, 12, tzinfo=UTC))
    assert desk.digest(Principal(asking.workspace_id, None), "", "")["week"] == "2026-W46"
