"""Two spellings of a name are the same words."""

from __future__ import annotations

from bot.questions.finders.folding import fold


def test_case_accents_apostrophes_and_joints_make_no_other_name() -> None:
    assert fold("Claude_Code") == fold("claude-code") == ("claude", "code")
    assert fold("Søren O’Brien") == fold("soren o'brien") == ("soren", "obrien")
    assert fold("gpt-4.1") == ("gpt", "4", "1")
