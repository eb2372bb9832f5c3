"""Where facts wait before they join the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from storage.load.writes import LoadOf, save_usage
from storage.records import UsageRecord
from tests.storage.load.facts import ids_of, use


@pytest.mark.dialect
def test_what_a_source_raises_leaves_the_store_as_it_was(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use()])
    before = ids_of(engine)

    def half() -> Iterator[UsageRecord]:
        yield use("k1", input_tokens=99)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        save_usage(engine, load, half())

    assert ids_of(engine) == before
