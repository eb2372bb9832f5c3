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
        ("tokens in <#C1|platform>", "tokens in team platform"),
        ("tokens in <#C1>", "tokens in team C1"),
        ("tokens of <!subteam^S1>", "tokens of team S1"),
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


@pytest.mark.parametrize(
    "aside",
    ["(cc <@U1>)", "cc <@U1>, <@U2>", "FYI: <@U1> and <@U2|bo>", "/cc <@U1>", "<@U1> asked for it", "<@U2> needs this"],
)
def test_who_is_copied_in_or_asked_for_it_is_not_asked_about(aside: str) -> None:
    said = plain(f"<@UBOT> cost by team, {aside}", "UBOT", lambda user: NAMES.get(user, ""))

    assert said.rstrip(" ,") == "cost by team"


def test_a_mention_of_us_in_such_a_place_is_ours() -> None:
    assert plain("cc <@UBOT> cost by team", "UBOT", lambda user: "") == "cc cost by team"


def test_whom_a_text_speaks_to() -> None:
    assert first_mentioned(" <@U1|ana> what do you think?") == "U1"
    assert first_mentioned("cost of <@U1>") == ""
    assert mentions("hello <@UBOT|fulcrum>", "UBOT")
    assert not mentions("hello <@UBO>", "UBOT")
    assert not mentions("hello <@>", "")
