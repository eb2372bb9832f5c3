"""Other ways to say a labelled message: what keeps its meaning, and what changes meaning and label together."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.questions.finders.marks import Mention
from bot.questions.periods.words import word_set
from bot.questions.reader.encode import BREAK
from bot.questions.reader.schema import NO_NAMES
from bot.questions.training.insertions import Inserted, Inserter
from bot.questions.training.labels import NO_CONDITION, SUSPECT, DrawnExample, Example, Heads, MentionTarget, Word
from bot.questions.training.phrases import alike, metric_at, phrases_of
from storage.catalogue import METRICS

_SMALL = word_set("the our a an did do does was were is are us we of all")
_LINKS = word_set("in during for over on of since through")
_ALIKE = (("tool", "provider", "model"), ("team", "location", "title"))
_MARKS = ("?", ",", ".", "!", "'s")
_LEAD_INS = ("only", "just", "but only", "and only", "specifically", "limited to", "restricted to", "counting only",
             "i mean the ones", "that is", "namely", "but just the ones", "only the ones", "i.e.")  # fmt: skip
_FOLLOW_INS = ("only", "just", "and", "what about", "now only", "ok and", "same but", "but", "and only", "make that",
               "", "and the ones", "now", "how about", "can i see it", "and in comparison")  # fmt: skip
_SYLLABLES = sorted(word_set("zor bli quan tem far vel nik osh dru pel cra mon ith yar bex lum"))
_ANSWERED = ("figures", "why", "normal", "peers")


@dataclass(slots=True)
class AugmentedMessage:
    """A message while it is changed; targets go with their mentions."""

    parts: list[str | Mention]
    heads: Heads
    targets: dict[int, MentionTarget]
    kept: list[Mention]  # what has a target: kept, so that no other object takes its id
    start: int  # where the message itself begins

    @property
    def answered(self) -> bool:
        """Whether it is still answered with figures."""
        return self.heads.get("status") in _ANSWERED

    @property
    def threaded(self) -> bool:
        """Whether it follows another."""
        return self.start > 0

    def put(self, at: int, mention: Mention, target: MentionTarget) -> None:
        """Another mention in the place of a part."""
        self.parts[at] = mention
        self.add(mention, target)

    def add(self, mention: Mention, target: MentionTarget) -> None:
        """A mention's target."""
        self.targets[id(mention)] = target
        self.kept.append(mention)

    def refuse(self, status: str, topic: str) -> None:
        """The message is no longer answered."""
        self.heads = {"status": status, "topic": topic}
        for target in self.targets.values():
            target.role = target.column = None


