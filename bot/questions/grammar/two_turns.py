"""Back references in a thread: "the two", "from the one to the other", and "make it 5"."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.grammar.draft import Draft, Pick
from bot.questions.grammar.sentence import Found
from bot.questions.grammar.thread_time import thread_period
from bot.questions.reading import Understood
from storage.query import By, Filter, Op, Query

_TWO = (
    r"(?:of |between |from |for |in ){0,3}(?:the |these |those )?(?:one to the other|(?:two|"
    r"<N=plain>)(?: of them| of those| periods| months| "
    r"weeks| quarters| days| years| teams| tools| models| ones)?|both(?: of them)?|each other|"
    r"one (?:and|versus|from|against) "
    r"the other|one with the other|first (?:and|to|versus) the second)"
)


def both_turns(draft: Draft, before: Understood) -> None:
    """ "from the one to the other", "which of the two": the periods or the rows of the two turns before."""
    sentence, former = draft.sentence, before.former
    found = next((one for one in sentence.any(_TWO) if _twofold(one)), None)
    if found is None or former is None or draft.picks or not draft.defaulted:
        return
    query = before.query
    one, other = _differing(query, former)
    compare = list(
        sentence.any(r"compare|compared|compares|comparison|change|changed|difference|differ|delta|gap|versus|between")
    )
    if query.period != former.period and one is None and query.previous is None:
        earlier, later = sorted((query.period, former.period), key=lambda each: (each.start, each.end))
        draft.period = thread_period(draft, later)
        draft.earlier, draft.compared, draft.change, draft.defaulted = earlier, True, True, False
        draft.headline = By.CHANGE_PCT
    elif one is not None and other is not None and query.period == former.period:
        draft.picks = [Pick(one.dimension, (*other.values, *one.values), start=0)]
        draft.beside, draft.together, draft.change, draft.earlier = one.dimension, False, False, None
        joint = next(
            sentence.any(r"together|combined|in total|summed(?: up)?|added up|jointly|as one|taken together"), None
        )
        if joint is not None:
            draft.picks, draft.beside, draft.together = [replace(draft.picks[0], joint=True)], "", True
            sentence.use(joint)
        more = next(
            sentence.any(
                r"(?:<up>|more|higher|bigger|larger|greater|ahead|better)|(?P<down><down>|less|lower|fewer|smaller|behind|worse)"
            ),
            None,
        )
        if more is not None:
            draft.ranked, draft.descending, draft.limit = True, not more.said("down"), 0
            sentence.use(more)
    else:
        return
    draft.step("thread", f"“{found.said()}” are the two turns before")
    for each in compare:
        sentence.use(each)
    sentence.drop(found.first, found.last)


def _twofold(found: Found) -> bool:
    return bool({"two", "both", "other", "second"} & set(found.said().split())) or any(
        one.tag == "N" and one.value.value == 2 for one in found.items()
    )


def _differing(query: Query, former: Query) -> tuple[Filter | None, Filter | None]:
    """The one filter in which two queries differ."""
    mine = [one for one in query.filters if one not in former.filters]
    theirs = [one for one in former.filters if one not in query.filters]
    if (
        len(mine) == len(theirs) == 1
        and mine[0].dimension == theirs[0].dimension
        and mine[0].op is theirs[0].op is Op.IN
    ):
        return mine[0], theirs[0]
    return None, None


def fewer_rows(draft: Draft, before: Understood) -> None:
    """ "make it 5": so many rows of the ranking before."""
    if before.query.order is None or draft.limits:
        return
    found = draft.sentence.find(
        r"^(?:ok |okay |please |and |now |so |, )*(?:make it|make that|only|just|show|show me|give me|"
        r"top|the|now|actually|rather|"
        r"and|do|let us see|let me see|list|i want)*(?: (?:only|just|the|top|me|to|it|rather|actually))* ?<N=plain:n>"
        r"(?: (?:rows|of them|please|instead|then|ones|names|only|lines|results|rather|,|[.!?]))*$"
    )
    number = found.item("n") if found else None
    if found is None or number is None or not 1 <= number.value.value <= 1000:
        return
    draft.limit = int(number.value.value)
    draft.sentence.use(found)
