"""Runs the training loop of one configuration, reproducibly.

Preparing data belongs to `prepare` and `entities`, the order of the steps to `train`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.vectors import keep_attribute

if TYPE_CHECKING:
    from spacy.language import Language

CONFIGS = Path(__file__).parent / "configs"
SAVED = ("model-best", "model-last")  # what spaCy's loop writes


def use_fast_arithmetic() -> None:
    """Multiplies matrices with numpy's BLAS, three times as fast as spaCy's default on processors with AVX-512."""
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))


def train(config: str, output: Path, overrides: dict[str, Any]) -> Language:
    """Trains `configs/<config>.cfg` with `overrides` ("section.key" -> value); writes model-best and model-last."""
    import sys

    from spacy import util
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as run

    import training.tokens  # noqa: F401 - registers the tokenizer named by the configurations

    use_fast_arithmetic()
    output.mkdir(parents=True, exist_ok=True)
    settings = util.load_config(CONFIGS / f"{config}.cfg", overrides=overrides, interpolate=False)
    nlp = init_nlp(settings)
    trained, _ = run(nlp, output, stdout=sys.stdout, stderr=sys.stderr)
    for name in SAVED:
        keep_attribute(output / name)
    return trained
