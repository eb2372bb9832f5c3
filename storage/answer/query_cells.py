"""The cells behind one query: who and what its conditions tell apart, and what its metrics always leave out."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.answer.cells import Cells
from storage.answer.compile import Compiler
from storage.answer.conditions import Condition, of_catalogue
from storage.answer.presence import presence
from storage.answer.privacy import Viewer
from storage.catalogue import DIMENSIONS
from storage.query import Op
from storage.records import Ledger


def cells_behind(connection: Connection, compiler: Compiler, viewer: Viewer) -> Cells:
    """Who used what on the days of a query, told apart by all that it asks and that its reader has been told before."""
    asked: list[str] = []
    for query in (compiler.query, compiler.listed or compiler.query):
        filters = (*query.filters, *(query.share.over if query.share else ()))
        asked += [*query.group_by, *(item.dimension for item in filters)]
    for shown in viewer.known:
        asked += [*shown.group_by, *(condition.dimension for condition in shown.conditions)]
    told_apart = tuple(sorted({name for name in asked if name in DIMENSIONS and DIMENSIONS[name].facts}))
    people = presence(compiler.directory, connection, told_apart)
    people.read(connection, (*compiler.spans, *(bucket.period for bucket in compiler.buckets)))
    always = () if compiler.counts_both_ledgers else (Condition("ledger", (Ledger.WORKFORCE.value,)),)
    named = compiler.query.filter_on("workflow")
    if compiler.sets_usage_against_work and not (named and named.op is Op.IN):
        always = (*always, of_catalogue(compiler.directory))
    return Cells(compiler.directory, people, always)
