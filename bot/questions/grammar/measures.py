"""Which metric is asked: the words of the catalogue, put together with "per", shares of a kind, and verbs."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.options import instead
from bot.questions.grammar.sentence import Found, Item, Sentence
from storage.catalogue import METRICS

PER_HEAD = {
    "tokens": "tokens_per_employee", "fresh_tokens": "fresh_tokens_per_employee",
    "effective_tokens": "effective_tokens_per_employee", "cost": "cost_per_employee",
    "requests": "requests_per_employee", "tokens_per_employee": "tokens_per_employee",
    "active_days_per_person": "active_days_per_person",
}  # fmt: skip
PER_ACTIVE = {"tokens": "tokens_per_active_person", "active_days_per_person": "active_days_per_person", "tokens_per_active_person": "tokens_per_active_person"}
_RATIOS = {
    ("output_tokens", "tokens"): "output_share",
    ("cached_input_tokens", "input_tokens"): "cache_share",
    ("accepted", "suggested"): "acceptance_rate",
    ("human_minutes", "items"): "minutes_per_item",
    ("cached_input_tokens", "cached_input_tokens"): "cache_share",
}
_TOKEN_RATIOS = {
    "agent_share", "cache_share", "output_share", "top_decile_share", "cost_per_million_tokens", "tokens_per_employee",
    "tokens_per_active_person", "fresh_tokens_per_employee", "effective_tokens_per_employee", "active_people",
    "adoption_rate", "inactive_people", "fresh_tokens", "input_tokens", "output_tokens", "cached_input_tokens",
    "cache_write_tokens", "reasoning_tokens", "effective_tokens", "active_days_per_person",
}  # fmt: skip
_WORK_RATIOS = {"success_rate", "rework_rate", "failure_rate", "ai_share", "autonomy_share", "minutes_per_item", "human_hours", "human_minutes", "hours_offloaded", "offloadable_hours"}
# A mention of the second kind says nothing more where the first stands.
ABSORBED = (
    {name: {"tokens"} for name in _TOKEN_RATIOS}
    | {name: {"items"} for name in _WORK_RATIOS}
    | {
        "cost": {"tokens"}, "cost_per_employee": {"cost", "tokens"}, "cost_per_million_tokens": {"cost", "tokens"},
        "acceptance_rate": {"accepted", "suggested"}, "accepted": {"suggested"}, "requests": {"tokens"},
        "adoption_rate": {"active_people", "tokens"}, "active_people": {"tokens"},
        "requests_per_employee": {"requests"}, "agent_share": {"tokens", "requests"},
        "hours_offloaded": {"human_hours", "items", "tokens"}, "offloadable_hours": {"human_hours", "items", "hours_offloaded"},
        "inactive_people": {"active_people", "tokens"}, "suggested": {"tokens"},
        "cache_share": {"tokens", "input_tokens", "cached_input_tokens"}, "output_share": {"tokens", "output_tokens"},
        "top_decile_share": {"tokens"}, "fresh_tokens": {"tokens", "cached_input_tokens"},
        "input_tokens": {"tokens", "fresh_tokens"}, "tokens_per_employee": {"tokens"},
    }
)  # fmt: skip
_SHARE = r"(?:<sharenoun>|how much|ratio|rate|mix)"
_OF = r"(?:of|from|in|out of)"
_PEOPLE_OF = r"(?:<H>|<E=team>|<E=kind>|<E=title>|<E=location>|company|organisation|us|firm|business|them|those)"
_USED = r"(?:<use>|active|on board|using|user|users|active on|up and running|adopted|make use|makes use|made use|<H=user>)"


def read_measures(draft: Draft) -> None:
    """Find the metrics of the sentence; more than one where several are listed."""
    sentence = draft.sentence
    _fresh(sentence)
    _per_million(sentence)
    _per(draft)
    for rule in (_adoption, _top_decile, _agentic, _parts, _accepting, _work_shares, _hours, _minutes, _active_days, _people, _items):
        rule(draft)
    _settle(draft)


def _fresh(sentence: Sentence) -> None:
    """ "tokens without the cached ones" are fresh tokens."""
    aside = r"(?:so |that is |i e |ie |meaning )?(?:without|excluding|exclude|except|not counting|minus|net of|no|less|leaving out|ignoring|apart from|not including) (?:the |any |those )?(?:<M=cached_input_tokens>|cached|cache|caching)(?: (?:ones|<M=tokens>|reads|input))?"
    found = sentence.find(aside)
    if found is None:
        return
    tokens = [one for one in sentence.tags("M") if one.name in ("tokens", "input_tokens")]
    fresh = [one for one in sentence.tags("M") if one.name.startswith("fresh") or one.name == "input_tokens"]
    if fresh or tokens:
        sentence.use(found)
    if tokens and not fresh:
        sentence.swap(tokens[0], replace(tokens[0], name="fresh_tokens"))


def _metric(sentence: Sentence, found: Found, name: str) -> Item:
    return sentence.put(found, "M", name)


def _per_million(sentence: Sentence) -> None:
    """ "what did a million tokens cost", "cost per 1m tokens", "per million"."""
    for pattern in (r"(?:per|for|of|a|each|/|for each|for every|by) <N:n>(?: of)? <M=tokens>", r"<N:n>(?: of)? <M=tokens>", r"(?:per|/|for each|for every|by) (?:<N:n>|million|mtok|m|mln)(?: of)?(?: <M=tokens>)?"):
        for found in list(sentence.all(pattern)):
            number = found.item("n")
            if (number is not None and (number.value.value != 1e6 or number.value.unit)) or (number is None and "per" not in found.said() and "/" not in found.said() and "for" not in found.said()):
                continue
            cost = next((one for one in sentence.tags("M") if one.name in ("cost", "cost_per_million_tokens")), None)
            if cost is not None or sentence.said("cheapest|cheap|expensive|priciest|costliest|dearest|cheaper|most expensive|least expensive"):
                _metric(sentence, found, "cost_per_million_tokens")
                return


def _per(draft: Draft) -> None:
    """ "per head", "a head", "per active user", "per request"."""
    sentence = draft.sentence
    lead = r"(?:per|/|for each|for every|for an|for one|on a per|as per)"
    patterns = (
        (rf"{lead} (?:active|participating|actual|ai|using) (?:ai )?(?:<H>|head|people)|per (?:active|dau|mau|wau)(?! day)|{lead} <H=user>|per active one", "active"),
        (rf"{lead} (?:single |full time |average |individual )?(?:<H>|<head>)(?: basis)?(?! count)", "head"),
        (r"(?<=\S )(?<!many )(?:a|an) (?:head|employee|fte)(?! count)", "head"),
        (r"(?:the |an |our )?average (?:active )?(?:<H>|<head>)(?! count| days| size)", "average"),
        (r"each (?:active )?(?:<H>|<head>)(?= (?:[^ ]+ ){0,6}on average)", "average"),
        (r"by (?:head|capita)", "head"),
    )
    for pattern, kind in patterns:
        for found in list(sentence.all(pattern)):
            word = found.said()
            if kind == "head" and found.match[0].startswith(("a ", "an ")) and not _after_metric(sentence, found):
                continue
            if kind == "average" and "H." not in word and "head" not in word and "employee" not in word:
                continue
            users = "H.user" in word or "active" in word
            draft.per = "active" if kind == "active" or (kind == "average" and users) else "head"
            sentence.put(found, "O", f"per_{draft.per}", used=True)
            average = sentence.find(r"on average|average|averaged|averaging|in the mean")
            if average:
                sentence.use(average)
            return
    found = sentence.find(r"(?<=\S )(?:of|for) (?:a|an|one|each|every|the average|an average|a single) (?:average |single )?<M=requests|items:m>") if sentence.tags("M") else None
    if found is not None and (found.first == 0 or sentence.items[found.first - 1].tag != "M"):
        found = None
    if found is not None:
        for more in list(sentence.all(r"average|on average|mean")):
            sentence.use(more)
    found = found or sentence.find(rf"{lead} (?:single |individual )?<M=tokens|requests|items|suggested|accepted|human_hours|human_minutes|cost|output_tokens|input_tokens:m>")
    if found is None:
        found = sentence.find(r"(?:each|an|a|every|the average|one) (?:average )?<M=requests|items:m>(?= <M=cost>|(?: [^ ]+){0,2} (?:cost|costs|<M=cost>))")
    if found is not None and found.item("m") is not None:
        item = found.item("m")
        draft.per = item.name if item else ""
        sentence.put(found, "O", "per_metric", used=True)


def _after_metric(sentence: Sentence, found: Found) -> bool:
    return found.first > 0 and sentence.items[found.first - 1].tag == "M"


def _adoption(draft: Draft) -> None:
    """ "what share of Sales used AI": people active of the members."""
    sentence = draft.sentence
    if any(one.name not in ("headcount", "tokens", "active_people", "accepted") for one in sentence.tags("M")):
        return
    if any(one.name == "tokens" and "token" in one.word for one in sentence.tags("M")):
        return
    found = sentence.find(rf"{_SHARE} {_OF} (?:all |our |the |of )*(?:[^ ]+ )?{_PEOPLE_OF}(?: [^ ]+){{0,6}}? (?P<use>{_USED}|<M=active_people>)(?: (?:ai|any ai|it|ai tools?|an? <D=tool>|<D=tool>|<M=tokens>))?")
    if found is None:
        found = sentence.find(r"how (?:widely|broadly|wide spread|widespread) (?:is|was|are|has|have)(?: [^ ]+){0,3} (?P<use>used|adopted|in use)")
    if found is None:
        found = sentence.find(rf"{_SHARE} {_OF} (?:all |our |the |its |their )*<M=active_people>")
    if found is None:
        found = sentence.find(rf"<M=active_people> (?:as|in) (?:a |an )?{_SHARE} of (?:all |the |our )*(?:<H>|<M=headcount>|members)")
    if found is None or sentence.has(r"not (?:<use>|active|yet)|never|without"):
        return
    for item in found.items():
        if item.tag in ("H", "D") or (not item.tag):
            sentence.use_tags([item])
        elif item.tag == "M":
            sentence.use_tags([item])
    _insert(sentence, found, "adoption_rate")


def _insert(sentence: Sentence, found: Found, name: str) -> None:
    """Put a metric in the place of a match's first word, and keep its names and times."""
    first = sentence.items[found.first]
    tag = Item(first.word, first.raw, first.start, first.end, "M", name)
    kept = [one for one in sentence.items[found.first : found.last] if one.tag in "ETGN" and one.tag]
    sentence.items[found.first : found.last] = [tag, *[one for one in kept if one.start != first.start]]
    if first.tag in ("E", "T", "G", "N") and first.tag:
        sentence.items.insert(found.first + 1, first)
    sentence.refresh()


