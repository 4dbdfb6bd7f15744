"""From a trained network to a pipeline: an ONNX graph with eight-bit weights, tables of pieces and hints, spaCy's folder.

`python -m training.export --work DIR [--output DIR] [--float]`. The graph is written operator by operator, with the fused
operators of ONNX Runtime; the encoder's matrices are quantised by column, activations as they come, the small layers of
the tasks stay as trained. Needs torch and onnx: training only.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from training.hints import HINTS, encoder_folder, hints
from training.tokens import treebank_tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable

MODEL = Path(__file__).resolve().parents[1] / "dagster_project" / "reading" / "model" / "en_conflict_minilm"
LICENCE = "LICENSE.txt"
VERSION = "1.1.0"
DESCRIPTION = (
    "English pipeline for news of armed conflict on a contextual encoder (MiniLM, eight-bit, ONNX Runtime): tags, morphology, "
    "Universal Dependencies, sentence boundaries and 17 kinds of names and values. See training/README.md."
)
SOURCES = [
    {"name": "UD English EWT", "url": "https://github.com/UniversalDependencies/UD_English-EWT", "license": "CC BY-SA 4.0"},
    {
        "name": "UD English GUM (free genres)",
        "url": "https://github.com/UniversalDependencies/UD_English-GUM",
        "license": "CC BY 4.0",
    },
    {
        "name": "Universal NER, English EWT (dev)",
        "url": "https://github.com/UniversalNER/UNER_English-EWT",
        "license": "CC BY-SA 4.0",
    },
    {
        "name": "re3d (without BBC)",
        "url": "https://github.com/dstl/re3d",
        "license": "OGL v3, public domain, CC BY 3.0 AU, EU notice, CC BY-SA 3.0",
    },
    {"name": "GeoNames (names of places)", "url": "https://www.geonames.org", "license": "CC BY 4.0"},
    {"name": "Conflict news of this project, open half", "url": "training/data/conflict", "license": "CC BY 4.0"},
    {
        "name": "all-MiniLM-L6-v2 (encoder, fine-tuned)",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "license": "Apache-2.0",
    },
]
META = {
    "name": "conflict_minilm",
    "version": VERSION,
    "description": DESCRIPTION,
    "license": "CC BY-SA 4.0",
    "author": "Conflict news warehouse",
    "sources": SOURCES,
}
OPSET = 20
FUSED = "com.microsoft"
HEADS, EPSILON = 12, 1e-12
PLAIN = ("tags", "morphs", "starts", "names")  # tasks of one layer
BILINEAR = ("arc_word", "arc_head", "relation_word", "relation_head")


class Graph:
    """Collects nodes and constants; every method gives the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: np.ndarray) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: Iterable[str], name: str, outputs: int = 1, domain: str = "", **how: Any) -> Any:
        from onnx import helper

        names = [name] if outputs == 1 else [f"{name}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=name, domain=domain, **how))
        return name if outputs == 1 else names

    def product(self, states: str, weights: np.ndarray, name: str) -> str:
        """``states`` times a torch layer's weights."""
        return self.node("MatMul", [states, self.constant(f"{name}_w", weights.T)], name)


def graph(weights: dict[str, np.ndarray]) -> Any:
    """The network as an ONNX model that takes the sum of a run's embeddings and the places of its words."""
    from onnx import TensorProto, helper

    g = Graph()

    def norm(name: str) -> list[str]:
        return [g.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]

    at = "encoder.embeddings.LayerNorm"
    states = g.node("LayerNormalization", ["inputs", *norm(at)], "embedded", axis=-1, epsilon=EPSILON)
    for number in range(1 + max(int(name.split(".")[3]) for name in weights if name.startswith("encoder.encoder.layer."))):
        layer = f"encoder.encoder.layer.{number}"
        short = f"layer{number}"
        attention = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        together = g.product(states, np.concatenate([weights[f"{part}.weight"] for part in attention]), f"{short}_qkv")
        parts = g.node("Split", [together], f"{short}_split", outputs=3, axis=-1, num_outputs=3)
        bias = g.constant(f"{short}_qkv_b", np.concatenate([weights[f"{part}.bias"] for part in attention]))
        attended = g.node("MultiHeadAttention", [*parts, bias], f"{short}_attended", domain=FUSED, num_heads=HEADS)
        for name, source in (("attention.output", None), ("output", "intermediate.dense")):
            inner = attended
            if source:
                wide = g.product(states, weights[f"{layer}.{source}.weight"], f"{short}_wide")
                bias = g.constant(f"{short}_wide_b", weights[f"{layer}.{source}.bias"])
                inner = g.node("BiasGelu", [wide, bias], f"{short}_gelu", domain=FUSED)
            told = short + ("_fed" if source else "_kept")
            back = g.product(inner, weights[f"{layer}.{name}.dense.weight"], f"{told}_product")
            bias = g.constant(f"{told}_b", weights[f"{layer}.{name}.dense.bias"])
            given = [back, states, *norm(f"{layer}.{name}.LayerNorm"), bias]
            states = g.node("SkipLayerNormalization", given, told, domain=FUSED, epsilon=EPSILON)
    flat = g.node("Squeeze", [states, g.constant("zero", np.array([0]))], "flat")
    ends = [g.node("Gather", [flat, places], f"at_{places}", axis=0) for places in ("firsts", "lasts")]
    words = g.node("Mul", [g.node("Add", ends, "both"), g.constant("half", np.array(0.5, "float32"))], "words")
    outputs = [
        g.node("Add", [g.product(words, weights[f"{task}.weight"], f"{task}_p"), _bias(g, weights, task)], task)
        for task in PLAIN
    ]
    layers = {
        name: g.node(
            "BiasGelu",
            [g.product(words, weights[f"{name}.weight"], f"{name}_p"), _bias(g, weights, name)],
            name,
            domain=FUSED,
        )
        for name in BILINEAR
    }
    arc = weights["scores.arc"]
    bilinear = g.node("MatMul", [layers["arc_word"], g.constant("arc_w", arc[:-1])], "arc_p")
    bilinear = g.node("Add", [bilinear, g.constant("arc_b", arc[-1])], "arc_between")
    turned = g.node("Transpose", [layers["arc_head"]], "arc_turned", perm=[1, 0])
    outputs.append(g.node("MatMul", [bilinear, turned], "arcs"))
    one_more, one = g.constant("one_more", np.array([0, 0, 0, 1])), g.constant("one", np.array(1.0, "float32"))
    of_word, of_head = (g.node("Pad", [layers[name], one_more, one], f"{name}_one") for name in BILINEAR[2:])
    scores = weights["scores.relation"]  # relation, word, head
    by_word = g.constant("relation_w", scores.transpose(1, 0, 2).reshape(scores.shape[1], -1))
    shape = g.constant("relation_shape", np.array([-1, scores.shape[0], scores.shape[2]]))
    outputs.append(g.node("Reshape", [g.node("MatMul", [of_word, by_word], "relation_p"), shape], "relations"))
    outputs.append(of_head)
    width = weights["shapes.weight"].shape[1]
    model = helper.make_model(
        helper.make_graph(
            g.nodes,
            "contextual",
            [
                helper.make_tensor_value_info("inputs", TensorProto.FLOAT, [1, "pieces", width]),
                helper.make_tensor_value_info("firsts", TensorProto.INT64, ["words"]),
                helper.make_tensor_value_info("lasts", TensorProto.INT64, ["words"]),
            ],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            g.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)],
    )
    model.ir_version = 10
    return model


