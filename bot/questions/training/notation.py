"""The notation of labelled questions: `question => wanted`, as tests/bot/questions/paraphrase.py describes it.

Beside it stands `refuse:TOPIC`, `clarify:TOPIC` and `no_data:TOPIC`, and ` # voice, family` after what is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.questions.reader.schema import COLUMNS, REFUSALS, TOPICS
from storage.catalogue import DIMENSIONS
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share
from storage.records import Period

NAMED_PERIODS = {
    "lm": "2026-10-01..2026-10-31", "oct": "2026-10-01..2026-10-31", "sep": "2026-09-01..2026-09-30",
    "aug": "2026-08-01..2026-08-31", "jul": "2026-07-01..2026-07-31", "jun": "2026-06-01..2026-06-30",
    "may": "2026-05-01..2026-05-31", "lw": "2026-11-09..2026-11-15", "q3": "2026-07-01..2026-09-30",
    "q2": "2026-04-01..2026-06-30", "tm": "2026-11-01..2026-11-18", "tw": "2026-11-16..2026-11-18",
    "tr": "2026-08-24..2026-11-15", "28": "2026-10-21..2026-11-17", "ytd": "2026-01-01..2026-11-18",
    "today": "2026-11-18..2026-11-18", "yest": "2026-11-17..2026-11-17", "wbl": "2026-11-02..2026-11-08",
    "qtd": "2026-10-01..2026-11-18", "q1": "2026-01-01..2026-03-31",
}  # fmt: skip
# Filters that leave nothing out: "employees, contractors and agents" is a list by kind.
EVERYTHING = (("agent", "contractor", "employee"), ("agent", "assisted", "human"), ("agent", "chat", "completion"))
INTENTS = ("why", "normal", "peers")
_META = re.compile(r" # ([^#,]+), *([^#,]+)$")
_OPS = {"": Op.IN, "!": Op.NOT_IN, "<": Op.BELOW}


@dataclass(frozen=True)
class Threshold:
    """One `h=`."""

    compare: str
    value: float
    column: str = "value"
    metric: str = ""


@dataclass(frozen=True)
class Gold:
    """What a line wants: a status, and where figures are wanted the fields of the query."""

    status: str
    topic: str = ""  # of a refusal; "" where the line does not say
    metrics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # "team", "!tool", "<team"
    thresholds: tuple[Threshold, ...] = ()
    plain: dict[str, str] = field(default_factory=dict)  # g avg p c o l skip share everyone personal scopes

    @property
    def answered(self) -> bool:
        """Whether figures are wanted."""
        return bool(self.metrics)


@dataclass(frozen=True)
class Line:
    """One labelled question: the turns of a thread, of which the last is asked."""

    turns: tuple[str, ...]
    gold: Gold
    asker: str | None = None
    voice: str = ""
    family: str = ""


def lines_of(path: Path) -> Iterator[Line]:
    """The lines of a file that say what is wanted."""
    for text in path.read_text("utf-8").splitlines():
        if text.strip() and not text.startswith("#"):
            line = line_of(text)
            if line is not None:
                yield line


def line_of(text: str) -> Line | None:
    """A line; None for one that wants only that an answer ends."""
    said, _, wanted = text.partition(" => ")
    meta = _META.search(wanted)
    voice, family = meta.groups() if meta else ("", "")
    wanted = _META.sub("", wanted).strip()
    asker = None
    if wanted.startswith("as="):
        asker, _, wanted = wanted[3:].partition("; ")
    if wanted.startswith("!any"):
        return None
    return Line(tuple(said.split(" // ")), gold_of(wanted), asker, voice.strip(), family.strip())


def gold_of(wanted: str) -> Gold:
    """What stands after the arrow."""
    status, _, topic = wanted.partition(":")
    if status in ("refuse", *REFUSALS, "told"):
        if topic and topic not in TOPICS:
            raise ValueError(f"no topic is called {topic!r}")
        return Gold("unsupported" if status == "refuse" else status, topic)
    gold = Gold("figures")
    for said in wanted.split(";"):
        key, _, value = said.strip().partition("=")
        if key:
            gold = _with(gold, key, value)
    return gold


def _with(gold: Gold, key: str, value: str) -> Gold:
    """The gold with one more field."""
    if key.lstrip("!<") in DIMENSIONS:
        values = tuple(sorted(value.split("|")))
        return gold if values in EVERYTHING else replace(gold, filters={**gold.filters, key: values})
    if key == "h":
        return replace(gold, thresholds=(*gold.thresholds, _threshold(value)))
    if key in INTENTS:
        return replace(gold, status=key)
    if key == "m":
        return replace(gold, metrics=tuple(value.split(",")))
    if key == "by":
        return replace(gold, groups=tuple(value.split(",")))
    said = NAMED_PERIODS.get(value, value) if key in ("p", "c") else value or "yes"
    return replace(gold, plain={**gold.plain, key: said})


def _threshold(text: str) -> Threshold:
    """ "gt:5", "gt:0.2:change_pct", or with the metric that it is of "ge:5:active_people:value"."""
    compare, amount, *rest = text.split(":")
    column = next((word for word in rest if word in COLUMNS), "value")
    return Threshold(compare, float(amount), column, next((word for word in rest if word and word not in COLUMNS), ""))


def notation_of(gold: Gold) -> str:
    """The fields as a line writes them."""
    if not gold.answered:
        return f"{gold.status}:{gold.topic}" if gold.topic else gold.status
    out = [f"m={','.join(gold.metrics)}"]
    if gold.groups:
        out.append(f"by={','.join(gold.groups)}")
    out += [f"{key}={'|'.join(values)}" for key, values in gold.filters.items()]
    out += [key if value == "yes" else f"{key}={value}" for key, value in gold.plain.items()]
    for threshold in gold.thresholds:
        out.append(f"h={threshold.compare}:{threshold.value:g}" + _column(threshold))
    if gold.status in INTENTS:
        out.append(gold.status)
    return "; ".join(out)


def _column(threshold: Threshold) -> str:
    if threshold.metric:
        return f":{threshold.metric}:{threshold.column}"
    return "" if threshold.column == "value" else f":{threshold.column}"


def days(text: str) -> Period:
    """A period as the notation writes it."""
    start, _, end = text.partition("..")
    return Period(date.fromisoformat(start), date.fromisoformat(end), "")


def whole_of(gold: Gold) -> dict[str, tuple[str, ...]] | None:
    """The filters of the whole that a share is a part of; None where no share is asked.

    A share without a named whole is one of everything, or in a list, of what the list is filtered by.
    """
    share = gold.plain.get("share")
    if share is None:
        return None
    if share != "yes":
        return {
            key: tuple(sorted(values.split("|")))
            for key, _, values in (part.partition(":") for part in share.split(","))
        }
    return dict(gold.filters) if gold.groups or "g" in gold.plain else {}


def query_of(gold: Gold) -> Query | None:
    """The query of a line that names its period."""
    if not gold.answered or "p" not in gold.plain:
        return None
    plain, whole = gold.plain, whole_of(gold)
    order = None
    if "o" in plain:
        way, _, by = plain["o"].partition(":")
        order = Order(By(by or "value"), way == "desc")
    return Query(
        metrics=gold.metrics,
        period=days(plain["p"]),
        group_by=gold.groups,
        grain=Grain(plain["g"]) if "g" in plain else None,
        filters=_filters(gold.filters),
        previous=days(plain["c"]) if ".." in plain.get("c", "") else None,
        scopes=tuple(plain["scopes"].split("|")) if "scopes" in plain else (),
        share=None if whole is None else Share(_filters(whole)),
        having=tuple(
            Having(Compare(threshold.compare), threshold.value, By(threshold.column)) for threshold in gold.thresholds
        ),
        order=order,
        limit=int(plain["l"]) if "l" in plain else None,
        skip=int(plain.get("skip", 0)),
        average=Grain(plain["avg"]) if "avg" in plain else None,
        everyone="everyone" in plain,
    )


def _filters(said: dict[str, tuple[str, ...]]) -> tuple[Filter, ...]:
    return tuple(
        Filter(key.lstrip("!<"), values, _OPS[key[: len(key) - len(key.lstrip("!<"))]]) for key, values in said.items()
    )


def gold_of_query(query: Query, status: str = "figures") -> Gold:
    """The fields of a query."""
    marks = {Op.IN: "", Op.NOT_IN: "!", Op.BELOW: "<"}
    plain: dict[str, Any] = {
        "g": query.grain and query.grain.value,
        "avg": query.average and query.average.value,
        "p": f"{query.period.start}..{query.period.end}",
        "c": query.previous and f"{query.previous.start}..{query.previous.end}",
        "o": query.order and _order(query.order),
        "l": query.limit and str(query.limit),
        "skip": query.skip and str(query.skip),
        "scopes": "|".join(query.scopes),
        "everyone": query.everyone and "yes",
        "share": query.share and _share(query),
    }
    return Gold(
        status,
        "",
        query.metrics,
        query.group_by,
        {
            f"{marks[condition.op]}{condition.dimension}": tuple(sorted(condition.values))
            for condition in query.filters
            if tuple(sorted(condition.values)) not in EVERYTHING
        },
        tuple(
            Threshold(threshold.compare.value, threshold.value, threshold.by.value, threshold.metric)
            for threshold in query.having
        ),
        {key: str(value) for key, value in plain.items() if value},
    )


def _order(order: Order) -> str:
    return ("desc" if order.descending else "asc") + ("" if order.by is By.VALUE else f":{order.by.value}")


def _share(query: Query) -> str:
    over = query.share.over if query.share else ()
    bare = all(condition in query.filters for condition in over) and len(over) in (0, len(query.filters))
    return (
        "yes" if bare else ",".join(f"{condition.dimension}:{'|'.join(sorted(condition.values))}" for condition in over)
    )


def composite(gold: Gold, name: str) -> str:
    """The filter on a dimension of the language's own values as one class."""
    said = next((key for key in gold.filters if key.lstrip("!<") == name), None)
    return "" if said is None else said[: -len(name)] + "|".join(gold.filters[said])


def same(gold: Gold, other: Gold) -> str:
    """What differs between two golds of figures, "" where nothing does; a limit that is not said is free."""
    mine, theirs = _comparable(gold), _comparable(other)
    for loose in ("p", "l", "c"):
        if loose not in mine or mine[loose] == "any":
            mine.pop(loose, None)
            if loose != "c" or gold.plain.get("c") == "any":
                theirs.pop(loose, None)
    wrong = [key for key in {**mine, **theirs} if mine.get(key) != theirs.get(key)]
    return "; ".join(f"{key}: wanted {mine.get(key)}, got {theirs.get(key)}" for key in wrong)


def _comparable(gold: Gold) -> dict[str, Any]:
    out: dict[str, Any] = {key: value for key, value in gold.plain.items() if key != "personal"}
    if "scopes" in out:
        out["scopes"] = sorted(out["scopes"].split("|"))
    out |= {"m": gold.metrics, "by": sorted(gold.groups), "status": gold.status}
    out |= {f"={key}": values for key, values in gold.filters.items()}
    if gold.thresholds:
        out["h"] = sorted(
            (threshold.compare, round(threshold.value, 9), threshold.metric, threshold.column)
            for threshold in gold.thresholds
        )
    return out
