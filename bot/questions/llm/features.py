"""What a query holds beyond its metric, and which words of a question ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.questions.grammar.patterns import FAMILIES
from bot.questions.grammar.sentence import Item
from bot.questions.llm.linking import PUBLIC
from bot.questions.llm.needs import NEEDS, OWN
from bot.questions.periods.words import word_set
from bot.questions.reading import Intent, Understood
from storage.catalogue import METRICS, Unit, dimension, metric
from storage.query import Compare, Filter, Op, Query

_PER_PERSON = frozenset((Unit.TOKENS_PER_PERSON, Unit.USD_PER_PERSON, Unit.REQUESTS_PER_PERSON))
_USE = word_set("use uses used using utilise utilised adopt adopted consume consumes consumed consuming")
_PARTS = frozenset(FAMILIES["sharenoun"].split("|")) - {"percent"}
_OF_USE = frozenset(("tokens", "active_people", "adoption_rate", "inactive_people"))
TOP = 10  # "which team": the first, and up to ten shown
_ASKS_ONE = frozenset(("which", "who", "what", "whose"))
# What words ask for, by the name that a claim has for it.
_SAME = {"compare": "comparison", "descending": "ranking", "ascending": "ranking"}
_ALL = frozenset(("all", "every", "everyone", "everybody", "including"))


def each(item: Item) -> bool:
    """Whether what follows is meant one by one."""
    return not item.tag and item.word in ("per", "each", "every", "by", "/", "a")


def related(said: str, queried: str) -> bool:
    """Whether a metric that was said is used by the one queried: itself, what it divides, or a part of its ratio."""
    if said == queried or queried.startswith(f"{said}_per_") or said in queried.split("/"):
        return True
    if queried not in METRICS or METRICS[queried].unit is not Unit.FRACTION:
        return False
    of_ratio = {name.removeprefix("w_") for name in METRICS[queried].measures}
    return METRICS[said].additive and METRICS[said].measures <= of_ratio


@dataclass(frozen=True)
class Features:
    """The features of a reading; what the thread's last reading had too needs no words."""

    understood: Understood
    before: Understood | None = None
    own: bool = False  # the asker's team was meant by "my team"

    @property
    def query(self) -> Query:
        """The typed query."""
        return self.understood.query

    @property
    def metrics(self) -> tuple[str, ...]:
        """Its metrics."""
        return self.query.metrics

    @cached_property
    def of_people(self) -> bool:
        """Whether it is about people in some way, so that a word for people is used."""
        units = {metric(name).unit for name in self.metrics}
        about = {one.dimension for one in self.query.filters} & {"person", "kind"}
        counted = units & {Unit.PEOPLE, Unit.DAYS} or {"adoption_rate", "top_decile_share"} & set(self.metrics)
        return bool(units & _PER_PERSON or counted or about or "person" in self.query.group_by)

    @cached_property
    def there(self) -> frozenset[str]:
        """The names of the features it has."""
        query, intent = self.query, self.understood.intent
        units = {metric(name).unit for name in self.metrics}
        several = query.scopes or query.group_by or any(len(one.values) > 1 for one in query.filters)
        has = {
            "metric": True,
            "grouping": bool(query.group_by),
            "grain": bool(query.grain or query.average),
            "ranking": query.order is not None,
            "descending": query.order is not None and query.order.descending,
            "ascending": query.order is not None and not query.order.descending,
            "share": query.share is not None,
            "fraction": Unit.FRACTION in units or Unit.RATIO in units,
            "percent": bool(query.having),
            "comparison": query.previous is not None,
            "compare": query.previous is not None,
            "average": query.average is not None,
            "per": bool(units & (_PER_PERSON | {Unit.RATIO, Unit.DAYS}))
            or any("_per_" in name or name == "headcount" for name in self.metrics),
            "normal": intent is Intent.NORMAL,
            "peers": intent is Intent.PEERS,
            "why": intent is Intent.WHY,
            "own": self.understood.personal or self.own,
            "excluded": any(one.op is Op.NOT_IN for one in query.filters),
            "inactive": "inactive_people" in self.metrics,
            "filter": bool(query.filters or query.scopes),
            "several": bool(several),
            "apart": bool(query.group_by or query.scopes or query.grain or query.share),
            "above": any(one.compare in (Compare.GT, Compare.GE) for one in query.having),
            "under": any(one.compare in (Compare.LT, Compare.LE) for one in query.having),
            "below": any(one.op is Op.BELOW or one.dimension == "team" for one in query.filters),
        }
        return frozenset(name for name, there in has.items() if there)

    def name_of(self, what: str) -> str:
        """What a reader calls the feature that an unplain word was read as."""
        if what == "metric":
            return " and ".join(metric(name).label for name in self.metrics)
        if what == "grouping":
            return "by " + " and ".join(dimension(name).label for name in self.query.group_by)
        if what == "grain" and self.query.grain:
            return f"by {self.query.grain.value}"
        return {"normal": "whether it is usual", "peers": "others", "why": "why it changed"}.get(what, f"a {what}")

    def plainly_said(self, items: Sequence[Item]) -> set[str]:
        """The features that plain words ask for."""
        # A word that is used in one way does not ask for another: "over 5 %" is no comparison.
        asked: set[str] = set()
        for one in items:
            met = NEEDS.get(one.word, frozenset()) & self.there if not one.tag else frozenset()
            asked |= met - {"compare"} or met
        tags = {one.tag for one in items}
        said = asked | {name for asks, name in _SAME.items() if asks in asked}
        said |= {name for tag, name in (("M", "metric"), ("D", "grouping"), ("G", "grain")) if tag in tags}
        if any(one.tag == "T" and one.name == "compare" for one in items):
            said.add("comparison")
        return said

    def added(self, items: Sequence[Item], claimed: set[str]) -> list[str]:
        """The features that no word asks for, no claim covers, and that the thread did not have."""
        said = self.plainly_said(items) | claimed
        words = {one.word for one in items if not one.tag}
        old = self.before.query if self.before else None
        new = self.query
        times = sum(one.tag == "T" for one in items)
        asks = {
            "metric": all(self._metric_said(one, items, said, old) for one in new.metrics),
            "grouping": all(self._group_said(one, items, words, said, old) for one in new.group_by),
            "grain": not new.grain or "grain" in said or self._had("grain"),
            "ranking": not new.order or "ranking" in said or bool(words & _ASKS_ONE) or self._had("order"),
            "limit": self._limit_said(items) or self._had("limit"),
            "threshold": all(self._threshold_said(one.value, items) for one in new.having) or self._had("having"),
            "share": not new.share
            or self._share_said(items, said)
            or words >= {"much", "of"}
            or bool(old and old.share),
            "comparison": not new.previous
            or bool({"comparison", "why"} & said)
            or times > 1
            or bool(old and old.previous),
            "average": not new.average or "average" in said or self._had("average"),
            "intent": not ({"normal", "peers", "why"} & self.there) - said,
            "everyone": not new.everyone or bool(words & _ALL) or any(one.name == "everyone" for one in items),
            "own": not (self.understood.personal or self.own)
            or bool(words & OWN)
            or bool(self.before and self.before.personal),
            "filter": all(self._filter_said(one, items, said, old) for one in new.filters),
        }
        return [name for name, there in asks.items() if not there]

    def _had(self, field: str) -> bool:
        return self.before is not None and getattr(self.before.query, field) == getattr(self.query, field)

    def _share_said(self, items: Sequence[Item], said: set[str]) -> bool:
        """Percent beside a comparison is how much it changed, no part of a total."""
        nouns = any(one.word in _PARTS for one in items if not one.tag)
        return "share" in said and (nouns or self.query.previous is None)

    def _metric_said(self, name: str, items: Sequence[Item], said: set[str], old: Query | None) -> bool:
        if old and name in old.metrics:
            return True
        people = any(each(before) and one.tag == "H" for before, one in pairwise(items))
        per_person = metric(name).unit in _PER_PERSON
        if any(
            one.name == name or people or not per_person for one in items if one.tag == "M" and related(one.name, name)
        ):
            return True
        counted = any(one.tag == "H" for one in items)
        words = {one.word for one in items if not one.tag}
        if metric(name).unit is Unit.PEOPLE and "much" in words and words & _USE:
            return False  # "how much did we use" asks for no heads
        if counted and metric(name).unit is Unit.PEOPLE:
            return True
        how_many = counted and "many" in words
        if name in _OF_USE and not (how_many and name == "tokens") and any(one.word in _USE for one in items):
            return True
        # Said without any item for it: by a claim.
        return "metric" in said and not any(one.tag == "M" for one in items)

    def _group_said(self, name: str, items: Sequence[Item], words: set[str], said: set[str], old: Query | None) -> bool:
        if old and name in old.group_by:
            return True
        if any(one.tag == "D" and one.name == name for one in items):
            return True
        if name == "person" and (any(one.tag == "H" for one in items) or words & {"who", "whose"}):
            return True
        named = [one for one in items if one.tag == "E" and any(value.dimension == name for value in one.value)]
        people = name == "kind" and any(one.tag == "H" for one in items)
        return len(named) + people > 1 or ("grouping" in said and not any(one.tag == "D" for one in items))

    def _limit_said(self, items: Sequence[Item]) -> bool:
        limit = self.query.limit
        if limit is None or any(one.tag == "N" and one.value.value == limit for one in items):
            return True
        return limit in (1, TOP) and self.query.order is not None

    @staticmethod
    def _threshold_said(value: float, items: Sequence[Item]) -> bool:
        return any(one.tag == "N" and value in (one.value.value, one.value.value / 100) for one in items)

    def _filter_said(self, one: Filter, items: Sequence[Item], said: set[str], old: Query | None) -> bool:
        if old and one in old.filters:
            return True
        if one.op is Op.NOT_IN and "excluded" not in said:
            return False
        if one.op is Op.BELOW and not said & {"below", "under"}:
            return False
        if one.dimension not in PUBLIC:
            return True
        named = {(value.dimension, value.value) for item in items if item.tag == "E" for value in item.value}
        spoken = {value for _, value in named} | {"agent" for _, value in named if value in ("one", "bot")}
        spoken |= {"employee", "contractor"} if any(item.tag == "H" for item in items) else set()
        return set(one.values) <= spoken