def _bias(g: Graph, weights: dict[str, np.ndarray], name: str) -> str:
    return g.constant(f"{name}_b", weights[f"{name}.bias"])


def quantised(source: Path, target: Path) -> None:
    """Seven bits of eight: with all eight, processors without VNNI overflow when they add."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    kept = [
        node.name for node in onnx.load(source).graph.node if node.op_type == "MatMul" and not node.name.startswith("layer")
    ]
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=kept,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def embeddings(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What is summed before the graph: pieces by eight bits and a scale each, spelling, hints, positions."""
    from spacy.strings import hash_string

    pieces = weights["encoder.embeddings.word_embeddings.weight"]
    scales = np.maximum(np.abs(pieces).max(axis=1, keepdims=True) / 127, 1e-8).astype("float32")
    told = hints()
    kinds = [(0.0,) * len(HINTS)]
    number = {kinds[0]: 0}
    rows: dict[int, int] = {}
    for form, found in sorted(told.items()):
        values = tuple(found.get(hint, 0.0) for hint in HINTS)
        if values not in number:
            number[values] = len(kinds)
            kinds.append(values)
        rows[hash_string(form)] = number[values]
    keys = np.array(sorted(rows), dtype="uint64")
    positions = weights["encoder.embeddings.position_embeddings.weight"]
    positions = positions + weights["encoder.embeddings.token_type_embeddings.weight"][0]
    return {
        "pieces": np.round(pieces / scales).astype("int8"),
        "scales": scales,
        "shapes": weights["shapes.weight"],
        "hints": (np.array(kinds, dtype="float32") @ weights["hints.weight"].T).astype("float32"),
        "positions": positions,
        "hinted_forms": keys,
        "hint_rows": np.array([rows[int(key)] for key in keys], dtype="uint16"),
    }


def export(work: Path, output: Path, quantise: bool, mean_with: Path | None = None) -> int:
    """Writes the pipeline to `output`; returns its size in bytes. `mean_with` holds another network of the same training."""
    import onnx
    import spacy
    import torch

    from dagster_project.reading import contextual  # noqa: F401 - registers the factory

    state = torch.load(work / "network.pt", map_location="cpu", weights_only=True)
    if mean_with is not None:
        other = torch.load(mean_with / "network.pt", map_location="cpu", weights_only=True)
        state = {name: (value.float() + other[name].float()) / 2 for name, value in state.items()}
    weights = {name: value.float().numpy() for name, value in state.items()}
    nlp = spacy.blank("en")
    treebank_tokenizer(nlp)
    nlp.add_pipe("contextual")
    licence = (MODEL / LICENCE).read_bytes()
    if output.exists():
        shutil.rmtree(output)
    folder = output / "contextual"
    nlp.meta.update(META)
    nlp.to_disk(output, exclude=["contextual"])
    folder.mkdir()
    (output / LICENCE).write_bytes(licence)
    shutil.copy(work / "classes.json", folder)
    shutil.copy(encoder_folder() / "vocab.txt", folder / "vocabulary.txt")
    np.savez(folder / "embeddings.npz", **embeddings(weights))
    plain = work / "network.onnx"
    onnx.save(graph(weights), plain)
    if quantise:
        quantised(plain, folder / "network.onnx")
    else:
        shutil.copy(plain, folder / "network.onnx")
    return sum(path.stat().st_size for path in output.rglob("*") if path.is_file())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / "work" / "joint")
    parser.add_argument("--output", type=Path, default=MODEL)
    parser.add_argument("--mean-with", type=Path, help="the folder of another network, to export the mean of both")
    parser.add_argument("--float", action="store_true", help="keep weights as trained, to measure what eight bits cost")
    arguments = parser.parse_args()
    size = export(arguments.work, arguments.output, not arguments.float, arguments.mean_with)
    print(f"{size / 1e6:.1f} MB written to {arguments.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
