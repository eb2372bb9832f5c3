"""Identities that people keep, and whose use nobody is known for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from storage.load.people import add_link, remove_link, save_identity_file, unmatched
from storage.records import IdentityRecord
from storage.tables import Identity
from tests.storage.load.stores import ANA, BO, JULY, JUNE, Store, spell

U1 = IdentityRecord(outside_id="u1", email=ANA)


def held(store: Store) -> set[tuple[str, str, str]]:
    with store.engine.connect() as connection:
        rows = connection.execute(select(Identity.subject, Identity.email, Identity.origin))
        return {(subject, email, origin) for subject, email, origin in rows}


def test_the_file_is_the_whole_truth_of_itself_and_leaves_links_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        add_link(connection, store.workspace_id, "u9", BO, None, None)
        first = save_identity_file(connection, store.workspace_id, [U1, IdentityRecord(outside_id="u2", email=BO)])
        again = save_identity_file(connection, store.workspace_id, [U1, IdentityRecord(outside_id="u2", email=BO)])
        less = save_identity_file(connection, store.workspace_id, [U1])

    assert (first.new, again.unchanged, again.differs, less.removed) == (2, 2, False, 1)
    assert held(store) == {("u9", BO, "link"), ("u1", ANA, "file")}


def test_what_is_said_last_by_hand_counts_alone_and_can_be_undone(store: Store) -> None:
    with store.engine.begin() as connection:
        add_link(connection, store.workspace_id, "u1", ANA, None, None)
        add_link(connection, store.workspace_id, "u1", BO, JUNE, JULY)
    assert held(store) == {("u1", BO, "link")}

    revision = store.revision()
    with store.engine.begin() as connection:
        assert remove_link(connection, store.workspace_id, "u1") == [BO]
        assert remove_link(connection, store.workspace_id, "u1") == []
    assert held(store) == set()
    assert store.revision() == revision + 1


def test_use_of_nobody_is_listed_by_tokens_most_first(store: Store) -> None:
    store.roster(spell(ANA))
    store.use((ANA, JULY), ("u1", JULY), ("u2", JUNE), ("u2", JULY))

    with store.engine.connect() as connection:
        found = unmatched(connection, store.workspace_id)

    assert [(stranger.subject, stranger.tokens, stranger.first_day, stranger.last_day) for stranger in found] == [
        ("u2", 2, JUNE, JULY),
        ("u1", 1, JULY, JULY),
    ]


def test_somebody_on_the_roster_is_not_nobody_on_a_day_outside_their_spell(store: Store) -> None:
    store.roster(spell(ANA, start=JULY))
    store.use((ANA, date(2026, 5, 1)))

    with store.engine.connect() as connection:
        assert unmatched(connection, store.workspace_id) == []
