"""Weights to the shipped files: `python training/export.py RUN.pt ENCODER OUT_FOLDER`.

Writes `tagger.onnx` (int8 weights, dynamic activations), `tokenizer.json` and `model.json`
(transition scores, sizes, hashes). Weights use seven bits (`reduce_range`), since processors with
AVX2 but no VNNI overflow on eight.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from network import EPS, HEADS
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

LIMIT_BYTES = 30_000_000
State = dict[str, np.ndarray]


class Graph:
    """An ONNX graph under construction: weights go in by value, nodes name their own outputs."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, value: np.ndarray) -> str:
        """Add an initializer; its name."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add a node; the name of its output."""
        name = attributes.pop("output", f"n{len(self.nodes)}")
        self.nodes.append(
            helper.make_node(kind, list(inputs), [name], name, domain=domain, **attributes)
        )
        return name


def embeddings(g: Graph, state: State) -> str:
    """Words (int8 rows, a scale each), places and shapes, summed and normalised."""
    words = state["words.weight"]
    scale = np.maximum(np.abs(words).max(1, keepdims=True), 1e-8) / 127
    rows = g.add("Gather", g.weight(np.rint(words / scale).astype(np.int8)), "ids")
    rows = g.add("Cast", rows, to=TensorProto.FLOAT)
    rows = g.add("Mul", rows, g.add("Gather", g.weight(scale.astype(np.float32)), "ids"))
    length = g.add("Squeeze", g.add("Shape", "ids", start=1, end=2), g.weight(np.array([0])))
    order = g.add("Range", g.weight(np.array(0)), length, g.weight(np.array(1)))
    places = g.add("Gather", g.weight(state["places.weight"] + state["kind"]), order)
    shapes = g.add("Gather", g.weight(state["shapes.weight"]), "shapes")
    x = g.add("Add", g.add("Add", rows, places), shapes)
    return g.add(
        "LayerNormalization",
        x,
        g.weight(state["norm.weight"]),
        g.weight(state["norm.bias"]),
        epsilon=EPS,
    )


def layer(g: Graph, state: State, x: str, mask: str) -> str:
    """One transformer layer; attention and GELU in onnxruntime's fused operators."""
    part = state.__getitem__
    qkv = np.concatenate([part(f"{n}.weight").T for n in ("query", "key", "value")], axis=1)
    bias = np.concatenate([part(f"{n}.bias") for n in ("query", "key", "value")])
    fused = "com.microsoft"
    y = g.add("Attention", x, g.weight(qkv), g.weight(bias), mask, domain=fused, num_heads=HEADS)
    y = g.add("MatMul", y, g.weight(part("out.weight").T))
    x = normalised(g, state, y, x, "out.bias", "norm1")
    y = g.add("MatMul", x, g.weight(part("up.weight").T))
    y = g.add("BiasGelu", y, g.weight(part("up.bias")), domain=fused)
    y = g.add("MatMul", y, g.weight(part("down.weight").T))
    return normalised(g, state, y, x, "down.bias", "norm2")


def normalised(g: Graph, state: State, y: str, x: str, bias: str, norm: str) -> str:
    """Norm of `y`, its bias and `x`; onnxruntime's fused operator for it is slow on a CPU."""
    total = g.add("Add", g.add("Add", y, g.weight(state[bias])), x)
    weights = (g.weight(state[f"{norm}.{name}"]) for name in ("weight", "bias"))
    return g.add("LayerNormalization", total, *weights, epsilon=EPS)


def build(state: State, layers: int) -> tuple[onnx.ModelProto, list[str]]:
    """The whole network, and the names of the heads' products, which stay in float."""
    g = Graph()
    mask = g.add("Cast", g.add("Greater", "ids", g.weight(np.array(0))), to=TensorProto.INT32)
    x = embeddings(g, state)
    for i in range(layers):
        prefix = f"layers.{i}."
        x = layer(
            g,
            {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)},
            x,
            mask,
        )
    heads = []
    for name, output in (("tags", "emissions"), ("links", "links")):
        heads.append(g.add("MatMul", x, g.weight(state[f"{name}.weight"].T)))
        g.add("Add", heads[-1], g.weight(state[f"{name}.bias"]), output=output)
    free = ["batch", "length"]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        g.nodes,
        "tagger",
        [value("ids", TensorProto.INT64, free), value("shapes", TensorProto.INT64, free)],
        [
            value("emissions", TensorProto.FLOAT, [*free, 7]),
            value("links", TensorProto.FLOAT, [*free, 256]),
        ],
        g.weights,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8), heads


def main() -> None:
    """Export, quantise, write the manifest."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights", type=Path)
    ap.add_argument("encoder", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--layers", type=int, default=6)
    ap.add_argument("--reduce-range", action=argparse.BooleanOptionalAction, default=True)
    ap.add_argument("--float", type=Path, help="also write the unquantised model here")
    args = ap.parse_args()
    state = torch.load(args.weights)
    args.out.mkdir(parents=True, exist_ok=True)
    target = args.out / "tagger.onnx"
    model, heads = build({k: v.numpy() for k, v in state.items()}, args.layers)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        onnx.save(model, str(path))
        if args.float:
            args.float.write_bytes(path.read_bytes())
        quantize_dynamic(
            str(path),
            str(target),
            op_types_to_quantize=["MatMul", "Attention"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=heads,
            reduce_range=args.reduce_range,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    assert target.stat().st_size <= LIMIT_BYTES, target.stat().st_size
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(args.out / "tokenizer.json"), pretty=False)
    digest = lambda name: hashlib.sha256((args.out / name).read_bytes()).hexdigest()  # noqa: E731
    manifest = {
        "version": "1",
        "tags": ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"],
        "link_width": 64,
        "transitions": [[round(float(x), 4) for x in row] for row in state["transitions"]],
        "first": [round(float(x), 4) for x in state["first"]],
        "sha256": {name: digest(name) for name in ("tagger.onnx", "tokenizer.json")},
    }
    (args.out / "model.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
