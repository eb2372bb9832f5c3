"""Patterns over a tagged sentence, written with small names in angle brackets instead of raw regexes."""

from __future__ import annotations

import re
from functools import lru_cache

# Families of words that many rules share.
FAMILIES = {
    "be": "is|are|was|were|be|been|being|am|'s|got|gets|get",
    "do": "do|does|did|done|doing|has|have|had",
    "det": (
        "the|a|an|our|their|its|his|her|my|your|this|that|these|those|all|all the|all of|all our|each|every|some|"
        "any|of|us"
    ),
    "head": (
        "employee|employees|head|heads|person|persons|capita|capital|fte|ftes|people|colleague|staff|staffer|body|"
        "member|human|individual|worker|staff member|team member|member of staff|headcount|full-time employee|soul|"
        "nose|employed person"
    ),
    "active": "active|using|participating|engaged",
    "user": "user|users|active|actives|dau|mau|wau",
    "use": (
        "use|uses|used|using|consume|consumes|consumed|consuming|touch|touches|touched|touching|try|tried|tries|"
        "utilise|utilised|utilises|utilize|utilized|adopt|adopts|adopted|adopting|open|opened|on|work with|"
        "works with|"
        "worked with|play with|played with|rely on|relied on|turn to|turned to|log into|logged into|employ|employed"
    ),
    "sharenoun": (
        "share|shares|slice|slices|part|parts|portion|portions|proportion|proportions|percent|fraction|fractions|"
        "chunk|piece|weight|cut|stake|contribution|percent share|percent part"
    ),
    "exc": (
        "except|except for|excepting|excluding|exclude|excludes|without|without counting|not counting|not including|"
        "leaving out|leave out|leave|leaving|other than|besides|beside|apart from|aside from|bar|barring|minus|less|"
        "ignoring|ignore|omitting|omit|dropping|drop|skip|skipping|not|but not|but no|no|non|all but|sans|hide|"
        "hiding|strip out|"
        "with the exception of|take out|taking out|remove|removing|filter out|filtering out|outside|outside of"
    ),
    "only": (
        "only|just|solely|exclusively|purely|limited to|restricted to|restrict to|limit to|nothing but|"
        "specifically"
    ),
    "vs": (
        "versus|compared to|compared with|compared against|compare to|compare with|against|relative to|as opposed to|"
        "in comparison to|in comparison with|next to|beside|alongside|up against|set against|or"
    ),
    "up": (
        "most|highest|biggest|largest|heaviest|greatest|busiest|priciest|costliest|max|maximum|peak|steepest|"
        "strongest|thirstiest|greediest|beefiest|bulkiest|hottest|loudest|chattiest|fattest|fiercest|"
        "hungriest|most expensive|keenest|top|leading|longest|record(?= (?:day|week|month|quarter|year|high))|bulk|"
        "heavy|intensive|main|dearest|fullest|"
        "most costly|most active|most intensive"
    ),
    "down": (
        "least|lowest|smallest|fewest|lightest|cheapest|min|minimum|quietest|weakest|bottom|tiniest|slowest|shortest|"
        "least expensive|calmest|stingiest|thriftiest|leanest|slimmest|skimpiest|faintest|thinnest|"
        "lowliest|least active|least costly|poorest"
    ),
    "grow": (
        "grow|grows|grew|grown|growing|expand|expanded|expanding|accelerate|accelerated|multiplied"
    ),
    "rise": (
        "rise|rises|rose|risen|rising|increase|increased|increases|increasing|gain|gained|gains|add|added(?! up)|"
        "adds(?! up)|adding(?! up)|"
        "climb|climbed|climbs|climbing|raised|boosted|jump|jumped|jumps|jumping|surge|surged|soar|soared|improve|improved|"
        "improves|improving|"
        "go up|goes up|went up|gone up|spike|spiked|shot up|picked up|creep up|creeps up|crept up|creeping up|edged up|"
        "inched up|ticked up|trended up|ballooned|skyrocketed|rocketed|mushroomed|exploded|swelled|swollen"
    ),
    "fall": (
        "fall|falls|fell|fallen|falling|drop|dropped|drops|dropping|decline|declined|declines|declining|decrease|"
        "decreased|decreases|decreasing|shrink|shrank|shrunk|shrinking|lose|lost|losing|dip|dipped|reduce|reduced|"
        "reduces|reducing|trim|trimmed|trims|sink|sank(?! into)|sinking|slash|slashed|"
        "lowered|cut back|cut down|scaled back|scaled down|shaved|curb|curbed|shed|"
        "go down|goes down|went down|gone down|come down|came down|worsen|worsened|slip|slipped|plunge|plunged|"
        "crept down|edged down|ticked down|trended down|tumbled|tanked|nosedived|cratered|collapsed|dwindled|"
        "diminished|"
        "receded|tailed off|fell off|fell away|dropped off|eased off"
    ),
    "growth": "growth|growth rate|expansion",
    "gain": "increase|increases|rise|jump|gain|gains|climb|surge|uptick|upswing|improvement|improvements|spike",
    "loss": "drop|drops|fall|decrease|decreases|decline|declines|dip|reduction|loss|shrinkage|slump|downturn",
    "change": (
        "change|changes|changed|changing|move|moved|moves|moving|shift|shifted|shifts|delta|difference|"
        "differ|differed|"
        "vary|varied|variation|variance|swing|swung|movement|evolve|evolved"
    ),
    "than": "than|then",
    "gt": (
        "above|over|more than|greater than|higher than|bigger than|larger than|exceeding|exceed|exceeds|"
        "exceeded|beyond|"
        "north of|in excess of|upwards of|topping|topped|past|went over|goes over|went past|went above|surpassing|"
        "surpassed|longer than|better than|>|went beyond|passed|crossing|crossed|greater then|more then|"
        "superior to|blew past|blow past|blown past|blew through|blow through|blown through|shot past|sailed past|"
        "breached|eclipsed|surpass|burst through|broke through|cracked|cleared|upward of|to the north of"
    ),
    "ge": (
        "at or above|at or over|equal to or above|equal or above|no lower than|not below|not under|at least|no "
        "less than|no fewer than|not less than|not fewer than|minimum|minimum of|a minimum of|min|"
        ">=|≥|reached|reaching|hit|hitting"
    ),
    "lt": (
        "below|under|less than|fewer than|lower than|smaller than|beneath|short of|south of|<|not reaching|"
        "worse than|"
        "not even|cheaper than|shorter than|less then|fewer then|lower then|inferior to"
    ),
    "le": (
        "at or below|at or under|equal to or below|no higher than|at most|no more than|not more than|up to|maximum|"
        "maximum of|a maximum of|max|<=|≤|not over|not above|"
        "not exceeding|at the most"
    ),
    "politely": "please|thanks|thx|cheers|ok|okay",
}  # fmt: skip

_NAME = re.compile(r"(?<!\?P)<(\w+)(?:=([\w|]+))?(?::(\w+))?>")
TAG_KINDS = "MDETGNHO"


def _expand(match: re.Match[str]) -> str:
    name, only, group = match.groups()
    if name in TAG_KINDS:
        body = rf"{name}\.(?:{only})\.\d+" if only else rf"{name}\.[^ ]+"
    elif name == "w":
        body = r"[^ ]+"
    else:
        body = FAMILIES[name]
    return f"(?P<{group}>{body})" if group else f"(?:{body})"


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern over items joined by spaces; `<M>` is a metric, `<E=team>` a team, `<up>` a family of words.

    It begins and ends where items do.
    """
    return re.compile(rf"(?<!\S)(?:{_NAME.sub(_expand, pattern)})(?:(?!\S)|(?<=\s))")
