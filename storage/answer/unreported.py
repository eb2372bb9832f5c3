"""What sources do not report: tools with activity and no tokens, or without a count of requests, are named as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from storage.answer.buckets import Bucket
from storage.answer.compile import Compiler
from storage.answer.labelled_sums import Sums
from storage.answer.privacy import SMALLEST_GROUP, Viewer
from storage.answer.result import Note, NoteKind
from storage.answer.scope import PEOPLE
from storage.catalogue import Metric

OF_TOKENS = {"input", "cached", "cache_write", "output", "people_tokens"}
OF_TOKENS |= {f"w_{name}" for name in OF_TOKENS}
OF_REQUESTS = {"requests", "w_requests", "people_requests"}


def unreported(
    connection: Connection, compiler: Compiler, metrics: Sequence[Metric], found: Sequence[Sums], viewer: Viewer
) -> Iterator[Note]:
    """The tools that are active in what was asked and missing in the figure."""
    needed = {name for metric in metrics for name in metric.measures}
    for kind, of, facts in (
        (NoteKind.NO_TOKENS, OF_TOKENS, "tokenless_facts"),
        (NoteKind.NO_REQUESTS, OF_REQUESTS, "uncounted_facts"),
    ):
        if needed & of and any(sums.get(facts) for sums in found):
            tools = [*_tools(connection, compiler, facts, viewer)]
            if tools:
                yield Note(kind, {"tools": tools})


def _tools(connection: Connection, compiler: Compiler, facts: str, viewer: Viewer) -> Iterator[dict[str, object]]:
    query = compiler.query
    counted = ("tokenless_people", "tokenless_requests") if facts == "tokenless_facts" else ("uncounted_people",)
    plain = query.with_(group_by=(), grain=None, previous=None, share=None, having=(), order=None, limit=None)
    whole = replace(compiler, query=plain, buckets=(Bucket(0, 0, query.period),))
    of_people = bool(query.scopes) or any(condition.dimension in PEOPLE for condition in query.filters)
    rows = connection.execute(whole.usage((facts, *counted), ("tool",))).all()
    for row in sorted(rows, key=lambda row: row.by_tool):
        if not getattr(row, facts):
            continue
        people = int(getattr(row, counted[0]))
        # What says how many people is a figure like any other.
        shown = viewer.operator or (not of_people and people >= max(viewer.min_group, SMALLEST_GROUP))
        figures = {"people": people} if shown else {}
        if shown and facts == "tokenless_facts":
            figures["requests"] = int(row.tokenless_requests or 0)
        yield {"tool": row.by_tool, **figures}
