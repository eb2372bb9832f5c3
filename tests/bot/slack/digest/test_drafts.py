"""A made digest as messages for the outbox."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.digest.schedule import Due
from bot.digest.value import Digest, DigestState
from bot.digest.week import parse_week
from bot.questions.answers.answer import Answer, Audience, Status
from bot.slack.digest.drafts import MadeDigest, completed, drafts, notes_of, silent
from storage.keep import outbox
from storage.keep.digests import MADE, Issued, Subscribed
from tests.bot.digest.company import Company
from tests.bot.slack.digest.workers import DUE, WEEK, Office


def test_a_correction_is_named_in_the_next_digest_and_in_the_old_ones_thread(office: Office) -> None:
    office.subscribe()
    office.at(DUE)
    Company(
        weeks=22,
        teams={"Build": 9, "Care": 7},
        with_work=False,
        factor=lambda team, person, week: 1.5 if week == 15 else 1.0,
    ).save(office.writing)

    office.at(DUE + WEEK, 1)
    old = office.slack.posted("C1")[0]["ts"]
    in_thread = [message["text"] for message in office.slack.posted("C1") if message.get("thread_ts") == old]
    office.at(DUE + 2 * WEEK, 1)

    assert "Correction to W12: tokens per employee" in office.top()[1]
    assert [text for text in in_thread if "Correction to W12" in text] != []
    assert "Correction" not in office.top()[2]


WEEK_46 = parse_week("2026-W46")
SUBSCRIPTION = Subscribed(
    id=7,
    slack_team="T1",
    channel="C1",
    team="",
    owner="UANA",
    email="ana@x.example",
    weekday=2,
    minute=540,
    zone="Europe/Berlin",
    parts=(),
    since=datetime(2026, 1, 1, tzinfo=UTC),
)


def digest(**more: Any) -> Digest:
    plain = Digest(
        week=WEEK_46,
        team=None,
        state=DigestState.NORMAL,
        value=5.0,
        usual=None,
        weeks=12,
        confidence="high",
        coverage=1.0,
        text="W46: a normal week. Fine.",
        details=(Answer(status=Status.ANSWERED, text="More."),),
    )
    return replace(plain, **more)


def made(**more: Any) -> MadeDigest:
    fields: dict[str, Any] = {"week": WEEK_46, "audience": Audience.MEMBERS, "digest": digest()}
    return MadeDigest(**(fields | more))


def test_the_top_comes_first_and_what_stands_below_hangs_on_it() -> None:
    first, second = drafts(SUBSCRIPTION, made())

    assert (first.parent, second.parent) == ("", first.key)
    assert second.key == f"{first.key}/0"
    assert first.message["audience"] == "members"
    assert "shows it to you alone" in first.message["closed"]
    assert json.loads(json.dumps(first.message)) == first.message


def test_where_no_figure_may_stand_the_words_alone_go_out() -> None:
    (only,) = drafts(SUBSCRIPTION, made(digest=None, notes=("Late.",)))

    assert only.message["text"].endswith("shows it to you alone. Late.")


def test_a_completed_one_edits_the_first_and_says_below_what_is_new() -> None:
    past = Issued(
        id=1, week="2026-W46", outcome=MADE, figures={}, message_state=outbox.SENT, value={"state": "incomplete"}
    )

    edit, note, detail = completed(SUBSCRIPTION, made(), past)

    assert edit.message["edits"]
    assert edit.key.endswith("/complete")
    assert (note.parent, detail.parent) == (edit.key, edit.key)
    assert "data incomplete → a normal week" in note.message["text"]
    assert list(completed(SUBSCRIPTION, made(digest=None), past)) == []


def test_where_no_source_brought_anything_its_owner_alone_is_told() -> None:
    told = silent(SUBSCRIPTION, WEEK_46)

    assert (told.channel, told.key) == ("UANA", "silent:7:2026-W46")


def test_notes_say_that_it_is_late_and_which_before_it_may_be_lost() -> None:
    late = Due(WEEK_46, datetime(2026, 11, 17, 8, tzinfo=UTC), skip=False, late=True)
    states = [
        ("2026-W45", outbox.FAILED),
        ("2026-W44", outbox.UNCLEAR),
        ("2026-W43", outbox.SENT),
        ("2026-W42", outbox.FAILED),
    ]
    earlier = [Issued(id=1, week=week, outcome=MADE, figures={}, message_state=state) for week, state in states]

    assert notes_of(late, earlier, "Europe/Berlin") == (
        "Late: it was due on Tuesday at 09:00.",
        "The digests of W44, W45 may not have come.",
    )
    assert notes_of(replace(late, late=False), [], "UTC") == ()


def test_what_is_kept_holds_the_digest_without_its_thread() -> None:
    kept = made(offer="?", notes=("Late.",)).kept()

    assert "details" not in kept
    assert (kept["state"], kept["offered"], kept["notes"]) == ("normal", True, ["Late."])
    assert made(digest=None).kept() == {}