def _top_decile(draft: Draft) -> None:
    sentence = draft.sentence
    found = sentence.find(r"(?:the )?(?:top|heaviest|biggest|highest|most active|largest) (?:<N=percent:n>|tenth|decile)(?: of)?(?: (?:the|our|all|its|their))*(?: <H>| <D=person>)?")
    if found is None:
        return
    number = found.item("n")
    if number is not None and number.value.value != 10:
        raise draft.cannot("I know the share of the top tenth of people (top-decile share), of no other part.", Option(label="top-decile share", ask="top-decile share"))
    _metric(sentence, found, "top_decile_share")
    for more in list(sentence.all(r"(?:what |which |how much |the )?<sharenoun>(?: of)?(?: all| the| our)*|how (?=<M=top_decile_share>)|(?:come|came|comes|is|was|were|used|due|owed) (?:from|by|to|of)|how much of")):
        sentence.use(more)


def _agentic(draft: Draft) -> None:
    """ "how much of Engineering's tokens is agentic": the agent share."""
    sentence = draft.sentence
    agentic = next((one for one in sentence.tags("M") if one.name == "agent_share" and one.word in ("agentic",)), None)
    if agentic is None:
        found = sentence.find(r"<E=mode|kind:a> (?P<share><sharenoun>|ratio|rate)(?: of (?:all |the |our )*(?=<M=tokens>))?")
        item = found.item("a") if found else None
        if found and item and item.word == "agent":
            _metric(sentence, found, "agent_share")
        return
    found = sentence.find(rf"(?:what |which |the )*{_SHARE}(?: of)?(?: all| the| our)*")
    tokens = [one for one in sentence.tags("M") if one.name == "tokens"]
    if found is not None:
        for more in list(sentence.all(rf"(?:as|in) (?:a |an )?(?:<sharenoun>|ratio)|{_SHARE}(?: of)?|ratio")):
            sentence.use(more)
    elif tokens and any("token" in one.word for one in tokens) and not sentence.has(r"how <M=agent_share>"):
        raise draft.ask(
            "Agentic tokens as a share of all tokens, or those of agent mode?",
            instead(draft, agentic, "agent share", "agent share"),
            instead(draft, agentic, "tokens of agent mode", "agent mode"),
        )


