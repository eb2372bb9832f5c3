"""The rules that say which workflow an item of work is of, as sources need them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from storage.load.organisation import folded
from storage.load.truths import read_truth
from storage.records import WorkRuleRecord
from storage.tables import Workflow


def read_work_rules(connection: Connection, workspace_id: int) -> tuple[WorkRuleRecord, ...]:
    """The workspace's rules in their order, each workflow spelled as its catalogue has it."""
    catalogued = _catalogued(connection, workspace_id)
    rules: list[WorkRuleRecord] = read_truth(connection, workspace_id, "work_rules")
    return tuple(replace(rule, workflow=catalogued.get(folded(rule.workflow), rule.workflow)) for rule in rules)


def not_catalogued(connection: Connection, workspace_id: int, rules: Iterable[WorkRuleRecord]) -> list[str]:
    """The workflows that rules name and no catalogue has, by name."""
    catalogued = _catalogued(connection, workspace_id)
    return sorted({rule.workflow for rule in rules if rule.workflow and folded(rule.workflow) not in catalogued})


def _catalogued(connection: Connection, workspace_id: int) -> dict[str, str]:
    names = connection.scalars(select(Workflow.name).where(Workflow.workspace_id == workspace_id))
    return {folded(name): name for name in names}
