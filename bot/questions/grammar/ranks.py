"""Rankings and thresholds: top and bottom, most and least, over and under."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.growth import growth_rank
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.points import grain_of_limits, points_with
from bot.questions.grammar.sentence import Found
from storage.catalogue import METRICS

_UP_VERBS = (
    r"leads?|leading|in the lead|ahead|comes? first|came first|number one|win|wins|winning|on top|at the top|"
    r"tops|dominates?|dominating|favourite|favorite|eating the most|first place|in first place|biggest spender|"
    r"biggest spenders|biggest user|biggest users|biggest consumer|biggest consumers|heaviest user|heaviest "
    r"users|guzzles?|hog|hogs|(?:drives|drove|is driving|was driving)(?: (?:that|this|it|most of (?:it|that|this)))?"
)
_DOWN_VERBS = (
    r"lags?|lagging|lags behind|lagging behind|trails?|trailing|comes? last|came last|at the bottom|last place|"
    r"behind|in last place|bringing up the rear"
)
_GROWTH = r"<grow>|<rise>|<fall>|<growth>|<gain>|<loss>|<change>|up|down"


def read_ranking(draft: Draft) -> None:
    """Find whether rows are ranked, by what, and how many are wanted."""
    sentence = draft.sentence
    place = _place(draft)
    points_with(draft)
    growth_rank(draft)
    if not draft.ranked:
        _ordered(draft)
    if not draft.ranked:
        _superlative(draft)
    if not draft.ranked:
        _which_more(draft)
    if not draft.ranked:
        _comparative_of_all(draft)
    grain_of_limits(draft)
    _peak(draft)
    if draft.ranked and place:
        draft.limit, draft.skip = 1, place - 1
    if draft.ranked and draft.limit is None:
        draft.limit = _count(draft)
    if (
        draft.ranked
        and draft.limit is None
        and not sentence.said(r"rank|ranked|ranking|sort|sorted|order|ordered|<O=ordered>")
    ):
        draft.limit = 10


_PLACES = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}


def _place(draft: Draft) -> int:
    """ "the second most expensive tool", "runner-up": the place in the ranking that is asked; 0 where none is."""
    sentence = draft.sentence
    found = sentence.find(
        rf"(?P<nth>{'|'.join(_PLACES)})(?= (?:<up>|<down>|best|worst|fastest)(?! (?:<N>|two|three|few|several)))"
    )
    if found is not None:
        sentence.use(found)
        draft.step("ranking", f"“{found.said()}” is a place in it")
        return _PLACES[found.said("nth")]
    second = sentence.find(
        rf"(?:is |was |are |came |comes |ranks |ranked |in |on |at ){{1,5}}(?:the )?(?P<nth>{'|'.join(_PLACES)})"
        r"(?: place)?(?= (?:in|by|for|on|at|when)(?: <M>| terms)| <M>| ?[?.!]?$)|(?P<up>runner up|runner - up)"
    )
    if second is None and draft.before is not None and draft.before.query.order is not None:
        second = sentence.find(
            rf"^(?:and |or |so |then |what about |how about |the |who |which |is |was |'s |in |at |on |came |comes |"
            rf"finished |ranks |ranked )*(?P<nth>{'|'.join(_PLACES)})"
            r"(?: one| <D=location>| place| spot| position)? ?[?.!]?$"
        )
    elif not draft.which:
        return 0
    if second is None:
        return 0
    sentence.use(second)
    draft.ranked = True
    draft.step("ranking", f"“{second.said()}” is a place in it")
    return _PLACES.get(second.said("nth"), 2)


def _ordered(draft: Draft) -> None:
    """ "rank teams by tokens", "sorted from low to high"."""
    sentence = draft.sentence
    found = sentence.find(
        r"rank|ranked|ranking|ranks|leaderboard|league table|sort|sorted|order|ordered|hit parade|hitlist|podium"
    )
    low = sentence.find(
        r"(?:from )?(?:lowest|smallest|least|low|worst|cheapest|fewest|bottom|lightest) (?:to|first|on top|at the "
        r"top)(?: (?:the "
        r")?(?:highest|largest|most|high|best|biggest|top))?|ascending(?: order)?|in ascending order|lowest "
        r"first|smallest first"
    )
    high = sentence.find(
        r"(?:from )?(?:highest|largest|most|high|best|biggest|top|heaviest|dearest|priciest|costliest) (?:to|first|"
        r"on top|at the top)(?: "
        r"(?:the )?(?:lowest|"
        r"smallest|least|low|worst|bottom|cheapest))?|descending(?: order)?|in descending order|highest first|biggest "
        r"first|largest first"
    )
    turned = sentence.find("reversed order")
    if turned is not None and draft.before is not None and draft.before.query.order is not None:
        sentence.use(turned)
        draft.ranked, draft.descending, draft.limit = True, not draft.before.query.order.descending, _count(draft) or 0
        for end in list(sentence.all(r"(?:<down>|<up>)(?: first)?")):
            sentence.use(end)
        return
    if found is None and low is None and high is None:
        return
    for one in (found, low, high):
        if one is not None:
            sentence.use(one)
    for again in list(sentence.all(r"rank|ranked|ranking|sorted|ordered")):
        sentence.use(again)
    if low is not None:
        draft.descending = False
    draft.ranked = True
    draft.limit = _count(draft)
    draft.step("ranking", "ordered")
    if draft.limit is None:
        draft.limit = 0
    more = sentence.find(r"<down>|<up>")
    if more is not None and low is None and high is None:
        draft.descending = not compiled("<down>").fullmatch(more.said())
        sentence.use(more)


def _superlative(draft: Draft) -> None:
    sentence = draft.sentence
    for pattern, descending in (
        (r"(?:the )?(?P<w>best|worst)(?: performing| performer| performers)?", None),
        (r"(?:the )?(?:most|least) of (?:the |our |all |its |their )*(?=<M>)", True),
        (r"(?:the )?<down>", False),
        (_DOWN_VERBS, False),
        (r"(?:the )?<up>", True),
        (_UP_VERBS, True),
    ):
        found = sentence.find(pattern)
        if found is None or _grain_word(found):
            continue
        if "least of" in found.said():
            descending = False
        if descending is None:
            descending = _better(draft, found.said("w"))
        draft.ranked, draft.descending = True, descending
        sentence.use(found)
        draft.step("ranking", f"“{found.said()}” ranks {'downwards' if descending else 'upwards'}")
        for more in list(sentence.all(r"(?:most|least|<up>|<down>)")):
            same = bool(compiled("<down>").fullmatch(more.said())) != descending
            if same and not _grain_word(more):
                sentence.use(more)
        for more in list(sentence.all(r"drives|drove|is driving|was driving")):
            sentence.use(more)
        return


def _comparative_of_all(draft: Draft) -> None:
    """ "the team that has spent the more": a comparative among all rows is a superlative."""
    sentence = draft.sentence
    if not (draft.groups or draft.which) or sentence.said(r"than|<T=compare>|or|<grow>|<rise>|<fall>"):
        return
    found = sentence.find(
        r"the (?:(?P<up>more|higher|bigger|larger|greater)|(?P<down>less|lesser|fewer|lower|smaller|cheaper))(?! or)"
    )
    if found is None:
        return
    draft.ranked, draft.descending = True, bool(found.said("up"))
    sentence.use(found)
    draft.step("ranking", f"“{found.said()}” ranks {'downwards' if draft.descending else 'upwards'}")


def _grain_word(found: Found) -> bool:
    return any(one.tag == "G" for one in found.items())


def _better(draft: Draft, word: str) -> bool:
    """Which way "best" and "worst" sort: by whether more of the metric is good."""
    if not draft.known_metrics:
        return True  # what is not named is asked for
    name = draft.known_metrics[0]
    better = METRICS[name].better if name in METRICS else ""
    if not better:
        label = METRICS[name].label if name in METRICS else name
        if name in (
            "acceptance_rate",
            "cache_share",
            "ai_share",
            "autonomy_share",
            "agent_share",
            "tokens_per_employee",
            "tokens_per_active_person",
            "effective_tokens_per_employee",
            "fresh_tokens_per_employee",
        ):
            better = "up"
        elif name in ("cost", "cost_per_employee"):
            better = "down"
        else:
            raise draft.ask(
                f"“{word}” on {label}: the highest or the lowest? More of it is neither good nor bad in itself."
            )
    return (word == "best") == (better == "up")


def _peak(draft: Draft) -> None:
    """ "busiest week", "which day had the most": the points of a series are ranked."""
    for item in draft.sentence.tags("G"):
        if item.name != "rank":
            continue
        words = set(item.word.split())
        draft.grain = item.value.grain
        down = any(compiled("<down>").fullmatch(word) for word in words) or "worst" in words
        draft.sentence.use_tags([item])
        if words & {"which", "what", "single"} and not draft.ranked:
            if draft.limits:
                continue
            raise draft.ask(f"Which {item.value.grain}: the one with the most, or with the least?")
        if words & {"best", "worst"}:
            draft.descending = _better(draft, "best" if "best" in words else "worst")
        elif not (words & {"which", "what", "single"}):
            draft.descending = not down
        draft.ranked = True
        number = next((int(word) for word in words if word.isdecimal()), None)
        counts = {"two": 2, "three": 3, "five": 5, "ten": 10}
        draft.limit = number or next((counts[word] for word in words if word in counts), draft.limit)
        draft.step("ranking", f"“{item.word}” ranks {item.value.grain}s")


def _which_more(draft: Draft) -> None:
    """ "did A or B cost more": the names are ranked."""
    sentence = draft.sentence
    sides = any(len(one.values) > 1 for one in draft.picks) or len({one.start for one in draft.picks}) > len(
        {one.dimension for one in draft.picks}
    )
    if not sides or any(one.name == "compare" for one in sentence.tags("T")):
        return
    found = sentence.find(
        r"(?:the )?(?P<up>more|higher|bigger|larger|greater)(?: of)?|(?P<down>less|fewer|lower|smaller|cheaper)|"
        r"(?P<good>better)|(?P<bad>worse)"
    )
    if found is None:
        return
    sided = {one.dimension for one in draft.picks if len(one.values) > 1}
    if (
        draft.groups
        and not sided & set(draft.groups)
        and sentence.said(r"<D>(?: [^ ]+){0,3}? (?:where|in which|whose|that)")
    ):
        raise draft.ask("Rows in which one is more than the other are no list I can give; both side by side are.")
    up = (
        bool(found.match["up"])
        if not (found.match["good"] or found.match["bad"])
        else _better(draft, "best" if found.match["good"] else "worst")
    )
    draft.ranked, draft.descending, draft.limit = True, up, 0
    sentence.use(found)
    for more in list(sentence.all("than")):
        sentence.use(more)


_NUMBER_SPOTS = (
    r"(?:top|bottom|first|last|best|worst|<up>|<down>) (?:of )?<N=plain:n>",
    r"<N=plain:n> (?:of )?(?:the |our )?(?:<up>|<down>|best|worst|fastest|biggest|<D>|<H>|names|rows|results|"
    r"leaders|laggards|spenders|ones)",
    r"(?:limit|just|only|show|give|list|name|the|me|to|what|which) (?:me |us |to )?<N=plain:n>(?= <E>| <D>| "
    r"<H>| <G>|$| ?[?.,])",
    r"<N=plain:n> <E> (?:<H>|<D>)",
)


def _count(draft: Draft) -> int | None:
    """How many rows are wanted."""
    sentence = draft.sentence
    for pattern in _NUMBER_SPOTS:
        for found in list(sentence.any(pattern)):
            number = found.item("n")
            if (
                number is None
                or number.used
                or number.value.value != int(number.value.value)
                or not 1 <= number.value.value <= 1000
            ):
                continue
            sentence.use_tags([number])
            for item in found.items():
                if not item.tag and item.word in ("top", "bottom", "first", "last"):
                    sentence.use_tags([item])
            return int(number.value.value)
    return None
