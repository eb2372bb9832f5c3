"""Invented organisations for the grammar's tests; their names collide with the words of the language on purpose."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from storage.names import Directory, PersonName, TeamName, WorkflowName

AS_OF = date(2026, 11, 18)


def _teams(*rows: tuple[str, str, str]) -> tuple[TeamName, ...]:
    return tuple(
        TeamName(number, name, parent, tuple(filter(None, aliases.split("|"))))
        for number, (name, parent, aliases) in enumerate(rows, 1)
    )


def _people(domain: str, *rows: tuple[str, str, str]) -> tuple[PersonName, ...]:
    out = []
    for number, (name, team, kind) in enumerate(rows, 1):
        local = "".join(char for char in name.casefold().replace(" ", ".") if char.isascii() and char not in "'")
        out.append(PersonName(number, f"{local}@{domain}", name, kind, (team,), ""))
    return tuple(out)


def _directory(
    teams: tuple[TeamName, ...],
    people: tuple[PersonName, ...],
    workflows: tuple[tuple[str, str, str], ...],
    first: date,
    **values: str,
) -> Directory:
    names = {dimension: tuple(sorted(text.split("|"))) for dimension, text in values.items()}
    return Directory(
        workspace_id=1,
        revision=1,
        teams=teams,
        people=people,
        workflows=tuple(WorkflowName(*workflow) for workflow in workflows),
        values=names
        | {"mode": ("agent", "chat", "completion"), "kind": ("agent", "contractor", "employee")}
        | {"activity": tuple(sorted({workflow[2] for workflow in workflows}))},
        usage=(first, AS_OF),
        work=(first, AS_OF),
    )


def harbourline() -> Directory:
    """A shipping company."""
    return _directory(
        _teams(
            ("Operations", "", "ops"),
            ("Dispatch", "Operations", ""),
            ("Fleet", "Operations", "vessels"),
            ("Customs", "Operations", "CU"),
            ("Technology", "", "tech|IT"),
            ("Growth", "Technology", ""),
            ("Core Systems", "Technology", "core"),
            ("Data Science", "Technology", "DS"),
            ("Commercial", "", ""),
            ("Key Accounts", "Commercial", "KA"),
            ("Partnerships", "Commercial", ""),
            ("Care", "", "helpdesk|CS"),
            ("Finance & Control", "", "FinCon"),
            ("Legal Affairs", "", ""),
        ),
        _people(
            "harbour.example",
            ("Will Anderson", "Growth", "employee"),
            ("April Jensen", "Care", "employee"),
            ("Ingrid Solheim", "Dispatch", "employee"),
            ("Sanne de Vries", "Fleet", "employee"),
            ("Sanne Bakker", "Customs", "contractor"),
            ("Tariq Aziz", "Core Systems", "employee"),
            ("Mark Dekker", "Data Science", "employee"),
            ("Joan O'Neill", "Key Accounts", "employee"),
            ("Lukas Nowak", "Growth", "contractor"),
            ("Petra Vos", "Technology", "employee"),
            ("route-bot", "Dispatch", "agent"),
            ("reply-agent", "Care", "agent"),
        ),
        (
            ("invoice matching", "Finance & Control", "reconciliation"),
            ("top-up review", "Care", "review"),
            ("claims review", "Legal Affairs", "review"),
            ("route planning", "Dispatch", "analysis"),
            ("customs declaration", "Customs", "generation"),
            ("release notes", "Growth", "generation"),
            ("ticket replies", "Care", "generation"),
        ),
        date(2026, 2, 2),
        tool="mode|windsurf|claude_code|chatgpt_enterprise|amazon_q|zed",
        provider="anthropic|openai|aws|zed|codeium",
        model="claude-opus-4-5|claude-sonnet-4-5|gpt-5.2|gpt-5.2-mini|nova-pro|llama-4-maverick",
        title="Share Manager|Care Agent|Dispatcher|Senior Dispatcher|Data Scientist|Fleet Planner|Agent",
        location="May|Rotterdam|Singapore|Remote",
    )


def juniper() -> Directory:
    """A health software company."""
    return _directory(
        _teams(
            ("Clinical", "", ""),
            ("Cardiology Apps", "Clinical", "cardio"),
            ("Radiology AI", "Clinical", "radiology"),
            ("Product", "", ""),
            ("Web", "Product", "frontend"),
            ("iOS", "Product", ""),
            ("Android", "Product", ""),
            ("People & Culture", "", "HR|people ops"),
            ("Trust and Safety", "", "T&S"),
            ("Revenue Operations", "", "RevOps"),
            ("Site Reliability", "", "SRE"),
        ),
        _people(
            "juniper.example",
            ("Noor Haddad", "Web", "employee"),
            ("Noor Castillo", "iOS", "employee"),
            ("Elif Demir", "Android", "employee"),
            ("Jakub Wolski", "Site Reliability", "contractor"),
            ("Maya Lindqvist", "Radiology AI", "employee"),
            ("Theo Brandt", "Product", "employee"),
            ("Grace Okoye", "Trust and Safety", "employee"),
            ("Grace Okoye-Smith", "Revenue Operations", "contractor"),
            ("triage-bot", "Clinical", "agent"),
        ),
        (
            ("chart summarising", "Cardiology Apps", "synthesis"),
            ("image labelling", "Radiology AI", "generation"),
            ("bug triage", "Web", "analysis"),
            ("policy review", "Trust and Safety", "review"),
            ("incident response", "Site Reliability", "analysis"),
            ("quote drafting", "Revenue Operations", "generation"),
            ("regression testing", "Android", "review"),
        ),
        date(2026, 4, 6),
        tool="cursor|github_copilot|gemini_enterprise|notion_ai|codex",
        provider="openai|google|github|cursor|notion",
        model="gpt-5|gpt-5-mini|gemini-3-pro|gemini-3-flash|o4",
        title="Software Engineer|Senior Software Engineer|Clinical Lead|Product Manager|Recruiter|SRE|Agent",
        location="Vienna|Austin|Remote|Gdańsk",
    )


def calder() -> Directory:
    """A power company."""
    return _directory(
        _teams(
            ("Networks", "", "grid"),
            ("Substations", "Networks", "subs"),
            ("Cable Works", "Networks", ""),
            ("Metering", "Networks", "MTR"),
            ("Generation", "", "gen"),
            ("Hydro", "Generation", ""),
            ("Wind", "Generation", ""),
            ("Customer Service", "", "CX|contact centre"),
            ("Billing", "Customer Service", ""),
            ("Field Support", "Customer Service", "fs"),
            ("Group Finance", "", "fin"),
            ("Cost Planning", "Group Finance", ""),
            ("Legal", "", ""),
        ),
        _people(
            "calder.example",
            ("Agnes Holt", "Substations", "employee"),
            ("Bruno Keller", "Hydro", "employee"),
            ("Chloe Martin", "Billing", "employee"),
            ("Martin Reyes", "Legal", "contractor"),
            ("Dana Whitlock", "Metering", "employee"),
            ("Femi Adeyemi", "Cost Planning", "employee"),
            ("outage-bot", "Networks", "agent"),
        ),
        (
            ("outage notices", "Field Support", "generation"),
            ("meter reading checks", "Metering", "analysis"),
            ("tariff review", "Cost Planning", "review"),
            ("contract review", "Legal", "review"),
            ("bill explanations", "Billing", "generation"),
        ),
        date(2026, 1, 5),
        tool="cursor|copilot|chatgpt|claude_code",
        provider="openai|anthropic|github",
        model="gpt-5.1|gpt-5.1-mini|claude-sonnet-4-5|claude-haiku-4-5",
        title="Grid Engineer|Control Room Operator|Analyst|Account Manager|Counsel",
        location="Oslo|Bergen|Remote|Leeds",
    )


def verdant() -> Directory:
    """A food company."""
    return _directory(
        _teams(
            ("Supply Chain", "", ""),
            ("Procurement", "Supply Chain", "buying"),
            ("Warehousing", "Supply Chain", ""),
            ("Retail", "", ""),
            ("Stores North", "Retail", ""),
            ("Stores South", "Retail", ""),
            ("Digital", "", ""),
            ("Web Shop", "Digital", "shop"),
            ("Loyalty App", "Digital", ""),
            ("Platform Engineering", "Digital", "PE"),
            ("Marketing", "", "brand"),
            ("Quality", "", "QA"),
            ("Treasury", "", ""),
        ),
        _people(
            "verdant.example",
            ("Bea Lindholm", "Web Shop", "employee"),
            ("Tom Harris", "Retail", "employee"),
            ("Tom Okafor", "Quality", "employee"),
            ("Ana Sousa", "Marketing", "contractor"),
            ("shelf-bot", "Warehousing", "agent"),
            ("label-bot", "Quality", "agent"),
        ),
        (
            ("recipe labelling", "Quality", "generation"),
            ("supplier audit", "Procurement", "review"),
            ("price audit", "Treasury", "review"),
            ("promo copy", "Marketing", "generation"),
            ("shelf planning", "Warehousing", "analysis"),
            ("refund handling", "Web Shop", "generation"),
        ),
        date(2026, 3, 2),
        tool="copilot_studio|cursor|gemini|perplexity|claude",
        provider="anthropic|openai|google|microsoft|perplexity",
        model="gpt-5.1|claude-haiku-4-5|gemini-2.5-flash|sonar-large",
        title="Store Manager|Buyer|Developer|Quality Analyst|Agent",
        location="Leeds|Porto|Kraków",
    )


def examined(file: Path) -> Directory:
    """One that somebody else invented, as JSON: teams, people, workflows and the values of the other dimensions."""
    data = json.loads(file.read_text("utf-8"))
    return _directory(
        _teams(*(tuple(team) for team in data["teams"])),
        _people(data["domain"], *(tuple(person) for person in data["people"])),
        tuple(tuple(workflow) for workflow in data["workflows"]),
        date(2026, 2, 2),
        **{dimension: data[dimension] for dimension in ("tool", "provider", "model", "title", "location")},
    )
