"""What the figure is split by: dimensions, people, grains."""

from __future__ import annotations

import re

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.listed_people import is_rank, list_people
from bot.questions.grammar.options import replaced
from bot.questions.grammar.sentence import Found, Item, Sentence
from bot.questions.periods import GrainMatch, Span
from storage.catalogue import DIMENSIONS


def read_groups(draft: Draft) -> None:
    """Find what the answer is listed by."""
    sentence = draft.sentence
    _put_aside(draft)
    _dropped(draft)
    _harmless_dimensions(draft)
    for found in list(sentence.all(r"under(?: the)? (?=<E=team>)")):
        sentence.use_words(found)
    for found in list(sentence.all(r"<E=team> (?P<d><D=team>)(?! (?:of|in|under)(?: |$))")):
        plural = found.item("d")
        joined = found.first and sentence.items[found.first - 1].word in ("and", "or", ",", "versus", "&", "+", "plus")
        if plural is not None and plural.word.endswith("s") and not joined and not draft.together:
            _group(draft, plural)
    list_people(draft)
    for found in list(
        sentence.all(
            r"<D=team> (?:under|in|of|within|inside|belonging to|part of|reporting to|that report to|that belong to|"
            r"from) (?:the )?(?=<E=team>)"
        )
    ):
        sentence.use_words(found)
    _which_one(draft)
    draft.which = sentence.has(r"(?:which|what) (?:(?!of)[^ ]+ )?(?:<D>|<H>)|who")
    for item in sentence.tags("D", unused=True):
        _group(draft, item)
    _grain_beside(draft)
    _heads(draft)
    _chart(draft)


def _which_one(draft: Draft) -> None:
    """ "what did the team spend": one that nothing names, which is asked for rather than listed."""
    found = draft.sentence.find(
        r"(?:the|this|that) <D=team|tool|model|provider|workflow:d>(?= (?:'s|<use>|<M>|spent|<do>)| ?[?.!]?$)"
    )
    item = found.item("d") if found is not None else None
    one = item is not None and not item.used and not item.word.endswith("s") and draft.before is None
    if (
        item is None
        or not one
        or draft.picks
        or draft.sentence.said(r"<up>|<down>|best|worst|which|what <D>|each|every|per")
    ):
        return
    label = DIMENSIONS[item.name].label
    raise draft.ask(f"Which {label}? Name it, or ask for the figure by {label}.")


def _put_aside(draft: Draft) -> None:
    """ "by location rather than team", "swap tool for model": the one that goes is no grouping."""
    sentence = draft.sentence
    for pattern in (
        r"(?:rather than|instead of|in place of|and not|, not)(?: by| per| the| our)* <D:gone>",
        r"(?:swap|replace|switch|exchange|trade)(?: out)?(?: from)?(?: the)? <D:gone> (?:for|with|by|to)(?: "
        r"the)?(?= <D>)",
    ):
        found = sentence.find(pattern)
        if found is not None and found.item("gone") is not None:
            sentence.use(found)


_DROPPED = (
    r"(?:forget|drop|lose|skip|ignore|remove|scrap|ditch|leave out|take out|take away|without|never mind|no need for|"
    r"not|no)(?: about)?(?: the| any| those| a)?(?: (?:split|breakdown|grouping|detail)(?: by| per| into)?(?: the)?)? "
)


def _dropped(draft: Draft) -> None:
    """ "forget the tools", "drop the months": a grouping of the question before that goes."""
    if draft.before is None:
        return
    sentence, query = draft.sentence, draft.before.query
    found = sentence.find(rf"{_DROPPED}<D:d>(?: (?:split|breakdown|part|column))?(?= ?[?.!,]| and |$)")
    item = found.item("d") if found is not None else None
    if found is not None and item is not None and item.name in query.group_by:
        draft.ungrouped |= {item.name}
        sentence.use(found)
        return
    found = sentence.find(rf"{_DROPPED}(?P<g>days|weeks|months|quarters|series|trend)(?= ?[?.!,]| and |$)")
    if found is not None and query.grain is not None:
        draft.ungrouped |= {"grain"}
        sentence.use(found)


