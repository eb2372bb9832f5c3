"""Trains the reader: `python -m bot.questions.training.train ENCODER EXAMPLES OUT`."""

from __future__ import annotations

import argparse
import json
import logging
import math
import pickle
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import nn

from bot.questions.reader.encode import Encoder
from bot.questions.reader.schema import heads
from bot.questions.training.augment import Augment
from bot.questions.training.batches import batch_of, loss_of
from bot.questions.training.labels import DrawnExample, Example
from bot.questions.training.net import ReaderNetwork, Spec, pretrained, spec_in
from bot.questions.training.phrases import phrases_of
from storage.catalogue import METRICS

log = logging.getLogger(__name__)
WEIGHTS = {"name": 1.5, "number": 1.5, "period": 1.5, "column": 1.0, "tag": 0.15}
WINDOW = 32  # batches that are drawn and sorted together
AVERAGED = 0.25  # the last part of the steps, whose weights are averaged


def main() -> None:
    """Reads the arguments and trains."""
    ap = argparse.ArgumentParser()
    ap.add_argument("encoder", type=Path)
    ap.add_argument("examples", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--epochs", type=float, default=10)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--batch", type=int, default=48)
    ap.add_argument("--rate", type=float, default=1.8e-4)
    ap.add_argument("--start", type=Path, help="folder of an earlier run to go on from")
    a = ap.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    random.seed(a.seed)
    torch.manual_seed(a.seed)
    with a.examples.open("rb") as file:
        examples: list[Example] = pickle.load(file)
    worded = tuple(name for name in METRICS if name in phrases_of("metrics"))  # the others are read as one of these
    spec = heads(worded, tuple(name for name in worded if METRICS[name].additive))
    net = pretrained(a.encoder, spec)
    if a.start:
        load(net, spec, a.start)
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "heads.json").write_text(json.dumps(spec))
    encode = Encoder((a.encoder / "tokenizer.json").read_text("utf-8"))
    trained = fit(net, examples, encode, spec, Augment(a.seed, examples), a)
    torch.save(trained, a.out / "net.pt")


def load(net: ReaderNetwork, spec: Spec, folder: Path) -> None:
    """The weights of an earlier run, whose heads may lack classes of this one."""
    before, state, now = spec_in(folder), torch.load(folder / "net.pt"), net.state_dict()
    old = list(before)
    rows = {key: value for key, value in state.items() if not key.startswith(("heads.", "queries"))}
    queries = now["queries"].clone()
    for at, (name, values) in enumerate(spec.items()):
        if name not in before:
            continue
        queries[at] = state["queries"][old.index(name)]
        for part in ("weight", "bias"):
            filled = now[f"heads.{at}.{part}"].clone()
            for new, value in enumerate(values):
                if value in before[name]:
                    filled[new] = state[f"heads.{old.index(name)}.{part}"][before[name].index(value)]
            rows[f"heads.{at}.{part}"] = filled
    net.load_state_dict(now | rows | {"queries": queries})


def fit(
    net: ReaderNetwork, examples: list[Example], encode: Encoder, spec: Spec, augment: Augment, a: argparse.Namespace
) -> dict[str, torch.Tensor]:
    """Trains and gives the mean of the last weights."""
    slow = [parameter for parameter in net.encoder.parameters() if parameter.requires_grad]
    fast = [net.markers, net.queries, *net.heads.parameters(), *net.words.parameters()]
    rates = [{"params": slow, "lr": a.rate}, {"params": fast, "lr": 8 * a.rate}]
    optimiser = torch.optim.AdamW(rates, weight_decay=0.01, fused=True)
    steps = math.ceil(a.epochs * len(examples) / a.batch)

    def rate(at: int) -> float:
        warm, cool = at / (0.04 * steps), 1 - at / steps
        return float(min(1.0, warm) * max(0.03, cool))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    net.train()
    mean: dict[str, torch.Tensor] = {}
    began, seen, averaged = time.time(), 0.0, 0
    for step, draws in enumerate(batches(examples, a.batch, steps, augment, encode), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(net, batch_of(draws, encode, spec), WEIGHTS)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        seen += float(loss.detach())
        if step > steps * (1 - AVERAGED) and step % 20 == 0:
            averaged += 1
            for key, value in net.state_dict().items():
                mean[key] = value.clone() if averaged == 1 else mean[key] + (value - mean[key]) / averaged
        if step % 100 == 0:
            log.info("step %d of %d: loss %.3f, %.0f s", step, steps, seen / 100, time.time() - began)
            seen = 0.0
    return mean or net.state_dict()


def batches(
    examples: list[Example], size: int, steps: int, draw: Callable[[Example], DrawnExample], encode: Encoder
) -> Iterator[list[DrawnExample]]:
    """So many batches of draws, each epoch in another order.

    Draws of one length go together: a batch is as long as its longest, and half of it was padding where they were
    sorted before they were drawn.
    """
    done = 0
    while True:
        order = random.sample(examples, len(examples))
        for at in range(0, len(order), size * WINDOW):
            drawn = [draw(example) for example in order[at : at + size * WINDOW]]
            drawn.sort(key=lambda made: len(encode(made.parts)[0]))
            window = [drawn[i : i + size] for i in range(0, len(drawn), size)]
            random.shuffle(window)
            for batch in window:
                yield batch
                done += 1
                if done >= steps:
                    return


if __name__ == "__main__":
    main()
