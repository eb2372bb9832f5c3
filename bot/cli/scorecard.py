"""`fulcrum scorecard --png FILE, --pdf FILE`: how things stand, on a page to forward."""

from __future__ import annotations

from pathlib import Path

from bot.drawing.scorecard import page, pdf, png
from bot.errors import UserError
from bot.questions.answers.answer import Answer

WRITTEN = {"PDF": pdf, "PNG": png}


def save(answer: Answer, whose: str, privacy: str, file: Path, kind: str) -> None:
    """Write the page as a PDF or a PNG. Raises UserError where there is nothing to draw or the file cannot be
    written."""
    data = WRITTEN[kind](page(answer, whose, privacy))
    try:
        file.write_bytes(data)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from error
