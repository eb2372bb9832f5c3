"""What the commands do: the same services as in Slack, put together for one run on the machine of the store."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.advice.meanings import may_be_wish
from bot.cli import terminal
from bot.errors import UserError
from bot.processes.store import bring_to_zone, clock
from bot.questions.answers.answer import Answer
from bot.questions.answers.hours import whose_hours
from bot.questions.evaluation import score
from bot.questions.llm.engine import Mode
from bot.questions.llm.engine import build as build_engine
from bot.questions.pipeline import Questions
from bot.questions.read import read
from bot.questions.request import AskRequest
from bot.questions.threads.memory import ShortMemory
from bot.settings import Settings
from storage import workspaces
from storage.engine import reading_engine, sqlite_file, writing_engine
from storage.keep import audit
from storage.schema import require_newest


class Asking:
    """Questions from the command line: the operator's, or with `email` that person's."""

    def __init__(
        self, settings: Settings, as_of: date | None = None, email: str | None = None, mode: Mode | None = None
    ) -> None:
        file = sqlite_file(settings.database_url)
        if file is not None and not file.exists():
            raise UserError("There is no store yet. Fill one with: fulcrum import DIR")
        self.reading = reading_engine(settings.database_url)
        require_newest(self.reading)
        writing = writing_engine(settings.database_url)
        bring_to_zone(writing, settings.zone)
        self.engine = build_engine(read, settings, mode, writing, clock)
        self.settings, self.writing = settings, writing
        self.questions = Questions(
            self.reading, writing, settings, ShortMemory(), self.engine.read, clock, self._advise, self._complete
        )
        self.as_of, self.email = as_of, email
        with self.reading.connect() as connection:
            self.workspace_id = workspaces.chosen(connection, settings.workspace)

    def ask(self, question: str, email: str | None = None, thread: str | None = None) -> Answer:
        """The answer; questions with the same `thread` are one conversation."""
        asker = email or self.email
        return self.questions.ask(
            AskRequest(
                workspace_id=self.workspace_id,
                text=question,
                asker_email=asker.strip().lower() if asker else None,
                operator=asker is None,
                thread=thread,
                as_of=self.as_of,
                where="command line",
            )
        )

    def _advise(self, request: AskRequest, as_of: date) -> Answer | None:
        if not may_be_wish(request.text):
            return None
        # All that advice is made of loads for those who ask for some.
        from bot.advice.asking import Advisor
        from bot.advice.service import Advice

        advice = Advice(self.reading, self.writing, self.settings, clock, self.questions.directories)
        return Advisor(advice).answer(request, as_of)

    def _complete(self, answer: Answer, request: AskRequest, as_of: date) -> Answer:
        if whose_hours(answer) is None:
            return answer
        from bot.advice.headline import CarefulHours
        from bot.advice.service import Advice

        advice = Advice(self.reading, self.writing, self.settings, clock, self.questions.directories)
        return CarefulHours(advice).beside(answer, request, as_of)

    def close(self) -> None:
        """Save what the model engine used and let go of the store; call it when nothing more is asked."""
        self.engine.close()
        self.reading.dispose()
        self.writing.dispose()


def evaluate(settings: Settings, file: Path, as_of: date | None, engine: Mode | None, last: Path | None) -> int:
    """`fulcrum eval`: the measure of the answers, by family, and against the run that `last` holds."""
    gold = _gold(file)
    asking, results = Asking(settings, as_of=as_of, mode=engine), {}
    for question in gold:
        thread = f"eval:{question['id']}"
        answers = [asking.ask(turn, question.get("as"), thread) for turn in question["turns"]]
        results[str(question["id"])] = answers[-1].to_json()
    asking.close()
    found = score(gold, results)
    before = json.loads(last.read_text(encoding="utf-8")) if last and last.exists() else {}
    terminal.evaluation(found, before, Console())
    if last:
        last.write_text(json.dumps(found.to_json(), indent=1), encoding="utf-8")
    return 0


def _gold(file: Path) -> list[dict[str, Any]]:
    """The questions of a file, a JSON object a line. Raises `UserError` where one is none or lacks what is judged."""
    if not file.is_file():
        raise UserError(f"There is no file {file}.")
    gold: list[dict[str, Any]] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
        except ValueError:
            question = None
        if not isinstance(question, dict) or not {"id", "turns", "expect"} <= question.keys():
            raise UserError(f"{file}, line {number}: a question is a JSON object with id, turns and expect.")
        gold.append(question)
    return gold


def misread(settings: Settings, export: bool) -> int:
    """`fulcrum misread`: questions with a thumb down."""
    asking = Asking(settings)
    with asking.reading.connect() as connection:
        found = audit.misread(connection, asking.workspace_id)
    if not found and not export:
        print("No answer got a thumb down.")
    for question in found:
        if export:
            line = {
                "id": f"m{question.id}",
                "turns": list(question.turns),
                "family": "misread",
                "expect": {"status": "", "rows": []},
            }
            print(json.dumps(line, ensure_ascii=False))
        else:
            print(f"{question.asked_at:%Y-%m-%d} {question.status:11} {' / '.join(question.turns)}")
            if question.complaint:
                print(f"{'':23}{question.complaint}")
    return 0
