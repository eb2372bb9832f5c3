"""Words taught in Slack: in force beside those of files, taken back, or waiting for an admin."""

from __future__ import annotations

from storage.load.words import VocabularyWord, drop, propose, teach, unlearn, words
from tests.storage.load.stores import ANA, BO, NOW, Store

FUEL = VocabularyWord("metric", "fuel", "cost")


def test_a_word_counts_from_when_it_is_taught_until_it_is_taken_back(store: Store) -> None:
    before = store.revision()
    with store.engine.begin() as connection:
        teach(connection, store.workspace_id, FUEL)
        teach(connection, store.workspace_id, FUEL._replace(name="tokens"))
        assert words(connection, store.workspace_id) == [FUEL._replace(name="tokens")]
        assert words(connection, store.workspace_id + 1) == []
    assert store.revision() > before

    with store.engine.begin() as connection:
        unlearn(connection, store.workspace_id, FUEL)
        assert words(connection, store.workspace_id) == []


def test_a_proposal_waits_behind_the_words_in_force_and_the_last_one_counts(store: Store) -> None:
    with store.engine.begin() as connection:
        teach(connection, store.workspace_id, VocabularyWord("team", "squad A", "Platform"))
        propose(connection, store.workspace_id, FUEL._replace(by=ANA), NOW)
        propose(connection, store.workspace_id, FUEL._replace(by=BO, name="tokens"), NOW)
        taught, proposed = words(connection, store.workspace_id)
        assert (taught.alias, taught.by) == ("squad A", "")
        assert (proposed.name, proposed.by) == ("tokens", BO)

        teach(connection, store.workspace_id, FUEL)
        assert [word.by for word in words(connection, store.workspace_id)] == ["", ""]


def test_a_dropped_proposal_leaves_the_word_in_force_alone(store: Store) -> None:
    other = FUEL._replace(by=BO, name="tokens")
    with store.engine.begin() as connection:
        teach(connection, store.workspace_id, FUEL)
        propose(connection, store.workspace_id, other, NOW)
        drop(connection, store.workspace_id, other)
        assert words(connection, store.workspace_id) == [FUEL]