def _parts(draft: Draft) -> None:
    """One class of a metric as a part of another: "output as a fraction of tokens"."""
    sentence = draft.sentence
    patterns = (
        rf"<M:a> (?:as|in) (?:a |an |the )?(?:<sharenoun>|ratio) (?:of|to|in) (?:all |the |our |total )*<M:b>",
        r"(?:the )?(?:ratio|<sharenoun>) (?:of|between) <M:a> (?:to|over|and|in|of|versus|out of) (?:all |the |our |total )*<M:b>",
        r"<M:a> (?:to|/|over) (?:all |the |total )*<M:b>(?: ratio| <sharenoun>)?",
        rf"(?:what |which |the )*{_SHARE} (?:of|in) (?:all |the |our |its |their )*(?P<own>(?:<E>|<T>)(?: 's)? )*<M:b>(?P<mid>(?: (?:<T>|<E>|<be>|<do>|that|which|goes|went|to|go|come|came|comes|from|into|made|up|of|by|made|spent|on|for|actually|the|tokens|consists|consisted|in|really))*) <M:a>",
        r"how much of (?:all |the |our |its |their )*(?P<own2>(?:<E>|<T>)(?: 's)? )*<M:b>(?P<mid2>(?: (?:<T>|<E>|<be>|<do>|that|which|goes|went|to|come|came|comes|from|into|of|made))*) <M:a>",
    )
    for pattern in patterns:
        found = sentence.find(pattern)
        if found is None:
            continue
        above, below = found.item("a"), found.item("b")
        if above is None or below is None or above.name == below.name:
            continue
        name = _RATIOS.get((above.name, below.name)) or _plain_ratio(above.name, below.name)
        if name:
            _insert(sentence, found, name)
            for more in list(sentence.all(r"(?:as|in) (?:a |an )?<sharenoun>")):
                sentence.use(more)
            return
    _output_alone(sentence)


