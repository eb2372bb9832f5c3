"""Sentences on Home about what was planned and paid: how much of the budget is used, one's own idle seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.digest.details import idle_seat_words
from bot.figures import rough, short
from bot.home.standing import HomePlace
from bot.questions.plans.horizon import running_month
from storage.answer.privacy import Viewer
from storage.answer.result import ResultRow
from storage.answer.run import run
from storage.catalogue import Unit
from storage.errors import StorageError
from storage.names import Directory
from storage.query import Filter, Query
from storage.records import Period

ALL = ""  # the scope that is everybody


@dataclass(frozen=True, slots=True)
class HomeReminders:
    """What one person is told on a day, as they may see it; "" where there is nothing to tell."""

    connection: Connection
    directory: Directory
    viewer: Viewer
    today: date

    def budget(self, place: HomePlace) -> str:
        """How much of this month's budget is used, of the first of their scopes that has one."""
        return next((said for scope in (*place.scopes, ALL) if (said := self._budget_of(scope))), "")

    def own_seats(self) -> str:
        """The tools whose seat they hold and have not used for four weeks."""
        if self.viewer.email is None or self.directory.usage is None:
            return ""
        last = min(self.today - timedelta(days=1), self.directory.usage[1])
        mine = (Filter("person", (self.viewer.email,)),)
        rows = self._rows(Query(metrics=("idle_seats",), period=Period(last, last), filters=mine, group_by=("tool",)))
        tools = [row.labels["tool"] for row in rows if row.values["idle_seats"]]
        return idle_seat_words(tools) if tools else ""

    def _budget_of(self, scope: str) -> str:
        month = running_month(self.today)
        of_scope = (Filter("team", (scope,)),) if scope else ()
        for row in self._rows(Query(metrics=("budget_used",), period=month, filters=of_scope)):
            used, gone = row.values["budget_used"], (self.today - month.start).days / month.days
            if used is not None:
                said = (rough if row.rounded else short)(used, Unit.FRACTION)
                whose = scope or "the whole organisation"
                return (
                    f"{said} of the budget of {whose} for {month.label} is used; "
                    f"{short(gone, Unit.FRACTION)} of its days are over."
                )
        return ""

    def _rows(self, query: Query) -> tuple[ResultRow, ...]:
        try:
            return run(self.connection, self.directory, query, self.viewer, self.today).rows
        except StorageError:
            return ()
