"""What a question's tokens are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.limits import MAX_QUESTION
from bot.questions.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tokens w/w, up?", "tokens w/w , up ?"),
        ("Q3 vs q2", "q3 vs q2"),
        ("on 2026-11-10", "on 2026-11-10"),
        ("10/5 and 9/11/2026", "10/5 and 9/11/2026"),
        ("3,5 or 1,000.50", "3,5 or 1,000.50"),
        ("over $20, 15m or 6.5%", "over $20 , 15m or 6.5%"),
        ("tokens/employee", "tokens / employee"),
        ("team w/ the most", "team w/ the most"),
        ("w/o agents", "w/o agents"),
        ("Support's tokens", "support 's tokens"),
        ("contractors' share", "contractors 's share"),
        ("what’s up, don’t", "what 's up , don't"),
        ("oct '25 and Oct'25", "oct '25 and oct '25"),
        ("month-to-date", "month to date"),
        ("tokens_per_employee", "tokens per employee"),
        ("gpt-5-mini and claude-opus-4.5", "gpt-5-mini and claude-opus-4.5"),
        ("9-15 nov, 19–25 oct", "9 - 15 nov , 19 - 25 oct"),
        ("aug-oct q1-q3 nov-9", "aug - oct q1 - q3 nov 9"),
        ("28-day top-10", "28 day top 10"),
        ("upgrade-bot", "upgrade bot"),
        ("R&D", "r&d"),
        ("9th, 1st", "9th , 1st"),
        ("last *week* :tada: 😅", "last week"),
        ("Zoë Müller, Łukasz Straße", "zoe muller , lukasz strasse"),
        ("ＦＵＬＬ width ①", "full width 1"),
        ("<@U123> tokens", "<@u123> tokens"),
        ("zoe.b@northwind.example", "zoe.b@northwind.example"),
        ("2026-W46 w45 2wks L28D", "2026-w46 w45 2wks l28d"),
        ("a\u200bb \u202elast\u202c week\x00", "ab last week"),
        ("last\nweek\tnow", "last week now"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert tokenise(text).words == words.split()


def test_a_long_text_is_cut_and_says_so() -> None:
    assert not tokenise("x" * MAX_QUESTION).truncated
    assert tokenise("x" * (MAX_QUESTION + 1)).truncated
    assert len(tokenise("week " * 1000).text) == MAX_QUESTION


def test_marks_are_told_from_words() -> None:
    tokens = tokenise("why, 6%?").tokens

    assert [token.mark for token in tokens] == [False, True, False, True]


@given(st.text(max_size=700))
def test_every_token_stands_in_the_cleaned_text_where_it_says(text: str) -> None:
    done = tokenise(text)

    at = 0
    for token in done.tokens:
        assert at <= token.start < token.end <= len(done.text)
        assert done.text[token.start : token.end] == token.raw
        assert token.text
        assert " " not in token.text
        assert token.text == token.text.lower()
        at = token.end


@given(st.text(max_size=100))
def test_a_text_reads_the_same_each_time(text: str) -> None:
    assert tokenise(text) == tokenise(text)