def _output_alone(sentence: Sentence) -> None:
    """ "the share of output": of all tokens, where nothing else is named."""
    if sentence.tags("E") or sentence.tags("D") or len(sentence.tags("M")) != 1:
        return
    found = sentence.find(r"<sharenoun> of <M=output_tokens>|<M=output_tokens> <sharenoun>")
    if found is not None:
        _insert(sentence, found, "output_share")


def _plain_ratio(above: str, below: str) -> str:
    listed = above in METRICS and below in METRICS and METRICS[above].additive and METRICS[below].additive
    return f"{above}/{below}" if listed and above != below else ""


def _accepting(draft: Draft) -> None:
    """ "which team accepts the smallest part of its suggestions", "how many suggestions got accepted"."""
    sentence = draft.sentence
    names = {one.name for one in sentence.tags("M")}
    verb = sentence.find(r"accept|accepts|accepted|accepting|taken|kept|<M=accepted>")
    if verb is None or not names & {"suggested", "accepted"} or "acceptance_rate" in names:
        return
    share = sentence.find(rf"(?:what |which |the )*{_SHARE}(?: of)?|how often|rate")
    if share is not None and not sentence.has(r"how much (?:did|more)"):
        _insert(sentence, share, "acceptance_rate")
        for more in list(sentence.all(r"accept|accepts|accepting|taken|kept|(?:in|as) (?:a )?<sharenoun>")):
            sentence.use(more)
        return
    both = sentence.find(r"<M=suggested> (?:and|,|versus|&) <M=accepted>|<M=accepted> (?:and|,|versus|&) <M=suggested>")
    if both is None and "suggested" in names:
        if "accepted" not in names:
            sentence.put(verb, "M", "accepted")
        for item in sentence.tags("M"):
            if item.name == "suggested":
                sentence.use_tags([item])


_WORK_VERBS = (
    (r"fail|failed|fails|failing|went wrong|go wrong|goes wrong|<M=failure_rate>", "failure_rate"),
    (r"reworked|redone|rework|needed rework|need rework|had to be redone|needs rework|be redone|sent back|<M=rework_rate>", "rework_rate"),
    (r"accepted|succeed|succeeded|successful|succeeds|<M=success_rate>|<M=accepted>|worked out|went well|passed", "success_rate"),
    (r"(?:done|handled|processed|completed|closed|finished|made|solved|resolved|run)?(?: fully| entirely| completely)? ?(?:by|through) (?:an |the )?(?:ai )?<E=kind|mode:a>(?: alone| only| on their own| by themselves| autonomously| end to end| unassisted)?|autonomously|automated|fully automated|without (?:a )?humans?|without people|on autopilot", "autonomy_share"),
    (r"(?:done |handled |processed |completed |made |solved |resolved |run )?(?:with|by|using|through|involving|supported by|with the help of|thanks to) (?:some |any )?ai(?: help| support| involvement)?|ai involved|ai assisted|touched by ai|involve ai|involved ai|used ai", "ai_share"),
)


