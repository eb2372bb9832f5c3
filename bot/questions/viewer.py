"""From who asks and who reads along to what the store may let out: the people policy, applied."""

from __future__ import annotations

from bot.questions.answers.answer import Audience
from bot.settings import PeoplePolicy
from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.shown import Shown
from storage.names import Directory


def asking(
    email: str | None,
    operator: bool,
    policy: PeoplePolicy,
    min_group: int,
    directory: Directory,
    known: tuple[Shown, ...] = (),
    reclaims: frozenset[str] = frozenset(),
) -> Viewer:
    """The viewer for an answer that the asker alone reads; `known` is what they were answered lately, `reclaims` are
    the tools whose idle seats they may list by name."""
    if operator:
        return OPERATOR
    others = _others(email, policy, directory)
    return Viewer(email=email, others=others, min_group=min_group, known=known, reclaims=reclaims)


def reading_along(
    audience: Audience, policy: PeoplePolicy, min_group: int, known: tuple[Shown, ...] = ()
) -> Viewer | None:
    """The least privileged reader of a place; None where no figure may stand there at all."""
    if audience is Audience.OPEN:
        return None
    others = None if policy == "everyone" else frozenset[str]()
    return Viewer(email=None, others=others, min_group=min_group, known=known)


def _others(email: str | None, policy: PeoplePolicy, directory: Directory) -> frozenset[str] | None:
    if policy == "everyone":
        return None
    if policy != "managers" or email is None:
        return frozenset()
    reports: dict[str, list[str]] = {}
    for person in directory.people:
        reports.setdefault(person.manager, []).append(person.email)
    found: set[str] = set()
    open_ = [email]
    while open_:
        for report in reports.get(open_.pop(), ()):
            if report not in found:  # a circle of managers ends here
                found.add(report)
                open_.append(report)
    return frozenset(found - {email})
