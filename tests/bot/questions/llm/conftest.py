"""One store for all tests of the model engine: they only read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.questions.llm.client import ModelClient, Server
from bot.questions.llm.engine import Mode, ModelEngine
from bot.questions.reading import Impossible, Reading, Understood, World
from tests.bot.questions.llm.world import Store, store
from tests.fakes.openai_api import FakeModel, Script, Step

KEY = "sk-very-secret"
RULES_SAY = "The rules cannot read that."


def abstain(_text: str, _world: World, _before: Understood | None) -> tuple[Reading, ...]:
    """Rules that read nothing."""
    return (Impossible(text=RULES_SAY),)


class Setup:
    """A model server with a script, and an engine that asks it."""

    def __init__(self) -> None:
        self.servers: list[FakeModel] = []
        self.engines: list[ModelEngine] = []

    def __call__(self, *steps: Step | Script, rules: Any = abstain, mode: Mode = "auto", **more: Any) -> ModelEngine:
        """An engine before a server that plays these steps. Short times: no test waits for long."""
        fake = FakeModel(*steps)
        fake.__enter__()
        self.servers.append(fake)
        about: dict[str, Any] = {
            "model": "gpt-4.1-mini",
            "base_url": fake.url,
            "api": "chat",
            "longest": 0.6,
            "connect": 0.5,
        }
        about |= {name: more.pop(name) for name in list(more) if name in ("model", "base_url", "api", "longest")}
        server = Server(api_key=KEY, **about)
        engine = ModelEngine(rules, mode, lambda: ModelClient(server), **({"deadline": 1.5} | more))
        self.engines.append(engine)
        return engine

    @property
    def server(self) -> FakeModel:
        """The last server."""
        return self.servers[-1]

    def close(self) -> None:
        """End all of it."""
        for engine in self.engines:
            engine.close()
        for server in self.servers:
            server.__exit__()


@pytest.fixture
def engine() -> Iterator[Setup]:
    setup = Setup()
    yield setup
    setup.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store(tmp_path_factory.mktemp("store")) as made:
        yield made


Ask = Callable[..., Any]
