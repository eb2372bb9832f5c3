"""What readers were shown lately: their own answers, and those of a channel that they ask in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from storage.keep import shown
from storage.keep.audit import record
from storage.keep.shown import ShownLately
from tests.storage.keep.test_audit import ASKED, NOW

ANA, BEN = "ana@acme.example", "ben@acme.example"
SINCE = NOW - timedelta(days=90)


def told(engine: Engine, workspace_id: int, what: int, asker: str = ANA, channel: str = "", days_ago: int = 0) -> None:
    asked_at = NOW - timedelta(days=days_ago)
    question = replace(ASKED, asker=asker, channel=channel, asked_at=asked_at, shown=[{"what": what}])
    assert record(engine, workspace_id, question)


def number(data: Mapping[str, Any]) -> int:
    what: int = data["what"]
    return what


def known(engine: Engine, workspace_id: int, lately: ShownLately[int], asker: str = ANA, channel: str = "") -> set[int]:
    with engine.connect() as connection:
        return set(lately.to(connection, workspace_id, asker, channel, SINCE))


def test_a_reader_has_what_they_asked_and_a_channel_what_was_asked_in_it(engine: Engine, workspace_id: int) -> None:
    told(engine, workspace_id, 1)
    told(engine, workspace_id, 2, asker=BEN)
    told(engine, workspace_id, 3, asker=BEN, channel="C1")
    told(engine, workspace_id, 4, asker=BEN, channel="C2")
    lately = ShownLately(number)

    assert known(engine, workspace_id, lately) == {1}
    assert known(engine, workspace_id, lately, channel="C1") == {1, 3}
    assert known(engine, workspace_id, lately, asker=BEN) == {2, 3, 4}
    assert known(engine, workspace_id, lately, asker="", channel="C2") == {4}


def test_what_comes_later_is_read_and_what_is_old_is_let_go(engine: Engine, workspace_id: int) -> None:
    lately = ShownLately(number)
    told(engine, workspace_id, 1, days_ago=91)
    told(engine, workspace_id, 2, days_ago=89)
    assert known(engine, workspace_id, lately) == {2}

    told(engine, workspace_id, 3)
    assert known(engine, workspace_id, lately) == {2, 3}
    with engine.connect() as connection:
        assert lately.to(connection, workspace_id, ANA, "", NOW - timedelta(days=1)) == (3,)


def test_an_answer_of_another_process_and_one_without_figures(engine: Engine, workspace_id: int) -> None:
    first, second = ShownLately(number), ShownLately(number)
    assert known(engine, workspace_id, first) == known(engine, workspace_id, second) == set()
    told(engine, workspace_id, 1)
    assert record(engine, workspace_id, ASKED)

    assert known(engine, workspace_id, first) == known(engine, workspace_id, second) == {1}


def test_the_newest_questions_of_a_reader_are_looked_back_at(
    engine: Engine, workspace_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "MOST", 3)
    for what in range(5):
        told(engine, workspace_id, what)

    assert known(engine, workspace_id, ShownLately(number)) == {2, 3, 4}


def test_the_same_answer_given_again_is_one_value(engine: Engine, workspace_id: int) -> None:
    lately = ShownLately(lambda data: ("row", data["what"]))
    seen = []
    for _ in range(2):
        told(engine, workspace_id, 1)
        with engine.connect() as connection:
            seen.append(lately.to(connection, workspace_id, ANA, "", SINCE))
    of_each = [of_one for kept in lately._readers.values() for _, of_one in kept.questions.values()]
    assert seen == [(("row", 1),)] * 2
    assert len(of_each) == 2
    assert of_each[0][0] is of_each[1][0]
