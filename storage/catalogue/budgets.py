"""The metric of budgets: how much of them is used."""

from __future__ import annotations

from storage.catalogue.declarations import Metric, Unit
from storage.catalogue.formula import M

BUDGET_METRICS = (
    Metric(
        name="budget_used",
        label="budget used",
        unit=Unit.FRACTION,
        formula=M("cost_nano") / M("budget_nano"),
        description=(
            "Cost of the scope in the budget's month so far ÷ its budget; of several months their budgets added up. Of"
            " a team it is that of the teams below it too."
        ),
    ),
)
