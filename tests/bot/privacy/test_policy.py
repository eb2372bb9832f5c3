"""Privacy in words says the policy in force and no other."""

from __future__ import annotations

from bot.privacy.policy import OTHERS, in_full, in_short, retention_words
from bot.settings import Settings


def test_both_texts_say_the_group_and_who_sees_others_as_they_are_set() -> None:
    for policy, words in OTHERS.items():
        settings = Settings(people=policy, min_group=9)
        for text in (in_short(settings), in_full(settings)):
            assert "from 9 people up" in text
            assert [said for said in OTHERS.values() if said in text] == [words]


def test_retention_is_said_in_days_or_that_there_is_none() -> None:
    assert "no time is set" in retention_words(Settings())
    assert "1,100 days" in in_full(Settings(retention_days=1_100))
