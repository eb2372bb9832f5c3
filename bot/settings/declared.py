"""The settings, read once from a mapping; everything that is wrong with them is said at once.

A setting is one field of `Settings`: its name in the environment, what it means, its default, how its text is read.
The table in `bot/README.md` and `.env.example` are printed from these fields (`fulcrum settings`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.errors import SettingsError
from bot.settings import values
from bot.settings.values import SMALLEST_GROUP, PeoplePolicy
from bot.sources.base import is_secret
from bot.sources.catalogue import read_settings
from bot.sources.http.addresses import web_address

__all__ = ["FIELDS", "PeoplePolicy", "Settings", "declaration", "load"]

DECLARATION = "declaration"  # the key of a field's metadata
MONTHS = 12
FEWEST_CONNECTIONS, MOST_CONNECTIONS = 5, 1_000  # 5: no job of the worker waits for another
LONGEST_RETENTION = 36_500  # days
MOST_PROCESSES = 10  # Slack lets an app have so many connections by Socket Mode
MOST_IDLE_COST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a field of `Settings` says of itself; `unset` is what its default means, where the value does not say it."""

    name: str
    meaning: str
    parse: Callable[[str], object]
    unset: str


def _setting(
    name: str, meaning: str, parse: Callable[[str], object] = str, unset: str = ""
) -> Mapping[str, Declaration]:
    """The metadata of a field of `Settings`."""
    return {DECLARATION: Declaration(name, meaning, parse, unset)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; secrets stay out of `repr`."""

    port: int = field(
        default=3000,
        metadata=_setting("PORT", "where `fulcrum serve` listens; 0 takes a free port", values.whole(0, 65_535)),
    )
    processes: int | None = field(
        default=None,
        metadata=_setting(
            "FULCRUM_PROCESSES",
            f"in how many processes `serve`, or `worker` with Socket Mode, answers: 1 to {MOST_PROCESSES}",
            values.whole(1, MOST_PROCESSES),
            unset="one a core, at most 4 (or `WEB_CONCURRENCY`), with 400 MB of memory each",
        ),
    )
    database_url: str = field(
        default="sqlite:///fulcrum.db",
        repr=False,  # it may hold a password
        metadata=_setting("DATABASE_URL", "the store: SQLite, or PostgreSQL (`postgresql://…`)", values.store),
    )
    connections: int = field(
        default=50,
        metadata=_setting(
            "FULCRUM_CONNECTIONS",
            "at most so many connections to PostgreSQL a process holds for reading, and as many for writing: together "
            "with those of the other processes no more than its `max_connections`",
            values.whole(FEWEST_CONNECTIONS, MOST_CONNECTIONS),
        ),
    )

    zone: ZoneInfo = field(
        default=ZoneInfo("UTC"),
        metadata=_setting("FULCRUM_ZONE", "the time zone that days are counted in", values.zone),
    )
    min_group: int = field(
        default=SMALLEST_GROUP,
        metadata=_setting(
            "FULCRUM_MIN_GROUP",
            f"the smallest group whose figures are shown, {SMALLEST_GROUP} or more",
            values.group,
        ),
    )
    people: PeoplePolicy = field(
        default="hidden",
        metadata=_setting(
            "FULCRUM_PEOPLE",
            "who sees other people's figures: `hidden` (nobody), `managers` (those they report to, at any distance), "
            "`everyone`",
            values.policy,
        ),
    )
    admins: frozenset[str] = field(
        default=frozenset(),
        metadata=_setting(
            "FULCRUM_ADMINS",
            "e-mails, between commas, of those who decide about workflows without an owner, and on App Home whose an "
            "unknown id is; they see no more figures than others",
            values.emails,
            unset="nobody",
        ),
    )
    fiscal_year_start: int | None = field(
        default=None,
        metadata=_setting(
            "FULCRUM_FISCAL_YEAR_START",
            "the first month of the fiscal year, 1 to 12",
            values.whole(1, MONTHS),
            unset="a question about one is asked back",
        ),
    )
    country: str = field(
        default="",
        metadata=_setting(
            "FULCRUM_COUNTRY",
            "two letters: the country whose public holidays make a week short",
            values.country,
            unset="no holidays",
        ),
    )

    idle_seat_cost: int = field(
        default=100,
        metadata=_setting(
            "FULCRUM_IDLE_SEAT_COST",
            "what idle seats cost a month, in the currency of reports, from which on the digest suggests taking them "
            "back",
            values.whole(0, MOST_IDLE_COST),
        ),
    )

    seat_names: frozenset[str] = field(
        default=frozenset(),
        metadata=_setting(
            "FULCRUM_SEAT_NAMES",
            "tools, between commas, whose vendor shows admins who holds a seat anyway: admins may list idle seats of "
            "these by name",
            values.names,
            unset="counts alone, but with `FULCRUM_PEOPLE=everyone`",
        ),
    )

    retention_days: int | None = field(
        default=None,
        metadata=_setting(
            "FULCRUM_RETENTION_DAYS",
            "after so many days the use of a month is nobody's any more; figures of teams stay",
            values.whole(1, LONGEST_RETENTION),
            unset="it stays theirs",
        ),
    )

    currency: str = field(
        default="USD",
        metadata=_setting(
            "FULCRUM_CURRENCY",
            "the currency that money is reported in, by the rates of `rates.csv` or `FULCRUM_RATES`",
            values.currency,
        ),
    )
    workspace: str = field(
        default="",
        metadata=_setting(
            "FULCRUM_WORKSPACE",
            "which organisation of the store the command line is about; `--workspace` comes first",
            unset="the first",
        ),
    )

    slack_bot_token: str = field(
        default="",
        repr=False,
        metadata=_setting("SLACK_BOT_TOKEN", "the app's token in your one workspace (`xoxb-…`)"),
    )
    slack_signing_secret: str = field(
        default="",
        repr=False,
        metadata=_setting("SLACK_SIGNING_SECRET", "proves that a request is Slack's; `fulcrum serve` needs it"),
    )
    slack_app_token: str = field(
        default="",
        repr=False,
        metadata=_setting(
            "SLACK_APP_TOKEN", "turns Socket Mode on in `fulcrum worker` (`xapp-…`)", values.token("xapp-"), unset="off"
        ),
    )
    slack_client_id: str = field(
        default="",
        metadata=_setting(
            "SLACK_CLIENT_ID", "with the client secret, in place of a bot token: many workspaces may install the app"
        ),
    )
    slack_client_secret: str = field(
        default="",
        repr=False,
        metadata=_setting("SLACK_CLIENT_SECRET", "its other half"),
    )
    token_keys: str = field(
        default="",
        repr=False,
        metadata=_setting(
            "FULCRUM_TOKEN_KEY",
            "seals the tokens of those workspaces in the store: 32 characters or more, and to change it the new one, a "
            "comma and the old one",
            values.keys,
            unset="the client secret seals them, and a new one makes them useless",
        ),
    )
    slack_api_url: str = field(
        default="https://slack.com/api/",
        metadata=_setting("SLACK_API_URL", "another address for Slack's Web API", values.api_url),
    )

    otlp_token: str = field(
        default="",
        repr=False,
        metadata=_setting(
            "FULCRUM_OTLP_TOKEN",
            "the bearer token with which clients send telemetry to `/v1/metrics`, `/v1/logs` and `/v1/traces`",
            unset="nothing is received",
        ),
    )
    ingest_token: str = field(
        default="",
        repr=False,
        metadata=_setting(
            "FULCRUM_INGEST_TOKEN",
            "the bearer token with which import files are sent to `/ingest`",
            unset="none is taken",
        ),
    )

    log: str = field(
        default="text",
        metadata=_setting(
            "FULCRUM_LOG", "how `serve` and `worker` write their log: `text`, or `json`, an object a line", values.log
        ),
    )

    openai_api_key: str = field(
        default="",
        repr=False,
        metadata=_setting(
            "OPENAI_API_KEY", "lets a language model read what the rules do not", unset="the rules alone"
        ),
    )
    openai_base_url: str = field(
        default="",
        metadata=_setting(
            "OPENAI_BASE_URL", "a server that speaks OpenAI's wire format", web_address, unset="OpenAI's own"
        ),
    )
    openai_model: str = field(default="", metadata=_setting("OPENAI_MODEL", "which model there", unset="gpt-5-mini"))

    # What vendors' sources are set to, by name; each source declares its own (`bot/sources/catalogue.py`).
    sources: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @property
    def tokens(self) -> Mapping[str, str]:
        """The tokens of what is sent to us, by the names of their settings."""
        return {"FULCRUM_OTLP_TOKEN": self.otlp_token, "FULCRUM_INGEST_TOKEN": self.ingest_token}

    @property
    def secrets(self) -> frozenset[str]:
        """All values that no log may show: those of secret settings, and the password in the store's URL."""
        own = (str(getattr(self, field.name)) for name, field in FIELDS.items() if is_secret(name))
        vendors = (value for name, value in self.sources.items() if is_secret(name))
        passwords = (urlsplit(url).password or "" for url in (self.database_url, *self.sources.values()) if ":" in url)
        return frozenset(filter(None, (*own, *vendors, *passwords)))

    def require(self, *names: str) -> None:
        """Raise `SettingsError` for those of these environment names that are not set."""
        missing = [name for name in names if not getattr(self, FIELDS[name].name)]
        if missing:
            raise SettingsError([f"{name} is not set" for name in missing])


def declaration(setting: Field[Any]) -> Declaration:
    """What a field of `Settings` says of itself."""
    found: Declaration = setting.metadata[DECLARATION]
    return found


FIELDS: Mapping[str, Field[Any]] = {
    declaration(setting).name: setting for setting in fields(Settings) if DECLARATION in setting.metadata
}


def load(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; an empty value counts as not set. Raises `SettingsError` with every problem."""
    read: dict[str, Any] = {}
    problems: list[str] = []
    for name, setting in FIELDS.items():
        raw = environ.get(name, "").strip()
        if not raw:
            continue
        try:
            read[setting.name] = declaration(setting).parse(raw)
        except ValueError as error:
            problems.append(f"{name}: {error}")
    problems += _slack_mode(environ)
    sources, wrong = read_settings(environ)
    if problems or wrong:
        raise SettingsError([*problems, *wrong])
    return Settings(**read, sources=sources)


def _slack_mode(environ: Mapping[str, str]) -> list[str]:
    """What is wrong with the choice between one workspace and many."""
    pair = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
    there = [name for name in pair if environ.get(name, "").strip()]
    if len(there) == 1:
        other = next(name for name in pair if name not in there)
        return [f"{there[0]} is set without {other}: installing into many workspaces needs both"]
    if there and environ.get("SLACK_BOT_TOKEN", "").strip():
        return [
            "SLACK_BOT_TOKEN is set beside SLACK_CLIENT_ID: take the token away for many workspaces, "
            "or the client id and secret for one"
        ]
    return []
