"""What the invented company Larkspur is: teams, titles, names. Read this first; the rest draws from it."""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "larkspur.example"
LOCATIONS = ("Porto", "Toronto", "Nairobi", "Remote")
HISTORY_WEEKS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTeam:
    """A team and how its people use AI: `adoption` is the share who do, `intensity` their usual strength."""

    name: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    size: int
    lead: str
    titles: tuple[str, ...]
    contractors: float = 0.0
    adoption: float
    intensity: float = 1.0
    tools: tuple[tuple[str, float], ...]

    @property
    def channel(self) -> str:
        """Its channel in Slack."""
        return "#" + self.name.lower().replace(" ", "-")


ENGINEER = ("Engineer", "Senior Engineer", "Principal Engineer")
BUILDERS = (("codex", 0.5), ("github_copilot", 0.75), ("chatgpt", 0.35))
BUILDERS_WITH_AGENTS = (("claude_code", 0.65), ("github_copilot", 0.55), ("codex", 0.25), ("chatgpt", 0.3))
OFFICE = (("chatgpt", 0.6), ("m365_copilot", 0.7))

# Counsel stays under the smallest group that may be shown, and Workplace uses nothing: both are there to be seen.
TEAMS = (
    DemoTeam(
        name="Product Engineering",
        aliases=("engineering", "eng", "PE"),
        size=5,
        lead="Chief Technology Officer",
        titles=("Architect", "Programme Manager"),
        adoption=0.99,
        intensity=0.6,
        tools=BUILDERS_WITH_AGENTS,
    ),
    DemoTeam(
        name="Booking",
        parent="Product Engineering",
        size=14,
        lead="Engineering Lead",
        titles=ENGINEER,
        contractors=0.2,
        adoption=0.95,
        intensity=1.2,
        tools=BUILDERS_WITH_AGENTS,
    ),
    DemoTeam(
        name="Checkout",
        parent="Product Engineering",
        aliases=("payments",),
        size=11,
        lead="Engineering Lead",
        titles=ENGINEER,
        contractors=0.1,
        adoption=0.92,
        tools=BUILDERS,
    ),
    DemoTeam(
        name="Handheld",
        parent="Product Engineering",
        aliases=("mobile", "apps"),
        size=10,
        lead="Engineering Lead",
        titles=ENGINEER,
        contractors=0.2,
        adoption=0.85,
        intensity=0.8,
        tools=BUILDERS,
    ),
    DemoTeam(
        name="Insights",
        parent="Product Engineering",
        aliases=("analytics", "business intelligence"),
        size=9,
        lead="Data Lead",
        titles=("Data Analyst", "Data Engineer", "Senior Data Engineer"),
        adoption=0.95,
        tools=BUILDERS,
    ),
    DemoTeam(
        name="Reliability",
        parent="Product Engineering",
        aliases=("SRE", "infrastructure"),
        size=10,
        lead="Engineering Lead",
        titles=("Reliability Engineer", "Senior Reliability Engineer"),
        adoption=0.95,
        intensity=1.5,
        tools=BUILDERS_WITH_AGENTS,
    ),
    DemoTeam(
        name="Customer Care",
        aliases=("support", "care"),
        size=23,
        lead="Head of Care",
        titles=("Care Advisor", "Care Advisor", "Senior Care Advisor"),
        contractors=0.25,
        adoption=0.75,
        intensity=0.9,
        tools=OFFICE,
    ),
    DemoTeam(
        name="Onboarding",
        parent="Customer Care",
        size=8,
        lead="Onboarding Lead",
        titles=("Onboarding Specialist",),
        adoption=0.9,
        tools=OFFICE,
    ),
    DemoTeam(
        name="Commercial",
        aliases=("sales", "go-to-market"),
        size=16,
        lead="Head of Sales",
        titles=("Account Executive", "Sales Engineer", "Account Manager"),
        adoption=0.7,
        intensity=0.7,
        tools=OFFICE,
    ),
    DemoTeam(
        name="Treasury",
        aliases=("finance", "accounting"),
        size=9,
        lead="Finance Director",
        titles=("Accountant", "Controller"),
        adoption=0.8,
        intensity=0.6,
        tools=OFFICE,
    ),
    DemoTeam(
        name="Counsel",
        aliases=("legal",),
        size=4,
        lead="General Counsel",
        titles=("Lawyer",),
        adoption=0.99,
        intensity=0.7,
        tools=OFFICE,
    ),
    DemoTeam(
        name="Workplace",
        aliases=("facilities", "office"),
        size=6,
        lead="Workplace Manager",
        titles=("Workplace Coordinator",),
        adoption=0.0,
        tools=OFFICE,
    ),
)

# fmt: off
GIVEN = (
    "Amara", "Bilal", "Camille", "Dario", "Eunji", "Farid", "Giulia", "Hamza",
    "Inês", "Joaquín", "Katarzyna", "Lars", "Mei", "Nikhil", "Oluwaseun", "Petra",
    "Quentin", "Rania", "Stefan", "Tomasz", "Uma", "Vikram", "Wanjiru", "Xiomara",
    "Yosef", "Zeynep", "Anneli", "Bogdan", "Chiara", "Dinesh", "Elif", "Femi",
    "Gunnar", "Hye-jin", "Ibrahim", "Jelena", "Kwame", "Lucía", "Minh", "Nadia",
)
FAMILY = (
    "Abebe", "Bianchi", "Castillo", "Dimitrov", "Eriksen", "Farouk", "García", "Hoang",
    "Iyer", "Jansen", "Kariuki", "Lewandowski", "Mbeki", "Ndiaye", "Öztürk", "Pham",
    "Quispe", "Ramaswamy", "Šimić", "Tremblay", "Usman", "Virtanen", "Wójcik", "Xu",
    "Yamamoto", "Zimmermann", "Achterberg", "Balogun", "Chowdhury", "Delacroix", "Ekström", "Fofana",
    "Grigoryan", "Hussain", "Ivanova", "Johansen", "Kapoor", "Lindholm", "Moretti", "Nakagawa",
)
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """An agent of a team: in no headcount, its use is the team's."""

    name: str
    team: str
    tool: str
    model: str
    workflow: str
    requests: int
    ledger: str = "workforce"

    @property
    def email(self) -> str:
        """The address it is known by."""
        return f"{self.name}@agents.{DOMAIN}"


AGENTS = (
    ServiceAccount(
        name="upgrade-runner",
        team="Reliability",
        tool="claude_code",
        model="claude-sonnet-4-5",
        workflow="library upgrades",
        requests=90,
    ),
    ServiceAccount(
        name="inbox-sorter",
        team="Customer Care",
        tool="bedrock",
        model="claude-haiku-4-5",
        workflow="complaint routing",
        requests=420,
    ),
    ServiceAccount(
        name="booking-assistant",
        team="Booking",
        tool="bedrock",
        model="claude-haiku-4-5",
        workflow="",
        requests=900,
        ledger="product",
    ),
)
