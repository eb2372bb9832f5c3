"""A digest computed for whoever reads it, in one pass over the store and one advice."""

from __future__ import annotations

from bot.digest.actions import Action, WeekAdvice
from bot.digest.compute import DigestRequest, compute
from bot.digest.week import week_of
from bot.settings import Settings
from storage.answer.privacy import OPERATOR
from storage.names import read_directory
from storage.workspaces import default_workspace
from tests.bot.digest.company import Company
from tests.bot.digest.conftest import LAST, Store

ACTION = Action(workflow="notes", team="Care", stage="assist", p10=1.0, p50=2.0, p90=4.0)


def test_the_advice_of_the_week_is_its_action_and_what_trials_brought_stands_below(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    week = week_of(company.monday(LAST))
    request = DigestRequest(week=week, team=None, viewer=OPERATOR, notes=("Late.",), email="care0@company.example")
    advice = WeekAdvice(action=ACTION, ended=("The trial of notes ended as predicted.",))

    with store.reading.connect() as connection:
        directory = read_directory(connection, default_workspace(connection))
        digest = compute(connection, directory, request, Settings(), week.sunday, advice)

    assert digest.action == ACTION
    assert "Late." in digest.text
    assert "Try next: notes (Care), assist stage, about 2 h a week (1 to 4)." in digest.text
    assert [answer.title for answer in digest.details[-2:]] == ["what came of it, 2026-W12", "you yourself, 2026-W12"]
