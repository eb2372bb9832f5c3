"""Metrics of work: rates of items, hours, minutes an item takes, and items counted by their workflow."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.measure_shares import insert
from bot.questions.grammar.measure_tables import COUNT, OF
from bot.questions.grammar.sentence import Found, Item, Sentence
from storage.catalogue import METRICS

_WORK_VERBS = (
    (r"fail|failed|fails|failing|went wrong|go wrong|goes wrong|<M=failure_rate>", "failure_rate"),
    (
        r"redo|redos|a redo|reworked|redone|rework|needed rework|need rework|had to be redone|needs rework|be "
        r"redone|sent back|"
        r"<M=rework_rate>",
        "rework_rate",
    ),
    (
        r"accepted|succeed|succeeded|successful|succeeds|<M=success_rate>|<M=accepted>|worked out|went well|"
        r"passed",
        "success_rate",
    ),
    (
        r"(?:done|handled|processed|completed|closed|finished|made|solved|resolved|runs?|running|"
        r"ran)?(?: fully| entirely| wholly| "
        r"completely)? ?(?:by|through|on|with) (?:an |the |ai )*<E=kind|mode:a>(?: alone| only| on their own| by "
        r"themselves| autonomously| end to end| unassisted)?|autonomously|automated|fully automated|without (?:a "
        r")?humans?|without people|on autopilot",
        "autonomy_share",
    ),
    (
        r"(?:done |handled |processed |completed |made |solved |resolved |run )?(?:with|by|using|through|"
        r"involving|supported by|with the help of|thanks to) (?:some |any )?ai(?: help| support| involvement)?|"
        r"ai involved|ai assisted|touched by ai|involve ai|involved ai|used ai",
        "ai_share",
    ),
)


def read_work_shares(draft: Draft) -> None:
    """ "what share of items failed", "how often does X need rework"."""
    sentence = draft.sentence
    work = (
        any(one.name == "items" for one in sentence.tags("M"))
        or bool([one for one in sentence.tags("E") if one.name == "workflow"])
        or any(one.name in ("workflow", "activity") for one in sentence.tags("D"))
    )
    if not work or any(one.name in ("tokens", "cost", "requests") for one in sentence.tags("M")):
        return
    _named_rate(sentence)
    for pattern, name in _ADJECTIVES:
        for found in list(sentence.all(rf"(?<=most |east )(?:{pattern})")):
            sentence.put(found, "M", name)
    lead = sentence.find(
        rf"(?:what |which |the |a ){{0,4}}(?:<sharenoun>|how much)(?: {OF}(?: all| the| our| its)*)?|how often (?:do|"
        r"does|did|is|are|was|were)|how frequently"
    )
    for pattern, name in _WORK_VERBS:
        verb = sentence.find(pattern)
        if verb is None:
            continue
        agent = verb.item("a") if "P<a>" in pattern else None
        if agent is not None and agent.value[0].value not in ("agent", "one"):
            continue
        if lead is not None:
            sentence.put(verb, "M", name)
            again = sentence.find(
                rf"(?:what |which |the |a ){{0,4}}(?:<sharenoun>|how much)(?: {OF}(?: all| the| our| its)*)?|how often "
                r"(?:do|does|did|is|are|was|were)|how frequently"
            )
            if again is not None:
                sentence.use(again)
            for more in list(sentence.all(r"(?:in|as) (?:a |an )?<sharenoun>")):
                sentence.use(more)
            return
        if name in ("failure_rate", "rework_rate") and sentence.has(
            r"(?:how many|number of) (?:[^ ]+ ){0,3}?(?:<M=items>|<E=workflow>)"
        ):
            raise draft.ask(
                (
                    f"I know the {METRICS[name].label} and the number of items, not the count of these. Which would "
                    "help?"
                ),
                Option(label=METRICS[name].label, ask=_rate_instead(draft, name)),
            )
    by_mode = sentence.find(
        r"(?:done|handled|processed|completed|made|made up|solved|resolved|finished) <E=mode>|<E=mode> (?:items|work)"
    )
    if lead is not None and by_mode is not None and not sentence.tags("M"):
        at = sentence.items[lead.first]
        sentence.swap(at, Item(at.word, at.raw, at.start, at.end, "M", "items"))
        draft.shares = True


_ADJECTIVES = (
    (r"(?:fully )?(?:automated|autonomous)", "autonomy_share"),
    (r"reworked|redone", "rework_rate"),
    (r"successful", "success_rate"),
    (r"ai assisted|assisted", "ai_share"),
)


def _named_rate(sentence: Sentence) -> None:
    """ "which workflow failed most often, failure rate": the rate named outright is what the verb means."""
    verbs = {
        "failure_rate": r"fail|failed|fails|failing",
        "rework_rate": r"(?:needs?|needed|had) (?:the )?(?:rework|<M=rework_rate>|to be redone)|reworked|redone",
        "success_rate": r"succeed|succeeded|succeeds|accepted|passed",
    }
    for name, verb in verbs.items():
        rates = [one for one in sentence.tags("M") if one.name == name]
        if not rates or not (len(rates) > 1 or "rate" in rates[-1].word):
            continue
        for found in list(sentence.all(rf"(?:has |have |had |was |were )?(?:{verb})")):
            if any(one.start == rates[-1].start for one in found.items()):
                continue
            sentence.use(found)
            for more in list(sentence.all(r"often|frequently|relative to (?:its|their|the) (?:items|<M=items>)")):
                sentence.use(more)


def _rate_instead(draft: Draft, name: str) -> str:
    workflow = next((one.value[0].label for one in draft.sentence.tags("E") if one.name == "workflow"), "")
    return f'{METRICS[name].label} of workflow "{workflow}"' if workflow else METRICS[name].label


_SAVE = (
    r"(?:save|saved|saves|saving|savings|taken off|take off|took off|takes off|taken over|take over|took over|"
    r"offload|offloaded|offloading|free|freed|frees|freed up|spare|spared|spares|gain|gained|won back|won|lifted|"
    r"removed|shaved off|shave off|relieved)"
)


def read_hours(draft: Draft) -> None:
    """ "hours AI has taken off our plate", "hours that could be offloaded", "hours people put in"."""
    sentence = draft.sentence
    names = {one.name for one in sentence.tags("M")}
    found = sentence.find(
        rf"(?:hours|hour|time)(?: [^ ]+){{0,6}}? (?P<may>could|can|might|still|potential|potentially)(?: [^ "
        rf"]+){{0,4}}? {_SAVE}"
    )
    if found is not None:
        _put_over(sentence, found, "offloadable_hours")
        return
    found = sentence.find(rf"(?:hours|hour|time)(?: [^ ]+){{0,8}}? {_SAVE}|{_SAVE}(?: [^ ]+){{0,3}}? (?:hours|time)")
    if found is not None:
        _put_over(sentence, found, "hours_offloaded")
        plate = sentence.find(
            r"(?:the |our |their |its )?(?:plate|plates|shoulders|hands|back|backs|desk|desks|to ai|workload)"
        )
        if plate is not None:
            sentence.use(plate)
        return
    if names & {"human_hours", "hours_offloaded", "offloadable_hours", "minutes_per_item", "human_minutes"}:
        for more in list(sentence.all(r"hours|hour|minutes")):
            sentence.use(more)
        return
    left = sentence.find(
        r"(?:how much |how many )?<E=mode> (?:work|hours|time)(?: (?:is|are|that is|that are))?(?: still)? "
        r"(?:left|remaining|outstanding|to do)"
    )
    if left is not None:
        _put_over(sentence, left, "offloadable_hours")
        for more in list(sentence.all(r"(?:, )?in hours|hours")):
            sentence.use(more)
        sentence.items = [one for one in sentence.items if not (one.tag == "E" and one.name == "mode")]
        sentence.refresh()
        return
    if sentence.has(r"not hours|in hours not"):
        return
    by_hand = sentence.find(
        r"(?:hours|time) (?:of work )?(?:is |are |was |were )?(?:still )?(?:spent |done |worked )?<E=mode>(?= "
        r"work|$| [?.,])"
    )
    if by_hand is not None and "still" in by_hand.said():
        _put_over(sentence, by_hand, "offloadable_hours")
        return
    found = sentence.find(
        r"(?:how many |how much |number of |total )?(?P<unit>hours|time|minutes)(?: of)?(?: <E=mode>| "
        r"<E=kind>)?(?: (?:work|effort|labour|labor))?(?: [^ ]+){0,8}? (?:spend|spent|spending|<M=cost>|put|"
        r"worked|work|invested|invest|went|go|goes|gone|used|devoted|dedicated|took|cost)(?: in| into| on| to)?"
        r"|how (?:many|much) (?P<unit2>hours|time|minutes)(?: of)?(?: <E=mode>)?(?: (?:work|effort))?"
        r"(?: (?:do|does|did|has|have|had|will|can|the|our|a|an|this|that|<E>|<D=workflow>|<T>))* "
        r"(?:need|needs|needed|take|takes|taken|eat|eats|ate|require|requires|required|absorb|absorbs|absorbed|swallow|"
        r"swallowed)(?: up)?"
    )
    if found is not None and not _takes_item(sentence):
        unit = sentence.find(r"(?:,|;|-)? ?(?:measured |given |expressed )?in (?P<unit>hours|minutes)")
        said = unit.said("unit") if unit is not None else found.said("unit") or found.said("unit2")
        if unit is not None:
            sentence.use(unit)
        _put_over(sentence, found, "human_minutes" if said == "minutes" else "human_hours")


def _put_over(sentence: Sentence, found: Found, name: str) -> None:
    """Put a metric over a match that may hold names and times, which stay."""
    for item in found.items():
        if item.tag == "M":
            sentence.use_tags([item])
    insert(sentence, found, name)


def _takes_item(sentence: Sentence) -> bool:
    return sentence.has(r"(?:a|an|one|each|every|per|single) (?:single )?(?:<E=workflow>|<M=items>)|per item")


def read_minutes(draft: Draft) -> None:
    """ "how many minutes does a contract review take": minutes per item."""
    sentence = draft.sentence
    if (
        not any(one.name == "workflow" for one in sentence.tags("E"))
        and not any(one.name in ("items", "minutes_per_item") for one in sentence.tags("M"))
        and not any(one.name in ("workflow", "activity") for one in sentence.tags("D"))
    ):
        return
    found = sentence.find(
        r"(?:how many |what )?(?P<unit>minutes|long|time|hours|how much time)(?: of <E=mode>)?(?: [^ ]+){0,9}? "
        r"(?:take|takes|took|taken|taking|need|needs|needed|require|requires|required|last|lasts|lasted|cost|"
        r"costs)"
    )
    if found is None:
        found = sentence.find(
            r"(?:take|takes|took|need|needs|needed|require|requires)(?: [^ ]+){0,5}? (?P<unit>minutes|time|long|"
            r"hours)"
        )
    if found is None:
        found = sentence.find(
            r"(?P<unit>minutes|time|hours) (?:spent |needed |required |used )?(?:on|for|in|per|/) (?:a|an|one|"
            r"each|every|per) (?:single )?(?=<E=workflow>|<M=items>)"
        )
    if found is None:
        found = sentence.find(
            r"(?P<unit>minutes|time|hours)(?: spent| needed)? (?:per|/|for each|for every|an?) "
            r"(?=<E=workflow>)(?:<E=workflow> <M=items>)?"
        )
    if found is None:
        found = sentence.find(r"(?P<unit>minutes)(?: an?| per| each| /| for each| one)? <M=items>")
    if found is None:
        return
    hours = found.said("unit") == "hours"
    whole = sentence.has(r"human <M=minutes_per_item>")
    singular = _takes_item(sentence) or sentence.has(
        r"on average|average|does it take|it takes?|how long|items? takes?|<E=workflow> takes?|per <E=workflow>|"
        r"does <E=workflow> (?:[^ ]+ )?take|did <E=workflow> take|per item|for each|each"
    )
    if not singular and not whole:
        return
    _put_over(sentence, found, "human_hours/items" if hours else "minutes_per_item")
    for more in [] if hours else list(sentence.all(r"in minutes|minutes")):
        sentence.use(more)
    for more in list(sentence.all(r"how (?=<M>)|on average|average")):
        sentence.use(more)


def read_items(draft: Draft) -> None:
    """ "how many code reviews did we do": items of that workflow."""
    sentence = draft.sentence
    if sentence.tags("M"):
        return
    found = sentence.find(rf"(?P<count>{COUNT}|volume of|amount of) (?:of |the |our |different )*(?=<E=workflow>)")
    if found is None:  # "contract reviews done by agents", "ticket replies: how many"
        found = sentence.find(
            r"(?<=\S )(?P<done>(?:that were |were |got )?(?:done|handled|completed|processed|carried out|finished|"
            r"made))"
            r"(?= (?:by|in|with|last|this|<T>|<E>)|$)"
        )
        after = sentence.find(r"(?<=\S )(?:,|:|-) (?P<n>how many)(?: (?:were|are|did we do))?(?= ?[?.!]| in | <T>|$)")
        named = sentence.items[0] if sentence.items else None
        if named is None or named.tag != "E" or named.name != "workflow":
            return
        found = found if found is not None and found.first == 1 else after if after and after.first == 1 else None
    if found is not None:
        sentence.put(found, "M", "items")
