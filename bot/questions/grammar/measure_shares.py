"""Metrics that are shares by nature: adoption, agent share, output share, acceptance rate, the top tenth."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.measure_per import put_metric
from bot.questions.grammar.measure_tables import OF, RATIOS, SHARE, plain_ratio
from bot.questions.grammar.options import instead
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.sentence import Found, Item, Sentence

_PEOPLE_OF = r"(?:<H>|<E=team>|<E=kind>|<E=title>|<E=location>|company|organisation|us|firm|business|them|those)"


_USED = (
    r"(?:(?:made|make|makes|making) (?:any |some |good )?(?:<M=tokens>|use)|<use>|active|on board|using|user|users|"
    r"active on|up and running|adopted|make use|makes use|made use|"
    r"<H=user>)"
)


def read_adoption(draft: Draft) -> None:
    """ "what share of Sales used AI": people active of the members."""
    sentence = draft.sentence
    if any(one.name not in ("headcount", "tokens", "active_people", "accepted") for one in sentence.tags("M")):
        return
    if any(one.name == "tokens" and "token" in one.word for one in sentence.tags("M")):
        return
    found = sentence.find(
        rf"{SHARE} {OF} (?:all |our |the |of )*(?:[^ ]+ )?{_PEOPLE_OF}(?: [^ ]+){{0,6}}? (?P<use>{_USED}|"
        r"<M=active_people>)(?: (?:ai|any ai|it|ai tools?|an? <D=tool>|<D=tool>|<M=tokens>))?"
    )
    if found is None:
        found = sentence.find(
            r"how (?:widely|broadly|wide spread|widespread) (?:is|was|are|has|have)(?: [^ ]+){0,3} (?P<use>used|"
            r"adopted|in use)"
        )
    if found is None:
        found = sentence.find(rf"{SHARE} {OF} (?:all |our |the |its |their )*<M=active_people>")
    if found is None:
        found = sentence.find(
            rf"<M=active_people> (?:as|in) (?:a |an )?{SHARE} of (?:all |the |our )*(?:<H>|<M=headcount>|members)"
        )
    part = sentence.find(
        r"<N=percent>(?:(?: of)? (?:the |their |its )?(?:<H>|members))? (?:have |has |had |are |were )?"
        r"(?P<use>adopted|active|using|use|used)(?: (?:ai|any ai|it))?"
    )
    if found is None and part is not None:
        sentence.use(part, "use")
        at = sentence.between(*part.match.span("use"))[0]
        first = sentence.items[at]
        sentence.items[at] = Item(first.word, first.raw, first.start, first.end, "M", "adoption_rate")
        sentence.refresh()
        return
    noun = found is not None and sentence.has(r"'s <M=tokens>|'s use(?= (?:is|was|of|in|comes|came))")
    if found is None or noun or sentence.has(r"not (?:<use>|active|yet)|never|without"):
        return
    for item in found.items():
        if item.tag in ("H", "D") or (not item.tag) or item.tag == "M":
            sentence.use_tags([item])
    insert(sentence, found, "adoption_rate")


def insert(sentence: Sentence, found: Found, name: str) -> None:
    """Put a metric in the place of a match's first word, and keep its names and times."""
    first = sentence.items[found.first]
    tag = Item(first.word, first.raw, first.start, first.end, "M", name)
    covered = sentence.items[found.first : found.last]
    kept = [one for one in covered if (one.tag in "ETGN" and one.tag) or _ranks(one.word)]
    sentence.items[found.first : found.last] = [tag, *[one for one in kept if one.start != first.start]]
    if first.tag in ("E", "T", "G", "N") and first.tag:
        sentence.items.insert(found.first + 1, first)
    sentence.refresh()


def _ranks(word: str) -> bool:
    return compiled("<up>|<down>").fullmatch(word) is not None


def read_top_decile(draft: Draft) -> None:
    sentence = draft.sentence
    found = sentence.find(
        r"(?:the )?(?:top|heaviest|biggest|highest|most active|largest) (?:<N=percent:n>|tenth|decile)(?: "
        r"of)?(?: (?:the|our|all|its|their))*(?: <H>| <D=person>)?"
    )
    if found is None:
        return
    number = found.item("n")
    if number is not None and number.value.value != 10:
        raise draft.cannot(
            ("I know the share of the top tenth of people (top-decile share), of no other part."),
            Option(label="top-decile share", ask="top-decile share"),
        )
    other = next((one for one in sentence.tags("M") if one.name in ("cost", "requests", "cost_per_employee")), None)
    if other is not None:
        raise draft.cannot(
            f"The top tenth's share is known of tokens, not of {other.word}.",
            Option(label="top-decile share", ask="top-decile share"),
        )
    put_metric(sentence, found, "top_decile_share")
    for more in list(
        sentence.all(
            r"(?:what |which |how much |the )?<sharenoun>(?: of)?(?: all| the| our)*|how (?=<M=top_decile_share>)|"
            r"(?:come|came|comes|is|was|were|used|due|owed) (?:from|by|to|of)|how much of"
        )
    ):
        sentence.use(more)


