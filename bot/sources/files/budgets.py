"""budgets.csv: what the organisation, a team, a tool or a project may spend in a month; the whole truth of it."""

from __future__ import annotations

from bot.sources.files import money
from bot.sources.files.plan_values import month_of, scope_of
from bot.sources.files.reading import Columns, CsvFile
from storage.plan_records import BudgetRecord

ORDER = ("scope", "name", "month", "amount", "currency")
ALIASES = {"budget": "amount", "monthly_budget": "amount", "limit": "amount", "kind": "scope"}
COLUMNS = Columns(known=ORDER, needed=("scope", "month", "amount"), aliases=ALIASES)
LARGEST = 10**9


def read(file: CsvFile) -> list[tuple[int, BudgetRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: _record(file, fields))]


def _record(file: CsvFile, fields: list[str]) -> BudgetRecord:
    kind, name, month, amount, currency = fields
    scope, name = scope_of(kind, name)
    found, found_in = money.amount(amount, "amount", currency, LARGEST, file.mark)
    return BudgetRecord(
        scope=scope,
        name=name,
        month=month_of(month),
        amount=found,
        currency=found_in or money.DOLLARS,
    )
