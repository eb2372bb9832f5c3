"""The rule that keeps the engine honest: every word that no rule consumed is named, and a name nobody knows is one."""

from __future__ import annotations

from itertools import pairwise

from bot.questions.answers.answer import Option
from bot.questions.grammar.carriers import carries_only
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.english import is_english
from bot.questions.grammar.gazetteer import Name, gazetteer
from bot.questions.grammar.options import replaced
from bot.questions.grammar.products import KNOWN_PRODUCTS
from bot.questions.grammar.sentence import STOPS, Item
from bot.questions.grammar.spelling import is_ordinary, near
from bot.questions.grammar.vocabulary import FREQUENT, HARMLESS, MEANINGFUL
from bot.questions.grammar.wordlists import words
from bot.questions.reading import Missing, Unclear
from storage.catalogue import DIMENSIONS, METRICS
from storage.catalogue.measures import Base

_SLOTS = words(
    """
    in for of by at from with on to did does has had using used use versus and or except excluding without only
    vs tokens cost spend than via through
    """
)
_USAGE_NAMES = frozenset(("tool", "model", "provider"))


def unread(draft: Draft) -> list[Item]:
    """Words that no rule consumed and that are not harmless."""
    items = draft.sentence.items
    per = {
        after.start
        for one, after in pairwise(items)
        if one.word == "per" and not one.used and (_plain(after) or (after.tag == "E" and after.name == "workflow"))
    }
    return [one for one in items if not _read(one) or one.start in per]


def _plain(item: Item) -> bool:
    """A word without a meaning of its own here: "tokens per ship" divides by something unknown."""
    return not item.used and not item.tag and item.word[:1].isalpha()


_SOMEBODY = (
    r"(?:did|does|do|has|have|had|was|is|how much|how many) (?P<who>he|she)(?= (?:<use>|<M>|[^ ]+))|"
    r"(?P<who2>he|she) (?:<use>|<M>|spent|spend|used|made|cost)|(?P<who3>his|her) (?:own )?(?=<M>)"
)


def _nobody_said(draft: Draft) -> None:
    """ "what has she cost": somebody is meant, and nobody is named."""
    if draft.personal or draft.pick("person") or "person" in draft.groups:
        return
    found = next(draft.sentence.any(_SOMEBODY), None)
    if found is not None:
        raise draft.ask("Whose figures are meant? Name the person.", about="person")


def _uncounted(draft: Draft) -> list[Item]:
    """ "how many people" beside another figure: a second question, not a noun."""
    found = draft.sentence.find(r"(?:how many|number of) (?:(?:of|the|our|different|active) )*(?P<h><H>)")
    item = found.item("h") if found else None
    counts = {"headcount", "active_people", "inactive_people", "adoption_rate", "active_days_per_person"}
    return [item] if item is not None and not item.used and not counts & set(draft.metrics) else []


def _read(item: Item) -> bool:
    if item.used or item.tag in ("H", "O"):
        return True
    if item.tag:
        return False
    return (
        item.word in STOPS
        or item.word in ("'s", "§")
        or item.word in HARMLESS
        or not any(char.isalnum() for char in item.word)
    )


def check(draft: Draft) -> None:
    """Stop where a word of the question has had no effect on the query."""
    _a_name_after_all(draft)
    _nobody_said(draft)
    left = [one for one in unread(draft) if not carries_only(draft, one)] or _uncounted(draft)
    quoted = next((one for one in left if one.tag == "X"), None)
    if quoted is not None:
        raise _unknown(draft, quoted.value, quoted.name if quoted.name != "any" else "", quoted.start, quoted.end)
    run = _first_name(draft, left)
    if run:
        text = " ".join(one.raw for one in run)
        raise _unknown(draft, text, _hint(draft, run), run[0].start, run[-1].end)
    if left:
        raise _not_understood(draft, left)


def unknown_product(draft: Draft) -> None:
    """Stop where a well-known product is named that is not in use here."""
    named = [one for one in unread(draft) if one.word in KNOWN_PRODUCTS and not one.tag]
    if named:
        raise _unknown(draft, named[0].raw, "tool", named[0].start, named[0].end)


def _a_name_after_all(draft: Draft) -> None:
    """Ask where a harmless word that nothing read is also a name here: "what did learning cost"."""
    names = gazetteer(draft.world.directory)
    for item in draft.sentence.items:
        if item.tag or item.used or item.word not in HARMLESS or item.word in FREQUENT:
            continue
        found = [one for one in names.find((item.word,)) if one.dimension in ("team", "workflow", "location", "tool")]
        values = {one.value for one in found}
        if not found or any(each.value in values for one in draft.sentence.tags("E") for each in one.value):
            continue
        raise _unknown_or_word(draft, item, found)


def _unknown_or_word(draft: Draft, item: Item, found: list[Name]) -> Exception:
    options = [
        Option(
            label=f"{DIMENSIONS[one.dimension].label} {one.label}",
            ask=replaced(draft, item.start, item.end, f'{DIMENSIONS[one.dimension].label} "{one.label}"'),
        )
        for one in found[:4]
    ]
    options.append(Option(label=f"not {found[0].label}", ask=replaced(draft, item.start, item.end, "").strip()))
    listed = ", ".join(one.label for one in options[:-1])
    return draft.ask(f"Is “{item.raw}” meant as a name here ({listed}), or is it only a word?", *options)


