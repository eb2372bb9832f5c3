"""The settings, good and bad."""

from __future__ import annotations

import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest

from bot.errors import SettingsError
from bot.questions.llm.engine import MODEL
from bot.settings import FIELDS, Settings, declaration, load
from tests.shared import ROOT


def test_reading_settings_waits_for_no_store_and_no_vendor() -> None:
    program = (
        "import sys, bot.settings; print(sorted({'sqlalchemy', 'httpx2', 'genai_prices', 'rich'} & {*sys.modules}))"
    )

    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert told.stdout == "[]\n"


def test_nothing_set_gives_the_defaults() -> None:
    settings = load({})

    assert settings == Settings()
    assert (settings.port, settings.database_url, settings.people) == (3000, "sqlite:///fulcrum.db", "hidden")
    assert (settings.min_group, settings.zone) == (5, ZoneInfo("UTC"))


def test_every_setting_is_read() -> None:
    settings = load(
        {
            "PORT": "8080",
            "DATABASE_URL": "postgres://u:p@h/db",
            "FULCRUM_ZONE": "Europe/Berlin",
            "FULCRUM_MIN_GROUP": "8",
            "FULCRUM_PEOPLE": "Managers",
            "FULCRUM_ADMINS": "Ana@x.example, bo@x.example",
            "FULCRUM_FISCAL_YEAR_START": "4",
            "FULCRUM_COUNTRY": "de",
            "SLACK_API_URL": "http://127.0.0.1:9000/api",
            "SLACK_APP_TOKEN": "xapp-1",
        }
    )

    assert settings.admins == {"ana@x.example", "bo@x.example"}
    assert (settings.people, settings.country, settings.fiscal_year_start) == ("managers", "DE", 4)
    assert (settings.min_group, settings.port) == (8, 8080)
    assert settings.slack_api_url == "http://127.0.0.1:9000/api/"


def test_every_field_has_a_name_in_the_environment() -> None:
    assert [setting.name for setting in FIELDS.values()] == [name for name in Settings.__slots__ if name != "sources"]
    assert all(name == name.upper() and declaration(setting).meaning for name, setting in FIELDS.items())


def test_what_is_said_of_the_unset_model_is_the_model_that_is_asked() -> None:
    assert declaration(FIELDS["OPENAI_MODEL"]).unset == MODEL


def test_an_empty_value_counts_as_not_set() -> None:
    assert load({"PORT": " ", "FULCRUM_ZONE": ""}) == Settings()


def test_a_group_smaller_than_five_is_refused_aloud() -> None:
    with pytest.raises(SettingsError, match="FULCRUM_MIN_GROUP: must be a whole number from 5 to 1000000, not '3'"):
        load({"FULCRUM_MIN_GROUP": "3"})


def test_one_workspace_and_many_cannot_both_be_meant() -> None:
    many = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s3cret"}

    assert load(many).slack_client_id == "1.2"
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN is set beside SLACK_CLIENT_ID"):
        load(many | {"SLACK_BOT_TOKEN": "xoxb-1"})


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = {
        "PORT": "http",
        "DATABASE_URL": "mysql://root:hunter2@h/db",
        "FULCRUM_ZONE": "Mars/Olympus",
        "FULCRUM_MIN_GROUP": "0",
        "FULCRUM_PEOPLE": "nobody",
        "FULCRUM_ADMINS": "ana",
        "FULCRUM_FISCAL_YEAR_START": "13",
        "FULCRUM_COUNTRY": "Germany",
        "SLACK_APP_TOKEN": "xoxb-secret",
        "SLACK_API_URL": "slack.example",
        "SLACK_CLIENT_ID": "1.2",
    }

    with pytest.raises(SettingsError) as caught:
        load(wrong)

    told = str(caught.value)
    assert all(name in told for name in wrong)
    assert "hunter2" not in told
    assert "xoxb-secret" not in told


def test_no_secret_is_in_the_representation() -> None:
    secret = {
        name: {
            "DATABASE_URL": "sqlite:///s3cret",
            "SLACK_APP_TOKEN": "xapp-s3cret",
            "FULCRUM_TOKEN_KEY": "s3cret" * 6,
        }.get(name, "s3cret")
        for name in FIELDS
        if name.endswith(("TOKEN", "SECRET", "KEY")) or name == "DATABASE_URL"
    }

    one = load({name: value for name, value in secret.items() if name != "SLACK_CLIENT_SECRET"})
    many = load({**secret, "SLACK_CLIENT_ID": "1.2", "SLACK_BOT_TOKEN": ""})

    assert (one.slack_bot_token, many.slack_client_secret) == ("s3cret", "s3cret")
    assert "s3cret" not in f"{one!r}{many!r}"


def test_what_a_process_needs_is_asked_for_by_name() -> None:
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET is not set"):
        Settings().require("SLACK_SIGNING_SECRET", "PORT")

    Settings(slack_signing_secret="x").require("SLACK_SIGNING_SECRET")
