"""The metrics of money by class of token: fresh input, cache reads and writes, output, and what caching saved."""

from __future__ import annotations

from storage.catalogue.declarations import Metric, Unit
from storage.catalogue.formula import M
from storage.catalogue.usage import USD

_AT = "at its list price, where the source tells prices by class; use that a seat covers counts 0."

CLASS_COST_METRICS = (
    Metric(
        name="input_cost",
        label="cost of fresh input",
        unit=Unit.USD,
        formula=USD * M("input_cost_nano"),
        additive=True,
        description=f"Fresh input {_AT}",
    ),
    Metric(
        name="cache_read_cost",
        label="cost of cache reads",
        unit=Unit.USD,
        formula=USD * M("cached_cost_nano"),
        additive=True,
        description=f"Input read from a cache {_AT}",
    ),
    Metric(
        name="cache_write_cost",
        label="cost of cache writes",
        unit=Unit.USD,
        formula=USD * M("cache_write_cost_nano"),
        additive=True,
        description=f"Input written to a cache {_AT}",
    ),
    Metric(
        name="output_cost",
        label="cost of output",
        unit=Unit.USD,
        formula=USD * M("output_cost_nano"),
        additive=True,
        description=f"Output {_AT}",
    ),
    Metric(
        name="cache_savings",
        label="saved by caching",
        unit=Unit.USD,
        formula=USD * M("cache_saved_cost_nano"),
        additive=True,
        better="up",
        description=(
            "Cache reads and writes at the list price of fresh input, less what they cost at their own; where the"
            " source tells prices by class. Use that a seat covers counts 0."
        ),
    ),
)