def _work_shares(draft: Draft) -> None:
    """ "what share of items failed", "how often does X need rework"."""
    sentence = draft.sentence
    work = any(one.name == "items" for one in sentence.tags("M")) or bool([one for one in sentence.tags("E") if one.name == "workflow"]) or any(one.name in ("workflow", "activity") for one in sentence.tags("D"))
    if not work or any(one.name in ("tokens", "cost", "requests") for one in sentence.tags("M")):
        return
    lead = sentence.find(rf"(?:what |which |the |a )*(?:<sharenoun>|how much)(?: {_OF}(?: all| the| our| its)*)?|how often (?:do|does|did|is|are|was|were)|how frequently")
    for pattern, name in _WORK_VERBS:
        verb = sentence.find(pattern)
        if verb is None:
            continue
        agent = verb.item("a") if "P<a>" in pattern else None
        if agent is not None and agent.value[0].value not in ("agent", "one"):
            continue
        if lead is not None:
            sentence.put(verb, "M", name)
            again = sentence.find(rf"(?:what |which |the |a )*(?:<sharenoun>|how much)(?: {_OF}(?: all| the| our| its)*)?|how often (?:do|does|did|is|are|was|were)|how frequently")
            if again is not None:
                sentence.use(again)
            for more in list(sentence.all(r"(?:in|as) (?:a |an )?<sharenoun>")):
                sentence.use(more)
            return
        if name in ("failure_rate", "rework_rate") and not verb.said().startswith("M.") and sentence.has(r"how many|number of|<M=items>"):
            raise draft.ask(f"I know the {METRICS[name].label} and the number of items, not the count of these. Which would help?", Option(label=METRICS[name].label, ask=_rate_instead(draft, name)))


def _rate_instead(draft: Draft, name: str) -> str:
    workflow = next((one.value[0].label for one in draft.sentence.tags("E") if one.name == "workflow"), "")
    return f'{METRICS[name].label} of workflow "{workflow}"' if workflow else METRICS[name].label


_SAVE = r"(?:save|saved|saves|saving|savings|taken off|take off|took off|takes off|taken over|take over|took over|offload|offloaded|offloading|free|freed|frees|freed up|spare|spared|spares|gain|gained|won back|won|lifted|removed|shaved off|shave off|relieved)"


def _hours(draft: Draft) -> None:
    """ "hours AI has taken off our plate", "hours that could be offloaded", "hours people put in"."""
    sentence = draft.sentence
    names = {one.name for one in sentence.tags("M")}
    found = sentence.find(rf"(?:hours|hour|time)(?: [^ ]+){{0,6}}? (?P<may>could|can|might|still|potential|potentially)(?: [^ ]+){{0,4}}? {_SAVE}")
    if found is not None:
        _put_over(sentence, found, "offloadable_hours")
        return
    found = sentence.find(rf"(?:hours|hour|time)(?: [^ ]+){{0,8}}? {_SAVE}|{_SAVE}(?: [^ ]+){{0,3}}? (?:hours|time)")
    if found is not None:
        _put_over(sentence, found, "hours_offloaded")
        plate = sentence.find(r"(?:the |our |their |its )?(?:plate|plates|shoulders|hands|back|backs|desk|desks|to ai|workload)")
        if plate is not None:
            sentence.use(plate)
        return
    if names & {"human_hours", "hours_offloaded", "offloadable_hours", "minutes_per_item", "human_minutes"}:
        for more in list(sentence.all(r"hours|hour|minutes")):
            sentence.use(more)
        return
    if sentence.has(r"not hours|in hours not"):
        return
    by_hand = sentence.find(r"(?:hours|time) (?:of work )?(?:is |are |was |were )?(?:still )?(?:spent |done |worked )?<E=mode>(?= work|$| [?.,])")
    if by_hand is not None and "still" in by_hand.said():
        _put_over(sentence, by_hand, "offloadable_hours")
        return
    found = sentence.find(r"(?:how many |how much |number of |total )?(?P<unit>hours|time|minutes)(?: of)?(?: <E=mode>| <E=kind>)?(?: (?:work|effort|labour|labor))?(?: [^ ]+){0,8}? (?:spend|spent|spending|<M=cost>|put|worked|work|invested|invest|went|go|goes|gone|used|devoted|dedicated|took|cost)(?: in| into| on| to)?")
    if found is not None and not _takes_item(sentence):
        _put_over(sentence, found, "human_minutes" if found.said("unit") == "minutes" else "human_hours")


