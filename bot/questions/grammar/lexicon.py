"""The words of the language itself: metrics, dimensions, people, kinds, modes and ledgers, compiled into one table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.questions.grammar.patterns import FAMILIES
from bot.questions.grammar.vocabulary import HARMLESS, MEANINGFUL, SHORT
from bot.questions.periods.words import CALENDAR_WORDS, UNITS
from storage.catalogue import DIMENSIONS, METRICS

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+|\d+|%")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a phrase stands for. `tag` is M (metric), D (dimension), H (a word for people) or E (a value); `loose`: the
    phrase names it only where nothing stronger does ("usage", "spent")."""

    tag: str
    name: str
    value: str = ""
    loose: bool = False


# Nouns for people are a metric, a dimension or nothing at all, as the words around them say.
PEOPLE_WORDS = {
    "people": "people", "person": "people", "persons": "people", "folks": "people", "folk": "people",
    "employee": "employee", "employees": "employee", "staff": "people", "staffers": "people", "user": "user",
    "users": "user", "individual": "people", "individuals": "people", "colleague": "people", "colleagues": "people",
    "member": "people", "members": "people", "guys": "people", "heads": "head", "worker": "people",
    "workers": "people", "everyone": "everyone", "everybody": "everyone", "anyone": "anyone", "anybody": "anyone",
    "somebody": "anyone", "someone": "anyone", "teammates": "people", "coworkers": "people", "men": "people",
    "team members": "people", "members of staff": "people", "staff members": "people", "headcounts": "people",
    "workforce": "people", "personnel": "people",
}  # fmt: skip

_VALUES = {
    ("kind", "contractor"): "contractor|contractors|freelancer|freelancers|external|externals|external staff|contract staff|contract workers|contingent workers",
    ("kind", "agent"): "bots|agents|service account|service accounts|robots|ai agents|software agents|agent account|agent accounts|the agents|autonomous agents|bot accounts",
    ("kind", "bot"): "bot|robot",
    ("kind", "employee"): "permanent employee|permanent employees|permanent staff|permanents|perm staff|internal staff|internal employees|own employees|regular employees|internals|salaried staff|payroll staff",
    ("mode", "agent"): "agent mode|agentic mode|mode agent|autonomous mode|in agent mode",
    ("mode", "chat"): "chat mode|chat|mode chat|chats|chatting|chat use|chat usage",
    ("mode", "completion"): "completion mode|completion|completions|mode completion|code completion|code completions|autocomplete|autocompletion|autocompletions|inline completion|inline completions",
    ("mode", "human"): "by hand|by humans|by a human|by people|by a person|manually|manual|humans|human|by human|human mode|human only|people alone|humans alone|no ai|done by hand|purely human|unassisted|unaided|hand done|without ai|without any ai",
    ("mode", "assisted"): "assisted|ai assisted|assisted mode|assisted by ai|with ai assistance|with ai help|with help of ai|with the help of ai|ai assistance|mode assisted|with an assistant",
    ("mode", "one"): "agent",
    ("ledger", "product"): "product ledger|product inference|customer facing|customer facing inference|customer facing tokens|production inference|product tokens|inference for customers|serving customers|serves customers|in product inference|ledger product|product usage|customer inference|product side",
    ("ledger", "workforce"): "workforce ledger|workforce only|only workforce|workforce usage|workforce tokens|ledger workforce|internal usage|own work|workforce side|workforce alone|internal use",
}  # fmt: skip

_LOOSE = frozenset(
    """usage|ai usage|consumption|spent|spend|pay|paid|burn|burned|burnt|charge|charged|dollars|usd|bucks|output|input|
    success|rework|failure|suggested|accepted|item|request|calls|prompts|size|concentrated|agentic|accepts|reasoning|
    items|suggestion|suggestions|requests|cached|from cache|from the cache|read from cache|thinking|budget|money|expensive|ai consumption|usages""".replace("\n", "").replace("    ", "").split("|")
)

_NEVER = frozenset(("tokens in", "tokens out", "share of output"))  # "tokens in Sales"

