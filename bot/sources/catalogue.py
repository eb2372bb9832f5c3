"""Every vendor that is read by itself, in the order in which `fulcrum sources` lists them, and what they are set to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from bot.sources.anthropic import ANTHROPIC
from bot.sources.base import VendorSource
from bot.sources.chatgpt import CHATGPT
from bot.sources.cursor import CURSOR
from bot.sources.ecb import ECB
from bot.sources.github import GITHUB
from bot.sources.http.addresses import web_address
from bot.sources.jira import JIRA
from bot.sources.litellm.source import LITELLM
from bot.sources.openai import OPENAI
from bot.sources.pagerduty import PAGERDUTY
from bot.sources.scim import SCIM
from bot.sources.slack_roster import SLACK
from bot.sources.zendesk import ZENDESK

# Rosters come first, so that use that comes after them is somebody's.
SOURCES: tuple[VendorSource, ...] = (
    *(SLACK, SCIM),
    *(OPENAI, CHATGPT, ANTHROPIC, GITHUB, CURSOR, LITELLM),
    *(JIRA, PAGERDUTY, ZENDESK),
    ECB,
)


def read_settings(environ: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """What the environment has for sources, by name, and a sentence for each value that cannot be."""
    found: dict[str, str] = {}
    problems: list[str] = []
    for source in SOURCES:
        for name in source.settings:
            said = environ.get(name, "").strip()
            if said and name not in found:
                found[name] = said
                problems += _problems(source, name, said)
    return found, problems


def settings_of(source: VendorSource, settings: Mapping[str, str]) -> dict[str, str]:
    """A source's own settings, those that are there."""
    return {name: settings[name] for name in source.settings if settings.get(name)}


def declared(known: Collection[str] = ()) -> Iterator[tuple[str, str, str]]:
    """Each setting of a source that is not known otherwise: its name, what it means, and what holds without it."""
    seen = {*known}
    for source in SOURCES:
        for name in source.settings:
            if name not in seen:
                seen.add(name)
                yield name, _meaning(source, name), _without(source, name)


def _meaning(source: VendorSource, name: str) -> str:
    other = f"another address for {source.label}, without `/v1`" if name == source.url_setting else ""
    return source.meanings.get(name, other)


def _without(source: VendorSource, name: str) -> str:
    if name in source.needs:
        return f"{source.label} is not read"
    return source.base_url if name == source.url_setting else ""


def _problems(source: VendorSource, name: str, said: str) -> list[str]:
    words = source.choices.get(name, ())
    if words and said.lower() not in words:
        return [f"{name}: must be {' or '.join(words)}, not {said!r}"]
    try:
        if name == source.url_setting:
            web_address(said)
    except ValueError as error:
        return [f"{name}: {error}"]
    return []
