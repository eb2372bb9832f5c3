"""Questions without a metric that ask how things stand: the figures of a scorecard, of one scope or side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.questions.answers.following import unit_before
from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods.arithmetic import end_of, start_of, step
from bot.questions.periods.labels import MONTH_NAMES, unit_label
from bot.questions.plans.scopes import named_month as period_named
from bot.questions.reading import Intent, Understood, World
from storage.names import Directory
from storage.query import Filter, Query
from storage.records import Period

METRICS = ("tokens_per_employee", "adoption_rate", "cost", "hours_offloaded", "success_rate", "rework_rate")
SIDES = ("tokens_per_employee", "adoption_rate", "cost_per_employee", "hours_offloaded")  # of teams beside each other
OWN = ("tokens", "cost")  # of a person, who has no rate of adoption
OF_TEAM = ("tokens_per_employee", "cost_per_employee")
STANDING = (
    LatePattern(r"how (?:are|were) (?P<name>we|you all|things|everyone|everybody) (?:doing|going|looking)"),
    LatePattern(r"how(?: is|'s| are| does| do| was| were) (?P<name>.+?) (?:doing|going|looking|performing|look)"),
    LatePattern(r"how (?:did|have|has|do) (?P<name>.+?) (?:do|done|go|gone|been doing|perform|performed|been)"),
    LatePattern(r"how (?:is|was|were)(?: it| things)?(?P<name>)"),
    LatePattern(r"how (?:does|did|do)(?P<name>) look(?: so far)?(?: (?:compared|against|vs\.?) .+)?"),
    LatePattern(
        r"(?:(?:show|give) (?:me |us )|i need |i want )?(?:the |a |our )?(?:quick |short )?"
        r"(?:scorecard|overview|summary|recap)(?: (?:of|for) (?P<name>.+))?"
    ),
    LatePattern(
        r"(?:(?:show|give|tell) (?:me |us )?)(?:some |any |a few |\d+ |three |five )?(?P<name>)"
        r"(?:insights?|highlights?|takeaways?|key facts?|something (?:interesting|new|useful))"
    ),
    LatePattern(
        r"what (?P<name>)(?:stands out|should (?:i|we) know|is worth knowing|are the (?:highlights|takeaways|insights))"
    ),
    LatePattern(
        r"(?:(?:write|make|give|prepare|show)(?: me| us)? )?(?:a |the |our )?(?:short |quick |ai )*report"
        r"(?: (?:of|on|for|about) (?P<name>.+))?"
    ),
    LatePattern(
        r"(?:(?:i need|i want|give(?: me| us)?|show(?: me| us)?|prepare|what is|what's) )?(?:the |an? |our )?"
        r"(?:(?:exec(?:utive)?|board|management|leadership|quick|short) (?:summary|overview|brief(?:ing)?|update)"
        r"|headline (?:numbers?|figures?)|key (?:numbers?|figures?|metrics?))(?: (?:of|on|for|about) (?P<name>.+))?"
    ),
    LatePattern(r"summari[sz]e (?P<name>(?:our |the )?(?:ai )?(?:usage|use|adoption|figures|numbers))(?: for .+)?"),
    LatePattern(r"(?:show |give me |open )?(?P<name>.+?)(?:'s|s') (?:scorecard|overview|summary|report)"),
    LatePattern(r"(?:summari[sz]e|recap|sum up)(?: (?:how )?(?P<name>.+?)(?: (?:did|is doing|are doing))?)?"),
    LatePattern(
        r"what(?: has|'s| is)? (?:happened|happening|changed|new|going on|up)(?: (?:with|in|at|to|for) (?P<name>.+?))?"
    ),
    LatePattern(
        r"(?:is there |was there |are there |did |has )?(?:any|some)(?:thing)? (?:unusual|notable|odd|weird|strange|new"
        r"|suspicious|fishy|unexpected|off|out of the ordinary|interesting|change[ds]?|surprising|surprises"
        r"|to worry about|worth knowing|stand out)(?: (?:happen(?:ed|ing)?|change|going on))?"
        r"(?: (?:with|in|at|to|for|about) (?P<name>.+?))?"
    ),
)
BESIDE = (
    LatePattern(r"compare (?P<one>.+?) (?:and|with|to|against|vs\.?|versus) (?P<other>.+)"),
    LatePattern(r"how (?:does|do|did) (?P<one>.+?) compare (?:with|to|against) (?P<other>.+)"),
    LatePattern(r"(?P<one>.+?) (?:vs\.?|versus) (?P<other>.+)"),
)
WITH_TEAM = LatePattern(
    r"(?:how (?:do|did|am) i|compare me|how does my (?:use|usage))"
    r"(?: (?:compare|compared|comparing|doing|stand|look|measure up))?"
    r" (?:with|to|against|in|beside) (?:my|our|the) (?:own )?(?:team|team's|teammates|squad|group)(?: average| median)?"
    r"|am i (?:an? )?(?:heavy|light|power|big|small|average|typical|above average|below average)(?: (?:ai )?user)?"
    r"|(?:what(?: is|'s) )?my (?:rank|place|position)(?: (?:in|within) (?:my|our|the) (?:team|group))?"
)
WHEN = LatePattern(
    r"(?:^| )(?:(?:in|over|for|during|of) )?(?P<when>(?:last|this|previous|past) (?:week|month|quarter)"
    r"|q[1-4](?: 20\d\d)?"
    rf"|(?:{'|'.join(f'{name.casefold()}|{name.casefold()[:3]}' for name in MONTH_NAMES)})(?: 20\d\d)?)$"
)
EVERYBODY = frozenset(
    (
        *("", "it", "we", "us", "you all", "things", "everyone"),
        *("everybody", "the company", "the organisation", "the organization"),
        *(f"{whose}{what}" for whose in ("", "our ", "the ") for what in ("usage", "ai usage", "use", "ai use", "ai")),
    )
)
READERS = LatePattern(
    r"(?:the |our |my )?(?:board(?: meeting)?|boss|leadership(?: team)?|management(?: team)?|executives?|c[efit]os?)"
)
POLITE = LatePattern(r"^(?:(?:hi|hey|hello|so|and|ok|please)[ ,:!-]+)*(?:(?:can|could) you )?")


@dataclass(frozen=True, slots=True)
class _Span:
    period: Period
    previous: Period
    running: bool = False


def scorecard(text: str, world: World) -> tuple[Understood, ...]:
    """The figures of a scorecard, each as a question of its own; empty where none is asked for."""
    plain = POLITE.sub("", " ".join(text.casefold().replace("’", "'").split())).strip(" ?!.")
    when = WHEN.search(plain)
    plain = WHEN.sub("", plain)
    span = _span(when["when"] if when else "last month", world.as_of)
    if span is None:
        return ()
    if WITH_TEAM.fullmatch(plain):
        return tuple(_beside_team(world, span))
    for rule in BESIDE:
        if found := rule.fullmatch(plain):
            teams = [_team(found[side], world) for side in ("one", "other")]
            if all(teams) and teams[0] != teams[1]:
                return tuple(_side_by_side([team for team in teams if team], span))
    for rule in STANDING:
        if found := rule.fullmatch(plain):
            name = found["name"] or ""
            team = _team(name, world)
            if name in EVERYBODY or team or READERS.fullmatch(name):
                return tuple(_of((Filter("team", (team,)),) if team else (), span))
    return ()


def _of(filters: tuple[Filter, ...], span: _Span) -> Iterator[Understood]:
    for name in METRICS:
        query = Query(metrics=(name,), period=span.period, previous=span.previous, filters=filters)
        yield _asked(query.with_(running=span.running), intent=Intent.SCORED)


def _side_by_side(teams: list[str], span: _Span) -> Iterator[Understood]:
    for name in SIDES:
        yield _asked(Query(metrics=(name,), period=span.period, group_by=("team",), scopes=tuple(teams)))


def _beside_team(world: World, span: _Span) -> Iterator[Understood]:
    """One's own figures beside the mean of one's team, which is shown as any group's is."""
    person = world.directory.person.get(world.asker or "")
    if person is None or not person.teams:
        return
    mine, ours = Filter("person", (person.email,)), Filter("team", (person.teams[-1],))
    for own, of_team in zip(OWN, OF_TEAM, strict=True):
        yield _asked(Query(metrics=(own,), period=span.period, filters=(mine,)), personal=True)
        yield _asked(Query(metrics=(of_team,), period=span.period, filters=(ours,)))


