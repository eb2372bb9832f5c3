"""How each source is doing, as a message."""

from __future__ import annotations

from dataclasses import replace

from bot.slack.sources.blocks import ELSE_SIGN, FOR_ADMINS, NONE_ON, SIGNS, overview_message
from bot.sources.syncing.overview import FAILING, WELL, SourceOverview
from tests.bot.slack.sources.test_listeners import BAD, GOOD, UNSET


def said(*found: SourceOverview, admin: bool = False) -> str:
    return str([block.to_dict() for block in overview_message(found, admin).rich])


def test_without_any_source_it_says_what_to_do() -> None:
    assert overview_message([UNSET], admin=True).text == overview_message([], admin=False).text == NONE_ON


def test_each_state_has_its_sign_and_one_that_is_neither_good_nor_bad_another() -> None:
    assert SIGNS[WELL] in said(GOOD)
    assert SIGNS[FAILING] in said(BAD)
    assert ELSE_SIGN in said(replace(GOOD, state="waiting for its first pass"))


def test_a_source_that_never_synced_says_so_and_has_no_newest_day() -> None:
    told = said(replace(GOOD, last=None, reports=()))

    assert "never synced · 0 rows" in told
    assert "newest day" not in told


def test_what_counts_where_another_source_tells_it_is_said() -> None:
    report = replace(GOOD.reports[0], elsewhere=34)

    assert "1,234 rows, 34 of them counted elsewhere" in said(replace(GOOD, reports=(report,)))


def test_what_failed_is_told_to_admins_and_to_others_that_it_is() -> None:
    assert "BRAND_KEY" in said(BAD, admin=True)
    assert "BRAND_KEY" not in said(BAD)
    assert FOR_ADMINS in said(BAD)
    assert FOR_ADMINS not in said(GOOD)


def test_an_admin_reads_which_are_not_set_up() -> None:
    assert "Not set up: Zed." in said(GOOD, UNSET, admin=True)
    assert "Not set up" not in said(GOOD, admin=True)


def test_a_vendors_words_are_no_markup_of_slack() -> None:
    told = said(replace(BAD, errors=("<!channel> & <https://x.example|y>",)), admin=True)

    assert "&lt;!channel&gt; &amp;" in told


def test_it_begins_with_a_sentence_that_names_those_that_are_not_well() -> None:
    waiting = replace(GOOD, label="Slow", state="not read yet")

    made = overview_message([GOOD, BAD, waiting, UNSET], admin=False)

    assert made.text == "1 of 3 sources is well. Failing: Brand X. Not read yet: Slow."
    assert made.rich[0].to_dict()["text"]["text"] == f"*{made.text}*"
