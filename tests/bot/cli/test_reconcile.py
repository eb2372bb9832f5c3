"""`fulcrum reconcile MONTH`: what answers say beside what was billed."""

from __future__ import annotations

from tests.bot.cli.runs import Line
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE

INVOICES = "month,provider,amount\n2026-05,anthropic,0.75\n"


def test_each_provider_stands_beside_its_bill_with_the_difference(line: Line) -> None:
    line.write(teams=TEAMS, roster=ROSTER, usage=USAGE, invoices=INVOICES)
    line.run("import", line.files)

    told = line.data("reconcile", "2026-05")

    (anthropic, github) = told["lines"]
    assert (anthropic["provider"], anthropic["ours"], anthropic["invoiced"]) == ("anthropic", 0.5, 0.75)
    assert (anthropic["difference"], anthropic["reported"]) == (0.25, None)
    assert github["difference"] is None
    said = line.run("reconcile", "May 2026")
    assert said.startswith("The bill differs in May 2026: anthropic billed 0.25 USD more than answers say.")
    assert "0.75" in said


def test_a_month_with_nothing_says_so(line: Line) -> None:
    line.write(teams=TEAMS)
    line.run("import", line.files)

    assert line.run("reconcile", "2026-04").strip() == "There is neither use nor an invoice in April 2026."
