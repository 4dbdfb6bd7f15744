"""A small coverage-guided fuzzer: inputs that reach new lines of the code under test are kept and mutated further.

Deterministic: the same seed tries the same inputs. Line events of the modules under test come from ``sys.settrace``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any


def fuzz(
    target: Callable[[bytes], object],
    seeds: Sequence[bytes],
    tokens: Sequence[bytes],
    modules: Sequence[str],
    rounds: int,
    seed: int = 0,
) -> tuple[int, int, int]:
    """Run ``target`` on ``rounds`` mutated inputs; whatever it raises is raised, with the input as a note.

    Returns (inputs tried, inputs kept for reaching something new, distinct lines reached).
    """
    chance = random.Random(seed)
    corpus = list(seeds)
    reached: set[tuple[str, int]] = set()
    kept = 0
    for number in range(rounds):
        data = (
            corpus[number]
            if number < len(seeds)
            else mutate(chance.choice(corpus[-40:] + corpus[:10]), corpus, tokens, chance)
        )
        lines = _trace(target, data, modules)
        if not lines <= reached:
            reached |= lines
            if number >= len(seeds):
                corpus.append(data)
                kept += 1
    return rounds, kept, len(reached)


def mutate(data: bytes, corpus: Sequence[bytes], tokens: Sequence[bytes], chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(out))
        kind = chance.randrange(6)
        if kind == 0:
            out[at:at] = chance.choice(tokens)
        elif kind == 1:
            out[at : at + chance.randint(1, 8)] = b""
        elif kind == 2 and out:
            out[chance.randrange(len(out))] = chance.randrange(256)
        elif kind == 3:
            other = chance.choice(corpus)
            start = chance.randint(0, len(other))
            out[at:at] = other[start : start + chance.randint(1, 60)]
        elif kind == 4:
            piece = bytes(out[at : at + chance.randint(1, 12)])
            out[at:at] = piece * chance.randint(1, 20)
        else:
            out[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
    return bytes(out[:20_000])


def _trace(target: Callable[[bytes], object], data: bytes, modules: Sequence[str]) -> set[tuple[str, int]]:
    lines: set[tuple[str, int]] = set()

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def every(frame: FrameType, event: str, argument: Any) -> Any:
        return local if frame.f_globals.get("__name__") in modules else None

    before = sys.gettrace()
    sys.settrace(every)
    try:
        target(data)
    except Exception as error:
        error.add_note(f"input: {data!r}")
        raise
    finally:
        sys.settrace(before)
    return lines
