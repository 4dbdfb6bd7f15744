"""Tells persons, organisations and places apart for names whose kind no corpus says (EWT's training part).

A logistic regression on MiniLM states, trained on the names of UNER (EWT's development part) and GUM. Measured by
four-fold cross-validation on UNER: 75 % right over four kinds, 88 % between persons, organisations and places.
Needs torch and scikit-learn: training only.
"""

from __future__ import annotations

import collections
from pathlib import Path

import numpy as np

from training import conllu, labels, names
from training.conllu import Document, Sentence
from training.names import Span

# Below this confidence a name stays unannotated rather than guessed.
LEAST_CONFIDENCE = 0.55
# UNER's names are of EWT's own genres, GUM's annotation is of mentions: trust the first four times as much.
UNER_WEIGHT, GUM_WEIGHT = 2.0, 0.5


def uner_spans(data: Path) -> dict[str, list[Span]]:
    """Gold names of UNER's development part by sentence id."""
    from training.evaluate import uner

    gold = uner(data / "uner_english_ewt" / "dev.iob2")
    return {name: [Span(start, end, kind) for start, end, kind in spans] for name, spans in gold.items()}


def name_ewt(data: Path, ewt: list[Document]) -> dict[str, list[Span]]:
    """Sentence id -> names of EWT's training part with a kind (PER, ORG, LOC, NONE), or None where unsure."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    known: list[tuple[Sentence, list[Span]]] = []
    weights: list[float] = []
    gold = uner_spans(data)
    for document in conllu.read(data / "ud_english_ewt" / "dev.conllu"):
        for sentence in document.sentences:
            if sentence.name in gold:
                spans = names.from_spans(sentence, gold[sentence.name])
                known.append((sentence, spans))
                weights += [UNER_WEIGHT] * len(spans)
    for document in conllu.read(data / "ud_english_gum" / "train.conllu"):
        mentions = names.gum_mentions(document.sentences)
        for sentence, found in zip(document.sentences, mentions, strict=True):
            spans = [s for s in names.from_mentions(sentence, found, names.GUM_KINDS) if s.kind is not None]
            spans = [Span(s.start, s.end, "NONE" if s.kind == "EVENT" else s.kind) for s in spans]
            known.append((sentence, spans))
            weights += [GUM_WEIGHT] * len(spans)
    sentences = [sentence for document in ewt for sentence in document.sentences]
    unknown = [(sentence, names.candidates(sentence)) for sentence in sentences]

    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.005, max_iter=300))
    kinds = [span.kind for _, spans in known for span in spans]
    model.fit(np.array(_states(known)), kinds, logisticregression__sample_weight=np.array(weights))
    chances = model.predict_proba(np.array(_states(unknown)))
    forms = [_form(sentence, span) for sentence, spans in unknown for span in spans]
    chances = _agree(chances, forms, list(model.classes_))
    rows = iter(chances)
    result: dict[str, list[Span]] = {}
    for sentence, spans in unknown:
        decided = []
        for span in spans:
            row = next(rows)
            kind = str(model.classes_[row.argmax()]) if row.max() > LEAST_CONFIDENCE else None
            decided.append(Span(span.start, span.end, kind))
        result[sentence.name] = decided
    return result


def _states(items: list[tuple[Sentence, list[Span]]]) -> list:
    return names.span_states([([word.form for word in sentence.words], spans) for sentence, spans in items])


def _form(sentence: Sentence, span: Span) -> str:
    return " ".join(word.form for word in sentence.words[span.start : span.end]).lower()


def _agree(chances: np.ndarray, forms: list[str], classes: list[str]) -> np.ndarray:
    """Half of what is believed of a name comes from its other occurrences; countries are places."""
    logs = np.log(chances + 1e-6)
    where: dict[str, list[int]] = collections.defaultdict(list)
    for index, form in enumerate(forms):
        where[form].append(index)
    for form, indices in where.items():
        if len(indices) > 1:
            logs[indices] = 0.5 * logs[indices] + 0.5 * logs[indices].mean(0)
        if form in labels.countries():
            logs[indices] = np.log([0.98 if kind == "LOC" else 0.005 for kind in classes])
    believed = np.exp(logs)
    return believed / believed.sum(axis=1, keepdims=True)
