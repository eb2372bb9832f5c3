"""What a file told of each day, kept with its load: what it tells alike need not be read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One new column."""
    op.add_column("load", sa.Column("told", sa.JSON()))


def downgrade() -> None:
    """Without it."""
    op.drop_column("load", "told")
