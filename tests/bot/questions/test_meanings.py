"""Questions composed of what they mean are read as that, in whatever words, and their figures agree with each other.

Eight in a hundred may be asked back: a sample here, a thousand in a trial.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from random import Random

from bot.cli.commands import Asking
from bot.questions.answers.answer import Answer, Status
from bot.settings import Settings
from storage.catalogue import METRICS
from tests.bot.questions.meanings import OF_WORK, Meaning, meaning
from tests.conftest import LARKSPUR_DAY
from tests.sampling import sampled, size

QUESTIONS = size(12, 1_000)
ASKED_BACK = 0.08
FEW = 5
MEMBER = "oluwaseun.castillo@larkspur.example"  # an engineer, whom the policy shows nobody else's figures
FIGURE = re.compile(r"(?<![\w-])(\d[\d,]*(?:\.\d+)?)([kMB%]?)(?![\w-])")
SCALE = {"": 1.0, "k": 1e3, "M": 1e6, "B": 1e9, "%": 0.01}


def figures(answer: Answer) -> dict[tuple[str, ...], float | int | None]:
    """The first metric's figure by the labels of its row."""
    assert answer.query
    return {tuple(row.labels.values()): row.values[answer.query["metrics"][0]] for row in answer.rows}


def misread(asked: Meaning, answer: Answer) -> str:
    """What of the query is not what was asked; "" where all is."""
    query, period = answer.query or {}, answer.period
    held = {
        "metrics": ([asked.metric], query.get("metrics")),
        "group_by": ([asked.listed] if asked.listed else [], query.get("group_by", [])),
        "period": (asked.days, period and (period.start, period.end)),
        "filters": (
            [(asked.dimension, [asked.name])] if asked.dimension else [],
            [(part["dimension"], part["values"]) for part in query.get("filters", [])],
        ),
    }
    wrong = [f"{part}: {got} is not {wanted}" for part, (wanted, got) in held.items() if got != wanted]
    added = {"grain", "compare", "share", "having", "order", "limit", "average", "everyone"} & query.keys()
    return "; ".join([*wrong, *(f"{part} is not asked" for part in sorted(added))])


def unsaid(asked: Meaning, answer: Answer) -> list[str]:
    """The figures of the sentence that no row holds: the single one, and those that are said to lead or be lowest."""
    if not answer.rows or METRICS[asked.metric].unit.value == "USD":
        return []
    held = [value for row in answer.rows for value in row.values.values() if value is not None]
    said = re.findall(r"(?:leads with|lowest with|: ) ?(\d[\d,.]*[kMB%]?)(?=[.;,:]? |[.;]?$)", answer.text)
    return [text for text in said if not any(_rounds(text.rstrip("."), value) for value in held)]


def _rounds(text: str, value: float) -> bool:
    """Whether a number of a text is the figure, to the digits that it is written with."""
    hit = FIGURE.fullmatch(text.rstrip(",."))
    if hit is None:
        return False
    digits, unit = hit[1].replace(",", ""), SCALE[hit[2]]
    last = unit / 10.0 ** len(digits.partition(".")[2])
    return bool(abs(float(digits) * unit - value) <= 0.51 * last)


def wrong(asking: Asking, chance: Random, asked: Meaning, counts: Counter[str]) -> Iterator[str]:
    """What does not hold of one meaning, asked in two wordings, for its total, and by a member."""
    wordings = [asked.wording(chance) for _ in range(2)]
    told = {text: answer for text in wordings if (answer := asking.ask(text)).status is Status.ANSWERED}
    counts["asked"] += len(wordings)
    counts["answered"] += sum(text in told for text in wordings)
    for text, answer in told.items():
        yield from (f"{text}: {said}" for said in [misread(asked, answer)] if said)
        yield from (f"{text}: {said} is in no row: {answer.text}" for said in unsaid(asked, answer))
    right = [answer for answer in told.values() if not misread(asked, answer)]
    if len(right) == 2 and figures(right[0]) != figures(right[1]):
        yield f"{wordings}: two figures for one question"
    if right and asked.listed and asked.adds_up:
        total = asking.ask(asked.whole.wording(chance))
        if total.status is Status.ANSWERED and not misread(asked.whole, total):
            counts["added up"] += 1
            (whole,), parts = figures(total).values(), [value for value in figures(right[0]).values() if value]
            if abs(sum(parts) - (whole or 0)) > 1e-6 * max(1, whole or 0):
                yield f"{wordings[0]}: the rows make {sum(parts)}, the total is {whole}"
    yield from _too_small(asking, wordings[0], right[0] if right else None, asked)


def _too_small(asking: Asking, text: str, seen: Answer | None, asked: Meaning) -> Iterator[str]:
    """A row told to a member of which the operator counts one to four active people."""
    shown = asking.ask(text, MEMBER)
    if seen is None or shown.status is not Status.ANSWERED or misread(asked, shown):
        return
    if asked.metric in ("active_people", "adoption_rate", *OF_WORK):
        return  # of these a team's size decides: whether people are active, and work, which is nobody's by name
    active = asking.ask(Meaning("active_people", asked.listed, asked.dimension, asked.name, asked.days).plain)
    people = figures(active) if active.status is Status.ANSWERED else {}
    for row in shown.rows:
        labels, value = tuple(row.labels.values()), next(iter(row.values.values()))
        if value and not row.suppressed and 0 < (people.get(labels) or 0) < FEW:
            yield f"{text}: a member is told {labels} of {people[labels]} people"


@sampled
def test_a_question_means_the_same_in_all_words_and_its_figures_agree(larkspur: str) -> None:
    chance, counts, found = Random(11), Counter[str](), list[str]()
    with closing(Asking(Settings(database_url=larkspur), as_of=LARKSPUR_DAY, mode="rules")) as asking:
        for _ in range(QUESTIONS):
            found += wrong(asking, chance, meaning(chance), counts)

    sys.stdout.write(f"{dict(counts)}\n")
    assert found == []
    assert counts["answered"] >= (1 - ASKED_BACK) * counts["asked"]
    assert counts["added up"]