# Phrases for a metric that the catalogue's own words do not hold.
_MORE = {
    "tokens": "use of ai|ai use|volume of tokens|number of tokens|tokens used|ai activity|usage volume|ai volume|token burn|token use|token spend|burn of tokens|token numbers|tokens consumed",
    "cost": "costing|invoice|invoices|ai bill|token bill|token cost|token costs|usage cost|usage costs|cost of usage|cost of use|cost of tokens|spendings|expensive|total cost|ai spend|ai cost|ai costs|ai budget|ai spending|burned|burnt|dollar spend|cost us|spender|spenders|money spent|dollar amount|dollar cost|price",
    "headcount": "heads|head count|staffing|how big|people count|number of heads|manpower|size of team|number of employees",
    "active_people": "actives|active user count|user count|number of users|number of active users|active headcount|user numbers|people active in ai",
    "requests": "requests made|request volume|request counts|number of requests|ai requests|interactions|invocations|number of calls",
    "acceptance_rate": "acceptance ratio|acceptance percent|acceptance share|acceptance level|suggestion acceptance|suggestion acceptance rate|accepted share|accepted ratio|acceptance score",
    "adoption_rate": "adoption share|adoption percent|adoption ratio|rate of adoption|ai adoption rate|adoption figures|adoption numbers|ai uptake|usage rate|penetration rate|active rate|activity rate|active share|adoption degree|ai penetration|adopters",
    "agent_share": "agent ratio|agent percent|agentic percent|agentic ratio|agentic fraction|agent fraction|agentic proportion|agentic portion|agent proportion|agent portion|agentic rate|agentic usage share|agentic token share|agent token share|share of agentic usage|agentic weight",
    "cache_share": "cache percent|cache portion|cache fraction|cached percent|cached fraction|cached portion|cached ratio|caching rate|caching share|cache use|cache heavy|cache heaviness|cache efficiency|cached input ratio|cache hit ratio|cache hit share|cache hit percent|cache reuse",
    "output_share": "output percent|output proportion|output portion|output token share|output tokens share|output to tokens ratio|output rate",
    "top_decile_share": "top decile's share|usage concentration|concentration of usage|token concentration|top tenth|concentrated usage",
    "hours_offloaded": "hours offloaded to ai|time savings|hours we saved|saved time|hours gained|time gained|hours freed|hours freed up|freed hours|hours ai saved|ai saved hours|ai hours saved|offloaded time|hours spared|hours off loaded",
    "offloadable_hours": "hours that can be offloaded|hours we could offload|hours could be offloaded|hours can be offloaded|hours still done by hand|hours to offload|offload potential|offloadable time|offloading potential|still offloadable hours|hours of manual work|offloadable work",
    "human_hours": "hours of human effort|human effort|hours of human time|people hours|hours worked by people|hours by people|staff hours|hours of work|manhours|hours humans spent|human work hours|working hours|labour hours|labor hours|human working hours",
    "human_minutes": "minutes of human time|minutes of work|people minutes|minutes humans spent|minutes of human effort",
    "minutes_per_item": "minutes for an item|minutes for one item|minutes per unit|average handling time|minutes on average per item|average time per item|human minutes an item|minutes each|minutes apiece|time an item|human time per item|average minutes|minutes per piece",
    "items": "work items done|volume of work|volume of items|item count|number of items|items done|items handled|items processed|items completed|completed items|units of work|workload|number of work items",
    "ai_share": "ai share in items|ai assisted share|ai proportion|ai percent|ai fraction|ai portion|ai rate|share of ai|ai involvement|ai contribution|ai share of the work|share of ai items|ai coverage",
    "autonomy_share": "autonomous percent|share of autonomous items|autonomy percent|autonomous rate|autonomous fraction|fully autonomous share|autonomy level|automation rate|automation share|share of autonomous work",
    "success_rate": "success percent|success ratio|successes|success percentage|successful share|share of successes|share of successful items",
    "rework_rate": "rework percent|rework ratio|rework percentage|redo share|reworked share|share of reworked items|share of rework",
    "failure_rate": "failure percent|failure ratio|fail percent|failed share|failing rate|share of failed items|share of failures|failure percentage|rate of failure|rate of failures",
    "inactive_people": "inactive folks|inactive employees|inactive staff|non active people|people inactive|inactives|inactive ppl|people who are inactive|inactive headcount|unactive people",
    "cost_per_million_tokens": "cost per m tokens|price per m tokens|price of a million tokens|cost of a million tokens|cost for a million tokens|cost per one million tokens|price per one million tokens|price per 1m tokens|dollars per million tokens|usd per million tokens|dollars per million|rate per million tokens|unit price|cost per million of tokens|average token price|token price|price for a million tokens|price per 1 m tokens|cost per 1 m tokens|cost per 1000000 tokens|spend per million tokens|unit cost|cost per 1 million tokens|price per 1 million tokens",
    "tokens_per_employee": "tokens an employee|tokens per fte|ai intensity|token intensity|usage intensity|intensity|ai leverage|leverage per employee",
    "cached_input_tokens": "cached|from cache|from the cache|cache read|cached tokens read|cache hits tokens|read from cache",
    "reasoning_tokens": "thinking|reasoning token|tokens spent thinking|tokens for reasoning|tokens of reasoning|tokens on reasoning|reasoning output",
    "input_tokens": "fresh input token|new input|new input tokens|input token|non cached input|non cached input tokens",
    "output_tokens": "output token|generated output|generated text|written tokens|tokens written|answer tokens",
    "fresh_tokens": "fresh token|uncached token|tokens without cached|tokens without the cached|tokens net of cache|non cache tokens|uncached usage|fresh usage|tokens excluding cached|tokens excluding cached ones",
    "effective_tokens": "effective token|weighted token|effective usage|weighted usage|cost weighted tokens|fresh input equivalent|effective token count",
    "suggested": "suggestions offered|suggestions given|number of suggestions|suggestion count|proposed suggestions|suggestions served",
    "accepted": "number of accepted suggestions|suggestions taken|suggestions that were accepted|suggestions kept|accepted completions",
    "active_days_per_person": "days of use|days of usage|usage days|days active per user|average active days|active days each|days with usage|days of activity|active days on average|active days per employee|days used per person",
}  # fmt: skip

