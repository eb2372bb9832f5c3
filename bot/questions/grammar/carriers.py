"""Unknown verbs and adverbs that can only carry the "
"question: "which model drained the most cash", "roughly speaking"."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.products import KNOWN_PRODUCTS
from bot.questions.grammar.sentence import Item
from bot.questions.grammar.vocabulary import MEANINGFUL
from bot.questions.grammar.wordlists import words
from storage.catalogue import METRICS, Unit

# Verbs that say something else of tokens and money than that they were used: never passed over.
_OTHERWISE = words(
    """
    allocate allow approve assign audit avoid bill block budget buy cache cancel cap charge churn claim commit cut
    defer deny deserve dismiss dispute donate double drop earn edit embed escalate estimate exceed expect fail fine
    fire forecast gain give halve hide hire improve increase invest invoice lack lease limit lose lower manage merge
    miss move need offload offset optimise optimize outsource owe own plan prefer prepay prevent promise promote
    prompt provision quote raise reason receive recommend record recruit reduce refund refuse reimburse reject rent
    request require reserve retain return review save sell share shift shrink skip sponsor steal subsidise subsidize
    supply swap test think throttle train transfer trim triple underuse want waste withhold write
    """
)
_MANNERS = words(
    """
    ally anomaly apply assembly barely biweekly daily early exclusively family formerly fortnightly fully hardly
    hourly july lately likely merely monthly nearly newly nightly only partially partly previously proportionally
    purely quarterly rally rarely reply respectively scarcely seldom separately solely supply unlikely weekly yearly
    """
)
_AUX = r"(?:has|have|had|did|does|do|was|were|is|are|been|being)"
_WHO = r"(?:<D>|<H>|<E>|who|which|that|we|they|it)"
_MUCH = r"(?:<up>|<down>|most|least|fewest|<gt>|<ge>|<lt>|<le>|<N>|more|less)"
_VERB = "‡"
_SLOTS = (
    rf"(?:{_WHO}|{_AUX})(?: (?:really|actually|just|been|also))* {_VERB}"
    rf"(?: (?:up|through|out|in|on|with|away|down|off|over|at))*(?: (?:the|a|an|its|their|our|of))* {_MUCH}",
    rf"{_AUX}(?: (?:<E>|<D>|<H>|we|they|it|i))+(?: (?:really|actually|just|been|also))* {_VERB}(?=$| (?![MDE]\.))",
    rf"{_AUX} {_VERB}(?: (?:the|a|an|its|their|our|of|up|through|away|out))* <M>",
    rf"<M>(?: (?:that|which|who|were|was|being|are|is|got|has|have|been))* {_VERB} (?:by|in|at|on|within|across) "
    r"(?:the |our |all )*(?:<E>|<D>|<H>)",
)


def carries_only(draft: Draft, item: Item) -> bool:
    """Whether an unread word stands where only a verb of using can, or is an adverb of manner; echoed where it does."""
    word = item.word
    if item.tag or not word.isascii() or not word.isalpha() or len(word) < 4 or word in MEANINGFUL | KNOWN_PRODUCTS:
        return False
    if item.raw[:1].isupper() and item.start > 0:
        return False
    if not (is_manner(word) or (_of_usage(draft) and not _otherwise(word) and _in_a_verbs_place(draft, item))):
        return False
    draft.tagged.echoes.append(f"passed over “{item.raw}”")
    return True


def is_manner(word: str) -> bool:
    """Whether a word is an adverb of manner: "comparatively", not "nightly"."""
    return word.endswith("ly") and len(word) > 4 and word not in _MANNERS


def _of_usage(draft: Draft) -> bool:
    """Tokens and money, and their ratios: what is done to them is that they are used."""
    known = [METRICS[name] for name in draft.metrics if name in METRICS]
    units = (
        Unit.TOKENS, Unit.USD, Unit.TOKENS_PER_PERSON, Unit.USD_PER_PERSON, Unit.PEOPLE, Unit.FRACTION,
        Unit.REQUESTS_PER_PERSON,
    )  # fmt: skip
    return bool(known) and len(known) == len(draft.metrics) and all(one.unit in units for one in known)


def _otherwise(word: str) -> bool:
    stems = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("d"), word.removesuffix("ed")}
    stems |= {word.removesuffix("ing"), f"{word.removesuffix('ing')}e", f"{word.removesuffix('ied')}y"}
    doubled = word.removesuffix("ed").removesuffix("ing")
    stems.add(doubled[:-1] if doubled[-2:-1] == doubled[-1:] else doubled)
    return bool(stems & _OTHERWISE) or word.startswith(("un", "non", "mis", "over", "under", "re", "pre"))


def _in_a_verbs_place(draft: Draft, item: Item) -> bool:
    text = " ".join(_VERB if one.start == item.start else one.text for one in draft.sentence.items)
    return any(compiled(pattern).search(text) is not None for pattern in _SLOTS)
