"""The read-only views that BI tools ask: names and dates in place of numbers, and nobody by name.

They are made again with every migration, since a table that is copied must not have a view on it.
"""

from __future__ import annotations

from sqlalchemy import Connection

_SUMS = ("requests", "input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens")
_COUNTS = (*_SUMS, "suggested", "accepted")
_OF_USE = "s.tool, s.provider, s.model, s.mode, s.workflow, s.ledger, u.currency, u.cost_kind"
_USAGE = f"""
SELECT w.id AS workspace_id, w.name AS workspace,
    {{u.day}} AS day, coalesce(t.name, '(none)') AS team, coalesce(p.kind, '(none)') AS kind,
    {_OF_USE}, {", ".join(f"sum(u.{name}) AS {name}" for name in _COUNTS)},
    sum(u.cost_nano) / 1000000000.0 AS cost, sum(u.list_nano) / 1000000000.0 AS list_value,
    sum(u.unpriced_tokens) AS unpriced_tokens
FROM usage_daily u
JOIN workspace w ON w.id = u.workspace_id
JOIN stream s ON s.id = u.stream_id
LEFT JOIN spell p ON p.id = u.spell_id
LEFT JOIN team t ON t.id = p.team_id
GROUP BY w.id, w.name, u.day, t.name, p.kind, {_OF_USE}
"""
# `{column}` is a day, which becomes a date of the database.
VIEWS = {
    "bi_usage": _USAGE,
    "bi_roster": """
SELECT w.id AS workspace_id, w.name AS workspace,
    t.name AS team, p.kind, p.title, p.location, {p.start_day} AS first_day,
    CASE WHEN p.end_day < 2932896 THEN {p.end_day} END AS last_day, count(*) AS people
FROM spell p
JOIN workspace w ON w.id = p.workspace_id
JOIN team t ON t.id = p.team_id
GROUP BY w.id, w.name, t.name, p.kind, p.title, p.location, p.start_day, p.end_day
""",
    "bi_work": """
SELECT w.id AS workspace_id, w.name AS workspace,
    {d.day} AS day, d.workflow, coalesce(t.name, '(none)') AS team,
    coalesce(f.activity, '') AS activity, coalesce(f.stage, '') AS stage, d.mode, d.items, d.timed_items,
    d.human_ms / 60000.0 AS human_minutes, d.accepted, d.reworked, d.failed
FROM work_daily d
JOIN workspace w ON w.id = d.workspace_id
LEFT JOIN workflow f ON f.workspace_id = d.workspace_id AND f.name = d.workflow
LEFT JOIN team t ON t.id = f.team_id
""",
    "bi_teams": """
SELECT w.id AS workspace_id, w.name AS workspace,
    t.name AS team, above.name AS parent
FROM team t
JOIN workspace w ON w.id = t.workspace_id
LEFT JOIN team above ON above.id = t.parent_id
""",
}
MEANING = {
    "bi_usage": (
        "Usage a day, team (direct members) and kind of its people, tool, provider, model, mode, workflow, ledger, "
        "currency and kind of cost. Empty counts are not reported. Cost is 0 where a seat covers the use."
    ),
    "bi_roster": "How many people of a team, kind, title and location are employed from one day to another.",
    "bi_work": "Items of work a day, workflow and mode; human_minutes are those of timed_items.",
    "bi_teams": "Each team with the team above it.",
}
_DAYS = ("u.day", "d.day", "p.start_day", "p.end_day")


def drop_views(connection: Connection) -> None:
    """Take the views away, where they are."""
    for name in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def make_views(connection: Connection) -> None:
    """Make the views anew."""
    drop_views(connection)
    sqlite = connection.dialect.name == "sqlite"
    for name, select in VIEWS.items():
        for column in _DAYS:
            day = f"date({column} * 86400, 'unixepoch')" if sqlite else f"(DATE '1970-01-01' + {column})"
            select = select.replace(f"{{{column}}}", day)
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {select}")