_DIMENSION_WORDS = {
    "team": "teams in|org|orgs|unit|units|function|functions|area|areas|business unit|business units|division|divisions|org units|crew|crews|dept|depts|tribe|tribes|chapter",
    "title": "job function|job functions|job role|job roles|jobs|seniority|positions|job name|job names|profession|professions|function title|occupation|occupations",
    "location": "countries|regions|geography|geographies|branch|branches|base|geo|office location|office locations|work location|work locations|where people sit",
    "kind": "kinds of people|worker type|employee kind|employee kinds|type of employee|kind of employee|types of employee|employment types|kind of staff|type of staff|staff type|kind of user|worker kind|contract types|person kind|type of person|types of people|employment status|employment|user kind|kind of worker|kinds of worker|kinds of workers|employment kinds|contract kind",
    "tool": "ai product|ai products|assistants|ai assistant|ai assistants|ide|ides|application|applications|software|tooling",
    "provider": "ai vendor|ai vendors|ai provider|ai providers|lab|labs|model provider|model providers|model vendor|model vendors|companies behind|maker|makers",
    "model": "language model|language models|llm model|ai engine|engine|engines",
    "mode": "usage type|type of usage|types of usage|type of use|kind of usage|kind of use|work mode|work modes|modes of use|modes of work|mode of use|mode of work|usage modes|way of working|ways of working|interaction type",
    "workflow": "work flow|work flows|flow|flows|workstream|workstreams|business process|business processes|procedure|procedures|task|tasks|tasks types|kind of task|job to be done",
    "activity": "activity types|sort of work|types of activity|type of activity|kind of activity|kinds of activity|category of work|work category|work categories|nature of work",
}  # fmt: skip


def fold_words(text: str) -> Words:
    """The lexicon's key of a phrase: its words without joints."""
    return tuple(_WORD.findall(text.casefold().replace("'", "").replace("’", "")))


@cache
def lexicon() -> dict[Words, Lexeme]:
    """Every phrase of the language; the more specific reading of one phrase wins."""
    table: dict[Words, Lexeme] = {}
    for dimension in DIMENSIONS.values():
        more = _DIMENSION_WORDS.get(dimension.name, "").split("|")
        for phrase in (dimension.name, dimension.label, dimension.plural, *dimension.words, *more):
            if dimension.name not in ("person", "ledger") and phrase:
                table[fold_words(phrase)] = Lexeme("D", dimension.name)
    for metric in METRICS.values():
        phrases = (metric.name, metric.label, *metric.words, *_MORE.get(metric.name, "").split("|"))
        for phrase in filter(None, phrases):
            if phrase in _NEVER:
                continue
            table.setdefault(fold_words(phrase), Lexeme("M", metric.name, loose=phrase in _LOOSE))
    for (dimension_name, value), phrases_of in _VALUES.items():
        for phrase in phrases_of.split("|"):
            table[fold_words(phrase)] = Lexeme("E", dimension_name, value)
    for word, family in PEOPLE_WORDS.items():
        table[fold_words(word)] = Lexeme("H", family)
    return table


@cache
def lexicon_words() -> frozenset[str]:
    """Every word of those phrases."""
    return frozenset(word for phrase in lexicon() for word in phrase)


@cache
def longest_phrase() -> int:
    """How many words the longest phrase has."""
    return max(map(len, lexicon()))


def _family_words() -> set[str]:
    out: set[str] = set()
    for words in FAMILIES.values():
        out.update(word for phrase in words.split("|") for word in fold_words(phrase))
    return out


GRAMMAR_WORDS: frozenset[str] = frozenset(
    {word for phrase in lexicon() for word in phrase}
    | _family_words()
    | HARMLESS
    | MEANINGFUL
    | {word for phrase in SHORT.values() for word in fold_words(phrase)}
    | {word for word in SHORT if word.isalpha()}
    | CALENDAR_WORDS
    | frozenset(UNITS)
    | frozenset(("chart", "charts", "graph", "plot", "end", "start", "beginning", "mid", "middle", "close"))
)
