"""Whether a message asks to look at figures in another way; taken before the reader, which knows plain ones alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.questions.answers.answer import Option
from bot.questions.looks.asking_people import looked_at_people
from bot.questions.looks.naming_events import named_event
from bot.questions.reading import Intent, Missing, Read, Reading, Unclear, Understood, World
from storage.query import Filter, Query
from storage.records import Period

UNKNOWN = "No list price of “{name}” is known. Name a model, such as claude-haiku-4-5 or gpt-5-mini."
_I = re.IGNORECASE
_WOULD = re.compile(
    r"\b(?:would(?:'ve)?|could)\b.*\b(?:cost|costs|paid|pay|spent|spend|saved?|bill|been)\b"
    r"|\bwhat if\b|\b(?:suppose|assuming|imagine)\b"
    r"|\bif\b.*\b(?:had|were|was|ran|used|moved|switched)\b.*\b(?:cost|pay|paid|spent|spend|saved?|bill|used|run|on)\b"
    r"|\b(?:re-?pric(?:e|ed|ing)|price[ds]?)\b.*\b(?:at|on|with|as)\b"
    r"|\b(?:cost|costs|spend|bill|price)\b.*\b(?:at|on|with|under|using)\b.*\blist[ -]prices?\b"
    r"|\b(?:at|on|under|with)\s+[\w.\-][\w.\- ]{1,29}(?:'s)?\s+(?:list\s+)?(?:prices|pricing)\b"
    r"|\bsav(?:e|ed|ings?)\b.*\bswitch(?:ing|ed)?\b",
    _I,
)
_ON = re.compile(
    r"(?:\b(?:instead of [\w.\- ]+? )?(?:on|with|at|using|used|under|to|onto|via|as|run|through|priced)\s+"
    r"(?:(?:on|with|at|to|as)\s+)?"
    r"(?:(?:only|just|all|everything|it all|nothing but)\s+)?(?:the\s+)?(?:(?:list\s+)?prices?\s+of\s+)?"
    r"(?:the\s+)?(?:model\s+)?)"
    r"(?P<model>[a-z][\w.\-]*(?:[ -][\w.]+){0,3}?)(?:'s)?(?:\s+(?:list\s+)?(?:prices?|pricing|rates?))?"
    r"(?=\s+(?:in|for|last|this|by|instead|of|during|over|since|per|would|what|how|we|to|on|and|everywhere|rather|only"
    r"|everything|all)\b"
    r"|\s*[,?.!]|$)",
    _I,
)
_CHEAPER = re.compile(
    r"\bwould\s+(?P<model>[a-z][\w.\-]*(?:[ -][\w.]+){0,2}?)\s+have\s+(?:been|come\s+out)\s+"
    r"(?:cheaper|less|more\s+expensive|dearer)\b",
    _I,
)
_BASE = (
    r"(?:effective\s+tokens|active\s+days|token\s+usage|ai\s+usage|tokens?|usage|requests?|prompts|costs?"
    r"|spend(?:ing)?)"
)
_PERSON = r"(?:people|persons?|users?|employees?|engineers?|members?|staff|colleagues|heads?|capita|developers?)"
_ASIDE = re.compile(
    r"\b(?:what|how much|how|would(?:'ve)?|could|have|had|has|cost|costs|paid|pay|spent|spend|saved?|bill|been|if|we|"
    r"us|our|all|instead|run|ran|used|moved|switched|it|i|was|were|everything|only|same|the same|tokens?|usage|"
    r"price[ds]?|list|reprice[ds]?|everybody|everyone|be|is|the|that|at|rather|suppose|assuming|imagine|cheaper|dearer|traffic|requests?|work|then|money"
    r"|with|entirely|switching|moving|changing|by(?=\s+switching|\s+moving|\s+changing))\b(?!')",
    _I,
)
_INSTEAD = re.compile(
    r"\b(?:instead|rather than?)\b(?: of [\w.\- ]+?)?(?=\s+(?:in|for|last|this|by|during|since)\b|[?.!,]|$)", _I
)

_SPREAD = re.compile(
    r"\b(?:(?:the\s+|a\s+)?(?:frequency\s+)?(?:distributions?|histograms?|spread)\s+(?:of|for)"
    r"\s+(?:the\s+|our\s+|all\s+)?)"
    rf"(?P<base>{_BASE})"
    rf"|(?P<second>{_BASE})(?:\s+(?:per|a|by|for\s+each)\s+(?:active\s+)?{_PERSON})?\s+(?:distribution|histogram)\b"
    rf"|how\s+(?:is|are|was|were)\s+(?:the\s+|our\s+)?(?P<third>{_BASE})\s+(?:distributed|spread)"
    rf"(?:\s+(?:across|over|among|between)\s+(?:our\s+|the\s+)?{_PERSON})?",
    _I,
)
_EACH = re.compile(
    r"\b(?:per|by|across|over|among|for\s+each|of\s+each|between|a)\s+(?:our\s+|the\s+|all\s+)?(?:active\s+)?"
    rf"{_PERSON}\b",
    _I,
)
NO_EVENT = (
    "No event of that name is recorded with a date. events.csv (date, name, team) brings it; or name the date, as in "
    "“tokens of Core since 3 September”."
)
_CHANGE = (
    r"(?:change[ds]?|changing|affect(?:ed|s)?|increase[ds]?|raise[ds]?|boost(?:ed|s)?|move[ds]?|influence[ds]?|help(?:ed|s)?"
    r"|reduce[ds]?|lower(?:ed|s)?|shift(?:ed|s)?|alter(?:ed|s)?|impact(?:ed|s)?|effects?|difference|do|did|done)"
)
_CHANGES = re.compile(
    rf"\b(?:did|has|have|does)\b.*\bEVENT\b.*\b{_CHANGE}\b|\b(?:impact|effects?|influence)\b.*\bEVENT\b|\bEVENT\b.*\b"
    r"(?:impact|effects?|influence)\b|\bbefore\s+(?:and|vs\.?|versus|or|/)\s+after\b|\bafter\s+(?:vs\.?|versus)\s+before\b"
    rf"|\b{_CHANGE}\b.*\b(?:after|since|with|following|because\s+of|due\s+to|by|around)\s+EVENT\b"
    r"|\b(?:happened|go|went|gone)\b.*\b(?:after|since|with|around)\s+EVENT\b",
    _I,
)
_AROUND = re.compile(
    rf"\b(?:EVENT|before|after|and|vs|versus|{_CHANGE}|since|with|following|because\s+of|due\s+to|by|around|what|how|was|were|is"
    r"|the|of|on|has|have|had|a|an|any|in|our|to|happened|compare|it|make|made|up|down|influence|much|go|went|gone)\b",
    _I,
)
_UNKNOWN_EVENT = re.compile(
    r"\b(?:did|has|have)\s+(?:the|our)\s+(?:[\w\-][\w\- ]*?)?"
    r"(?:rollout|roll-out|launch|migration|training|workshop|switch|reorg|"
    r"reorganisation|reorganization|announcement|onboarding|hackathon)\s+(?:change|affect|increase|raise|boost|help|reduce|move)",
    _I,
)
_KIND = r"(?:contractors?|contract\s+workers|employees?|permanent\s+(?:staff|people))"
_KINDS = re.compile(
    rf"^(?:so\s+|and\s+)?(?:are|do|did|have|were)\s+(?:our\s+|the\s+)?(?P<one>{_KIND})\s+(?:us(?:ing|ed?)|adopt(?:ing|ed)?"
    r"|spend(?:ing)?|spent|cost(?:ing)?|burn(?:ing)?|consum(?:ing|ed?)|(?=cheaper|dearer|more\s+expensive))"
    r"\s*(?P<what>(?:\w[\w ]*?)?)\s*"
    rf"(?:more|less|as\s+much|harder|better|worse|cheaper|dearer)(?:\s+\w+)?\s+(?:than|as)\s+"
    rf"(?:our\s+|the\s+)?(?P<other>{_KIND})",
    _I,
)
_WHICH_KIND = re.compile(
    rf"^who\s+(?:uses?|used|is\s+using|spends?|spent|costs?)\s*(?P<what>(?:\w[\w ]*?)?)\s*more[,:]?\s+"
    rf"(?:our\s+|the\s+)?(?P<one>{_KIND})\s+or\s+(?:our\s+|the\s+)?(?P<other>{_KIND})",
    _I,
)
# What stands after "on" or "with" and is no model.
_NO_MODEL = {
    word
    for line in (
        "average track time ai us it this that them budget target me list price prices less more half",
        "monday tuesday wednesday thursday friday august september october november december january",
        "february march april may june july",
    )
    for word in line.split()
}


def looked(text: str, world: World, before: Understood | None, read: Read) -> tuple[Reading, ...]:
    """The reading of such a message; empty for any other."""
    said = " ".join(text.replace("’", "'").split()).strip(" ?!.")
    for look in (what_if, distribution, around_event, kinds_beside, looked_at_people):
        if found := look(said, world, read):
            return found
    return ()


def what_if(said: str, world: World, read: Read) -> tuple[Reading, ...]:
    """ "What would August have cost on Haiku": the question about the cost, at that model's list prices."""
    if not _WOULD.search(said):
        return ()
    from bot.questions.looks.models import priced_model  # no other question waits for prices

    plain = _INSTEAD.sub("", said)
    for hit in reversed([*_CHEAPER.finditer(plain), *_ON.finditer(plain)]):
        name = hit["model"]
        if name.casefold() in _NO_MODEL or name in world.directory.team:
            continue
        rest = " ".join(_ASIDE.sub(" ", f"{plain[: hit.start()]} {plain[hit.end() :]}").split()).strip(" ,")
        query = next(_queries(rest, world, read), None)
        if query is None:
            continue
        model = priced_model(name, world.directory)
        if model is None:
            return (
                Missing(
                    text=f"No list price of “{name}” is known. Name a model, such as claude-haiku-4-5 or gpt-5-mini."
                ),
            )
        if model.others:
            options = tuple(
                Option(label=other, ask=f"what would {rest} have cost on {other}")
                for other in (model.name, *model.others)
            )
            return (Unclear(text=f"“{name}” can be several models. Which one is meant?", options=options),)
        echoes = () if _alike(name, model.name) else (f"“{name}” was read as {model.name}.",)
        step = "the same tokens at another model's list prices"
        return (Understood(query=query, intent=Intent.WHAT_IF, about=model.name, echoes=echoes, steps=(step,)),)
    return ()


