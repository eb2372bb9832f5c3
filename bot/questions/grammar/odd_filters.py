"""Filters that are none: "had no Cursor usage", people counted by what they did not use, and "each" of several."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.sentence import Sentence
from storage.query import Op

_OF_USAGE = frozenset(("tool", "model", "provider", "mode", "workflow"))


def none_of_it(sentence: Sentence) -> None:
    """ "had no Cursor usage" is "had Cursor, no usage": those at nought, not all others."""
    found = sentence.find(
        r"(?:had|has|have|having|with|saw|made|shows?|showed) (?P<no>no|zero) "
        r"(?=<E=tool|model|provider|workflow|mode> <M>)"
    )
    if found is None:
        return
    at = sentence.between(*found.match.span("no"))[0]
    word = sentence.items.pop(at)
    sentence.items.insert(at + 1, word)
    sentence.refresh()


def sets_of_people(draft: Draft) -> None:
    """ "used A but not B", "both A and B": people counted by what they did and did not use are no figure here."""
    for pick in draft.picks:
        if pick.dimension not in _OF_USAGE:
            continue
        others = [one for one in draft.picks if one.dimension == pick.dimension and one.op is Op.NOT_IN]
        both = (
            len(pick.values) > 1
            and draft.sentence.said(rf"both (?:of )?(?:the )?<E={pick.dimension}>|<E={pick.dimension}> both")
            and (draft.metrics[:1] == ["active_people"] or draft.sentence.said(r"who|<H>|people"))
            and draft.sentence.said("<use>|active")
        )
        if (pick.op is Op.IN and others) or both:
            raise draft.ask(
                "Who uses one and another, or one and not another, is no figure here: I can list each by itself.",
                *(_alone(one) for one in dict.fromkeys((*pick.values, *(v for other in others for v in other.values)))),
            )


def _alone(value: str) -> Option:
    return Option(label=f"active people, {value}", ask=f'how many people used "{value}"')


APART = (
    r"each|each one|each of them|respectively|separately|individually|side by side|one line each|a line each|"
    r"one row each|of each|each of|"
    r"one each|apiece|for both|one by one|per each|next to each other|both"
)


def apart(draft: Draft) -> bool:
    """Whether the sentence asks for one row each."""
    found = draft.sentence.find(APART)
    if found is None:
        return False
    listed = draft.known_groups or draft.beside or draft.sentence.tags("G") or draft.grain or len(draft.picks) > 1
    if (
        not listed
        and draft.metrics
        and draft.sentence.said(r"(?:did|does|do|has|have|had|by|from|of|for) each (?:one|of them)")
    ):
        raise draft.ask("A row for each what? Name it: team, tool, model, workflow…")
    draft.sentence.use(found)
    return True
