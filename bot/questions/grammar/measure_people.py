"""Metrics of people: how many there are, how many were active or not, and on how many days."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.measure_shares import insert
from bot.questions.grammar.measure_tables import COUNT
from bot.questions.grammar.sentence import Item
from storage.catalogue import METRICS, Unit


def read_active_days(draft: Draft) -> None:
    """ "on how many days was a person active": active days per person."""
    sentence = draft.sentence
    found = sentence.find(
        r"(?:on |in )?(?:how many|average number of|number of|mean number of|average) days(?: [^ ]+){0,8}? "
        r"(?:<use>|active|use|at work with|with usage|touching)(?: ai| <D=tool>| <M=tokens>)?(?: a <H>| each "
        r"<H>)?"
    )
    if found is None:
        found = sentence.find(r"how many <M=active_days_per_person>")
        if found is None:
            return
    for item in found.items():
        if item.tag in ("O", "H", "M"):
            sentence.use_tags([item])
    insert(sentence, found, "active_days_per_person")
    draft.per = ""
    for more in list(sentence.all(r"on average|average|using(?: ai)?|<use>(?: ai)?|active")):
        sentence.use(more)


def read_who_is_inactive(draft: Draft) -> None:
    """ "who is inactive in Support": the people without use, by name."""
    sentence = draft.sentence
    found = sentence.find(
        r"(?:who|which (?:<E> )?<H>|<H> who) (?:is|are|was|were|has been|have been) (?:still |currently |totally )?"
        r"(?P<idle>inactive|idle|dormant|not active)"
    )
    if found is None or sentence.tags("M"):
        return
    at = sentence.between(*found.match.span("idle"))
    first = sentence.items[at[0]]
    sentence.items[at[0] : at[1]] = [
        Item(found.said("idle"), first.raw, first.start, sentence.items[at[1] - 1].end, "M", "inactive_people")
    ]
    sentence.refresh()


def read_people(draft: Draft) -> None:
    """ "how many people used X" counts active people, "how many did not" the inactive, "how many people" heads."""
    sentence = draft.sentence
    names = {one.name for one in sentence.tags("M")} - {"accepted"}
    mid = (
        r"(?: (?:of|our|the|us|all|different|distinct|unique|individual|separate|total|single|more|fewer|less|"
        r"real|actual|human|ai|new|<E>|in|from|at|people|'s|staff|<T>|other|those|these))*?"
    )
    who = r"(?:<H:h>|<E=kind:k>|<E=title:t>|us|them)"
    count = sentence.find(rf"(?P<count>{COUNT}){mid} {who}") or sentence.find(
        r"(?P<count>how many(?: (?:in|from|at|of) (?=<E=team>)"
        r"| (?:of (?:them|those|us) |have |actually )*(?=<use>|not )))"
    )
    last_said = False
    if count is None:
        last = sentence.find(
            r"(?:(?P<h><H>)|(?P<k><E=kind>)|(?P<t><E=title>)) (?:who |that |which )?(?P<mid>[^ ]+ ){1,10}?(?:,|-|:) ?"
            r"(?P<count>how many|"
            r"number)(?: (?:are|is|were) (?:they|it|there))?(?= ?[?.!]?$)"
        )
        if last is not None:
            sentence.use(last, "count")
            count, last_said = last, True
    if count is None:
        return
    before = draft.before.query.metrics[0] if draft.before is not None else ""
    counted = before in METRICS and METRICS[before].unit not in (Unit.PEOPLE, Unit.FRACTION)
    if counted and not names and sentence.find(r"how many of (?:them|those|these)"):
        for more in list(sentence.all(r"how many of (?:them|those|these)(?: <be>)?")):
            sentence.use(more)
        return  # of the items before
    if names - {"headcount", "active_people", "tokens", "inactive_people"} or any(
        one.name == "tokens" and "token" in one.word for one in sentence.tags("M")
    ):
        return
    text_after = sentence.text[count.match.end() :]
    negated = sentence.find(
        r"(?:not|never|neither|no longer|failed to|yet to|have not|without)(?: [^ ]+){0,3}? (?:<use>|active|used|"
        r"<M=tokens>|ai)|without (?:any )?(?:ai|<M=tokens>|activity)|inactive|idle|zero <M=tokens>|no <M=tokens>"
    )
    kind = count.item("k") if "P<k>" in who else None
    if kind is not None and kind.value[0].value in ("agent", "bot"):
        return
    uses = list(
        sentence.all(
            r"(?:actually |really |ever |regularly |also |already |currently )?(?:<use>|active|activity|engaged)(?: "
            r"with| on| in)?(?: (?:any |an |a |some |our |the )?(?:ai|<D=tool>|ai <D=tool>|<M=tokens>))?"
        )
    )
    used = next((one for one in uses if one.said() != "on"), uses[0] if uses else None)
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
        for more in list(
            sentence.all(
                r"(?:actually |really )?(?:<use>|active|activity|engaged)(?: with| on| in)?(?: (?:any |an |a |some |"
                r"our |the )?(?:ai|<D=tool>|<M=tokens>))?"
            )
        ):
            sentence.use(more)
    else:
        name = "headcount"
    if sentence.has(r"how many(?: [^ ]+)? (?:more|fewer|less)"):
        draft.change = True
    at = count.first
    if count.item("h") is None and last_said:  # "contractors at Refit today, how many?"
        at = sentence.between(*count.match.span("count"))[0]
    first = sentence.items[at]
    if count.item("h") is not None:
        sentence.use_tags([one for one in count.items() if one.tag == "H"])
    tag = Item(first.word, first.raw, first.start, first.end, "M", name)
    sentence.items[at] = tag
    sentence.refresh()
    if not last_said:
        sentence.use_range(at + 1, at + 2)
    for item in sentence.tags("M"):
        if item.start != tag.start and item.name in ("headcount", "active_people", "tokens", "inactive_people"):
            sentence.use_tags([item])
    draft.step("metric", f"“{count.said('count')}” people counts {METRICS[name].label}")