def _put_over(sentence: Sentence, found: Found, name: str) -> None:
    """Put a metric over a match that may hold names and times, which stay."""
    for item in found.items():
        if item.tag == "M":
            sentence.use_tags([item])
    _insert(sentence, found, name)


def _takes_item(sentence: Sentence) -> bool:
    return sentence.has(r"(?:a|an|one|each|every|per|single) (?:single )?(?:<E=workflow>|<M=items>)|per item")


def _minutes(draft: Draft) -> None:
    """ "how many minutes does a contract review take": minutes per item."""
    sentence = draft.sentence
    if not any(one.name == "workflow" for one in sentence.tags("E")) and not any(one.name in ("items", "minutes_per_item") for one in sentence.tags("M")) and not any(one.name in ("workflow", "activity") for one in sentence.tags("D")):
        return
    found = sentence.find(r"(?:how many |what )?(?P<unit>minutes|long|time|hours|how much time)(?: of <E=mode>)?(?: [^ ]+){0,9}? (?:take|takes|took|taken|taking|need|needs|needed|require|requires|required|last|lasts|lasted|cost|costs)")
    if found is None:
        found = sentence.find(r"(?:take|takes|took|need|needs|needed|require|requires)(?: [^ ]+){0,5}? (?P<unit>minutes|time|long|hours)")
    if found is None:
        found = sentence.find(r"(?P<unit>minutes|time|hours) (?:spent |needed |required |used )?(?:on|for|in|per|/) (?:a|an|one|each|every|per) (?:single )?(?=<E=workflow>|<M=items>)")
    if found is None:
        found = sentence.find(r"(?P<unit>minutes|time|hours)(?: spent| needed)? (?:per|/|for each|for every|an?) (?=<E=workflow>)(?:<E=workflow> <M=items>)?")
    if found is None:
        found = sentence.find(r"(?P<unit>minutes)(?: an?| per| each| /| for each| one)? <M=items>")
    if found is None:
        return
    hours = found.said("unit") == "hours"
    whole = sentence.has(r"human <M=minutes_per_item>")
    singular = _takes_item(sentence) or sentence.has(r"on average|average|does it take|it takes?|how long|items? takes?|<E=workflow> takes?|per <E=workflow>|does <E=workflow> (?:[^ ]+ )?take|did <E=workflow> take|per item|for each|each")
    if not singular and not whole:
        return
    _put_over(sentence, found, "human_hours/items" if hours else "minutes_per_item")
    for more in list(sentence.all(r"how (?=<M>)|on average|average")):
        sentence.use(more)


def _active_days(draft: Draft) -> None:
    """ "on how many days was a person active": active days per person."""
    sentence = draft.sentence
    found = sentence.find(r"(?:on |in )?(?:how many|average number of|number of|mean number of|average) days(?: [^ ]+){0,8}? (?:<use>|active|use|at work with|with usage|touching)(?: ai| <D=tool>| <M=tokens>)?(?: a <H>| each <H>)?")
    if found is None:
        found = sentence.find(r"how many <M=active_days_per_person>")
        if found is None:
            return
    for item in found.items():
        if item.tag in ("O", "H", "M"):
            sentence.use_tags([item])
    _insert(sentence, found, "active_days_per_person")
    draft.per = ""
    for more in list(sentence.all(r"on average|average|using(?: ai)?|<use>(?: ai)?|active")):
        sentence.use(more)


_COUNT = r"(?:how many|how many of|number of|count of|count|total number of|what number of|nb of|quantity of)"


