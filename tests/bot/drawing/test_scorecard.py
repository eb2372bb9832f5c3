"""A scorecard on a page: whatever is on it stays on it, and what is no scorecard is not drawn."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.drawing.scorecard import FINER, HEIGHT, MARGIN, WIDTH, page, pdf, png
from bot.errors import UserError
from bot.questions.answers import card
from bot.questions.answers.answer import Answer, Fact, Status
from tests.bot.questions.cards import part, scorecard

GOAL = (
    Fact(label=card.TARGET, value=0.85, unit="fraction"),
    Fact(label=card.TARGET_BY, value="2026-12-31"),
    Fact(label=card.TRACK, value=card.OFF_TRACK),
    Fact(label=card.TO_GO, value=0.046, unit="fraction"),
)


def full(name: str = "tokens per employee") -> Answer:
    """Six figures with a target each, and more to know than has room."""
    caveats = tuple(f"Thing {number} to know, in words that fill more than one line. " * 3 for number in range(20))
    return scorecard(*(replace(part(name, 0.9, *GOAL), caveats=caveats) for _ in range(6)))


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The corners of what is drawn, in lengths of the page."""
    found = image.convert("L").point(lambda shade: 255 if shade < 200 else 0).getbbox()
    assert found is not None
    return tuple(edge // FINER for edge in found)  # type: ignore[return-value]


def test_the_fullest_page_stays_inside_its_paper_and_margins() -> None:
    drawn = page(full(), "Core", "Groups are shown from 5 people up. " * 6)

    left, top, right, bottom = ink(drawn)
    assert drawn.height <= HEIGHT * FINER
    assert left >= MARGIN - 2
    assert right <= WIDTH - MARGIN + 2
    assert (top, bottom) > (MARGIN / 2, HEIGHT / 2)
    assert bottom <= HEIGHT - 30


def test_a_pdf_is_a_page_and_a_picture_is_as_high_as_what_is_on_it() -> None:
    drawn = page(scorecard(*(part(name, 0.5) for name in "abc")), "Core", "Nobody alone.")

    assert pdf(drawn).startswith(b"%PDF")
    with Image.open(BytesIO(png(drawn))) as picture:
        assert picture.width == WIDTH
        assert picture.height < HEIGHT * 2 / 3


def test_what_is_no_scorecard_is_not_drawn_and_the_reason_is_said() -> None:
    with pytest.raises(UserError, match="too small"):
        page(Answer(status=Status.DENIED, text="This group is too small."), "Core", "")
