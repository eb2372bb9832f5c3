"""The metrics of seats: held, idle, never used, and what the idle ones cost."""

from __future__ import annotations

from storage.catalogue.declarations import Metric, Unit
from storage.catalogue.formula import M
from storage.catalogue.usage import USD

IDLE_DAYS = 28

SEAT_METRICS = (
    Metric(
        name="seats",
        label="seats",
        unit=Unit.SEATS,
        formula=M("seats"),
        description="Seats held on the last day of the period, one a person and tool.",
    ),
    Metric(
        name="idle_seats",
        label="idle seats",
        unit=Unit.SEATS,
        formula=M("idle_seats"),
        better="down",
        description=(
            f"Seats held through the last {IDLE_DAYS} days by somebody without an active day of that tool in them;"
            " null where the tool's usage is not loaded for all of these."
        ),
    ),
    Metric(
        name="idle_seat_cost",
        label="cost of idle seats a month",
        unit=Unit.USD,
        formula=USD * M("idle_seat_nano"),
        better="down",
        description="The monthly price of idle seats, added up; null where no price is known.",
    ),
    Metric(
        name="unused_seats",
        label="seats never used",
        unit=Unit.SEATS,
        formula=M("unused_seats"),
        better="down",
        description="Seats held on the last day by somebody without any recorded active day of that tool up to it.",
    ),
)
