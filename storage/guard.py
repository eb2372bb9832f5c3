"""Applies the privacy rules to one query: which of its rows this viewer may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from storage.catalogue import DIMENSIONS, Metric
from storage.compile import Compiler
from storage.fetch import Sums
from storage.measures import Base
from storage.privacy import Crowd, Part, Viewer, check_people, hidden_parts, is_personal, too_small
from storage.query import Filter, Op
from storage.scope import PEOPLE


@dataclass(frozen=True)
class Guard:
    """Answers `shows` for each row and metric of one query. Raises Denied where the whole query may not be asked."""

    connection: Connection
    compiler: Compiler
    viewer: Viewer

    def check(self) -> None:
        """Raise Denied where the query is about people the viewer may not see."""
        query = self.compiler.query
        if self.viewer.operator or not ("person" in query.group_by or query.filter_on("person")):
            return
        ids = {
            person for crowd in self._crowds(query.filters).values() for one in crowd.members.values() for person in one
        }
        check_people(query, self.viewer, [one.email for one in self.compiler.directory.people if one.id in ids])

    def shows(self, metric: Metric, labels: Mapping[str, str], sums: Sums) -> bool:
        """Whether this figure of this row may be shown."""
        if self._sees_all:
            return True
        minimum = max(self.viewer.min_group, metric.minimum)
        if Base.WORK in metric.bases:
            return self._shows_work(labels, minimum)
        members, users = int(sums.get("members") or 0), int(sums.get("users") or 0)
        narrow = bool(self._people_filters or self._people_labels)
        if too_small(members, users, minimum, metric.of_usage and narrow):
            return False
        hidden = self._hidden(metric.of_usage, minimum)
        return not self._scope_hidden(hidden) and self._row_part(labels) not in hidden

    @cached_property
    def _sees_all(self) -> bool:
        return self.viewer.operator or is_personal(self.compiler.query, self.viewer)

    @property
    def _people_filters(self) -> list[Filter]:
        return [one for one in self.compiler.query.filters if one.dimension in PEOPLE]

    @property
    def _people_labels(self) -> list[str]:
        return [name for name in self.compiler.query.group_by if DIMENSIONS[name].people]

    def _row_part(self, labels: Mapping[str, str]) -> Part | None:
        name = labels.get("team")
        if name not in self.compiler.directory.team:
            return None
        by_itself = not self.compiler.query.scopes and bool(self.compiler.directory.children.get(name))
        return Part(name, direct=by_itself)

    def _scope_hidden(self, hidden: set[Part]) -> bool:
        """Whether a team named in a filter is hidden: a total with or without it would tell what it hides."""
        one = self.compiler.query.filter_on("team")
        if one is None or "team" in self.compiler.query.group_by:  # in a list each row is judged by itself
            return False
        parts = {Part(name) for name in one.values}
        if one.op is Op.BELOW:
            parts |= {Part(name, direct=True) for name in one.values}
        return bool(parts & hidden)

    def _hidden(self, of_usage: bool, minimum: int) -> set[Part]:
        spans = (self.compiler.buckets[0].period, self.compiler.buckets[-1].period)
        key = ("hidden", of_usage, minimum, spans, self.compiler.query.filters)
        if key not in self.compiler.directory.cache:
            self.compiler.directory.cache[key] = self._work_out_hidden(of_usage, minimum)
        found: set[Part] = self.compiler.directory.cache[key]
        return found

    def _work_out_hidden(self, of_usage: bool, minimum: int) -> set[Part]:
        """Parts hidden over the whole tree, as it is and under the query's filters, in any period asked."""
        apart_from_teams = tuple(one for one in self.compiler.query.filters if one.dimension not in ("team", "person"))
        hidden: set[Part] = set()
        for filters in dict.fromkeys(((), apart_from_teams)):
            for crowd in self._crowds(filters).values():
                hidden |= hidden_parts(self.compiler.directory, crowd, minimum, of_usage)
        return hidden

    def _crowds(self, filters: Sequence[Filter]) -> dict[int, Crowd]:
        """The people behind each team, for each side of the query."""
        names = {team.id: team.name for team in self.compiler.directory.teams}
        crowds = {bucket.side: Crowd() for bucket in self.compiler.buckets}
        for side, team_id, person in self.connection.execute(self.compiler.members(filters)):
            crowds[side].members[names[team_id]].add(person)
        for side, team_id, person, human in self.connection.execute(self.compiler.users(filters)):
            crowds[side].used.add(names[team_id])
            if human:
                crowds[side].users[names[team_id]].add(person)
        return crowds

    def _shows_work(self, labels: Mapping[str, str], minimum: int) -> bool:
        """Work is its owner team's: the team with all below it must be large enough and not hidden."""
        owners = self._owners(labels)
        if not owners:
            return True
        directory = self.compiler.directory
        teams = {below for owner in owners for below in directory.below(owner)}
        hidden = self._hidden(False, minimum)
        if len(owners) == 1 and Part(next(iter(owners))) in hidden:
            return False
        return all(
            len(set().union(*(crowd.members.get(team, set()) for team in teams))) >= minimum
            for crowd in self._members_now.values()
        )

    @cached_property
    def _members_now(self) -> dict[int, Crowd]:
        return self._crowds(())

    def _owners(self, labels: Mapping[str, str]) -> set[str]:
        """The teams whose work is in a row; empty for the whole organisation's."""
        directory = self.compiler.directory
        if "team" in labels:
            return {labels["team"]} & directory.team.keys()
        workflows = [one for one in directory.workflows if self._in_row(one.name, one.activity, labels)]
        if len(workflows) < len(directory.workflows):
            return {one.team for one in workflows if one.team}
        named = self.compiler.query.filter_on("team")
        return set(named.values) if named and named.op is Op.IN else set()

    def _in_row(self, workflow: str, activity: str, labels: Mapping[str, str]) -> bool:
        if labels.get("workflow", workflow) != workflow or labels.get("activity", activity) != activity:
            return False
        for one in self.compiler.query.filters:
            if one.dimension in ("workflow", "activity"):
                value = workflow if one.dimension == "workflow" else activity
                if (value in one.values) is (one.op is Op.NOT_IN):
                    return False
        return True
