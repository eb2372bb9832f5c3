"""A query's filters as SQL conditions, for each kind of rows; names are checked against the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_

from storage.answer.usage_rows import ROSTER, UsageRows
from storage.catalogue import DIMENSIONS
from storage.catalogue.measures import Sql
from storage.errors import InvalidQuery, UnknownName
from storage.names import Directory
from storage.query import Filter, Op, Query
from storage.tables import Source, Spell, Stream, WorkDaily, Workflow

PEOPLE = ("team", "person", "title", "location", "kind")


@dataclass(frozen=True)
class Scope:
    """Turns filters into conditions. Raises UnknownName, InvalidQuery."""

    workspace_id: int
    directory: Directory
    query: Query
    rows: UsageRows = ROSTER  # those that usage is summed from

    def usage(self, filters: Iterable[Filter]) -> list[Sql]:
        """Conditions on rows joined from usage, stream and spell."""
        return [
            self._people(condition) if condition.dimension in PEOPLE else self._stream(condition)
            for condition in filters
            if not DIMENSIONS[condition.dimension].days
        ]

    def people(self, filters: Iterable[Filter]) -> list[Sql]:
        """Conditions on spells; filters on tool, model and the like act on usage only."""
        return [self._people(condition) for condition in filters if condition.dimension in PEOPLE]

    def work(self, filters: Iterable[Filter]) -> list[Sql]:
        """Conditions on work rows joined with their workflow; a ledger is the usage's that stands beside it."""
        return [self._work(condition) for condition in filters if condition.dimension not in ("ledger", "weekday")]

    def booked(self, filters: Iterable[Filter]) -> list[Sql]:
        """Conditions on usage joined with the workflow that it is booked to: a team is the one that owns it."""
        return [
            self._work(condition) if condition.dimension == "team" else self._stream(condition)
            for condition in filters
            if not DIMENSIONS[condition.dimension].days
        ]

    def team_ids(self, condition: Filter) -> list[int]:
        """The teams a filter names: with all below them, except in a list that leaves out rows."""
        names = {name for name in self._known(condition.values, "team", self.directory.team) if name}
        if condition.op is Op.NOT_IN and "team" in self.query.group_by:
            found = names
        else:
            found = {below for name in names for below in self.directory.below(name)}
        if condition.op is Op.BELOW:
            found -= names
        return sorted(self.directory.team[name].id for name in found)

    def workflow_names(self, condition: Filter) -> list[str]:
        """The workflows that a filter on workflow or activity names."""
        if condition.dimension == "workflow":
            return list(self._known(condition.values, "workflow", {w.name for w in self.directory.workflows}))
        wanted = set(self._known(condition.values, "activity", self.directory.values["activity"]))
        # Usage without a workflow has no activity either.
        return [w.name for w in self.directory.workflows if w.activity in wanted] + [""] * ("" in wanted)

    def _people(self, condition: Filter) -> Sql:
        if condition.dimension == "team":
            return _picked_ids(self.rows.at(Spell.team_id), self.team_ids(condition), condition)
        if condition.dimension == "person":
            emails = [email for email in self._known(condition.values, "person", self.directory.person) if email]
            return _picked_ids(Spell.person_id, [self.directory.person[email].id for email in emails], condition)
        names = self._known(condition.values, condition.dimension, self.directory.values[condition.dimension])
        return _picked(self.rows.label(condition.dimension), names, condition.op)

    def _stream(self, condition: Filter) -> Sql:
        if condition.dimension in ("workflow", "activity"):
            return _picked(Stream.workflow, self.workflow_names(condition), condition.op)
        if condition.dimension == "source":
            return _picked(Source.name, condition.values, condition.op)
        if condition.dimension == "ledger":
            return _picked(self.rows.label("ledger"), condition.values, condition.op)
        names = self._known(condition.values, condition.dimension, self.directory.values[condition.dimension])
        return _picked(self.rows.label(condition.dimension), names, condition.op)

    def _work(self, condition: Filter) -> Sql:
        if condition.dimension == "team":
            return _picked_ids(Workflow.team_id, self.team_ids(condition), condition)
        if condition.dimension in ("workflow", "activity"):
            return _picked(WorkDaily.workflow, self.workflow_names(condition), condition.op)
        if condition.dimension == "mode":
            return _picked(WorkDaily.mode, condition.values, condition.op)
        raise InvalidQuery(f"work is not recorded by {condition.dimension}")

    def _known(self, wanted: Sequence[str], dimension: str, known: Iterable[str]) -> Sequence[str]:
        names = known if isinstance(known, dict | set) else set(known)
        for name in wanted:
            if name and name not in names:
                raise UnknownName(dimension, name)
        return wanted


def _picked(sql: Any, wanted: Sequence[str], op: Op) -> Sql:
    """`sql` is one of `wanted`, or none of them; "" stands for empty or absent."""
    known = func.coalesce(sql, "")
    return known.not_in(wanted) if op is Op.NOT_IN else known.in_(wanted)


def _picked_ids(sql: Any, ids: Sequence[int], condition: Filter) -> Sql:
    """The same for an id, which is absent where there is no name."""
    if condition.op is Op.NOT_IN:
        named = or_(sql.is_(None), sql.not_in(ids))
        return and_(named, sql.is_not(None)) if "" in condition.values else named
    return or_(sql.in_(ids), sql.is_(None)) if "" in condition.values else sql.in_(ids)
