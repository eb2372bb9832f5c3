"""Facts of usage without gaps between their columns, and with the indices alone that something is found by.

PostgreSQL lays a row out in the order of its columns, each number at a multiple of its own size: from wide to narrow,
those of no fixed size last, there are no gaps. SQLite has none in any order. Facts are found by feed and key, so that
PostgreSQL needs no index on their ids, which on SQLite are the table itself.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLE = "usage_fact"
REFERENCES = {
    "workspace_id": ("workspace", "CASCADE"),
    "feed_id": ("feed", "CASCADE"),
    "subject_id": ("subject", None),
    "stream_id": ("stream", None),
    "allocation_id": ("allocation", None),
    "pricing_id": ("pricing", None),
}
COUNTS = (
    "input_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
    "requests",
    "suggested",
    "accepted",
)
MONEY = ("list_nano", "credits_nano")
WHOSE = ("subject_id", "spell_id", "stream_id", "allocation_id", "pricing_id")
MAY_BE_EMPTY = {"at", *COUNTS, "cache_write_1h_tokens", "cost_nano", "cost_kind", *MONEY} | {
    "spell_id",
    "allocation_id",
    "pricing_id",
}
WIDE_FIRST = (
    *("id", "at", *COUNTS, "cache_write_1h_tokens", "cost_nano", *MONEY, "unpriced_tokens"),
    *("workspace_id", "feed_id", "day", *WHOSE, "load_id"),
    *("overlapped", "key", "cost_kind"),
)
BEFORE = (
    *("id", "workspace_id", "feed_id", "key", "day", "at", *WHOSE, *COUNTS, "cache_write_1h_tokens", "cost_nano"),
    *("cost_kind", *MONEY, "unpriced_tokens", "load_id", "overlapped"),
)


def upgrade() -> None:
    """On PostgreSQL the facts are written again, in the order of their days."""
    op.drop_index("ix_usage_fact_subject_id_day", table_name=TABLE)
    if _postgres():
        _lay_out(WIDE_FIRST)
        # In place of the primary key, for replicas.
        op.execute("ALTER TABLE usage_fact REPLICA IDENTITY USING INDEX uq_usage_fact_feed_id_key")
    op.create_index("ix_usage_fact_subject_id", TABLE, ["subject_id"])


def downgrade() -> None:
    """The order and the index of before."""
    op.drop_index("ix_usage_fact_subject_id", table_name=TABLE)
    if _postgres():
        _lay_out(BEFORE)
        op.create_primary_key("pk_usage_fact", TABLE, ["id"])
    op.create_index("ix_usage_fact_subject_id_day", TABLE, ["subject_id", "day"])


def _postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _lay_out(order: tuple[str, ...]) -> None:
    # Keys and indices come last: made of all rows at once they are built faster, and with full pages.
    op.create_table("new_usage_fact", *(_column(name) for name in order))
    names = ", ".join(order)
    op.execute(f"INSERT INTO new_usage_fact ({names}) SELECT {names} FROM usage_fact ORDER BY workspace_id, day, id")
    # Its name depends on which tables were there when it was made.
    numbers = op.get_bind().scalar(sa.text("SELECT pg_get_serial_sequence('usage_fact', 'id')"))
    op.execute(f"ALTER SEQUENCE {numbers} OWNED BY new_usage_fact.id")
    op.drop_table(TABLE)
    op.rename_table("new_usage_fact", TABLE)
    op.alter_column(TABLE, "id", server_default=sa.text(f"nextval('{numbers}')"))
    op.create_unique_constraint("uq_usage_fact_feed_id_key", TABLE, ["feed_id", "key"])
    for name, (target, ondelete) in REFERENCES.items():
        op.create_foreign_key(f"fk_usage_fact_{name}", TABLE, target, [name], ["id"], ondelete=ondelete)
    op.create_index("ix_usage_fact_workspace_id_day", TABLE, ["workspace_id", "day"])


def _column(name: str) -> sa.Column[Any]:
    default = "0" if name == "overlapped" else None
    return sa.Column(name, _type(name), nullable=name in MAY_BE_EMPTY, server_default=default)


def _type(name: str) -> sa.types.TypeEngine[Any]:
    if name == "key":
        return sa.LargeBinary(12)
    if name == "cost_kind":
        return sa.String(16)
    if name == "overlapped":
        return sa.SmallInteger()
    wide = name in ("id", "at") or name.endswith(("_tokens", "_nano")) or name in COUNTS
    return sa.BigInteger() if wide else sa.Integer()
