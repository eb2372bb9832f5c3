"""Lists of people: who is meant by "who", "by person", "top 5 people", "the biggest spenders"."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.sentence import Sentence


def list_people(draft: Draft) -> None:
    """Find whether people are listed, those without use as well."""
    _spenders(draft)
    _people(draft)
    _everyone(draft)


def _spenders(draft: Draft) -> None:
    """ "top 5 spenders in Web", "the biggest spenders (people)": people, where they are of a team or called so."""
    sentence = draft.sentence
    found = sentence.find(
        r"(?:top|bottom|<up>|<down>|<N>) (?:<N> )?(?:<up> |<down> )?"
        r"(?P<who>(?:spender|spenders|<M=cost>)(?= |$))"
    )
    if found is None or "spender" not in " ".join(one.word for one in found.items()):
        return
    called = sentence.find(r"\( (?:the )?<H=people|employee|user> \)|,? ?(?:by|per) person")
    if called is None and not (draft.pick("team") or sentence.said("my|our <D=team>")) and not draft.personal:
        return
    if called is not None:
        sentence.use(called)
    _list_people(draft, found.said())


_ADJECTIVE = (
    r"(?:(?:of )?(?:the |our |my |their )?(?:<E>|<E> 's|<N>|<up>|<down>|power|individual|single|ai|active|named|"
    r"<T>) ){0,9}"
)
# How a list of people is said: who, each of them, the most of them, those that pass a threshold, or otherwise.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "other",
        r"(?:by|per|for each) <D>(?: ,)? (?:and|/|x|&|then)(?: by| per| each| for each)* <H=people|employee|user>",
    ),
    (
        "who",
        r"(?:which|who) of (?:us|you)",
    ),
    (
        "who",
        r"^(?:and |so |hey |hi |ok |then |also |but |, )*who(?:se)?",
    ),
    (
        "who",
        r"(?:[?.!,;:]|and|tell|show|know|me|see|list|wonder|wondering|curious) who(?:se)?",
    ),
    (
        "each",
        r"(?:by|per|for|broken down by|split by|of) (?:each |every |individual |single |the )*(?:<H=people|"
        r"employee|user>)(?<!per H)",
    ),
    (
        "most",
        r"(?:top|bottom|which|what|rank|sort|order|ranking of|each|every|(?<!at )<up>|(?<!at )<down>|leaderboard of) "
        rf"(?:of )?{_ADJECTIVE}<H=people|employee|user:h>",
    ),
    (
        "most",
        rf"(?:top|bottom) <N> {_ADJECTIVE}<H:h>",
    ),
    (
        "other",
        r"(?:which|what|top|bottom|any|some) (?:of )?(?:the |our |single )?(?:<N> )?(?:<E=team|location> )?<E=kind>"
        r"(?= (?:gone|been|above|over|past|used|use|uses|"
        r"spent|burned|made|consumed|had|have|cost|<M>|<use>|<up>|with|over|went|got|has|who|that))",
    ),
    (
        "other",
        r"(?:list|show|name|give|list out|print|display|rank)(?: me| us)? (?:all |the |every |everyone |of )*"
        rf"{_ADJECTIVE}(?:'s )?<H=people|employee|user|everyone:h>(?! <M>| <T>)",
    ),
    (
        "passing",
        r"<H=people|employee|user|everyone|anyone:h> (?:who|that|with|over|above|below|under|at|beyond|past|"
        r"exceeding|topping|using more|"
        r"whose|having|spending|burning) ",
    ),
    (
        "most",
        r"(?<!at )(?:<up>|<down>) (?:(?!of )[^ ]+ ){0,2}<H=people|employee|user:h>",
    ),
    (
        "other",
        r"<H=people|user|employee|everyone:h> (?:rank|ranking|leaderboard|ranked|list)",
    ),
    (
        "passing",
        r"<H=people|employee|user|anyone|everyone:h> (?:in|from|of|at|within) (?:the )?<E=team|location> (?:who|"
        r"that|with|over|above|"
        r"below|under|having|at) ",
    ),
    (
        "other",
        r"<H=people|employee:h>(?: and| with|,) (?:their|his|her|each one's) (?:own )?(?=<M>)",
    ),
    (
        "other",
        r"<N> (?:<E> )?<H=people|employee|user:h> (?:with|who|that|whose|using|burning|spending|having)",
    ),
    (
        "other",
        r"(?:(?:which|what|who|top|bottom|(?<!at )<up>|(?<!at )<down>) (?:of )?(?:the |"
        r"our )?(?:<N> )?(?:<E=team|location> )?<E=title>|"
        r"<N> <E=title> (?:with|who|that))(?! <D>)",
    ),
)


def _people(draft: Draft) -> None:
    """ "who", "by person", "top 5 people": a list of people."""
    sentence = draft.sentence
    if (
        draft.before is not None
        and draft.before.query.order is not None
        and sentence.said(
            r"^(?:and |so |then |ok |, )*who (?:came|comes|is|was|'s|were|finished|ranks|ranked)(?: in| at| on| the)* "
            r"(?:second|third|fourth|fifth|next|last|runner up|2nd|3rd)"
        )
    ):
        return  # of the rows before, whatever they are
    if sentence.said(
        r"(?:among|amongst|across|between|out of|of) (?:all )?(?:the |our )<D=team|tool|model|workflow>|"
        r"(?:each|every) <D=team|tool|model|provider|workflow> 's|^who .*<sharenoun>.* by (?:the )?<D>"
    ):
        return  # "who comes second among the teams"
    for way, pattern in _PATTERNS:
        found = sentence.find(pattern.rstrip(" "))
        if found is None:
            continue
        words = found.said()
        if way == "each" and (
            words.startswith(("per", "of", "for"))
            and not any(one in words for one in ("each", "every", "individual", "by", "single"))
        ):
            continue
        if way == "passing" and (not _selecting(sentence) or draft.metrics[:1] == ["inactive_people"]):
            continue
        if way == "most" and words.startswith(("each", "every")) and sentence.has(r"on average|average"):
            continue
        if words.endswith("whose") and any(not one.used for one in sentence.tags("D")):
            sentence.use(found)
            return
        if way == "who" and _names_beside(draft):
            sentence.use_words(found)
            return
        if way == "who" and sentence.has(
            r"who (?:is|are|was|were|'s) (?:the |our |my )*(?:(?:<up>|<down>|best|worst|single|ai) ){0,5}<D>"
        ):
            sentence.use_words(found)
            return
        if way == "most" and sentence.has(r"(?:which|what|whose) (?:[^ ]+ )?<D>"):
            continue
        if (
            way == "who"
            and any(one.name in ("headcount",) for one in sentence.tags("M"))
            and draft.metrics == ["headcount"]
        ):
            continue
        if (
            draft.metrics
            and draft.metrics[0] in ("headcount", "active_people", "adoption_rate")
            and way not in ("who", "each")
        ):
            continue
        _list_people(draft, words)
        sentence.use_tags(item for item in found.items() if not item.tag and not is_rank(item.word))
        return


def _everyone(draft: Draft) -> None:
    """ "zeros too", "including those without usage": by person, those without usage as well."""
    sentence = draft.sentence
    if "person" not in draft.groups:
        return
    found = sentence.find(
        r"(?:including|include|also|even|and|with|plus|counting|show)(?: (?:also|even|the|those|"
        r"people|ones|anyone|everyone|"
        r"<H>|who|that|are|is|have|had|at))* (?:no|none|zero|zeros|zeroes|nil|nothing|<N=plain:n>|"
        r"without(?: any)?|not|never|"
        r"non users?|<M=inactive_people>)(?: (?:<M>|<use>|<H>|ai|it|any|active|usage|too|as well|"
        r"included|ones|at all))*|"
        r"(?:zeros|zeroes|nils|blanks|(?:non|zero) (?:users?|<H>)|those (?:at|with) (?:zero|nil|none|nothing))"
        r"(?: (?:too|also|included|as well|please))*"
    )
    number = found.item("n") if found is not None else None
    if found is None or (number is not None and number.value.value != 0):
        return
    if found.said().startswith("with ") and "those" not in found.said():
        return
    draft.everyone = True
    sentence.use(found)
    draft.step("group", f"“{found.said()}” lists those without usage as well")


def _names_beside(draft: Draft) -> bool:
    """ "who is ahead, Dispatch or Fleet": who of the names, not of their people."""
    sentence = draft.sentence
    if draft.beside in ("team", "location"):
        return not sentence.said(rf"(?:in|from|at|of|within|across) (?:the |either |team )*<E={draft.beside}>(?! <T>)")
    return bool(draft.beside) and sentence.has(r"more|most|less|least|higher|lower|fewer|better|worse")


def is_rank(word: str) -> bool:
    """Words of rank and threshold, which later rules read."""
    return bool(
        compiled(
            "<up>|<down>|<gt>|<lt>|<ge>|<le>|rank|ranking|ranked|leaderboard|best|worst|biggest|power|with|that|"
            "under|over"
        ).fullmatch(word)
    )


def _selecting(sentence: Sentence) -> bool:
    return sentence.has(
        r"(?:gt|ge|lt|le|<gt>|<ge>|<lt>|<le>) (?:of )?<N>|(?:no|zero|without|without any|not) (?:<M>|<use>)|"
        r"<O=threshold>|<M=inactive_people>"
    )


def _list_people(draft: Draft, words: str) -> None:
    if "person" not in draft.groups:
        draft.groups.append("person")
        draft.step("group", f"“{words}” lists people")
