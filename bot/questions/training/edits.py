"""What a follow-up changes of the labels before it ("team=Yield; need=noc"), or that it does not go with them."""

from __future__ import annotations

from bot.questions.periods import Calendar, previous
from bot.questions.reader.times import as_match
from bot.questions.training.notation import NAMED_PERIODS, Gold, days, gold_of, notation_of
from bot.questions.training.sets import AS_OF
from storage.catalogue import METRICS

OF_USAGE = ("tool", "provider", "model")
METRICS_OF_KIND = {
    "add": ("tokens", "cost", "requests", "output_tokens", "input_tokens", "cached_input_tokens", "fresh_tokens",
            "effective_tokens", "reasoning_tokens", "cache_write_tokens"),
    "work": ("items", "human_hours", "hours_offloaded", "offloadable_hours", "minutes_per_item", "ai_share",
             "autonomy_share", "success_rate", "rework_rate", "failure_rate"),
    "any": ("tokens", "cost", "requests", "tokens_per_employee", "cost_per_employee", "adoption_rate", "agent_share",
            "cache_share", "output_share", "acceptance_rate", "tokens_per_active_person", "cost_per_million_tokens",
            "requests_per_employee", "effective_tokens", "active_people", "output_tokens", "fresh_tokens",
            "active_days_per_person", "inactive_people"),
}  # fmt: skip
_SINGLE = ("team", "tool", "model", "provider", "location", "title", "person", "workflow")


def edited(base: Gold, edits: str, former: Gold | None = None) -> Gold | None:
    """The gold after a follow-up's edits; None where they do not go with it. "x" drops one."""
    fields: dict[str, str] = {}
    for said in notation_of(base).split("; "):
        key, _, value = said.partition("=")
        fields[key] = value
    changes = dict(change.strip().partition("=")[::2] for change in edits.split(";") if change.strip())
    if not all(has(base, need) for need in changes.pop("need", "").split(",") if need):
        return None
    for key, value in changes.items():
        if not _fits(key, value, fields) or not _set(key, value, fields, former):
            return None
    if "by" not in fields and "g" not in fields and {"o", "h", "l"} & fields.keys():
        return None
    return gold_of("; ".join(f"{key}={value}" if value else key for key, value in fields.items()))


def _set(key: str, value: str, fields: dict[str, str], former: Gold | None) -> bool:
    """One edit; False where it does not go."""
    if value == "x":
        fields.pop(key, None)
    elif value == "prev":
        fields["c"] = before(fields["p"])
    elif key in ("pair", "both"):
        return former is not None and _joined(key, value, fields, former)
    elif key.endswith("+"):
        if fields.get(key[:-1], "") in ("", value):
            return False
        fields[key[:-1]] += f"|{value}"
    else:
        fields[key] = NAMED_PERIODS.get(value, value) if key in ("p", "c") else value
    return True


def _joined(key: str, value: str, fields: dict[str, str], former: Gold) -> bool:
    """What this turn and the one before it name together: two periods compared, or two names side by side or summed."""
    if key == "pair":
        first, second = sorted((fields["p"], former.plain["p"]))
        if first == second or first.partition("..")[2] > second.partition("..")[2]:
            return False
        fields |= {"p": second, "c": first}
        return True
    kind = next(
        (name for name in ("team", "tool", "location", "model") if former.filters.get(name) and fields.get(name)), ""
    )
    if not kind or former.filters[kind] == (fields[kind],) or "|" in fields[kind]:
        return False
    names = f"{former.filters[kind][0]}|{fields[kind]}"
    if value == "sum":
        fields[kind] = names
    elif kind == "team":
        fields |= {"by": "team", "scopes": names}
        del fields[kind]
    else:
        fields |= {"by": kind, kind: names}
    return True


def before(text: str) -> str:
    """The period just before one."""
    calendar = Calendar(AS_OF, None, None)
    period = days(text)
    found = previous(as_match(period, calendar), calendar)
    return f"{found.start}..{found.end}" if found else text


def _fits(key: str, value: str, fields: dict[str, str]) -> bool:
    """Whether an edit makes sense after these fields: no name of what is listed, no list by what is filtered."""
    name = key.lstrip("!<")
    if key in ("pair", "both") or key.endswith("+"):
        return "c" not in fields and "by" not in fields and "g" not in fields and "scopes" not in fields
    if name in _SINGLE and value != "x":
        other = f"!{name}" if key == name else name
        listed = name in fields.get("by", "").split(",")
        return (
            not (listed and key == name)
            and other not in fields
            and not (name == "workflow" and name not in fields)
            and "scopes" not in fields
            and "share" not in fields
        )
    if key == "by" and value != "x":
        return (
            all(name not in fields and fields.get("by") != name for name in value.split(",")) and "scopes" not in fields
        )
    if key == "m":
        return fields.get("m") != value and not ({"share", "h", "avg"} & fields.keys()) and _same_rows(fields, value)
    return key != "g" or ("c" not in fields and "avg" not in fields)


def _same_rows(fields: dict[str, str], metric: str) -> bool:
    first = METRICS.get(fields.get("m", "").split(",")[0])
    other = METRICS.get(metric)
    if first is None or other is None:
        return False
    work = {"work" in str(metric.bases).lower() for metric in (first, other)}
    people = not any(fields.get("by", "").startswith(name) for name in (*OF_USAGE, "mode")) or other.additive
    return len(work) == 1 and people


def has(base: Gold, need: str) -> bool:
    """Whether a gold has what an edit needs."""
    return {
        "by": bool(base.groups),
        "noby": not base.groups and "g" not in base.plain,
        "one": len(base.groups) == 1,
        "add": all(name in METRICS and METRICS[name].additive for name in base.metrics),
        "filter": any(key in _SINGLE for key in base.filters),
        **{name: name in base.filters for name in _SINGLE},
        "noteam": "team" not in base.filters and "!team" not in base.filters,
        "noc": "c" not in base.plain,
        "c": "c" in base.plain,
        "noo": "o" not in base.plain and not base.thresholds,
        "o": "o" in base.plain,
        "noshare": "share" not in base.plain,
        "nog": "g" not in base.plain,
        "g": "g" in base.plain,
        "single": not base.groups and "g" not in base.plain and "share" not in base.plain,
        "work": base.metrics[0] in METRICS_OF_KIND["work"],
        "byteam": base.groups == ("team",) and "team" not in base.filters and "scopes" not in base.plain,
        "bytool": base.groups == ("tool",) and "tool" not in base.filters,
        "bylocation": base.groups == ("location",) and "location" not in base.filters,
        "bytitle": base.groups == ("title",) and "title" not in base.filters,
        "usage": base.metrics[0] in (*METRICS_OF_KIND["any"], *METRICS_OF_KIND["add"]),
    }[need]
