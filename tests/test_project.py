"""What the project promises as a whole: its top level, its requirements, its commands, the shape of its modules."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.shared import ROOT

TOP_LEVEL = {
    "bot",
    "storage",
    "tests",
    "findings",
    "pyproject.toml",
    "README.md",
    "Procfile",
    "Makefile",
    "manifest.json",
    "requirements.txt",
    "LICENSE",
    "CHANGELOG.md",
}
# Where packages come from is a matter of the machine, and so is where things lie on it.
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|index[-]url|trusted[-]host")
MACHINE_PATHS = re.compile(r"(?<![\w.:/-])/(?:work|root|home|opt|tmp|Users)/\w")
FIRST_LINE = re.compile(r'"""\s?[^\s"]')
CLASS = re.compile(r"^\s*class (\w+)[(:]", re.MULTILINE)
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@cache
def tracked() -> tuple[str, ...]:
    """The files that git knows of and that are still there."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git clone")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file())


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return tomllib.loads(text_of("pyproject.toml"))


def modules() -> Iterator[Path]:
    for package in ("bot", "storage"):
        yield from sorted((ROOT / package).rglob("*.py"))


def test_the_top_level_holds_what_was_agreed_and_dot_files() -> None:
    names = {name.split("/", 1)[0] for name in tracked()}

    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_no_file_names_a_package_registry_or_a_path_of_some_machine() -> None:
    found = []
    for name in tracked():
        try:
            text = text_of(name)
        except UnicodeDecodeError:
            continue  # a picture
        found += [(name, hit.group()) for rule in (REGISTRIES, MACHINE_PATHS) for hit in rule.finditer(text)]

    assert found == []


def test_every_requirement_is_pinned_with_hashes_and_no_address() -> None:
    text = text_of("requirements.txt")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]

    assert "://" not in text
    assert all(PIN.match(entry) and "--hash=sha256:" in entry for entry in entries)


def test_the_pins_fit_what_the_project_asks_for() -> None:
    pins = {name.lower().replace("_", "-"): version for name, version in PIN.findall(text_of("requirements.txt"))}
    wanted = [Requirement(line) for line in project()["project"]["dependencies"]]

    assert all(
        requirement.specifier.contains(pins[requirement.name.lower().replace("_", "-")]) for requirement in wanted
    )


def test_the_tools_of_the_tests_are_pinned() -> None:
    assert all("==" in line for line in project()["project"]["optional-dependencies"]["dev"])


def test_the_procfile_starts_the_three_processes() -> None:
    assert text_of("Procfile").splitlines() == [
        "web: fulcrum serve",
        "worker: fulcrum worker",
        "release: fulcrum migrate",
    ]
    assert project()["project"]["scripts"] == {"fulcrum": "bot.cli.main:main"}


def test_the_newest_release_of_the_changelog_is_the_projects_version() -> None:
    releases = re.findall(r"^## \[(\S+)\] - (\d{4}-\d{2}-\d{2})$", text_of("CHANGELOG.md"), re.MULTILINE)

    assert releases[0][0] == project()["project"]["version"]
    assert releases == sorted(releases, reverse=True)


# Modules whose test is another one than that at the mirrored path.
TESTED_TOGETHER = {
    # Columns and constraints alone: what all tables promise is in tests/storage/tables/test_declarations.py.
    *(f"storage/tables/{name}.py" for name in (
        "access", "advice", "digest", "installation", "organisation", "plans", "roster", "talk", "telemetry",
        "work",
    )),
    # Values alone, and the words of budgets, targets and forecasts: tests/bot/questions/plans/ and tests/storage/keep/.
    *(f"bot/questions/plans/{name}.py" for name in ("given", "history", "passing", "scopes")),
    "bot/sources/files/plan_values.py",
    "storage/plan_records.py",
    "storage/roster_records.py",
    "storage/load/fact_tables.py",
    # Random queries beside an independent computation: tests/storage/answer/test_compile.py.
    *(f"storage/answer/compile_{name}.py" for name in ("base", "usage", "work")),
    # Values alone, given back by what is tested beside them.
    "bot/slack/tools.py",
    "bot/questions/llm/failure.py",
    "bot/questions/periods/matches.py",
    "bot/sources/otlp/wire.py",
    "bot/statistics/forecast_values.py",
    # Run by `make reader`, with packages that only that installs.
    *(f"bot/questions/training/{name}.py" for name in ("batches", "export", "net", "recipe", "train")),
    # The clients' own messages, from bytes to facts: tests/bot/sources/otlp/test_clients.py and test_samples.py.
    *(f"bot/sources/otlp/{name}.py" for name in ("claude_code", "codex", "gemini_cli", "genai")),
}  # fmt: skip


def test_every_module_has_its_test_at_the_mirrored_path() -> None:
    without = {
        name
        for path in modules()
        if path.name != "__init__.py" and "migrations/versions" not in (name := path.relative_to(ROOT).as_posix())
        if not (ROOT / "tests" / path.relative_to(ROOT).with_name(f"test_{path.name}")).exists()
    }

    assert without - TESTED_TOGETHER == set()
    assert TESTED_TOGETHER - without == set()  # what has one of its own is no exception


# Parts of the reader whose names wait for the next change of that folder.
SHARED_NAMES = {"Scene"}


def test_a_class_name_is_used_once() -> None:
    defined = Counter(name for path in modules() for name in CLASS.findall(path.read_text("utf-8")))

    assert {name for name, times in defined.items() if times > 1} == SHARED_NAMES


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if path.stat().st_size and not FIRST_LINE.match(path.read_text("utf-8"))
    ]

    assert silent == []
