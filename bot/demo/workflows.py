"""The catalogued workflows of Larkspur and how each moves from people to AI."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoWorkflow:
    """One kind of work: `items` a workday, `minutes` an item by hand, shares of AI on the first and the last day."""

    name: str
    team: str
    activity: str
    description: str
    stage: str
    reversible: str
    verifiable: str
    data_ready: str
    error_class: int
    exposure: str
    items: float
    minutes: float
    assisted: tuple[float, float]
    agent: tuple[float, float] = (0.0, 0.0)


# fmt: off
WORKFLOWS = (
    DemoWorkflow("design doc drafting", "Product Engineering", "generation",
             "Draft a design from notes and past designs",
             "assist", "yes", "partly", "yes", 2, "E1", 1.2, 190, (0.20, 0.50)),
    DemoWorkflow("merge request review", "Booking", "review", "First reading of a change before a person reads it",
             "draft", "yes", "auto", "yes", 3, "E1", 26, 21, (0.30, 0.48), (0.02, 0.16)),
    DemoWorkflow("regression test authoring", "Booking", "generation", "Write the test that would have caught a defect",
             "assist", "yes", "auto", "yes", 2, "E1", 9, 46, (0.25, 0.55), (0.00, 0.08)),
    DemoWorkflow("payment failure analysis", "Checkout", "analysis", "Find why a card payment was declined",
             "assist", "yes", "yes", "yes", 3, "E2", 14, 34, (0.08, 0.46), (0.00, 0.06)),
    DemoWorkflow("refund rule changes", "Checkout", "transformation", "Turn a clinic's refund policy into rules",
             "manual", "partly", "yes", "yes", 4, "E1", 4, 58, (0.05, 0.30)),
    DemoWorkflow("crash grouping", "Handheld", "analysis", "Group crash reports by their likely cause",
             "assist", "yes", "yes", "yes", 2, "E2", 22, 17, (0.20, 0.40), (0.00, 0.10)),
    DemoWorkflow("release notes", "Handheld", "generation", "Say in plain words what a release changes",
             "draft", "yes", "yes", "yes", 1, "E1", 2, 52, (0.40, 0.75)),
    DemoWorkflow("ad-hoc data pulls", "Insights", "analysis", "Answer a colleague's question with a query",
             "draft", "yes", "partly", "yes", 3, "E2", 17, 38, (0.25, 0.60)),
    DemoWorkflow("metric definition checks", "Insights", "review", "Check that a dashboard means what it says",
             "manual", "yes", "partly", "partly", 3, "E1", 3, 44, (0.05, 0.20)),
    DemoWorkflow("alert investigation", "Reliability", "analysis", "Read logs around an alert and name a likely cause",
             "assist", "yes", "yes", "yes", 3, "E2", 19, 29, (0.20, 0.50), (0.01, 0.09)),
    DemoWorkflow("library upgrades", "Reliability", "transformation",
             "Raise a dependency, run the tests, open the change",
             "execute", "yes", "auto", "yes", 2, "E1", 11, 33, (0.25, 0.20), (0.25, 0.70)),
    DemoWorkflow("runbook upkeep", "Reliability", "synthesis", "Turn an incident's notes into a runbook page",
             "manual", "yes", "partly", "yes", 2, "E1", 2, 63, (0.10, 0.35)),
    DemoWorkflow("email replies", "Customer Care", "generation", "Answer a clinic's question by e-mail",
             "draft", "partly", "yes", "yes", 3, "E1", 165, 11, (0.25, 0.55), (0.00, 0.12)),
    DemoWorkflow("complaint routing", "Customer Care", "analysis", "Send a complaint to the people who can mend it",
             "execute", "yes", "yes", "yes", 2, "E2", 70, 6, (0.20, 0.15), (0.20, 0.65)),
    DemoWorkflow("help article updates", "Customer Care", "synthesis", "Bring a help page up to date after a release",
             "assist", "yes", "yes", "yes", 2, "E1", 5, 72, (0.10, 0.45)),
    DemoWorkflow("clinic data migration", "Onboarding", "transformation", "Bring a new clinic's records into Larkspur",
             "assist", "partly", "yes", "partly", 4, "E2", 3, 260, (0.15, 0.40)),
    DemoWorkflow("welcome plans", "Onboarding", "generation", "Write a new clinic's plan for its first month",
             "draft", "yes", "yes", "yes", 1, "E1", 4, 66, (0.30, 0.70)),
    DemoWorkflow("tender responses", "Commercial", "generation", "Answer the questions of a public tender",
             "assist", "partly", "partly", "yes", 4, "E1", 1.5, 340, (0.20, 0.55)),
    DemoWorkflow("prospect briefs", "Commercial", "synthesis", "Gather what is public about a clinic group",
             "draft", "yes", "yes", "yes", 2, "E1", 11, 42, (0.15, 0.65)),
    DemoWorkflow("invoice matching", "Treasury", "reconciliation", "Match supplier invoices with orders",
             "manual", "partly", "auto", "yes", 3, "E2", 48, 9, (0.02, 0.22)),
    DemoWorkflow("expense audits", "Treasury", "review", "Check expense reports against the policy",
             "assist", "yes", "yes", "yes", 2, "E1", 19, 12, (0.10, 0.45)),
    DemoWorkflow("supplier agreement checks", "Counsel", "review", "Compare a supplier's terms with ours",
             "assist", "partly", "partly", "yes", 4, "E1", 2.5, 95, (0.10, 0.40)),
)
# fmt: on
