"""Rhythm: a digest every week, or every second one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column more."""
    op.add_column("digest_subscription", sa.Column("every", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Without it."""
    op.drop_column("digest_subscription", "every")