def _asked(query: Query, *, personal: bool = False, intent: Intent = Intent.FIGURES) -> Understood:
    steps = ("no metric is named: the figures of the scorecard",)
    return Understood(query=query, intent=intent, personal=personal, steps=steps)


def _team(said: str, world: World) -> str:
    """The team of that name, alias or "my team"; "" where there is none."""
    name = re.sub(r"^(?:the )|(?: team)$", "", said.strip())
    if said.strip() in ("my team", "our team", "my squad"):
        person = world.directory.person.get(world.asker or "")
        return person.teams[-1] if person and person.teams else ""
    return _names(world.directory).get(name, "")


def _names(directory: Directory) -> dict[str, str]:
    found = {alias.casefold(): team.name for team in directory.teams for alias in team.aliases}
    found |= {alias.casefold(): name for kind, name, alias in directory.aliases if kind == "team"}
    return found | {team.name.casefold(): team.name for team in directory.teams}


def _span(when: str, as_of: date) -> _Span | None:
    """The calendar unit that was named, up to the day, with what it is compared with; None for one to come."""
    named = (
        _week(when, as_of) or _quarter(when, as_of) or period_named(when.title(), as_of)
    )  # "May" is a month, "may" a word
    if named.start > as_of:
        return None
    label = named.label if named.end < as_of else f"{named.label} so far"
    period = Period(named.start, min(named.end, as_of), label)
    before, running = unit_before(period, as_of)
    unit = "quarter" if period.days > 31 else "week" if when.endswith("week") else "month"  # of a running one the days
    label = "" if running else unit_label(before.start, unit)
    return _Span(period, Period(before.start, before.end, label), running)


def _week(when: str, as_of: date) -> Period | None:
    """ "last week", "this week"."""
    if not when.endswith("week"):
        return None
    first = start_of(as_of, "week")
    first = first if when.startswith("this") else step(first, "week", -1)
    return Period(first, end_of(first, "week"), unit_label(first, "week"))


def _quarter(when: str, as_of: date) -> Period | None:
    """ "q3", "q3 2026"; the most recent one that has begun, where no year is said."""
    if not when.startswith("q"):
        return None
    number, _, year = when[1:].partition(" ")
    first = date(int(year or as_of.year), 3 * int(number) - 2, 1)
    if not year and first > as_of:
        first = first.replace(year=first.year - 1)
    return Period(first, end_of(first, "quarter"), unit_label(first, "quarter"))
