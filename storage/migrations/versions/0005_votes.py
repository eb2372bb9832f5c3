"""Votes: the thread of a question and what its asker thought of the answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns more."""
    op.add_column("question", sa.Column("thread", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("question", sa.Column("vote", sa.String(length=8), nullable=False, server_default=""))


def downgrade() -> None:
    """Without them."""
    op.drop_column("question", "vote")
    op.drop_column("question", "thread")
