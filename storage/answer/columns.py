"""The columns of an answer: of each metric its value and, where they are asked for, its share and its change."""

from __future__ import annotations

from collections.abc import Sequence

from storage.answer.result import ResultColumn
from storage.catalogue import Metric
from storage.query import Query

CHANGES = ("previous", "change", "change_pct")


def columns_of(query: Query, metrics: Sequence[Metric]) -> tuple[ResultColumn, ...]:
    """The columns of the answer, in order."""
    several = len(metrics) > 1
    roles = (["share"] if query.share else []) + (list(CHANGES) if query.previous else [])
    return tuple(
        ResultColumn(name=column_name(metric, role, several), metric=metric, role=role)
        for metric in metrics
        for role in ["value", *roles]
    )


def column_name(metric: Metric, role: str, several: bool) -> str:
    """`tokens`, `share`, `change` …; with several metrics `tokens_change` …"""
    return metric.name if role == "value" else f"{metric.name}_{role}" if several else role
