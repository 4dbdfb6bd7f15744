"""Who stands behind whom: the tree of resolved actors, and whether two actors can be one side.

Belongs here: relations between actors that hold whatever the incident. Does not belong: how actors are found across
documents (``actors.py``), what a relation is worth in a comparison (``scoring.py``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

import polars as pl

from dagster_project.reference import table
from dagster_project.resolution.nodes import HELD, Nodes

# same: one actor; side: same branch of one hierarchy; described: a description that fits; open: a description that says
# nothing against it; sibling: two bodies under one umbrella of armed groups; backed: a state and what it sponsors;
# different: two sides
Relation = Literal["same", "side", "described", "open", "sibling", "backed", "different"]

STATE_BODIES = frozenset({"state", "government", "military"})
# Deeper than any real chain; stops a circular one.
_MAX_STEPS = 8
_ORDER: tuple[Relation, ...] = ("same", "side", "described", "sibling", "open", "backed", "different")


@cache
def _styles() -> frozenset[tuple[str, str]]:
    """Groups that speak as a state: (actor_id, iso3)."""
    return frozenset((row["actor_id"], row["country_iso3"]) for row in table("actor_styles"))


@dataclass(frozen=True, slots=True)
class ActorNode:
    """What a comparison needs to know of an actor."""

    actor_id: str
    name: str
    actor_type: str
    country: str | None
    backer: str | None
    parent: str | None
    is_generic: bool


_NODE = {
    "actor_id": "actor_id", "name": "name", "actor_type": "actor_type", "country": "country_iso3",
    "backer": "backer_iso3", "parent": "parent_actor_id", "is_generic": "is_generic",
}  # fmt: skip


@dataclass(slots=True)
class Hierarchy:
    """Resolved actors by id, with their chains of parents."""

    nodes: Mapping[str, ActorNode]
    _chains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _relations: dict[tuple[str, str], Relation] = field(default_factory=dict)

    @classmethod
    def of(cls, resolved: pl.DataFrame) -> Hierarchy:
        """From rows of ``resolved_actor``, sorted."""
        return cls(Nodes(resolved.select(_NODE.values()), lambda row: ActorNode(*row)))

    def chain(self, actor_id: str) -> tuple[str, ...]:
        """The actor and what stands above it, nearest first."""
        found = self._chains.get(actor_id)
        if found is None:
            steps = [actor_id]
            node = self.nodes.get(actor_id)
            while node and node.parent and node.parent not in steps and len(steps) <= _MAX_STEPS:
                steps.append(node.parent)
                node = self.nodes.get(node.parent)
            found = self._chains[actor_id] = tuple(steps)
        return found

    def side(self, actor_id: str) -> str:
        """The end of the chain; a state's body without parents stands for its state by country."""
        root = self.chain(actor_id)[-1]
        node = self.nodes.get(root)
        if node and node.actor_type in STATE_BODIES and node.country:
            return f"state:{node.country}"
        return root

    def describe(self, actor_id: str) -> str:
        """All that relations of the actor depend on, as text."""
        return repr([self.nodes.get(step) for step in self.chain(actor_id)])

    def is_specific(self, actor_id: str) -> bool:
        """Whether the actor is somebody: named, or described with a country or a sponsor ("Iran-backed militias")."""
        node = self.nodes.get(actor_id)
        return node is not None and (not node.is_generic or node.backer is not None or node.actor_type in STATE_BODIES)

    def is_known(self, actor_id: str) -> bool:
        """Whether more is known of a named actor than its name: a country, a sponsor, what it is part of."""
        node = self.nodes.get(actor_id)
        return node is not None and bool(node.country or node.backer or node.parent)

    def is_lone(self, actor_id: str) -> bool:
        """Whether the actor is a person of whom no side is told."""
        node = self.nodes.get(actor_id)
        return node is not None and node.actor_type == "person" and len(self.chain(actor_id)) == 1 and node.country is None

    def relation(self, a: str, b: str) -> Relation:
        """How two actors stand to each other; symmetric."""
        if a == b:
            return "same"
        key = (a, b) if a < b else (b, a)
        found = self._relations.get(key)
        if found is None:
            if len(self._relations) >= HELD:
                self._relations.clear()
            found = self._relations[key] = self._relate(*key)
        return found

    def _relate(self, a: str, b: str) -> Relation:
        one, other = self.nodes[a], self.nodes[b]
        chain_a, chain_b = self.chain(a), self.chain(b)
        side_a, side_b = self.side(a), self.side(b)
        if b in chain_a or a in chain_b:
            return "side"
        if side_a == side_b:
            return "side" if side_a.startswith("state:") else "sibling"
        if one.is_generic or other.is_generic:
            return self._described(one, other)
        if spelled_alike(a, b):
            return "described"
        if self._backs(one, other) or self._backs(other, one):
            return "backed"
        return "open" if self._speaks_as(one, other) or self._speaks_as(other, one) else "different"

    def _speaks_as(self, group: ActorNode, body: ActorNode) -> bool:
        """Whether a group that holds a capital may be meant by a name of that state's forces."""
        is_body = body.actor_type in STATE_BODIES and body.country is not None
        return is_body and any((step, body.country) in _styles() for step in self.chain(group.actor_id))

    def _described(self, one: ActorNode, other: ActorNode) -> Relation:
        if not _types_agree(one, other):
            if self._backs(one, other) or self._backs(other, one):
                return "backed"
            return "open" if self._speaks_as(one, other) or self._speaks_as(other, one) else "different"
        countries = {c for c in (one.country, other.country) if c}
        backers = {c for c in (one.backer, other.backer) if c}
        if len(backers) > 1 or (len(countries) > 1 and not backers):
            return "different"
        if len(countries) > 1:
            return "backed"
        agreed = (one.country is not None and one.country == other.country) + (
            one.backer is not None and one.backer == other.backer
        )
        return "described" if agreed else "open"

    def _backs(self, sponsor: ActorNode, other: ActorNode) -> bool:
        return sponsor.actor_type in STATE_BODIES and other.backer is not None and sponsor.country == other.backer

    def best(self, many: tuple[str, ...], others: tuple[str, ...]) -> Relation | None:
        """The closest relation between two sets; None where one is empty."""
        found: Relation | None = None
        for a in many:
            for b in others:
                relation = self.relation(a, b)
                if found is None or _ORDER.index(relation) < _ORDER.index(found):
                    found = relation
                if found == "same":
                    return found
        return found


