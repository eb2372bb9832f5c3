"""Shares: each row as a part of the whole, or one named part of it."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft, Pick
from bot.questions.grammar.leftovers import unknown_product
from bot.questions.grammar.sentence import Item, Sentence
from storage.catalogue import METRICS, Unit
from storage.query import Op

_OF_USAGE = frozenset(("tool", "model", "provider", "mode"))
_NOUN = r"(?:<sharenoun>|mix|how much)"


def read_shares(draft: Draft) -> None:
    """Find whether shares are asked, and of what."""
    sentence = draft.sentence
    fraction = bool(draft.known_metrics) and all(_is_fraction(name) for name in draft.known_metrics)
    if fraction:
        for noun in list(
            sentence.all(r"(?:as|in) (?:a |an )?<sharenoun>|(?:what|which) <sharenoun>(?: of)?|<sharenoun>(?: of)?")
        ):
            sentence.use(noun)
        return
    found = sentence.find(
        rf"(?:what |which |the |a |as |in |an |their |its |give |with ){{0,6}}{_NOUN}(?: (?:of|in|from|on))?|"
        r"percent wise|in relation to the (?:total|whole)"
    )
    if found is None or (found.said().startswith("how much") and not _how_much_of(sentence)):
        return
    if draft.change and not sentence.has(r"<sharenoun> of"):
        return
    _read(draft)
    for more in list(sentence.all(rf"(?:what |which |the |a |as |in |an |their |its ){{0,6}}{_NOUN}(?: of)?")):
        if not more.said().startswith("how much") or _how_much_of(sentence):
            sentence.use(more)


def _is_fraction(name: str) -> bool:
    return name in METRICS and METRICS[name].unit is Unit.FRACTION


def _how_much_of(sentence: Sentence) -> bool:
    return sentence.has(r"how much (?:of|from)")


def _read(draft: Draft) -> None:
    picks = [one for one in draft.picks if one.op is Op.IN]
    free = [one for one in picks if one.dimension != "ledger"]
    ledger = next((one for one in picks if one.dimension == "ledger"), None)
    if ledger is not None and not draft.groups and (not free or _ledger_is_the_part(draft.sentence)):
        draft.shares, draft.part = True, ledger
        draft.step("share", f"the {ledger.values[0]} ledger as a part of the whole")
        return
    inside = [one for one in free if one.dimension in _OF_USAGE and one.dimension not in draft.groups]
    if (
        draft.groups
        and inside
        and draft.sentence.said(r"<E=tool|model|provider|mode>(?: 's)? (?:own )?<sharenoun> (?:of|in)")
    ):
        raise draft.ask(
            f"The share of {', '.join(inside[0].values)} within each {draft.groups[0]} is no figure here: I can "
            f"give its share "
            f"of the whole, or how its use is spread over them.",
        )
    if draft.known_groups or (draft.beside and draft.pick(draft.beside)):
        draft.shares = True
        draft.step("share", "each row as a part of the total")
        return
    if not free and draft.before is not None and draft.before.query.filters:
        draft.shares = True
        return
    if not free:
        unknown_product(draft)
        raise draft.ask("A share of what? Name the part, or what to split by (team, tool, model…).")
    if draft.personal and draft.world.asker and draft.sentence.said(r"my (?:own )?<sharenoun> (?:of|in)"):
        own = Pick("person", (draft.world.asker,), start=0)  # "my share of my team's tokens"
        draft.picks.append(own)
        free = [own]
    part = _all_but(draft) or _numerator(draft, free)
    draft.shares = True
    draft.part = part
    draft.step("share", f"{part.dimension} {', '.join(part.values)} as a part of the whole")


def _all_but(draft: Draft) -> Pick | None:
    """ "how much of Web's spend was on anything but Cursor": the part is what is left without it."""
    without = [one for one in draft.picks if one.op is Op.NOT_IN]
    said = draft.sentence.said(
        r"(?:on|with|through|via|from|by|for) (?:anything|everything|something|tools?|models?|providers?|others?)"
    )
    return without[0] if len(without) == 1 and said else None


def _ledger_is_the_part(sentence: Sentence) -> bool:
    return sentence.said(
        rf"(?:<be>|went|goes|go|gone|due|belongs?) (?:to |for |on |into )?(?:the |our )?<E=ledger>|"
        rf"<E=ledger> {_NOUN} (?:of|in)|{_NOUN} of (?:the )?<E=ledger>"
        r"(?! (?:<E>|<M>))"
    )


def _numerator(draft: Draft, picks: list[Pick]) -> Pick:
    """The part: the name that the share is said of."""
    sentence = draft.sentence
    if len(picks) == 1:
        return picks[0]
    starts = {one.start: one for one in picks}
    whole = sentence.find(rf"(?:as|in) (?:a |an )?{_NOUN} of (?:the |our |all |total )*<E:e>")
    whole_item = whole.item("e") if whole else None
    if whole_item is not None and whole_item.start in starts:
        of = starts[whole_item.start]
        rest = [one for one in picks if one is not of and one.values != of.values]
        if len(rest) == 1:
            return rest[0]
    patterns = (
        rf"<E:e>(?: (?:'s|<D>))* (?:own )?{_NOUN} (?:of|in|within|from|on)",
        (
            r"(?:is|was|were|are|be|went|goes|go|going|gone|came|comes|come|used|spent|made|belongs|belonged|"
            r"fell|due|attributable|accounted|ran|run|running|done|caused|generated|produced|down) (?:to |from |"
            r"on |by |through |with |in |for |into |at |up |of )*(?:the |our |an? )?(?:<D> )?<E:e>"
        ),
        (
            rf"{_NOUN} (?:of|from|for|on|going to|that went to|due to|by) (?:the |our )?<E:e>(?: <D>)? (?:in|of|"
            r"within|at|inside|out of|among|on) (?:the |all |our )*(?:<E>|<M>|<T>)"
        ),
        (
            r"(?:did|do|does|has|have) (?:the |our )?<E:e>(?: <D>)? (?:have|make up|account(?: for)?|represent|hold|"
            r"take|use|used|get|contribute|spend|<M>|consume|cover|burn|eat|took|taken)"
        ),
        rf"<E:e> (?:as|in) (?:a |an )?{_NOUN} of",
        rf"<E:e> (?:<M> )?{_NOUN}",
        r"(?:through|via|from|with|using|on|by) (?:the )?(?:<D> )?<E:e>",
    )
    for pattern in patterns:
        for found in sentence.all(pattern):
            item: Item | None = found.item("e")
            if item is not None and item.start in starts:
                return starts[item.start]

    raise draft.ask("Which is the part and which the whole? Say it like “X's share of Y's tokens”.")