def _first_name(draft: Draft, left: list[Item]) -> list[Item]:
    """The unread words that stand where a name would, if there are any."""
    items = draft.sentence.items
    for item in left:
        if item.tag or item.word in MEANINGFUL or (not item.word[:1].isalpha() and not item.word[:1].isdigit()):
            continue
        at = items.index(item)
        run = [item]
        while (
            at + len(run) < len(items)
            and not _read(items[at + len(run)])
            and not items[at + len(run)].tag
            and items[at + len(run)].word not in MEANINGFUL
        ):
            run.append(items[at + len(run)])
        if _like_name(draft, items, at, at + len(run), run):
            return run
    return []


def _like_name(draft: Draft, items: list[Item], first: int, end: int, run: list[Item]) -> bool:
    before = items[first - 1] if first else None
    after = items[end] if end < len(items) else None
    capital = run[0].raw[:1].isupper() and first > 0
    if any(one.word in KNOWN_PRODUCTS for one in run):
        return True
    if run[0].word == "sub":
        return False  # "without sub-teams"
    if before is not None and before.tag == "D" and before.name not in ("kind", "mode"):
        plural = before.word.endswith("s") or is_english(run[0].word)
        listed = plural and run[0].word.endswith("ed")  # "which teams stayed below"
        return capital or not (listed or is_ordinary(run[0].word))
    if after is not None and after.tag == "D" and not after.word.endswith("s") and not is_ordinary(run[0].word):
        return True
    if before is not None and before.tag == "E" and before.name == "person" and capital:
        return True
    if after is not None and after.tag == "E" and after.name == "person" and capital:
        return True
    if capital and not is_ordinary(run[0].word):
        return True
    if is_ordinary(run[0].word) or len(run) > 3:
        return False
    slot = before is not None and not before.tag and before.word in _SLOTS
    owner = after is not None and after.word == "'s"
    measured = after is not None and after.tag == "M"
    return slot or owner or measured


def _hint(draft: Draft, run: list[Item]) -> str:
    """The dimension an unknown name would be of, as the words around it say."""
    items = draft.sentence.items
    first = items.index(run[0])
    end = first + len(run)
    for at in (first - 1, end):
        if 0 <= at < len(items) and items[at].tag == "D":
            return items[at].name
        if 0 <= at < len(items) and items[at].tag == "E" and items[at].name == "person":
            return "person"
    words = [one.word for one in items[max(0, first - 2) : first]]
    if any(one.word in KNOWN_PRODUCTS for one in run) or words[-1:] in (
        ["using"],
        ["used"],
        ["use"],
        ["via"],
        ["through"],
        ["with"],
    ):
        return "tool"
    if words[-1:] == ["did"] or words[-1:] == ["does"] or words[-1:] == ["has"]:
        return "person/team"
    return ""


def _unknown(draft: Draft, text: str, hint: str, start: int, end: int) -> Exception:
    from bot.questions.grammar.draft import Stop

    names = gazetteer(draft.world.directory).by_dimension
    wanted = (
        hint.split("/") if hint else ["team", "person", "tool", "model", "provider", "workflow", "title", "location"]
    )
    if _of_work(draft):
        wanted = [one for one in wanted if one in ("team", "workflow")] or wanted
    if hint in _USAGE_NAMES:
        wanted = ["tool", "model", "provider"]
    by_label = {one.label: one for dimension in wanted for one in names.get(dimension, ())}
    found = [by_label[label] for label in near(text, list(by_label))]
    people = any(one.dimension == "person" for one in found) or "person" in wanted[:2]
    if found:
        options = tuple(
            Option(
                label=one.label,
                ask=replaced(
                    draft,
                    start,
                    end,
                    (f'{DIMENSIONS[one.dimension].label} "{one.value if one.dimension == "person" else one.label}"'),
                ),
            )
            for one in found
        )
        listed = ", ".join(one.label for one in found)
        return Stop(
            Unclear(
                text=(f"I know nobody and nothing called “{text}”. Did you mean {listed}?"),
                options=options,
                about="person" if people else "",
                steps=tuple(draft.steps),
            )
        )
    kind = DIMENSIONS[hint].label if hint in DIMENSIONS else "name"
    return Stop(
        Missing(
            text=(f"Nothing is recorded here for the {kind} “{text}”: no such name is known."),
            about="person" if hint.startswith("person") else "",
            steps=tuple(draft.steps),
        )
    )


def _of_work(draft: Draft) -> bool:
    """Whether the figure is known of work items alone, which have no people, tools or models."""
    name = draft.metrics[0] if draft.metrics else ""
    return name in METRICS and METRICS[name].bases == frozenset({Base.WORK})


def _not_understood(draft: Draft, left: list[Item]) -> Exception:
    """Ask back, with the question that is left without the words not understood."""
    words = ", ".join(f"“{one.raw}”" for one in left[:4])
    gone = {at for one in left for at in range(one.start, one.end)}
    tokens, text = draft.tagged.tokens, draft.sentence.original
    kept, at = [], 0
    for index, token in enumerate(tokens):
        if index in gone:
            kept.append(text[at : token.start])
            at = token.end
    kept.append(text[at:])
    plain = " ".join("".join(kept).split())
    options = (Option(label=f"Without {words}: {plain}", ask=plain),) if plain and draft.metrics else ()
    return draft.ask(f"I did not understand {words} in that question, and will not guess.", *options)
