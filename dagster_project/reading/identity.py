"""Which named group undescribed fighters belong to, where a document leaves only one choice.

"Hundreds of guerrillas attacked the base" names nobody, but a text that speaks of one insurgent group alone means its men.
The group joins them as an author of its own at low confidence, in the words of its nearest mention.

Belongs here: inference of an author's identity from the whole document. Does not belong: coreference (``coreference.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading.inflection import singular
from dagster_project.reading.types import Argument

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dagster_project.reading.types import Event

# Words for members of the one group a text is about; "gunmen", "attackers", "armed men" say nothing of whose they are.
_MEMBERS = {
    "guerrilla",
    "rebel",
    "insurgent",
    "jihadist",
    "militant",
    "terrorist",
    "extremist",
    "separatist",
    "subversive",
    "sect",
    "group",
    "insurgency",
}
_INFERRED = 0.4
_MARGIN = 3  # how many times as often as the next group the only choice is named


def identify(doc: Doc) -> None:
    """Give the events of a Doc named authors for described ones, in place."""
    group = _only_group(doc)
    if group is None:
        return
    for event in doc._.events:
        if _is_hurt(event, group) or any(a.role == "initiator" and a.actor == group for a in event.arguments):
            continue
        for filler in [a for a in event.arguments if a.role == "initiator" and _is_undescribed(doc, a)][:1]:
            event.arguments.append(_mention(doc, group, filler))


def _mention(doc: Doc, group: int, filler: Argument) -> Argument:
    """The group as an argument: its last name before the described authors, else its first."""
    names = [(n.start, n.end) for n in doc._.names if n.actor == group] or doc._.actors[group].spans
    before = [span for span in names if span[1] <= filler.start]
    start, end = before[-1] if before else names[0]
    return Argument(
        "initiator", start, end, doc[start:end].root.i, "group", actor=group, attribution=filler.attribution,
        attributed_by=filler.attributed_by, confidence=min(filler.confidence, _INFERRED),
    )  # fmt: skip


def _only_group(doc: Doc) -> int | None:
    """The one named armed group of a Doc, or the one told of far more than all others."""
    counts = {
        number: len(actor.spans)
        for number, actor in enumerate(doc._.actors)
        if actor.actor_type == "armed_group" and not actor.is_generic and actor.parent is None
    }
    if not counts:
        return None
    ranked = sorted(counts, key=lambda n: (-counts[n], n))
    if len(ranked) > 1 and counts[ranked[0]] < _MARGIN * counts[ranked[1]]:
        return None
    return ranked[0]


def _is_undescribed(doc: Doc, filler: Argument) -> bool:
    if singular(doc[filler.head].lower_) not in _MEMBERS and not any(
        singular(doc[i].lower_) in _MEMBERS for i in range(filler.head + 1, filler.end)
    ):
        return False
    if filler.actor is None:
        return True
    actor = doc._.actors[filler.actor]
    return actor.is_generic and not (
        actor.reference_id
        or actor.country_iso3
        or actor.backer_iso3
        or actor.parent_reference_id
        or actor.parent is not None
    )


def _is_hurt(event: Event, group: int) -> bool:
    return any(a.role in {"victim", "target"} and a.actor == group for a in event.arguments)
