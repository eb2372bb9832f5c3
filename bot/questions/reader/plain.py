"""What words say by themselves stands, whatever the network makes of them: recorded days, modes, times like names."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.questions.finders.marks import Marked, Mention
from bot.questions.lexicon.tables import entry, phrases
from bot.questions.lexicon.words import dimension_of, meanings
from bot.questions.periods import PeriodMatch, find_grain
from bot.questions.periods.words import word_set
from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.listing import listed as listed_in
from bot.questions.reader.schema import GRAINS
from storage.catalogue import DIMENSIONS

BEFORE_TIMES = frozenset(("in", "since", "during", "until", "till", "through", "throughout"))
BARE = word_set(
    """
    in of for at on the our by per each during and s total overall last this company whole how many much what did do we
    us is was were are have had show me give list please kindly handle handled number i need want would like to know see
    get can could you tell let each every split broken down grouped up out among across with on from
    """
)
STATED = 0.97  # how sure what is said outright is
_DIVISORS = frozenset(("/", "item", "items", "over", "divided", "ratio"))
_MASK = "§"
_MEANS = frozenset(("average", "averaged", "mean", "typical", "usual"))
MODES = frozenset(("chat", "completion", "agent", "human", "assisted"))


def settled(marked: Marked, chosen: Choices, *, personal: bool = False) -> Choices:
    """The choices with what is plain in the message in their place; `personal`: the thread is about one's own."""
    heads, sure = dict(chosen.heads), dict(chosen.sure)
    words = [part if isinstance(part, str) else _MASK for part, _ in marked.here]
    listed = _listed_share(words) if heads["share"] == "yes" and heads["group"] == "none" else ""
    if listed and not any(mention.kind == listed for mention in marked.mentions):
        heads["group"], sure["group"] = listed, 1.0
    if heads["time"] in ("one", "previous") and heads["grain"] == "none" and _from_one_to_another(marked, words):
        heads["time"], sure["time"] = "ends", 1.0
    if heads["personal"] == "yes" and not personal and not set(words) & set(entry("asked", "own").words):
        heads["personal"], sure["personal"] = "no", 1.0
    if (_refused_for_days(chosen) and _names_days(marked)) or (chosen.refused and _is_bare(marked, words)):
        heads |= {"status": "figures", "topic": "none"}
        sure["status"] = max(sure["status"], STATED)
    lists = {name: words[start - 1] for name, start, _ in listed_in(words)}
    if "per" in lists.values() and words.count("per") == 1 and not _DIVISORS & set(words):
        heads["per"], sure["per"] = "none", 1.0  # "spend per workflow" divides by nothing
    if len(lists) == 1 and heads["group"] == "none":
        heads["group"], sure["group"] = next(iter(lists)), 1.0
    figure = _figure_said(words, chosen)
    if figure:
        heads |= {"metric": figure, "per": "none"}
        sure["metric"] = STATED
    grains = {match.grain for match in find_grain(words) if match.kind == "series" and match.grain in GRAINS}
    if len(grains) == 1 and {heads["grain"], heads["average"]} == {"none"} and not set(words) & _MEANS:
        heads["grain"], sure["grain"] = str(next(iter(grains))), STATED
    modes = _modes(words)
    if len(modes) == 1 and heads["group"] != "mode" and "|" not in heads["of_mode"]:
        heads["of_mode"], sure["of_mode"] = next(iter(modes)), 1.0
    alone = sum(role.name == "scope" for role in chosen.roles) == 1
    roles = [
        Role("in", STATED)
        if role.name == "ignore" and _is_alone_asked_of(mention, marked)
        else Role("ignore", 1.0)
        if _is_a_time(mention, marked) or _is_growth(mention, marked)
        else replace(role, name="in")
        if role.name == "scope" and alone
        else role
        for mention, role in zip(marked.mentions, chosen.roles, strict=True)
    ]
    suspect = {str(marked.parts[at]) for at in chosen.conditions}
    loose = bool(suspect) and suspect <= set(entry("plain", "function").words)
    return replace(chosen, heads=heads, sure=sure, roles=roles, condition=0.0 if loose else chosen.condition)


