"""What directories and HR systems call somebody's kind of work, as the three kinds of a roster."""

from __future__ import annotations

from storage.roster_records import Kind

AGENTS = frozenset({"service", "bot", "robot", "agent", "machine", "application", "workload", "nonhuman"})
CONTRACTORS = frozenset(
    {"contractor", "contract", "contingent", "external", "vendor", "consultant", "temp", "temporary", "freelancer"}
)


def kind_of(worker_type: str) -> Kind:
    """What a worker's type makes of somebody: an employee where it does not say otherwise."""
    words = set("".join(letter if letter.isalpha() else " " for letter in worker_type.lower()).split())
    if words & AGENTS:
        return Kind.AGENT
    return Kind.CONTRACTOR if words & CONTRACTORS else Kind.EMPLOYEE
