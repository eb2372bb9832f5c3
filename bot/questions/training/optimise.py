"""Rewrites the graph of exported weights once, so that no start of the app has to."""

from __future__ import annotations

from pathlib import Path


def optimise(file: Path) -> None:
    """The same file with onnxruntime's fusions in its graph, those that hold on any processor; it reads the same."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.log_severity_level = 3
    made = file.with_suffix(".optimised")
    options.optimized_model_filepath = str(made)
    ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    made.replace(file)
