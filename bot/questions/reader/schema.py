"""What the network decides: the heads of the whole message, the roles of each mention, the tag of each word."""

from __future__ import annotations

KEEP = "keep"  # in a thread: as in the query before
REFUSALS = ("clarify", "unsupported", "no_data")
STATUS = ("figures", "why", "normal", "peers", *REFUSALS, "told")
TOPICS = (
    "none", "hour", "event", "seniority", "demographic", "device", "language", "outcome", "size", "money", "project",
    "price_class", "seat", "budget", "forecast", "median", "habit", "weekday", "what_if", "noun", "attribute",
    "feature", "cause", "judgement", "fiscal", "name", "period", "metric", "person", "other",
)  # fmt: skip
TIME = ("one", "union", "found", "previous", "previous_whole", "year_ago", "kept_previous", "pair")
GRAINS = ("none", "day", "week", "month", "quarter", "auto")
AVERAGES = ("none", "day", "week", "month")
ORDERS = (
    "none", "desc", "asc", "desc:change", "asc:change", "desc:change_pct", "asc:change_pct", "desc:share", "asc:share",
)  # fmt: skip
SKIPS = ("0", "1", "2", "3", "4")
COLUMNS = ("value", "share", "change", "change_pct")
ZEROS = ("none", "lt:0", "gt:0", "le:0", "ge:0")  # thresholds without a number: "which fell", "nobody uses"
DIMENSIONS = (
    "team", "person", "title", "location", "kind", "tool", "provider", "model", "mode", "workflow", "activity",
)  # fmt: skip
NAMED = ("team", "person", "title", "location", "tool", "provider", "model", "workflow", "activity")
COMPOSITES = {  # the values of the language itself, as whole filters
    "kind": ("", "agent", "contractor", "employee", "contractor|employee", "!agent", "!contractor",
             "agent|contractor|employee", "agent|contractor", "agent|employee"),
    "mode": ("", "agent", "human", "assisted", "chat", "completion", "agent|assisted", "agent|human",
             "assisted|human", "agent|assisted|human", "agent|chat|completion", "agent|chat", "chat|completion",
             "agent|completion", "!agent", "!chat", "!completion"),
    "ledger": ("", "product", "workforce", "!product"),
}  # fmt: skip
KINDS = (*NAMED, "unknown", "clock", "period", "compare", "number")
NO_NAMES = ("unknown", "clock", "period", "compare", "number")
# A marker for each kind of mention, for one that may be none ("team?"), for a part of a longer one ("team~"), of
# several values ("team*"), of the context ("team<"): words of the encoder's vocabulary that it was never trained on.
MARKERS = tuple(f"{kind}{tail}" for kind in KINDS for tail in ("", "?", "~", "*", "<"))

NAME_ROLES = ("ignore", "in", "not_in", "below", "scope", "part", "over")
NUMBER_ROLES = ("ignore", "limit", "gt", "ge", "lt", "le", "skip")
THRESHOLDS = ("gt", "ge", "lt", "le")
PERIOD_ROLES = ("ignore", "main", "other")
TAGS = ("question", "aside", "condition")
# What the network says at each word piece, side by side.
SLICES = {"name": NAME_ROLES, "number": NUMBER_ROLES, "period": PERIOD_ROLES, "column": COLUMNS, "tag": TAGS}
WIDTH = sum(len(values) for values in SLICES.values())
KEPT = (
    "metric", "second", "per", "group", "group2", "grain", "average", "order", "skip", "share", "everyone",
    *(f"of_{name}" for name in COMPOSITES),
)  # fmt: skip


def offset(name: str) -> int:
    """Where a slice of the word's output begins."""
    names = list(SLICES)
    return sum(len(SLICES[other]) for other in names[: names.index(name)])


def family(kind: str) -> str:
    """The slice of a mention's roles."""
    return kind if kind in ("period", "number") else "name"


def heads(metrics: tuple[str, ...], summed: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The heads of the whole message by name, each with its classes; `summed` are the metrics a ratio may divide by."""
    plain: dict[str, tuple[str, ...]] = {
        "status": STATUS, "topic": TOPICS, "time": TIME, "grain": GRAINS, "average": AVERAGES, "order": ORDERS,
        "skip": SKIPS, "zero": ZEROS, "zero_column": COLUMNS, "share": ("no", "yes"), "part": ("no", "yes"),
        "everyone": ("no", "yes"), "first": ("no", "yes"), "personal": ("no", "yes"),
        "metric": metrics, "second": ("none", *metrics),
        "per": ("none", *summed), "group": ("none", *DIMENSIONS), "group2": ("none", *DIMENSIONS),
        **{f"of_{name}": values for name, values in COMPOSITES.items()},
    }  # fmt: skip
    return {name: (*values, KEEP) if name in KEPT else values for name, values in plain.items()}
