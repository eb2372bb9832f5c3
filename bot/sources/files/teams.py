"""teams.csv: the tree of teams with their other names, the whole truth of it."""

from __future__ import annotations

from bot.sources.files import values
from bot.sources.files.reading import Columns, CsvFile
from storage.roster_records import TeamRecord

ORDER = ("team", "parent", "aliases", "channel")
COLUMNS = Columns(known=ORDER, needed=("team",))


def read(file: CsvFile) -> list[tuple[int, TeamRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: _record(*fields))]


def _record(team: str, parent: str, aliases: str, channel: str) -> TeamRecord:
    others = (values.name(alias, "an alias") for alias in aliases.split("|"))
    return TeamRecord(
        name=values.name(team, "team", needed=True),
        parent=values.name(parent, "parent"),
        aliases=tuple(dict.fromkeys(alias for alias in others if alias)),
        channel=values.name(channel, "channel"),
    )
