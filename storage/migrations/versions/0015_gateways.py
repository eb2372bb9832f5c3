"""Use that a gateway and its vendor tell counts once: with which of the vendors' keys a gateway calls them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; empty, no vendor's key is a gateway's."""
    op.add_column("feed", sa.Column("vendor_keys", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("feed", "vendor_keys")
