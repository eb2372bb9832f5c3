"""`fulcrum demo`: the invented organisation, in a page or in the terminal."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.cli.commands import Asking
from bot.demo.generate import SEED, organisation
from bot.demo.terminal import FOLDER, run_demo
from bot.processes.store import clock
from bot.settings import Settings
from bot.sources.files import load as importing
from storage import workspaces
from storage.engine import writing_engine
from storage.schema import migrate


def demo(settings: Settings, as_of: date, page: bool, port: int) -> int:
    """A store of its own with the invented organisation; its page in the browser, or in the terminal three questions,
    then a prompt."""
    if page:
        from bot.demo import browser  # brings Slack's libraries, which the terminal does not need

        browser.refuse_real(os.environ)
    import_sample(FOLDER / "files", store := FOLDER / "fulcrum.db", as_of)
    if page:
        return browser.run_browser(settings, FOLDER / "files", store, as_of, port)
    asking = Asking(replace(settings, database_url=f"sqlite:///{store}"), as_of=as_of)
    return run_demo(asking.ask, lambda question: asking.ask(question, thread="demo"))


def import_sample(files: Path, store: Path, as_of: date) -> None:
    """Make the sample organisation as of a day and load it through the real import."""
    for old in (store, *store.parent.glob(f"{store.name}-*")):
        old.unlink(missing_ok=True)
    organisation(SEED, as_of, files)
    engine = writing_engine(f"sqlite:///{store}")
    migrate(engine)
    with engine.connect() as connection:
        workspace_id = workspaces.default_workspace(connection)
    importing.import_folder(files, engine, workspace_id, clock=clock)
    engine.dispose()
