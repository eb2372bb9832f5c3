"""How many different things were in use: days, tools, models, providers, workflows; each counted once."""

from __future__ import annotations

from storage.catalogue.declarations import Metric, Unit
from storage.catalogue.formula import M
from storage.catalogue.variety_measures import DAYS_USED, VARIETIES

VARIETY_METRICS = (
    Metric(
        name="days_used",
        label="days with use",
        unit=Unit.DAYS,
        formula=M(DAYS_USED),
        description="Days on which there was any use; a day on which many used AI counts once.",
    ),
    *(
        Metric(
            name=name,
            label=f"{column}s in use",
            unit=Unit.KINDS,
            formula=M(name),
            description=f"Different {column}s with any use"
            + ("; use of no workflow is left out." if column == "workflow" else "."),
        )
        for name, column in VARIETIES.items()
    ),
)
