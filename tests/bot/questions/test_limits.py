"""How much is read of a question: what is too long is refused at once, what takes too long ends in a sentence."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.cli import terminal
from bot.cli.commands import Asking
from bot.questions import read as reading_rules
from bot.questions.answers.answer import Status
from bot.questions.limits import MAX_QUESTION, READING_SECONDS, TOO_LONG, TOO_SLOW, TookTooLong, deadline
from bot.questions.llm.engine import ModelEngine
from bot.questions.pipeline import Questions
from bot.questions.reading import Reading, Understood, World
from bot.questions.request import AskRequest
from bot.questions.threads.memory import ShortMemory
from bot.settings import Settings
from storage.engine import reading_engine, writing_engine
from storage.tables import Question
from tests.bot.questions.organisations import AS_OF, examined, harbourline, juniper, verdant
from tests.bot.questions.paraphrase import Case, cases
from tests.conftest import LARKSPUR_DAY
from tests.sampling import sampled, size, some

FOLDER = Path(__file__).parent / "paraphrases"
SETS = [("harbourline", harbourline()), ("juniper", juniper()), ("holdout", verdant()), ("hurried", verdant())]
SETS += [(f"examined/{file.stem}", examined(file)) for file in sorted((FOLDER / "examined").glob("*.json"))]
CPU_SECONDS = 1.5  # for reading any text; questions as people ask them take a few milliseconds
TOO_MUCH = {
    "commas": "," * 64_000,
    "open brackets": "(" * 20_000,
    "one word": "a" * 50_000,
    "quotation marks": '"' * 5_000,
    "a novel": "tokens by team last month, please. " * 1_000,
    "letters that unfold": "\ufdfa" * 1_000,
}
ODD = {
    "commas": ",", "brackets": "(", "one word": "a", "quotation marks": '"', "quoted": '"Ab" ', "dots": ".",
    "lines": "\n", "spaces": " ", "a number": "1", "numbers": "1 ", "fractions": "1/", "hyphens": "a-", "ats": "a@",
    "addresses": "a@b.", "smileys": ":aaa", "mentions": "<@U1> ", "one metric": "tokens ", "one name": "Dispatch ",
    "one grouping": "tool ", "one kind": "agent ", "one period": "last week ", "months": "october and november ",
    "days": "05.11. ", "years": "2026 ", "ranks": "top 3 ", "joins": "and how much ", "against": "compared with ",
    "minus": "tokens minus ", "growth": "growth in tokens ", "prepositions": "of ", "superlatives": "zzest ",
    "misspelt": "dispach tokns mnth ", "questions": "tokens? ", "clauses": "so i would like to know, ",
}  # fmt: skip


def shapes() -> Iterator[tuple[str, World, Case]]:
    """Some questions of every set of examples."""
    for name, directory in SETS:
        for case in [*cases(FOLDER / f"{name}.txt")][:: size(432, 24)]:
            yield name, World(directory=directory, as_of=AS_OF, asker=case.asker), case


def cpu(text: str, world: World, before: Understood | None = None) -> tuple[float, tuple[Reading, ...]]:
    """The processor time that reading takes, and the readings."""
    started = time.thread_time()
    readings = reading_rules.read(text, world, before)
    return time.thread_time() - started, readings


@sampled
@pytest.mark.parametrize("times", [6, 10])
def test_a_question_said_again_and_again_is_read_in_bounded_time(times: int) -> None:
    slow = []
    for name, world, case in shapes():
        seconds, _ = cpu(" ".join([case.turns[0]] * times)[:MAX_QUESTION], world)
        if seconds > CPU_SECONDS:
            slow.append((name, case.turns[0], seconds))

    assert slow == []


@sampled
def test_so_is_a_reply_in_a_thread() -> None:
    slow = []
    for name, world, case in shapes():
        before = reading_rules.read(case.turns[0], world)[-1]
        if not isinstance(before, Understood):
            continue
        seconds, _ = cpu("; ".join([case.turns[-1]] * 10)[:MAX_QUESTION], world, before)
        if seconds > CPU_SECONDS:
            slow.append((name, case.turns, seconds))

    assert slow == []


@sampled
@pytest.mark.parametrize("name", some([*ODD], 12))
def test_so_is_an_odd_text_as_long_as_a_question_may_be(name: str) -> None:
    piece = ODD[name]
    text = (piece * MAX_QUESTION)[:MAX_QUESTION]

    seconds, readings = cpu(text, World(directory=harbourline(), as_of=AS_OF))

    assert readings
    assert seconds < 2 * CPU_SECONDS


def test_the_end_of_a_long_question_is_read_too() -> None:
    world = World(directory=harbourline(), as_of=AS_OF)
    text = f"tokens {'please ' * 150}of Dispatch last month"

    (reading,) = reading_rules.read(text, world)

    assert len(text) > 1_000
    assert isinstance(reading, Understood)
    assert [condition.values for condition in reading.query.filters] == [("Dispatch",)]


@pytest.fixture
def asking(larkspur: str) -> Iterator[Asking]:
    made = Asking(Settings(database_url=larkspur), as_of=LARKSPUR_DAY)
    yield made
    made.close()
    made.reading.dispose()


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_long_is_refused_at_once_on_the_command_line(asking: Asking, name: str) -> None:
    started = time.thread_time()
    answer = asking.ask(TOO_MUCH[name])

    assert (answer.status, answer.text) == (Status.CLARIFY, TOO_LONG)
    assert time.thread_time() - started < 0.2
    with asking.reading.connect() as connection:
        assert [len(text) <= MAX_QUESTION for text in connection.scalars(select(Question.text))] == [True]


def test_so_it_is_in_a_batch_where_the_next_turn_is_answered(asking: Asking) -> None:
    lines = [
        json.dumps({"id": "long", "turns": [TOO_MUCH["commas"]]}),
        json.dumps({"id": "after", "turns": ["tokens last month", TOO_MUCH["one word"], "by tool"]}),
    ]
    out = io.StringIO()

    answers = [*terminal.batch(lines, asking.ask, out)]

    assert [answer.status for answer in answers] == [Status.CLARIFY, Status.ANSWERED]
    assert answers[1].query is not None
    assert answers[1].query["group_by"] == ["tool"]


def test_so_it_is_before_a_model_is_asked(larkspur: str) -> None:
    def connect() -> Any:
        pytest.fail("the model was asked")

    engine = ModelEngine(reading_rules.read, "openai", connect)
    questions = Questions(reading_engine(larkspur), writing_engine(larkspur), Settings(), ShortMemory(), engine.read)

    answer = questions.ask(AskRequest(workspace_id=1, text=TOO_MUCH["a novel"], asker_email=None, operator=True))

    assert answer.text == TOO_LONG
    questions.reading.dispose()
    questions.writing.dispose()


class Clock:
    """A clock that stands still until it was looked at so often, and then is past every deadline."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def __call__(self) -> float:
        self.looks -= 1
        return 0.0 if self.looks >= 0 else READING_SECONDS + 1


