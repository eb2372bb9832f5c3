"""Lines of vendors' invoices: the whole truth of their file. They are compared with, never added to, what use cost."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from storage.load.filling import nano
from storage.load.locking import lock_revision
from storage.load.organisation import Replaced, compared
from storage.records import InvoiceRecord
from storage.tables import InvoiceLine
from storage.workspaces import bump_revision

COLUMNS = ("month", "provider", "amount_nano", "currency", "line")


def save_invoices(connection: Connection, workspace_id: int, invoices: Sequence[InvoiceRecord]) -> Replaced:
    """Make these the lines; two that say the same are two."""
    lock_revision(connection, workspace_id)
    mine = InvoiceLine.workspace_id == workspace_id
    rows = connection.execute(select(*(getattr(InvoiceLine, name) for name in COLUMNS)).where(mine))
    held = [tuple(row) for row in rows]
    wanted = [
        (invoice.month, invoice.provider, nano(invoice.amount), invoice.currency, invoice.line) for invoice in invoices
    ]
    result = compared(((row, None) for row in held), ((row, None) for row in wanted))
    if result.differs:
        connection.execute(delete(InvoiceLine).where(mine))
        names = ("workspace_id", *COLUMNS)
        fresh = [dict(zip(names, (workspace_id, *row), strict=True)) for row in sorted(wanted)]
        if fresh:
            connection.execute(insert(InvoiceLine), fresh)
        bump_revision(connection, workspace_id)
    return result
