"""Near-duplicate articles: one text syndicated, copied or slightly edited.

Candidates by MinHash and locality-sensitive hashing (Broder 1997), accepted by the estimated Jaccard similarity of word
5-grams. A dozen lines of NumPy: a library for it (datasketch) imports SciPy, which takes longer than a thousand texts do.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

SAME_TEXT = 0.8  # estimated Jaccard similarity from which two articles count as one text
SHINGLE_WORDS = 5
PERMUTATIONS = 64
# Articles that share all values of a band are compared. From SAME_TEXT on few are missed and below it few compared: of all
# ways to cut 64 values, this one has the least sum of both errors over all similarities.
BANDS, BAND_VALUES = 5, 11
WORD = re.compile(r"\w+")


def signature(text: str) -> list[int]:
    """MinHash signature of the text's word 5-grams; empty for a text shorter than one.

    Signatures are kept, some longer than their files: they must stay what they are (datasketch's, of scheme affine32).
    """
    words = WORD.findall(text.casefold())
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)}
    if not shingles:
        return []
    hashes = _mixed(np.frombuffer(b"".join(hashlib.sha1(s.encode()).digest()[:4] for s in shingles), dtype="<u4"))
    factors, summands = _permutations()
    return (hashes[:, None] * factors + summands).min(axis=0).tolist()


def _mixed(hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The last steps of MurmurHash3."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes = (hashes ^ (hashes >> np.uint32(shift))) * np.uint32(factor)
    return hashes ^ (hashes >> np.uint32(16))


@cache
def _permutations() -> npt.NDArray[np.uint32]:
    """Factors and summands of permutations of the numbers of 32 bits: an odd factor maps no two of them to one.

    This generator gives the same numbers in every version of NumPy.
    """
    numbers = np.random.RandomState(1)
    factors = numbers.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return np.array([factors, numbers.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)])


def find_near_duplicates(documents: pl.DataFrame) -> dict[str, str]:
    """document_id -> document_id of the article that stands for it.

    Args:
        documents: columns document_id, published_on, signature. The earliest published (undated last), then the smallest
            document_id stands for its group, whatever the order of the rows.
    """
    rows = documents.filter(pl.col("signature").list.len() > 0).sort("published_on", "document_id", nulls_last=True)
    ids = rows["document_id"].to_list()
    signatures = rows["signature"].list.to_array(PERMUTATIONS).to_numpy().astype(np.uint32)
    # Only articles that stand for themselves are in the index, so chains cannot drift away from their text.
    index: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    stands_for: dict[str, str] = {}
    for number, values in enumerate(signatures):
        bands = [(band, values[band * BAND_VALUES : (band + 1) * BAND_VALUES].tobytes()) for band in range(BANDS)]
        candidates = {other for band in bands for other in index.get(band, ())}
        similar = [other for other in candidates if np.mean(signatures[other] == values) >= SAME_TEXT]
        if similar:
            stands_for[ids[number]] = ids[min(similar)]
        else:
            for band in bands:
                index[band].append(number)
    return stands_for
