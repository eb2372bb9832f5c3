"""What a turn of phrase stands for where the words around it decide: helpers of the rewriting rules."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.questions.periods.words import MONTHS

Said = str | Callable[["re.Match[str]"], str]

COMPANY = (
    r"(?:group|operator|studio|bank|hospital|carrier|airline|university|school|agency|institute|outfit|corporation|"
    r"concern|retailer|insurer|house|shop|place|show|plant|factory|city|town|county|"
    r"municipality|borough|network|charity|council|ministry|clinic|chain|"
    r"enterprise|organisation|organization|firm|business)"
)
MOVED = re.compile(
    r"(?:^| )(?:chang\w+|growth|grow|grew|compare[ds]?|versus|vs|against|difference|delta|increase\w*|decrease\w*|"
    r"rise|rose|fell|drop\w*|up|down|than)(?: |$)"
)
SHARED = re.compile(r"(?:^| )(?:share|percent|percentage|%|part|portion|proportion|fraction|slice|how much)(?: |$)")
UNITS = r"(?:day|week|month|quarter)"
EVERY = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly"}


def still(match: re.Match[str]) -> str:
    """ "in absolute figures": of a change it says which column, of anything else nothing."""
    return match[0] if MOVED.search(match.string) else ""


def of_share(match: re.Match[str]) -> str:
    """ "what percentage falls on X": no fall, a part."""
    return "is of" if SHARED.search(match.string[: match.start()]) else match[0]


def used_through(match: re.Match[str]) -> str:
    """ "how many tokens did Web go through": used; "how much of it ran through Cursor" stays."""
    return match[0] if SHARED.search(match.string) else "used "


def concentrated(match: re.Match[str]) -> str:
    """ "how top-heavy is our usage": how concentrated, where no figure of it is named."""
    named = re.search(r"top (?:10|ten|decile|tenth)|tenth", match.string)
    return "" if named else "concentration of usage"


SETS = {"trio": 3, "duo": 2, "pair": 2, "quartet": 4, "quintet": 5}
RATES = {
    "agentic": "agent share", "from agents": "agent share", "accepted": "acceptance rate", "successful": "success rate",
    "reworked": "rework rate", "redone": "rework rate", "failed": "failure rate", "failing": "failure rate",
    "done by ai": "ai share", "handled by ai": "ai share",
}  # fmt: skip


def autonomy(match: re.Match[str]) -> str:
    """ "how autonomous is each workflow": the share of that name, where it is not named beside it."""
    return "" if "autonomy" in match.string else "autonomy share of"


def rated(match: re.Match[str]) -> str:
    """ "more than 60% of tokens were agentic": a threshold on the share of that name."""
    if (match["x"] == "items" and match["v"] == "accepted") or ("%" not in match["n"] and "percent" not in match["n"]):
        return match[0]
    return f"{RATES[match['v']]} {match['c']} {match['n']}"


def both_months(match: re.Match[str]) -> str:
    """ "over August and September": from the one to the other."""
    months = match["a"] in MONTHS and match["b"] in MONTHS
    return f"from {match['a']} to {match['b']}" if months else match[0]


def dotted_day(match: re.Match[str]) -> str:
    """ "05.11.": the fifth of November, where no amount can be meant."""
    day, month = int(match["d"]), int(match["m"])
    amount = re.search(r"[$€£%]|usd|dollar|euro|million|thousand|percent|(?:more|less|fewer) than", match.string)
    sure = bool(match["dot"]) or match["d"].startswith("0") or match["p"] in ("on", "since", "until", "till")
    if amount or not sure or not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    return f"{match['p']} {day} {_MONTH_NAMES[month - 1]}"


_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def one_series(match: re.Match[str]) -> str:
    """ "cumulative cost": the total, unless a running sum over a series is meant."""
    series = re.search(rf"(?:daily|weekly|monthly|quarterly|(?:by|per|each|every) {UNITS})(?: |$)", match.string)
    open_span = re.search(r"(?:^| )(?:since|to date|so far|until|till|ytd|qtd|mtd|through)(?: |$)", match.string)
    return "total" if open_span and not series else match[0]


def count_of(match: re.Match[str]) -> str:
    """ "distinct folks using X" counts them."""
    said = re.search(r"(?:how many|number of|count of|by|per|each)(?: \S+){0,2} ?$", match.string[: match.start()])
    return match[0] if said else f"number of {match['h']}"


def using(match: re.Match[str]) -> str:
    """ "contractors with at least one request", counted: those who used AI."""
    counted = re.search(r"(?:how many|number of|count of|distinct|unique)(?: |$)", match.string[: match.start()])
    return "using ai" if counted else match[0]
