"""What every test starts from: repeatable random examples and no settings of the machine."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.demo.generate import SEED, organisation
from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.schema import migrate
from storage.workspaces import default_workspace
from tests.budget import WHOLE, spent, verdict
from tests.once import collect_less, compile_once, keep_what_is_there, migrate_once, read_certificates_once
from tests.rewriting import rewrite_share
from tests.sampling import ALL, mark_examples, size, unsampled_on_postgres
from tests.tables import tables
from tests.temporary import keep_in_memory

pytest_plugins = ["pytester"]
keep_in_memory()
compile_once()
migrate_once()
read_certificates_once()
collect_less()

LARKSPUR_DAY = date(2026, 11, 18)

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=size(12, 100),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")
SETTINGS = ("SLACK_", "OPENAI_", "FULCRUM_", "DATABASE_URL")


def pytest_configure(config: pytest.Config) -> None:
    rewrite_share(config, Path(__file__).parent)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a trial there are more examples of each, and PostgreSQL answers all."""
    mark_examples(items)
    left_out = unsampled_on_postgres(items)
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    kept = [item for item in items if item not in gone]
    items[:] = kept if _chosen(config) else tables(kept)


def _chosen(config: pytest.Config) -> bool:
    """Whether somebody has chosen among the tests: a row of a table can then be named."""
    return config.args != WHOLE or bool(config.option.keyword)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """After a whole run: what it cost."""
    if not ALL and not _chosen(config):
        terminalreporter.write_line(verdict(spent()))


def pytest_collection_finish() -> None:
    keep_what_is_there()


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in [name for name in os.environ if name.startswith(SETTINGS) and name != "FULCRUM_SHARED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture(scope="session")
def larkspur_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample organisation as of `LARKSPUR_DAY`, as import files."""
    folder = tmp_path_factory.mktemp("larkspur")
    organisation(SEED, LARKSPUR_DAY, folder)
    return folder


@pytest.fixture(scope="session")
def larkspur_store(larkspur_files: Path) -> Path:
    """A SQLite store filled from the sample's files; tests that write copy it."""
    file = larkspur_files / "fulcrum.db"
    engine = writing_engine(f"sqlite:///{file}")
    migrate(engine)
    with engine.connect() as connection:
        workspace_id = default_workspace(connection)
    import_folder(larkspur_files, engine, workspace_id, clock=lambda: datetime(2026, 11, 18, tzinfo=UTC))
    engine.dispose()
    return file


@pytest.fixture
def larkspur(larkspur_store: Path, tmp_path: Path) -> str:
    """The URL of a store of one's own with the sample organisation."""
    shutil.copyfile(larkspur_store, tmp_path / "fulcrum.db")
    return f"sqlite:///{tmp_path / 'fulcrum.db'}"
