"""Questions keep what was shown of them, so that no answer can be taken from another; no figures are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns more, and ways to find what a reader or a channel was shown."""
    op.add_column("question", sa.Column("channel", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("question", sa.Column("shown", sa.JSON(none_as_null=True), nullable=True))
    op.create_index("ix_question_asker_asked_at", "question", ["workspace_id", "asker", "asked_at"])
    op.create_index("ix_question_channel_asked_at", "question", ["workspace_id", "channel", "asked_at"])


def downgrade() -> None:
    """Without them."""
    op.drop_index("ix_question_channel_asked_at", "question")
    op.drop_index("ix_question_asker_asked_at", "question")
    op.drop_column("question", "shown")
    op.drop_column("question", "channel")
