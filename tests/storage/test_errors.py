"""What can go wrong in the store, with what is needed to word it for people."""

from __future__ import annotations

import inspect

import pytest

from storage import errors
from storage.errors import Denied, StorageError, UnknownName


def test_a_name_that_the_store_does_not_hold_is_said_with_what_it_should_be() -> None:
    error = UnknownName("team", "Nowhere")

    assert (str(error), error.dimension, error.name) == ("no team is called 'Nowhere'", "team", "Nowhere")


def test_a_refusal_keeps_its_reason() -> None:
    assert Denied("group").reason == "group"


@pytest.mark.parametrize("kind", [found for _, found in inspect.getmembers(errors, inspect.isclass)])
def test_everything_the_store_raises_on_purpose_is_of_one_kind(kind: type[Exception]) -> None:
    assert issubclass(kind, StorageError)
