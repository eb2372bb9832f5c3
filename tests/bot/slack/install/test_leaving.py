"""The app was taken out of a workspace that it has one token for."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Desktop
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import event


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
def test_it_is_acknowledged_and_said_in_the_log(
    desktop: Desktop, slack: FakeSlack, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = desktop.send(event({"type": kind}))

    assert response.status_code == 200
    assert f"Slack says {kind}" in caplog.text
    assert not slack.messages