def distribution(said: str, world: World, read: Read) -> tuple[Reading, ...]:
    """ "Distribution of tokens per person": the question about the median, as a histogram."""
    hit = _SPREAD.search(said)
    if hit is None:
        return ()
    words = " ".join((hit["base"] or hit["second"] or hit["third"]).casefold().split())
    rest = _EACH.sub(" ", f"{said[: hit.start()]} {said[hit.end() :]}")
    rest = re.sub(r"^\s*(?:(?:show|draw|plot|give|what|is|was|me|the|a|us)\b\s*)+", "", rest, flags=_I)
    readings = read(" ".join(f"median {_plain_base(words)} per person {rest}".split()), world, None)
    reading = readings[0] if len(readings) == 1 else None
    if not isinstance(reading, Understood) or reading.intent is not Intent.FIGURES:
        return ()
    if reading.query.group_by or reading.query.grain or reading.query.previous:
        return (Unclear(text="A distribution is of one group and period: name one team, or the whole organisation."),)
    return (replace(reading, intent=Intent.HISTOGRAM, steps=(*reading.steps, "as a histogram")),)


def _plain_base(words: str) -> str:
    if words in ("effective tokens", "active days"):
        return words
    return "requests" if words.startswith(("request", "prompt")) else "cost" if words[:2] in ("co", "sp") else "tokens"


