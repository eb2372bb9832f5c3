"""What a model may take an unplain word for: a claim holds only for the words that stand here under it.

Any other word could be a condition that nobody records ("night", "seniors", "the pilot"), whatever a model calls it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.questions.grammar.sentence import STOPS, Item
from bot.questions.periods.words import word_set
from storage.catalogue import Unit, metric
from storage.catalogue.measures import Base

# What is used, what it costs, who joins in, and what people still do: each may be said without its name.
FOR_METRICS = {
    "use": word_set(
        "greedy greed hungry hunger thirsty thirst hefty hooked addicted appetite gluttonous ravenous intense "
        "intensely intensively chatty guzzled guzzler guzzlers hammered leaned leant munched chomped slurped"
    ),
    "cost": word_set(
        "pricey costly cheap thrifty frugal lavish extravagant splurge splurged splash splashed bleed bled "
        "drain drained dent damage wallet purse pocket dosh quid moolah"
    ),
    "people": word_set(
        "embrace embraced embracing onboard aboard hooked engaged engagement pickup traction widespread"
    ),
    "work": word_set("hand handed handing toil chore chores drudgery grunt slog busywork"),
}
_NORMAL = word_set(
    "odd oddly weird weirdly strange strangely atypical anomalous anomaly anomalies outlier outliers exceptional "
    "extraordinary ordinary surprising surprisingly unexpected suspicious remarkable"
)
_PEERS = word_set("peer rival rivals competitor competition benchmarked")
_COMPARISON = word_set(
    "outpace outpaced outgrew overtake overtook beaten trailed trailing lagged lagging boomed booming slumped dwindle "
    "dwindling"
)
_GROUPING = word_set("breakdown divided segmented sliced diced dissected categorised categorized bucketed")
_GRAIN = word_set("trending evolving progression progressed unfolded unfold")
_RANKING = word_set("frontrunner frontrunners laggard laggards runaway standout standouts")
_SHARE = word_set("proportionally proportional pie percentwise")
_AVERAGE = word_set("averaging averages typically")
ALLOWED = {
    "normal": _NORMAL,
    "peers": _PEERS,
    "comparison": _COMPARISON,
    "grouping": _GROUPING,
    "grain": _GRAIN,
    "ranking": _RANKING,
    "share": _SHARE,
    "average": _AVERAGE,
}
_ASKING = word_set("is are was were be been look looks looked seem seems seemed anything something")
_ON = word_set("or about in for then here there this that at with last")


def allows(feature: str, claimed: Sequence[Item], items: Sequence[Item], metrics: Sequence[str]) -> bool:
    """Whether the lexicon lets these words of a sentence stand for a feature."""
    if feature == "normal" and not _is_asked(claimed, items):
        return False
    allowed = frozenset[str]().union(*map(_of, metrics)) if feature == "metric" else ALLOWED.get(feature, frozenset())
    return bool(claimed) and {item.word for item in claimed} <= allowed


def _is_asked(claimed: Sequence[Item], items: Sequence[Item]) -> bool:
    """Whether something is asked to be odd, and no odd thing is spoken of: "in odd weeks" is a condition."""
    following = next((item for item in items if claimed and item.start == claimed[-1].end), None)
    ends = following is None or following.tag == "T" or following.word in STOPS or following.word in _ON
    return ends and any(item.word in _ASKING for item in items if not item.tag)


def _of(name: str) -> frozenset[str]:
    """The words that may stand for a metric."""
    asked = metric(name)
    if Base.WORK in asked.bases:
        return FOR_METRICS["work"]
    if asked.unit in (Unit.USD, Unit.USD_PER_PERSON):
        return FOR_METRICS["cost"] | FOR_METRICS["use"]
    if asked.unit in (Unit.PEOPLE, Unit.DAYS) or asked.name in ("adoption_rate", "top_decile_share"):
        return FOR_METRICS["people"]
    return FOR_METRICS["use"]