def _is_alone_asked_of(mention: Mention, marked: Marked) -> bool:
    """ "Failure rate in Analysis" is of that, and of nothing else that is called so."""
    several = [other for other in marked.mentions if other.said == mention.said]
    return mention.of_figure and not mention.doubtful and len(mention.values) == 1 and several == [mention]


def _is_a_time(mention: Mention, marked: Marked) -> bool:
    """ "in June 2026" is no colleague called June."""
    said = mention.said.casefold().split()
    if mention.kind != "person" or mention.context or not said:
        return False
    beside = any(other.kind == "period" and other.said == mention.said for other in marked.mentions)
    return beside and (said[0] in BEFORE_TIMES or any(word.isdigit() for word in said))


def _is_growth(mention: Mention, marked: Marked) -> bool:
    """ "The growth in spend" is no team called Growth."""
    if not mention.doubtful or " ".join(mention.words) not in meanings("comparisons") or not mention.said.islower():
        return False
    following = [part if isinstance(part, str) else _MASK for part in marked.parts[marked.parts.index(mention) + 1 :]]
    figure = phrases("metrics").at(following, 1) if len(following) > 1 else None
    return following[:1] in (["in"], ["of"]) and figure is not None


def _figure_said(words: list[str], chosen: Choices) -> str:
    """The one figure that is named, where the weights do not know it or took "fresh tokens/employee" for a sum."""
    said = ["per" if word == "/" else word for word in words]
    names = {name for name, _, _ in phrases("metrics").all(said)}
    new = names - set(chosen.metrics)
    if chosen.metrics and len(new) == 1:
        return next(iter(new))
    per_head = f"{chosen.heads['metric']}_per_employee"
    return per_head if names == {per_head} else ""


def _refused_for_days(chosen: Choices) -> bool:
    return chosen.heads["topic"] == "period" and chosen.heads["status"] in ("no_data", "clarify")


def _names_days(marked: Marked) -> bool:
    said = [mention.match for mention in marked.mentions if mention.kind == "period" and not mention.context]
    day = said[0] if len(said) == 1 and not marked.problem else None
    return isinstance(day, PeriodMatch) and not day.future


def _is_bare(marked: Marked, words: list[str]) -> bool:
    """ "Items in October": a figure, names and days, and no word besides that could be anything else."""
    covered = {
        at
        for file in ("metrics", "dimensions", "values")
        for _, start, end in phrases(file).all(words)
        for at in range(start, end)
    }
    figure = any(True for _ in phrases("metrics").all(words))
    rest = [word for at, word in enumerate(words) if at not in covered and word.isalpha()]
    plain = all(mention.values and mention.kind != "unknown" and not mention.doubtful for mention in marked.mentions)
    return (
        figure
        and plain
        and not marked.problem
        and not any(mention.several for mention in marked.mentions)
        and all(word in BARE for word in rest)
    )


def _modes(words: list[str]) -> set[str]:
    """The modes that are called by the word itself: "mode assisted", "agent mode"."""
    word = DIMENSIONS["mode"].label
    return {other for pair in pairwise(words) if word in pair for other in pair if other in MODES}


def _listed_share(words: list[str]) -> str:
    """ "Vendor share of our spend": the share of each."""
    shares = entry("asked", "share nouns").words
    return next((dimension_of(word) for word, after in pairwise(words) if after in shares and dimension_of(word)), "")


def _from_one_to_another(marked: Marked, words: list[str]) -> bool:
    """ "Which rose from August to October": the last month beside the first."""
    spans = [mention for mention in marked.mentions if mention.kind == "period" and not mention.context]
    changes = set(entry("asked", "moves").words) & set(words)
    return len(spans) == 1 and bool(changes) and spans[0].said.lower().startswith(("from ", "between "))
