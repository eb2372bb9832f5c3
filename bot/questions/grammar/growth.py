"""Rankings by change: "grew most", "fastest growing", "biggest drop"."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft
from storage.query import By

# What may stand between a verb of change and its superlative: "cut its use of tokens the most".
_BETWEEN = r"(?:(?!and|or|more|less)[^ ]+ )*?"


def growth_rank(draft: Draft) -> None:
    """ "grew most", "fastest growing", "biggest drop", "added the most"."""
    sentence = draft.sentence
    most = r"(?:the )?(?:most|fastest|quickest|strongest|hardest|biggest|best|sharpest|steepest)"
    least = r"(?:the )?(?:least|slowest|smallest|lowest|weakest)"
    fast = r"(?:the )?(?:fastest|quickest)"
    rules: tuple[tuple[str, By, bool], ...] = (
        (rf"<rise> {_BETWEEN}{fast}", By.CHANGE_PCT, True),
        (rf"<fall> {_BETWEEN}{fast}", By.CHANGE_PCT, False),
        (
            (
                rf"(?:<grow>|<growth>) {_BETWEEN}{most}|(?:most|fastest|quickest|strongest|biggest|highest|largest|"
                r"best|steepest|sharpest|top)(?: <M>| <E>)* (?:<grow>|<growth>)"
            ),
            By.CHANGE_PCT,
            True,
        ),
        (
            (
                rf"(?:<grow>|<growth>) {_BETWEEN}{least}|(?:least|slowest|smallest|lowest|weakest)(?: <M>| <E>)* "
                r"(?:<grow>|<growth>)"
            ),
            By.CHANGE_PCT,
            False,
        ),
        (
            (
                rf"(?:<rise>) {_BETWEEN}{most}|(?:most|biggest|largest|highest|strongest|steepest|"
                rf"greatest|sharpest|"
                rf"top|fastest)(?: <M>| <E>)* (?:<gain>|<rise>)|(?:<rise>) the most|(?:<gain>) {_BETWEEN}{most}"
            ),
            By.CHANGE,
            True,
        ),
        (
            (
                rf"(?:<fall>|cut|cuts|cutting) {_BETWEEN}{most}|(?:most|biggest|largest|highest|"
                rf"steepest|greatest|sharpest|worst|"
                r"fastest)(?: <M>| <E>)* (?:<loss>|<fall>|cut)|(?:<fall>|cut) the most"
            ),
            By.CHANGE,
            False,
        ),
        (
            (
                rf"(?:<change>) {_BETWEEN}{most}|(?:biggest|largest|most|greatest)(?: <M>| <E>)* (?:<change>|mover|"
                r"movers|swing)"
            ),
            By.CHANGE,
            True,
        ),
    )
    by_it = r"(?:by|on|for|in terms of|according to) (?:the |their |its )*(?:percent |percentage |relative |absolute )?"
    if sentence.said(r"top|bottom|rank|ranked|ranking|sort|sorted|order|ordered|<up>|<down>|leaderboard"):
        upward = not sentence.said(r"bottom|<down>|ascending")
        percent = r"(?:percent|percentage|relative|proportional)"
        rules = (
            (rf"(?:by|on) (?:the |their )?{percent} (?:<change>|<gain>|<growth>|grow)", By.CHANGE_PCT, upward),
            (
                rf"(?:biggest|largest|highest|greatest|top|strongest) {percent} (?:<gain>|<growth>|<rise>|<change>)",
                By.CHANGE_PCT,
                True,
            ),
            (rf"(?:biggest|largest|highest|greatest|steepest) {percent} (?:<loss>|<fall>)", By.CHANGE_PCT, False),
            *rules,
            (rf"{by_it}(?:<growth>|grow)(?: rate)?(?: (?:in|of)(?= ))?", By.CHANGE_PCT, upward),
            (rf"{by_it}(?:<gain>|<change>)(?: (?:in|of)(?= ))?", By.CHANGE, upward),
            (rf"{by_it}(?:<loss>|<fall>)(?: (?:in|of)(?= ))?", By.CHANGE, not upward),
        )
    for pattern, by, descending in rules:
        found = sentence.find(pattern)
        if found is None:
            continue
        draft.ranked, draft.rank_by, draft.descending, draft.change = True, by, descending, True
        draft.step("ranking", f"“{found.said()}” ranks by {by.value}")
        for item in found.items():
            if not item.tag:
                sentence.use_tags([item])
        for more in list(
            sentence.all(r"(?:saw|sees|seen|experienced|showed|posted|recorded)(?= (?:its|their|the|a) )")
        ):
            sentence.use(more)
        for more in list(sentence.all(r"rank|ranked|ranking|ranking of|sort|sorted|order|ordered|leaderboard")):
            sentence.use(more)
        _percent_terms(draft)
        return


def _percent_terms(draft: Draft) -> None:
    """ "in percentage terms", "in absolute terms" decide the column."""
    sentence = draft.sentence
    negated = sentence.find(
        r"(?:and |but |, ){0,3}(?:not|rather than|instead of) (?:in |as |by |a |the )*percent(?: terms| change)?"
    )
    if negated is not None:
        draft.rank_by = By.CHANGE
        sentence.use(negated)
        for more in list(sentence.all(r"in (?:absolute|raw|net) (?:terms|numbers|amounts|figures)|absolute")):
            sentence.use(more)
        return
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
