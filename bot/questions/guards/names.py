"""A name said is used by the query, or stops the answer; so does one that nobody knows."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.finders.marks import Mention
from bot.questions.finders.names import Name, gazetteer
from bot.questions.finders.spelling import near
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import phrases
from bot.questions.lexicon.words import dimension_of, known_products
from bot.questions.reading import Missing, Reading, Unclear
from storage.catalogue import DIMENSIONS

_NOT_NAMES = frozenset(("period", "compare", "number", "clock", "unknown"))
_USAGE = ("tool", "model", "provider")
_PLACES = frozenset(("in", "at", "from", "of"))


def _are_people(mention: Mention) -> bool:
    """ "Managers" are people by their title, and "agents" are a kind of them."""
    said = mention.said.casefold()
    return mention.kind == "title" and said.endswith("s") and not any(True for _ in phrases("values").all([said]))


def unknown_names(scene: Scene) -> Reading | None:
    """Offer the nearest names, or say that nothing is recorded under this one."""
    for clause in scene.asked:
        for at, (part, raw) in enumerate(clause.parts):
            if isinstance(part, Mention) and part.kind == "unknown":
                before = clause.parts[at - 1][0] if at else ""
                after = clause.parts[at + 1][0] if at + 1 < len(clause.parts) else ""
                return _unknown(scene, raw, _hint(part, before, after))
    return None


def _hint(mention: Mention, before: str | Mention, after: str | Mention) -> str:
    """The dimension that the words around an unknown name say, "" where they say none."""
    for word in (after, before):
        if isinstance(word, str) and dimension_of(word):
            return dimension_of(word)
    if any(word in known_products() for word in mention.words):
        return "tool"
    return ""


def _unknown(scene: Scene, text: str, hint: str) -> Reading:
    names = gazetteer(scene.world.directory)
    wanted = _USAGE if hint in _USAGE else (hint,) if hint else tuple(DIMENSIONS)
    held: dict[str, Name] = {name.label: name for dimension in wanted for name in names.of(dimension)}
    found = [held[label] for label in near(text, list(held))]
    step = (f"names: “{text}” is unknown",)
    if found:
        listed = ", ".join(name.label for name in found)
        about = "person" if any(name.dimension == "person" for name in found) else ""
        return Unclear(
            text=f"I know nobody and nothing called “{text}”. Did you mean {listed}?",
            options=tuple(_instead(scene, text, name) for name in found),
            about=about,
            steps=step,
        )
    kind = DIMENSIONS[hint].label if hint in DIMENSIONS else "name"
    person = "person" if hint in ("", "person") and len(text.split()) == 2 and text.istitle() else ""
    said = f"Nothing is recorded here for the {kind} “{text}”: no such name is known."
    return Missing(text=said, about=person, steps=step)


def _instead(scene: Scene, text: str, name: Name) -> Option:
    written = " ".join(raw for _, raw in scene.marked.here)
    label = name.value if name.dimension == "person" else name.label
    ask = written.replace(text, f'{DIMENSIONS[name.dimension].label} "{label}"', 1)
    return Option(label=name.label, ask=ask)


def passed_over(scene: Scene) -> Reading | None:
    """Ask what a name is for that nobody mistakes for anything else and that the query leaves out."""
    for clause in scene.asked:
        parts = [part for part, _ in clause.parts]
        for at, mention in enumerate(parts):
            if not isinstance(mention, Mention) or mention.kind in _NOT_NAMES:
                continue
            if mention.doubtful and not mention.of_figure and not _are_people(mention):
                continue
            if {"not", "instead", "than"} & {part for part in parts[max(0, at - 2) : at] if isinstance(part, str)}:
                continue  # "sorry, not Search, Core"
            beside = [part for part in parts[max(0, at - 2) : at + 3] if isinstance(part, Mention)]
            if not any(scene.is_used(part) and part.said == mention.said for part in [mention, *beside]):
                said = f"What is “{mention.said}” named for in that question?"
                return Unclear(text=said, about="person" if mention.kind == "person" else "", steps=("guard: names",))
    return None


def parts_of_names(scene: Scene) -> Reading | None:
    """One word of a longer name is asked back before it is taken for that name."""
    for clause in scene.asked:
        for mention in clause.mentions:
            loose = mention.part and mention.doubtful and mention.kind not in ("person", *_USAGE)
            if not loose or not scene.is_used(mention) or _said_whole(scene, mention):
                continue
            label = DIMENSIONS[mention.kind].label
            listed = ", ".join(str(value) for value in mention.values[:3])
            text = f"Is “{mention.said}” meant as the {label} {listed}, or is it only a word?"
            options = tuple(
                Option(label=f"{label} {value}", ask=_told(scene, mention.said, f'{label} "{value}"'))
                for value in mention.values[:3]
            )
            return Unclear(text=text, options=options, steps=("guard: part of a name",))
    return None


def twice_read(scene: Scene) -> Reading | None:
    """ "April to June": the month or the colleague, not both."""
    for clause in scene.clauses:
        used = [mention for mention in clause.mentions if scene.is_used(mention)]
        for mention in used:
            both = mention.kind == "person" and any(
                other.kind == "period" and other.said == mention.said for other in used
            )
            if both:
                text = f"Is “{mention.said}” somebody, or a time?"
                return Unclear(text=text, about="person", steps=("guard: read twice",))
    return None


def _said_whole(scene: Scene, mention: Mention) -> bool:
    """ "the tickets (ticket answering)": the whole name stands there too."""
    whole = (other for other in scene.marked.mentions if not other.part and other.kind == mention.kind)
    return any(set(other.values) & set(mention.values) for other in whole)


def _told(scene: Scene, said: str, instead: str) -> str:
    return " ".join(raw for _, raw in scene.marked.here).replace(said, instead, 1)
