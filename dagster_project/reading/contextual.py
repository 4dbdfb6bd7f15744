"""Component ``contextual``: tags, trees, sentences and names by a quantised MiniLM that ONNX Runtime reads.

The document is read in runs of whole sentences, each by itself and on one thread: no other document, and nothing
further away in this one, changes what is found. `training.joint` trains the network, `training.export` writes the files.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import DEP, HEAD, MORPH, POS, TAG
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Span

from dagster_project.reading.arborescence import best_tree
from dagster_project.reading.wordpieces import WordPieces, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

ASSIGNED = [
    "token.tag",
    "token.pos",
    "token.morph",
    "token.dep",
    "token.head",
    "token.is_sent_start",
    "doc.sents",
    "doc.ents",
]
# A run takes further sentences up to the first number of pieces, as in training; what typography leaves whole is cut at
# the second, as the encoder counts no more than 512.
RUN_PIECES, MOST_PIECES = 140, 256
KNOWN_WORDS = 50_000  # whose pieces are kept at hand
# More starts are missed than invented: what was best on the treebanks' development parts (training/README.md).
EAGER = 0.5
NEVER = -1e9


@Language.factory("contextual", assigns=ASSIGNED)
def make_contextual(nlp: Language, name: str) -> Contextual:
    return Contextual(nlp.vocab)


class Contextual:
    """Reads nothing until `from_disk` has loaded its files."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._network: Any = None
        self.classes: dict[str, list[str]] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """Relations and kinds of names."""
        return (*self.classes.get("relations", ()), *self._kinds)

    def to_disk(self, path: Path | str, exclude: Sequence[str] = ()) -> None:
        """The same files again: reading changes none of them."""
        shutil.copytree(self._folder, path)

    def from_disk(self, path: Path | str, exclude: Sequence[str] = ()) -> Contextual:
        folder = self._folder = Path(path)
        self.classes = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
        self._wordpieces = WordPieces((folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines())
        with np.load(folder / "embeddings.npz") as tables:
            self._pieces, self._scales = tables["pieces"], tables["scales"]
            self._shapes, self._hints, self._positions = tables["shapes"], tables["hints"], tables["positions"]
            self._hinted_forms, self._hint_rows = tables["hinted_forms"], tables["hint_rows"]
        self._known = lru_cache(KNOWN_WORDS)(self._look_up)
        self._network = _session(folder / "network.onnx")
        strings = self._vocab.strings
        self._tags = np.array([strings.add(tag) for tag in self.classes["tags"]], dtype="uint64")
        relations = ["ROOT" if relation == "root" else relation for relation in self.classes["relations"]]
        self._relations = np.array([strings.add(relation) for relation in relations], dtype="uint64")
        self._root_relation = relations.index("ROOT")
        classes = [morph.split("|", 1) for morph in self.classes["morphs"]]
        self._parts = np.array([strings.add(part) for part, _ in classes], dtype="uint64")
        self._features = np.array([self._vocab.morphology.add(features) for _, features in classes], dtype="uint64")
        self._blank = [strings.add(form) for form in ("_SP", "SPACE", "dep")]
        return self

    @property
    def _kinds(self) -> list[str]:
        return list(dict.fromkeys(name[2:] for name in self.classes.get("names", ()) if name != "O"))

    def __call__(self, doc: Doc) -> Doc:
        values = np.zeros((len(doc), 5), dtype="int64")
        names: list[Span] = []
        words: list[int] = []
        for run, breaks in self._runs(doc):
            found, spans = self._read(doc, run, breaks)
            values[run] = found.view("int64")
            names += spans
            words += run
        tag, part, relation = self._blank
        empty = self._vocab.morphology.add("")
        is_word = np.zeros(len(doc), dtype=bool)
        is_word[words] = True
        for index in np.flatnonzero(~is_word).tolist():
            # Blanks hang on the word before them, those that open the document on the first word.
            head = index - 1 if index else (words[0] if words else index)
            values[index] = np.array([tag, part, empty, 0, relation], dtype="uint64").view("int64")
            values[index, 3] = head - index
        doc.from_array([TAG, POS, MORPH, HEAD, DEP], values.view("uint64"))  # type: ignore[arg-type]
        doc.set_ents(names, default="outside")
        return doc

    def _look_up(self, word: str) -> tuple[list[int], int]:
        """The pieces of a word and the row of its hints."""
        key = np.uint64(hash_string(fold(word)))
        place = int(np.searchsorted(self._hinted_forms, key))
        known = place < len(self._hinted_forms) and self._hinted_forms[place] == key
        return self._wordpieces.pieces(word), int(self._hint_rows[place]) if known else 0

    def _runs(self, doc: Doc) -> Iterator[tuple[list[int], set[int]]]:
        """(words, those that follow a break) of each run: sentences as far as typography parts them."""
        run: list[int] = []
        segment: list[int] = []
        run_pieces = segment_pieces = 0
        breaks: set[int] = set()
        for token in doc:
            if token.is_space:
                continue
            sure = token.is_sent_start is True
            pieces = len(self._known(token.text)[0])
            if segment and (sure or segment_pieces + pieces > MOST_PIECES):
                if run and run_pieces + segment_pieces > RUN_PIECES:
                    yield run, breaks
                    run, run_pieces = [], 0
                run, run_pieces = run + segment, run_pieces + segment_pieces
                segment, segment_pieces = [], 0
            if sure and token.i and doc[token.i - 1].is_space and "\n" in doc[token.i - 1].text:
                breaks.add(token.i)
            segment.append(token.i)
            segment_pieces += pieces
        if run and run_pieces + segment_pieces > RUN_PIECES:
            yield run, breaks
            run = []
        if segment:
            yield run + segment, breaks

    def _read(self, doc: Doc, run: list[int], breaks: set[int]) -> tuple[np.ndarray, list[Span]]:
        """(tag, part of speech, morphology, head, relation) of each word of a run, and its names."""
        words = [doc[index].text for index in run]
        opens = [index == run[0] or index in breaks for index in run]
        layout = self._wordpieces.lay_out(words, opens, lambda word: self._known(word)[0])
        rows = [*(self._known(word)[1] for word in words), 0]  # the last one is that of the encoder's own marks
        inputs = self._pieces[layout.pieces].astype("float32") * self._scales[layout.pieces]
        inputs += self._shapes[layout.shapes]
        inputs += self._hints[[rows[word] for word in layout.words]]
        inputs += self._positions[: len(layout.pieces)]
        given = {"inputs": inputs[None], "firsts": np.array(layout.firsts), "lasts": np.array(layout.lasts)}
        tags, morphs, starts, names, arcs, related, of_head = self._network.run(None, given)
        sentences = _sentences([doc[index].is_sent_start for index in run], starts[1:])
        heads = np.zeros(len(run), dtype="int64")
        for begin, end in sentences:
            heads[begin:end] = begin + _heads(arcs[begin + 1 : end + 1, [0, *range(begin + 1, end + 1)]])
        places = np.arange(len(run))
        roots = heads == places
        scores = np.einsum("wrj,wj->wr", related[1:], of_head[np.where(roots, 0, heads + 1)])
        scores[:, self._root_relation] = np.where(roots, -NEVER, NEVER)
        relations = scores.argmax(axis=1)
        chosen = morphs[1:].argmax(axis=1)
        steps = np.array(run)[heads] - np.array(run)
        found = (
            self._tags[tags[1:].argmax(axis=1)],
            self._parts[chosen],
            self._features[chosen],
            steps.view("uint64"),
            self._relations[relations],
        )
        spans = [
            Span(doc, run[start], run[end - 1] + 1, label=label)
            for start, end, label in _names(names[1:], self.classes["names"], {begin for begin, _ in sentences})
        ]
        return np.stack(found, axis=1), spans


def _session(path: Path) -> Any:
    from onnxruntime import ExecutionMode, InferenceSession, SessionOptions

    options = SessionOptions()
    # One thread adds always in the same order; parallel work is by documents.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    return InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _sentences(preset: list[bool | None], starts: np.ndarray) -> list[tuple[int, int]]:
    """The sentences of a run: what typography leaves open, the network decides."""
    begins = [
        place == 0 or given is True or (given is None and starts[place, 1] + EAGER > starts[place, 0])
        for place, given in enumerate(preset)
    ]
    firsts = [place for place, begin in enumerate(begins) if begin]
    return list(zip(firsts, [*firsts[1:], len(preset)], strict=True))


def _heads(scores: np.ndarray) -> np.ndarray:
    """The tree of a sentence from its words' scores of the root (first column) and of each other."""
    scores = scores - scores.max(axis=1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return np.array(best_tree(scores[:, 1:], int(scores[:, 0].argmax())))


def _names(scores: np.ndarray, classes: list[str], firsts: set[int]) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) of the best sequence in which a name goes on only with its own kind and within its sentence."""
    best = _best_classes(scores, firsts)
    start: int | None = None
    for place, number in enumerate([*best, 0]):
        if start is not None and (number == 0 or number % 2):
            yield start, place, classes[best[start]][2:]
            start = None
        if number % 2:
            start = place


def _best_classes(scores: np.ndarray, firsts: set[int]) -> list[int]:
    """Classes are "O", then "B-" and "I-" of each kind in turn."""
    inside = np.arange(2, scores.shape[1], 2)
    best = scores[0].astype("float64")
    best[inside] += NEVER
    back = np.zeros(scores.shape, dtype="int64")
    for place in range(1, len(scores)):
        free = int(best.argmax())
        come = np.full(len(best), best[free])
        back[place] = free
        goes_on = np.where(best[inside] > best[inside - 1], inside, inside - 1)
        come[inside] = best[goes_on] if place not in firsts else NEVER
        back[place, inside] = goes_on
        best = come + scores[place]
    classes = [int(best.argmax())]
    for place in range(len(scores) - 1, 0, -1):
        classes.append(int(back[place, classes[-1]]))
    return classes[::-1]
