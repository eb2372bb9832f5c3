"""Beside hours that were counted the careful estimate: net, with its range, and how much of the work it is of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.advice.leverage import Leverage
from bot.advice.service import Advice
from bot.advice.values import Hours
from bot.figures import short
from bot.questions.answers.answer import Answer, Audience, Fact
from bot.questions.answers.hours import COUNTED, whose_hours
from bot.questions.request import AskRequest
from storage.answer.privacy import OPERATOR, Viewer
from storage.catalogue import Unit

AS_IF = "The first figure counts each item that AI had a part in as if people had done it by hand"


@dataclass(frozen=True, slots=True)
class CarefulHours:
    """Puts the estimate of the last eight weeks under hours of a period."""

    advice: Advice

    def beside(self, answer: Answer, request: AskRequest, as_of: date) -> Answer:
        """The answer with it, as whoever reads the answer may see it; as it was where there is none."""
        team = whose_hours(answer)
        if team is None:
            return answer
        found = self.advice.leverage(request.workspace_id, team, as_of, self._reader(answer, request))[0].leverage
        if found.net is None:
            return answer
        caveats = tuple(_meant(found) if caveat == COUNTED else caveat for caveat in answer.caveats)
        text = f"{answer.text} {_said(found, found.net)}"
        return replace(answer, text=text, caveats=caveats, facts=(*answer.facts, *_facts(found, found.net)))

    def _reader(self, answer: Answer, request: AskRequest) -> Viewer:
        smallest = self.advice.smallest_group(request.workspace_id)
        if request.operator:
            return OPERATOR
        alone = answer.private or request.audience is Audience.PRIVATE
        return Viewer(email=request.asker_email if alone else None, min_group=smallest)


def _said(found: Leverage, net: Hours) -> str:
    low, likely, high = (short(size, Unit.HOURS) for size in (net.p10, net.p50, net.p90))
    of = f", in catalogued work that holds {found.coverage:.0%} of people's time" if found.coverage is not None else ""
    return f"Estimated with care: {likely} hours a week ({low} to {high}) over the last eight weeks{of}."


def _meant(found: Leverage) -> str:
    assumed = f"; the estimate takes {found.displaced:.0%} of AI's runs to have replaced people's work"
    return f"{AS_IF}{assumed if found.displaced else ''}."


def _facts(found: Leverage, net: Hours) -> list[Fact]:
    hours = {"p10": net.p10, "p50": net.p50, "p90": net.p90}
    label = "hours a week net of people's time beside AI"
    facts = [Fact(label=f"{label}, {name}", value=size, unit="hours", said=True) for name, size in hours.items()]
    parts = {
        "part of people's time in the catalogue": found.coverage,
        "part that displaced work, assumed": found.displaced,
    }
    return facts + [
        Fact(label=label, value=part, unit="fraction", said=True) for label, part in parts.items() if part is not None
    ]
