"""Budgets, targets, dated events, and the watches that people set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Four new tables."""
    _table(
        "budget",
        BIG_ID,
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("amount_nano", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("set_by", sa.String(length=320), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index(op.f("ix_budget_workspace_id_month"), "budget", ["workspace_id", "month"])
    _table(
        "target",
        BIG_ID,
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("metric", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(length=320), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index(op.f("ix_target_workspace_id_by"), "target", ["workspace_id", "by"])
    _table(
        "dated_event",
        BIG_ID,
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
    )
    op.create_index(op.f("ix_dated_event_workspace_id_day"), "dated_event", ["workspace_id", "day"])
    _table(
        "watch",
        sa.Integer(),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("level", sa.Float(), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("workspace_id", "email", "key", name=op.f("uq_watch_workspace_id_email_key")),
    )


def downgrade() -> None:
    """Without them."""
    for name in ("watch", "dated_event", "target", "budget"):
        op.drop_table(name)


def _table(name: str, id_type: sa.types.TypeEngine[int], *parts: sa.Column[object] | sa.UniqueConstraint) -> None:
    op.create_table(
        name,
        sa.Column("id", id_type, nullable=False),
        *parts,
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{name}_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
