"""Who may read what: the people policy for an asker, and the least privileged reader of a place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.answers.answer import Audience
from bot.questions.viewer import asking, reading_along
from bot.settings import PeoplePolicy
from storage.answer.privacy import OPERATOR
from storage.names import Directory, PersonName
from tests.bot.questions.organisations import harbourline

MANAGERS = {"lead": "boss", "maker": "lead", "apprentice": "maker", "boss": "", "other": "boss"}


@pytest.fixture
def directory() -> Directory:
    return led_by(MANAGERS)


def led_by(managers: dict[str, str]) -> Directory:
    people = tuple(
        PersonName(number, email, email, "employee", ("Care",), manager)
        for number, (email, manager) in enumerate(managers.items())
    )
    return replace(harbourline(), people=people)


def others(email: str | None, policy: PeoplePolicy, directory: Directory) -> set[str] | None:
    found = asking(email, False, policy, 5, directory).others
    return None if found is None else set(found)


def test_the_operator_sees_all_whatever_the_policy(directory: Directory) -> None:
    assert asking(None, True, "hidden", 5, directory) is OPERATOR


def test_a_policy_opens_the_figures_of_nobody_of_reports_or_of_everybody(directory: Directory) -> None:
    assert others("lead", "hidden", directory) == set()
    assert others("lead", "managers", directory) == {"maker", "apprentice"}
    assert others("boss", "managers", directory) == {"lead", "maker", "apprentice", "other"}
    assert others("apprentice", "managers", directory) == set()
    assert others("lead", "everyone", directory) is None, "None is no limit"
    assert others(None, "managers", directory) == set()


def test_a_circle_of_managers_ends_and_nobody_reports_to_themselves() -> None:
    circle = led_by({"a": "b", "b": "a", "c": "c"})

    assert others("a", "managers", circle) == {"b"}
    assert others("c", "managers", circle) == set()


def test_the_asker_is_who_it_is_with_the_smallest_group_of_the_settings(directory: Directory) -> None:
    viewer = asking("lead", False, "hidden", 9, directory)

    assert (viewer.email, viewer.min_group) == ("lead", 9)


def test_where_others_read_along_nobodys_own_figures_are_open() -> None:
    members = reading_along(Audience.MEMBERS, "managers", 7)

    assert members is not None
    assert (members.email, members.others, members.min_group) == (None, frozenset(), 7)
    everyone = reading_along(Audience.MEMBERS, "everyone", 5)
    assert everyone is not None
    assert everyone.others is None


@pytest.mark.parametrize("policy", ["hidden", "managers", "everyone"])
def test_where_guests_read_along_there_is_no_viewer_at_all(policy: PeoplePolicy) -> None:
    assert reading_along(Audience.OPEN, policy, 5) is None
