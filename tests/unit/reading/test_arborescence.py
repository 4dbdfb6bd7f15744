"""The best tree, against all trees."""

from itertools import product

import numpy as np
import pytest

from dagster_project.reading.arborescence import best_tree


def leads_to(heads, root):
    for node in range(len(heads)):
        seen = set()
        while node != root:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node]
    return True


def total(scores, heads, root):
    return sum(scores[node, head] for node, head in enumerate(heads) if node != root)


@pytest.mark.parametrize("seed", range(60))
def test_no_other_tree_scores_higher(seed):
    rng = np.random.default_rng(seed)
    count = 2 + seed % 4
    scores, root = rng.normal(size=(count, count)), int(rng.integers(count))
    found = best_tree(scores, root)
    assert found[root] == root
    assert leads_to(found, root)
    others = (heads for heads in product(range(count), repeat=count) if heads[root] == root and leads_to(heads, root))
    assert total(scores, found, root) == pytest.approx(max(total(scores, heads, root) for heads in others))


def test_one_word_is_its_own_head():
    assert best_tree(np.zeros((1, 1)), 0) == [0]


def test_a_cycle_of_the_surest_arcs_is_broken_where_it_costs_least():
    scores = np.array([[0.0, 0, 0], [1, 0, 9], [4, 9, 0]])
    assert best_tree(scores, 0) == [0, 2, 0]
