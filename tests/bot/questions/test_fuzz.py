"""Whatever somebody asks ends in an answer, soon: questions of people, cut, mixed, misspelt, with anything in between.

A sample here, 100,000 in a trial.
"""

from __future__ import annotations

import sys
from contextlib import closing
from random import Random
from time import process_time

from bot.cli.commands import Asking
from bot.errors import UserError
from bot.settings import Settings
from tests.bot.questions.paraphrase import cases
from tests.conftest import LARKSPUR_DAY
from tests.sampling import sampled, size
from tests.shared import ROOT

PAPERS = ("hurried", "widened", "harbourline", "juniper")
NAMES = ("Core", "Support", "Claude Code", "Cursor", "Haiku", "GPT-5", "Oluwaseun", "research", "everybody", "nobody")
ODD = (
    *("\x00", "\u202e", "🙂🙂", "ﬁ", "İ", "ß" * 9, "٣", "½", "1e9", "-0", "99999999999999999999", "0000-00-00", "Q9"),
    *("2026-02-30", "W99", "$", "%%", "€1.000,00", "'", '"', "--", "/*", "{}", "[[", "<@U1>", "&lt;", "\n\n", "\t"),
    *("between", "and", "vs", "not", "top", "top 0", "over over", "since", "until", "per", "by by", "?", "the " * 20),
)
SLOW = 0.5  # seconds of CPU


def seeds() -> list[str]:
    """Questions that people wrote."""
    folder = ROOT / "tests/bot/questions/paraphrases"
    return [turn for name in PAPERS for case in cases(folder / f"{name}.txt") for turn in case.turns]


def made(chance: Random, questions: list[str]) -> str:
    """A question with up to four things wrong with it."""
    words = chance.choice(questions).split()
    for _ in range(chance.randint(0, 4)):
        place = chance.randrange(len(words) + 1)
        how = chance.randrange(7)
        if how == 0:
            words[place:place] = [chance.choice(ODD)]
        elif how == 1:
            words[place:place] = [chance.choice(NAMES)]
        elif how == 2:
            words[place : place + chance.randint(1, 3)] = []
        elif how == 3:
            words[place:] = chance.choice(questions).split()[chance.randint(0, 3) :]
        elif how == 4:
            words[place:place] = words[: chance.randint(1, 6)]
        elif place < len(words):
            words[place] = misspelt(chance, words[place])
    return " ".join(words)[: chance.choice((40, 200, 500, 500))]


def misspelt(chance: Random, word: str) -> str:
    """A word with a letter too many, too few or another."""
    place = chance.randrange(len(word) + 1)
    return word[:place] + chance.choice(("", chr(chance.randint(33, 0x2FF)), word[:2])) + word[place + 1 :]


def ended(asking: Asking, question: str) -> tuple[bool, float]:
    """Whether something was said, and the CPU seconds that it took."""
    begun = process_time()
    try:
        answer = asking.ask(question)
        said = bool(answer.text or answer.answers)
    except UserError as error:
        said = bool(str(error))
    return said, process_time() - begun


@sampled
def test_every_question_ends_in_an_answer_and_none_takes_long(larkspur: str) -> None:
    chance, questions, broken, slow, told = Random(15), seeds(), list[tuple[str, str]](), list[tuple[float, str]](), 0
    with closing(Asking(Settings(database_url=larkspur), as_of=LARKSPUR_DAY, mode="rules")) as asking:
        asking.ask("tokens last month")  # what is loaded at the first question counts for none
        for _ in range(size(20, 100_000)):
            question = made(chance, questions)
            try:
                said, took = ended(asking, question)
            except Exception as error:  # noqa: BLE001  # what is looked for
                broken.append((question, repr(error)))
                continue
            told += said
            if took > SLOW:  # a busy machine takes longer over anything, but not each time
                took = min(ended(asking, question)[1] for _ in range(3))
                slow += [(took, question)] if took > SLOW else []

    sys.stdout.write(f"{told} answered, {len(broken)} broken, {len(slow)} slow\n")
    assert (broken, slow) == ([], [])
    assert told == size(20, 100_000)
