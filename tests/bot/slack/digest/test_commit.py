"""What was planned for a digest, written down in one transaction: claimed once, its messages in the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.digest.schedule import Due
from bot.digest.value import Digest, DigestState
from bot.digest.week import Week, parse_week
from bot.questions.answers.answer import Audience
from bot.slack.digest.commit import commit, commit_completion, skip
from bot.slack.digest.drafts import MadeDigest
from bot.slack.digest.plan import Completion, Gone, Planned, Silent
from storage.keep import digests, outbox
from storage.keep.digests import PAUSED, Issued, Subscribed
from tests.bot.slack.digest.workers import Office

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
WEEK = parse_week("2026-W46")
DIGEST = Digest(
    week=WEEK,
    team=None,
    state=DigestState.INCOMPLETE,
    value=None,
    usual=None,
    weeks=12,
    confidence="low",
    coverage=1.0,
    text="W46: data incomplete. Wait.",
    figures={"tokens_per_employee": None},
)
MADE = MadeDigest(week=WEEK, audience=Audience.MEMBERS, digest=DIGEST)


def due(week: Week = WEEK) -> Due:
    return Due(week, NOW, skip=False, late=False)


def subscription(office: Office) -> Subscribed:
    id_ = office.subscribe()
    with office.reading.connect() as connection:
        found = digests.find(connection, id_)
    assert found is not None
    return found


def issued(office: Office, wanted: Subscribed) -> list[Issued]:
    with office.reading.connect() as connection:
        return list(digests.issues(connection, wanted.id))


def test_a_week_is_taken_once_with_its_figures_and_its_messages(office: Office) -> None:
    wanted = subscription(office)
    planned = Planned(due(), MADE, ())

    assert commit(office.writing, office.workspace_id, wanted, planned, NOW)
    assert not commit(office.writing, office.workspace_id, wanted, planned, NOW)

    (kept,) = issued(office, wanted)
    assert (kept.week, kept.outcome, kept.figures) == ("2026-W46", digests.MADE, {"tokens_per_employee": None})
    assert office.message_states() == {outbox.WAITING: 1}


def test_a_week_left_out_is_settled_too(office: Office) -> None:
    wanted = subscription(office)

    assert skip(office.writing, office.workspace_id, wanted, due(), NOW)
    assert not commit(office.writing, office.workspace_id, wanted, Planned(due(), MADE, ()), NOW)
    assert [kept.outcome for kept in issued(office, wanted)] == [digests.SKIPPED]


def test_who_is_gone_is_stopped_and_a_silent_week_told_to_the_owner_without_taking_it(office: Office) -> None:
    wanted = subscription(office)

    assert not commit(office.writing, office.workspace_id, wanted, Silent(WEEK), NOW)
    assert (office.message_states(), issued(office, wanted)) == ({outbox.WAITING: 1}, [])

    assert not commit(office.writing, office.workspace_id, wanted, Gone("no_team"), NOW)
    assert office.state(wanted.id) == (PAUSED, "no_team")


def test_a_completion_is_written_down_once_and_its_figures_replace_the_old_ones(office: Office) -> None:
    wanted = subscription(office)
    commit(office.writing, office.workspace_id, wanted, Planned(due(), MADE, ()), NOW)
    (past,) = issued(office, wanted)
    whole = replace(DIGEST, state=DigestState.NORMAL, value=5.0, figures={"tokens_per_employee": 5.0})
    completion = Completion(replace(MADE, digest=whole), past)

    assert commit_completion(office.writing, office.workspace_id, wanted, completion, NOW)
    assert not commit_completion(office.writing, office.workspace_id, wanted, completion, NOW)

    (kept,) = issued(office, wanted)
    assert kept.figures == {"tokens_per_employee": 5.0}
    assert kept.value["state"] == "normal"
    assert office.message_states() == {outbox.WAITING: 3}  # the first, its edit, and what is new


def test_guests_who_came_in_meanwhile_leave_it_as_it_is(office: Office) -> None:
    wanted = subscription(office)
    commit(office.writing, office.workspace_id, wanted, Planned(due(), MADE, ()), NOW)
    (past,) = issued(office, wanted)

    closed = Completion(replace(MADE, digest=None), past)
    assert not commit_completion(office.writing, office.workspace_id, wanted, closed, NOW)

    assert issued(office, wanted)[0].value["left"]
    assert office.message_states() == {outbox.WAITING: 1}
