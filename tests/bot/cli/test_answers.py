"""Answers drawn for a terminal: what a reader must be able to find in them."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console, RenderableType

from bot.cli import answers
from bot.questions.answers.answer import Answer, Column, Draw, Fact, Option, Receipt, Row, Shape, Status

RECEIPT = Receipt(
    metric="tokens per employee",
    definition="tokens ÷ headcount",
    period="October 2026",
    zone="UTC",
    scope="whole organisation",
    newest="2026-11-22",
    coverage=0.9991,
)
TOKENS = Column(name="tokens", label="Tokens", unit="tokens")


def drawn(item: RenderableType, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    console.print(item)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def listed(*rows: Row, shape: Shape = Shape.LIST, columns: tuple[Column, ...] = (TOKENS,)) -> Answer:
    return Answer(
        status=Status.ANSWERED,
        text="Booking leads with 1.25M.",
        shape=shape,
        title="tokens, by team, October 2026",
        columns=columns,
        rows=rows,
        caveats=("October has a rest week",),
        receipt=RECEIPT,
    )


def row(team: str, tokens: float | None, *, suppressed: bool = False) -> Row:
    return Row(labels={"team": team}, values={"tokens": tokens}, suppressed=suppressed)


def test_a_list_shows_title_text_rows_caveat_and_receipt() -> None:
    text = drawn(answers.answer(listed(row("Booking", 1_254_321), row("Checkout", 0))))

    assert "tokens, by team, October 2026" in text
    assert "Booking leads with 1.25M." in text
    assert [line.split() for line in text.splitlines() if line.strip().startswith(("Booking  ", "Checkout"))] == [
        ["Booking", "1,254,321"],
        ["Checkout", "0"],
    ]
    assert "⚠ October has a rest week" in text
    receipt = " ".join(text.split())
    assert "October 2026 · everyone · data to 22 Nov · 100% attributed" in receipt


def test_a_table_without_room_becomes_lines_with_every_figure_whole() -> None:
    columns = tuple(
        replace(TOKENS, name=name, label=f"Tokens {name}") for name in ("before", "after", "left", "expected")
    )
    values = {column.name: 1_254_321.0 + number for number, column in enumerate(columns)}
    told = listed(*(Row(labels={"team": team}, values=values) for team in ("Booking", "Checkout")), columns=columns)

    narrow, wide = (drawn(answers.answer(told), width) for width in (44, 100))

    assert all(text.count(f"1,254,32{last}") == 2 for text in (narrow, wide) for last in (1, 2, 3, 4))
    assert "Booking: Tokens before 1,254,321 ·" in narrow
    assert "Booking: " not in wide


def test_a_suppressed_row_keeps_its_name_and_says_why_it_has_no_figure() -> None:
    text = drawn(answers.answer(listed(row("Counsel", None, suppressed=True), row("Booking", None))))

    assert "hidden (small group)" in next(line for line in text.splitlines() if "Counsel" in line)
    assert next(line for line in text.splitlines() if line.strip().startswith("Booking  ")).split()[-1] == "–"


def test_a_series_has_bars_in_proportion() -> None:
    weeks = [
        Row(labels={"week": f"2026-10-{day}"}, values={"tokens": n}) for day, n in (("05", 10), ("12", 5), ("19", 0))
    ]

    text = drawn(answers.answer(listed(*weeks, shape=Shape.SERIES)))

    assert [line.count("█") for line in text.splitlines() if "2026-10-" in line] == [24, 12, 0]


def test_a_point_that_is_not_whole_has_a_hollow_bar_and_its_days() -> None:
    whole = Row(labels={"month": "2026-10-01"}, names={"month": "Oct 2026"}, values={"tokens": 10})
    cut = Row(
        labels={"month": "2026-11-01"},
        names={"month": "Nov 2026 (15 days)"},
        values={"tokens": 5},
        partial=True,
        days=15,
    )

    text = drawn(answers.answer(listed(whole, cut, shape=Shape.SERIES)))

    assert next(line for line in text.splitlines() if "Nov 2026 (15 days)" in line).count("░") == 12


def test_a_list_has_bars_only_where_it_is_asked_for_as_a_chart() -> None:
    asked = replace(listed(row("Booking", 10), row("Checkout", 5)), draw=Draw.CHART)
    assert "█" in drawn(answers.answer(asked))

    assert "█" not in drawn(answers.answer(listed(row("Booking", 10), row("Checkout", 5))))


def test_a_long_list_says_how_much_it_leaves_out() -> None:
    text = drawn(answers.answer(listed(*(row(f"Team {n}", n) for n in range(34)))))

    assert "Team 29" in text
    assert "Team 30" not in text
    assert "…and 4 more" in text


def test_facts_stand_beside_the_figure_and_caveats_below() -> None:
    single = Answer(
        status=Status.ANSWERED,
        text="42 tokens.",
        facts=(Fact(label="Adoption", value=0.5, unit="fraction"),),
        caveats=("3 rows unpriced", "a rest week"),
        receipt=RECEIPT,
    )

    text = drawn(answers.answer(single))

    assert "Adoption: 50.0%" in text
    assert text.count("3 rows unpriced") == 1
    assert "⚠ a rest week" in text


def test_a_clarification_lists_its_options() -> None:
    asked = Answer(
        status=Status.CLARIFY,
        text="Which one?",
        options=(Option(label="Codex, the tool", ask="tokens of codex"), Option(label="gpt-5-codex", ask="…")),
    )

    text = drawn(answers.answer(asked))

    assert "Which one?" in text
    assert "1. Codex, the tool" in text
    assert "2. gpt-5-codex" in text


def test_two_answers_stand_under_one_sender() -> None:
    both = Answer(
        status=Status.ANSWERED,
        text="",
        answers=(Answer(status=Status.ANSWERED, text="First."), Answer(status=Status.ANSWERED, text="Second.")),
    )

    text = drawn(answers.answer(both))

    assert text.count("Fulcrum") == 1
    assert text.index("First.") < text.index("Second.")


def test_names_can_neither_style_nor_steer_the_terminal() -> None:
    text = drawn(answers.answer(listed(row("[red]Evil\x1b[2JTeam", 1), row("Booking", 2))))

    assert "[red]Evil" in text
    assert "\x1b" not in text
    assert "\x1b" not in drawn(answers.question("\x1b]0;title\x07hi"))
