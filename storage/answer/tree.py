"""SELECTs about the parts of the team tree: a team with all below it, and the own members of one with teams below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import CTE, Select, Subquery, distinct, func, select, union_all
from sqlalchemy.orm import aliased

from storage.answer.buckets import Bucket
from storage.answer.compile import Compiler
from storage.answer.shaped_facts import shaped_facts
from storage.catalogue.measures import Base, user_sql
from storage.query import Filter
from storage.tables import Spell, Team, UsageDaily, Workflow


class TreeCompiler(Compiler):
    """Builds the SELECTs of a query's figures without its teams, to look at all of them."""

    def members_of_parts(self, labels: Sequence[str], filters: Sequence[Filter]) -> Select[Any]:
        """Members of each part of the team tree; columns: bucket, the labels, part, members."""
        parts, by = self._parts, self._labels(labels, Base.PEOPLE)
        rows = self._people_joins(self._bucket.join(Spell, self._employed), labels)
        return (
            select(self._bucket.c.number, *by, parts.c.part, func.count(distinct(Spell.person_id)))
            .select_from(rows.join(parts, parts.c.team_id == Spell.team_id))
            .where(*self.scope.people(filters))
            .group_by(self._bucket.c.number, *by, parts.c.part)
        )

    def users_of_parts(self, labels: Sequence[str], filters: Sequence[Filter]) -> Select[Any]:
        """People with usage in each part of the team tree that has any; columns: bucket, the labels, part, users."""
        u = shaped_facts() if self.uses_facts else UsageDaily
        by = self._labels(labels, Base.USAGE)
        # Each user once before the parts are joined: a row of usage is in as many parts as the tree is deep.
        user = user_sql(u.c if isinstance(u, Subquery) else u).label("user")
        rows = (
            select(self._bucket.c.number, *by, Spell.team_id, user)
            .select_from(self._usage_rows(u, self._bucket, labels))
            .where(*self._usage_where(filters), Spell.id.is_not(None))
            .distinct()
            .subquery("rows")
        )
        keys = [rows.c.number, *(rows.c[one.name] for one in by)]
        return (
            select(*keys, self._parts.c.part, func.count(distinct(rows.c.user)))
            .select_from(rows.join(self._parts, self._parts.c.team_id == rows.c.team_id))
            .group_by(*keys, self._parts.c.part)
        )

    def teams_at_work(self, filters: Sequence[Filter]) -> Select[Any]:
        """The teams whose workflows have rows; columns: bucket, team id."""
        return (
            select(self._bucket.c.number, Workflow.team_id)
            .select_from(self._work_rows(self._bucket))
            .where(*self.scope.work(filters), Workflow.team_id.is_not(None))
            .distinct()
        )

    @cached_property
    def _parts(self) -> CTE:
        """Which teams are in each part of the tree: a team's id for it and all below, minus it for itself alone."""
        mine = Team.workspace_id == self.workspace_id
        whole = select(Team.id.label("part"), Team.id.label("team_id")).where(mine).cte("below", recursive=True)
        child = aliased(Team)
        whole = whole.union_all(select(whole.c.part, child.id).join(whole, child.parent_id == whole.c.team_id))
        direct = select((-Team.parent_id).label("part"), Team.parent_id.label("team_id")).where(
            mine, Team.parent_id.is_not(None)
        )
        return union_all(select(whole.c.part, whole.c.team_id), direct.distinct()).cte("parts")


def on_tree(
    one: Compiler, filters: Sequence[Filter], group_by: tuple[str, ...], buckets: tuple[Bucket, ...]
) -> TreeCompiler:
    """The compiler of a query's figures over the whole tree, under these filters and labels."""
    query = one.query.with_(scopes=(), filters=tuple(filters), group_by=group_by)
    return TreeCompiler(one.workspace_id, one.directory, query, buckets)
