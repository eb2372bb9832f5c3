"""The scorecard written to a file: a PDF or a picture, or one sentence why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.scorecard import save
from bot.errors import UserError
from tests.bot.questions.cards import part, scorecard


def test_a_page_is_written_as_what_was_asked_for(tmp_path: Path) -> None:
    card = scorecard(*(part(name, 0.5) for name in "abc"))

    save(card, "Core", "", tmp_path / "card.pdf", "PDF")
    save(card, "Core", "", tmp_path / "card.png", "PNG")

    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UserError, match="cannot be written"):
        save(card, "Core", "", tmp_path / "nowhere" / "card.png", "PNG")
