"""Who reads, whose own figures they may see, and how large a group must be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from storage.answer.shown import Shown
from storage.errors import Denied
from storage.query import Op, Query

SMALLEST_GROUP = 5
FEWEST_USERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who reads the figures.

    operator  the command line on the machine that holds the store: sees all
    email     the reader, None for any member of the workspace
    others    e-mails of other people whose figures the policy shows; None: everyone's
    known     what the reader was answered lately, or the channel that reads along
    reclaims  tools whose idle seats the reader may list by name
    """

    operator: bool = False
    email: str | None = None
    others: frozenset[str] | None = frozenset()
    min_group: int = SMALLEST_GROUP
    known: tuple[Shown, ...] = ()
    reclaims: frozenset[str] = frozenset()

    def may_see(self, email: str) -> bool:
        """Whether this person's own figures may be shown."""
        return self.operator or self.others is None or email == self.email or email in self.others


OPERATOR = Viewer(operator=True)


def check_named(query: Query, viewer: Viewer) -> None:
    """Raise Denied where the query names somebody whose figures the viewer may not see, known or not."""
    # Everyone but somebody tells of that one, too.
    named = [email for condition in query.filters if condition.dimension == "person" for email in condition.values]
    if not all(map(viewer.may_see, named)):
        raise Denied("person")


def check_listed(query: Query, viewer: Viewer, in_scope: Iterable[str]) -> None:
    """Raise Denied where the query lists people, and one of those that its filters keep is hidden from the viewer."""
    if not all(map(viewer.may_see, in_scope)):
        raise Denied("ranking" if query.order else "people")


def is_personal(query: Query, viewer: Viewer) -> bool:
    """Whether the query is only about people whose own figures the viewer may see, so that no group rule applies."""
    named = query.filter_on("person")
    return "person" in query.group_by or bool(named and named.op is Op.IN and all(map(viewer.may_see, named.values)))


class Rule(NamedTuple):
    """The smallest group that is shown, and the fewest people with usage in it where it has any."""

    members: int
    users: int = 0

    def hides(self, members: int, users: int) -> bool:
        """Whether a group of so many members, so many of them with usage, may not be shown."""
        return members < self.members or 0 < users < self.users
