"""A token stands for its person until it is revoked, and the store cannot say what it was."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, select

from storage.keep.agent_tokens import Bearer, active, bearer_of, make, revoke
from storage.tables import AgentToken

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_a_token_is_kept_as_a_hash_and_ended_by_its_person_alone(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        token = make(connection, workspace_id, "ana@acme.example", NOW)
        other = make(connection, workspace_id, "bo@acme.example", NOW)
        assert bearer_of(connection, token) == Bearer(workspace_id, "ana@acme.example")
        assert bearer_of(connection, token + "x") is None
        assert all(token.encode() not in digest for digest in connection.scalars(select(AgentToken.digest)))

        mine = active(connection, workspace_id, "ana@acme.example")
        assert not revoke(connection, workspace_id, mine[0].id, NOW, "bo@acme.example")
        assert not revoke(connection, workspace_id + 1, mine[0].id, NOW)
        assert revoke(connection, workspace_id, mine[0].id, NOW, "ana@acme.example")

        assert bearer_of(connection, token) is None
        assert bearer_of(connection, other) is not None
        assert [listed.email for listed in active(connection, workspace_id)] == ["bo@acme.example"]
