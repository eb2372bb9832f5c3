"""Whatever happens to issues between passes, the store holds them as a first pass over the end would."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.sources.jira import JIRA
from tests.bot.sources.jira_site import EMAIL, JiraSite, change, issue, log
from tests.bot.sources.work_bench import NOON, Done, WorkBench, work_bench

RULES = ("jira,,label,ai,,assisted", "jira,,label,bug,Upkeep,", "jira,,label,feature,Delivery,")
LABELS: tuple[list[str], ...] = ([], ["bug"], ["feature"], ["feature", "ai"])


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000+0000")


class _Life:
    """A site on which something happens to an issue now and then."""

    def __init__(self, site: JiraSite, random: Random) -> None:
        self.site, self.random = site, random
        self.made = 0

    def happens(self, at: datetime) -> None:
        """One event: an issue is made, closed, opened again, logged on, labelled or deleted."""
        if not self.site.issues or self.random.random() < 0.4:
            self._make(at)
            return
        index = self.random.randrange(len(self.site.issues))
        self.site.issues[index]["fields"]["updated"] = _stamp(at)
        events = [self._open, self._label, self._delete, *[self._log] * 2, *[self._close] * 5]
        self.random.choice(events)(at, index)

    def _make(self, at: datetime) -> None:
        self.made += 1
        self.site.issues.append(issue(self.made, None, updated=_stamp(at), labels=self.random.choice(LABELS)))

    def _close(self, at: datetime, index: int) -> None:
        if self.site.issues[index]["fields"]["resolution"] is None:
            closed = issue(0, _stamp(at))["fields"]
            names = ("status", "resolution", "resolutiondate")
            self.site.issues[index]["fields"] |= {name: closed[name] for name in names}

    def _open(self, _at: datetime, index: int) -> None:
        one = self.site.issues[index]
        if one["fields"]["resolution"]:
            self.site.histories.setdefault(one["id"], []).append(change("resolution", "10000", None))
        one["fields"] |= {name: issue(0, None)["fields"][name] for name in ("status", "resolution", "resolutiondate")}

    def _log(self, _at: datetime, index: int) -> None:
        self.site.logs.setdefault(self.site.issues[index]["id"], []).append(log(self.random.randrange(60, 7_200, 60)))

    def _label(self, _at: datetime, index: int) -> None:
        self.site.issues[index]["fields"]["labels"] = self.random.choice(LABELS)

    def _delete(self, at: datetime, index: int) -> None:
        closed = self.site.issues[index]["fields"]["resolutiondate"]
        if closed is None or at - datetime.fromisoformat(closed) < timedelta(days=13):
            del self.site.issues[index]  # what is gone after two weeks is not noticed


def _plainly(site: JiraSite) -> list[Done]:
    """The work of each day, from the site as it is, by plain arithmetic."""
    found: dict[tuple[str, str, str], list[tuple[int | None, int]]] = defaultdict(list)
    for item in site.issues:
        fields = item["fields"]
        workflow = {"bug": "Upkeep", "feature": "Delivery"}.get(next(iter(fields["labels"]), ""))
        if fields["resolutiondate"] and workflow:
            mode = "assisted" if "ai" in fields["labels"] else "human"
            seconds = [each["timeSpentSeconds"] for each in site.logs.get(item["id"], [])]
            logged = sum(seconds) // 60 if seconds else None
            found[fields["resolutiondate"][:10], workflow, mode].append((logged, int(item["id"] in site.histories)))
    return [
        Done(
            day,
            workflow,
            mode,
            items=len(items),
            timed=sum(minutes is not None for minutes, _ in items),
            minutes=float(sum(m for m, _ in items if m is not None)) if any(m is not None for m, _ in items) else None,
            accepted=len(items),
            reworked=sum(reworked for _, reworked in items),
        )
        for (day, workflow, mode), items in sorted(found.items())
    ]


def _live(bench: WorkBench, site: JiraSite, seed: int, days: int) -> None:
    random = Random(seed)
    life = _Life(site, random)
    for day in range(days):
        for hour in range(random.randrange(8, 16)):
            life.happens(NOON + timedelta(days=day, minutes=hour - 60))
        bench.now = NOON + timedelta(days=day)
        if random.random() < 0.35:
            bench.sync()
    bench.sync()


@pytest.mark.parametrize("seed", range(2))
def test_many_passes_over_a_moving_site_end_as_one_over_its_last_state(seed: int, tmp_path: Path) -> None:
    site = JiraSite(size=50)
    with work_bench(site, JIRA, tmp_path, JIRA_EMAIL=EMAIL) as bench:
        bench.rules(*RULES)
        _live(bench, site, seed, days=20)

        assert len(bench.work()) > 10
        assert bench.work() == _plainly(site)


def test_a_pass_that_finds_nothing_new_changes_nothing(tmp_path: Path) -> None:
    site = JiraSite()
    with work_bench(site, JIRA, tmp_path, JIRA_EMAIL=EMAIL) as bench:
        bench.rules(*RULES)
        _live(bench, site, seed=9, days=5)

        again = bench.sync()
        assert (again.new, again.changed, again.removed) == (0, 0, 0)
        whole = bench.sync(since=date(2026, 11, 1))
        assert (whole.new, whole.changed, whole.removed) == (0, 0, 0)