QUESTION = "We met the works council today, and the board asked again. tokens by team last month, top 3? and zork cost"


def test_reading_ends_at_every_stage_once_its_time_is_over() -> None:
    patient = Clock(1_000_000)
    reading_rules.read(
        QUESTION, World(directory=harbourline(), as_of=AS_OF, deadline=deadline(READING_SECONDS, patient))
    )
    all_looks = 1_000_000 - patient.looks
    assert all_looks > 4

    for looks in range(1, all_looks):
        clock = Clock(looks)
        world = World(directory=harbourline(), as_of=AS_OF, deadline=deadline(READING_SECONDS, clock))
        with pytest.raises(TookTooLong):
            reading_rules.read(QUESTION, world)
        assert clock.looks == -1  # nothing was begun after it


def test_a_question_that_takes_too_long_ends_in_a_sentence_and_nothing_more_is_asked_of_the_store(
    larkspur: str,
) -> None:
    reading, writing = reading_engine(larkspur), writing_engine(larkspur)
    questions = Questions(reading, writing, Settings(), ShortMemory(), reading_rules.read, steady=Clock(2))
    ran: list[str] = []
    event.listen(reading, "before_cursor_execute", lambda *call: ran.append(call[2]))

    def ask(text: str) -> Any:
        return questions.ask(
            AskRequest(
                workspace_id=1, text=text, asker_email=None, operator=True, as_of=LARKSPUR_DAY, thread="t", where="test"
            )
        )

    answer = ask("tokens by team last month")

    assert (answer.status, answer.text, answer.rows) == (Status.CLARIFY, TOO_SLOW, ())
    assert not [statement for statement in ran if "bucket" in statement]
    questions.steady = time.monotonic
    assert ask("by tool").status is not Status.ANSWERED  # the thread keeps nothing of it
    assert ask("tokens by team last month").status is Status.ANSWERED
    reading.dispose()
    writing.dispose()
