"""Slack's markup as words."""

from __future__ import annotations

import pytest

from bot.slack.api.text import first_mentioned, mentions, plain

NAMES = {"U1": "ana@x.example"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@UBOT> tokens", "tokens"),
        ("tokens <@UBOT|fulcrum>", "tokens"),
        ("cost of <@U1>", "cost of ana@x.example"),
        ("cost of <@U2|bo>", "cost of bo"),
        ("cost of <@U2>", "cost of someone"),
        ("tokens in <#C1|platform>", "tokens in platform"),
        ("tokens in <#C1>", "tokens in #C1"),
        ("<!here> <!subteam^S1|@devs> <!date^1^{date}|today>", "here devs today"),
        ("<https://x.example/a?b|the page> <https://x.example>", "the page https://x.example"),
        ("<mailto:a@x.example|a@x.example>", "a@x.example"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("R&amp;D", "R&D"),
        ("  two\n lines ", "two lines"),
        ("<@U1|&lt;@U9&gt;>", "ana@x.example"),
    ],
)
def test_markup_becomes_what_its_reader_sees(text: str, words: str) -> None:
    assert plain(text, "UBOT", lambda user: NAMES.get(user, "")) == words


def test_whom_a_text_speaks_to() -> None:
    assert first_mentioned(" <@U1|ana> what do you think?") == "U1"
    assert first_mentioned("cost of <@U1>") == ""
    assert mentions("hello <@UBOT|fulcrum>", "UBOT")
    assert not mentions("hello <@UBO>", "UBOT")
    assert not mentions("hello <@>", "")
