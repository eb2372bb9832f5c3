"""Which value each name of a sentence stands for: the dimension it is meant in, and the asker's own."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.gazetteer import Fit, Name
from bot.questions.grammar.own import read_own
from bot.questions.grammar.sentence import Item, Sentence
from storage.catalogue import DIMENSIONS
from storage.records import Kind

# Where one word names a value of both, the first is meant unless the words around it say otherwise.
_PREFERRED = ("kind", "mode", "tool", "provider")
_SKIPPED = frozenset(["the", "our", "a", "an", "called", "named", ",", "(", '"', "of"])
MAX_OPTIONS = 5


def settle_values(draft: Draft) -> None:
    """Give every name one dimension; ask back where one name could be several values."""
    sentence = draft.sentence
    for index, item in enumerate(sentence.items):
        if item.tag == "X":
            continue
        if item.tag == "E" and item.name not in ("kind", "mode", "ledger"):
            sentence.items[index] = _settled(draft, index, item)
    sentence.refresh()
    _manners(sentence)
    _appositives(sentence)
    _explained(sentence)
    read_own(draft)
    _the_bot(draft)


def _settled(draft: Draft, index: int, item: Item) -> Item:
    names: tuple[Name, ...] = item.value
    hinted = _hints(draft.sentence, index) & {one.dimension for one in names}
    if hinted:
        names = tuple(one for one in names if one.dimension in hinted)
    names = _meant(names, draft.sentence)
    dimensions = {one.dimension for one in names}
    if len(dimensions) > 1:
        raise _which(draft, item, names, f"“{item.raw}” is the name of more than one thing here. Which one?")
    if len(names) > 1:
        raise _which(
            draft,
            item,
            names,
            (f"“{item.raw}” could be {len(names)} {DIMENSIONS[names[0].dimension].plural}. Which one?"),
        )
    name = names[0]
    if name.fit is not Fit.WHOLE and name.label.casefold() != item.raw.casefold():
        draft.tagged.echoes.append(f"read “{item.raw}” as {name.label}")
    draft.step("names", f"“{item.raw}” is the {DIMENSIONS[name.dimension].label} {name.label}")
    return replace(item, name=name.dimension, value=(name,))


def _meant(names: tuple[Name, ...], sentence: Sentence) -> tuple[Name, ...]:
    """The names of the best fit, by the contract's order where a word fits several dimensions."""
    listed = {one.name for one in sentence.tags("D")}
    exact = tuple(one for one in names if one.fit is Fit.WHOLE and one.dimension in listed)
    if exact:
        return exact
    if any(one.dimension == "team" and one.fit is not Fit.PART for one in names) and not sentence.said(
        "kinds? of work"
    ):
        names = tuple(one for one in names if one.dimension != "activity")  # one is meant where "activity" is said
    workflows = tuple(one for one in names if one.dimension == "workflow")
    if workflows and {one.dimension for one in names if one.fit is Fit.WHOLE} <= {"activity", "workflow"}:
        names = tuple(one for one in names if one.dimension != "activity") or names
    if workflows and all(
        one.dimension == "workflow" or (one.dimension == "person" and one.label != one.label.title()) for one in names
    ):
        names = workflows
    fit = min(one.fit for one in names)
    best = tuple(one for one in names if one.fit == fit)
    for dimension in _PREFERRED:
        chosen = tuple(one for one in best if one.dimension == dimension)
        if chosen and {one.dimension for one in best} <= set(_PREFERRED):
            return chosen
    return best


def _hints(sentence: Sentence, index: int) -> set[str]:
    """The dimensions that the words around a name say it belongs to."""
    items = sentence.items
    hints: set[str] = set()
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(items) and items[at].word in _SKIPPED and not items[at].tag:
            at += step
        if 0 <= at < len(items) and items[at].tag == "D" and not (step == -1 and _grouping(items, at)):
            hints.add(items[at].name)
        if 0 <= at < len(items) and items[at].tag == "H" and step == -1 and items[at].word == "person":
            hints.add("person")
    for found in sentence.all(
        r"<D:d> i mean|i mean (?:the )?<D:d2>|as (?:a |an |the )?<D:d3>|\( (?:the |a )?<D:d4> \)"
    ):
        hints |= {one.name for one in found.items() if one.tag == "D"}
    return hints


def _grouping(items: list[Item], at: int) -> bool:
    return (
        at > 0 and items[at - 1].word in ("by", "per", "each", "every", "and", "which") and items[at].word.endswith("s")
    )


