"""What nobody knows is unknown, and never 0."""

from __future__ import annotations

from storage.answer.labelled_sums import Sums
from storage.answer.unknown_sums import leave_out_unknown


def left(**sums: int | None) -> Sums:
    found: Sums = dict(sums)
    leave_out_unknown(found)
    return found


def test_a_cost_is_unknown_where_nothing_is_priced_and_something_lacks_a_price_or_is_billed_apart() -> None:
    def cost(priced: int, unpriced: int, apart: int) -> object:
        return left(cost_nano=0, priced_facts=priced, unpriced_facts=unpriced, apart_facts=apart)["cost_nano"]

    assert [cost(0, 0, 0), cost(1, 1, 1), cost(0, 1, 0), cost(0, 0, 1)] == [0, 0, None, None]


def test_tokens_are_unknown_where_none_of_the_use_reports_any() -> None:
    assert left(input=0, output=0, tokenless_facts=2)["output"] is None
    assert left(input=0, output=5, tokenless_facts=2)["input"] == 0
    assert left(people_tokens=0, w_tokenless_facts=1)["people_tokens"] is None
