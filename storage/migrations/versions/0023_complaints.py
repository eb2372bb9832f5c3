"""What an asker says was wrong with an answer, beside the thumb."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, empty for all that is there."""
    op.add_column("question", sa.Column("complaint", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Without it."""
    op.drop_column("question", "complaint")
