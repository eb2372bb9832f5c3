"""What a word or a press does to watches and budgets: who may, what is kept, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Engine

from bot.errors import UserError
from bot.figures import figure, short
from bot.questions.periods.labels import day_label
from bot.settings import Settings
from bot.settings.workspace import admins_alone
from bot.sources.files import values
from bot.sources.files.plan_values import month_of, scope_of
from bot.sources.files.problems import BadRow
from bot.sources.files.targets import last_day, metric_of, value_of
from storage.catalogue import metric
from storage.keep import plans, watches
from storage.keep.plans import BudgetSet, TargetSet
from storage.keep.watches import Watched
from storage.plan_records import PlanScope
from storage.tables import NANO

LARGEST = 10**9
PLANNING = "set budgets and targets"


@dataclass(frozen=True, slots=True)
class BudgetWish:
    """The form, as it was filled in; no amount takes back what was set."""

    scope: PlanScope
    name: str
    month: date
    amount: Decimal | None


def budget_of(fields: Mapping[str, str]) -> tuple[BudgetWish | None, dict[str, str]]:
    """What the form says, or what is wrong with it by field."""
    wrong: dict[str, str] = {}
    scope, name, month, amount = PlanScope.ORGANISATION, "", date.min, None
    try:
        scope, name = scope_of(fields.get("scope", ""), fields.get("name", ""))
    except BadRow as bad:
        wrong["name"] = str(bad)
    try:
        month = month_of(fields.get("month", ""))
    except BadRow as bad:
        wrong["month"] = str(bad)
    try:
        written = fields.get("amount", "").strip()
        amount = values.decimal(written, "amount", LARGEST) if written else None
    except BadRow as bad:
        wrong["amount"] = str(bad)
    return (None, wrong) if wrong else (BudgetWish(scope, name, month, amount), {})


@dataclass(frozen=True, slots=True)
class TargetWish:
    """The form of a target, as it was filled in; no value takes back what was set."""

    scope: PlanScope
    name: str
    metric: str
    value: float | None
    by: date


def target_of(fields: Mapping[str, str]) -> tuple[TargetWish | None, dict[str, str]]:
    """What the form says, or what is wrong with it by field."""
    wrong: dict[str, str] = {}
    scope, name, value, by = PlanScope.ORGANISATION, "", None, date.min
    metric = fields.get("metric", "")
    try:
        scope, name = scope_of(fields.get("scope", ""), fields.get("name", ""))
    except BadRow as bad:
        wrong["name"] = str(bad)
    try:
        written = fields.get("value", "").strip()
        value = value_of(written, metric_of(metric)) if written else None
    except BadRow as bad:
        wrong["value"] = str(bad)
    try:
        by = last_day(fields.get("by", ""))
    except BadRow as bad:
        wrong["by"] = str(bad)
    return (None, wrong) if wrong else (TargetWish(scope, name, metric, value, by), {})


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """Reads and writes for one person at a time; threads may share it."""

    reading: Engine
    writing: Engine
    settings_of: Callable[[int], Settings]
    now: Callable[[], datetime]

    def is_admin(self, workspace: int, email: str) -> bool:
        """Whether somebody may set budgets and targets."""
        return bool(email) and email in self.settings_of(workspace).admins

    def watches(self, workspace: int, email: str) -> list[Watched]:
        """What somebody watches."""
        with self.reading.connect() as connection:
            return watches.active(connection, workspace, email)

    def end(self, workspace: int, email: str, watch_id: int) -> str:
        """End one's own watch."""
        with self.writing.begin() as connection:
            gone = watches.end(connection, workspace, email, watch_id)
        return "That watch has ended." if gone else "That watch had ended before, or it is not yours."

    def history(self, workspace: int, limit: int) -> Sequence[BudgetSet]:
        """What was set lately."""
        with self.reading.connect() as connection:
            return plans.history(connection, workspace, limit)

    def set_budget(self, workspace: int, email: str, wish: BudgetWish) -> str:
        """Keep a budget as this admin set it. Raises UserError for anybody else."""
        if not self.is_admin(workspace, email):
            raise admins_alone(PLANNING, self.settings_of(workspace).admins)
        currency = self.settings_of(workspace).currency
        nano = None if wish.amount is None else int(wish.amount * NANO)
        with self.writing.begin() as connection:
            plans.set_budget(
                connection,
                workspace,
                scope=str(wish.scope),
                name=wish.name,
                month=wish.month,
                amount_nano=nano,
                currency=currency,
                by=email,
                now=self.now(),
            )
        whose = f"The budget of {wish.name or 'the whole organisation'} for {wish.month:%Y-%m}"
        if wish.amount is None:
            return f"{whose} is that of the file again, if there is one."
        return f"{whose} is {figure(float(wish.amount), currency)}."

    def target_history(self, workspace: int, limit: int) -> Sequence[TargetSet]:
        """What targets were set lately."""
        with self.reading.connect() as connection:
            return plans.target_history(connection, workspace, limit)

    def set_target(self, workspace: int, email: str, wish: TargetWish) -> str:
        """Keep a target as this admin set it. Raises UserError for anybody else, or for a day that is over."""
        if not self.is_admin(workspace, email):
            raise admins_alone(PLANNING, self.settings_of(workspace).admins)
        if wish.by < self.now().astimezone(self.settings_of(workspace).zone).date():
            raise UserError(f"{wish.by:%Y-%m-%d} is over: a target is to be reached by a day to come.")
        with self.writing.begin() as connection:
            plans.set_target(
                connection,
                workspace,
                scope=str(wish.scope),
                name=wish.name,
                metric=wish.metric,
                value=wish.value,
                due=wish.by,
                by=email,
                now=self.now(),
            )
        measure = metric(wish.metric)
        whose = f"The target for {measure.label} of {wish.name or 'the whole organisation'} by {day_label(wish.by)}"
        if wish.value is None:
            return f"{whose} is that of the file again, if there is one."
        return f"{whose} is {short(wish.value, measure.unit)}."
