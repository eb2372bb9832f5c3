"""Names as filters: lists of names, exceptions, "only", sums of several and names side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.questions.grammar.draft import Draft, Pick
from bot.questions.grammar.kinds import all_of_it, done_by_ai, kinds, people_only, product_ledger
from bot.questions.grammar.odd_filters import APART, none_of_it, sets_of_people
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.sentence import Item, Sentence
from bot.questions.grammar.wordlists import words
from storage.query import Op

_JOIN = words(
    """
    , and or versus & + plus as well both the in for of with against than nor also our to from compared on / at
    either between
    """
)
_NEAR = 24  # items: what stands farther off says nothing of a name
_SIDE = words("versus or against than compared")
_TOGETHER = (
    r"together|combined|jointly|taken together|as one|added up|in sum|both combined|all together|summed(?: up)?|"
    r"put together|in aggregate|aggregated|cumulatively|collectively|as a whole|sum of"
)


_SUB_TEAMS = r"(?:sub|child) <D=team>"
_EACH_SUB_TEAM = (
    rf"(?:each|every|all|which|what|per|by|list|top|bottom|any|rank)(?: (?:of|one|single|the|our|and|"
    rf"<N>))*(?: <E=team> 's)? {_SUB_TEAMS}|"
    rf"^(?:the |our |for )*(?:<E=team>(?: 's)? )?{_SUB_TEAMS}|'s {_SUB_TEAMS} (?:with|and|ranked|sorted)|"
    rf"{_SUB_TEAMS}(?: (?:of|in|under|below) (?:the )?<E=team>)? (?:with|and) (?:their|its|the)|"
    rf"(?:just|only|show|show me|list|give me)(?: just| only| me)* (?:the )?{_SUB_TEAMS}|"
    rf"{_SUB_TEAMS}(?: [^ ]+)* (?:each|one by one|individually|separately|apiece|respectively|side by side)"
)


@dataclass(slots=True)
class Run:
    """Names of one dimension that stand together; `links` are the words between them."""

    items: list[Item]
    links: set[str] = field(default_factory=set)
    plus: bool = False

    @property
    def dimension(self) -> str:
        """The dimension they share."""
        return self.items[0].name

    @property
    def values(self) -> tuple[str, ...]:
        """What they stand for."""
        return tuple(dict.fromkeys(value for item in self.items for value in _values(item)))


def _values(item: Item) -> tuple[str, ...]:
    return tuple(one.value for one in item.value)


def read_filters(draft: Draft) -> None:
    """Turn the names of the sentence into filters."""
    none_of_it(draft.sentence)
    kinds(draft)
    product_ledger(draft)
    people_only(draft)
    all_of_it(draft)
    done_by_ai(draft)
    for found in list(
        draft.sentence.all(
            r"(?:across |over |for |in |of )?all (?:the |our |of )*<D:d> (?:together|combined|as a whole)"
        )
    ):
        draft.sentence.use(found)  # all there is
    for found in draft.sentence.all(_TOGETHER):
        if len(draft.sentence.tags("E")) > 1 or draft.sentence.said(_SUB_TEAMS):
            draft.together = True
            draft.sentence.use(found)
    for found in list(
        draft.sentence.all(
            r"(?:including|include|with|counting) (?:all |everything |anything |its |the |every |of )*(?:<D=team> )?"
            r"(?:below|under|beneath)(?: it| them)?(?!\S)(?= ?[,;.?!]| <T>|$| in <T>)"
        )
    ):
        draft.sentence.use(found)
    summed = draft.sentence.said(
        r"(?:total|sum of|combined|overall total of|grand total of)(?: the| our| number of)* <M>"
    )
    for run in _runs(draft.sentence):
        if (
            summed
            and len(run.items) > 1
            and run.links <= {"and", "the", "our", "on", "in", "of", "for", "&", "plus", ","}
        ):
            draft.together = draft.together or not draft.sentence.said(APART)
        _take(draft, run)
    _sub_teams_of_the_thread(draft)
    sets_of_people(draft)


def _sub_teams_of_the_thread(draft: Draft) -> None:
    """ "by sub-team", said of the team that the question before was about."""
    found = draft.sentence.find(_SUB_TEAMS)
    before = draft.before.query.filter_on("team") if draft.before is not None else None
    if found is None or before is None or before.op is not Op.IN or draft.pick("team") is not None:
        return
    draft.sentence.use_range(found.first, found.first + 1)
    draft.picks.append(Pick("team", before.values, Op.BELOW))
    draft.step("filter", f"“{found.said()}” are those below {', '.join(before.values)}")


def _runs(sentence: Sentence) -> list[Run]:
    runs: list[Run] = []
    between: list[Item] = []
    for item in sentence.items:
        if item.tag == "E" and not item.used:
            last = runs[-1] if runs else None
            words = [one.word for one in between if one.tag != "D" or (last and one.name != last.dimension)]
            joined = (
                last is not None
                and last.dimension == item.name
                and all(word in _JOIN for word in words)
                and bool(words)
            )
            if joined and last is not None and not _owner(words):
                last.items.append(item)
                last.links |= set(words)
            else:
                runs.append(Run([item]))
            between = []
        else:
            between.append(item)
    return runs


def _owner(words: list[str]) -> bool:
    """ "Dispatch of Operations" is one within the other, not a list."""
    return bool(words) and set(words) <= {"of", "in", "the", "our", "within", "for", "on", "from"}


def _take(draft: Draft, run: Run) -> None:
    sentence = draft.sentence
    first = next(at for at, one in enumerate(sentence.items) if one.start == run.items[0].start)
    last = next(at for at, one in enumerate(sentence.items) if one.start == run.items[-1].start)
    excluded = _excluding(sentence, first, last)
    if excluded is not None and excluded[0] == first and len(run.items) > 1:
        # "of employees, contractors excluded": the last of a list alone, where a comma stands before it.
        ends = [at for at, one in enumerate(sentence.items) if one.start in (run.items[-2].start, run.items[-1].start)]
        if any(one.word == "," for one in sentence.items[slice(*ends)]):
            _take(draft, Run(run.items[:-1]))
            _take(draft, Run(run.items[-1:]))
            return
    if excluded is not None:
        sentence.use_range(*excluded)
        draft.picks.append(Pick(run.dimension, run.values, Op.NOT_IN, start=run.items[0].start))
        draft.step("filter", f"without {', '.join(run.values)}")
        return
    if _says_what_holds(sentence, first, last, run):
        return
    below = _below(sentence, first, run)
    if below is not None:
        listed = sentence.said(_EACH_SUB_TEAM) or not sentence.said(
            r"total|combined|overall|altogether|sum|how (?:much|many)"
        )
        if not draft.together and listed and "team" not in draft.groups:
            draft.groups.append("team")
            draft.step("group", "each of the sub-teams is a row")
        sentence.use_range(*below)
        draft.picks.append(Pick("team", run.values, Op.BELOW, start=run.items[0].start))
        return
    alone = _only(sentence, first, last)
    sentence.use_range(first, last + 1)
    pick = Pick(
        run.dimension,
        run.values,
        start=run.items[0].start,
        joint=run.items[0].start == draft.reports
        or "plus" in run.links
        or "+" in run.links
        or (alone and "and" in run.links),
    )
    draft.picks.append(pick)
    if len(run.values) > 1 and not draft.together and not pick.joint:
        draft.beside = draft.beside or run.dimension
    draft.step("filter", f"{run.dimension} {', '.join(run.values)}")


def _excluding(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """The items of an exception around names, None where there is none."""
    before = _ends(
        sentence.items[:first],
        (
            r"(?:<exc>|(?:<H=everyone>|<H=anyone>|everything|all|anything|every <D>|any <D>|all (?:the |our )?<D>) "
            r"but)(?: (?:for|of|by|"
            r"the|our|from|in|at|any|all|both|out|team|<D>|<H>|every|other|use of))*"
        ),
    )
    after = _starts(
        sentence.items[last + 1 :],
        r"(?:<D> |<M=tokens> )?(?:out|excluded|aside|not included|not counted|left out|removed|apart|taken out|"
        r"excepted|"
        r"omitted|set aside|"
        r"filtered out)",
    )
    if before == "leave" and not (after or "").startswith("out"):
        before = None
    if before is None and after in (None, "out"):
        return None
    start = first - (len(before.split(" ")) if before else 0)
    end = last + 1 + (len(after.split(" ")) if after and (after != "out" or before) else 0)
    return start, end


def _ends(items: Sequence[Item], pattern: str) -> str | None:
    match = compiled(rf"(?:{pattern})$").search(" ".join(one.text for one in items[-_NEAR:]))
    return match[0] if match else None


def _starts(items: Sequence[Item], pattern: str) -> str | None:
    match = compiled(rf"^(?:{pattern})").search(" ".join(one.text for one in items[:_NEAR]))
    return match[0] if match else None


def _says_what_holds(sentence: Sentence, first: int, last: int, run: Run) -> bool:
    """ "including contractors", "agents too": what holds anyway."""
    before = _ends(
        sentence.items[:first],
        (r"(?:including|include|with|counting|also)(?: (?:the|all|our|any))*"),
    )
    after = _starts(sentence.items[last + 1 :], (r"included|too|as well|also|counted in|counted"))
    inclusive = (before or "").startswith(("including", "include", "counting")) or bool(after)
    if not inclusive or run.dimension not in ("kind", "ledger", "mode"):
        return False
    sentence.use_range(first - len(before.split(" ")) if before else first, last + 1)
    if after:
        sentence.use_range(last + 1, last + 1 + len(after.split(" ")))
    return True


def _below(sentence: Sentence, first: int, run: Run) -> tuple[int, int] | None:
    """ "teams below Engineering", "Engineering's sub-teams": those under it without itself."""
    if run.dimension != "team":
        return None
    items = sentence.items
    before = _ends(
        items[:first],
        (
            r"(?:below|beneath|underneath)|sub <D=team>(?: of| in| under| below)?|(?:child|children) <D=team>(?: of| "
            r"in)?"
        ),
    )
    if before:
        count = len(before.split(" "))
        for one in items[first - count : first]:
            if one.tag == "D":
                sentence.use_tags([replace(one, used=False)])
        alone = first + 1 < len(items) and items[first + 1].word in ("only", "alone")
        return first - count, first + 2 if alone else first + 1
    after = _starts(items[first + 1 :], r"(?:'s )?(?:sub|child) <D=team>")
    return (first, first + 1 + len(after.split(" "))) if after else None


def _only(sentence: Sentence, first: int, last: int) -> bool:
    """Consume "only" beside names; whether it stands behind them: "A and B only" is one sum."""
    before = _ends(
        sentence.items[:first],
        (r"(?:and )?<only>(?: (?:for|in|by|the|on|of|from|at|to|with|our|<D>|count|counting|show|include))*"),
    )
    if before:
        sentence.use_range(first - len(before.split(" ")), first)
    after = _starts(
        sentence.items[last + 1 :],
        (r"(?:<H> |<D> |'s )?(?:only|alone|exclusively|ones only|ones)"),
    )
    if after:
        sentence.use_range(last + 1, last + 1 + len(after.split(" ")))
    return after is not None and "only" in after
