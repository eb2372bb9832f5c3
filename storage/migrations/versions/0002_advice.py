"""What the advice rests on: outcomes, stages, owners' values, suggestions, experiments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite gives ids only to a column declared INTEGER.
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Five tables beside the catalogue."""
    op.create_table(
        "experiment",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workflow", sa.String(length=200), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("predicted", sa.JSON(), nullable=False),
        sa.Column("baseline", sa.JSON(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.JSON(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_experiment_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experiment")),
    )
    op.create_index(
        op.f("ix_experiment_workspace_id_workflow"), "experiment", ["workspace_id", "workflow"], unique=False
    )
    op.create_table(
        "outcome",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("run_id", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=200), nullable=False),
        sa.Column("checker", sa.String(length=16), nullable=False),
        sa.Column("checked_by", sa.String(length=320), nullable=False),
        sa.Column("approval_seconds", sa.Float(), nullable=True),
        sa.Column("success", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_outcome_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("workspace_id", "run_id", name=op.f("uq_outcome_workspace_id_run_id")),
    )
    op.create_index(
        op.f("ix_outcome_workspace_id_workflow_day"), "outcome", ["workspace_id", "workflow", "day"], unique=False
    )
    op.create_table(
        "owner_input",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workflow", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_owner_input_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_input")),
    )
    op.create_index(
        op.f("ix_owner_input_workspace_id_workflow"), "owner_input", ["workspace_id", "workflow"], unique=False
    )
    op.create_table(
        "stage_change",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workflow", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_stage", sa.String(length=16), nullable=False),
        sa.Column("to_stage", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=True),
        sa.Column("rate", sa.Float(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_stage_change_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    op.create_index(
        op.f("ix_stage_change_workspace_id_workflow_day"),
        "stage_change",
        ["workspace_id", "workflow", "day"],
        unique=False,
    )
    op.create_table(
        "suggestion",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workflow", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("worth", sa.Float(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_suggestion_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index(
        op.f("ix_suggestion_workspace_id_workflow_day"), "suggestion", ["workspace_id", "workflow", "day"], unique=False
    )


def downgrade() -> None:
    """Back to the first schema."""
    for table, columns in (
        ("suggestion", "workflow_day"),
        ("stage_change", "workflow_day"),
        ("owner_input", "workflow"),
        ("outcome", "workflow_day"),
        ("experiment", "workflow"),
    ):
        op.drop_index(op.f(f"ix_{table}_workspace_id_{columns}"), table_name=table)
        op.drop_table(table)