def read_agentic(draft: Draft) -> None:
    """ "how much of Engineering's tokens is agentic": the agent share."""
    sentence = draft.sentence
    agentic = next((one for one in sentence.tags("M") if one.name == "agent_share" and one.word in ("agentic",)), None)
    if agentic is None:
        found = sentence.find(
            r"<E=mode|kind:a> (?P<share><sharenoun>|ratio|rate)(?: of (?:all |the |our )*(?=<M=tokens>))?"
        )
        item = found.item("a") if found else None
        if found and item and item.word == "agent":
            put_metric(sentence, found, "agent_share")
        return
    found = sentence.find(rf"(?:what |which |the )*{SHARE}(?: of)?(?: all| the| our)*")
    tokens = [one for one in sentence.tags("M") if one.name == "tokens"]
    if found is not None:
        for more in list(sentence.all(rf"(?:as|in) (?:a |an )?(?:<sharenoun>|ratio)|{SHARE}(?: of)?|ratio")):
            sentence.use(more)
    elif tokens and any("token" in one.word for one in tokens) and not sentence.has(r"how <M=agent_share>"):
        raise draft.ask(
            "Agentic tokens as a share of all tokens, or those of agent mode?",
            instead(draft, agentic, "agent share", "agent share"),
            instead(draft, agentic, "tokens of agent mode", "agent mode"),
        )


def read_parts(draft: Draft) -> None:
    """One class of a metric as a part of another: "output as a fraction of tokens"."""
    sentence = draft.sentence
    patterns = (
        r"<M:a> (?:as|in) (?:a |an |the )?(?:<sharenoun>|ratio) (?:of|to|in) (?:all |the |our |total )*<M:b>",
        (
            r"(?:the )?(?:ratio|<sharenoun>) (?:of|between) <M:a> (?:to|over|and|in|of|versus|out of) (?:all |"
            r"the |our |total )*<M:b>"
        ),
        r"<M:a> (?:to|/|over) (?:all |the |total )*<M:b>(?: ratio| <sharenoun>)?",
        (
            rf"(?:what |which |the )*{SHARE} (?:of|in) (?:all |the |our |its |their )*(?P<own>(?:<E>|<T>)(?: "
            r"'s)? )*<M:b>(?P<mid>(?: (?:<T>|<E>|<be>|<do>|that|which|goes|went|to|go|come|came|comes|from|into|"
            r"made|up|of|by|spent|on|for|actually|the|tokens|consists|consisted|in|really))*) <M:a>"
        ),
        (
            r"how much of (?:all |the |our |its |their )*(?P<own2>(?:<E>|<T>)(?: 's)? )*<M:b>(?P<mid2>(?: (?:<T>|"
            r"<E>|<be>|<do>|that|which|goes|went|to|come|came|comes|from|into|of|made))*) <M:a>"
        ),
    )
    for pattern in patterns:
        found = sentence.find(pattern)
        if found is None:
            continue
        above, below = found.item("a"), found.item("b")
        if above is None or below is None or above.name == below.name:
            continue
        name = RATIOS.get((above.name, below.name)) or plain_ratio(above.name, below.name)
        if name:
            insert(sentence, found, name)
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
        insert(sentence, found, "output_share")


def read_accepting(draft: Draft) -> None:
    """ "which team accepts the smallest part of its suggestions", "how many suggestions got accepted"."""
    sentence = draft.sentence
    names = {one.name for one in sentence.tags("M")}
    verb = sentence.find(r"accept|accepts|accepted|accepting|taken|kept|<M=accepted>")
    if verb is None or not names & {"suggested", "accepted"} or "acceptance_rate" in names:
        return
    share = sentence.find(rf"(?:what |which |the )*{SHARE}(?: of)?|how often|rate")
    if share is not None and not sentence.has(r"how much (?:did|more)"):
        insert(sentence, share, "acceptance_rate")
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
