"""Commands that answer: questions, digest, advice, scorecard, plans.

Each imports what it needs when it runs, so that a question does not wait for Slack's or Alembic's code.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.loading import loading
from bot.cli.parsing import Commands, command_of, day
from bot.errors import UserError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.questions.answers.answer import Answer

ENGINES = ("rules", "openai", "auto")


def add(commands: Commands) -> None:
    """These commands with their options."""
    command = command_of(commands, "ask", ask)
    command.add_argument("question", nargs="*", metavar="QUESTION")
    command.add_argument("--json", action="store_true", help="print the answer as data")
    command.add_argument("--csv", action="store_true", help="print the rows as a CSV file, with what they mean")
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it is asked")
    command.add_argument("--as", dest="as_email", metavar="EMAIL", help="ask as this person, with their rights")
    command.add_argument("--engine", choices=ENGINES, help="who reads the question (auto with a key)")
    command.add_argument("--batch", metavar="FILE|-", help="one JSON object in and out a line")
    command.add_argument("--explain", action="store_true", help="show the query, the definition and the SQL")
    command = command_of(commands, "eval", eval_)
    command.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day they are asked")
    command.add_argument("--engine", choices=ENGINES, help="who reads the questions")
    command.add_argument("--last", type=Path, metavar="FILE", help="a run to compare with; this run replaces it")
    command = command_of(commands, "misread", misread)
    command.add_argument("--export", action="store_true", help="as lines of a batch, to add the expected answers to")
    command = command_of(commands, "digest", digest)
    command.add_argument("--week", metavar="2026-W46", help="the last complete one if not given")
    command.add_argument("--team", metavar="NAME", help="the whole organisation if not given")
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--format", choices=["text", "json", "blocks"], default="text", help="how it is printed")
    command.add_argument("--audience", choices=["operator", "channel"], default="operator", help="who may read it")
    command = command_of(commands, "offload", offload)
    command.add_argument("--team", metavar="NAME", help="with the teams below it; all if not given")
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = command_of(commands, "workflow", workflow)
    command.add_argument("name", nargs="+", metavar="NAME")
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = command_of(commands, "budgets", budgets)
    command.add_argument(
        "month", nargs="?", default="", metavar="MONTH", help="such as October; this month if not given"
    )
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = command_of(commands, "scorecard", scorecard)
    command.add_argument("--team", metavar="NAME", help="the whole organisation if not given")
    command.add_argument("--pdf", type=Path, metavar="FILE", help="draw it as a page, such as card.pdf")
    command.add_argument("--png", type=Path, metavar="FILE", help="draw it as a picture, such as card.png")
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--as", dest="as_email", metavar="EMAIL", help="as this person may see it")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = command_of(commands, "targets", targets)
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it is read")
    command.add_argument("--json", action="store_true", help="print it as data")
    command_of(commands, "metrics", metrics)


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


def budgets(parsed: argparse.Namespace, settings: Settings) -> int:
    """Show how much of each budget is used."""
    return ask(_asking(parsed, f"show budgets {parsed.month}"), settings)


def _asking(parsed: argparse.Namespace, question: str) -> argparse.Namespace:
    """A command that stands for a question."""
    given = {"question": [question], "as_email": None, "engine": "rules", "batch": None, "explain": False, "csv": False}
    return argparse.Namespace(**vars(parsed) | given)


def scorecard(parsed: argparse.Namespace, settings: Settings) -> int:
    """Show how things stand, or draw it on a page to forward."""
    question = f"scorecard for {parsed.team}" if parsed.team else "scorecard"
    for kind, file in (("PDF", parsed.pdf), ("PNG", parsed.png)):
        if file is None:
            continue
        from bot.cli.commands import Asking
        from bot.cli.scorecard import save
        from bot.privacy.policy import on_a_page

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


def metrics(_parsed: argparse.Namespace, _settings: Settings) -> int:
    """Print the catalogue."""
    from rich.console import Console

    from bot.cli import terminal

    terminal.catalogue(Console())
    return 0
