"""`fulcrum settings`: every setting as its declaration has it, as a table of Markdown or as a file to fill in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.settings import FIELDS, declaration
from bot.sources.catalogue import declared

ENV_HEAD = """\
# Fulcrum reads its settings from the environment. To keep them in a file, copy this one to .env, take the # off
# what you set, and before `fulcrum` say:  set -a; . ./.env; set +a
"""


def markdown() -> str:
    """The settings as a table."""
    return "\n".join(["| setting | meaning | unset |", "| --- | --- | --- |", *_rows()])


def env() -> str:
    """The settings as a file for a shell, each with its default and commented out."""
    return "\n".join([ENV_HEAD.rstrip(), *_lines()])


def _rows() -> Iterator[str]:
    for name, setting in FIELDS.items():
        said = declaration(setting)
        unset = said.unset or (f"`{setting.default}`" if setting.default else "")
        yield f"| `{name}` | {said.meaning} | {unset} |"
    for name, meaning, without in declared(FIELDS):
        yield f"| `{name}` | {meaning} | {without} |"


def _lines() -> Iterator[str]:
    for name, setting in FIELDS.items():
        said = declaration(setting)
        yield f"\n# {said.meaning}" + (f"; unset: {said.unset}" if said.unset else "")
        yield f"# {name}={setting.default or ''}"
    for name, meaning, without in declared(FIELDS):
        yield f"\n# {meaning}" + (f"; unset: {without}" if without else "")
        yield f"# {name}="
