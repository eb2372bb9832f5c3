"""The list of idle seats to take back, by name: for whom the tool's vendor shows these anyway."""

from __future__ import annotations

from collections.abc import Sequence

from storage.answer.privacy import Viewer
from storage.catalogue import Metric
from storage.catalogue.spellings import family
from storage.names import Directory
from storage.query import Compare, Filter, Having, Op, Query

IDLE = frozenset({"idle_seats", "idle_seat_cost"})
TOOL = "tool"


def is_reclaim_list(query: Query, metrics: Sequence[Metric]) -> bool:
    """Whether it lists whose seats lie idle."""
    return "person" in query.group_by and {metric.name for metric in metrics} <= IDLE


def narrowed(query: Query, metrics: Sequence[Metric], viewer: Viewer, directory: Directory) -> Query:
    """The list over the tools of which this viewer may have it, and of idle seats alone; any other query as it is."""
    if viewer.operator or not viewer.reclaims or not is_reclaim_list(query, metrics):
        return query
    condition = query.filter_on(TOOL)
    if condition is None:
        condition = Filter(TOOL, tuple(_allowed(viewer, directory)))
        query = query.with_(filters=(*query.filters, condition))
    return query.with_(having=(*query.having, Having(Compare.GT, 0))) if not query.having else query


def may_reclaim(query: Query, metrics: Sequence[Metric], viewer: Viewer, directory: Directory) -> bool:
    """Whether the list holds nobody but holders of idle seats of tools of which this viewer may have it."""
    condition = query.filter_on(TOOL)
    return (
        is_reclaim_list(query, metrics)
        and condition is not None
        and condition.op is Op.IN
        and {*condition.values} <= {*_allowed(viewer, directory)}
        and any(threshold.compare is Compare.GT and threshold.value >= 0 for threshold in query.having)
    )


def _allowed(viewer: Viewer, directory: Directory) -> list[str]:
    """The tools as usage calls them; as they were named where there is none."""
    known = {family(TOOL, name): name for name in directory.values[TOOL]}
    return sorted(known.get(family(TOOL, name), name) for name in viewer.reclaims)
