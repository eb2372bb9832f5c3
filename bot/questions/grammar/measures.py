"""Which metric is asked: the words of the catalogue, put together by the rules, without those that others absorb."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.measure_people import read_active_days, read_people, read_who_is_inactive
from bot.questions.grammar.measure_per import read_fresh, read_per, read_per_million
from bot.questions.grammar.measure_shares import (
    read_accepting,
    read_adoption,
    read_agentic,
    read_parts,
    read_top_decile,
)
from bot.questions.grammar.measure_tables import ABSORBED, PER_ACTIVE, PER_HEAD, RATIOS, plain_ratio
from bot.questions.grammar.measure_work import read_hours, read_items, read_minutes, read_work_shares
from bot.questions.grammar.sentence import Item, Sentence
from storage.catalogue import METRICS

_VERBS = {
    "spend",
    "spends",
    "spent",
    "burn",
    "burns",
    "burned",
    "burnt",
    "pay",
    "pays",
    "paid",
    "charge",
    "charged",
    "cost",
}


def read_measures(draft: Draft) -> None:
    """Find the metrics of the sentence; more than one where several are listed."""
    sentence = draft.sentence
    _put_aside(sentence)
    read_fresh(sentence)
    read_per_million(sentence)
    read_per(draft)
    for rule in (
        read_adoption,
        read_top_decile,
        read_agentic,
        read_parts,
        read_accepting,
        read_work_shares,
        read_hours,
        read_minutes,
        read_active_days,
        read_who_is_inactive,
        read_people,
        read_items,
    ):
        rule(draft)
    _settle(draft)


def _put_aside(sentence: Sentence) -> None:
    """ "in tokens rather than dollars": the figure that is not wanted."""
    found = sentence.find(
        r"(?:rather than|instead of|in place of|and not|, not)(?: in| by| the| as| our)* (?:<M>|dollars|usd|money|"
        r"bucks)"
    )
    if found is not None and any(one.tag == "M" for one in sentence.items[: found.first]):
        sentence.drop(found.first, found.last)


def _settle(draft: Draft) -> None:
    """The metrics that stand, without those that others absorb."""
    sentence = draft.sentence
    tags = [one for one in sentence.tags("M") if not one.used]
    names = list(dict.fromkeys(one.name for one in tags))
    names = _asked_for(sentence, tags, names)
    if draft.per and not set(names) - {draft.per}:
        names = [*names, *_implied(sentence)]
    if draft.per:
        names = divided(draft, names)
    listed = _listed(sentence, names) or _ranked_by_another(sentence)
    if listed:
        for more in list(sentence.all(r"(?<=\S )(?:versus|against|plus|as well as)(?= (?:[^ ]+ )?<M>)")):
            sentence.use(more)
    kept = [
        name
        for name in names
        if not any(name in ABSORBED.get(other, ()) and not listed for other in names if other != name)
    ]
    named = bool(kept)
    if not kept and sentence.said(
        r"(?:is|was|were|are|did|got|become|"
        r"became) (?:[^ ]+ ){0,4}?(?:cheaper|pricier|dearer|costlier)"
    ):
        kept = ["cost"]
        draft.step("metric", "“cheaper” asks for cost")
    if not kept and any(one.name == "ledger" and one.word.endswith(("tokens", "usage")) for one in sentence.tags("E")):
        kept = ["tokens"]
    if not kept and _used_only(sentence):
        kept = [_yes_or_no(sentence)]
        draft.step("metric", f"“use” alone asks for {METRICS[kept[0]].label}")
    if kept:
        for more in list(sentence.all(r"consumed|consumes|consume|consuming|used up|gone through")):
            sentence.use(more)
    if draft.per and kept and not named:
        kept = divided(draft, kept)
    for more in list(sentence.all(r"(?P<m><M>) only(?= ?[,.:;?!-]|$)")):
        sentence.use_words(more)
    if sentence.said(r"in (?:dollars|usd|bucks|money|<M=cost>)(?= ?[,.?!]|$)") and not any(
        "token" in one.word for one in tags
    ):  # "AI usage per head, in dollars"
        swapped = {"tokens": "cost", "tokens_per_employee": "cost_per_employee"}
        kept = list(dict.fromkeys(swapped.get(name, name) for name in kept))
    draft.metrics = kept
    sentence.use_tags(tags)
    if kept:
        draft.step("metric", ", ".join(METRICS[name].label if name in METRICS else name for name in kept))


_DEAR = r"cheapest|cheap|cheaper|priciest|pricey|costliest|dearest|(?:most|least|more|less) costly|\$|usd|dollars|money"


def _implied(sentence: Sentence) -> list[str]:
    """The metric that "cheapest per request", "$ per head" and "busiest per head" speak of."""
    if sentence.said(_DEAR):
        return ["cost"]
    return ["tokens"] if sentence.said("busiest|heaviest|hungriest|quietest") else []


def _ranked_by_another(sentence: Sentence) -> bool:
    """ "tokens of the top 3 teams by cost": the rank looks at another metric."""
    return sentence.has(r"<M>(?: [^ ]+)* (?:top|bottom|<up>|<down>|<N>)(?: [^ ]+){0,6} (?:by|on|in terms of) <M>")


def _asked_for(sentence: Sentence, tags: list[Item], names: list[str]) -> list[str]:
    """ "how many tokens did we burn" asks for tokens: the verb is no metric of its own."""
    if sentence.has(r"<M=cost>(?: [^ ]+)* in <M=tokens>|in <M=tokens>(?: [^ ]+)* <M=cost>") and names.count("cost"):
        return [
            name
            for name in names
            if name != "cost" or any(one.name == name and one.word not in {*_VERBS, "costs"} for one in tags)
        ]
    found = sentence.find(r"how many (?:[^ ]+ ){0,2}?<M:m>")
    asked = found.item("m") if found else None
    tokens = any(one.name == "tokens" and "token" in one.word for one in tags)
    if tokens and (
        sentence.has(
            r"<M=tokens> (?:were |was |got |are |have been |that were |that we |we |they )?<M=cost:m> (?:by|in|on|"
            r"for|at|during|through|last|<T>)"
        )
        or any(one.word.startswith("burn") for one in tags if one.name == "cost")
    ):
        return [
            name
            for name in names
            if name != "cost" or any(one.name == "cost" and one.word not in _VERBS for one in tags)
        ]
    others = set(names) - {"cost", "tokens", "requests", "suggested", "items"}
    if (asked is not None and asked.name != "cost") or (others and not _listed(sentence, names)):
        return [
            name
            for name in names
            if name != "cost" or any(one.name == "cost" and one.word not in _VERBS for one in tags)
        ]
    return names


def divided(draft: Draft, names: list[str]) -> list[str]:
    """The metrics per head, per active person, per million or per another metric."""
    if draft.per == "items" and (
        done := [name for name in names if name == "minutes_per_item" or name.endswith("/items")]
    ):
        return done[:1]
    if draft.per in METRICS:
        above = [name for name in names if name != draft.per]
        ratios = [RATIOS.get((name, draft.per)) or plain_ratio(name, draft.per) for name in above[:1]]
        if not ratios and draft.before is not None and not draft.metrics:
            return []  # "per request?": of the figure before
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
            (
                f"{label.capitalize()} per active person is not a figure here; {other} is, and so are tokens per "
                "active person."
            ),
            Option(label=other, ask=other), Option(label="tokens per active person", ask="tokens per active person"),
        )  # fmt: skip
    return draft.cannot(
        (
            f"{label.capitalize()} per person is not a figure here. Per employee I know tokens, fresh and "
            "effective tokens, cost and requests."
        ),
        Option(label=label, ask=label), Option(label="tokens per employee", ask="tokens per employee"),
    )  # fmt: skip


def _listed(sentence: Sentence, names: list[str]) -> bool:
    """Whether the metrics are named one beside the other: "tokens and cost"."""
    return len(names) > 1 and sentence.has(
        r"<M>(?: (?:'s|<T>|<E>|<D>|in|for|of|by|on|the|per|each|every|all|our|its))*(?: (?:,|and|&|plus|\+|as well "
        r"as|and also|together "
        r"with|with|versus|or|along with|alongside|/))+(?: (?:the|our|its|their|number of|total|also))* <M>"
    )


def _yes_or_no(sentence: Sentence) -> str:
    """ "is everyone using AI", "did anyone use X", "does Fleet use X": people; else tokens."""
    if not sentence.has(r"^(?:and |so |but |ok |hey |, )*(?:is|are|does|do|did|has|have|was|were)") or sentence.said(
        "more|less|fewer|most|least|up|down|than|versus|<T=compare>|<grow>|<rise>|<fall>|<gain>|<loss>|<change>|<N>"
    ):
        return "tokens"
    people = {one.name for one in sentence.tags("H")}
    return "adoption_rate" if "everyone" in people else "active_people"


def _used_only(sentence: Sentence) -> bool:
    found = sentence.find(
        r"(?:<use>|got through|get through|gets through|went through|go through|ran through|run through|"
        r"burn(?:ed|t)? through|churned through|chewed through|chew through|getting through|racked up|rack up)"
    )
    if found is None or found.said() == "on":
        return False
    sentence.use(found)
    return True
