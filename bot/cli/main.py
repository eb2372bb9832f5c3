"""The command line: `fulcrum ask | eval | import | migrate | …`; each does what its help says."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.cli.loading import loading
from bot.errors import NotReady, SettingsError, UserError
from bot.settings import Settings, load
from storage.errors import StorageError

if TYPE_CHECKING:
    from bot.questions.answers.answer import Answer

# Each command imports what it needs when it runs, so that a question does not wait for Slack's or Alembic's code.

ENGINES = ("rules", "openai", "auto")
PACKAGE = "fulcrum-bot"  # its name where packages are installed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code. What goes wrong is one line on standard error."""
    parsed = command_line().parse_args(arguments)
    try:
        if parsed.run is doctor:  # it says itself what is wrong with the settings
            return int(doctor(parsed))
        settings = load(os.environ)
        return int(parsed.run(parsed, replace(settings, workspace=parsed.workspace or settings.workspace)))
    except (UserError, SettingsError, NotReady, StorageError) as error:
        print(f"fulcrum: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as error:  # the store's library is not imported by commands without use for it
        told = _told(error)
        if not told:
            raise
        print(f"fulcrum: {told}", file=sys.stderr)
    return 1


def _told(error: Exception) -> str:
    """What is said of a fault of the store; its library's own words can hold statements and addresses."""
    from sqlalchemy.exc import SQLAlchemyError

    from storage.faults import operator_words

    unknown = f"the store cannot be used ({type(error).__name__}); check DATABASE_URL"
    return operator_words(error) or (unknown if isinstance(error, SQLAlchemyError) else "")


def ask(parsed: argparse.Namespace, settings: Settings) -> int:
    """Answer a question, or a batch of them."""
    with loading():
        from rich.console import Console

        from bot.cli import terminal
        from bot.cli.commands import Asking

    with closing(Asking(settings, as_of=parsed.as_of, email=parsed.as_email, mode=parsed.engine)) as asking:
        if parsed.batch:
            return _batch(parsed.batch, asking.ask)
        if not parsed.question:
            raise UserError('Ask something: fulcrum ask "tokens per employee by team last month"')
        answer = asking.ask(" ".join(parsed.question))
        if parsed.json:
            print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
            return 0
        if parsed.csv:
            from bot.questions.answers.csv_file import csv_text

            sys.stdout.write(csv_text(answer))
            return 0
        console = Console()
        terminal.show(answer, console)
        if parsed.explain:
            terminal.explain(answer, console)
    return 0


def _batch(file: str, answer: Callable[[str, str | None, str | None], Answer]) -> int:
    from bot.cli import terminal

    with nullcontext(sys.stdin) if file == "-" else Path(file).open(encoding="utf-8") as lines:
        for _ in terminal.batch(lines, answer, sys.stdout):
            pass
    return 0


def eval_(parsed: argparse.Namespace, settings: Settings) -> int:
    """Hold the answers to a file of questions against its gold rows."""
    from bot.cli.commands import evaluate

    return evaluate(settings, parsed.questions, as_of=parsed.as_of, engine=parsed.engine, last=parsed.last)


def misread(parsed: argparse.Namespace, settings: Settings) -> int:
    """List the questions whose answers got a thumb down, or export them as new test lines."""
    from bot.cli.commands import misread as run

    return run(settings, export=parsed.export)


def import_(parsed: argparse.Namespace, settings: Settings) -> int:
    """Load import files or known exports: a folder of them, or one."""
    from bot.cli.importing import run

    return run(settings, parsed)


def export(parsed: argparse.Namespace, settings: Settings) -> int:
    """Write answers, or the whole store, as files that say what they hold."""
    from bot.cli.export import run

    return run(settings, parsed)


def loads(parsed: argparse.Namespace, settings: Settings) -> int:
    """List what was loaded, or take a load back."""
    from bot.cli.loads import run

    return run(settings, parsed)


def reconcile(parsed: argparse.Namespace, settings: Settings) -> int:
    """Lay a month's total, each vendor's own report and its invoice side by side."""
    from bot.cli.reconcile import run

    return run(settings, parsed)


def budgets(parsed: argparse.Namespace, settings: Settings) -> int:
    """Show how much of each budget is used."""
    return ask(_asking(parsed, f"show budgets {parsed.month}"), settings)


def scorecard(parsed: argparse.Namespace, settings: Settings) -> int:
    """Show how things stand, or draw it on a page to forward."""
    question = f"scorecard for {parsed.team}" if parsed.team else "scorecard"
    for kind, file in (("PDF", parsed.pdf), ("PNG", parsed.png)):
        if file is None:
            continue
        from bot.cli.commands import Asking
        from bot.cli.scorecard import save
        from bot.privacy_words import on_a_page

        with closing(Asking(settings, as_of=parsed.as_of, email=parsed.as_email, mode="rules")) as asking:
            answer = asking.ask(question)
            save(answer, parsed.team or "whole organisation", on_a_page(settings), file, kind)
        print(f"The page is in {file}.")
    if parsed.pdf or parsed.png:
        return 0
    given = _asking(parsed, question)
    return ask(argparse.Namespace(**vars(given) | {"as_email": parsed.as_email}), settings)


def targets(parsed: argparse.Namespace, settings: Settings) -> int:
    """Show where figures stand against their targets."""
    return ask(_asking(parsed, "show targets"), settings)


def _asking(parsed: argparse.Namespace, question: str) -> argparse.Namespace:
    """A command that stands for a question."""
    given = {"question": [question], "as_email": None, "engine": "rules", "batch": None, "explain": False, "csv": False}
    return argparse.Namespace(**vars(parsed) | given)


def people(parsed: argparse.Namespace, settings: Settings) -> int:
    """List whom the roster does not know, say who somebody is, undo that, or erase somebody."""
    from bot.cli.people import run

    return run(settings, parsed)


def logs(parsed: argparse.Namespace, settings: Settings) -> int:
    """Print what coding agents used, by their session logs below a folder."""
    from bot.cli.logs import LogsCommand, run

    asked = LogsCommand(
        folder=parsed.folder,
        zone=parsed.zone,
        as_json=parsed.json,
        save=parsed.save,
        email=parsed.as_email,
        feed=parsed.feed,
        fresh=parsed.fresh,
    )
    return run(settings, asked)


def sync(parsed: argparse.Namespace, settings: Settings) -> int:
    """Read what vendors report: of one source, or of all whose key is set."""
    from bot.cli.sync import sync as run

    return run(settings, parsed)


def sources(parsed: argparse.Namespace, settings: Settings) -> int:
    """List every source with its state, its last error and what to do."""
    from bot.cli.sync import sources as run

    return run(settings, parsed)


def migrate(_parsed: argparse.Namespace, settings: Settings) -> int:
    """Bring the store to the newest schema."""
    from storage.engine import writing_engine
    from storage.schema import migrate as run

    run(writing_engine(settings.database_url))
    print("The store has the newest schema.")
    return 0


def doctor(parsed: argparse.Namespace, _settings: Settings | None = None) -> int:
    """Look at settings, store, sources, Slack and model: one line each, with what to do."""
    from bot.cli.doctor import run

    return run(parsed.json, parsed.workspace or "")


def backup(parsed: argparse.Namespace, settings: Settings) -> int:
    """Write the whole store to one file, while the app runs."""
    from bot.cli.backup import save

    return save(settings, parsed.file)


def restore(parsed: argparse.Namespace, settings: Settings) -> int:
    """Make a backup the content of a store that has none."""
    from bot.cli.backup import bring_back

    return bring_back(settings, parsed.file)


def metrics(_parsed: argparse.Namespace, _settings: Settings) -> int:
    """Print the catalogue."""
    from rich.console import Console

    from bot.cli import terminal

    terminal.catalogue(Console())
    return 0


def digest(parsed: argparse.Namespace, settings: Settings) -> int:
    """Print a week's digest."""
    from bot.cli.digest import run

    print(run(settings, parsed))
    return 0


def offload(parsed: argparse.Namespace, settings: Settings) -> int:
    """List every catalogued workflow with its verdict, best first."""
    from rich.console import Console

    from bot.cli.advice import offload as run

    return run(settings, parsed.team, parsed.as_of, parsed.json, Console())


def workflow(parsed: argparse.Namespace, settings: Settings) -> int:
    """Show one workflow: stage, evidence, decision, history."""
    from rich.console import Console

    from bot.cli.advice import workflow as run

    return run(settings, " ".join(parsed.name), parsed.as_of, parsed.json, Console())


def settings_(parsed: argparse.Namespace, _settings: Settings) -> int:
    """Print every setting with its meaning and its default."""
    from bot.cli import settings as printed

    print(printed.env() if parsed.env else printed.markdown())
    return 0


def serve(_parsed: argparse.Namespace, settings: Settings) -> int:
    """Run the web process."""
    with loading():
        from bot.processes.build import serve as run

    return run(settings)


def worker(_parsed: argparse.Namespace, settings: Settings) -> int:
    """Run the clock, and Socket Mode where an app token is set."""
    with loading():
        from bot.processes.build import worker as run

    return run(settings)


def mcp(parsed: argparse.Namespace, settings: Settings) -> int:
    """Offer questions, digest and advice to agents (MCP), or handle the tokens that they come with."""
    from bot.cli.agents import run

    return run(settings, parsed)


def demo(parsed: argparse.Namespace, settings: Settings) -> int:
    """Show Fulcrum on an invented organisation."""
    from bot.cli.demo import demo as run

    # Without a person at both ends (a pipe, a build) it shows its three answers and ends by itself.
    page = parsed.browser or not (parsed.terminal or not (sys.stdin.isatty() and sys.stdout.isatty()))
    return run(settings, parsed.as_of or datetime.now(UTC).date(), page, parsed.port)


class _Version(argparse.Action):
    """Looks the release up when it is asked for: reading the package's metadata takes longer than all the parsing."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib import metadata

        try:
            print(f"fulcrum {metadata.version(PACKAGE)}")
        except metadata.PackageNotFoundError:
            parser.error("this is no installed package, so it has no version")
        parser.exit()


def command_line() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(prog="fulcrum", description="How much leverage your teams get from AI.")
    parser.add_argument("--version", action=_Version, nargs=0, help="print which release this is")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = _command(commands, "ask", ask)
    command.add_argument("question", nargs="*", metavar="QUESTION")
    command.add_argument("--json", action="store_true", help="print the answer as data")
    command.add_argument("--csv", action="store_true", help="print the rows as a CSV file, with what they mean")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is asked")
    command.add_argument("--as", dest="as_email", metavar="EMAIL", help="ask as this person, with their rights")
    command.add_argument("--engine", choices=ENGINES, help="who reads the question (auto with a key)")
    command.add_argument("--batch", metavar="FILE|-", help="one JSON object in and out a line")
    command.add_argument("--explain", action="store_true", help="show the query, the definition and the SQL")
    command = _command(commands, "eval", eval_)
    command.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day they are asked")
    command.add_argument("--engine", choices=ENGINES, help="who reads the questions")
    command.add_argument("--last", type=Path, metavar="FILE", help="a run to compare with; this run replaces it")
    command = _command(commands, "misread", misread)
    command.add_argument("--export", action="store_true", help="as lines of a batch, to add the expected answers to")
    command = _command(commands, "digest", digest)
    command.add_argument("--week", metavar="2026-W46", help="the last complete one if not given")
    command.add_argument("--team", metavar="NAME", help="the whole organisation if not given")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--format", choices=["text", "json", "blocks"], default="text", help="how it is printed")
    command.add_argument("--audience", choices=["operator", "channel"], default="operator", help="who may read it")
    command = _command(commands, "offload", offload)
    command.add_argument("--team", metavar="NAME", help="with the teams below it; all if not given")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = _command(commands, "workflow", workflow)
    command.add_argument("name", nargs="+", metavar="NAME")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = _command(commands, "import", import_)
    command.add_argument("path", type=Path, metavar="FILE|DIR")
    command.add_argument("--dry-run", action="store_true", help="say what would be loaded, and write nothing")
    command.add_argument("--feed", default="", metavar="NAME", help="which account or device the usage is of")
    command.add_argument("--whole-days", action="store_true", help="the files have all of their days: the rest goes")
    command.add_argument("--strict", action="store_true", help="a file with a bad row loads nothing")
    command.add_argument("--json", action="store_true", help="print the report as data")
    command = _command(commands, "export", export)
    command.add_argument("folder", type=Path, metavar="DIR")
    command.add_argument("question", nargs="*", metavar="QUESTION", help="the whole store if none is given")
    command.add_argument("--as", dest="as_email", metavar="EMAIL", help="as that person may see it")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="as if that day were today")
    command.add_argument("--parquet", action="store_true", help="as Parquet, with fulcrum-bot[parquet]")
    command = _command(commands, "loads", loads)
    command.add_argument("--json", action="store_true", help="print them as data")
    actions = command.add_subparsers(dest="action", metavar="undo")
    action = actions.add_parser("undo", help="take a load back: the store is then as if it had never been")
    action.add_argument("id", type=int, metavar="ID")
    command = _command(commands, "reconcile", reconcile)
    command.add_argument("month", metavar="YYYY-MM")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = _command(commands, "budgets", budgets)
    command.add_argument(
        "month", nargs="?", default="", metavar="MONTH", help="such as October; this month if not given"
    )
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = _command(commands, "scorecard", scorecard)
    command.add_argument("--team", metavar="NAME", help="the whole organisation if not given")
    command.add_argument("--pdf", type=Path, metavar="FILE", help="draw it as a page, such as card.pdf")
    command.add_argument("--png", type=Path, metavar="FILE", help="draw it as a picture, such as card.png")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--as", dest="as_email", metavar="EMAIL", help="as this person may see it")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = _command(commands, "targets", targets)
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = _command(commands, "people", people)
    command.add_argument("--json", action="store_true", help="print them as data")
    actions = command.add_subparsers(dest="action", metavar="link|unlink|erase")
    action = actions.add_parser("link", help="an outside id, another e-mail or an @domain is this person's")
    action.add_argument("outside_id", metavar="OUTSIDE_ID")
    action.add_argument("email", metavar="EMAIL")
    action.add_argument("--from", dest="start", type=date.fromisoformat, metavar="YYYY-MM-DD", help="since when")
    action.add_argument("--to", dest="end", type=date.fromisoformat, metavar="YYYY-MM-DD", help="until when")
    action = actions.add_parser("unlink", help="undo a link, or part what a rule joined")
    action.add_argument("outside_id", metavar="OUTSIDE_ID")
    action = actions.add_parser("erase", help="forget somebody for good; figures of their teams stay as they are")
    action.add_argument("email", metavar="EMAIL")
    command = _command(commands, "logs", logs)
    command.add_argument("folder", type=Path, metavar="DIR", help="such as ~/.claude, ~/.codex, or your home")
    command.add_argument("--json", action="store_true", help="print the totals as data")
    command.add_argument("--zone", type=_zone, default=ZoneInfo("UTC"), help="the time zone of the days (UTC)")
    command.add_argument("--save", action="store_true", help="write them to the store too")
    command.add_argument("--as", dest="as_email", metavar="EMAIL", help="whose use they are saved as")
    command.add_argument("--feed", metavar="NAME", help="what this machine is called in the store")
    command.add_argument("--fresh", action="store_true", help="forget earlier runs, and read all that is there")
    command = _command(commands, "sync", sync)
    command.add_argument("name", nargs="?", metavar="NAME", help="which source; all that are on if not given")
    command.add_argument(
        "--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="read again from this UTC day on"
    )
    command.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="up to this UTC day")
    command.add_argument("--json", action="store_true", help="print what was read as data")
    command.add_argument(
        "--believe", action="store_true", help="take a roster also where more than half of its people are gone"
    )
    command = _command(commands, "sources", sources)
    command.add_argument("--json", action="store_true", help="print them as data")
    for name, run in (("migrate", migrate), ("metrics", metrics), ("serve", serve), ("worker", worker)):
        _command(commands, name, run)
    command = _command(commands, "doctor", doctor)
    command.add_argument("--json", action="store_true", help="print what was found as data")
    for name, copies in (("backup", backup), ("restore", restore)):
        _command(commands, name, copies).add_argument("file", type=Path, metavar="FILE")
    command = _command(commands, "settings", settings_)
    form = command.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as a table of Markdown, as without a word")
    form.add_argument("--env", action="store_true", help="as a file for a shell, to fill in")
    _of_agents(_command(commands, "mcp", mcp))
    command = _command(commands, "demo", demo)
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it plays on")
    where = command.add_mutually_exclusive_group()
    where.add_argument("--terminal", action="store_true", help="answers in the terminal instead of a page")
    where.add_argument("--browser", action="store_true", help="the page, also where nobody sits at the terminal")
    command.add_argument("--port", type=int, default=0, help="where the page is; a free port if not given")
    return parser


def _of_agents(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as", dest="as_email", metavar="EMAIL", help="ask as this person; as the operator if not given"
    )
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is asked")
    command.add_argument("--http", action="store_true", help="serve HTTP at /mcp, where each agent brings a token")
    command.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where it listens (127.0.0.1)")
    command.add_argument("--port", type=int, default=8365, help="and on which port (8365)")
    command.add_argument(
        "--known-as", action="append", default=[], metavar="NAME", help="a host name it is reached by, behind a proxy"
    )
    actions = command.add_subparsers(dest="action", metavar="token|tokens|revoke")
    action = actions.add_parser("token", help="make a token with which an agent asks as this person")
    action.add_argument("email", metavar="EMAIL")
    listing = actions.add_parser("tokens", help="list the tokens in force")
    ending = actions.add_parser("revoke", help="refuse a token from now on")
    ending.add_argument("id", type=int, metavar="ID")
    for action in (listing, ending):
        action.add_argument("--as", dest="person", metavar="EMAIL", help="as this person: one's own, an admin all")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(f"there is no time zone {name!r}") from error


def _command(commands: object, name: str, run: object) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=(run.__doc__ or "").strip())  # type: ignore[attr-defined]
    made.set_defaults(run=run)
    made.add_argument("--workspace", metavar="NAME", help="which organisation of the store; the first if not given")
    return made


if __name__ == "__main__":
    sys.exit(main())
