"""`fulcrum scorecard`: how things stand, on a page to forward as PNG or PDF; what is hidden stays hidden there."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.errors import UserError
from bot.questions.answers.answer import Answer
from bot.questions.answers.receipts import line

WIDTH, HEIGHT, MARGIN = 1240, 1754, 90  # A4 at 150 dots an inch
RESOLUTION = 150
PAPER, INK, SOFT = "#ffffff", "#1d1c1d", "#595959"
SPELLED = str.maketrans({"–": "-", "—": "-", "−": "-", "×": "x", "÷": "/", "’": "'", "“": '"', "”": '"', "⚠": "!"})
Line = tuple[str, int, str]  # words, size, colour


def save(answer: Answer, title: str, file: Path, kind: str) -> None:
    """Draw the page as a PDF or a PNG. Raises UserError where the file cannot be written."""
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen, y = ImageDraw.Draw(page), MARGIN
    for words, size, colour in _lines(answer, title):
        font = ImageFont.load_default(size)
        for part in textwrap.wrap(words.translate(SPELLED), width=int((WIDTH - 2 * MARGIN) / (size * 0.52))):
            pen.text((MARGIN, y), part, fill=colour, font=font)
            y += round(size * 1.45)
        y += round(size * 0.6)
    try:
        page.save(file, format=kind, resolution=RESOLUTION)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from error


def _lines(answer: Answer, title: str) -> Iterator[Line]:
    yield title, 44, INK
    parts = answer.answers or (answer,)
    for part in parts:
        yield part.text, 28, INK
    for caveat in dict.fromkeys(caveat for part in parts for caveat in part.warnings):
        yield caveat, 20, SOFT
    receipt = next((part.receipt for part in parts if part.receipt), None)
    if receipt:
        yield line(receipt), 20, SOFT
