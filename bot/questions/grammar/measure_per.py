"""Metrics "per" something: per head, per active person, per million tokens, per request; and tokens without cache."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.gazetteer import Fit
from bot.questions.grammar.sentence import Found, Item, Sentence
from storage.catalogue import METRICS
from storage.catalogue.measures import Base


def read_fresh(sentence: Sentence) -> None:
    """ "tokens without the cached ones" are fresh tokens."""
    aside = (
        r"(?:so |that is |i e |ie |meaning )?(?:without|excluding|exclude|except|not counting|minus|net of|no|"
        r"less|leaving out|ignoring|apart from|not including) (?:the |any |those )?(?:<M=cached_input_tokens>|"
        r"cached|cache|caching)(?: (?:ones|<M=tokens>|reads|input))?"
    )
    found = sentence.find(aside)
    if found is None:
        return
    tokens = [one for one in sentence.tags("M") if one.name in ("tokens", "input_tokens")]
    fresh = [one for one in sentence.tags("M") if one.name.startswith("fresh") or one.name == "input_tokens"]
    if fresh or tokens:
        sentence.use(found)
    if tokens and not fresh:
        sentence.swap(tokens[0], replace(tokens[0], name="fresh_tokens"))


def put_metric(sentence: Sentence, found: Found, name: str) -> Item:
    return sentence.put(found, "M", name)


def read_per_million(sentence: Sentence) -> None:
    """ "what did a million tokens cost", "cost per 1m tokens", "per million"."""
    for pattern in (
        (r"(?:per|for|of|a|each|/|for each|for every|by) <N:n>(?: of)? <M=tokens>"),
        r"<N:n>(?: of)? <M=tokens>",
        (r"(?:per|/|for each|for every|by) (?:<N:n>|million|mtok|m|mln)(?: of)?(?: <M=tokens>)?"),
    ):
        for found in list(sentence.all(pattern)):
            number = found.item("n")
            if (number is not None and (number.value.value != 1e6 or number.value.unit)) or (
                number is None and "per" not in found.said() and "/" not in found.said() and "for" not in found.said()
            ):
                continue
            cost = next((one for one in sentence.tags("M") if one.name in ("cost", "cost_per_million_tokens")), None)
            others = {one.name for one in sentence.tags("M")} - {"tokens"}
            if (
                cost is not None
                or (not others and "per" in found.said().split() and number is None)
                or (not others and found.said().startswith("per "))
                or (sentence.tags("N") and any(one.name == "usd" for one in sentence.tags("N")))
                or sentence.said(
                    r"\$|usd|dollars|cheapest|cheap|expensive|priciest|costliest|dearest|cheaper|"
                    r"most expensive|least expensive"
                )
            ):
                put_metric(sentence, found, "cost_per_million_tokens")
                return


def read_per(draft: Draft) -> None:
    """ "per head", "a head", "per active user", "per request"."""
    sentence = draft.sentence
    lead = r"(?:per|/|for each|for every|for an|for one|on a per|as per)"
    patterns = (
        (
            (
                rf"{lead} (?:active|participating|actual|ai|using) (?:ai )?(?:<H>|head|people)|per (?:active|dau|mau|"
                rf"wau)(?! day)|{lead} <H=user>|per active one"
            ),
            "active",
        ),
        (
            rf"(?!for (?:each|every))(?:{lead}) (?:single |full time |average |individual )?(?:<H>|<head>)(?: "
            rf"basis)?(?! count)",
            "head",
        ),
        (
            r"(?:for each|for every) (?:single |full time |average )?(?:<H=head|employee>|head|employee|fte|"
            r"capita)(?! in| of| count)",
            "head",
        ),
        (r"(?<=\S )(?<!many )(?:a|an) (?:head|employee|fte)(?! count)", "head"),
        (r"(?:the |an |our )?average (?:active )?(?:<H>|<head>)(?! count| days| size)", "average"),
        (r"each (?:active )?(?:<H>|<head>)(?= (?:[^ ]+ ){0,6}on average)", "average"),
        (r"by (?:head|capita)", "head"),
        (r"(?:per|for each|for every) (?=<E=kind|title>(?! <D>))", "head"),
        (
            r"(?<=do |es |id |ld )(?:one|a|an|each|every|a single|an average|the average|our average|a typical) "
            r"(?:active |average )?(?:<H=people|employee|head|user>|<head>)"
            r"(?= (?:(?:of|in|on|with|using|from) (?:the )?<E> )*"
            r"(?:<M>|<use>|cost|costs|spend|burn|consume|get|need|run))",
            "head",
        ),
    )
    for pattern, kind in patterns:
        for found in list(sentence.all(pattern)):
            word = found.said()
            owned = pattern.startswith("(?<=do ")
            if kind == "head" and word.startswith(("a ", "an ")) and not owned and not _after_metric(sentence, found):
                continue
            if kind == "average" and "H." not in word and "head" not in word and "employee" not in word:
                continue
            if kind == "head" and sentence.has(
                rf"{lead} (?:single |individual )?<M=requests|items|suggested|accepted>"
            ):
                raise draft.ask("I can give one ratio at a time: per person, or per request or item?")
            users = "H.user" in word or "active" in word
            draft.per = "active" if kind == "active" or ((kind == "average" or owned) and users) else "head"
            sentence.put(found, "O", f"per_{draft.per}", used=True)
            average = sentence.find(r"on average|average|averaged|averaging|in the mean")
            if average:
                sentence.use(average)
            return
    _per_metric(draft, lead)


def _per_metric(draft: Draft, lead: str) -> None:
    """ "cost per request", "the average cost of a request", "what does a request cost"."""
    sentence = draft.sentence
    of_one = sentence.find(
        r"(?<=\S )(?:of|for) (?:a|an|one|each|every|the average|an average|a single) (?:average |single )?"
        r"<M=requests|items:m>"
    )
    if of_one is not None and (of_one.first == 0 or sentence.items[of_one.first - 1].tag != "M"):
        of_one = None
    if of_one is not None:
        for more in list(sentence.all(r"average|on average|mean")):
            sentence.use(more)
    measured = (
        r"<M=tokens|requests|items|suggested|accepted|human_hours|human_minutes|cost|output_tokens|input_tokens:m>"
    )
    found = of_one or sentence.find(rf"{lead} (?:single |individual )?{measured}")
    if found is None and _per_workflow(draft, lead):
        return
    if found is None:
        found = sentence.find(
            r"(?:each|an|a|every|the average|one) (?:average )?<M=requests|items:m>"
            r"(?= <M=cost>|(?: [^ ]+){0,2} (?:cost|costs|<M=cost>))"
        )
    if found is None:
        found = sentence.find(
            r"(?:does|do|did|will|would|can) (?:one|a|an|each|every|a single|an average|"
            r"the average) <M=requests|items:m>"
            r"(?= (?:produce|produces|generate|generates|use|uses|take|takes|consume|consumes|need|"
            r"needs|give|yield|have|"
            r"contain|write|burn|<M=cost>))"
        )
        for more in (
            list(sentence.all("on average|average|produce|produces|yield|contain")) if found is not None else ()
        ):
            sentence.use(more)
    item = found.item("m") if found is not None else None
    if found is not None and item is not None:
        draft.per = item.name
        sentence.put(found, "O", "per_metric", used=True)


# What is asked of one item of a workflow: its cost, the tokens it uses.
_OF_ONE = r"(?:(?:of|for) )?(?:a|an|one|each|every|the average|an average|a single|a typical)"
_USES = r"(?:cost|costs|costing|use|uses|used|take|takes|took|need|needs|consume|consumes|burn|burns|set|<M=cost>)"


def _per_workflow(draft: Draft, lead: str) -> bool:
    """ "cost per claims review", "what does a claims review cost": usage per item of the workflow of that name."""
    sentence = draft.sentence
    usage = {Base.USAGE}
    above = {one.name for one in sentence.tags("M")} - {"items"}
    if not above or not all(name in METRICS and METRICS[name].additive for name in above):
        return False
    if any(METRICS[name].bases != usage for name in above):
        return False
    whole = r"(?P<lead>{}) (?:single |individual |average |finished |completed )?(?P<w><E=workflow>)(?: <M=items>)?"
    found = sentence.find(f"{whole.format(lead)}(?! <D>)") or sentence.find(
        rf"{whole.format(_OF_ONE)}(?= {_USES}|(?: [^ ]+){{0,2}} {_USES}|$| [?.!,]| <T>| in| on average)"
    )
    item = found.item("w") if found is not None else None
    if found is None or item is None or not any(one.fit is not Fit.PART for one in item.value):
        return False
    draft.per = "items"
    sentence.use_tags(one for one in found.items() if one.start != item.start)
    for more in list(sentence.all("on average|average|averaged")):
        sentence.use(more)
    return True


def _after_metric(sentence: Sentence, found: Found) -> bool:
    return found.first > 0 and sentence.items[found.first - 1].tag == "M"
