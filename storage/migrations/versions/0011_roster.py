"""What roster sources and vendors have on a day: people, and who holds a seat of which tool."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _day(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _constraints(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Three new tables."""
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        _text("kind", 16),
        _day("day"),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_snapshot_feed_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("workspace_id", "feed_id", "kind", name=op.f("uq_snapshot_workspace_id_feed_id_kind")),
        *_constraints("snapshot"),
    )
    op.create_table(
        "roster_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("source", 64),
        _text("native_id", 320),
        _text("email", 320),
        _text("name", 200),
        _text("team", 200),
        _text("title", 200),
        _text("manager_email", 320),
        _text("kind", 16),
        _text("location", 200),
        _day("start_day"),
        _day("end_day"),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        *_constraints("roster_entry"),
    )
    op.create_index(
        op.f("ix_roster_entry_workspace_id_source_native_id"), "roster_entry", ["workspace_id", "source", "native_id"]
    )
    op.create_table(
        "seat",
        sa.Column("id", BIG_ID, nullable=False),
        _text("source", 64),
        _text("feed", 200),
        _text("subject", 320),
        _text("tool", 200),
        _text("plan", 200),
        _day("start_day"),
        _day("end_day"),
        sa.Column("price_nano", sa.BigInteger(), nullable=True),
        _text("currency", 3),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        *_constraints("seat"),
    )
    op.create_index(op.f("ix_seat_workspace_id_source_feed"), "seat", ["workspace_id", "source", "feed"])


def downgrade() -> None:
    """Without them."""
    op.drop_table("seat")
    op.drop_table("roster_entry")
    op.drop_table("snapshot")
