"""Keys of facts: no two feeds share one, and a key gives its hash back."""

from __future__ import annotations

from storage.load.filling import key_of
from storage.load.keys import mask_of, masked, of_credit


def test_a_hash_is_another_key_in_each_feed_and_comes_back() -> None:
    hashes = [key_of("one"), key_of("two")]
    feeds = [(1, "files", ""), (2, "files", ""), (1, "cursor", ""), (1, "files", "laptop")]

    keys = [masked(hashes, mask_of(*feed)) for feed in feeds]

    assert len({key for of_feed in keys for key in of_feed}) == 8
    assert all(masked(of_feed, mask_of(*feed)) == hashes for of_feed, feed in zip(keys, feeds, strict=True))


def test_a_credit_has_a_key_beside_that_of_its_bill() -> None:
    assert of_credit(key_of("one")) != key_of("one")
    assert of_credit(of_credit(key_of("one"))) == key_of("one")
