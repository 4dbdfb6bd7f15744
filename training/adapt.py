"""Second stages: going on from trained weights, at a lower rate, with more of the domain.

The parser's first stage learns from the treebanks alone; then the vectors get their columns of gazetteer hints, and it
goes on with treebanks plus generated conflict news, each document twice: as it is and with other words in it. The recogniser goes on with the documents that the first stage
kept for development, and fewer exchanged names. Going on costs a fraction of starting anew and reaches as far.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def adapt(config: str, first_stage: Path, output: Path, overrides: dict[str, Any]) -> None:
    """Continues the pipeline at `first_stage` by `configs/<config>.cfg` with `overrides`; writes model-best, model-last."""
    import spacy
    from spacy import util
    from spacy.training.loop import train as run

    import training.tokens  # noqa: F401 - registers the tokenizer named by the configuration
    from training.loop import CONFIGS, SAVED, use_fast_arithmetic
    from training.vectors import keep_attribute

    use_fast_arithmetic()
    output.mkdir(parents=True, exist_ok=True)
    nlp = spacy.load(first_stage)
    settings = util.load_config(CONFIGS / f"{config}.cfg", overrides=overrides, interpolate=False)
    exchange_vectors(nlp, Path(overrides["paths.vectors"]))
    for section in ("paths", "corpora", "training"):
        nlp.config[section] = settings[section]
    run(nlp, output, stdout=sys.stdout, stderr=sys.stderr)
    for name in SAVED:
        keep_attribute(output / name)


def exchange_vectors(nlp: Language, vectors: Path) -> None:
    """Gives the pipeline other vectors; columns it does not know weigh nothing until training says otherwise."""
    import numpy as np
    import spacy

    table = spacy.load(vectors).vocab.vectors
    for name in nlp.pipe_names:
        model = getattr(nlp.get_pipe(name), "model", None)
        for node in model.walk() if model is not None else ():
            if node.name != "static_vectors":
                continue
            old = node.get_param("W")
            wide = np.zeros((old.shape[0], table.shape[1]), dtype="float32")
            wide[:, : old.shape[1]] = old
            # thinc fixes a layer's widths once it has weights; this is the one case where they grow.
            node._dims["nM"] = table.shape[1]
            node.set_param("W", wide)
    nlp.vocab.vectors = table


def silence_unknown(docs: list, labels: tuple[str, ...]) -> int:
    """Clears word class and morphology where the morphologizer has no such label; returns how many words."""
    from spacy.morphology import Morphology

    known, cleared = set(labels), 0
    for doc in docs:
        for token in doc:
            features = token.morph.to_dict()
            features["POS"] = token.pos_
            if Morphology.dict_to_feats(features) not in known:
                token.pos = 0
                token.set_morph(None)
                cleared += 1
    return cleared
