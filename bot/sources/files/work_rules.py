"""work_rules.csv: which items of work are of which workflow, in their order and the whole truth of them.

Grain:   one row a rule (source, item, field, pattern); the first rule that fits an item says its workflow
Pattern: `*` stands for any characters, `?` for one, all else for itself; case does not matter
"""

from __future__ import annotations

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from bot.sources.work_items import FIELDS, ITEMS
from storage.records import WorkMode, WorkRuleRecord

ORDER = ("source", "item", "field", "pattern", "workflow", "mode")
COLUMNS = Columns(
    known=ORDER,
    needed=("source", "field", "pattern", "workflow"),
    aliases={"value": "pattern", "value_pattern": "pattern", "kind": "item"},
)
SAME = {"issue type": "type", "incident type": "type", "ticket type": "type", "repo": "repository", "labels": "label"}


def read(file: CsvFile) -> list[tuple[int, WorkRuleRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: record(*fields))]


def record(source: str, item: str, field: str, pattern: str, workflow: str, mode: str) -> WorkRuleRecord:
    """One rule. Raises BadRow."""
    source = values.word(source, "source", [*ITEMS])
    if not source:
        raise BadRow(f"source is empty; it is one of {', '.join(ITEMS)}")
    rule = WorkRuleRecord(
        source=source,
        item=values.word(_plain(item), "item", ITEMS[source]),
        field=values.word(SAME.get(_plain(field), _plain(field)), "field", FIELDS[source]),
        pattern=values.name(pattern, "pattern"),
        workflow=values.name(workflow, "workflow"),
        mode=values.word(mode, "mode", [*WorkMode]),
    )
    if rule.field and not rule.pattern:
        raise BadRow(f"pattern is empty; * fits every {rule.field}")
    if rule.pattern.strip("*") and not rule.field:
        raise BadRow(f"field is empty; for {source} it is one of {', '.join(FIELDS[source])}")
    if not rule.workflow and not rule.mode:
        raise BadRow("workflow and mode are both empty; a rule says one at least")
    return rule


def _plain(word: str) -> str:
    return " ".join(word.replace("_", " ").split()).lower()
