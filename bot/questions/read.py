"""Reads a message in plain words as typed queries, or says why it cannot: finders, the trained reader, guards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from bot.questions.answers.describe import title
from bot.questions.finders.context import names_a_figure, question_alone
from bot.questions.finders.cutting import questions_of
from bot.questions.finders.languages import foreign
from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Marked, Mention
from bot.questions.finders.told import defined_in_thread, told
from bot.questions.guards.check import AFTER, BEFORE, objection
from bot.questions.guards.conditions import refusal
from bot.questions.guards.contract import settled
from bot.questions.guards.scene import Choice, Scene
from bot.questions.guards.words import strange, unknown_words
from bot.questions.lexicon.tables import entries, entry
from bot.questions.llm.pressed import about, option, pressed
from bot.questions.llm.reconcile import same
from bot.questions.reader import decode
from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.plain import settled as settled_by_words
from bot.questions.reader.trained import Thread, Unfit, is_loaded, marked_in, trained_reader
from bot.questions.reader.turns import completed
from bot.questions.reader.turns import settled as settled_in_thread
from bot.questions.reading import Impossible, Missing, Reading, Told, Unclear, Understood, World
from storage.catalogue import DIMENSIONS
from storage.names import Directory
from storage.query import Compare, Having, Query

MOST_CUTS = 3  # contexts that a question is read without
MOST_TRIED = 6  # choices swapped one by one for the reading to offer beside the likeliest
SURE = 0.45  # confidence from which a reading is answered; set on two organisations that the network had not seen
TWO = "I can read that in more than one way. Which is meant?"
UNANSWERED = "What was asked before this is still open. Say the whole question."
SOME, NONE = Having(Compare.GT, 0), Having(Compare.LE, 0)
Choose = Callable[[Marked, Query | None], Choices]


def read(text: str, world: World, context: Understood | None = None) -> tuple[Reading, ...]:
    """The readings of one message, several where it holds several questions."""
    chosen = pressed(text)
    if chosen is not None:
        return (chosen,)
    other = foreign(text)
    if other is not None:
        return (other,)
    loaded = is_loaded()
    try:
        choose = trained_reader().choose
    except Unfit as error:
        return (Unclear(text=f"{error} Until they are, I cannot read questions."),)
    if not loaded:
        world = replace(world, deadline=world.deadline.anew())  # what was waited for is no reading
    readings: list[Reading] = []
    before = context
    for part in questions_of(text, world):
        world.deadline.check()
        reading = _with_context(part, world, before, choose)
        if world.open and not isinstance(reading, Understood):  # a question of its own, no reply to what was asked
            alone = read_one(part, replace(world, open=""), before, choose)
            reading = alone if isinstance(alone, Understood) and names_a_figure(part) else reading
        if isinstance(reading, Understood) and world.open and not _stands(part, world):
            reading = Unclear(text=UNANSWERED, steps=("reader: the question before it was asked back",))
        if isinstance(reading, Understood) and before is not None:
            reading = replace(reading, former=before.query)
        readings.append(reading)
        before = reading if isinstance(reading, Understood) else before
    return tuple(readings)


def _with_context(text: str, world: World, before: Understood | None, choose: Choose) -> Reading:
    """One message; where it cannot be answered, its question without the reason that it begins with."""
    reading = read_one(text, world, before, choose)
    if not isinstance(reading, Impossible) and not (isinstance(reading, Unclear) and not reading.options):
        return reading
    for context, question in islice(question_alone(text, threaded=before is not None), MOST_CUTS):
        world.deadline.check()
        found = read_one(question, world, before, choose)
        if isinstance(found, Understood):
            return replace(found, echoes=(*found.echoes, f"ignored: “{context}”"))
    return reading


def read_one(text: str, world: World, before: Understood | None, choose: Choose) -> Reading:
    """One question, against the one before it in a thread."""
    defined = defined_in_thread(text, before.query.metrics[0]) if before is not None else None
    said = defined or told(text)
    if said is not None:
        return said
    query = before.query if before is not None else None
    thread = Thread(query, before.former if before is not None else None, _open(world))
    marked = marked_in(text, world, thread)
    world.deadline.check()
    own = before is not None and before.personal
    chosen = settled_by_words(marked, choose(marked, query), personal=own)
    if query is not None:
        chosen = settled_in_thread(marked, chosen, query)
    if thread.open:
        chosen = completed(marked, chosen)
    world.deadline.check()
    scene = Scene(marked, _choice(chosen), world, None, query)
    stopped = objection(scene, BEFORE)
    if stopped is None:
        found = decode.reading(marked, chosen, query, world)
        world.deadline.check()
        stopped = _checked(found, scene, chosen) or _worded(found, scene, chosen)
    return _of_people(stopped, scene, chosen)


def _open(world: World) -> str:
    """The message that a reply completes; none where something else than what is asked for stood in its way."""
    marked = mark(world.open, world)
    scene = Scene(marked, Choice(tuple("in" for _ in marked.mentions)), world)
    return "" if objection(scene, (*BEFORE, unknown_words)) else world.open


def _stands(text: str, world: World) -> bool:
    """Whether a reply to what was asked back completes it, or says itself what is asked or of which days."""
    dated = any(mention.kind in ("period", "compare") for mention in mark(text, world).mentions)
    return dated or names_a_figure(text) or bool(_open(world))


def _choice(chosen: Choices) -> Choice:
    return Choice(tuple(role.name for role in chosen.roles), chosen.asides)


def _checked(found: Reading, scene: Scene, chosen: Choices) -> Reading | None:
    """What the guards make of a query; None where there is none, or none objects and the network is sure."""
    if not isinstance(found, Understood):
        return None
    found = replace(found, query=settled(found.query, replace(scene, intent=found.intent)))
    against = Scene(scene.marked, scene.choice, scene.world, found.query, scene.before, found.intent)
    stopped = objection(against, AFTER)
    first = scene.world.directory.first_day
    nowhere = first is not None and found.query.period.end < first  # no figure can be wrong there: there is none
    if stopped is None and chosen.confidence < SURE and not nowhere:
        either = _either(found, against, chosen)
        stopped, found = (None, either) if isinstance(either, Understood) else (either, found)
    if stopped is not None:
        if isinstance(stopped, Unclear) and "person" in found.query.group_by:
            return replace(stopped, about="person")  # a list of people is for the policy to allow
        return stopped
    ignored = tuple(f"ignored: “{said}”" for said in against.passed_over)
    return replace(found, echoes=(*found.echoes, *ignored))


def _either(found: Understood, scene: Scene, chosen: Choices) -> Understood | Unclear:
    """The two likeliest readings as buttons rather than an answer; the one that both are where they list alike."""
    readings = [found, *islice(_others(found, scene, chosen), 1)]
    if len(readings) == 2 and (alike := _listing_alike(readings[0], readings[1], scene.world.directory)):
        return alike
    return Unclear(
        text=TWO,
        options=tuple(option(reading, scene.world.directory) for reading in readings),
        about=about(readings, scene.world),
        steps=("reader: not sure",),
    )


def _listing_alike(found: Understood, other: Understood, directory: Directory) -> Understood | None:
    """The reading to answer where two say or list the same: "which teams use Gemini" by how many or by how much."""
    if title(found.query, directory) == title(other.query, directory):
        return found
    group, one, two = found.query.group_by, found.query, other.query
    if not group or group != two.group_by or _as_listed(one) != _as_listed(two) or found.intent is not other.intent:
        return None
    metrics = {query.metrics[0]: reading for query, reading in ((one, found), (two, other))}
    unused = [query.having == (NONE,) or query.metrics == ("inactive_people",) for query in (one, two)]
    if all(unused):
        return metrics.get("inactive_people")
    if any(unused) or one.having or two.having or metrics.keys() != {"tokens", "active_people"}:
        return None
    chosen = metrics["tokens" if "person" in group else "active_people"]
    return replace(chosen, query=chosen.query.with_(having=(SOME,), limit=None))


def _as_listed(query: Query) -> Query:
    return query.with_(metrics=(), having=(), order=None, limit=None, everyone=False)


def _others(found: Understood, scene: Scene, chosen: Choices) -> Iterator[Understood]:
    """Other readings of the message that no guard stops, the likeliest first."""
    for near in islice(chosen.nearest(), MOST_TRIED):
        scene.world.deadline.check()
        other = decode.reading(scene.marked, near, scene.before, scene.world)
        if not isinstance(other, Understood):
            continue
        other = replace(other, query=settled(other.query, scene))
        beside = Scene(scene.marked, _choice(near), scene.world, other.query, scene.before, other.intent)
        if not same([found], [other]) and objection(beside, AFTER) is None:
            yield other


def _worded(found: Reading, scene: Scene, chosen: Choices) -> Reading:
    """A refusal of the network in the words of its topic; a name that is several with one button for each."""
    topic = chosen.heads["topic"]
    if isinstance(found, Told) and any(
        scene.is_used(mention) and mention.kind in DIMENSIONS for mention in scene.marked.mentions
    ):
        return refusal("action")  # what is asked of the system itself names nobody
    if isinstance(found, Impossible) and any(topic == entry.name for entry in entries("conditions")):
        return refusal(topic)
    if isinstance(found, Unclear):
        return _each(found, scene, chosen)
    return found


def _each(found: Unclear, scene: Scene, chosen: Choices) -> Unclear:
    """A button for each value that a name may be."""
    names = [mention for mention in scene.marked.mentions if mention.match is None and not mention.context]
    several = next((mention for mention in names if mention.several), None)
    if several is None or found.options or chosen.heads["status"] not in ("figures", "clarify"):
        return found
    twins = [mention for mention in names if mention.said == several.said]  # a tool and models of one word
    readings = [
        reading
        for twin in twins
        for value in twin.values
        if isinstance(reading := _meaning(twin, value, twins, scene, chosen), Understood)
    ][:5]
    options = tuple(option(reading, scene.world.directory) for reading in readings)
    named = found.about or about(readings, scene.world)
    kinds = " or ".join(DIMENSIONS[twin.kind].plural for twin in twins)
    text = f"“{several.said}” can be several {kinds}. Which one is meant?"
    return replace(found, text=text, options=options, about=named) if options else found


def _meaning(twin: Mention, value: object, twins: Sequence[Mention], scene: Scene, chosen: Choices) -> Reading:
    """The reading in which a word is one value of one of the kinds that it may be."""
    mentions = scene.marked.mentions
    places = {id(mention): at for at, mention in enumerate(mentions)}
    roles = list(chosen.roles)
    for other in twins:
        roles[places[id(other)]] = Role("in" if other is twin else "ignore", 1.0)
    alike = replace(chosen, heads={**chosen.heads, "status": "figures"}, roles=roles)
    values, twin.values = twin.values, (value,)
    try:
        return decode.reading(scene.marked, alike, scene.before, scene.world)
    finally:
        twin.values = values


def _of_people(reading: Reading, scene: Scene, chosen: Choices) -> Reading:
    """Whether somebody else may be asked about is for the policy to say, before anything is asked back."""
    if not isinstance(reading, Unclear | Missing | Impossible) or reading.about:
        return reading
    words = set(scene.words())
    listed = "person" in (chosen.heads["group"], chosen.heads.get("group2"))
    listed = listed or bool(words & set(entry("asked", "people one by one").words)) or {"person", "each"} <= words
    listed = listed or (chosen.heads["order"] != "none" and bool(words & set(entry("asked", "group person").words)))
    somebody = any(_is_somebody(mention, scene) for clause in scene.asked for mention in clause.mentions)
    return replace(reading, about="person") if somebody or listed or _may_be_somebody(scene, chosen) else reading


def _may_be_somebody(scene: Scene, chosen: Choices) -> bool:
    """Two words that nobody knows where the network misses a name: "zebulon quartermain's cost"."""
    if chosen.heads["topic"] not in ("name", "person"):
        return False
    for clause in scene.asked:
        unknown = [raw in strange(clause) for _, raw in clause.parts]
        if any(one and other for one, other in pairwise(unknown)):
            return True
    return False


def _is_somebody(mention: Mention, scene: Scene) -> bool:
    if mention.kind != "person" or (mention.doubtful and not scene.is_used(mention)):
        return False
    people = scene.world.directory.person
    others = [value for value in mention.values if value != scene.world.asker]
    return any(value in people and people[value].kind != "agent" for value in others)
