"""A pattern is compiled when a text holds what it needs, and fits what it would fit anyway."""

from __future__ import annotations

import json
import re

from bot.questions.lexicon.patterns import NEEDS, LatePattern, key_of
from tests.bot.questions.lexicon.needs import late_patterns, needs_of
from tests.bot.questions.paraphrase import cases
from tests.shared import ROOT


def test_a_pattern_waits_for_a_text_that_holds_what_it_needs() -> None:
    known = next(late for late in late_patterns() if needs_of(late.pattern, late.flags) == [["between"]])
    late = LatePattern(known.pattern)

    assert late.search("tokens last week") is None
    assert late.match("tokens last week", 7) is None
    assert (late.fullmatch("tokens"), late.sub("", "tokens")) == (None, "tokens")
    assert "compiled" not in vars(late)
    assert late.match("between") is not None
    assert "compiled" in vars(late)


def test_a_pattern_that_nobody_looked_up_is_compiled() -> None:
    late = LatePattern(r"(?P<n>\d+) zebras?")
    found = late.search("40 zebras")
    assert found is not None
    assert found["n"] == "40"


def test_letters_beyond_ascii_are_left_to_the_pattern() -> None:
    late = LatePattern("kelvin", re.IGNORECASE)
    late._needs = [["kelvin"]]
    assert late.search("KELVIN") is not None
    assert late.search("\N{KELVIN SIGN}elvin") is not None


def test_what_a_pattern_needs_is_what_stands_in_each_of_its_ways() -> None:
    assert needs_of(r"(?:the )?(?:budgets?|spend) of\s+\d+", 0) == [[" of"], ["budget", "spend"]]
    assert needs_of(r"Costs?|\d+", re.IGNORECASE) == []
    assert needs_of(r"a(?!bc)|x*", 0) == []


def test_what_was_looked_up_beforehand_is_what_the_patterns_need() -> None:
    # `python -m tests.bot.questions.lexicon.needs` writes it anew; a pattern that is newer than that is compiled.
    known, late = json.loads(NEEDS.read_bytes()), late_patterns()
    wanted = {key_of(each.pattern): needs_of(each.pattern, each.flags) for each in late}
    kept = {key: needs for key, needs in known.items() if key in wanted}
    assert kept == {key: wanted[key] for key in kept}
    assert len(kept) > 0.8 * len(wanted)


def test_what_people_ask_fits_as_it_would_anyway() -> None:
    files = sorted((ROOT / "tests/bot/questions/paraphrases").glob("*.txt"))
    texts = [case.turns[-1].lower() for file in files for case in [*cases(file)][::40]]
    assert len(texts) > 10
    for late in late_patterns():
        assert [late.compiled.search(text) is not None for text in texts] == [
            late.search(text) is not None for text in texts
        ], late.pattern
