"""aliases.csv: other words for teams, tools, providers, models, workflows and metrics, the whole truth of them."""

from __future__ import annotations

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.records import AliasRecord

ORDER = ("kind", "name", "alias")
COLUMNS = Columns(known=ORDER, needed=ORDER)
KINDS = ("team", "tool", "provider", "model", "workflow", "metric")


def read(file: CsvFile) -> list[tuple[int, AliasRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: _record(*fields))]


def _record(kind: str, name: str, alias: str) -> AliasRecord:
    kind = values.word(kind, "kind", KINDS)
    if not kind:
        raise BadRow("kind is empty")
    name, alias = values.name(name, "name", needed=True), values.name(alias, "alias", needed=True)
    return AliasRecord(kind=kind, name=name, alias=alias)
