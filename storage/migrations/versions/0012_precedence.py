"""Use that two sources tell counts once: how much a feed's word weighs, and what of a fact another feed tells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns; nothing overlaps until a source is read that says so."""
    op.add_column("feed", sa.Column("precedence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("usage_fact", sa.Column("overlapped", sa.SmallInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("usage_fact", "overlapped")
    op.drop_column("feed", "precedence")