# Whoever is told of may be one of them.
_ANYBODY = frozenset({"individuals", "man", "men", "people", "person", "persons", "victims", "woman", "women"})


def _types_agree(one: ActorNode, other: ActorNode) -> bool:
    types = {one.actor_type, other.actor_type}
    # "A gunman" may turn out to be a named person, a named nurse be one of the residents.
    if len(types) == 1 or types & {"other", "person"} or types <= STATE_BODIES:
        return True
    return any(node.is_generic and node.name.lower() in _ANYBODY for node in (one, other))


_VOWELS = re.compile("[aiu]")
_LONG_NAME = 8


@lru_cache(maxsize=50_000)
def spelled_alike(a: str, b: str) -> bool:
    """Whether two persons' full names are one name written down twice: "Adnan al-Nuaimi", "Adnan al-Naimi".

    One vowel more, less or other, as languages that write few vowels are transliterated; ids hold folded names.
    """
    kind, _, one = a.partition(":")
    other_kind, _, other = b.partition(":")
    if not kind == other_kind == "person" or "-" not in one or min(len(one), len(other)) < _LONG_NAME:
        return False
    return _VOWELS.sub("", one) == _VOWELS.sub("", other) and _is_one_letter_off(one, other)


def _is_one_letter_off(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    at = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    return longer[at + 1 :] == shorter[at + (len(longer) == len(shorter)) :]
