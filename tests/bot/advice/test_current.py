"""The values that a form opens with: those that the workflow is reckoned with, each with its source."""

from __future__ import annotations

import pytest

from bot.advice.inputs import triangle_of
from bot.advice.values import Grade
from bot.errors import UserError
from tests.bot.advice.conftest import AS_OF, OWNER, Company

STRANGER = "sales1@x.example"


def test_a_form_opens_with_what_is_reckoned_with_and_where_that_is_from(company: Company) -> None:
    now = company.advice.opening(company.workspace, "ticket answering", OWNER, AS_OF, owner=False)

    assert triangle_of(now["minutes"].value).mode > 0
    assert (now["error_class"].grade, now["error_class"].source != "") == (Grade.D, True) or now["error_class"].value
    assert "intent" not in now


def test_what_an_owner_puts_in_is_there_the_next_time(company: Company) -> None:
    company.advice.put_in(company.workspace, "ticket answering", {"briefing": "1-2-4", "intent": "Fast"}, OWNER, AS_OF)

    now = company.advice.opening(company.workspace, "ticket answering", OWNER, AS_OF, owner=True)

    assert (now["briefing"].value, now["briefing"].grade) == ("1-2-4", Grade.C)
    assert now["intent"].value == "Fast"


def test_values_sent_as_they_were_are_nobodys_word(company: Company) -> None:
    advice, workspace = company.advice, company.workspace
    now = advice.opening(workspace, "ticket answering", OWNER, AS_OF, owner=False)
    same = {name: given.value for name, given in now.items()}

    told = advice.put_in(workspace, "ticket answering", same, OWNER, AS_OF)

    assert told.startswith("Nothing was changed")
    assert advice.opening(workspace, "ticket answering", OWNER, AS_OF, owner=False) == now
    assert "1 value of yours" in advice.put_in(workspace, "ticket answering", same | {"volume": "77"}, OWNER, AS_OF)


def test_a_form_that_would_be_refused_is_refused_before_it_opens_with_the_owners_name(company: Company) -> None:
    with pytest.raises(UserError, match=r"its owner \(.+\) alone"):
        company.advice.opening(company.workspace, "ticket answering", STRANGER, AS_OF, owner=True)


def test_rights_are_those_of_who_asks(company: Company) -> None:
    owner = company.advice.rights(company.workspace, OWNER, AS_OF)["ticket answering"]
    stranger = company.advice.rights(company.workspace, STRANGER, AS_OF)["ticket answering"]

    assert (owner.act, owner.decide) == (True, True)
    assert (stranger.act, stranger.decide) == (False, False)
