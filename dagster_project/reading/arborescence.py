"""The best tree over scored arcs (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np


def best_tree(scores: np.ndarray, root: int) -> list[int]:
    """The head of each node in the tree of the highest sum of ``scores[node, head]`` in which all lead to `root`.

    The root is its own head.
    """
    count = len(scores)
    scores = scores.astype("float64")
    np.fill_diagonal(scores, -np.inf)
    heads = scores.argmax(axis=1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if not cycle:
        return heads.tolist()
    # The cycle becomes one node: entering it at a node gives up that node's arc inside.
    inside = np.array(cycle)
    outside = np.array([node for node in range(count) if node not in set(cycle)])
    own = scores[inside, heads[inside]]
    entering = scores[np.ix_(inside, outside)] - own[:, None]
    leaving = scores[np.ix_(outside, inside)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[-1, :-1] = entering.max(axis=0)
    smaller[:-1, -1] = leaving.max(axis=1)
    found = best_tree(smaller, int(np.flatnonzero(outside == root)[0]))
    for place, node in enumerate(outside):
        head = found[place]
        heads[node] = inside[leaving[place].argmax()] if head == len(outside) else outside[head]
    governor = found[-1]
    heads[inside[entering[:, governor].argmax()]] = outside[governor]
    return heads.tolist()


def _cycle(heads: np.ndarray, root: int) -> list[int]:
    """The nodes of one cycle, or none."""
    state = np.zeros(len(heads), dtype=int)  # 0 unseen, else the walk that met the node
    state[root] = -1
    for start in range(len(heads)):
        node = start
        while not state[node]:
            state[node] = start + 1
            node = int(heads[node])
        if state[node] == start + 1:
            cycle, other = [node], int(heads[node])
            while other != node:
                cycle.append(other)
                other = int(heads[other])
            return cycle
    return []
