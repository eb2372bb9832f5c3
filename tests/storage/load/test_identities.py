"""Who a source's subject is on a day: through links, files, sources and rules, down to the spells of a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from storage.load.identities import FILE, LINK, SYNC, Resolver
from storage.tables import OPEN_END, Identity
from tests.storage.load.stores import ANA, AUGUST, BO, JULY, JUNE, Store, spell

ALWAYS = (date(1970, 1, 1), OPEN_END)


@pytest.fixture
def known(store: Store) -> Store:
    """Ana since June, Bo in July alone."""
    store.roster(spell(ANA), spell(BO, start=JULY, end=date(2026, 7, 31)))
    return store


def say(
    store: Store, subject: str, email: str, origin: str = FILE, days: tuple[date, date] = ALWAYS, source: str = ""
) -> None:
    row: dict[str, Any] = {"workspace_id": store.workspace_id, "source": source, "subject": subject, "email": email}
    with store.engine.begin() as connection:
        connection.execute(insert(Identity).values(**row, start_day=days[0], end_day=days[1], origin=origin))


def spans(store: Store, subject: str, source: str = "cursor") -> list[tuple[date, date, str]]:
    ids = {id_: email for (email, _), id_ in store.spells().items()}
    with store.engine.connect() as connection:
        found = Resolver(connection, store.workspace_id).spans(subject, source)
    return [(start, end, ids[spell_id]) for start, end, spell_id in found.spans]


def test_an_address_stands_for_itself_in_any_case_and_a_strange_one_for_nobody(known: Store) -> None:
    assert spans(known, " Ana@ACME.example") == [(JUNE, OPEN_END, ANA)]
    assert spans(known, "nobody@acme.example") == []


def test_a_link_by_hand_counts_before_the_file_and_the_file_before_the_source(known: Store) -> None:
    say(known, "u1", BO, SYNC, source="cursor")
    assert spans(known, "u1") == [(JULY, date(2026, 7, 31), BO)]
    say(known, "u1", ANA, FILE)
    assert spans(known, "u1") == [(JUNE, OPEN_END, ANA)]
    say(known, "u1", BO, LINK)
    assert spans(known, "u1") == [(JULY, date(2026, 7, 31), BO)]


def test_a_pattern_stands_for_whatever_is_in_its_place(known: Store) -> None:
    say(known, "*_acme", "*@acme.example")
    say(known, "ci-*", BO)

    assert spans(known, "Ana_ACME") == [(JUNE, OPEN_END, ANA)]
    assert spans(known, "ci-17") == [(JULY, date(2026, 7, 31), BO)]
    assert spans(known, "_acme") == spans(known, "zoe_acme") == spans(known, "ana_acmeX") == []


def test_the_longest_pattern_counts_and_any_word_for_one_id_before_it(known: Store) -> None:
    say(known, "*_acme", "*@acme.example")
    say(known, "ana*_acme", BO)
    assert spans(known, "ana2_acme") == [(JULY, date(2026, 7, 31), BO)]
    say(known, "ana2_acme", ANA)
    assert spans(known, "ana2_acme") == [(JUNE, OPEN_END, ANA)]


def test_a_pattern_that_makes_no_person_of_anybody_ends(known: Store) -> None:
    say(known, "*@acme.example", "x*@acme.example")

    assert spans(known, "zoe@acme.example") == []
    assert spans(known, ANA) == [(JUNE, OPEN_END, ANA)]


def test_what_one_source_calls_somebody_is_nothing_to_another(known: Store) -> None:
    say(known, "u1", ANA, SYNC, source="cursor")

    assert spans(known, "u1", "copilot") == []


def test_an_id_that_changed_hands_is_each_persons_for_their_time(known: Store) -> None:
    say(known, "seat 1", ANA, days=(JUNE, date(2026, 7, 14)))
    say(known, "seat 1", BO, days=(date(2026, 7, 15), OPEN_END))

    assert spans(known, "seat 1") == [(JUNE, date(2026, 7, 14), ANA), (date(2026, 7, 15), date(2026, 7, 31), BO)]


def test_an_old_address_of_an_old_address_leads_to_the_person_and_a_circle_ends(known: Store) -> None:
    say(known, "old@acme.example", "older@acme.example")
    say(known, "older@acme.example", ANA)
    say(known, "x@acme.example", "y@acme.example")
    say(known, "y@acme.example", "x@acme.example")

    assert spans(known, "old@acme.example") == [(JUNE, OPEN_END, ANA)]
    assert spans(known, "x@acme.example") == []


def test_a_plus_address_and_another_domain_are_the_same_person(known: Store) -> None:
    say(known, "@old.example", "@acme.example")

    assert spans(known, "ana+cursor@acme.example") == [(JUNE, OPEN_END, ANA)]
    assert spans(known, "ana@old.example") == [(JUNE, OPEN_END, ANA)]


def test_somebody_known_without_a_spell_is_somebody(known: Store) -> None:
    say(known, "u1", BO, days=(AUGUST, OPEN_END))
    with known.engine.connect() as connection:
        resolver = Resolver(connection, known.workspace_id)

        assert (resolver.spans("u1", "").spans, resolver.spans("u1", "").known) == ([], True)
        assert not resolver.spans("u2", "").known
        assert sorted(resolver.emails("u1")) == sorted(["u1", BO])
        assert resolver.anybody("ana+x@acme.example") == {ANA}