def around_event(said: str, world: World, read: Read) -> tuple[Reading, ...]:
    """ "Did the Claude rollout change Core's usage", "tokens since the Claude rollout"."""
    named = named_event(said, world.directory)
    if named is None:
        return (Unclear(text=NO_EVENT),) if _UNKNOWN_EVENT.search(said) else ()
    (day, name, team), hit = named
    dated = f"{day.day} {day:%B %Y}"
    rest = f"{said[: hit.start()]} EVENT {said[hit.end() :]}"
    if not _CHANGES.search(rest):
        since = re.sub(r"\b(?:since|after|from)\s+EVENT(?:\s+on)?", f"since {dated}", rest, flags=_I)
        since = re.sub(r"\b(?:before|until|up to)\s+EVENT", f"before {dated}", since, flags=_I)
        return read(" ".join(since.split()), world, None) if "EVENT" not in since else ()
    plain = " ".join(_AROUND.sub(" ", rest).split()).strip(" ,'s")
    for words in (plain, f"tokens of {plain}", "tokens"):
        readings = read(f"{words} last week", world, None)
        reading = readings[0] if len(readings) == 1 else None
        if not isinstance(reading, Understood) or reading.query.group_by or reading.query.grain:
            continue
        filters = reading.query.filters or ((Filter("team", (team,)),) if team in world.directory.team else ())
        query = Query(metrics=reading.query.metrics[:1], period=Period(day, day, dated), filters=filters)
        step = "weeks before and after a recorded event"
        return (Understood(query=query, intent=Intent.EVENT, about=name, echoes=reading.echoes, steps=(step,)),)
    return ()


