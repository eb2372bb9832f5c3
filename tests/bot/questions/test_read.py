"""The pipeline of reading, with a network that chooses what it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from bot.questions import read as reading
from bot.questions.finders.marks import Marked
from bot.questions.llm.pressed import pressed
from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.trained import Unfit
from bot.questions.reading import Impossible, Missing, Reading, Told, Unclear, Understood
from storage.query import Query
from tests.bot.questions.finders.bureau import world

PLAIN = {
    "status": "figures", "topic": "none", "time": "one", "grain": "none", "average": "none",
    "order": "none", "skip": "0",
    "zero": "none", "zero_column": "value", "share": "no", "part": "no", "everyone": "no", "personal": "no",
    "metric": "cost", "second": "none", "per": "none", "group": "none", "group2": "none",
    "of_kind": "", "of_mode": "", "of_ledger": "",
}  # fmt: skip
ROLES = {"period": "main", "number": "ignore", "compare": "ignore", "clock": "ignore", "unknown": "ignore"}


@dataclass
class Obedient:
    """A network that chooses the heads it was told, each name as a filter, and is as sure as it was told."""

    heads: Mapping[str, str]
    sure: float = 0.99
    others: Mapping[str, tuple[str, float]] = field(default_factory=dict)

    def choose(self, marked: Marked, before: Query | None) -> Choices:
        """What it was told."""
        heads = {**PLAIN, **self.heads}
        names = ["ignore" if mention.context else ROLES.get(mention.kind, "in") for mention in marked.mentions]
        roles = [Role(name, self.sure) for name in names]
        return Choices(heads, dict.fromkeys(heads, self.sure), roles, others=dict(self.others))


Ask = Callable[..., Reading]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks with a network that is told what to choose."""

    def asked(
        text: str, sure: float = 0.99, others: Mapping[str, tuple[str, float]] | None = None, **heads: str
    ) -> Reading:
        monkeypatch.setattr(reading, "trained_reader", lambda: Obedient(heads, sure, others or {}))
        return reading.read(text, world())[-1]

    return asked


def test_a_question_becomes_a_query(ask: Ask) -> None:
    found = ask("cost of Web in October")
    assert isinstance(found, Understood)
    assert [condition.values for condition in found.query.filters] == [("Web",)]


def test_what_was_passed_over_is_said(ask: Ask) -> None:
    found = ask("The landlord wants it by Friday, sorry. Cost of Web in October?")
    assert isinstance(found, Unclear | Understood)
    found = ask("The board meets soon. Cost of Web in October?")
    assert isinstance(found, Understood)
    assert "ignored: “The board meets soon”" in found.echoes


def test_a_reading_that_is_not_sure_is_a_button(ask: Ask) -> None:
    found = ask("cost of Web in October", sure=0.6)
    assert isinstance(found, Unclear)
    (option,) = found.options
    again = pressed(option.ask)
    assert again is not None
    assert again.query.filters[0].values == ("Web",)


def test_a_reading_that_is_not_sure_stands_beside_the_next_likeliest(ask: Ask) -> None:
    found = ask("how much did Web burn in October", sure=0.6, others={"metric": ("tokens", 0.3)})
    assert isinstance(found, Unclear)
    assert [option.label.partition(",")[0] for option in found.options] == ["cost", "tokens"]


def test_a_reading_that_a_guard_would_stop_is_no_button(ask: Ask) -> None:
    found = ask("cost of Web in October", sure=0.6, others={"group": ("tool", 0.3)})
    assert isinstance(found, Unclear)
    assert len(found.options) == 1


def test_a_question_is_read_without_the_reason_before_it(ask: Ask) -> None:
    found = ask("Because the brickworks burnt down, please tell me the cost of Web in October")
    assert isinstance(found, Understood)
    assert "ignored: “Because the brickworks burnt down”" in found.echoes


def test_a_reply_to_what_was_asked_back_that_completes_nothing_is_no_question_of_its_own(ask: Ask) -> None:
    before = ask("cost of Web in October")
    assert isinstance(before, Understood)
    (found,) = reading.read("by tool", replace(world(), open="and of the shaders"), before)
    assert isinstance(found, Understood | Unclear)
    assert isinstance(found, Unclear) or found.query.period != before.query.period


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cost of Web at night", Impossible),
        ("cost of shaders in October", Unclear),
        ("cost in Bergen in October", Missing),
        ("Wie viele Tokens haben wir letzten Monat verbraucht?", Impossible),
        ("what does adoption mean?", Told),
        ("thanks!", Told),
    ],
)
def test_what_is_no_query_is_said_for_what_it_is(ask: Ask, text: str, kind: type[Reading]) -> None:
    assert isinstance(ask(text), kind)


def test_a_name_that_is_several_gets_a_button_for_each(ask: Ask) -> None:
    found = ask("cost of the review workflow in October")
    assert isinstance(found, Unclear)
    assert len(found.options) == 2


def test_what_is_unclear_about_somebody_is_left_to_the_policy(ask: Ask) -> None:
    found = ask("shaders of May Lind in October")
    assert isinstance(found, Unclear)
    assert found.about == "person"


def test_what_is_unclear_about_an_agent_is_asked_back(ask: Ask) -> None:
    found = ask("shaders of Clip Bot in October")
    assert isinstance(found, Unclear)
    assert found.about == ""


def test_the_network_refuses_in_the_words_of_the_topic(ask: Ask) -> None:
    found = ask("cost of Web while others slept in October", status="unsupported", topic="hour")
    assert isinstance(found, Impossible)
    assert "Hours of the day" in found.text


def test_two_questions_get_two_readings(ask: Ask) -> None:
    ask("cost of Web")
    found = reading.read("What did Web cost in October? What did Growth spend in October?", world())
    assert [reading.query.filters[0].values for reading in found if isinstance(reading, Understood)] == [
        ("Web",),
        ("Growth",),
    ]


def test_without_weights_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unfit() -> None:
        raise Unfit("The reader's weights are not installed (reader.onnx).")

    monkeypatch.setattr(reading, "trained_reader", unfit)
    (found,) = reading.read("cost of Web", world())
    assert isinstance(found, Unclear)
    assert "not installed" in found.text
