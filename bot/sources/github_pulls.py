"""GitHub pull requests: those that were merged, and the reviews that others gave them.

Wire:     GET /orgs/{org}/repos, /repos/{owner}/{name}/pulls by last change, /pulls/{number}/reviews; by Link header
Item:     a merged pull request, on the day of the merge; a review that was submitted by somebody other than the author,
          on that day
Minutes:  none: the time from opening to merge is nobody's work
Reworked: a pull request for which somebody else asked for changes
Mode:     of a bot's pull request or review (type Bot, or a login that ends in [bot]) agent
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.sources.base import Asked, Http, Params, Report, SourceWithheld, Unmapped
from bot.sources.paging import linked
from bot.sources.values import count, inner, listed, required, text
from bot.sources.work_items import (
    REREAD_DAYS,
    NoItem,
    WorkItem,
    WorkPage,
    facts,
    instants,
    moment,
    words,
    workflow_of,
)
from storage.records import Restate, WorkRecord

PULL, REVIEW = "pull request", "review"
PAGE = 100
SECOND = timedelta(seconds=1)
UNREADABLE = (404, 451)  # gone since the list was made, or blocked
ORG = "FULCRUM_GITHUB_ORG"

Json = Mapping[str, Any]


def pages(asked: Asked) -> Iterator[WorkPage]:
    """The pull requests that changed since the first day, repository by repository, with the reviews that matter."""
    begin, end = instants(asked.period, asked.context)
    for repositories in _repositories(asked):
        for repository in repositories:
            path = f"/repos/{text(repository, 'full_name', needed=True)}/pulls"
            for pulls in _changed_since(asked.http, path, begin):
                pairs = [(pull, _reviews(asked, path, repository, pull, end)) for pull in pulls]
                yield WorkPage.of(asked, {"repository": repository, "pulls": pairs})


def translate(page: WorkPage) -> Iterator[WorkRecord | Unmapped]:
    """The facts of a page of one repository: its pull requests with their reviews."""
    repository = page.body["repository"]
    for pull, reviews in page.body["pulls"]:
        given = [review for review in reviews if _counts(review, pull)]
        yield from facts(page, [_pull(repository, pull, given)])
        yield from facts(page, (_review(repository, pull, review) for review in given))


def is_bot(user: Json) -> bool:
    """Whether a user of GitHub's is a bot, by its type or its login."""
    return user.get("type") == "Bot" or text(user, "login").endswith("[bot]")


def _pull(repository: Json, pull: Json, reviews: Sequence[Json]) -> WorkItem | NoItem:
    key = f"pull request {required(pull, 'id')}"
    if not required(pull, "merged_at"):
        return NoItem(key)
    return WorkItem(
        source="github",
        kind=PULL,
        key=key,
        done_at=moment(pull, "merged_at"),
        fields=_fields(repository, pull, inner(pull, "user")),
        reworked=any(review.get("state") == "CHANGES_REQUESTED" for review in reviews),
        by_bot=is_bot(inner(pull, "user")),
    )


def _review(repository: Json, pull: Json, review: Json) -> WorkItem:
    return WorkItem(
        source="github",
        kind=REVIEW,
        key=f"review {required(review, 'id')}",
        done_at=moment(review, "submitted_at"),
        fields=_fields(repository, pull, inner(review, "user")),
        by_bot=is_bot(inner(review, "user")),
    )


def _fields(repository: Json, pull: Json, user: Json) -> dict[str, tuple[str, ...]]:
    return {
        "repository": words(text(repository, "full_name"), text(repository, "name")),
        "label": words(*(text(label, "name") for label in listed(pull, "labels"))),
        "bot": words(text(user, "login")) if is_bot(user) else (),
    }


def _counts(review: Json, pull: Json) -> bool:
    """Whether it is a submitted review of somebody other than the author."""
    mine, theirs = inner(pull, "user"), inner(review, "user")
    same = bool(mine) and mine.get("login") == theirs.get("login")
    return bool(review.get("submitted_at")) and review.get("state") != "PENDING" and not same


def _repositories(asked: Asked) -> Iterator[Sequence[Json]]:
    """The pages of the organisation's repositories.

    Raises SourceWithheld where the token may not list them and no rule needs them: it may be for Copilot alone.
    """
    path = f"/orgs/{asked.settings[ORG]}/repos"
    query: Params = {"per_page": PAGE, "type": "all"}
    needed = any(rule.source == "github" for rule in asked.context.rules)
    listed = False
    for repositories in linked(asked.http, path, query, allowed=() if needed else (403, 404)):
        listed = True
        yield repositories
    if not listed:
        raise SourceWithheld("the token may not list the repositories, and no rule is about pull requests")


def _changed_since(http: Http, path: str, begin: datetime) -> Iterator[Sequence[Json]]:
    """The pages of a repository's pull requests, the last changed first, up to those that have not changed since."""
    query: Params = {"state": "all", "sort": "updated", "direction": "desc", "per_page": PAGE}
    newest, pages = begin, 0
    for pulls in linked(http, path, query, allowed=UNREADABLE):
        changed = [pull for pull in pulls if moment(pull, "updated_at") >= begin]
        newest = max([newest, *(moment(pull, "updated_at") for pull in changed[:1])])
        pages += 1
        yield changed
        if len(changed) < len(pulls):
            break
    if pages > 1:  # one that changed meanwhile has moved from the pages to come to those behind
        yield from _changed_since(http, path, newest + SECOND)


def _reviews(asked: Asked, path: str, repository: Json, pull: Json, end: datetime) -> list[Json]:
    """The reviews of a pull request, where a rule makes something of them: each costs a request."""
    rules = asked.context.rules
    merged = required(pull, "merged_at")
    item = _pull(repository, pull, ()) if merged and moment(pull, "merged_at") < end else None
    is_work = isinstance(item, WorkItem) and workflow_of(item, rules) != ""
    reviewed = any(rule.item == REVIEW and rule.source == "github" for rule in rules)
    if not is_work and not (reviewed and moment(pull, "created_at") < end):
        return []
    path = f"{path}/{count(pull, 'number', needed=True)}/reviews"
    given = linked(asked.http, path, {"per_page": PAGE}, allowed=UNREADABLE)
    return [review for reviews in given for review in reviews]


REPORT = Report(
    name="pull requests",
    rule=Restate.WHOLE_DAYS,
    pages=pages,
    translate=translate,
    facts="work",
    revised_days=REREAD_DAYS,
    feed=lambda settings: settings.get(ORG, ""),
    scope="read access to the repositories and their pull requests",
)
