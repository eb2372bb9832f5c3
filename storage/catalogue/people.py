"""The metrics of people, and of usage for each of them; these count the workforce ledger alone."""

from __future__ import annotations

from fractions import Fraction

from storage.catalogue.declarations import Metric, Unit
from storage.catalogue.formula import Known, M
from storage.catalogue.usage import USD, w_fresh, w_tokens

w_effective = Known(
    (M("w_input"), Fraction(1, 10) * M("w_cached"), Fraction(5, 4) * M("w_cache_write"), 5 * M("w_output"))
)
headcount = M("headcount_days") / M("days")

PEOPLE_METRICS = (
    Metric(
        name="headcount",
        label="headcount",
        unit=Unit.PEOPLE,
        formula=headcount,
        description="People employed (employees and contractors), the mean over the days of the period.",
    ),
    Metric(
        name="active_people",
        label="active people",
        unit=Unit.PEOPLE,
        formula=M("active_people"),
        better="up",
        description="Different people, agents left out, with a request, or with use whose source counts no requests.",
    ),
    Metric(
        name="inactive_people",
        label="inactive people",
        unit=Unit.PEOPLE,
        formula=M("members") - M("active_people"),
        better="down",
        description="Members of the period without an active day.",
    ),
    Metric(
        name="adoption_rate",
        label="adoption rate",
        unit=Unit.FRACTION,
        formula=M("active_people") / M("members"),
        better="up",
        description="Active people ÷ members, the people with at least one day in the scope and period.",
    ),
    Metric(
        name="tokens_per_employee",
        label="tokens per employee",
        unit=Unit.TOKENS_PER_PERSON,
        formula=w_tokens / headcount,
        description="Workforce tokens ÷ headcount; tokens of the scope's agents are counted, the agents are not.",
    ),
    Metric(
        name="fresh_tokens_per_employee",
        label="fresh tokens per employee",
        unit=Unit.TOKENS_PER_PERSON,
        formula=w_fresh / headcount,
        description="Workforce fresh tokens ÷ headcount.",
    ),
    Metric(
        name="effective_tokens_per_employee",
        label="effective tokens per employee",
        unit=Unit.TOKENS_PER_PERSON,
        formula=w_effective / headcount,
        description="Workforce effective tokens (effective_tokens_v1) ÷ headcount.",
    ),
    Metric(
        name="cost_per_employee",
        label="cost per employee",
        unit=Unit.USD_PER_PERSON,
        formula=(USD * M("w_cost_nano")) / headcount,
        description="Workforce cost ÷ headcount.",
    ),
    Metric(
        name="requests_per_employee",
        label="requests per employee",
        unit=Unit.REQUESTS_PER_PERSON,
        formula=M("w_requests") / headcount,
        description="Workforce requests ÷ headcount.",
    ),
    Metric(
        name="tokens_per_active_person",
        label="tokens per active person",
        unit=Unit.TOKENS_PER_PERSON,
        formula=M("people_tokens") / M("active_people"),
        description="Workforce tokens of people ÷ active people; agents' tokens are left out.",
    ),
    Metric(
        name="cost_per_active_person",
        label="cost per active person",
        unit=Unit.USD_PER_PERSON,
        formula=(USD * M("people_cost_nano")) / M("active_people"),
        description="Workforce cost of people ÷ active people; what agents cost is left out.",
    ),
    Metric(
        name="requests_per_active_person",
        label="requests per active person",
        unit=Unit.REQUESTS_PER_PERSON,
        formula=M("people_requests") / M("active_people"),
        description="Workforce requests of people ÷ active people; agents' requests are left out.",
    ),
    Metric(
        name="active_days_per_person",
        label="active days per person",
        unit=Unit.DAYS,
        formula=M("active_days") / M("active_people"),
        better="up",
        description="Active days, counted for each person, ÷ active people.",
    ),
)
