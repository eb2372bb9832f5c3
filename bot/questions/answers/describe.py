"""A query in words, as it was read: the echo by which a reader catches a misreading."""

from __future__ import annotations

from collections.abc import Sequence

from bot.figures import figure
from bot.questions.answers.naming import plain_name
from bot.questions.periods.labels import range_label
from storage.answer.weekdays import WEEKDAY, WEEKDAYS, kept
from storage.catalogue import NONE, dimension, metric
from storage.names import Directory
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query
from storage.records import Ledger, Period

GRAINS = {Grain.DAY: "daily", Grain.WEEK: "weekly", Grain.MONTH: "monthly", Grain.QUARTER: "quarterly"}
LEDGERS = {Ledger.PRODUCT.value: "product inference", Ledger.WORKFORCE.value: "people's own work"}
SAID_WITH_THEIR_LABEL = (
    *("mode", "kind", "activity", "location", "title"),
    *("project", "cost_center", "repository"),
)
ANY = Having(Compare.GT, 0)  # those with any are listed as a list is
THRESHOLDS = {Compare.GT: "over", Compare.GE: "at least", Compare.LT: "under", Compare.LE: "at most"}


def title(query: Query, directory: Directory) -> str:
    """ "tokens per employee, by team, October 2026": metric, scope, grouping, rank, period, comparison."""
    parts = [measured(query), *scope_parts(query, directory), *_whole(query, directory)]
    if query.group_by and not query.scopes:
        parts.append("by " + " and ".join(dimension(name).label for name in query.group_by))
    if query.grain:
        parts.append(GRAINS[query.grain])
    parts += [_threshold(threshold, query) for threshold in query.having]
    if query.order:
        parts.append(_rank(query.order, query.limit, query.skip))
    parts.append(period_words(query.period))
    if query.previous:
        parts.append(f"compared with {period_words(query.previous)}")
    return ", ".join(part for part in parts if part)


def topic(query: Query, directory: Directory) -> str:
    """The same in short, as a sentence begins: what it is of, without the grouping, the rank and the comparison that
    the sentence itself tells."""
    parts = [measured(query), *scope_parts(query, directory), *_whole(query, directory)]
    if query.grain:
        parts.append(GRAINS[query.grain])
    parts += [_threshold(threshold, query) for threshold in query.having if threshold != ANY]
    return ", ".join([*parts, period_words(query.period)])


def measured(query: Query) -> str:
    """The metrics, and what is done with them."""
    names = _listed([metric(name).label for name in query.metrics])
    if query.share:
        names = f"share of {names}"
    if query.average:
        names = f"average {names} a {query.average.value}"
    return names


def _whole(query: Query, directory: Directory) -> list[str]:
    """What a share is a part of, where it is neither everything nor what the rows are filtered by."""
    over = [condition for condition in (query.share.over if query.share else ()) if condition not in query.filters]
    return [f"of {' and '.join(filter_words(condition, directory) for condition in over)}"] if over else []


def scope(query: Query, directory: Directory) -> str:
    """Whose figures they are; "whole organisation" without a filter."""
    return ", ".join(scope_parts(query, directory)) or "whole organisation"


def scope_parts(query: Query, directory: Directory) -> list[str]:
    """Each filter in words."""
    scopes = [_several(query.scopes)] if query.scopes else []
    return [*scopes, *(filter_words(condition, directory) for condition in query.filters)]


def filter_words(condition: Filter, directory: Directory) -> str:
    """ "Platform", "without GitHub", "teams below Engineering"."""
    if condition.dimension == WEEKDAY:
        return _days(kept([condition]))
    names = [_name(condition.dimension, value, directory) for value in condition.values]
    said = _several(names)
    if condition.op is Op.BELOW:
        return f"teams below {said}"
    if condition.dimension == "ledger":
        said = " and ".join(LEDGERS.get(value, value) for value in condition.values)
    if condition.op is Op.NOT_IN and condition.dimension in ("kind", "mode"):
        return "without " + " and ".join(
            f"{name}s" if condition.dimension == "kind" else f"{name} mode" for name in names
        )
    if condition.dimension in SAID_WITH_THEIR_LABEL:
        said = f"{dimension(condition.dimension).label} {said}"
    return f"without {said}" if condition.op is Op.NOT_IN else said


def _several(names: Sequence[str]) -> str:
    """Up to three names in full, the first three of more."""
    return _listed(names if len(names) < 4 else [*names[:3], f"{len(names) - 3} more"])


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _days(names: tuple[str, ...]) -> str:
    """ "on weekdays", "at weekends", "on Mondays and Fridays"."""
    whole = {WEEKDAYS[:5]: "on weekdays", WEEKDAYS[5:]: "at weekends"}
    return whole.get(names) or "on " + " and ".join(f"{name}s" for name in names)


def period_words(period: Period) -> str:
    """The period's label with its days where the label does not say them."""
    if period.label:
        return period.label
    return range_label(period.start, period.end)


def _name(name: str, value: str, directory: Directory) -> str:
    if name == "person" and value in directory.person:
        return directory.person_label[directory.person[value].id]
    return value or plain_name(name, NONE)


def _threshold(having: Having, query: Query) -> str:
    measure = metric(having.metric or query.metrics[0])
    unit = "fraction" if having.by in (By.CHANGE_PCT, By.SHARE) or query.share else measure.unit
    about = {By.CHANGE: "change ", By.CHANGE_PCT: "change ", By.SHARE: "share "}.get(having.by, "")
    value = f"{having.value * 100:g}%" if unit == "fraction" else figure(having.value, unit)
    return f"{about}{THRESHOLDS[having.compare]} {value}"


def _rank(order: Order, limit: int | None, skip: int) -> str:
    if order.by is By.LABEL:
        return ""
    word = "top" if order.descending else "bottom"
    about = {By.CHANGE: " by change", By.CHANGE_PCT: " by growth", By.SHARE: " by share"}.get(order.by, "")
    if limit is None:
        return ("highest" if order.descending else "lowest") + f"{about} first"
    if skip:
        return f"number {skip + 1} from the {word}{about}"
    return f"{word} {limit}{about}"
