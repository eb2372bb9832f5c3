"""Whom the store has forgotten: found again by each word for them, and readable by nobody."""

from __future__ import annotations

from storage.load.forgotten import Forgotten, digest, ensure_key, forget_words, pseudonym_for, read_forgotten
from storage.records import IdentityRecord, SeatRecord, WorkflowRecord
from storage.roster_records import PersonRecord, TeamRecord
from tests.storage.load.stores import ANA, BO, JUNE, NOW, Store, spell

KEY = b"k" * 32
GONE = pseudonym_for(KEY, ANA)
FORGOTTEN = Forgotten(KEY, {digest(KEY, ANA): GONE})


def test_any_spelling_of_a_word_stands_for_the_same_pseudonym_and_other_words_for_none() -> None:
    for word in (ANA, " ANA@Acme.example ", "ana+cursor@acme.example"):
        assert FORGOTTEN.of([BO, word]) == GONE
    assert FORGOTTEN.of([BO, "", "+@acme.example"]) is None
    assert Forgotten(KEY, {}).of([ANA]) is None


def test_a_pseudonym_is_an_address_of_nobody_and_another_one_in_each_organisation() -> None:
    assert GONE.endswith("@erased.invalid")
    assert "ana" not in GONE.removesuffix("@erased.invalid")
    assert pseudonym_for(b"other" * 8, ANA) != GONE


def test_records_keep_their_days_and_teams_and_lose_who_it_was() -> None:
    (gone,) = FORGOTTEN.records("roster", [spell(ANA, name="Ana")])
    assert (gone.email, gone.name, gone.team, gone.start) == (GONE, GONE, "Platform", JUNE)
    (seat,) = FORGOTTEN.records("seats", [SeatRecord(subject=ANA, tool="cursor", start=JUNE)])
    assert (seat.subject, seat.tool) == (GONE, "cursor")
    (workflow,) = FORGOTTEN.records("workflows", [WorkflowRecord(name="triage", team="", owner_email=ANA)])
    assert workflow.owner_email == ""
    others = [spell(BO)]
    assert FORGOTTEN.records("roster", others) == others
    assert FORGOTTEN.records("teams", [TeamRecord(name=ANA)]) == [TeamRecord(name=ANA)]


def test_an_id_of_theirs_is_nobodys_and_one_that_stood_for_them_stands_for_the_pseudonym() -> None:
    said = [IdentityRecord(outside_id=ANA, email=BO), IdentityRecord(outside_id="user-7", email=ANA)]
    assert [(record.outside_id, record.email) for record in FORGOTTEN.records("identities", said)] == [("user-7", GONE)]


def test_a_directory_brings_nothing_of_them_back_by_whichever_of_their_names_it_knows_them() -> None:
    told = PersonRecord(
        native_id="7", email="ana.berg@acme.example", name="Ana", title="Engineer", manager_email=BO, also=(ANA,)
    )
    (gone,) = FORGOTTEN.people([told])
    assert (gone.email, gone.name, gone.native_id, gone.title, gone.also) == (GONE, GONE, GONE, "", ())
    led = PersonRecord(native_id="8", email=BO, name="Bo", manager_email=ANA)
    (other,) = FORGOTTEN.people([led])
    assert (other.email, other.manager_email) == (BO, "")


def test_the_store_keeps_one_key_and_hashes_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        key = ensure_key(connection, store.workspace_id)
        forget_words(connection, store.workspace_id, [ANA, "user-7"], GONE, NOW)
        forget_words(connection, store.workspace_id, [ANA], "later@erased.invalid", NOW)
        assert ensure_key(connection, store.workspace_id) == key
        kept = read_forgotten(connection, store.workspace_id)
        assert read_forgotten(connection, store.workspace_id + 1).of([ANA]) is None

    assert kept.of(["User-7"]) == kept.of([ANA]) == GONE
    assert kept.pseudonyms.keys() == {digest(key, ANA), digest(key, "user-7")}