class Augment:
    """Draws another wording of an example."""

    def __init__(self, seed: int, examples: Sequence[Example]) -> None:
        self.random = random.Random(seed)
        self.insert = Inserter(self.random)
        self.shapes = [
            part.words
            for example in examples
            for part in example.parts
            if isinstance(part, Mention) and _is_period(part)
        ]
        self.plain = _plain_words(examples)
        self.strange = _strange_names(examples)
        self.steps: tuple[tuple[float, Callable[[Example, AugmentedMessage], None]], ...] = (
            (0.40, self._metric),
            (0.25, self._group),
            (1.00, self._mentions),
            (0.12, self._move),
            (0.15, self._small),
            (0.30, self._marks),
            (0.05, self._stranger),
            (0.22, self._condition),
            (0.25, self._lead),
            (0.20, self._tail),
            (0.12, self._within),
            (0.20, self._collide),
            (0.30, self._slip),
        )

    def __call__(self, example: Example) -> DrawnExample:
        """Another wording."""
        parts = list(example.parts)
        last = len(parts) - parts[::-1].index(BREAK) if BREAK in parts else 0
        draft = AugmentedMessage(parts, dict(example.heads), {}, [], last)
        for mention, target in example.mentions:
            draft.add(mention, replace(target))
        refused = not draft.answered
        for likely, step in self.steps:
            if self.random.random() < likely:
                step(example, draft)
        targets = [draft.targets[id(part)] for part in draft.parts if isinstance(part, Mention)]
        return DrawnExample(draft.parts, draft.heads, targets, _plain_tag(refused, draft))

    def _metric(self, example: Example, draft: AugmentedMessage) -> None:
        """Another phrase of the same metric, or of another of its kind with the label."""
        name = draft.heads.get("metric")
        if not draft.answered or draft.threaded or name not in METRICS or draft.heads.get("second") != "none":
            return
        found = [(at, *hit) for at in range(len(draft.parts)) if (hit := metric_at(draft.parts, at)) is not None]
        if len(found) != 1 or found[0][2] != name or draft.heads.get("per") != "none":
            return
        at, end, _ = found[0]
        other = str(name) if self.random.random() < 0.5 else self.random.choice(alike(str(name)))
        if other not in phrases_of("metrics") or (other != name and draft.heads.get("of_mode") not in ("", None)):
            return
        draft.parts[at:end] = self.random.choice(phrases_of("metrics")[other])
        draft.heads["metric"] = other

    def _group(self, example: Example, draft: AugmentedMessage) -> None:
        """Another dimension to list by."""
        name = draft.heads.get("group")
        family = next((some for some in _ALIKE if name in some), None)
        if not draft.answered or family is None or draft.threaded or draft.heads.get("group2") != "none":
            return
        said = phrases_of("dimensions")[str(name)]
        words = [at for at, part in enumerate(draft.parts) if isinstance(part, str) and (str(part),) in said]
        named = any(isinstance(part, Mention) and part.kind == name for part in draft.parts)
        if len(words) != 1 or named or draft.heads.get("metric") == "headcount":
            return
        other = self.random.choice(family)
        draft.parts[words[0]] = f"{other}s" if str(draft.parts[words[0]]).endswith("s") else other
        draft.heads["group"] = other

    def _mentions(self, example: Example, draft: AugmentedMessage) -> None:
        """Names of another dimension, periods of another shape, everyday words as names and the reverse."""
        swap = draft.answered and self.random.random() < 0.15
        for at, part in enumerate(draft.parts):
            if not isinstance(part, Mention) or part.context:
                continue
            target = draft.targets[id(part)]
            new = (
                self._other_period(part, draft)
                if part.kind == "period"
                else self._other_name(part, target, draft, swap)
            )
            if new is not part:
                draft.put(at, new, target)

    def _other_period(self, part: Mention, draft: AugmentedMessage) -> Mention:
        if draft.heads.get("grain") == "auto" or self.random.random() > 0.25:
            return part
        return replace(part, words=self.random.choice(self.shapes))

    def _other_name(self, part: Mention, target: MentionTarget, draft: AugmentedMessage, swap: bool) -> Mention:
        if part.kind in NO_NAMES:
            return part
        meant = target.role not in ("ignore", None)
        if swap and target.role in ("in", "not_in", "part") and part.kind not in (draft.heads.get("group"), "workflow"):
            family = next((some for some in _ALIKE if part.kind in some), (part.kind,))
            held = {other.kind for other in draft.parts if isinstance(other, Mention)}
            kind = self.random.choice([some for some in family if some == part.kind or some not in held] or [part.kind])
            return replace(part, kind=kind, values=part.values[:1])
        if part.doubtful and meant and self.random.random() < 0.4:
            return replace(part, doubtful=False, words=())
        if meant and not part.doubtful and self.random.random() < 0.2:
            return replace(part, doubtful=True, words=(self.random.choice(self.plain),))  # a name that is a plain word
        return part

    def _move(self, example: Example, draft: AugmentedMessage) -> None:
        """The period first or last."""
        here = [at for at, part in enumerate(draft.parts) if _is_period(part)]
        compared = any(isinstance(part, Mention) and part.kind == "compare" for part in draft.parts)
        if not draft.answered or len(here) != 1 or draft.threaded or compared:
            return
        start = here[0] - 1 if here[0] and draft.parts[here[0] - 1] in _LINKS else here[0]
        moved = draft.parts[start : here[0] + 1]
        del draft.parts[start : here[0] + 1]
        draft.parts[:] = [*moved, ",", *draft.parts] if self.random.random() < 0.6 else [*draft.parts, *moved]

    def _small(self, example: Example, draft: AugmentedMessage) -> None:
        """Small words left out, as in telegrams and in haste."""
        said = draft.parts[draft.start :]
        draft.parts[draft.start :] = [part for part in said if part not in _SMALL or self.random.random() < 0.4]

    def _marks(self, example: Example, draft: AugmentedMessage) -> None:
        said = draft.parts[draft.start :]
        draft.parts[draft.start :] = [part for part in said if part not in _MARKS or self.random.random() < 0.3]

    def _stranger(self, example: Example, draft: AugmentedMessage) -> None:
        """A name that nobody knows in the place of one that is known."""
        if not draft.answered:
            return
        places = [
            at
            for at in range(draft.start, len(draft.parts))
            if isinstance(part := draft.parts[at], Mention)
            and part.kind in self.strange
            and draft.targets[id(part)].role in ("in", "not_in", "part", "scope")
        ]
        if not places:
            return
        at = self.random.choice(places)
        kind = str(getattr(draft.parts[at], "kind", ""))
        name = self.random.choice(self.strange[kind])
        if self.random.random() < 0.3:
            name = "".join(self.random.choices(_SYLLABLES, k=self.random.choice((2, 3))))
        made = self.insert.marked(name, example.world, "condition")
        if made is not None and not any(isinstance(part, Mention) for part, _ in made):
            if self.random.random() < 0.6:
                made = [(Mention("unknown", tuple(name.split())), MentionTarget())]  # as it stands with capital letters
            self._place(draft, at, made, over=1)
            draft.refuse(
                "clarify" if kind in ("team", "person", "location", "title", "workflow") else "no_data", "name"
            )

    def _condition(self, example: Example, draft: AugmentedMessage) -> None:
        """A condition that nothing records: the figures without it would be wrong."""
        if not draft.answered:
            return
        phrase = self.insert.condition()
        if draft.threaded and phrase.place != "<" and self.random.random() < 0.5:
            self._follow(example, draft, phrase.place, phrase.text, phrase.topic)
            return
        text = (
            f"{self.random.choice(('per', 'for each', 'for every', 'a', 'by'))} {phrase.text}"
            if phrase.place == "/"
            else phrase.text
        )
        made = self.insert.marked(text, example.world, "condition")
        at = self.insert.spot(draft.parts, draft.start, phrase.place)
        if made is None or at < 0:
            return
        if phrase.place == ">" and at in (draft.start, len(draft.parts)):
            lead = self.random.choice(_LEAD_INS).split() if self.random.random() < 0.3 else []
            made = [*((Word(word, "condition"), None) for word in lead), *made]
            comma: Inserted = [(",", None)] if self.random.random() < 0.4 else []
            made = [*made, *comma] if at == draft.start else [*comma, *made]
        self._place(draft, at, made)
        draft.refuse("unsupported", phrase.topic)

    def _follow(self, example: Example, draft: AugmentedMessage, place: str, text: str, topic: str) -> None:
        """The condition alone, as a follow-up."""
        said = f"per {text}" if place == "/" else text
        made = self.insert.marked(f"{self.random.choice(_FOLLOW_INS)} {said}".strip(), example.world, "condition")
        if made is not None:
            del draft.parts[draft.start :]
            self._place(draft, draft.start, made)
            draft.refuse("unsupported", topic)

    def _lead(self, example: Example, draft: AugmentedMessage) -> None:
        self._around(example, draft, "^", draft.start)

    def _tail(self, example: Example, draft: AugmentedMessage) -> None:
        self._around(example, draft, "$", len(draft.parts))

    def _within(self, example: Example, draft: AugmentedMessage) -> None:
        """Words in commas or brackets, after a mention or a comma."""
        places = [
            at
            for at in range(draft.start + 1, len(draft.parts))
            if isinstance(draft.parts[at - 1], Mention) or draft.parts[at - 1] in (",", "?")
        ]
        if places:
            self._around(example, draft, ",", self.random.choice(places))

    def _around(self, example: Example, draft: AugmentedMessage, place: str, at: int) -> None:
        """An aside: it changes nothing."""
        made = self.insert.marked(self.insert.aside(place, example.world), example.world, "aside")
        if made is None:
            return
        comma: Inserted = [(self.random.choice((",", ",", ".", ":", "-")), None)] if self.random.random() < 0.6 else []
        if place == "^":
            made = [*made, *comma]
        elif place == "$":
            made = [*comma, *made]
        elif self.random.random() < 0.7:
            made = [(",", None), *made, (",", None)]
        self._place(draft, at, made)

    def _place(self, draft: AugmentedMessage, at: int, made: Inserted, over: int = 0) -> None:
        draft.parts[at : at + over] = [part for part, _ in made]
        for part, target in made:
            if isinstance(part, Mention):
                fresh = replace(part)
                index = next(i for i, other in enumerate(draft.parts) if other is part)
                draft.put(index, fresh, replace(target) if target else MentionTarget())

    def _collide(self, example: Example, draft: AugmentedMessage) -> None:
        """A word of the sentence that is somebody's or some team's name as well, and not meant."""
        free = [
            at
            for at in range(draft.start, len(draft.parts))
            if isinstance(part := draft.parts[at], str) and part.isalpha() and len(part) > 2
        ]
        if free:
            at = self.random.choice(free)
            kind = self.random.choice(("team", "team", "person", "title", "location", "workflow", "model", "tool"))
            role = "ignore" if draft.answered else None
            draft.put(at, Mention(kind, (str(draft.parts[at]),), ("?",), doubtful=True), MentionTarget(role))

    def _slip(self, example: Example, draft: AugmentedMessage) -> None:
        """One or two slips of the pen."""
        places = range(draft.start, len(draft.parts))
        long = [at for at in places if isinstance(part := draft.parts[at], str) and len(part) > 4]
        for at in self.random.sample(long, min(len(long), self.random.choice((1, 1, 2)))):
            word = draft.parts[at]
            slipped = self._slipped(str(word))
            draft.parts[at] = Word(slipped, word.tag) if isinstance(word, Word) else slipped

    def _slipped(self, word: str) -> str:
        i = self.random.randrange(1, len(word) - 1)
        return self.random.choice(
            (word[:i] + word[i + 1] + word[i] + word[i + 2 :], word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:])
        )


