"""Takes keys out of texts that are shown, logged or kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from bot.sources.base import is_secret

GONE = "…"
SHORTEST = 6  # letters; a shorter "key" is a placeholder, and would tear words apart
# What looks like a key or a signed link, whoever's it is: vendors repeat keys in their own words, also in part.
LIKE_A_KEY = re.compile(
    r"\b(?:sk|xox[a-z]|gh[a-z]|github_pat|key|pat|whsec|crsr)[-_][A-Za-z0-9*._-]{12,}|Bearer\s+\S+|Basic\s+\S+"
)
QUERY = re.compile(r"(https?://[^\s?#]+)[?#]\S+")


def secrets_of(settings: Mapping[str, str], headers: Mapping[str, str]) -> tuple[str, ...]:
    """The values that must never be seen: of secret settings, and of the headers made of them."""
    values = [value for name, value in settings.items() if is_secret(name)]
    for name, value in headers.items():
        if name.lower() in ("authorization", "x-api-key", "cookie") or any(held and held in value for held in values):
            values += [value, value.partition(" ")[2]]
    return tuple(sorted({value for value in values if len(value) >= SHORTEST}, key=len, reverse=True))


def cleaner(secrets: Iterable[str]) -> Callable[[str], str]:
    """`redacted` for these secrets; those too short to be any are left out."""
    hidden = sorted({secret for secret in secrets if len(secret) >= SHORTEST}, key=len, reverse=True)
    return lambda text: redacted(text, hidden)


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these secrets, without what looks like a key, and without the query of any address."""
    for secret in secrets:
        text = text.replace(secret, GONE)
    return LIKE_A_KEY.sub(GONE, QUERY.sub(rf"\1?{GONE}", text))
