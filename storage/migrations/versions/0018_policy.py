"""Settings made in Slack with their log, words that people propose, and whom the store has forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Five new tables."""
    _table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        unique=("name",),
    )
    _table(
        "setting_change",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
    )
    _table(
        "proposed_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("alias", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        unique=("kind", "alias"),
    )
    _table(
        "erased",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pseudonym", sa.String(length=320), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        unique=("digest",),
    )
    _table(
        "anonymity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("personal_from", sa.Integer(), nullable=True),
        unique=(),
    )


def _table(name: str, *columns: sa.Column[object], unique: tuple[str, ...] | None = None) -> None:
    """A table of rows of a workspace; `unique` are the columns that make a row one beside it."""
    owner = sa.Column("workspace_id", sa.Integer(), nullable=False)
    named = [sa.UniqueConstraint("workspace_id", *unique, name=_unique(name, unique))] if unique is not None else []
    op.create_table(
        name,
        *columns,
        owner,
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{name}_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *named,
    )


def _unique(table: str, columns: tuple[str, ...]) -> str:
    return op.f("_".join(("uq", table, "workspace_id", *columns)))


def downgrade() -> None:
    """Without them."""
    for name in ("anonymity", "erased", "proposed_alias", "setting_change", "setting"):
        op.drop_table(name)
