"""Nothing stands in a query that no word asked for: each filter, grouping, rank and share has its word."""

from __future__ import annotations

from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import phrases
from bot.questions.lexicon.words import dimension_of, meanings, single_words
from bot.questions.periods.words import word_set
from bot.questions.reading import Reading, Unclear
from storage.query import Query

_OF_LANGUAGE = ("kind", "mode", "ledger")
_VALUE_WORDS = {
    "kind": word_set(
        "agent agents bot bots robot robots agentic machine machines human humans people person contractor contractors "
        "freelancer freelancers external externals employee employees staff permanent internal automated service accounts "
        "internals permanents salaried contract they them ones employed workforce colleagues folks who"
    ),
    "mode": word_set(
        "agent agents agentic chat chats chatting completion completions autocomplete human humans hand manual manually "
        "people assisted assistance help helped ai unaided unassisted alone mode modes bots bot machine machines autonomous "
        "autonomously automated person inline themselves someone somebody colleague colleagues entirely fully own by"
    ),
    "ledger": word_set(
        "product production inference customer customers facing workforce internal internally ledger own serving serves "
        "our work staff users"
    ),
}
_GROUP_WORDS = {
    "person": word_set(
        "who whose whom person persons people user users employee employees colleague colleagues member members everyone "
        "everybody individual individuals staff folks heads head anyone anybody names nobody one ones agent agents bot bots "
        "contractor contractors spender spenders somebody"
    ),
    "kind": word_set(
        "kind kinds human humans people employee employees contractor contractors agent agents bots versus"
    ),
    "mode": word_set("mode modes agent human chat completion assisted ai hand with"),
    "ledger": word_set("ledger product workforce internal"),
    "activity": word_set("activity activities kind kinds type types work"),
}
_SHARES = word_set(
    "share shares percent percentage part parts portion portions proportion fraction slice piece weight mix much chunk "
    "split contribution contributes ratio cut stake account accounts accounted accounting belong belongs comes came make makes "
    "made up represent represents relative distribution distributed of hold holds"
)


def unasked(scene: Scene) -> Reading | None:
    """Ask back where the query holds what no word of the message, nor the question before, says."""
    query = scene.query
    if query is None:
        return None
    words = {word for word in scene.words()} | {
        word for mention in scene.marked.mentions if not mention.context for word in mention.said.lower().split()
    }
    what = _filters(query, scene, words) or _groups(query, scene, words) or _shape(query, scene, words)
    if not what:
        return None
    return Unclear(
        text=f"I read {what} into that question, but no word of it says so. What is meant?", steps=("guard: added",)
    )


def _filters(query: Query, scene: Scene, words: set[str]) -> str:
    before = scene.before.filters if scene.before else ()
    for one in query.filters:
        if one.dimension in _OF_LANGUAGE and one not in before and not words & _VALUE_WORDS[one.dimension]:
            return f"a filter on {one.dimension}"
    return ""


def _groups(query: Query, scene: Scene, words: set[str]) -> str:
    before = scene.before.group_by if scene.before else ()
    named = {dimension_of(word) for word in words}
    named |= {name for name, _, _ in phrases("dimensions").all(scene.words())}
    several = {mention.kind for mention in scene.marked.mentions}
    for name in query.group_by:
        if name in before or name in named or words & _GROUP_WORDS.get(name, frozenset()):
            continue
        if name not in several and not query.scopes:
            return f"a list by {name}"
    return ""


def _shape(query: Query, scene: Scene, words: set[str]) -> str:
    before = scene.before
    if query.share and not (before and before.share) and not words & _SHARES:
        return "a share"
    if query.order and not (before and before.order) and not words & _ranks():
        return "a ranking"
    if query.average and not (before and before.average) and not words & _AVERAGES:
        return "an average"
    return ""


_AVERAGES = word_set(
    "average averages averaged averagely avg mean per a each typical usual every daily weekly monthly run"
)


def _ranks() -> frozenset[str]:
    ranks = {word for phrase in meanings("comparisons") for word in phrase.split()}
    return frozenset(ranks) | single_words("plain")
