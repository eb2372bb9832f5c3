"""What a mean hides: the figures that stand beside one per head, each under its own group rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

from sqlalchemy import Connection, distinct, func

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.answer.privacy import Viewer
from storage.answer.run import run
from storage.answer.windows import rounded
from storage.catalogue import Unit
from storage.errors import StorageError
from storage.names import Directory
from storage.query import Query
from storage.tables import Stream

MEDIAN_GROUP = 10  # a median names a person in a smaller group
HIDDEN_BY_A_MEAN = (
    "tokens_per_employee",
    "fresh_tokens_per_employee",
    "effective_tokens_per_employee",
    "tokens_per_active_person",
)


@dataclass(frozen=True, slots=True)
class Companion:
    """One figure beside the one asked."""

    label: str
    value: float
    unit: Unit


def companions(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, rough: bool = False
) -> list[Companion]:
    """Median of active people, share without use, top-decile share, tools a person uses; those that may be shown.

    `query` is one that `run` has answered for this viewer: a single figure per head of a group of people; `rough`
    where it was rounded.
    """
    if query.metrics[0] not in HIDDEN_BY_A_MEAN or query.group_by or query.grain or query.filter_on("person"):
        return []
    plain = query.with_(previous=None, share=None, average=None, having=(), order=None, limit=None)
    found: list[Companion] = []
    adoption = _figure(connection, directory, plain, "adoption_rate", viewer)
    if adoption is not None:
        found.append(Companion("people without use", 1 - adoption, Unit.FRACTION))
    top = _figure(connection, directory, plain, "top_decile_share", viewer)
    if top is not None:
        found.append(Companion("top-decile share of tokens", top, Unit.FRACTION))
    beside = [*_by_person(connection, directory, plain), *found]
    return [replace(figure, value=float(rounded(figure.value) or 0)) for figure in beside] if rough else beside


def _figure(connection: Connection, directory: Directory, query: Query, name: str, viewer: Viewer) -> float | None:
    try:
        rows = run(connection, directory, query.with_(metrics=(name,)), viewer).rows
    except StorageError:
        return None  # hidden or without data: it is simply not among the companions
    value = rows[0].values[name] if rows else None
    return None if value is None else float(value)


def _by_person(connection: Connection, directory: Directory, query: Query) -> list[Companion]:
    compiler = Compiler(directory.workspace_id, directory, query, buckets_of(query))
    rows = connection.execute(
        compiler.usage(("people_tokens", "active_people"), ("person",)).add_columns(
            func.count(distinct(Stream.tool)).label("tools")
        )
    ).all()
    active = [row for row in rows if row.active_people]
    if len(active) < MEDIAN_GROUP:
        return []
    return [
        Companion("median of active people", float(median(int(row.people_tokens) for row in active)), Unit.TOKENS),
        Companion("median of tools an active person uses", float(median(row.tools for row in active)), Unit.RATIO),
    ]