def _which(draft: Draft, item: Item, names: tuple[Name, ...], text: str) -> Exception:
    options = tuple(
        Option(label=_option_label(one, names), ask=quoted_instead(draft, item, one)) for one in names[:MAX_OPTIONS]
    )
    people = any(
        one.dimension == "person" and draft.world.directory.person[one.value].kind != Kind.AGENT for one in names
    )
    listed = ", ".join(one.label for one in options)
    return draft.ask(
        f"{text} {listed}." if len(names) <= MAX_OPTIONS else text, *options, about="person" if people else ""
    )


def _option_label(name: Name, names: tuple[Name, ...]) -> str:
    if len({one.dimension for one in names}) > 1:
        return f"{DIMENSIONS[name.dimension].label} {name.label}"
    if sum(one.label == name.label for one in names) > 1:
        return f"{name.label} ({name.value})"
    return name.label


def quoted_instead(draft: Draft, item: Item, name: Name) -> str:
    """The question with one name said beyond doubt."""
    tokens = draft.tagged.tokens
    text = draft.sentence.original
    start, end = tokens[item.start].start, tokens[item.end - 1].end
    said = name.value if name.dimension == "person" else name.label
    return f'{text[:start]}{DIMENSIONS[name.dimension].label} "{said}"{text[end:]}'


def _manners(sentence: Sentence) -> None:
    """ "so kind", "that kind of": no dimension; "I'm after" no time."""
    for found in list(sentence.all(r"i(?: am| was)? after (?=the|a|an|<M>|<E>|how|our)")):
        sentence.use_words(found)
    for found in list(
        sentence.all(
            r"(?:so|very|be|too|really|most|any|some|what|that|this|which) <D=kind:d>(?: enough)?(?: of)?|"
            r"<D=kind:d2> of"
        )
    ):
        items = [one for one in found.items() if one.tag == "D" and one.word == "kind"]
        sentence.use_tags(items)


def _appositives(sentence: Sentence) -> None:
    """ "the Platform team", "teams Platform and Mobile": the dimension word adds nothing to the name."""
    for pattern, group in (
        (r"<D:d> (?:called |named |the )?(?:\" )?<E:e>", "before"),
        (r"<E:e> (?:\" )?<D:d>", "after"),
        (r"<E:e> , (?:the |a |as |i mean )+<D:d>(?= ?,| ?[?.!]|$)", "beside"),
        (r"<E:e> \( (?:as |the |a |i mean |my |by )*<D:d> \)", "beside"),
    ):
        for found in list(sentence.all(pattern)):
            dimension, name = found.item("d"), found.item("e")
            if dimension is None or name is None or dimension.name != name.name:
                continue
            plural = dimension.word.endswith("s")
            if (
                group == "after"
                and plural
                and sentence.has(
                    (r"(?:which|what|each|every|top|bottom|by|per|rank|all|any|the) (?:of )?(?:the )?(?:our )?")
                    + re_escape(name)
                    + " "
                    + re_escape(dimension)
                )
            ):
                continue
            at = sentence.items.index(dimension)
            if group == "before" and at and sentence.items[at - 1].word in ("by", "per", "each", "every"):
                continue
            sentence.use_tags([dimension])


def re_escape(item: Item) -> str:
    """An item as a pattern."""
    return item.text.replace(".", r"\.")


def _explained(sentence: Sentence) -> None:
    """ "openai, the provider I mean"."""
    named = {one.name for one in sentence.tags("E")}
    for found in list(sentence.all(r"(?:, )?(?:as |i mean )?(?:the |a |an )?<D:d>(?: i mean| that is| not the <D>)?")):
        item = found.item("d")
        if item is not None and item.name in named and "mean" in found.said():
            sentence.use(found)


def _the_bot(draft: Draft) -> None:
    """ "the bot": the one agent there is, else which one."""
    sentence = draft.sentence
    for item in sentence.tags("E"):
        if item.name != "kind" or item.value[0].value != "bot":
            continue
        agents = [one for one in draft.world.directory.people if one.kind == Kind.AGENT]
        names = tuple(Name("person", one.email, one.name or one.email) for one in agents)
        if len(names) == 1:
            draft.tagged.echoes.append(f"read “{item.raw}” as {names[0].label}")
            sentence.swap(item, replace(item, name="person", value=names))
        elif names:
            raise _which(draft, item, names, f"There are {len(names)} bots. Which one?")
        else:
            sentence.swap(item, replace(item, value=(Name("kind", "agent", "agents"),)))
