"""`fulcrum demo`: the invented organisation in the browser, or in the terminal three questions, then a prompt."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from bot.cli import answers
from bot.cli.commands import Asking
from bot.demo.generate import SEED, organisation
from bot.errors import UserError
from bot.processes.store import clock
from bot.questions.answers.answer import Answer
from bot.settings import Settings
from bot.sources.files.load import import_folder
from storage import workspaces
from storage.engine import writing_engine
from storage.schema import migrate

FOLDER = Path(".demo")  # where the demo keeps its files and its store
QUESTIONS = (
    "tokens per employee by team last month",
    "tokens in Checkout by week",
    "cost last month compared with the month before",
)
MORE = (
    "which tool's tokens grew most last month?",
    "how many hours did AI take off Customer Care last month?",
    "acceptance rate of github_copilot by team",
    "how much of the budgets is used?",
    "did the Claude Code rollout change Checkout's tokens?",
)
LEAVE = frozenset({"exit", "quit", "bye", "q"})

Ask = Callable[[str], Answer]
Read = Callable[[], str | None]


def run_demo(ask: Ask, talk: Ask, console: Console | None = None, read: Read | None = None) -> int:
    """Show the three questions, then answer what `read` brings until it brings None; gives the exit code.

    `ask` takes each question by itself, `talk` keeps a conversation. Without `read` a prompt is shown where a person
    sits at both ends, else the demo ends after the three.
    """
    console = console or Console()
    console.print(
        "\n[bold]Larkspur[/bold] [dim]· an invented company · as its people would see Fulcrum in Slack[/dim]\n"
    )
    for question in QUESTIONS:
        _show(question, ask, console)
    if read is None and sys.stdin.isatty() and console.is_terminal:
        read = prompt()
    if read is not None:
        _converse(talk, console, read)
    return 0


def prompt() -> Read:
    """A line editor with the suggestions in its history: the arrow up brings them; end of input gives None."""
    session: PromptSession[str] = PromptSession(history=InMemoryHistory([*QUESTIONS, *reversed(MORE)]))

    def read() -> str | None:
        try:
            return session.prompt("Ask › ")
        except (EOFError, KeyboardInterrupt):
            return None

    return read


def _converse(ask: Ask, console: Console, read: Read) -> None:
    console.print("[dim]Ask in your own words, or try (arrow up brings them; Ctrl-D ends):[/dim]")
    for question in MORE:
        console.print(f"  {question}", style="cyan", highlight=False)
    console.print()
    while (text := read()) is not None and text.strip().lower() not in LEAVE:
        if text.strip():
            _answer(text, ask, console)


def _show(question: str, ask: Ask, console: Console) -> None:
    console.print(answers.question(question))
    _answer(question, ask, console)


def _answer(question: str, ask: Ask, console: Console) -> None:
    try:
        console.print(answers.answer(ask(question)))
    except UserError as refusal:
        console.print(answers.refusal(str(refusal)))


def demo(settings: Settings, as_of: date, page: bool, port: int) -> int:
    """`fulcrum demo`: a store of its own with the invented organisation; its page in the browser, or in the terminal
    three questions, then a prompt."""
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
    import_folder(files, engine, workspace_id, clock=clock, today=max(as_of, clock().date()))
    engine.dispose()
