"""Rankings by change: "grew most", "fastest growing", "biggest drop"."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft
from storage.query import By


def growth_rank(draft: Draft) -> None:
    """ "grew most", "fastest growing", "biggest drop", "added the most"."""
    sentence = draft.sentence
    most = r"(?:the )?(?:most|fastest|quickest|strongest|hardest|biggest|best|sharpest|steepest)"
    least = r"(?:the )?(?:least|slowest|smallest|lowest|weakest)"
    rules = (
        (
            (
                rf"(?:<grow>|<growth>) (?:[^ ]+ )?{most}|(?:most|fastest|quickest|strongest|biggest|highest|largest|"
                r"best|steepest|sharpest|top)(?: <M>| <E>)* (?:<grow>|<growth>)"
            ),
            By.CHANGE_PCT,
            True,
        ),
        (
            (
                rf"(?:<grow>|<growth>) (?:[^ ]+ )?{least}|(?:least|slowest|smallest|lowest|weakest)(?: <M>| <E>)* "
                r"(?:<grow>|<growth>)"
            ),
            By.CHANGE_PCT,
            False,
        ),
        (
            (
                rf"(?:<rise>) (?:[^ ]+ )?{most}|(?:most|biggest|largest|highest|strongest|steepest|greatest|sharpest|"
                rf"top|fastest)(?: <M>| <E>)* (?:<gain>|<rise>)|(?:<rise>) the most|(?:<gain>) (?:[^ ]+ )?{most}"
            ),
            By.CHANGE,
            True,
        ),
        (
            (
                rf"(?:<fall>) (?:[^ ]+ )?{most}|(?:most|biggest|largest|highest|steepest|greatest|sharpest|worst|"
                r"fastest)(?: <M>| <E>)* (?:<loss>|<fall>)|(?:<fall>) the most"
            ),
            By.CHANGE,
            False,
        ),
        (
            (
                rf"(?:<change>) (?:[^ ]+ )?{most}|(?:biggest|largest|most|greatest)(?: <M>| <E>)* (?:<change>|mover|"
                r"movers|swing)"
            ),
            By.CHANGE,
            True,
        ),
    )
    for pattern, by, descending in rules:
        found = sentence.find(pattern)
        if found is None:
            continue
        words = set(found.said().split())
        if words & {"shrank", "shrunk", "shrink", "shrinking"}:
            by = By.CHANGE_PCT
        draft.ranked, draft.rank_by, draft.descending, draft.change = True, by, descending, True
        draft.step("ranking", f"“{found.said()}” ranks by {by.value}")
        for item in found.items():
            if not item.tag:
                sentence.use_tags([item])
        _percent_terms(draft)
        return


def _percent_terms(draft: Draft) -> None:
    """ "in percentage terms", "in absolute terms" decide the column."""
    sentence = draft.sentence
    found = sentence.find(
        r"(?:in|by|as) (?:a )?(?:percent|relative)(?: terms| change| points?)?|percent wise|relatively|"
        r"proportionally|percent"
    )
    if found is not None:
        draft.rank_by = By.CHANGE_PCT
        sentence.use(found)
        return
    found = sentence.find(
        r"in (?:absolute|raw|net|dollar|token|money) (?:terms|numbers|amounts|figures)|in absolute|absolute|"
        r"absolutely|in (?:<M=tokens|cost|requests>) (?:terms|amounts|numbers)"
    )
    if found is not None and draft.rank_by is By.CHANGE_PCT:
        draft.rank_by = By.CHANGE
    if found is not None:
        sentence.use(found)
