"""The rules of work: kept in their order, in the catalogue's spelling, taken back like every whole truth."""

from __future__ import annotations

from collections.abc import Sequence

from storage.load.load_log import note_load
from storage.load.truths import save_truth, undo_truth
from storage.load.work_rules import not_catalogued, read_work_rules
from storage.records import WorkflowRecord, WorkRuleRecord
from tests.storage.load.stores import NOW, Store

PAY = WorkRuleRecord(source="jira", field="project", pattern="PAY", workflow="dispute handling")
OPS = WorkRuleRecord(source="jira", field="label", pattern="ops*", workflow="Upkeep", mode="agent")


def _save(store: Store, kind: str, records: Sequence[object]) -> tuple[int, int, int, int, int]:
    with store.engine.begin() as connection:
        done = save_truth(
            connection,
            store.workspace_id,
            kind,
            records,
            lambda done: note_load(connection, store.workspace_id, "files", kind, NOW, done.counts(), kind),
        )
    return done.new, done.changed, done.unchanged, done.removed, done.load_id


def _rules(store: Store) -> tuple[WorkRuleRecord, ...]:
    with store.engine.connect() as connection:
        return read_work_rules(connection, store.workspace_id)


def test_a_newer_file_replaces_the_rules_and_their_order_counts(store: Store) -> None:
    assert _rules(store) == ()
    assert _save(store, "work_rules", [PAY, OPS])[:4] == (2, 0, 0, 0)
    assert _save(store, "work_rules", [PAY, OPS])[:4] == (0, 0, 2, 0)
    assert _save(store, "work_rules", [OPS, PAY])[:4] == (0, 2, 0, 0)
    assert _rules(store) == (OPS, PAY)

    assert _save(store, "work_rules", [PAY])[:4] == (0, 0, 1, 1)


def test_a_workflow_is_spelled_as_its_catalogue_has_it_and_others_are_named(store: Store) -> None:
    _save(store, "workflows", [WorkflowRecord(name="Dispute handling", team="Platform")])
    _save(store, "work_rules", [PAY, OPS])

    assert [rule.workflow for rule in _rules(store)] == ["Dispute handling", "Upkeep"]
    with store.engine.connect() as connection:
        assert not_catalogued(connection, store.workspace_id, [PAY, OPS, OPS]) == ["Upkeep"]


def test_rules_are_taken_back(store: Store) -> None:
    _save(store, "work_rules", [PAY])
    load = _save(store, "work_rules", [OPS])[4]

    with store.engine.begin() as connection:
        undo_truth(connection, store.workspace_id, "work_rules", load)

    assert _rules(store) == (PAY,)
