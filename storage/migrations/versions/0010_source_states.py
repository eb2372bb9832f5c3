"""Sources that are read by themselves keep how their last pass went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table more."""
    op.create_table(
        "source_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=1000), nullable=False, server_default=""),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_source_state_workspace_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "workspace_id", "source", "report", name=op.f("uq_source_state_workspace_id_source_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_state")),
    )


def downgrade() -> None:
    """Without it."""
    op.drop_table("source_state")
