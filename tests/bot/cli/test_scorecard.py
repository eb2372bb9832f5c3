"""The scorecard on a page: a PDF or a picture, by the ending of its name."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from bot.cli.scorecard import HEIGHT, WIDTH, save
from bot.questions.answers.answer import Answer, Status


def test_a_page_is_a_pdf_or_a_picture_of_the_answers(tmp_path: Path) -> None:
    card = Answer(status=Status.ANSWERED, text="Cost, October 2026: $1.16k – up.")

    save(card, "AI scorecard", tmp_path / "card.pdf", "PDF")
    save(card, "AI scorecard", tmp_path / "card.png", "PNG")

    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    with Image.open(tmp_path / "card.png") as drawn:
        assert drawn.size == (WIDTH, HEIGHT)
        assert sum(drawn.convert("L").histogram()[:64])  # there is ink on it
