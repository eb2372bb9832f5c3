"""From a reading to its answer: for whom it is, which figures, or in which words it fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from bot.questions.answers import replies
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.answers.figures import answer_of
from bot.questions.answers.normal import normal
from bot.questions.answers.peers import peers
from bot.questions.answers.why import why
from bot.questions.plans.given import ANSWERS as PLANS
from bot.questions.reading import Impossible, Intent, Missing, Reading, Refused, Told, Unclear, Understood
from bot.questions.request import AskRequest
from bot.questions.viewer import asking, reading_along
from bot.settings import Settings
from storage.answer.nearest import nearest
from storage.answer.privacy import Viewer
from storage.answer.shown import Shown
from storage.errors import Denied, InvalidQuery, NoData, UnknownName
from storage.names import Directory

ANSWERS = {Intent.FIGURES: answer_of, Intent.WHY: why, Intent.NORMAL: normal, Intent.PEERS: peers, **PLANS}


@dataclass(frozen=True)
class Answering:
    """Answers the readings of one request, each for the right reader."""

    connection: Connection
    directory: Directory
    request: AskRequest
    settings: Settings
    as_of: date
    known: tuple[Shown, ...]

    def answer(self, reading: Reading) -> Answer:
        """One reading as an answer; permission comes before anything is asked back."""
        steps = {"steps": list(reading.steps)}
        if isinstance(reading, Understood):
            found = self._figures(reading)
            return replace(found, explain={**steps, **found.explain})
        if (
            isinstance(reading, Unclear | Missing | Impossible)
            and reading.about == "person"
            and not self._sees_everyone
        ):
            return replace(replies.denied("person"), explain=steps)
        return replace(self._words(reading), explain=steps)

    def _words(self, reading: Unclear | Impossible | Missing | Refused | Told) -> Answer:
        if isinstance(reading, Told):
            return replies.told(reading, self.directory, self.as_of, self.settings)
        status = {
            Unclear: Status.CLARIFY,
            Impossible: Status.UNSUPPORTED,
            Missing: Status.NO_DATA,
            Refused: Status.DENIED,
        }[type(reading)]
        options = reading.options if isinstance(reading, Unclear | Impossible) else ()
        if isinstance(reading, Unclear) and not options:
            options = replies.replies_to(reading.text)
        return Answer(status=status, text=reading.text, options=options)

    @property
    def _sees_everyone(self) -> bool:
        return self.request.operator or self.settings.people == "everyone"

    def _figures(self, reading: Understood) -> Answer:
        """For the place's least privileged reader; else for the asker alone."""
        policy, minimum = self.settings.people, self.settings.min_group
        email = self.request.asker_email
        reclaims = self.settings.seat_names if email in self.settings.admins else frozenset[str]()
        own = asking(email, self.request.operator, policy, minimum, self.directory, self.known, reclaims)
        if self.request.audience is Audience.PRIVATE:
            return self._run(reading, own)
        along = reading_along(self.request.audience, policy, minimum, self.known)
        if along is not None and not reading.personal:
            answer = self._run(reading, along)
            if answer.status is not Status.DENIED:
                return answer
        answer = self._run(reading, own)
        if answer.status is Status.DENIED and along is not None:
            return answer
        return replace(answer, private=True, public_text=replies.elsewhere(self.request.audience))

    def _run(self, reading: Understood, viewer: Viewer) -> Answer:
        try:
            return ANSWERS[reading.intent](self.connection, self.directory, reading, viewer, self.settings, self.as_of)
        except Denied as error:
            if error.reason not in ("group", "difference"):
                return replies.denied(error.reason, reading.query)
            days = error.reason == "difference"
            other = nearest(self.connection, self.directory, reading.query, viewer, other_days_first=days)
            return replies.too_few(error.reason, other, self.directory)
        except NoData as error:
            return replies.no_data(error, reading.query, self.directory)
        except UnknownName as error:
            return replies.unknown(error)
        except InvalidQuery as error:
            return replies.invalid(error)
