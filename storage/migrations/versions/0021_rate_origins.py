"""Rates say where they are from, so that a file and a bank do not wipe each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

UNIQUE = "uq_rate_workspace_id_currency_day"
BEFORE = ["workspace_id", "currency", "day"]


def upgrade() -> None:
    """All rates that are there came from files."""
    with op.batch_alter_table("rate") as rate:
        rate.add_column(sa.Column("origin", sa.String(20), nullable=False, server_default="file"))
        rate.drop_constraint(UNIQUE, type_="unique")
        rate.create_unique_constraint(f"{UNIQUE}_origin", [*BEFORE, "origin"])


def downgrade() -> None:
    """Without those of a bank, which can be read again."""
    op.execute(sa.text("DELETE FROM rate WHERE origin <> 'file'"))
    with op.batch_alter_table("rate") as rate:
        rate.drop_constraint(f"{UNIQUE}_origin", type_="unique")
        rate.create_unique_constraint(UNIQUE, BEFORE)
        rate.drop_column("origin")
