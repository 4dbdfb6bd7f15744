"""Near-duplicate articles: one text syndicated, copied or slightly edited.

Candidates by MinHash LSH (Broder 1997) through datasketch, accepted by the estimated Jaccard similarity of word 5-grams.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from dagster_project.ingest.content import PERMUTATIONS, SCHEME

SAME_TEXT = 0.8  # estimated Jaccard similarity from which two articles count as one text


def find_near_duplicates(documents: pl.DataFrame) -> dict[str, str]:
    """document_id -> document_id of the article that stands for it.

    Args:
        documents: columns document_id, published_on, signature. The earliest published (undated last), then the smallest
            document_id stands for its group, whatever the order of the rows.
    """
    from datasketch import MinHash, MinHashLSH

    rows = [r for r in documents.select("document_id", "published_on", "signature").iter_rows() if r[2]]
    rows.sort(key=lambda r: (r[1] is None, r[1], r[0]))
    index = MinHashLSH(threshold=SAME_TEXT, num_perm=PERMUTATIONS)
    stands_for: dict[str, str] = {}
    values: dict[str, np.ndarray] = {}
    for document_id, _, signature in rows:
        sketch = MinHash(hashvalues=np.array(signature), seed=1, scheme=SCHEME)
        similar = [c for c in index.query(sketch) if np.mean(values[c] == sketch.hashvalues) >= SAME_TEXT]
        if similar:
            # Only articles that stand for themselves are in the index, so chains cannot drift away from their text.
            stands_for[document_id] = min(similar, key=list(values).index) if len(similar) > 1 else similar[0]
        else:
            index.insert(document_id, sketch)
            values[document_id] = sketch.hashvalues
    return stands_for
