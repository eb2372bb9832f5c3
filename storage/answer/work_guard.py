"""The privacy rules for figures of work: a row is of the teams that own its workflows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from storage.answer.buckets import Bucket
from storage.answer.cells import Cells
from storage.answer.compile import Compiler
from storage.answer.conditions import Condition
from storage.answer.labelled_sums import Labels
from storage.answer.presence import presence
from storage.answer.presence_rows import People
from storage.answer.privacy import Rule
from storage.answer.tree import Crowd, TeamPart, crowd_of, hidden_parts, parts_of
from storage.names import WorkflowName
from storage.query import Filter, Op
from storage.records import Period

WHOLE_PERIOD = -1  # the number of the bucket beside those of a series


@dataclass(frozen=True)
class WorkGuard:
    """Answers `shows` for each row of a query about work; the members of the owners alone decide."""

    connection: Connection
    compiler: Compiler
    rule: Rule

    def shows(self, number: int, labels: Labels) -> bool:
        """Whether the row of these labels may be shown in this span of days."""
        query = self.compiler.query
        named = dict(zip(query.group_by, labels, strict=True))
        hidden = self._hidden[number]
        if self._parts(named) & hidden:
            return False
        if not self._of_workflows(named):
            return True
        # Two hidden owners in one sum cover each other; one alone would be told by it.
        return all(len(owners & hidden) != 1 for owners in (self._kept(named), self._left_out))

    def _parts(self, named: Mapping[str, Any]) -> set[TeamPart]:
        """The parts of the tree that the row tells of: its own team's, and those of the filters."""
        query, directory = self.compiler.query, self.compiler.directory
        parts: set[TeamPart] = set()
        if "team" not in named or query.scopes:
            asked = [Condition("team", item.values, item.op) for item in query.filters if item.dimension == "team"]
            parts = {part for condition in asked for part in parts_of(condition, directory)}
        if named.get("team") and not self._of_workflows(named):
            name = named["team"]
            parts.add(TeamPart(name, direct=not query.scopes and bool(directory.children.get(name))))
        return parts

    def _of_workflows(self, named: Mapping[str, Any]) -> bool:
        asked = {*named, *(condition.dimension for condition in self.compiler.query.filters)}
        return bool(asked & {"workflow", "activity"})

    def _kept(self, named: Mapping[str, Any]) -> set[TeamPart]:
        """The owners, with all below them, of the workflows in a row."""
        filters = self._on_workflows
        return {
            TeamPart(workflow.team)
            for workflow in self.compiler.directory.workflows
            if workflow.team and named.get("workflow", workflow.name) == workflow.name
            if named.get("activity", workflow.activity) == workflow.activity
            if all(_names(each, workflow) is not (each.op is Op.NOT_IN) for each in filters)
        }

    @cached_property
    def _left_out(self) -> set[TeamPart]:
        """The owners of the workflows that a filter leaves out, which the difference to the whole would tell."""
        without = [condition for condition in self._on_workflows if condition.op is Op.NOT_IN]
        return {
            TeamPart(workflow.team)
            for workflow in self.compiler.directory.workflows
            if workflow.team and any(_names(each, workflow) for each in without)
        }

    @property
    def _on_workflows(self) -> list[Filter]:
        return [
            condition for condition in self.compiler.query.filters if condition.dimension in ("workflow", "activity")
        ]

    @cached_property
    def _hidden(self) -> dict[int, set[TeamPart]]:
        """The hidden parts by bucket: in its days or in the whole period, with or without its filter on mode."""
        query, periods = self.compiler.query, tuple((bucket.number, bucket.period) for bucket in self.compiler.buckets)
        modes = tuple(condition for condition in query.filters if condition.dimension == "mode")
        key = ("hidden at work", periods, query.period, modes, self.rule)
        return self.compiler.directory.once(key, self._hidden_at_work)

    def _hidden_at_work(self) -> dict[int, set[TeamPart]]:
        compiler = self.compiler
        buckets = (*compiler.buckets, Bucket(WHOLE_PERIOD, 0, compiler.query.period))
        whole = replace(compiler, query=compiler.query.with_(scopes=(), filters=(), group_by=()), buckets=buckets)
        filters = tuple(condition for condition in compiler.query.filters if condition.dimension == "mode")
        hidden: dict[int, set[TeamPart]] = {bucket.number: set() for bucket in buckets}
        for kept in dict.fromkeys(((), filters)):
            at_work: dict[int, set[str]] = {bucket.number: set() for bucket in buckets}
            for number, team in self.connection.execute(whole.teams_at_work(kept)):
                at_work[number].add(compiler.directory.team_name[team])
            for bucket in buckets:
                # A part without work is none here: it has nothing to hide and covers nothing.
                heads = self._members(bucket.period)
                parts = self._parts_with(at_work[bucket.number])
                crowd = Crowd({part: heads.get(part, 0) for part in parts}, dict.fromkeys(parts, 0))
                hidden[bucket.number] |= hidden_parts(compiler.directory, crowd, self.rule)
        return {number: parts | hidden[WHOLE_PERIOD] for number, parts in hidden.items()}

    def _members(self, period: Period) -> Mapping[TeamPart, People]:
        """The members of each part of the tree that has any."""
        directory = self.compiler.directory
        cells = Cells(directory, presence(directory, self.connection))
        members, _ = cells.team_crowd({}, period)
        return crowd_of(directory, members, {}).members

    def _parts_with(self, teams: set[str]) -> set[TeamPart]:
        """The parts that hold one of these teams."""
        whole = {TeamPart(team.name) for team in self.compiler.directory.teams if teams & {*self._below[team.name]}}
        return whole | {TeamPart(name, direct=True) for name in teams}

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        return {team.name: self.compiler.directory.below(team.name) for team in self.compiler.directory.teams}


def _names(condition: Filter, workflow: WorkflowName) -> bool:
    return (workflow.name if condition.dimension == "workflow" else workflow.activity) in condition.values
