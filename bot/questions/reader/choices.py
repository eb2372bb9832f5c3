"""From the network's numbers to choices: the likeliest class of each head, role of each mention, tag of each word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from bot.questions.finders.marks import Mention
from bot.questions.reader.schema import COLUMNS, KEEP, REFUSALS, SLICES, TAGS, THRESHOLDS, family, offset

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float32]
_CONDITION, _ASIDE = TAGS.index("condition"), TAGS.index("aside")


@dataclass(slots=True)
class Role:
    """What a mention is for; `column` is the one that a threshold compares, `other` the next likeliest role."""

    name: str
    sure: float
    column: str = "value"
    other: tuple[str, float] = ("", 0.0)


@dataclass(slots=True)
class Choices:
    """What the network chose, and how sure it is of each choice (probabilities).

    others     the next likeliest class of each head
    metrics    those that the weights know; a newer one is told by its words alone
    roles      of each mention in order
    asides     indexes of the parts that only say why, who or how
    condition  how likely the least recorded word is a condition that nothing records, and where it stands
    """

    heads: dict[str, str]
    sure: dict[str, float]
    roles: list[Role] = field(default_factory=list)
    asides: frozenset[int] = frozenset()
    conditions: frozenset[int] = frozenset()
    condition: float = 0.0
    complete: bool = True
    others: dict[str, tuple[str, float]] = field(default_factory=dict)
    metrics: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the message is not answered with figures."""
        return self.heads["status"] in (*REFUSALS, "told")

    @property
    def confidence(self) -> float:
        """The probability that every choice which shaped the reading is right, were they independent."""
        if self.refused:
            return self.sure["status"]
        import numpy as np

        used = [value for name, value in self.sure.items() if self.uses(name)]
        used += [role.sure for role in self.roles]
        return float(np.exp(np.log(np.clip([*used, 1 - self.condition], 1e-9, 1)).sum()))

    def nearest(self) -> Iterator[Choices]:
        """The choices with the head or the role swapped that came nearest to another, the nearest first."""
        heads = [(near / self.sure[name], name, -1) for name, (_, near) in self.others.items() if self.uses(name)]
        roles = [(role.other[1] / role.sure, "", at) for at, role in enumerate(self.roles) if role.other[0]]
        for _, name, at in sorted([*heads, *roles], reverse=True):
            if name:
                yield replace(self, heads={**self.heads, name: self.others[name][0]})
            else:
                role = replace(self.roles[at], name=self.roles[at].other[0])
                yield replace(self, roles=[*self.roles[:at], role, *self.roles[at + 1 :]])

    def uses(self, name: str) -> bool:
        """Whether a head shapes the reading."""
        if name == "zero_column":
            return self.heads["zero"] != "none"
        return name != "topic" and (name != "part" or self.heads["share"] == "yes")


def softmax(logits: Array, temperature: float = 1.0) -> Array:
    """Probabilities."""
    import numpy as np

    scaled = logits / temperature
    scaled = np.exp(scaled - scaled.max(-1, keepdims=True))
    out: Array = scaled / scaled.sum(-1, keepdims=True)
    return out


def heads_of(
    logits: Array, spec: Mapping[str, tuple[str, ...]], temperature: float, held: Mapping[str, str] | None
) -> tuple[dict[str, str], dict[str, float], dict[str, tuple[str, float]]]:
    """The likeliest class of each head, how likely it is, and the next; `held` are the classes of the query before.

    To keep what was there and to say it again is the same; nothing is kept where there is no query before.
    """
    chosen: dict[str, str] = {}
    sure: dict[str, float] = {}
    others: dict[str, tuple[str, float]] = {}
    start = 0
    for name, values in spec.items():
        part = logits[start : start + len(values)]
        start += len(values)
        if values[-1] == KEEP and held is None:
            part = part[:-1]
        probable = softmax(part, temperature)
        if values[-1] == KEEP and held is not None and held[name] in values:
            probable[values.index(held[name])] += probable[-1]
            probable[-1] = 0.0
        best, second = (int(at) for at in probable.argsort()[::-1][:2])
        chosen[name], sure[name] = values[best], float(probable[best])
        others[name] = values[second], float(probable[second])
    return chosen, sure, others


def _role(kind: str, at: Array, temperature: float) -> Role:
    slice_ = family(kind)
    first, names = offset(slice_), SLICES[slice_]
    probable = softmax(at[first : first + len(names)], temperature)
    best, second = (int(at) for at in probable.argsort()[::-1][:2])
    role = Role(names[best], float(probable[best]), other=(names[second], float(probable[second])))
    if role.name in THRESHOLDS:
        first = offset("column")
        columns = softmax(at[first : first + len(COLUMNS)], temperature)
        role.column = COLUMNS[int(columns.argmax())]
        role.sure *= float(columns.max())
    return role


def choices(
    parts: Sequence[str | Mention],
    places: Sequence[int],
    spec: Mapping[str, tuple[str, ...]],
    logits: Array,
    words: Array,
    temperature: float = 1.0,
    held: Mapping[str, str] | None = None,
) -> Choices:
    """All choices of a message: `logits` of the heads side by side, `words` the outputs at every word piece."""
    chosen, sure, others = heads_of(logits, spec, temperature, held)
    out = Choices(chosen, sure, complete=-1 not in places, others=others, metrics=spec.get("metric", ()))
    first = offset("tag")
    tags = softmax(words[:, first : first + len(TAGS)], temperature)
    asides, conditions = set(), set()
    for index, (part, place) in enumerate(zip(parts, places, strict=True)):
        if isinstance(part, Mention):
            known = place >= 0 and part.kind != "compare"
            out.roles.append(_role(part.kind, words[place], temperature) if known else Role("ignore", 1.0))
            continue
        if place < 0 or not any(char.isalnum() for char in part):
            continue
        out.condition = max(out.condition, float(tags[place, _CONDITION]))
        if tags[place, _CONDITION] > 0.5:
            conditions.add(index)
        if tags[place, _ASIDE] > 0.5:
            asides.add(index)
    out.asides, out.conditions = frozenset(asides), frozenset(conditions)
    return out
