"""What every test starts from: repeatable random examples and no settings of the machine."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")

SETTINGS = ("SLACK_", "OPENAI_", "FULCRUM_", "DATABASE_URL")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(SETTINGS) and name != "FULCRUM_SHARED"]:
        monkeypatch.delenv(name)
