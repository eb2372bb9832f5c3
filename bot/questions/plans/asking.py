"""Whether a message asks about what is to come or was planned; taken before the reader, which knows the past alone."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.plans.predictions import predicted
from bot.questions.plans.scopes import months_up_to, named_month, named_scope
from bot.questions.plans.wishes import watched
from bot.questions.reading import Intent, Read, Reading, Understood, World
from storage.catalogue import METRICS
from storage.query import Compare, Grain, Having, Query

_BUDGET = r"(?:ai |monthly |team |tool |spending |annual )*(?:budgets?|spending (?:caps?|limits?)|allowances?)"
_WHOSE = r"(?:the |our |its |their |my |his |her |any |a |[\w&' -]+?(?:'s|s') )?"
_OVER = (
    r"(?:over|above|out of|beyond|past|exceed(?:s|ed|ing)?|blow(?:n|ing|s)?(?: through| past)?|blew(?: through| past)?"
    r"|bust(?:ing|ed|s)?|burst(?:ing|s)?|break(?:ing|s)?|broke|overshoot(?:ing|s)?|overr[ua]n(?:ning|s)?|overspen[dt]\w*"
    r"|(?:go|going|goes|went|gone|get|run|running|burn|burning) (?:over|above|through|past|beyond|out of))"
)
_KEPT = (
    r"(?:within|under|below|on|in|inside|on track (?:for|with|against)|hit(?:ting)?|reach(?:ing)?|meet(?:ing)?"
    r"|(?:keep|keeping|stick|sticking) (?:to|within)|mak(?:e|ing))"
)
_NEAR = r"(?:near(?:ly|est|ing)?|clos(?:e|er|est|ing)|approach\w*|almost|about to|at risk|in danger)"
_SPENT = r"(?:used?|spen[dt]|left|remain\w*|gone|burn\w*|consumed|available|through|eaten|into)"
_STATUS = r"(?:left|remaining|used|burn\w*|status|use|utili[sz]ation|consumption|overview|tracking)"
_GOAL = r"(?:targets?|goals?)"


def _rules(*patterns: str) -> tuple[LatePattern, ...]:
    return tuple(LatePattern(pattern, re.I) for pattern in patterns)


BUDGETS = _rules(
    rf"^(?:the |our )?{_BUDGET} (?:for|of|in) .{{2,40}}$",
    rf"\bhow (?:much|far)\b.*\b{_BUDGET}\b.*\b{_SPENT}\b",
    rf"\bhow (?:much|far)\b.*\b{_SPENT}\b.*\b{_BUDGET}\b",
    rf"\bhow (?:has|have|did|was|were|is|are)\b.*\b{_BUDGET}\b.*\b{_SPENT}\b",
    rf"\b(?:share|part|percent\w*|fraction|%) of {_WHOSE}(?:[\w&'-]+ ){{0,3}}{_BUDGET}\b",
    rf"\b{_BUDGET} {_STATUS}\b",
    rf"\b(?:remaining|left over|unused) {_BUDGET}\b|\bwhat(?: is|'s)? left (?:of|in|from) {_WHOSE}{_BUDGET}\b",
    rf"\b(?:{_OVER}|{_KEPT}) {_WHOSE}{_BUDGET}\b",
    rf"\b{_NEAR} .{{0,25}}\b{_BUDGET}\b",
    rf"^(?:what(?: is|'s| are|s)?|show|list|how (?:is|are|'s)|give me)\b.{{0,12}}\b{_WHOSE}{_BUDGET}"
    r"(?: (?:looking|doing))?(?: .{0,25})?$",
    rf"\b(?:vs\.?|versus|against|compared (?:to|with)|relative to) {_WHOSE}{_BUDGET}\b",
    rf"^{_BUDGET}$",
)
WHO_IS_OVER = LatePattern(rf"\b(?:who|which|anybody|anyone|any team\w*|what teams?)\b.*\b{_OVER}\b", re.I)
TARGETS = _rules(
    rf"\b(?:our|the|my|any|all) (?:[\w&'-]+ ){{0,3}}{_GOAL}\b",
    rf"\b(?:on track (?:for|to|with)|how far|hit\w*|reach\w*|meet\w*|miss\w*|off|behind|gap)\b.*\b{_GOAL}\b",
    rf"\b{_GOAL} (?:status|progress|overview)\b|\bprogress (?:on|towards?|against|to) .*\b{_GOAL}\b",
    rf"^(?:show |list )?{_GOAL}$",
)
ON_TRACK = LatePattern(
    r"^(?:so |and )?(?:are|is) (?:we|.{2,40}?) (?:still )?on (?:track|plan)(?: (?:this|for the|for this) month)?$", re.I
)
OF_EACH = LatePattern(
    r"\b(?:by|per|each|every|which|what|all|any)(?: of)?(?: (?:the|our))? (?P<scope>team|tool|project)s?\b", re.I
)
BY_MONTH = LatePattern(r"\b(?:by|per|each|every) month\b|\bmonthly\b|\bover time\b|\btrend\b|\bmonth by month\b", re.I)
AND_OF = LatePattern(r"^(?:and|what about|how about|same|now)\b.{1,40}$", re.I)
MONTHS = 6  # of a series of budgets
PLANNED = (Intent.BUDGET, Intent.BUDGET_MONTHS, Intent.TARGETS, Intent.FORECAST)
ADVICE = LatePattern(
    r"\b(?:should|raise|increase|cut|change|set|negotiate|propose|request|approve|eating|take a (?:big )?share)\b", re.I
)


def planned(text: str, world: World, before: Understood | None, read: Read) -> tuple[Reading, ...]:
    """The reading of such a message; empty for any other."""
    said = " ".join(text.replace("’", "'").split()).strip(" ?!.")
    if before is not None and before.intent in PLANNED and AND_OF.match(said) and (scope := named_scope(said, world)):
        return (replace(before, query=before.query.with_(filters=scope, having=())),)
    if wish := watched(text, world, read):
        return wish
    if not _is_several(said) and not ADVICE.search(said):
        if any(rule.search(said) for rule in BUDGETS):
            return _of_figures(text, world, before, read) or (_budgets(said, world),)
        if any(rule.search(said) for rule in TARGETS):
            return (_targets(said, world),)
        if ON_TRACK.fullmatch(said):
            return (_budgets(said, world), _targets(said, world))
    return predicted(text, world, read)


def _is_several(text: str) -> bool:
    """Whether it says more than one thing; a budget may then be the occasion and not the question."""
    return bool(re.search(r"[.;:!?]\s+\w|,.*\b(?:what|how|which|who|please)\b", text))


def _of_figures(text: str, world: World, before: Understood | None, read: Read) -> tuple[Reading, ...]:
    """The reading as of any figure where it compares, ranks or has a bound, which a list of budgets does not."""
    readings = read(text, world, before)
    queries = [reading.query for reading in readings if isinstance(reading, Understood)]
    if len(queries) != 1 or len(readings) != 1 or queries[0].metrics != ("budget_used",):
        return ()
    query = queries[0]
    more = query.previous or query.having or query.limit or query.scopes or (query.grain and query.group_by)
    return readings if more else ()


def _budgets(text: str, world: World) -> Understood:
    scope = named_scope(text, world)
    over = (Having(Compare.GT, 1.0),) if WHO_IS_OVER.search(text) and not scope else ()
    each = OF_EACH.search(text)
    period = named_month(text, world.as_of)
    query = Query(metrics=("cost",), period=period, filters=scope, having=over)
    if BY_MONTH.search(text) and not over:
        query = query.with_(grain=Grain.MONTH, period=months_up_to(period.end, MONTHS))
        return Understood(query=query, intent=Intent.BUDGET_MONTHS, steps=("budgets month by month are asked for",))
    if each and not scope:
        query = query.with_(group_by=(each["scope"].lower(),))
    return Understood(query=query, intent=Intent.BUDGET, steps=("budgets are asked for",))


def _targets(text: str, world: World) -> Understood:
    named = tuple(name for name, known in METRICS.items() if re.search(rf"\b{_stem(known.label)}", text, re.I))
    month = named_month("last month", world.as_of)
    query = Query(metrics=named or tuple(METRICS), period=month, filters=named_scope(text, world))
    return Understood(query=query, intent=Intent.TARGETS, steps=("targets are asked for",))


def _stem(label: str) -> str:
    """How a metric is called in passing: adoption for the adoption rate."""
    return re.escape(label.removesuffix(" rate"))