def _people(draft: Draft) -> None:
    """ "how many people used X" counts active people, "how many did not" the inactive, "how many people" heads."""
    sentence = draft.sentence
    names = {one.name for one in sentence.tags("M")} - {"accepted"}
    mid = r"(?: (?:of|our|the|us|all|different|distinct|unique|individual|separate|total|single|more|fewer|less|real|actual|human|ai|new|<E>|<E> 's|in|from|at|people|'s|staff|<T>|other|those|these))*?"
    who = r"(?:<H:h>|<E=kind:k>|<E=title:t>|us|them)"
    count = sentence.find(rf"(?P<count>{_COUNT}){mid} {who}") or sentence.find(rf"(?P<count>how many) (?:in|from|at|of) (?=<E=team>)")
    if count is None:
        return
    if names - {"headcount", "active_people", "tokens", "inactive_people"} or any(one.name == "tokens" and "token" in one.word for one in sentence.tags("M")):
        return
    text_after = sentence.text[count.match.end() :]
    negated = sentence.find(r"(?:not|never|neither|no longer|failed to|yet to|have not|without)(?: [^ ]+){0,3}? (?:<use>|active|used|<M=tokens>|ai)|without (?:any )?(?:ai|<M=tokens>|activity)|inactive|idle|zero <M=tokens>|no <M=tokens>")
    kind = count.item("k") if "P<k>" in who else None
    if kind is not None and kind.value[0].value in ("agent", "bot"):
        return
    used = sentence.find(r"(?:actually |really |ever |regularly |also |already |currently )?(?:<use>|active|activity|engaged)(?: with| on| in)?(?: (?:any |an |a |some |our |the )?(?:ai|<D=tool>|ai <D=tool>|<M=tokens>))?")
    on = used is not None and (used.said() != "on" or "E.tool" in text_after or "ai" in text_after.split())
    head = count.item("h")
    if negated is not None or "inactive_people" in names:
        name = "inactive_people"
        if negated is not None:
            sentence.use(negated)
        for more in list(sentence.all(r"(?:<use>|active|touched|used)(?: (?:ai|any ai|it|<D=tool>))?")):
            sentence.use(more)
    elif (on and "T." not in (used.said() if used else "")) or (head is not None and head.name == "user"):
        name = "active_people"
        for more in list(sentence.all(r"(?:actually |really )?(?:<use>|active|activity|engaged)(?: with| on| in)?(?: (?:any |an |a |some |our |the )?(?:ai|<D=tool>|<M=tokens>))?")):
            sentence.use(more)
    else:
        name = "headcount"
    if sentence.has(r"how many(?: [^ ]+)? (?:more|fewer|less)"):
        draft.change = True
    first = sentence.items[count.first]
    if count.item("h") is not None:
        sentence.use_tags([one for one in count.items() if one.tag == "H"])
    tag = Item(first.word, first.raw, first.start, first.end, "M", name)
    sentence.items[count.first] = tag
    sentence.refresh()
    sentence.use_range(count.first + 1, count.first + 2)
    for item in sentence.tags("M"):
        if item.start != tag.start and item.name in ("headcount", "active_people", "tokens", "inactive_people"):
            sentence.use_tags([item])
    draft.step("metric", f"“{count.said('count')}” people counts {METRICS[name].label}")


def _items(draft: Draft) -> None:
    """ "how many code reviews did we do": items of that workflow."""
    sentence = draft.sentence
    if sentence.tags("M"):
        return
    found = sentence.find(rf"(?P<count>{_COUNT}|volume of|amount of) (?:of |the |our |different )*(?=<E=workflow>)")
    if found is not None:
        sentence.put(found, "M", "items")


def _settle(draft: Draft) -> None:
    """The metrics that stand, without those that others absorb."""
    sentence = draft.sentence
    tags = [one for one in sentence.tags("M") if not one.used]
    names = list(dict.fromkeys(one.name for one in tags))
    names = _asked_for(sentence, tags, names)
    if draft.per:
        names = divided(draft, names)
    listed = _listed(sentence, names)
    if listed:
        for more in list(sentence.all(r"(?<=\S )(?:versus|against|plus|as well as)(?= (?:[^ ]+ )?<M>)")):
            sentence.use(more)
    kept = [name for name in names if not any(name in ABSORBED.get(other, ()) and not listed for other in names if other != name)]
    if not kept and _used_only(sentence):
        kept = [_yes_or_no(sentence)]
        draft.step("metric", f"“use” alone asks for {METRICS[kept[0]].label}")
    draft.metrics = kept
    sentence.use_tags(tags)
    if kept:
        draft.step("metric", ", ".join(METRICS[name].label if name in METRICS else name for name in kept))


