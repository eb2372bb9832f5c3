"""Words of change: whether one is asked, and which column answers it."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.wordlists import words
from storage.query import By, Compare, Having

_CHANGE_WORDS = r"<grow>|<rise>|<fall>|<growth>|<gain>|<loss>|<change>"


_LEVEL_WORDS = (
    r"up or down|more or less|higher or lower|better or worse|(?:gone |going |went |trending |moving |moved "
    r")?(?:up|down)|more|less|fewer|higher|lower|better|worse|bigger|smaller|ahead|behind|cheaper|pricier|"
    r"dearer|costlier"
)

_UNLIKE = frozenset(("differ", "differed", "vary", "varied", "variation", "difference", "variance"))


def changes(draft: Draft) -> None:
    """Words of change: with a comparison they only say so, without one they ask for the one just before."""
    sentence = draft.sentence
    found = list(sentence.all(_CHANGE_WORDS))
    levels = [one for one in sentence.all(_LEVEL_WORDS) if not (one.said() in ("up", "down") and _particle(one))]
    _cut(draft)
    before = draft.before.query if draft.before is not None else None
    listed = draft.groups or (before is not None and before.group_by and before.previous is not None)
    if listed and not (draft.ranked or draft.limits):
        _moved_which_way(draft, bool(draft.compared or found))
    if draft.compared:
        for one in (*found, *levels):
            sentence.use(one)
        _asides(draft)
        return
    if draft.grain and not draft.ranked and sentence.said(r"how (?:has|have|had|did|does|do|is|are|was|were)"):
        for one in (*found, *levels):  # "how has headcount moved, monthly since May": a series
            sentence.use(one)
        return
    listing = bool(draft.groups or draft.beside)
    moved = [one for one in found if not (listing and one.said() in _UNLIKE)]
    asked = draft.change or bool(moved)
    if listing and len(moved) < len(found):
        for one in found:
            draft.sentence.use(one)
    if not asked and levels and not draft.trend:
        spoken = sentence.has(
            r"(?:is|are|was|were|did|do|does|has|have|been|going|go|went|gone|trending|'s|we)(?: [^ ]+){0,12}? "
            r"(?:up|down|more|less|fewer|higher|lower|better|worse|cheaper|pricier|dearer|costlier)"
        ) or any(" or " in one.said() for one in levels)
        asked = spoken
    if asked and not (draft.trend or (draft.grain and not draft.ranked)):
        draft.change = True
        for one in (*found, *levels):
            sentence.use(one)
        _asides(draft)
    elif draft.trend:
        for one in (*found, *levels):
            sentence.use(one)


def _cut(draft: Draft) -> None:
    """ "how far did they cut their tokens": a verb of change where it has a figure for its object."""
    found = draft.sentence.find(
        r"(?:we|they|it|<E>|<D>|<H>|have|has|did|who|that|which|somebody|anyone) (?:cut|cutting|cuts|raise|save)"
        r"(?= (?:(?:its|their|our|the|his|her|down|back|on|ai) )*<M>)"
    )
    if found is not None and not draft.ranked and draft.sentence.said(r"how|by|did|has|have"):
        draft.change = True
        draft.sentence.use_words(found)


_ONES = r"(?:<D>|<H>|ones|those)"
_WENT = r"(?:are|is|was|were|went|go|goes|has gone|have gone)"
_SHRINKING = r"(?:losing|falling|shrinking|declining|dropping|decreasing|shedding|cutting|reducing|sinking)"
_GROWING = r"(?:gaining|growing|rising|increasing|climbing|adding|expanding|improving)"
_SAW = r"(?:saw|see|seen|had|have|has|show|showed|with|record|recorded|experienced)"


def _moved_which_way(draft: Draft, moving: bool) -> None:
    """ "which teams' adoption dropped", "teams with falling cost": those whose change is below nought."""
    sentence = draft.sentence
    down, up = rf"(?:<fall>|{_WENT} down)", rf"(?:<grow>|<rise>|{_WENT} up)"
    clause = rf"{_ONES}(?: [^ ]+)*? (?:whose|that|which|who|where) (?:(?!by )[^ ]+ ){{0,8}}?"
    adjective = rf"{_ONES} (?:(?!by )[^ ]+ ){{0,3}}?{_SAW} (?:a |an |their |its |the |any )*"
    moved = []
    for way in (down, up):
        nouns = "<loss>" if way == down else "<gain>|<growth>"
        going = _SHRINKING if way == down else _GROWING
        found = sentence.find(
            rf"(?:{_ONES} (?:that are |which are |still |steadily )*{going}|{clause}{way}|"
            rf"{adjective}(?:<M> )?(?:{way}|{nouns})(?: in)?)"
        )
        plain = sentence.find(way) if draft.which and moving else None
        moved.append(found or plain)
    fell, rose = moved
    if fell is None and rose is None and draft.which and draft.compared and draft.groups:
        fell = sentence.find(r"(?:less|fewer|lower)(?= (?:[^ ]+ ){0,6}?<T=compare>)")
        rose = sentence.find(r"(?:more|higher)(?= (?:[^ ]+ ){0,6}?<T=compare>)") if fell is None else None
        for one in (fell, rose):
            if one is not None:
                sentence.use_words(one)
    if (fell is None) == (rose is None) or sentence.has(r"by how much|how much"):
        return
    compare = Compare.LT if fell is not None else Compare.GT
    draft.kept_having = (Having(compare, 0.0, By.CHANGE),)
    draft.change = True
    for one in list(sentence.all(rf"{_SAW}|whose|{down}|{up}")):
        sentence.use_words(one)
    draft.step("threshold", f"change {compare.value} 0")


def _asides(draft: Draft) -> None:
    for one in list(
        draft.sentence.all(
            r"between (?=<T>)|than (?=<T>|$|before|usual)|than before|than previously|before|"
            r"previously|from (?=<T>)|if at all|or not"
        )
    ):
        draft.sentence.use(one)


_MOVING = words(
    """
    is are was were be been being go going goes went gone trend trending trended move moved moving moves tick ticked
    head headed heading inch edged come came coming 's , or and not ? : - they it we still again much further percent
    way then now clearly slightly sharply a bit well still more than ones that
    """
)


def _particle(found: object) -> bool:
    from bot.questions.grammar.sentence import Found

    assert isinstance(found, Found)
    before = found.sentence.items[found.first - 1] if found.first else None
    parted = compiled(r"(?:break|carve|split|divide|slice|chop|cut|add|sum|tot|bring|give|pull|look)(?: [^ ]+){1,9}$")
    said = " ".join(one.text for one in found.sentence.items[: found.first])
    if parted.search(said) is not None:
        return True  # "carve Growth's spend up by tool"
    return before is not None and not before.tag and before.word not in _MOVING


def headline(draft: Draft) -> None:
    """Which column answers a question about change."""
    if not draft.change:
        return
    sentence = draft.sentence
    draft.headline = By.CHANGE_PCT
    negated = sentence.find(r"(?:not|no|rather than|instead of|and not) (?:in |as |a |the )*percent(?: terms)?")
    absolute = next(
        sentence.any(
            r"(?:by )?how many (?:percent )?(?:points|pp|<M>|dollars|<H>|days|hours|minutes)|(?:in|by) "
            r"(?:percent )?points|how many more|how many fewer|how much more|how much less|percent points|"
            r"(?:in )?(?:absolute|raw|net)(?: terms| numbers| figures| amounts)?|absolute|pp|points|in (?:dollars|"
            r"<M=tokens|"
            r"cost|requests>)|by how much|how much"
        ),
        None,
    )
    if negated is not None:
        sentence.use(negated)
    percent = next(
        sentence.any(
            r"(?:as |in |by |what |the |a |how many |which ){0,6}percent(?: terms| change| wise)?|rate of (?:change|"
            r"growth)"
        ),
        None,
    )
    if absolute is not None and percent is None and not (draft.ranked and draft.rank_by is By.CHANGE_PCT):
        draft.headline = By.CHANGE
    for one in (absolute, percent):
        if one is not None:
            sentence.use_words(one)
    for more in list(sentence.all(r"(?:in )?(?:absolute|raw|net)(?: terms| numbers| figures| amounts| values)?")):
        sentence.use(more)
    if negated is not None:
        draft.headline = By.CHANGE
