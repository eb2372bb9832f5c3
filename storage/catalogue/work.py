"""The metrics of work: items, the time people spend on them, and what AI takes over."""

from __future__ import annotations

from fractions import Fraction

from storage.catalogue.declarations import Metric, Unit
from storage.catalogue.formula import M

MINUTE = Fraction(1, 60_000)
HOUR = Fraction(1, 3_600_000)

WORK_METRICS = (
    Metric(
        name="items",
        label="items",
        unit=Unit.ITEMS,
        formula=M("items"),
        additive=True,
        description="Items of work done, by people and AI together.",
    ),
    Metric(
        name="human_minutes",
        label="human minutes",
        unit=Unit.MINUTES,
        formula=MINUTE * M("human_ms"),
        additive=True,
        description="Minutes people spent on items, in every mode, as far as they are recorded.",
    ),
    Metric(
        name="human_hours",
        label="human hours",
        unit=Unit.HOURS,
        formula=HOUR * M("human_ms"),
        additive=True,
        description="Human minutes ÷ 60.",
    ),
    Metric(
        name="minutes_per_item",
        label="minutes per item",
        unit=Unit.MINUTES,
        formula=(MINUTE * M("human_ms")) / M("timed_items"),
        better="down",
        description="Human minutes ÷ items with their minutes recorded.",
    ),
    Metric(
        name="ai_share",
        label="AI share of items",
        unit=Unit.FRACTION,
        formula=M("ai_items") / M("items"),
        description="Items done in mode assisted or agent ÷ items.",
    ),
    Metric(
        name="autonomy_share",
        label="autonomy share",
        unit=Unit.FRACTION,
        formula=M("agent_items") / M("items"),
        description="Items done in mode agent ÷ items.",
    ),
    Metric(
        name="success_rate",
        label="success rate",
        unit=Unit.FRACTION,
        formula=M("work_accepted") / M("items"),
        better="up",
        description="Items accepted ÷ items.",
    ),
    Metric(
        name="rework_rate",
        label="rework rate",
        unit=Unit.FRACTION,
        formula=M("work_reworked") / M("items"),
        better="down",
        description="Items reworked ÷ items.",
    ),
    Metric(
        name="failure_rate",
        label="failure rate",
        unit=Unit.FRACTION,
        formula=M("work_failed") / M("items"),
        better="down",
        description="Items failed ÷ items.",
    ),
    Metric(
        name="hours_offloaded",
        label="hours offloaded",
        unit=Unit.HOURS,
        formula=HOUR * M("offloaded_ms"),
        additive=True,
        better="up",
        description=(
            "For each workflow: the minutes an item takes by hand × items of the AI modes − human minutes of "
            "those, ÷ 60, over items with their minutes recorded; a workflow without an item by hand gives none."
        ),
    ),
    Metric(
        name="offloadable_hours",
        label="offloadable hours",
        unit=Unit.HOURS,
        formula=HOUR * M("by_hand_ms"),
        additive=True,
        description="Human hours of items still done by hand.",
    ),
)