def kinds_beside(said: str, world: World, read: Read) -> tuple[Reading, ...]:
    """ "Are contractors using it more than employees": per head, side by side."""
    hit = _KINDS.search(said) or _WHICH_KIND.search(said)
    if hit is None or hit["one"].casefold()[:3] == hit["other"].casefold()[:3]:
        return ()
    money = re.search(r"\b(?:spend|spent|spending|cost|costs|costing|cheaper|dearer|expensive)\b", hit[0], _I)
    rest = re.sub(r"\b(?:it|ai|them|tools?|tokens?)\b", " ", f"{hit['what'] or ''} {said[hit.end() :]}", flags=_I)
    figure = "cost" if money else "tokens"
    readings = read(" ".join(f"{figure} per employee by kind {rest}".split()), world, None)
    reading = readings[0] if len(readings) == 1 else None
    if not isinstance(reading, Understood) or reading.query.group_by != ("kind",):
        return ()
    kinds = tuple("contractor" if hit[side].casefold().startswith("con") else "employee" for side in ("one", "other"))
    query = reading.query.with_(filters=(*reading.query.filters, Filter("kind", kinds)))
    return (replace(reading, query=query, steps=(*reading.steps, "kinds of people beside each other, per head")),)


def _alike(said: str, name: str) -> bool:
    return re.sub(r"[\s_\-]+", "", said.casefold()) == re.sub(r"[\s_\-]+", "", name.casefold())


def _queries(rest: str, world: World, read: Read) -> Iterator[Query]:
    """What the rest of the question asks the cost of, however it is put."""
    for words in (f"cost {rest}", f"cost in {rest}", f"cost of {rest}", f"cost for {rest}"):
        readings = read(words, world, None)
        reading = readings[0] if len(readings) == 1 else None
        if isinstance(reading, Understood) and reading.intent is Intent.FIGURES and reading.query.metrics == ("cost",):
            query = reading.query
            bare = Query(
                metrics=("cost",), period=query.period, group_by=query.group_by, grain=query.grain,
                filters=query.filters, scopes=query.scopes,
            )  # fmt: skip
            if replace(query, order=None, limit=None) == bare:
                yield bare
