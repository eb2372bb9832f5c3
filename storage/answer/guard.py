"""Applies the privacy rules to one query: which of its rows this viewer may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from storage.answer.buckets import Bucket
from storage.answer.compile import Compiler
from storage.answer.crowds import Crowds, Labels, read_crowds
from storage.answer.fetch import Sums
from storage.answer.privacy import (
    FEWEST_USERS,
    SMALLEST_GROUP,
    Part,
    Rule,
    Viewer,
    check_listed,
    check_named,
    hidden_parts,
    is_personal,
    parts_of,
)
from storage.answer.scope import PEOPLE
from storage.answer.tree import on_tree
from storage.answer.work_guard import WorkGuard
from storage.catalogue import Metric
from storage.catalogue.measures import Base
from storage.query import Filter

REMEMBERED = 500  # answers about the whole tree that are kept with a directory


@dataclass(frozen=True)
class Guard:
    """Answers `shows` for each row and metric of one query. Raises Denied where the whole query may not be asked."""

    connection: Connection
    compiler: Compiler
    viewer: Viewer
    _known: dict[Any, set[Part]] = field(default_factory=dict)

    def check(self) -> None:
        """Raise Denied where the query is about people the viewer may not see."""
        query = self.compiler.query
        check_named(query, self.viewer)
        if "person" in query.group_by and not self.viewer.operator:
            ids = set(self.connection.scalars(self.compiler.people_in_scope()))
            check_listed(query, self.viewer, [one.email for one in self.compiler.directory.people if one.id in ids])

    def shows(self, metric: Metric, number: int, labels: Labels, sums: Sums) -> bool:
        """Whether this figure of this row may be shown; `number` is the bucket's, `labels` are as in the store."""
        if self._sees_all:
            return True
        if Base.WORK in metric.bases:
            return self._work.shows(number, labels) and not (metric.of_booked_usage and self._has_few_users(sums))
        rule = self._rule(metric)
        here = rule if self._narrow else Rule(rule.members)
        if here.hides(int(sums.get("members") or 0), int(sums.get("users") or 0)):
            return False
        parts = self._parts(labels)
        return not parts or not parts & self._hidden(number, labels, rule)

    @property
    def counts_users(self) -> bool:
        """Whether it matters how many people with usage are behind a row."""
        return (self._narrow or self.compiler.sets_usage_against_work) and not self._sees_all

    def _has_few_users(self, sums: Sums) -> bool:
        """Whether a row of usage booked to workflows is of few people; the whole organisation's total is exempt."""
        query = self.compiler.query
        is_part = bool(query.group_by or query.filters or query.grain)
        return is_part and 0 < int(sums.get("users") or 0) < max(self.viewer.min_group, FEWEST_USERS)

    @cached_property
    def _sees_all(self) -> bool:
        return self.viewer.operator or is_personal(self.compiler.query, self.viewer)

    @cached_property
    def _work(self) -> WorkGuard:
        return WorkGuard(self.connection, self.compiler, Rule(max(self.viewer.min_group, SMALLEST_GROUP)))

    @cached_property
    def _narrow(self) -> bool:
        """Whether the rows are of less than the whole organisation."""
        query = self.compiler.query
        asked = [*query.group_by, *(one.dimension for one in query.filters)]
        return any(name in PEOPLE for name in asked)

    def _rule(self, metric: Metric) -> Rule:
        smallest = max(self.viewer.min_group, SMALLEST_GROUP)
        fewest = max(self.viewer.min_group, FEWEST_USERS) if metric.of_usage else 0
        return Rule(max(smallest, metric.minimum), fewest)

    def _parts(self, labels: Labels) -> set[Part]:
        """The parts of the team tree that a row tells of: its own, and those that its filters keep or leave out."""
        query, directory = self.compiler.query, self.compiler.directory
        listed = "team" in query.group_by
        parts: set[Part] = set()
        if listed and labels[query.group_by.index("team")] in directory.team:
            name = labels[query.group_by.index("team")]
            parts.add(Part(name, direct=not query.scopes and bool(directory.children.get(name))))
        if not listed or query.scopes:  # else the rows alone count: each is judged by itself
            listed_rows = self.compiler.listed is not None and "team" in self.compiler.listed.group_by
            parts |= {part for one in query.filters if one.dimension == "team" for part in parts_of(one, listed_rows)}
        return parts

    def _hidden(self, number: int, labels: Labels, rule: Rule) -> set[Part]:
        """What is hidden of the tree: as it is in the period, and under the filters and other labels of a row."""
        others = tuple(label for i, label in enumerate(labels) if i not in self._team_at)
        key = (number, others, rule)
        if key not in self._known:
            self._known[key] = set(self._hidden_anyway(rule))
            if self._own_tree:
                self._known[key] |= hidden_parts(self.compiler.directory, self._crowds.at(number, others), rule)
        return self._known[key]

    @cached_property
    def _own_tree(self) -> bool:
        """Whether the tree looks different here than in the plain period."""
        query = self.compiler.query
        return bool(query.grain or self._filters or len(query.group_by) > len(self._team_at))

    @cached_property
    def _filters(self) -> tuple[Filter, ...]:
        """The filters that act on every team alike."""
        return tuple(one for one in self.compiler.query.filters if one.dimension not in ("team", "person"))

    @cached_property
    def _team_at(self) -> set[int]:
        return {i for i, name in enumerate(self.compiler.query.group_by) if name == "team"}

    @cached_property
    def _crowds(self) -> Crowds:
        others = tuple(name for name in self.compiler.query.group_by if name != "team")
        compiler = on_tree(self.compiler, self._filters, others, self.compiler.buckets)
        return read_crowds(self.connection, compiler, others, self._filters)

    def _hidden_anyway(self, rule: Rule) -> set[Part]:
        """What is hidden in the period, or in the one compared with, whatever is asked."""
        cache = self.compiler.directory.cache
        if len(cache) > REMEMBERED:
            cache.clear()
        hidden: set[Part] = set()
        for span in self.compiler.spans:
            key = ("crowd", span.start, span.end, self.compiler.counts_both_ledgers)
            if key not in cache:
                compiler = on_tree(self.compiler, (), (), (Bucket(0, 0, span),))
                cache[key] = read_crowds(self.connection, compiler, (), ()).at(0, ())
            hidden |= hidden_parts(self.compiler.directory, cache[key], rule)
        return hidden
