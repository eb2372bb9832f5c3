"""targets.csv: what a metric is to reach by a day; the whole truth of it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from bot.sources.files import values
from bot.sources.files.dates import DateOrder, DecimalMark
from bot.sources.files.plan_values import MONTH, month_of, scope_of
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.catalogue import METRICS, Unit
from storage.plan_records import TargetRecord

ORDER = ("scope", "name", "metric", "value", "by")
ALIASES = {"target": "value", "goal": "value", "until": "by", "date": "by", "kind": "scope"}
COLUMNS = Columns(known=ORDER, needed=("metric", "value", "by"), aliases=ALIASES)
QUARTER = re.compile(r"([0-9]{4})-?[Qq]([1-4])")


def read(file: CsvFile) -> list[tuple[int, TargetRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: _record(file, fields))]


def _record(file: CsvFile, fields: list[str]) -> TargetRecord:
    kind, name, measure, value, by = fields
    scope, name = scope_of(kind, name)
    metric = metric_of(measure)
    return TargetRecord(
        scope=scope, name=name, metric=metric, value=value_of(value, metric, file.mark), by=last_day(by, file.order)
    )


def metric_of(text: str) -> str:
    """The metric's name; its words are taken too."""
    said = "_".join(text.strip().lower().replace("-", " ").split())
    if said not in METRICS:
        raise BadRow(f"metric is {values.short(text)}, which `fulcrum metrics` does not list")
    return said


def value_of(text: str, metric: str, mark: DecimalMark = DecimalMark.POINT) -> float:
    """The value to reach; of a rate `80%` or `0.8`."""
    percent = text.strip().endswith("%")
    found = float(values.decimal(text.strip().removesuffix("%"), "value", mark=mark))
    if METRICS[metric].unit is not Unit.FRACTION:
        if percent:
            raise BadRow(f"value is {values.short(text)}, but {metric} is no rate")
        return found
    if not percent and found > 1:
        raise BadRow(f"value is {values.short(text)}, but {metric} is a rate: write {text.strip()}% or a part of one")
    return found / 100 if percent else found


def last_day(text: str, order: DateOrder = DateOrder.ISO) -> date:
    """The day by which it is to be reached; the last one of a month (2026-12) or a quarter (2027-Q1)."""
    text = text.strip()
    if quarter := QUARTER.fullmatch(text):
        return _end(int(quarter[1]), 3 * int(quarter[2]))
    if MONTH.fullmatch(text) and text.count("-") == 1:
        month = month_of(text, "by")
        return _end(month.year, month.month)
    return values.day(text, "by", order)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
