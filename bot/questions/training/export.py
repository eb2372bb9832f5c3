"""Writes trained weights as one int8 file for onnxruntime: `python -m bot.questions.training.export ENCODER RUN OUT`.

Heads, tokenizer and temperature go into the file's metadata; the hash is written beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.questions.training.net import ReaderNetwork, config_of, spec_in
from bot.questions.training.optimise import optimise


def main() -> None:
    """Reads the arguments and exports."""
    ap = argparse.ArgumentParser()
    ap.add_argument("encoder", type=Path)
    ap.add_argument("run", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--temperature", type=float, default=1.0)
    a = ap.parse_args()
    full = exported(a.encoder, a.run)
    quantised(full, a.encoder, a.run, a.out, a.temperature)


def exported(encoder: Path, run: Path) -> Path:
    """The fp32 file."""
    net = ReaderNetwork(spec_in(run), config_of(encoder))
    net.load_state_dict(torch.load(run / "net.pt"))
    net.eval()
    ids = torch.randint(1000, 2000, (1, 17))
    axes = {"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}}
    torch.onnx.export(
        net,
        (ids, torch.ones_like(ids)),
        str(run / "full.onnx"),
        input_names=["ids", "mask"],
        output_names=["heads", "words"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    return run / "full.onnx"


def quantised(full: Path, encoder: Path, run: Path, out: Path, temperature: float) -> None:
    """The int8 file with all that reading needs, and its hash beside it."""
    quantize_dynamic(str(full), str(out), weight_type=QuantType.QInt8, per_channel=True)
    for file in (full, out):
        described(file, {
            "heads": json.dumps(spec_in(run)),
            "tokenizer": (encoder / "tokenizer.json").read_text("utf-8"),
            "temperature": f"{temperature:.4f}",
        })  # fmt: skip
    optimise(out)
    out.with_suffix(".sha256").write_text(f"{hashlib.sha256(out.read_bytes()).hexdigest()}  {out.name}\n", "ascii")


def described(file: Path, held: dict[str, str]) -> None:
    """The file with its metadata set."""
    model = onnx.load(str(file))
    onnx.helper.set_model_props(model, held)
    onnx.save(model, str(file))


if __name__ == "__main__":
    main()
