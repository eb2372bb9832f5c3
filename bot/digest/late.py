"""Digests posted before all data were there: which they are, and what they say otherwise once the data have come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.digest.gather import HEADLINE, RESTATED
from bot.digest.text import correction_line, restated_words
from bot.digest.value import Correction, Digest, DigestState
from bot.digest.week import parse_week
from storage.catalogue import metric
from storage.keep import outbox
from storage.keep.digests import Issued

COMPLETE, FINAL = "complete", "final"  # what a digest becomes: with all data, or with none that may still move
PROVISIONAL, NOTES = "provisional", "notes"  # in a kept digest: its figures may move, what its sender said in it
LEFT = "left"  # and that it stays as it is
NOW_SAID = {COMPLETE: "Complete now: some data came late.", FINAL: "Final now."}
STATES = {
    DigestState.NORMAL: "a normal week",
    DigestState.CHANGED: "a real change",
    DigestState.FORMING: "baseline forming",
    DigestState.INCOMPLETE: "data incomplete",
}


def is_open(past: Issued) -> bool:
    """Whether a digest stands in Slack that was made before all data were there."""
    unfinished = past.value.get("state") == DigestState.INCOMPLETE.value or past.value.get(PROVISIONAL)
    return past.message_state == outbox.SENT and bool(unfinished) and not past.value.get(LEFT)


def stage(past: Issued) -> str:
    """What is done to it next; each is done once."""
    return COMPLETE if past.value.get("state") == DigestState.INCOMPLETE.value else FINAL


def said_before(past: Issued) -> list[str]:
    """What stands in it beside the week itself, to be said again in its place."""
    corrections = [
        Correction(week=parse_week(kept["week"]), metric=kept["metric"], old=kept["old"], new=kept["new"])
        for kept in past.value.get("corrections", ())
    ]
    return [*past.value.get(NOTES, ()), *map(correction_line, corrections)]


def differences(past: Issued, digest: Digest) -> list[str]:
    """The statements that are others now: the state, the headline, the movers."""
    return list(_differences(past, digest))


def _differences(past: Issued, digest: Digest) -> Iterator[str]:
    state = DigestState(past.value["state"])
    if state is not digest.state:
        yield f"{STATES[state]} → {STATES[digest.state]}"
    old, new = past.figures.get(HEADLINE), digest.value
    if new is not None and (old is None or abs(new - old) > RESTATED * abs(old)):
        yield restated_words(HEADLINE, old, new)
    before = {_named(mover["metric"], mover["labels"]) for mover in past.value.get("movers", ())}
    now = {_named(mover.metric, mover.labels) for mover in digest.movers}
    if now - before:
        yield f"changed: {', '.join(sorted(now - before))}"
    if before - now:
        yield f"no change after all: {', '.join(sorted(before - now))}"


def _named(name: str, labels: Mapping[str, Any]) -> str:
    return f"{metric(name).label}{' of ' + labels['team'] if 'team' in labels else ''}"
