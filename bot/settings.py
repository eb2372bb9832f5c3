"""The settings, read once from a mapping; everything that is wrong with them is said at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.errors import SettingsError

PeoplePolicy = Literal["hidden", "managers", "everyone"]

SLACK_API_URL = "https://slack.com/api/"
SMALLEST_GROUP = 5  # the contract's floor: a setting may raise it, none may lower it
MONTHS = 12

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; secrets stay out of `repr`."""

    port: int = 3000
    database_url: str = field(default="sqlite:///fulcrum.db", repr=False)  # it may hold a password

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    min_group: int = SMALLEST_GROUP
    people: PeoplePolicy = "hidden"
    admins: frozenset[str] = frozenset()
    fiscal_year_start: int | None = None
    country: str = ""

    slack_bot_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = field(default="", repr=False)
    slack_api_url: str = SLACK_API_URL

    openai_api_key: str = field(default="", repr=False)
    openai_base_url: str = ""
    openai_model: str = ""

    def require(self, *names: str) -> None:
        """Raise `SettingsError` for those of these environment names that are not set."""
        missing = [name for name in names if not getattr(self, FIELDS[name])]
        if missing:
            raise SettingsError([f"{name} is not set" for name in missing])


FIELDS: Mapping[str, str] = {
    "PORT": "port",
    "DATABASE_URL": "database_url",
    "FULCRUM_ZONE": "zone",
    "FULCRUM_MIN_GROUP": "min_group",
    "FULCRUM_PEOPLE": "people",
    "FULCRUM_ADMINS": "admins",
    "FULCRUM_FISCAL_YEAR_START": "fiscal_year_start",
    "FULCRUM_COUNTRY": "country",
    "SLACK_BOT_TOKEN": "slack_bot_token",
    "SLACK_SIGNING_SECRET": "slack_signing_secret",
    "SLACK_APP_TOKEN": "slack_app_token",
    "SLACK_CLIENT_ID": "slack_client_id",
    "SLACK_CLIENT_SECRET": "slack_client_secret",
    "SLACK_API_URL": "slack_api_url",
    "OPENAI_API_KEY": "openai_api_key",
    "OPENAI_BASE_URL": "openai_base_url",
    "OPENAI_MODEL": "openai_model",
}


def load(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; an empty value counts as not set. Raises `SettingsError` with every problem."""
    values: dict[str, object] = {}
    problems: list[str] = []
    for name, attribute in FIELDS.items():
        raw = environ.get(name, "").strip()
        if not raw:
            continue
        try:
            values[attribute] = PARSERS.get(name, str)(raw)
        except ValueError as error:
            problems.append(f"{name}: {error}")
    problems += _halves(environ)
    if problems:
        raise SettingsError(problems)
    return Settings(**values)  # type: ignore[arg-type]  # each value came from its own parser


def _halves(environ: Mapping[str, str]) -> list[str]:
    pair = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
    there = [name for name in pair if environ.get(name, "").strip()]
    if len(there) != 1:
        return []
    other = next(name for name in pair if name not in there)
    return [f"{there[0]} is set without {other}: installing into many workspaces needs both"]


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(raw: str) -> int:
        if not (raw.isascii() and raw.isdigit()) or not low <= int(raw) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}, not {raw!r}")
        return int(raw)

    return parse


def _group(raw: str) -> int:
    return max(SMALLEST_GROUP, _whole(1, 1_000_000)(raw))


def _zone(raw: str) -> ZoneInfo:
    try:
        return ZoneInfo(raw)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"must be a time zone like 'Europe/Berlin', not {raw!r}") from None


def _policy(raw: str) -> str:
    if raw.lower() not in get_args(PeoplePolicy):
        raise ValueError(f"must be one of {', '.join(get_args(PeoplePolicy))}, not {raw!r}")
    return raw.lower()


def _emails(raw: str) -> frozenset[str]:
    emails = [part.strip().lower() for part in raw.replace(";", ",").split(",") if part.strip()]
    wrong = [email for email in emails if email.count("@") != 1 or not all(email.split("@"))]
    if wrong:
        raise ValueError(f"must be e-mail addresses separated by commas, not {', '.join(map(repr, wrong))}")
    return frozenset(emails)


def _country(raw: str) -> str:
    if len(raw) != 2 or not (raw.isascii() and raw.isalpha()):
        raise ValueError(f"must be a two-letter country code like 'DE', not {raw!r}")
    return raw.upper()


def _store(raw: str) -> str:
    # The value is never repeated: it may hold a password.
    if not raw.lower().startswith(("sqlite:", "postgres:", "postgresql:", "postgresql+psycopg:")):
        raise ValueError("must start with sqlite:///, postgresql:// or postgres://")
    return raw


def _url(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http or https address")
    return raw


def _api_url(raw: str) -> str:
    return _url(raw).rstrip("/") + "/"


def _token(prefix: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if not raw.startswith(prefix):
            raise ValueError(f"must start with {prefix!r}")
        return raw

    return parse


PARSERS: Mapping[str, Callable[[str], object]] = {
    "PORT": _whole(0, 65_535),  # 0 lets the system choose
    "DATABASE_URL": _store,
    "FULCRUM_ZONE": _zone,
    "FULCRUM_MIN_GROUP": _group,
    "FULCRUM_PEOPLE": _policy,
    "FULCRUM_ADMINS": _emails,
    "FULCRUM_FISCAL_YEAR_START": _whole(1, MONTHS),
    "FULCRUM_COUNTRY": _country,
    "SLACK_APP_TOKEN": _token("xapp-"),
    "SLACK_API_URL": _api_url,
    "OPENAI_BASE_URL": _url,
}