def read_list_words(draft: Draft) -> None:
    """ "break down", "split", "distributed": they say that a list is wanted, where there is one."""
    sentence = draft.sentence
    if draft.limits or draft.ranked:
        for found in list(
            sentence.any(
                r"only(?: show| list| give)?(?: me)?(?: the| those| our)?(?= (?:<D>|<H>|<N>|top|bottom|ones|those))"
            )
        ):
            sentence.use_words(found)
    if len(draft.metrics) > 1:
        for found in list(sentence.all(r"compare|comparing|comparison of")):
            sentence.use(found)
    if not (draft.known_groups or draft.beside or sentence.tags("G") or len(sentence.tags("E")) > 1):
        return
    pattern = (
        r"(?:break|broken|breaking|split|splits|splitting|cut|drill|divide|divided|dividing|slice up|"
        r"itemi[sz]e|itemi[sz]ed|spread|distribute|distributed|"
        r"distribution|apportioned|carve|carved|crossed|cross tabbed|laid|lay|set out|spelled|spelt|tabulated|bucketed|"
        r"detailed|listed|"
        r"shown|sliced|arranged|"
        r"organi[sz]ed|breakdown|break down|repartition|allocation|allocated|grouped|group|categori[sz]ed|"
        r"segmented|segment|separated|list|listing|table|ranked list|composition|structure|dispersion)(?: "
        r"out| up| down)?(?: of| between| among| over| across| into| by| per)?"
    )
    for found in list(sentence.all(pattern)):
        sentence.use_words(found)
    for found in list(
        sentence.all(r"(?:over|across|among|amongst|between|onto)(?: the| our| its| all)*(?= (?:<D>|<E=mode|kind>))")
    ):
        sentence.use_words(found)
    for found in list(
        sentence.all(
            r"between|into|apart|comparison|comparing|compare|compared|side by side|contrast|against|versus|gap|"
            r"difference between"
        )
    ):
        sentence.use_words(found)


_PASSING = r"(?:<gt>|<ge>|<lt>|<le>) (?:of |a |an |the )*(?:<N>|zero|half)"


def _group(draft: Draft, item: Item) -> None:
    sentence = draft.sentence
    counted = r"(?:how many|number of) (?:(?:different|distinct|unique|of|our|the) )*"
    asked = next(sentence.any(rf"(?P<count>{counted}){re.escape(item.text)}"), None)
    if asked is not None and sentence.said(_PASSING):
        # Those that pass are listed: the reader counts what is shown.
        sentence.use(asked, "count")
        draft.which = True
    elif asked is not None:
        words = asked.items("count")
        whole = replaced(draft, words[0].start, words[-1].end, "which")
        raise draft.ask(
            f"I can list {DIMENSIONS[item.name].plural} with their figures, not count them.",
            Option(label=whole, ask=whole),
            Option(label=f"tokens by {DIMENSIONS[item.name].label}", ask=f"tokens by {DIMENSIONS[item.name].label}"),
        )
    sentence.use_tags([item])
    if item.name not in draft.groups:
        draft.groups.append(item.name)
        draft.step("group", f"“{item.word}” lists by {DIMENSIONS[item.name].label}")


