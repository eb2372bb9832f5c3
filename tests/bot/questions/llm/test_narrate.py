"""Comments: what a model may say around figures, and a thousand lies that must not get through."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from bot.questions.answers.answer import Answer, Column, Fact, Row, Shape, Status
from bot.questions.llm.failure import Blame, ModelFailure
from bot.questions.llm.narrate import comment, with_comment
from bot.questions.llm.slots import FigureSlot, slots
from bot.questions.llm.wire import ModelReply, Prompt, Spent
from storage.names import Directory, TeamName
from storage.records import Period

TEAMS = ("Platform", "Apps", "Customer Care", "Beside", "Zürich Nord")
NAMES = [tuple(name.lower().split()) for name in TEAMS]
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30), "September 2026")
HONEST = (
    "{{f1}}. Beside that, for context: {{f2}}.",
    "Worth noting: {{f2}}; {{f1}}.",
    "{{f2}}",
    "For background, see {{f1}}. And finally: {{f2}}.",
)
DIRECTORY = Directory(
    1, 1, tuple(TeamName(n, name, "", ()) for n, name in enumerate(TEAMS)), (), (), {}, None, None
)  # fmt: skip


def answer(dice: random.Random) -> Answer:
    """An answer by team with the month before, and a fact beside it."""
    rows = []
    for team in dice.sample(TEAMS, 3):
        value, previous = dice.randrange(1_000, 10_000_000), dice.randrange(1_000, 10_000_000)
        change = value - previous
        values = {"tokens": value, "previous": previous, "change": change, "change_pct": change / previous}
        rows.append(Row(labels={"team": team}, values=values))
    columns = [Column(name=name, label=name, unit="tokens") for name in ("tokens", "previous", "change")]
    return Answer(
        status=Status.ANSWERED, text="…", shape=Shape.LIST, period=OCTOBER, previous=SEPTEMBER, rows=tuple(rows),
        columns=(*columns, Column(name="change_pct", label="change in %", unit="fraction")),
        facts=(Fact(label="median of active people", value=dice.randrange(100, 999), unit="tokens"),),
    )  # fmt: skip


Lie = Callable[[random.Random, str, Answer], str]


def number_of(dice: random.Random, said: Answer) -> int:
    value = dice.choice(said.rows).values["tokens"]
    assert isinstance(value, int)
    return value


def digit_edit(dice: random.Random, text: str, said: Answer) -> str:
    digits = list(str(number_of(dice, said)))
    at = dice.randrange(len(digits))
    digits[at] = str((int(digits[at]) + dice.randrange(1, 10)) % 10)
    wide = "".join(digits).translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    return f"{text} Note {dice.choice((''.join(digits), wide))} tokens."


def invented(dice: random.Random, text: str, said: Answer) -> str:
    number = dice.choice((str(dice.randrange(1, 99)), "forty-two", "a dozen", "half", "²", "½", "Ⅳ", "٣", "三", "①"))
    return f"{text} Also {number} of these."


def scale_change(dice: random.Random, text: str, said: Answer) -> str:
    return f"{text} That is {number_of(dice, said) / 1000:.1f}{dice.choice(('K', 'M', ' million', ' thousand'))}."


def entity_swap(dice: random.Random, text: str, said: Answer) -> str:
    team = dice.choice((*TEAMS, "Рlatform", "Zebra"))
    return dice.choice((f"For {team}: {text}", f"{text} See {team}.", text.replace("{{f", f"{team} {{{{f", 1)))


def direction_flip(dice: random.Random, text: str, said: Answer) -> str:
    word = dice.choice(
        ("up", "down", "rose", "fell", "less", "more", "plunged", "doubled", "not", "never", "unlike", "soars")
    )
    return dice.choice(
        (f"{text} This {word}.", f"{word} {text}", text.replace("{{f1}}", f"{word} {{{{f1}}}}") + f" {word}")
    )


def period_swap(dice: random.Random, text: str, said: Answer) -> str:
    when = dice.choice(("in September", "last month", "this week", "year over year", "yesterday", "before that", "Q3"))
    return f"{text} Seen {when}."


def coarse_rounding(dice: random.Random, text: str, said: Answer) -> str:
    about = round(number_of(dice, said) / 1_000_000) or 1
    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")[about]
    return (
        f"{text} Note {dice.choice((f'about {about}M', f'nearly {words} million', f'~{about}e6', 'several'))} tokens."
    )


LIES: tuple[Lie, ...] = (
    digit_edit, invented, scale_change, entity_swap, direction_flip, period_swap, coarse_rounding,
)  # fmt: skip


def shown(text: str, said: Answer) -> str:
    """What a reader would see of a comment."""
    return comment(lambda _: ModelReply((), text, Spent()), said, DIRECTORY)


def grounded(text: str, known: tuple[FigureSlot, ...]) -> bool:
    """An independent look: with the phrases of code taken out, nothing is left that says anything."""
    for slot in known:
        text = text.replace(slot.text, "")
    words = text.lower().replace(".", " ").replace(",", " ").replace(":", " ").replace(";", " ").split()
    pointing = {"beside", "that", "for", "context", "worth", "noting", "background", "see", "and", "finally"}
    return set(words) <= pointing


def test_of_a_thousand_lies_none_is_shown() -> None:
    dice = random.Random(20261123)
    through = []
    for number in range(1_000):
        said = answer(dice)
        lie = LIES[number % len(LIES)]
        text = lie(dice, dice.choice(HONEST), said)
        seen = shown(text, said)
        if seen and not grounded(seen, slots(said)):
            through.append((lie.__name__, text, seen))

    assert through == []


def test_honest_comments_are_shown_with_whole_phrases() -> None:
    dice = random.Random(7)
    for _ in range(200):
        said = answer(dice)
        known = slots(said)
        text = dice.choice([sentence for sentence in HONEST if "Beside" not in sentence])
        seen = shown(text, said)
        assert seen
        assert known[1].text in seen
        assert grounded(seen, known)


def test_a_team_named_like_a_plain_word_is_still_a_name() -> None:
    assert shown("Beside that: {{f1}}. Here: {{f2}}.", answer(random.Random(1))) == ""


def test_a_failure_of_the_model_leaves_the_answer_as_it_is() -> None:
    def fail(_: Prompt) -> ModelReply:
        raise ModelFailure("no reply in time", Blame.SERVER)

    said = answer(random.Random(1))

    assert with_comment(said, comment(fail, said, DIRECTORY)) is said


def test_a_single_figure_needs_no_comment() -> None:
    said = Answer(
        status=Status.ANSWERED, text="Tokens: 5.", shape=Shape.SINGLE, period=OCTOBER,
        columns=(Column(name="tokens", label="tokens", unit="tokens"),), rows=(Row(labels={}, values={"tokens": 5}),),
    )  # fmt: skip

    assert shown("{{f1}}", said) == ""
