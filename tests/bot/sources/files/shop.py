"""Small import files, and a store that they go into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, func, select

from bot.sources.files.load import import_folder
from bot.sources.files.report import FileReport, FolderReport
from storage.tables import (
    Base,
    UsageDaily,
)

TEAMS = "team,parent,aliases,channel\nEngineering,,eng|R&D,#eng\nPlatform,Engineering,,\n"
ROSTER = (
    "email,name,team,title,manager_email,kind,location,start_date,end_date\n"
    "ana@acme.example,Ana,Platform,Dev,,employee,Berlin,2026-01-01,\n"
    "bo@acme.example,Bo,Engineering,Dev,ana@acme.example,contractor,Lisbon,2026-01-01,2026-06-30\n"
)
USAGE_HEADER = (
    "date,email,tool,provider,model,mode,workflow,input_tokens,cached_input_tokens,cache_write_tokens,"
    "output_tokens,reasoning_tokens,requests,suggested,accepted,cost_usd\n"
)
USAGE = (
    USAGE_HEADER + "2026-05-04,ana@acme.example,cursor,anthropic,sonnet,agent,review,10,20,30,40,5,6,7,8,0.5\n"
    "2026-05-05,bo@acme.example,copilot,github,gpt,completion,,1,0,0,2,0,1,0,0,\n"
)
WORK = "date,workflow,mode,items,human_minutes,accepted,reworked,failed\n2026-05-04,review,human,10,704.5,8,1,1\n"
WORKFLOWS = (
    "workflow,team,activity,description,stage,reversible,verifiable,data_ready\n"
    "review,Platform,review,Reads pull requests,draft,yes,yes,partly\n"
)


@dataclass
class Shop:
    """A store and a folder whose files go into it."""

    engine: Engine
    workspace_id: int
    folder: Path

    def load(self, strict: bool = False, zone: str = "UTC", **files: str | bytes) -> FolderReport:
        """Import these files alone."""
        for old in self.folder.glob("*.csv"):
            old.unlink()
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (self.folder / f"{name}.csv").write_bytes(data)
        return import_folder(
            self.folder,
            self.engine,
            self.workspace_id,
            clock=clock,
            strict=strict,
            zone=ZoneInfo(zone),
        )

    def one(self, strict: bool = False, zone: str = "UTC", **files: str | bytes) -> FileReport:
        """The report of the last of these files."""
        return self.load(strict, zone, **files).files[-1]

    def tokens(self) -> dict[date, int]:
        """Input tokens a day, from the rollup."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(UsageDaily.day, func.sum(UsageDaily.input_tokens)).group_by(UsageDaily.day)
            )
            return {day: int(tokens or 0) for day, tokens in rows}

    def count(self, table: type[Base]) -> int:
        """How many rows a table has."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(table)) or 0


def usage(*rows: str) -> str:
    return USAGE_HEADER + "".join(f"{row}\n" for row in rows)


GOOD = "2026-05-04,ana@acme.example,cursor,a,m,chat,,1,0,0,1,0,1,0,0,0.1"


def clock() -> datetime:
    """Always the same time."""
    return datetime(2026, 11, 18, tzinfo=UTC)
