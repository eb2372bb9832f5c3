"""The dictionaries of facts: a word has one number in the store, whoever says it."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from storage.load.writes import LoadOf, save_usage
from storage.records import PricingRecord
from storage.tables import Allocation, Feed, Pricing, Stream, Subject
from tests.storage.load.facts import TUESDAY, use


def count(engine: Engine, table: type[Feed] | type[Subject] | type[Stream] | type[Allocation] | type[Pricing]) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def test_words_that_are_known_are_found_again_in_later_loads(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("a"), use("b", subject="bo@acme.example"), use("c", tool="chat")])
    save_usage(engine, load, [use("d", TUESDAY), use("e", TUESDAY, subject="cy@acme.example")])

    assert (count(engine, Subject), count(engine, Stream), count(engine, Feed)) == (3, 2, 1)


def test_feeds_of_one_source_and_what_use_is_booked_to_are_words_too(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("a", project="alpha"), use("a", feed="second", project="alpha"), use("b")])

    assert (count(engine, Feed), count(engine, Allocation)) == (2, 1), "what is booked to nothing needs no word"


def test_rows_priced_alike_share_their_pricing(engine: Engine, load: LoadOf) -> None:
    euros = PricingRecord(currency="EUR")
    save_usage(engine, load, [use("a", pricing=euros), use("b", pricing=euros), use("c")])

    assert count(engine, Pricing) == 1