def _harmless_dimensions(draft: Draft) -> None:
    """ "touched an AI tool", "with our tools", "in the whole organisation's teams": no list is asked."""
    sentence = draft.sentence
    patterns = (
        r"(?:<use>|use of|usage of|with|on|for|of|in|our|through|via|M\.\S+) (?:an|a|any|some|our|the|their|"
        r"these|those|all|at least one|of) (?:of )?(?:the |our |their |these |those )?(?:ai |llm )?<D=tool|"
        r"model:d>(?= |$)(?! (?:with|over|above|below|under|that))",
        r"(?:total|overall|sum|combined|altogether|whole) (?:[^ ]+ ){0,4}?(?:across|over|of|for|in) (?:all "
        r")?(?:the |our )?(?:<D:d>)",
        r"<use> (?:ai )?<D=tool:d>",
        r"(?:^|, )all (?:the |our )?<D:d>(?= ?,|$| ?[?.])",
        r"(?:did|do|does|has|have) (?:all )?(?:of )?(?:our|the) (?:ai )?<D=tool:d>(?= (?:<M>|cost|<use>|set|run))",
        r"(?:that|<M>|did|do|does|have|has|had|,) (?:the )?<E=team> 's <D=workflow:d>(?= (?:[^ ]+ ){0,2}?(?:in|"
        r"last|per|"
        r"on|this|since|over|<T>|$))",
        r"(?:any|an|a) <D=workflow:d> (?:item|items)",
        r"(?<!each )(?<!which )(?:on|of|for|with|from|using|via|through|by) (?:the |our |all )*"
        r"<E=provider|tool> <D=model|tool:d>",
    )
    for pattern in patterns:
        for found in list(sentence.all(pattern)):
            item = found.item("d")
            chosen = _chosen(sentence, found) and not pattern.startswith("(?:did|do")
            if item is None or item.used or _asked(sentence, item) or chosen:
                continue
            if re.match(r"for (?:all|each|every)", found.said()):
                continue  # "tokens and cost for all the tools": a row each
            if item.name == "workflow" and sentence.said(
                r"each|every|which|per <D>|by <D>|rank|top|bottom|list|<up>|<down>"
            ):
                continue
            if (
                "E." not in found.said()
                and item.word.endswith("s")
                and "total" not in found.said()
                and "<use>" not in pattern
                and not pattern.startswith(("(?:^|, )all", "(?:did|do"))
                and not sentence.has(r"(?:people|<H>|active|adoption|<M=active_people|adoption_rate|inactive_people>)")
            ):
                continue
            sentence.use_tags([item])


def _chosen(sentence: Sentence, found: Found) -> bool:
    """ "which of our models", "the most used tool"."""
    before = sentence.items[found.first - 1].word if found.first else ""
    return is_rank(before) or before in ("which", "what", "each", "every", "any", "top", "bottom", "all", "list")


def _asked(sentence: Sentence, item: Item) -> bool:
    at = next(at for at, one in enumerate(sentence.items) if one.start == item.start)
    return at > 0 and sentence.items[at - 1].word in ("by", "per", "each", "every", "which", "what")


def _heads(draft: Draft) -> None:
    """ "people by team": a noun for people alone counts them."""
    names = [one.name for one in draft.sentence.tags("H", unused=True)]
    if draft.known_metrics or draft.per or "person" in draft.groups or (draft.picks and draft.pick("person")):
        return
    if any(name in ("people", "employee", "head", "user") for name in names) and not draft.sentence.said(
        "<use>|<N>|<up>|<down>|who|<M>"
    ):
        draft.metrics = ["active_people" if "user" in names else "headcount"]
        draft.step("metric", f"“{names[0]}” alone counts people")


def _grain_beside(draft: Draft) -> None:
    """ "by workflow and month"."""
    sentence = draft.sentence
    found = sentence.find(
        r"(?:<D>|<H>) (?:and|,|x|by|/|&|and by|per|and per|, by) (?P<g>day|week|month|quarter)(?! (?:before|"
        r"after|ago|over))"
    )
    if found is None:
        return
    at = found.last - 1
    item = sentence.items[at]
    match = GrainMatch(span=Span(item.start, item.end), grain=item.word, kind="series")
    sentence.items[at] = Item(item.word, item.raw, item.start, item.end, "G", "series", match)
    sentence.refresh()


def _chart(draft: Draft) -> None:
    found = draft.sentence.find(
        r"(?:as |in |on |with |into )?(?:a |an |the )?(?:line |bar |pie )?(?:chart|charts|graph|graphs|plot|"
        r"plotted|diagram|graphically|visually|visualise|visualize|curve|charted|graphed|histogram)(?: of| for| "
        r"form)?"
    )
    if found is not None:
        draft.chart = True
        draft.sentence.use(found)
