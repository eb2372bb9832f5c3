"""Outcomes may say more: the kind of request, edits, errors of tools, escalations, retries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Five columns more; what was never said stays unknown."""
    op.add_column("outcome", sa.Column("request_type", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("outcome", sa.Column("edited", sa.Float(), nullable=True))
    op.add_column("outcome", sa.Column("tool_errors", sa.Integer(), nullable=True))
    op.add_column("outcome", sa.Column("escalated", sa.Boolean(), nullable=True))
    op.add_column("outcome", sa.Column("retries", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Without them."""
    for name in ("retries", "escalated", "tool_errors", "edited", "request_type"):
        op.drop_column("outcome", name)
