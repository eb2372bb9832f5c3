"""Right, wrong and missed on labelled sets."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest

from bot.questions.finders.marks import Marked
from bot.questions.reader.choices import Choices
from bot.questions.reader.trained import ALONE, Read, Thread
from bot.questions.reading import Impossible, Reading, Told, Unclear, Understood
from bot.questions.training.measure import Certain, JudgedLine, followed, judge, missed, show
from bot.questions.training.notation import Line, gold_of
from storage.query import Query
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
TOKENS = Query(metrics=("tokens",), period=OCTOBER)
WANTED, REFUSED = gold_of("m=tokens; p=oct"), gold_of("refuse:hour")
CHOSEN = Choices({"status": "figures", "topic": "none"}, {"status": 0.4})


def line(reading: Reading, sure: float, wanted: str = "m=tokens; p=oct") -> JudgedLine:
    gold = gold_of(wanted)
    verdict, why = judge(gold, reading)
    got = Read(reading, sure, Marked(), CHOSEN)
    return JudgedLine(Line(("tokens in October",), gold), "small", verdict, why, sure, got)


@pytest.mark.parametrize(
    ("reading", "verdict"),
    [
        (Understood(query=TOKENS), "right"),
        (Understood(query=TOKENS.with_(metrics=("cost",))), "wrong"),
        (Unclear(text="?"), "missed"),
        (Impossible(text="no"), "missed"),
    ],
)
def test_figures_that_are_wanted_are_right_wrong_or_missed(reading: Reading, verdict: str) -> None:
    assert judge(WANTED, reading)[0] == verdict


def test_any_refusal_is_right_where_one_is_wanted_and_an_answer_is_wrong() -> None:
    assert judge(REFUSED, Unclear(text="?")) == judge(REFUSED, Impossible(text="no")) == ("right", "")
    verdict, why = judge(REFUSED, Understood(query=TOKENS))
    assert verdict == "wrong"
    assert "m=tokens" in why


def test_below_the_level_a_reading_is_asked_back() -> None:
    unsure = line(Understood(query=TOKENS), 0.4)

    assert (unsure.at(0.4), unsure.at(0.5)) == ("right", "missed")
    assert line(Understood(query=TOKENS), 0.4, "refuse:hour").at(0.5) == "right"
    assert line(Unclear(text="?"), 0.0).at(0.9) == "missed"


def test_the_next_turn_follows_what_was_understood_and_a_definition_changes_nothing() -> None:
    first = followed(ALONE, "tokens in October", Understood(query=TOKENS))
    second = followed(first, "and cost?", Understood(query=TOKENS.with_(metrics=("cost",))))

    assert (second.before, second.former) == (TOKENS.with_(metrics=("cost",)), TOKENS)
    assert followed(first, "what is cost?", Told(topic="metric")) == first
    assert followed(first, "the other", Unclear(text="?")) == Thread(TOKENS, None, "the other")


def test_the_curve_is_cut_afterwards_and_so_every_choice_is_certain() -> None:
    assert Certain(CHOSEN.heads, CHOSEN.sure).confidence == 1.0


def test_figures_are_shares_of_all_lines(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        show("all", ["right", "right", "wrong", "missed"])
        show("none", [])

    assert "right  50.0%" in caplog.messages[0]
    assert "wrong  25.0%" in caplog.messages[0]
    assert "right   0.0%" in caplog.messages[1]


def test_a_miss_is_a_line_of_json_with_what_was_wanted() -> None:
    told = json.loads(missed(line(Unclear(text="?"), 0.25)))

    assert (told["verdict"], told["wanted"], told["sure"]) == ("missed", "m=tokens; p=2026-10-01..2026-10-31", 0.25)
