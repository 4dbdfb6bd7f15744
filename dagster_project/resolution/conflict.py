"""Type of violence, conflict and dyad of an incident, in UCDP's sense, from its sides alone.

Rules (UCDP GED codebook 24.1, sections on type of violence, conflict and dyad; simplified to what news tells):

- a side is a government (state, its government, military or police, by the end of its chain of parents), an organised
  group (armed_group, named or described with a country or a sponsor), or civilians (civilians, media, companies, persons
  who stand for neither);
- 1, state-based: a government against a group or another government, whoever attacks;
- 2, non-state: two groups;
- 3, one-sided: a government or a group attacks civilians, and no armed side is a target; without a target, victims who are
  all told to be civilians say so too;
- none of these: null. International organisations are no side.
- dyad_name: "Government of A - Government of B" and groups by name, governments first, then by name; in one-sided
  violence "<attacker> - Civilians".
- conflict_name: of two states "A - B", of a state and a group "A: <the group's umbrella>", else the dyad's name. The
  incompatibility (government or territory), which UCDP puts there, is not told by single reports.

Belongs here: these rules. Does not belong: who the sides are (``incidents.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from dagster_project.resolution.hierarchy import STATE_BODIES, Hierarchy

_CIVILIAN_TYPES = frozenset({"civilians", "media", "company", "person"})


@dataclass(frozen=True, slots=True)
class Side:
    """A party: ``kind`` is government, group or civilians; ``umbrella`` the top of a group's chain."""

    kind: str
    name: str
    umbrella: str


@dataclass(frozen=True, slots=True)
class Violence:
    """UCDP's view of an incident; all None where the sides do not say."""

    type_of_violence: int | None = None
    conflict_name: str | None = None
    dyad_name: str | None = None


def side_of(actor_id: str, hierarchy: Hierarchy) -> Side | None:
    """The party an actor stands for; None for what is no party."""
    chain = [hierarchy.nodes[i] for i in hierarchy.chain(actor_id) if i in hierarchy.nodes]
    if not chain:
        return None
    # A person stands for the organisation, a body for its state, a wing for its group.
    top = chain[-1]
    node = chain[0]
    if node.actor_type == "civilians":
        return Side("civilians", "Civilians", "Civilians")
    if any(n.actor_type == "armed_group" for n in chain):
        group = next(n for n in chain if n.actor_type == "armed_group")
        if group.is_generic and group.country is None and group.backer is None:
            return None
        return Side("group", group.name, top.name if top.actor_type == "armed_group" else group.name)
    if any(n.actor_type in STATE_BODIES for n in chain):
        state = next((n for n in chain if n.actor_type == "state"), None)
        if state is None:
            return None
        return Side("government", state.name, state.name)
    if node.actor_type in _CIVILIAN_TYPES:
        return Side("civilians", "Civilians", "Civilians")
    return None


def classify(initiators: list[str], targets: list[str], victim_classes: set[str], hierarchy: Hierarchy) -> Violence:
    """Violence of an incident.

    Args:
        initiators, targets: actor ids, most supported first.
        victim_classes: of its casualty claims.
    """
    doer = _first_party(initiators, hierarchy)
    if doer is None:
        return Violence()
    others = [s for t in targets if (s := side_of(t, hierarchy)) is not None and s != doer]
    armed = next((s for s in others if s.kind != "civilians"), None)
    if armed is None:
        is_told_civilian = victim_classes == {"civilian"}
        if any(s.kind == "civilians" for s in others) or is_told_civilian:
            name = f"{_party(doer)} - Civilians"
            return Violence(3, name, name)
        return Violence()
    return _armed(doer, armed)


def _first_party(actors: list[str], hierarchy: Hierarchy) -> Side | None:
    parties = [s for a in actors if (s := side_of(a, hierarchy)) is not None]
    return next((s for s in parties if s.kind != "civilians"), None)


def _armed(one: Side, other: Side) -> Violence:
    first, second = sorted((one, other), key=lambda s: (s.kind != "government", s.name))
    dyad = f"{_party(first)} - {_party(second)}"
    if first.kind == second.kind == "government":
        return Violence(1, f"{first.name} - {second.name}", dyad)
    if first.kind == "government":
        return Violence(1, f"{first.name}: {second.umbrella}", dyad)
    return Violence(2, dyad, dyad)


def _party(side: Side) -> str:
    return f"Government of {side.name}" if side.kind == "government" else side.name
