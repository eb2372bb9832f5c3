"""Points of a series that are ranked or pass a threshold: "the three days with the lowest spend"."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft


def points_with(draft: Draft) -> None:
    """ "the three days with the lowest spend": points of a series, ranked."""
    found = draft.sentence.find(
        r"(?:the )?(?P<n><N=plain>|two|three|five|ten)? ?(?P<g>days|day|weeks|week|months|month|quarters|quarter) "
        r"(?:with|that had|that saw|having|showing|when we had|where we had) (?:the |our )?(?=<up>|<down>|most|"
        r"least|fewest)"
    )
    if found is None or draft.groups or draft.grain:
        return
    draft.grain = found.said("g").removesuffix("s")
    number = found.item("n")
    if number is not None:
        draft.limit = {"two": 2, "three": 3, "five": 5, "ten": 10}.get(number.word) or (
            int(number.value.value) if number.tag == "N" else None
        )
    elif not found.said("g").endswith("s"):
        draft.limit = 1
    draft.sentence.use(found)


def grain_of_limits(draft: Draft) -> None:
    """ "days with more than 3m tokens": the points of a series pass."""
    named = next(draft.sentence.any(r"(?:<up>|<down>) <M> (?P<g>day|week|month|quarter)"), None)
    if named is not None and draft.ranked and not draft.groups and not draft.grain:
        draft.grain = named.said("g")
        draft.sentence.use_range(named.last - 1, named.last)
    if not draft.limits or draft.groups or draft.grain:
        return
    if draft.sentence.has(r"how many (?:days|weeks|months|quarters)"):
        raise draft.ask("I can list the days, weeks or months that pass, not count them.")
    found = draft.sentence.find(
        r"(?:which |what |any |on |in |all |the )*(?P<g>days|weeks|months|quarters)(?: (?:with|where|when|that|"
        r"in which|on which|having|did))?"
    )
    if found is not None:
        draft.grain = found.said("g").removesuffix("s")
        draft.sentence.use(found)
