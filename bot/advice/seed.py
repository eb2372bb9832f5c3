"""Workflows to start a catalogue from: bounded pieces of engineering, support, sales, finance and legal work.

Minutes are guesses, grade D. Where a catalogued workflow has such a name, its card takes the words from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.statistics.draws import Triangle
from storage.records import WorkflowRecord


@dataclass(frozen=True, slots=True)
class Seed:
    """One row. `does` is the one bounded piece, `done` how to tell that it is done, `stop` when to ask a person."""

    name: str
    area: str
    activity: str
    minutes: Triangle
    error_class: int
    exposure: str
    reversible: str
    verifiable: str
    does: str
    done: str
    stop: str

    def record(self, team: str) -> WorkflowRecord:
        """As a row of the catalogue of some team."""
        return WorkflowRecord(
            name=self.name,
            team=team,
            activity=self.activity,
            description=self.does,
            reversible=self.reversible,
            verifiable=self.verifiable,
            data_ready="yes",
            error_class=self.error_class,
            minutes_low=self.minutes.low,
            minutes_mode=self.minutes.mode,
            minutes_high=self.minutes.high,
            exposure=self.exposure,
        )


# fmt: off
SEEDS = (
    Seed("incident triage", "engineering", "analysis", Triangle(15, 40, 90), 3, "E2", "yes", "yes",
         "reads alerts and logs, names the likely cause and whom to page",
         "the named cause is the one in the closing note", "two causes are equally likely, or data may be lost"),
    Seed("bug reproduction", "engineering", "analysis", Triangle(15, 35, 90), 2, "E2", "yes", "auto",
         "turns a report into steps, or a failing test, that show the bug", "the steps fail on the reported version",
         "the report holds customer data or no version"),
    Seed("flaky test diagnosis", "engineering", "analysis", Triangle(20, 50, 120), 2, "E2", "yes", "auto",
         "finds what makes a test pass and fail by turns", "the test passes 50 times in a row after the change",
         "the cause is in code that the team does not own"),
    Seed("dependency upgrades", "engineering", "transformation", Triangle(10, 30, 90), 2, "E1", "yes", "auto",
         "raises one dependency, adapts the code, opens the change", "the whole test suite passes",
         "a major version, a licence or a public interface changes"),
    Seed("changelog entries", "engineering", "generation", Triangle(5, 10, 20), 1, "E1", "yes", "yes",
         "writes the entry of a merged change in the house's words", "its author agrees without an edit",
         "the change touches security or pricing"),
    Seed("release notes", "engineering", "generation", Triangle(20, 45, 90), 2, "E1", "yes", "yes",
         "says in plain words what a release changes for users", "each line links to a merged change",
         "a change breaks something for users"),
    Seed("log summaries", "engineering", "synthesis", Triangle(10, 20, 45), 1, "E2", "yes", "yes",
         "condenses the logs around an event into a timeline", "every line cites the log line it rests on",
         "the logs hold personal data"),
    Seed("runbook lookup", "engineering", "retrieval", Triangle(3, 8, 20), 2, "E1", "yes", "yes",
         "finds the runbook step that fits an alert and quotes it", "the quote is word for word in the runbook",
         "no runbook fits, or two disagree"),
    Seed("test writing", "engineering", "generation", Triangle(15, 40, 100), 2, "E1", "yes", "auto",
         "writes tests for changed code", "they fail without the change and pass with it",
         "the intended behaviour is not written down"),
    Seed("documentation drift", "engineering", "review", Triangle(10, 25, 60), 2, "E1", "yes", "yes",
         "marks documentation that a change made wrong and proposes the new text", "the named lines are wrong as said",
         "the page promises something to customers"),
    Seed("data queries", "engineering", "analysis", Triangle(10, 30, 80), 3, "E2", "yes", "partly",
         "drafts the query for a question asked in words", "its total equals a known figure",
         "a term has two definitions, or the table holds personal data"),
    Seed("code review", "engineering", "review", Triangle(8, 20, 50), 2, "E1", "yes", "yes",
         "reads a change first and names defects with the line they are in",
         "the reviewer confirms or rejects each remark", "the change touches security, money or data deletion"),
    Seed("code migration", "engineering", "transformation", Triangle(15, 40, 120), 3, "E1", "yes", "auto",
         "rewrites one file at a time to a new interface", "types, tests and linter pass", "behaviour would change"),
    Seed("crash triage", "engineering", "analysis", Triangle(10, 30, 80), 2, "E2", "yes", "yes",
         "groups crash reports and names the change that likely caused them", "undoing the named change ends the crash",
         "a crash loses users' data"),
    Seed("pipeline debugging", "engineering", "analysis", Triangle(20, 60, 180), 2, "E2", "yes", "partly",
         "traces a failed data job to the step and row that broke it", "the job passes on the same input after the fix",
         "a published figure was wrong"),
    Seed("on-call handover", "engineering", "synthesis", Triangle(10, 20, 40), 2, "E1", "yes", "yes",
         "condenses the shift's alerts and open ends into a page", "the next on-call finds nothing missing",
         "an incident is still open"),
    Seed("ticket answering", "support", "generation", Triangle(5, 15, 40), 3, "E1", "partly", "yes",
         "drafts the answer from the knowledge base, with its source", "the answer quotes a page that says so",
         "a refund, a legal word, an angry customer or no page that fits"),
    Seed("ticket routing", "support", "classification", Triangle(2, 5, 12), 1, "E1", "yes", "yes",
         "sends a ticket to the queue that can solve it", "the queue does not send it on", "two queues fit equally"),
    Seed("knowledge base upkeep", "support", "synthesis", Triangle(25, 60, 120), 2, "E1", "yes", "yes",
         "turns solved tickets into an article", "another agent solves the next such ticket with it",
         "the solution is a workaround or names a customer"),
    Seed("escalation summaries", "support", "synthesis", Triangle(8, 18, 40), 2, "E1", "yes", "yes",
         "condenses a long ticket for who takes it over", "who takes over asks nothing that is in the ticket",
         "promises were made to the customer"),
    Seed("account research", "sales", "synthesis", Triangle(20, 45, 90), 2, "E1", "yes", "yes",
         "gathers public facts about an account, each with its source", "every fact has a source that says so",
         "a source is about a private person"),
    Seed("proposal drafting", "sales", "generation", Triangle(60, 120, 300), 3, "E1", "yes", "partly",
         "drafts a proposal from account notes and the price list", "every price and promise is on a current list",
         "a discount or a term that is not standard"),
    Seed("call notes", "sales", "synthesis", Triangle(8, 15, 30), 2, "E1", "yes", "yes",
         "turns the notes of a call into next steps with owners", "who was there agrees", "a commitment was made"),
    Seed("invoice matching", "finance", "reconciliation", Triangle(4, 9, 25), 3, "E2", "partly", "auto",
         "matches invoices with orders and explains what is left", "amount, order and supplier agree",
         "an amount is off by more than the agreed limit, or a bank account is new"),
    Seed("month-end close", "finance", "reconciliation", Triangle(60, 180, 480), 4, "E2", "no", "yes",
         "reconciles one ledger and drafts the reason for each variance", "both sides agree to the cent",
         "a variance over the limit, or a manual journal"),
    Seed("contract review", "legal", "review", Triangle(30, 90, 240), 4, "E1", "partly", "partly",
         "compares a contract with the playbook, clause by clause", "each deviation cites clause and playbook rule",
         "a clause the playbook does not know; liability, data protection, governing law"),
)
# fmt: on


def seeds_for(areas: Iterable[str], teams: Mapping[str, str]) -> list[WorkflowRecord]:
    """The rows of some areas as a catalogue, each area owned by its team."""
    wanted = set(areas)
    return [seed.record(teams[seed.area]) for seed in SEEDS if seed.area in wanted and seed.area in teams]


def seed_like(name: str) -> Seed | None:
    """The row that a workflow's name means: the same words, in whatever order and case."""
    words = _words(name)
    return next((seed for seed in SEEDS if _words(seed.name) == words), None)


def _words(name: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in name.casefold().replace("-", " ").split())
