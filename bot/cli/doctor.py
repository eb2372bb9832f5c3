"""`fulcrum doctor`: looks at everything that Fulcrum needs, one line each, with what to do where something is wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.text import Text

from bot.cli.health import Finding, State
from bot.errors import SettingsError
from bot.settings import load

STYLES: Mapping[State, str] = {"ok": "green", "warn": "yellow", "wrong": "red", "off": "dim"}


def run(as_json: bool, workspace: str) -> int:
    """Look at everything; 1 where something is wrong."""
    found = [*findings(os.environ, workspace)]
    if as_json:
        print(json.dumps([finding.to_json() for finding in found], indent=2, ensure_ascii=False))
    else:
        console = Console()
        for finding in found:
            line = Text.assemble((f"{finding.state:<6}", STYLES[finding.state]), f"{finding.about}: {finding.says}.")
            console.print(line + Text(f" {finding.todo}" if finding.todo else ""), soft_wrap=True)
    return int(any(finding.state == "wrong" for finding in found))


def findings(environ: Mapping[str, str], workspace: str = "") -> Iterator[Finding]:
    """All that is found; without settings that can be read there is nothing more to look at."""
    from bot.cli import health, health_outside

    try:
        settings = load(environ)
    except SettingsError as error:
        for problem in error.problems:
            yield Finding("settings", "wrong", problem, "Set it right, or take it away.")
        return
    yield health.of_settings(settings)
    yield from health.of_store(settings, workspace)
    yield from health_outside.of_slack(settings)
    yield health_outside.of_model(settings)
