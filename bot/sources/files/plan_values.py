"""What the files of plans share: whose plan it is, and a month."""

from __future__ import annotations

import re
from datetime import date

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from storage.plan_records import PlanScope

MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(?:-[0-9]{2})?")
SPELLINGS = {"organization": "organisation", "company": "organisation", "org": "organisation", "all": "organisation"}


def scope_of(scope: str, name: str) -> tuple[PlanScope, str]:
    """Whose it is, with its name; the organisation's needs none."""
    said = scope.strip().lower()
    found = PlanScope(values.word(SPELLINGS.get(said, said), "scope", tuple(PlanScope), PlanScope.ORGANISATION))
    named = values.name(name, "name", needed=found is not PlanScope.ORGANISATION)
    return found, "" if found is PlanScope.ORGANISATION else named


def month_of(text: str, column: str = "month") -> date:
    """A month as its first day."""
    found = MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or found[1] < "2000":
        raise BadRow(f"{column} is {values.short(text)}, which is no month as YYYY-MM")
    return date(int(found[1]), int(found[2]), 1)
