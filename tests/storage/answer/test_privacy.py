"""Who reads: whose own figures they may see, and how large a group must be."""

from __future__ import annotations

from datetime import date

import pytest

from storage.answer.privacy import OPERATOR, Rule, Viewer, check_listed, check_named, is_personal
from storage.errors import Denied
from storage.query import Op, Order, Query
from storage.records import Period
from tests.storage.answer.office import of

ANA, BEN = "ana@x.example", "ben@x.example"
TOKENS = Query(metrics=("tokens",), period=Period(date(2026, 2, 2), date(2026, 2, 8)))


@pytest.mark.parametrize(
    ("viewer", "sees_ana", "sees_ben"),
    [
        (OPERATOR, True, True),
        (Viewer(), False, False),
        (Viewer(email=ANA), True, False),
        (Viewer(email=ANA, others=frozenset({BEN})), True, True),
        (Viewer(email=BEN, others=None), True, True),
    ],
    ids=["operator", "anybody", "herself", "manager", "everybody shown"],
)
def test_a_person_is_seen_by_themselves_and_by_whom_the_policy_allows(
    viewer: Viewer, sees_ana: bool, sees_ben: bool
) -> None:
    assert (viewer.may_see(ANA), viewer.may_see(BEN)) == (sees_ana, sees_ben)


@pytest.mark.parametrize("op", [Op.IN, Op.NOT_IN])
def test_naming_somebody_hidden_is_denied_also_to_leave_them_out(op: Op) -> None:
    with pytest.raises(Denied) as refused:
        check_named(TOKENS.with_(filters=(of("person", ANA, BEN, op=op),)), Viewer(email=ANA))

    assert refused.value.reason == "person"


def test_a_list_is_denied_where_one_of_it_is_hidden_and_says_whether_it_was_a_ranking() -> None:
    listed = TOKENS.with_(group_by=("person",))
    check_listed(listed, Viewer(email=ANA), [ANA])
    for query, reason in ((listed, "people"), (listed.with_(order=Order()), "ranking")):
        with pytest.raises(Denied) as refused:
            check_listed(query, Viewer(email=ANA), [ANA, BEN])
        assert refused.value.reason == reason


def test_no_group_rule_applies_to_ones_own_figures_but_to_all_others_without_oneself() -> None:
    viewer = Viewer(email=ANA)

    assert is_personal(TOKENS.with_(filters=(of("person", ANA),)), viewer)
    assert not is_personal(TOKENS.with_(filters=(of("person", ANA, op=Op.NOT_IN),)), viewer)
    assert not is_personal(TOKENS, viewer)


@pytest.mark.parametrize(
    ("members", "users", "hides"), [(4, 0, True), (5, 0, False), (5, 4, True), (5, 5, False), (9, 1, True)]
)
def test_a_group_is_hidden_for_too_few_members_or_some_but_too_few_users(members: int, users: int, hides: bool) -> None:
    assert Rule(members=5, users=5).hides(members, users) is hides
