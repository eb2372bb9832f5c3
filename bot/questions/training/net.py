"""The network: a small encoder, one attention pool and one linear layer for each head, one layer for the words."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from bot.questions.reader.encode import FIRST_UNUSED, Encoder
from bot.questions.reader.schema import MARKERS, WIDTH

Spec = dict[str, tuple[str, ...]]


class ReaderNetwork(nn.Module):
    """Logits of all heads side by side, and of roles, columns and tags at every word piece."""

    def __init__(self, heads: Spec, config: BertConfig) -> None:
        super().__init__()
        self.sizes = [len(values) for values in heads.values()]
        self.encoder = BertModel(config, add_pooling_layer=False)
        width = config.hidden_size
        self.markers = nn.Parameter(torch.zeros(len(MARKERS), width))
        self.queries = nn.Parameter(torch.randn(len(heads), width) * 0.02)
        self.heads = nn.ModuleList(nn.Linear(2 * width, size) for size in self.sizes)
        self.words = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, WIDTH))
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """ids and mask [batch, length] -> [batch, classes of all heads], [batch, length, WIDTH]."""
        last = FIRST_UNUSED + len(MARKERS) - 1
        words = self.encoder.embeddings.word_embeddings(ids)
        marked = ((ids >= FIRST_UNUSED) & (ids <= last)).unsqueeze(-1)
        words = torch.where(marked, self.markers[ids.clamp(FIRST_UNUSED, last) - FIRST_UNUSED], words)
        hidden = self.dropout(self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state)
        scores = hidden @ self.queries.T + (1.0 - mask.to(hidden.dtype)).unsqueeze(-1) * -1e4
        pooled = torch.softmax(scores, dim=1).transpose(1, 2) @ hidden  # [batch, heads, width]
        first = hidden[:, 0]
        logits = [head(torch.cat([pooled[:, at], first], -1)) for at, head in enumerate(self.heads)]
        wide = first.unsqueeze(1).expand_as(hidden)
        return torch.cat(logits, -1), self.words(torch.cat([hidden, wide], -1))


def config_of(encoder: Path) -> BertConfig:
    """The encoder's shape; without dropout in the attention, which costs a CPU more than it brings."""
    return BertConfig.from_pretrained(encoder, attention_probs_dropout_prob=0.0, attn_implementation="eager")


def pretrained(folder: Path, heads: Spec) -> ReaderNetwork:
    """The network with the encoder's weights; markers begin as the word that they stand for."""
    net = ReaderNetwork(heads, config_of(folder))
    weights = {key.removeprefix("bert."): value for key, value in load_file(folder / "model.safetensors").items()}
    missing, _ = net.encoder.load_state_dict(weights, strict=False)
    if [key for key in missing if "position_ids" not in key]:
        raise ValueError(f"weights are missing: {missing[:3]}")
    embeddings = net.encoder.embeddings
    encode = Encoder((folder / "tokenizer.json").read_text("utf-8"))
    with torch.no_grad():
        for at, name in enumerate(MARKERS):
            word = embeddings.word_embeddings.weight[encode.pieces(name.rstrip("?~<*"))].mean(0)
            net.markers[at] = word + 0.01 * torch.randn_like(word)
    for part in (embeddings.word_embeddings, embeddings.position_embeddings, embeddings.token_type_embeddings):
        part.requires_grad_(False)
    return net


def spec_in(folder: Path) -> Spec:
    """The heads of a trained network."""
    return {name: tuple(values) for name, values in json.loads((folder / "heads.json").read_text()).items()}
