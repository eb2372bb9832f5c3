"""Telemetry waits in the store until it is facts, and its series are remembered, so that nothing counts twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.LargeBinary(12)


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "telemetry_inbox",
        sa.Column("id", BIG_ID, nullable=False),
        _workspace("telemetry_inbox"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _owner("telemetry_inbox"),
        sa.PrimaryKeyConstraint("id", name="pk_telemetry_inbox"),
    )
    op.create_table(
        "telemetry_series",
        sa.Column("id", BIG_ID, nullable=False),
        _workspace("telemetry_series"),
        sa.Column("key", KEY, nullable=False),
        sa.Column("scope", KEY, nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _owner("telemetry_series"),
        sa.PrimaryKeyConstraint("id", name="pk_telemetry_series"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_telemetry_series_workspace_id_key"),
    )
    op.create_index("ix_telemetry_series_workspace_id_scope", "telemetry_series", ["workspace_id", "scope"])
    op.create_index("ix_telemetry_series_touched_at", "telemetry_series", ["touched_at"])
    op.create_table(
        "telemetry_signal",
        sa.Column("id", BIG_ID, nullable=False),
        _workspace("telemetry_signal"),
        sa.Column("scope", KEY, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        _owner("telemetry_signal"),
        sa.PrimaryKeyConstraint("id", name="pk_telemetry_signal"),
        sa.UniqueConstraint("workspace_id", "scope", name="uq_telemetry_signal_workspace_id_scope"),
    )
    op.create_index("ix_telemetry_signal_seen_at", "telemetry_signal", ["seen_at"])


def downgrade() -> None:
    """Without them; what waited is lost."""
    for table in ("telemetry_signal", "telemetry_series", "telemetry_inbox"):
        op.drop_table(table)


def _workspace(table: str) -> sa.Column[int]:
    return sa.Column("workspace_id", sa.Integer(), nullable=False)


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspace.id"], name=f"fk_{table}_workspace_id", ondelete="CASCADE"
    )
