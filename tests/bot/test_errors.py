"""What went wrong, said to whoever can act on it."""

from __future__ import annotations

from bot.errors import SettingsError


def test_every_bad_setting_has_a_line_of_its_own_and_can_be_read_apart() -> None:
    error = SettingsError(["FULCRUM_ZONE must be a time zone", "DATABASE_URL is not set"])

    assert str(error).splitlines() == [
        "These settings need attention:",
        "  FULCRUM_ZONE must be a time zone",
        "  DATABASE_URL is not set",
    ]
    assert error.problems == ("FULCRUM_ZONE must be a time zone", "DATABASE_URL is not set")
