"""Examples as tensors, and the loss of the network on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional as F

from bot.questions.finders.marks import Mention
from bot.questions.reader.encode import Encoder
from bot.questions.reader.schema import COLUMNS, SLICES, TAGS, family, offset
from bot.questions.training.labels import NO_CONDITION, SUSPECT, DrawnExample, MentionTarget, Word
from bot.questions.training.net import ReaderNetwork, Spec

IGNORED = -100
SMOOTHING = 0.02
SOME = 2.0  # how much a refused message's suspicion weighs against a word's innocence


@dataclass(slots=True)
class TensorBatch:
    """Tensors of some draws; `spots` are (row, place, class) for each slice of the words' output.

    unconditional  words that are no condition
    suspected      words of refused messages: some of a message's are one
    """

    ids: Tensor
    mask: Tensor
    wanted: Tensor
    spots: dict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: {name: [] for name in SLICES})
    unconditional: list[tuple[int, int]] = field(default_factory=list)
    suspected: list[tuple[int, int]] = field(default_factory=list)


def batch_of(draws: Sequence[DrawnExample], encode: Encoder, spec: Spec) -> TensorBatch:
    """The tensors."""
    rows = [encode(draw.parts) for draw in draws]
    longest = 8 * math.ceil(max(len(ids) for ids, _ in rows) / 8)  # few shapes: each costs the CPU a plan of its own
    shape = (len(rows), longest)
    out = TensorBatch(
        torch.zeros(shape, dtype=torch.long),
        torch.zeros(shape, dtype=torch.long),
        torch.full((len(rows), len(spec)), IGNORED),
    )
    for row, (draw, (pieces, places)) in enumerate(zip(draws, rows, strict=True)):
        out.ids[row, : len(pieces)] = torch.tensor(pieces)
        out.mask[row, : len(pieces)] = 1
        for at, (name, values) in enumerate(spec.items()):
            label = draw.heads.get(name)
            if label is not None and label in values:
                out.wanted[row, at] = values.index(label)
        _spots(out, row, draw, places)
    return out


def _spots(out: TensorBatch, row: int, draw: DrawnExample, places: Sequence[int]) -> None:
    targets = iter(draw.targets)
    for part, place in zip(draw.parts, places, strict=True):
        if isinstance(part, Mention):
            _role(out, row, place, part, next(targets))
            continue
        tag = part.tag if isinstance(part, Word) else draw.plain
        if place < 0 or tag is None:
            continue
        if tag == NO_CONDITION:
            out.unconditional.append((row, place))
        elif tag == SUSPECT:
            out.suspected.append((row, place))
        else:
            out.spots["tag"].append((row, place, TAGS.index(tag)))


def _role(out: TensorBatch, row: int, place: int, mention: Mention, target: MentionTarget) -> None:
    if target.role is None or place < 0 or mention.kind == "compare":
        return
    slice_ = family(mention.kind)
    if target.role in SLICES[slice_]:
        out.spots[slice_].append((row, place, SLICES[slice_].index(target.role)))
    if target.column in COLUMNS:
        out.spots["column"].append((row, place, COLUMNS.index(target.column)))


def loss_of(net: ReaderNetwork, batch: TensorBatch, weights: dict[str, float]) -> Tensor:
    """The mean loss of an example: its heads, its mentions, its words."""
    logits, words = net(batch.ids, batch.mask)
    logits, words = logits.float(), words.float()
    total = _heads_loss(net, logits, batch.wanted)
    for name, spots in batch.spots.items():
        if spots:
            rows, places, targets = (torch.tensor(column) for column in zip(*spots, strict=True))
            part = words[rows, places, offset(name) : offset(name) + len(SLICES[name])]
            loss = F.cross_entropy(part, targets, reduction="sum", label_smoothing=SMOOTHING)
            total = total + weights[name] * loss
    return (total + weights["tag"] * _tags_loss(words, batch)) / batch.ids.shape[0]


def _tags_loss(words: Tensor, batch: TensorBatch) -> Tensor:
    """Words that are no condition say so; of a refused message's words, some do not."""
    total = words.new_zeros(())
    if batch.unconditional:
        total = total - _no_condition(words, batch.unconditional).sum()
    if batch.suspected:
        rows = torch.tensor([row for row, _ in batch.suspected])
        none = words.new_zeros(words.shape[0]).index_add(0, rows, _no_condition(words, batch.suspected))
        total = total - SOME * torch.log1p(-torch.exp(none[rows.unique()]).clamp(max=1 - 1e-6)).sum()
    return total


def _no_condition(words: Tensor, places: Sequence[tuple[int, int]]) -> Tensor:
    """The logarithm of the probability that each word is no condition."""
    rows, at = (torch.tensor(column) for column in zip(*places, strict=True))
    tags = torch.softmax(words[rows, at, offset("tag") : offset("tag") + len(TAGS)], -1)
    return torch.log1p(-tags[:, TAGS.index("condition")].clamp(max=1 - 1e-6))


def _heads_loss(net: ReaderNetwork, logits: Tensor, wanted: Tensor) -> Tensor:
    total, start = logits.new_zeros(()), 0
    for at, size in enumerate(net.sizes):
        target = wanted[:, at]
        if (target != IGNORED).any():
            part = logits[:, start : start + size]
            total = total + F.cross_entropy(
                part, target, ignore_index=IGNORED, reduction="sum", label_smoothing=SMOOTHING
            )
        start += size
    return total
