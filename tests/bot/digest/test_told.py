"""A digest in the audit log: what its readers have been told exactly, and no figure."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from bot.digest.told import PLACE, as_question
from storage.answer.privacy import Viewer
from storage.answer.shown import shown_from_json
from tests.bot.digest.company import Company
from tests.bot.digest.conftest import Store

NOW = datetime(2026, 3, 25, 9, tzinfo=UTC)


def test_the_figures_of_its_text_are_known_to_whoever_read_it(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    digest = store.digest(company, team="Care")

    logged = as_question(digest, NOW, channel="C1")
    headline = shown_from_json(logged.shown[0])

    assert (logged.place, logged.engine, logged.status) == (PLACE, PLACE, "answered")
    assert (logged.asked_at, logged.asker, logged.channel) == (NOW, "", "C1")
    assert logged.text == f"digest of {digest.week} of Care"
    assert [(condition.dimension, condition.values) for condition in headline.conditions] == [("team", ("Care",))]
    assert [(window.start, window.end) for window in headline.windows] == [(digest.week.monday, digest.week.sunday)]
    assert {"tokens", "cost"} <= headline.kinds


def test_so_are_those_of_its_thread(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    digest = store.digest(company, viewer=Viewer())

    logged = as_question(digest, NOW, asker="ana@company.example")

    assert logged.asker == "ana@company.example"
    in_thread = [shown.to_json() for answer in digest.details for shown in answer.shown]
    assert in_thread
    assert list(logged.shown[1:]) == in_thread


def test_no_figure_is_in_it(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    digest = store.digest(company)

    kept = json.dumps([logged for logged in as_question(digest, NOW).shown])
    figures = [value for value in digest.figures.values() if value is not None and value > 100]
    assert figures
    assert not any(str(value) in kept or str(round(value)) in kept for value in figures)


def test_a_week_that_is_hidden_tells_no_headline(store: Store) -> None:
    company = Company(teams={"Build": 8, "Law": 3})
    company.save(store.writing)
    digest = store.digest(company, team="Law", viewer=Viewer())

    assert digest.hidden
    assert list(as_question(digest, NOW).shown) == [
        shown.to_json() for answer in digest.details for shown in answer.shown
    ]
