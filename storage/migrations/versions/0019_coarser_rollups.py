"""Coarser rollups of usage, by stream, team and role, and who was active when: most questions read few rows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHOLE = ("facts", "active_facts", "tokenless_facts", "uncounted_facts", "unpriced_facts")
TOKENS = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens")
COUNTS = (*TOKENS, "requests", "suggested", "accepted")
ROLLUPS = ("usage_by_stream", "usage_by_team", "usage_by_role")
TEXT = sa.String(length=200)
KIND = sa.String(length=16)
STREAM = {"tool": TEXT, "mode": KIND, "ledger": KIND}
PEOPLE: dict[str, sa.types.TypeEngine[Any]] = {"team_id": sa.Integer(), "title": TEXT, "location": TEXT, "kind": KIND}


def upgrade() -> None:
    """Four tables, filled from the daily rollup."""
    _rollup(
        "usage_by_stream",
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name="fk_usage_by_stream_stream_id"),
    )
    for name, of_people in (("usage_by_team", ("team_id", "kind")), ("usage_by_role", ("title", "location", "kind"))):
        _rollup(
            name,
            *(sa.Column(key, PEOPLE[key], nullable=True) for key in of_people),
            *(sa.Column(key, type_, nullable=False) for key, type_ in STREAM.items()),
        )
        _fill(name, {key: f"p.{key}" for key in of_people} | {key: f"s.{key}" for key in STREAM})
    _fill("usage_by_stream", {"stream_id": "u.stream_id", "kind": "p.kind"})
    for name in ROLLUPS:
        op.create_index(f"ix_{name}_workspace_id_day", name, ["workspace_id", "day"])
    _make_active_days()


def downgrade() -> None:
    """Without them; the daily rollup says the same."""
    for name in (*ROLLUPS, "active_days"):
        op.drop_table(name)


def _rollup(name: str, *own: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        *own,
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cost_kind", sa.String(length=16), nullable=True),
        sa.Column("cost_nano", sa.BigInteger(), nullable=False),
        sa.Column("list_nano", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in WHOLE),
        sa.Column("unpriced_tokens", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in COUNTS),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=f"fk_{name}_workspace_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def _fill(name: str, own: dict[str, str]) -> None:
    keys = {key: f"u.{key}" for key in ("workspace_id", "day", "currency", "cost_kind")} | own
    summed = ("cost_nano", "list_nano", *WHOLE, "unpriced_tokens", *COUNTS)
    sums = ", ".join(f"CAST(sum(u.{column}) AS BIGINT)" for column in summed)
    op.execute(
        f"INSERT INTO {name} ({', '.join((*keys, *summed))}) SELECT {', '.join(keys.values())}, {sums}"
        " FROM usage_daily u JOIN stream s ON s.id = u.stream_id LEFT JOIN spell p ON p.id = u.spell_id"
        f" GROUP BY {', '.join(keys.values())}"
    )


def _make_active_days() -> None:
    op.create_table(
        "active_days",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("spell_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_active_days_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_active_days"),
        sa.UniqueConstraint("workspace_id", "block", "spell_id", name="uq_active_days_workspace_id_block_spell_id"),
    )
    op.execute(
        "INSERT INTO active_days (workspace_id, block, spell_id, days)"
        " SELECT u.workspace_id, u.day / 60, u.spell_id,"
        " CAST(sum(DISTINCT CAST(1 AS BIGINT) << (u.day % 60)) AS BIGINT)"
        " FROM usage_daily u JOIN stream s ON s.id = u.stream_id"
        " WHERE u.spell_id IS NOT NULL AND u.active_facts > 0 AND s.ledger = 'workforce'"
        " GROUP BY u.workspace_id, u.day / 60, u.spell_id"
    )
