"""What follows /leverage: one declared table of words, each with its help and the question it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COMMAND = "/leverage"
PRIVACY = "privacy"

EXAMPLES = (
    "tokens per employee last month",
    "which team's tokens grew most last month?",
    "AI spend by tool this quarter",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommand:
    """One word.

    question  what it asks, with {name} where a name must follow; "" for one that asks none
    apart     whether something else than an answer may come of it: a form, a list to act on, advice
    """

    word: str
    usage: str
    help: str
    question: str = ""
    apart: bool = False

    @property
    def needs_name(self) -> bool:
        return "{name}" in self.question


SUBCOMMANDS: Mapping[str, Subcommand] = {
    subcommand.word: subcommand
    for subcommand in (
        Subcommand(word="help", usage="help", help="this list"),
        Subcommand(word="ask", usage="ask QUESTION", help="answer a question in plain words", question="{name}"),
        Subcommand(
            word="team",
            usage="team NAME",
            help="a team's tokens per employee, last month and the month before",
            question="tokens per employee of team {name} last month compared with the previous month",
        ),
        Subcommand(
            word="top",
            usage="top",
            help="the five teams with the most tokens per employee last month",
            question="top 5 teams by tokens per employee last month",
        ),
        Subcommand(
            word="me", usage="me", help="your own tokens last month, to you alone", question="my tokens last month"
        ),
        Subcommand(
            word="tool",
            usage="tool NAME",
            help="how a tool is adopted, team by team, last month",
            question="adoption rate of {name} by team last month",
        ),
        Subcommand(
            word="trend",
            usage="trend",
            help="tokens per employee week by week",
            question="weekly tokens per employee, last 12 weeks",
        ),
        Subcommand(
            word="offload",
            apart=True,
            usage="offload [TEAM]",
            help="what AI could take over next, and what that is worth",
            question="where could we offload more?",
        ),
        Subcommand(
            word="workflows",
            apart=True,
            usage="workflows [TEAM]",
            help="every workflow with its verdict and the reason",
            question="where could we offload more?",
        ),
        Subcommand(
            word="workflow",
            apart=True,
            usage="workflow NAME",
            help="how far a workflow is trusted, on what evidence, and its history",
            question="what is holding back {name}?",
        ),
        Subcommand(
            word="subscribe", apart=True, usage="subscribe", help="a weekly digest for a channel, or for you alone"
        ),
        Subcommand(word="unsubscribe", apart=True, usage="unsubscribe [TEAM]", help="end the digests of this place"),
        Subcommand(
            word="digest",
            apart=True,
            usage="digest preview | now",
            help="last week's digest: to you alone, or posted now",
        ),
        Subcommand(
            word="budgets",
            apart=True,
            usage="budgets",
            help="how much of each budget is used; an admin sets them there",
        ),
        Subcommand(
            word="targets", apart=True, usage="targets", help="where figures stand against their targets; set there too"
        ),
        Subcommand(
            word="watches",
            apart=True,
            usage="watches",
            help="what you want to be told about, and the press that ends it",
        ),
        Subcommand(word="saved", apart=True, usage="saved", help="what you have posted every week, to run and to end"),
        Subcommand(
            word="sources",
            apart=True,
            usage="sources",
            help="where the figures come from, and how each source is doing",
        ),
        Subcommand(
            word="reconcile",
            apart=True,
            usage="reconcile [MONTH]",
            help="for admins: a month's figures beside what vendors billed, with the reasons of a difference",
        ),
        Subcommand(
            word="words",
            apart=True,
            usage="words [X means Y]",
            help="your organisation's own words: listed, taught, undone by admins",
        ),
        Subcommand(word="settings", apart=True, usage="settings", help="for admins: time zone, privacy, who is admin"),
        Subcommand(
            word=PRIVACY,
            apart=True,
            usage="privacy",
            help="who sees what, what is stored about you, to export and to erase it",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class PlainQuestion:
    """A question to answer."""

    question: str


@dataclass(frozen=True, slots=True)
class FixedWords:
    """Fixed words to show; they are ours and may hold formatting."""

    words: str


@dataclass(frozen=True, slots=True)
class PrivacyWords:
    """The policy in force, whatever it is."""


def read(text: str) -> PlainQuestion | FixedWords | PrivacyWords:
    """What the text after the command means; a first word that is not in the table begins a question."""
    text = " ".join(text.split())
    word, _, rest = text.partition(" ")
    if not text:
        return FixedWords(help_text())
    subcommand = SUBCOMMANDS.get(word.lower())
    # "top" is the subcommand, "top teams by cost" is a question.
    if subcommand is None or (rest and not subcommand.needs_name):
        return PlainQuestion(text)
    if subcommand.word == PRIVACY:
        return PrivacyWords()
    if subcommand.needs_name and not rest:
        return FixedWords(f"`{COMMAND} {subcommand.usage}`: {subcommand.help}.")
    if not subcommand.question:
        return FixedWords(help_text())
    return PlainQuestion(subcommand.question.replace("{name}", rest))


def words_after(command: Mapping[str, Any]) -> list[str]:
    """The words that follow it in a command as Slack sends it, in lower case."""
    return str(command.get("text") or "").lower().split()


def asks(text: str) -> bool:
    """Whether an answer alone can come of what follows the command."""
    subcommand = SUBCOMMANDS.get(text.lstrip().partition(" ")[0].lower())
    return subcommand is None or not subcommand.apart


def help_text() -> str:
    """Every subcommand with its help, and examples."""
    lines = [f"• `{COMMAND} {subcommand.usage}`: {subcommand.help}" for subcommand in SUBCOMMANDS.values()]
    return "\n".join(["*Ask me how much leverage your teams get from AI.*", *lines, "", examples()])


def examples() -> str:
    """Three questions to begin with."""
    return "\n".join(["Try one of these:", *(f"• {question}" for question in EXAMPLES)])
