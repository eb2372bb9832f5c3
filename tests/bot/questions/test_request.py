"""A question with nothing said about its asker is nobody's, and only for who asked."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Audience
from bot.questions.request import AskRequest


def test_nobody_is_an_operator_and_nothing_is_public_unless_it_is_said() -> None:
    request = AskRequest(workspace_id=1, text="cost", asker_email=None)

    assert not request.operator
    assert request.audience is Audience.PRIVATE
    assert (request.thread, request.as_of, request.channel) == (None, None, "")


def test_who_asks_has_to_be_said() -> None:
    with pytest.raises(TypeError, match="asker_email"):
        AskRequest(workspace_id=1, text="cost")  # type: ignore[call-arg]
