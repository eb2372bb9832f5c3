"""What a name means to the advice."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from storage.answer.privacy import OPERATOR
from tests.bot.advice.conftest import AS_OF, Company


def test_names_near_a_workflow_find_it_and_others_are_asked_back(company: Company) -> None:
    assert company.advice.workflow(company.workspace, "ACCOUNT", AS_OF, OPERATOR).card.workflow == "account notes"
    with pytest.raises(UserError, match="contract review"):
        company.advice.workflow(company.workspace, "contrct review", AS_OF, OPERATOR)
    with pytest.raises(UserError, match="no team"):
        company.advice.offload(company.workspace, "Nowhere", AS_OF, OPERATOR)