def _asked_for(sentence: Sentence, tags: list[Item], names: list[str]) -> list[str]:
    """ "how many tokens did we burn" asks for tokens: the verb is no metric of its own."""
    found = sentence.find(r"how many (?:[^ ]+ ){0,2}?<M:m>")
    asked = found.item("m") if found else None
    verbs = {"spend", "spent", "burn", "burned", "burnt", "pay", "paid", "charge", "charged", "cost"}
    tokens = any(one.name == "tokens" and "token" in one.word for one in tags)
    if tokens and (sentence.has(r"<M=tokens> (?:were |was |got |are |have been |that were |that we |we |they )?<M=cost:m> (?:by|in|on|for|at|during|through|last|<T>)") or any(one.word.startswith("burn") for one in tags if one.name == "cost")):
        return [name for name in names if name != "cost" or any(one.name == "cost" and one.word not in verbs for one in tags)]
    others = set(names) - {"cost", "tokens", "requests", "suggested", "items"}
    if (asked is not None and asked.name != "cost") or (others and not _listed(sentence, names)):
        return [name for name in names if name != "cost" or any(one.name == "cost" and one.word not in verbs for one in tags)]
    return names


def divided(draft: Draft, names: list[str]) -> list[str]:
    """The metrics per head, per active person, per million or per another metric."""
    if draft.per in METRICS:
        above = [name for name in names if name != draft.per]
        ratios = [_RATIOS.get((name, draft.per)) or _plain_ratio(name, draft.per) for name in above[:1]]
        if not ratios or not ratios[0]:
            raise draft.ask(f"What per {METRICS[draft.per].label.removesuffix('s')}? Name one figure, such as cost.")
        return [ratios[0]]
    table = PER_HEAD if draft.per == "head" else PER_ACTIVE
    loose = [name for name in names if name in ("headcount", "active_people")]
    names = [name for name in names if name not in loose] or names
    if not names:
        return names
    if any(name in ABSORBED and "tokens" in ABSORBED[name] and name not in table for name in names) and len(names) > 1:
        names = [name for name in names if name != "tokens"]
    unknown = [name for name in names if name not in table and METRICS[name].additive]
    if unknown:
        raise _no_such_ratio(draft, unknown[0])
    return [table.get(name, name) for name in names]


def _no_such_ratio(draft: Draft, name: str) -> Exception:
    label = METRICS[name].label
    if draft.per == "active" and name in PER_HEAD:
        other = METRICS[PER_HEAD[name]].label
        return draft.ask(
            f"{label.capitalize()} per active person is not a figure here; {other} is, and so are tokens per active person.",
            Option(label=other, ask=other), Option(label="tokens per active person", ask="tokens per active person"),
        )  # fmt: skip
    return draft.cannot(
        f"{label.capitalize()} per person is not a figure here. Per employee I know tokens, fresh and effective tokens, cost and requests.",
        Option(label=label, ask=label), Option(label="tokens per employee", ask="tokens per employee"),
    )  # fmt: skip


def _listed(sentence: Sentence, names: list[str]) -> bool:
    """Whether the metrics are named one beside the other: "tokens and cost"."""
    return len(names) > 1 and sentence.has(r"<M>(?: (?:'s|<T>|<E>|<D>|in|for|of|by|on|the|per))*(?: (?:,|and|&|plus|\+|as well as|and also|together with|with|versus|or|, and|along with|alongside|/))+(?: (?:the|our|its|their|number of|total|also))* <M>")


def _yes_or_no(sentence: Sentence) -> str:
    """ "is everyone using AI", "did anyone use X", "does Fleet use X": people; else tokens."""
    if not sentence.has(r"^(?:and |so |but |ok |hey |, )*(?:is|are|does|do|did|has|have|was|were)") or sentence.said("more|less|fewer|most|least|up|down|than|versus|<T=compare>|<grow>|<rise>|<fall>|<gain>|<loss>|<change>|<N>"):
        return "tokens"
    people = {one.name for one in sentence.tags("H")}
    return "adoption_rate" if "everyone" in people else "active_people"


def _used_only(sentence: Sentence) -> bool:
    found = sentence.find(r"(?:<use>|got through|get through|gets through|went through|go through|ran through|run through|burn(?:ed|t)? through|churned through|chewed through|chew through|getting through|racked up|rack up)")
    if found is None or found.said() == "on":
        return False
    sentence.use(found)
    return True
