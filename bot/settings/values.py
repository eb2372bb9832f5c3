"""From the text of a setting to its value; what cannot be meant raises ValueError, and no secret is repeated in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from bot.sources.http.addresses import web_address

PeoplePolicy = Literal["hidden", "managers", "everyone"]

SHORTEST_KEY = 32
SMALLEST_GROUP = 5  # the contract's floor: a setting may raise it, none may lower it


def whole(low: int, high: int) -> Callable[[str], int]:
    """Reads a whole number between two, both included."""

    def parse(raw: str) -> int:
        if not (raw.isascii() and raw.isdigit()) or not low <= int(raw) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}, not {raw!r}")
        return int(raw)

    return parse


def group(raw: str) -> int:
    """A group's size. One under the floor is refused: whoever sets it would believe that it holds."""
    return whole(SMALLEST_GROUP, 1_000_000)(raw)


def zone(raw: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(raw)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"must be a time zone like 'Europe/Berlin', not {raw!r}") from None


def policy(raw: str) -> str:
    """A word of `PeoplePolicy`."""
    if raw.lower() not in get_args(PeoplePolicy):
        raise ValueError(f"must be one of {', '.join(get_args(PeoplePolicy))}, not {raw!r}")
    return raw.lower()


def keys(raw: str) -> str:
    """Keys between commas, the one in use first. The value is never repeated."""
    found = [key.strip() for key in raw.split(",") if key.strip()]
    if any(len(key) < SHORTEST_KEY for key in found) or not found:
        raise ValueError(f"must be {SHORTEST_KEY} characters or more, such as `openssl rand -hex 32` makes them")
    return ",".join(found)


def log(raw: str) -> str:
    """How the log is written."""
    if raw.lower() not in ("text", "json"):
        raise ValueError(f"must be text or json, not {raw!r}")
    return raw.lower()


def emails(raw: str) -> frozenset[str]:
    """E-mail addresses between commas, in lower case."""
    found = [part.strip().lower() for part in raw.replace(";", ",").split(",") if part.strip()]
    wrong = [email for email in found if email.count("@") != 1 or not all(email.split("@"))]
    if wrong:
        raise ValueError(f"must be e-mail addresses separated by commas, not {', '.join(map(repr, wrong))}")
    return frozenset(found)


def names(raw: str) -> frozenset[str]:
    """Names between commas."""
    return frozenset(part.strip() for part in raw.split(",") if part.strip())


def currency(raw: str) -> str:
    """A currency's three letters."""
    if len(raw) != 3 or not (raw.isascii() and raw.isalpha()):
        raise ValueError(f"must be a currency's three letters like 'EUR', not {raw!r}")
    return raw.upper()


def country(raw: str) -> str:
    """A country's two letters."""
    if len(raw) != 2 or not (raw.isascii() and raw.isalpha()):
        raise ValueError(f"must be a two-letter country code like 'DE', not {raw!r}")
    return raw.upper()


def store(raw: str) -> str:
    """A database's URL. The value is never repeated: it may hold a password."""
    if not raw.lower().startswith(("sqlite:", "postgres:", "postgresql:", "postgresql+psycopg:")):
        raise ValueError("must start with sqlite:///, postgresql:// or postgres://")
    return raw


def api_url(raw: str) -> str:
    """A web address that method names are put behind."""
    return web_address(raw).rstrip("/") + "/"


def token(prefix: str) -> Callable[[str], str]:
    """Takes a token of one kind alone."""

    def parse(raw: str) -> str:
        if not raw.startswith(prefix):
            raise ValueError(f"must start with {prefix!r}")
        return raw

    return parse
