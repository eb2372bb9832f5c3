"""Names of one dimension: beside each other, one within the other, or one sum."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft, Pick
from storage.catalogue import DIMENSIONS
from storage.query import Op


def side_by_side(draft: Draft) -> tuple[str, ...]:
    """Names of one dimension beside each other are a list of those rows; teams are scopes."""
    _one_pick_each(draft)
    _examples(draft)
    dimension = draft.beside
    pick = draft.pick(dimension) if dimension else None
    if pick is None or len(pick.values) < 2 or draft.together or pick.joint or draft.part is not None:
        return ()
    if dimension == "team" and "team" not in draft.groups and (not draft.groups or _versus(draft, dimension)):
        draft.groups.insert(0, "team")
        draft.picks.remove(pick)
        return pick.values
    if draft.groups and dimension not in draft.groups:
        if pick.dimension == "kind" or not _versus(draft, dimension):
            return ()
        draft.groups.insert(0, dimension)
        return ()
    if dimension not in draft.groups:
        draft.groups.append(dimension)
    return ()


def _examples(draft: Draft) -> None:
    """ "by activity (analysis, review etc)": examples of the grouping, no filter."""
    bracketed = draft.sentence.said(r"<D> \( (?:<E>|<H>)(?: (?:/|,|and|or|versus) (?:<E>|<H>))+ \)")
    if not bracketed and not draft.sentence.has(
        r"etc|etcetera|and so on|and so forth|for example|for instance|such as|e g|like"
    ):
        return
    for pick in list(draft.picks):
        if pick.dimension in draft.groups and (len(pick.values) > 1 or bracketed):
            draft.picks.remove(pick)
            draft.beside = "" if draft.beside == pick.dimension else draft.beside


def _versus(draft: Draft, dimension: str) -> bool:
    return draft.sentence.has(
        rf"<E={dimension}>(?: 's| <D>)? (?:,? ?versus|or|against|compared (?:to|with)|and) (?:the |our |in |for |"
        rf"of )*<E={dimension}>"
    )


def _one_pick_each(draft: Draft) -> None:
    """Filters on one dimension said twice: the narrower team, the same again, or two names beside each other."""
    for dimension in DIMENSIONS:
        same = [one for one in draft.picks if one.dimension == dimension and one.op is Op.IN and one is not draft.part]
        if len(same) < 2:
            continue
        first, second = same[0], same[1]
        if set(first.values) == set(second.values) or set(second.values) <= set(first.values):
            draft.picks.remove(second if set(first.values) == set(second.values) else first)
        elif set(first.values) <= set(second.values):
            draft.picks.remove(first)
        elif dimension == "team" and (narrow := _narrower(draft, first, second)):
            draft.picks.remove(first if narrow is second else second)
        elif draft.sentence.said(
            r"than|versus|or|compare|compared|both|difference between|next to|beside|alongside|side by side|against"
        ):
            at = draft.picks.index(first)
            draft.picks.remove(second)
            draft.picks[at] = Pick(dimension, (*first.values, *second.values), start=first.start)
            draft.beside = dimension
            if draft.change and draft.earlier is None:
                draft.change = False
        else:
            raise draft.ask(
                f"Two {DIMENSIONS[dimension].plural} are named: {', '.join((*first.values, *second.values))}. "
                "Which one, or both together?"
            )
        _one_pick_each(draft)
        return


def _narrower(draft: Draft, one: Pick, other: Pick) -> Pick | None:
    directory = draft.world.directory
    for inner, outer in ((one, other), (other, one)):
        if all(any(name in directory.below(top) for top in outer.values) for name in inner.values):
            return inner
    return None
