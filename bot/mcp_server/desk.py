"""What an agent can ask for, each answered for the person it asks as: the services of Slack, as JSON objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.advice.asking import Advisor
from bot.advice.for_digest import DigestAdvice
from bot.advice.headline import CarefulHours
from bot.advice.service import Advice
from bot.digest.service import Digests
from bot.digest.week import parse_week
from bot.errors import UserError
from bot.questions.answers.formulas import in_words
from bot.questions.answers.replies import stranger
from bot.questions.pipeline import Questions
from bot.questions.request import AskRequest
from bot.questions.viewer import asking
from storage.answer.privacy import OPERATOR, Viewer
from storage.catalogue import METRICS
from storage.names import Directory

WHERE = "agent"
MOST_THREAD = 100  # characters of a conversation's name


@dataclass(frozen=True, slots=True)
class Principal:
    """As whom an agent asks: a person of a workspace, or with `email` None its operator."""

    workspace_id: int
    email: str | None


class AgentDesk:
    """Answers agents over one store; threads may share it. Every method raises UserError with one clear sentence."""

    def __init__(self, questions: Questions, as_of: date | None, now: Callable[[], datetime]) -> None:
        reading, writing, settings = questions.reading, questions.writing, questions.settings
        self._questions, self._as_of = questions, as_of
        clock = now if as_of is None else lambda: datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC)
        known = questions.directories
        self._advice = Advice(reading, writing, settings, clock, known)
        questions.advise, questions.complete = Advisor(self._advice).answer, CarefulHours(self._advice).beside
        self._digests = Digests(
            reading, settings, clock, lambda workspace: DigestAdvice(self._advice, workspace), known
        )

    def ask(self, principal: Principal, text: str, thread: str) -> dict[str, Any]:
        """The contract's answer object; questions with the same `thread` are one conversation of that person."""
        if not text.strip():
            raise UserError('Ask something, such as "tokens per employee by team last month".')
        if len(thread) > MOST_THREAD:
            raise UserError(f"A thread's name has at most {MOST_THREAD} characters.")
        request = AskRequest(
            workspace_id=principal.workspace_id,
            text=text,
            asker_email=principal.email,
            operator=principal.email is None,
            # Whose thread it is comes first, so that nobody goes on with another's.
            thread=f"{WHERE}:{principal.email or 'operator'}:{thread}" if thread else None,
            as_of=self._as_of,
            where=WHERE,
        )
        return self._questions.ask(request).to_json()

    def definitions(self, principal: Principal, name: str) -> dict[str, Any]:
        """The metric of that name, or with "" all of them; no figure."""
        self._viewer(principal)
        if name and name not in METRICS:
            raise UserError(f"No metric is called {name!r}; without a name all of them are listed.")
        found = [METRICS[name]] if name else METRICS.values()
        metrics = [
            {
                "metric": metric.name,
                "label": metric.label,
                "unit": metric.unit.value,
                "definition": metric.description,
                "formula": in_words(metric),
            }
            for metric in found
        ]
        return {"text": f"{len(metrics)} of {len(METRICS)} metrics.", "metrics": metrics}

    def digest(self, principal: Principal, week: str, team: str) -> dict[str, Any]:
        """A week's digest, as the contract has it, of the last complete week and of the organisation with ""."""
        directory, viewer = self._viewer(principal)
        name = self._digests.team_called(directory, team) if team else None
        wanted = parse_week(week) if week else self._digests.last_week(principal.workspace_id)
        with self._questions.reading.connect() as connection:
            return self._digests.of(connection, directory, wanted, name, viewer).to_json()

    def offload(self, principal: Principal, team: str) -> dict[str, Any]:
        """Every catalogued workflow of a team and those below it with its verdict, best first; of all with ""."""
        directory, _ = self._viewer(principal)
        name = self._digests.team_called(directory, team) if team else None
        workspace = principal.workspace_id
        day = self._as_of or self._advice.today(workspace)
        smallest = self._advice.smallest_group(workspace)
        viewer = OPERATOR if principal.email is None else Viewer(email=principal.email, min_group=smallest)
        cards = [card.to_json() for card in self._advice.offload(workspace, name, day, viewer)]
        whose = name or "the whole organisation"
        return {
            "text": f"{len(cards)} catalogued workflows of {whose} with their verdicts on {day}, best first.",
            "team": name,
            "as_of": day.isoformat(),
            "workflows": cards,
        }

    def _viewer(self, principal: Principal) -> tuple[Directory, Viewer]:
        """The names of a workspace, and what its person may see. Raises UserError for whom the roster does not know."""
        with self._questions.reading.connect() as connection:
            directory = self._questions.directory(connection, principal.workspace_id)
        email, settings = principal.email, self._questions.settings_of(principal.workspace_id)
        if email is not None and email not in directory.person:
            raise UserError(stranger().text)
        return directory, asking(email, email is None, settings.people, settings.min_group, directory)