def _plain_tag(refused: bool, draft: AugmentedMessage) -> str | None:
    """The tag of the words that came with the line."""
    if not refused:
        return NO_CONDITION
    return SUSPECT if draft.heads.get("status") == "unsupported" else None


def _is_period(part: object) -> bool:
    return isinstance(part, Mention) and part.kind == "period" and not part.context


def _plain_words(examples: Sequence[Example]) -> list[str]:
    """Words of the language that may be names: those that stand doubtful in some message."""
    found = {word for example in examples for part in example.parts if isinstance(part, Mention) for word in part.words
             if part.kind not in NO_NAMES and word.isalpha() and len(word) > 2}  # fmt: skip
    return sorted(found)


def _strange_names(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Names of all organisations by dimension; those of others are strangers to one."""
    out: dict[str, set[str]] = {"team": set(), "tool": set(), "model": set(), "provider": set(), "person": set()}
    seen: set[int] = set()
    for example in examples:
        directory = example.world.directory
        if id(directory) in seen:
            continue
        seen.add(id(directory))
        out["team"] |= {team.name.lower() for team in directory.teams}
        out["person"] |= {person.name.lower() for person in directory.people}
        for kind in ("tool", "model", "provider"):
            out[kind] |= {value.replace("_", " ").lower() for value in directory.values.get(kind, ())}
    out["workflow"] = {flow.name.lower() for example in examples for flow in example.world.directory.workflows}
    return {kind: sorted(names) for kind, names in out.items()}
