"""Which named group undescribed fighters belong to, and whose undescribed forces are, where a document leaves one choice.

"Hundreds of guerrillas attacked the base" names nobody, but a text that speaks of one insurgent group alone means its men.
The group joins them as an author of its own, suspected at low confidence, in the words of its nearest mention; not
where the text says that no group has claimed the deed. "The military launched a strike", "fighter jets attacked": in a text
where one state alone strikes, its forces are suspected too. A force that reports losses of its enemy without saying who inflicted them claims them.

Belongs here: inference of an author's identity from the whole document. Does not belong: coreference (``coreference.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, surroundings, syntax
from dagster_project.reading.compatibility import FROM_AFAR
from dagster_project.reading.inflection import singular
from dagster_project.reading.realis import is_unclaimed
from dagster_project.reading.responsibility import identified_as
from dagster_project.reading.types import Argument
from dagster_project.reading.victims import people_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dagster_project.reading.types import Actor, Event

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
    "fighter",
    "cadre",
    "combatant",
    "ultra",
    "mujahideen",
}
_FORCES = {"military", "army", "navy", "troops", "forces", "soldiers", "police", "policemen"}
_MEANS = {"jets", "jet", "warplanes", "warplane", "aircraft", "planes", "helicopters", "gunships", "artillery", "gunboats"}
_INFERRED = 0.4
_MARGIN = 3  # how many times as often as the next group the only choice is named


def identify(doc: Doc) -> None:
    """Give the events of a Doc named authors for described ones, in place."""
    _identify_forces(doc)
    _identify_speakers(doc)
    group = _only_group(doc)
    if group is None or is_unclaimed(doc):
        return
    for event in doc._.events:
        if _is_hurt(event, group) or any(a.role == "initiator" and a.actor == group for a in event.arguments):
            continue
        for filler in [a for a in event.arguments if a.role == "initiator" and _is_undescribed(doc, a)][:1]:
            event.arguments.append(_mention(doc, group, filler))


def _identify_speakers(doc: Doc) -> None:
    """Give acts told without a doer to the force that reports them of its enemy: "14 terrorists had been killed, the army said"."""
    for speech in doc._.speech:
        if speech.speaker is None or speech.denies or speech.speaker_span is None:
            continue
        number = _side_of(doc, speech.speaker)
        side = doc._.actors[number]
        if side.actor_type not in {"military", "armed_group", "government"} or side.is_generic:
            continue
        for event in doc._.events:
            inside = speech.start <= event.trigger < speech.end and event.realis == "actual"
            if not inside or any(a.role == "initiator" for a in event.arguments):
                continue
            if _is_won(doc, event, side):
                start, end = speech.speaker_span
                event.arguments.append(
                    Argument(
                        "initiator", start, end, doc[start:end].root.i, "group", actor=number, attribution="claimed",
                        attributed_by=speech.speaker, confidence=_INFERRED,
                    )
                )  # fmt: skip


def _side_of(doc: Doc, speaker: int) -> int:
    """The force that a named spokesman or commander speaks for, where the document names it; else the speaker."""
    person = doc._.actors[speaker]
    if person.actor_type != "person":
        return speaker
    if person.parent is not None:
        return person.parent
    wanted = person.parent_reference_id
    return next((n for n, a in enumerate(doc._.actors) if wanted is not None and a.reference_id == wanted), speaker)


def _is_won(doc: Doc, event: Event, side: Actor) -> bool:
    """Whether an act of nobody named is one that a side tells of itself: its air defence, losses of its enemy."""
    is_military = side.actor_type == "military"
    if event.event_type == "arrest":
        return side.actor_type != "armed_group" and not _has_doer(doc, event)
    if side.actor_type == "government":
        return False
    if event.extractor.startswith("verb:") and not syntax.is_passive(doc[event.trigger]):
        return False
    if event.event_type == "interception":
        return is_military
    hurt = [doc[a.head] for a in event.arguments if a.role in {"victim", "target"}]
    if not hurt and event.event_type in FROM_AFAR:  # "14 terrorists had been neutralised in air strikes"
        verb = surroundings.governing_verb(doc[event.trigger])
        hurt = deep.logical_objects(verb) if verb is not None and syntax.is_passive(verb) else []
    if not hurt:
        return False
    own = {number for number, actor in enumerate(doc._.actors) if actor is side}
    for token in hurt:
        number = doc._.actor_at.get(token.i)
        if number in own or syntax.possessors(token):
            return False
        enemy = "militant" if is_military else "military"
        if number is not None and doc._.actors[number].actor_type == {"militant": "armed_group"}.get(enemy, enemy):
            continue
        if people_nouns().get(token.lower_, ("unknown", False, False))[0] != enemy:
            return False
    return True


def _has_doer(doc: Doc, event: Event) -> bool:
    """Whether a verb tells who did it: an arrest told in the active, whoever that is."""
    return event.extractor.startswith("verb:") and bool(deep.logical_subjects(doc[event.trigger]))


def _identify_forces(doc: Doc) -> None:
    """Give undescribed forces and the aircraft and guns of nobody named to the one state that acts in a Doc."""
    force = _only_force(doc)
    if force is None:
        return
    home = doc._.actors[force].country_iso3
    for event in doc._.events:
        if any(
            a.actor is not None and doc._.actors[a.actor].country_iso3 == home
            for a in event.arguments
            if a.role in {"victim", "target"}
        ):
            continue
        doers = [a for a in event.arguments if a.role == "initiator"]
        for filler in doers:
            if doc[filler.head].lower_ in _FORCES and (filler.actor is None or _has_no_home(doc, filler.actor)):
                filler.actor, filler.confidence = force, min(filler.confidence, _INFERRED)
                if filler.attribution == "asserted":
                    filler.attribution = "suspected"
        means = [a for a in event.arguments if a.role == "weapon" and doc[a.head].lower_ in _MEANS]
        if not doers and means:
            a = means[0]
            event.arguments.append(
                Argument(
                    "initiator", a.start, a.end, a.head, "group", actor=force, attribution="suspected", confidence=_INFERRED
                )
            )


def _only_force(doc: Doc) -> int | None:
    """The military, else the state, of the one country whose state acts in a Doc."""
    acting: dict[str, list[int]] = {}
    for event in doc._.events:
        for filler in event.arguments:
            if filler.role != "initiator" or filler.actor is None or filler.attribution in {"denied", "blamed", "suspected"}:
                continue
            actor = doc._.actors[filler.actor]
            if actor.actor_type in {"state", "military", "government"} and actor.country_iso3:
                acting.setdefault(actor.country_iso3, []).append(filler.actor)
    if len(acting) != 1:
        return None
    found = next(iter(acting.values()))
    return min(
        found, key=lambda n: (doc._.actors[n].is_generic, doc._.actors[n].actor_type != "military", -found.count(n), n)
    )


def _has_no_home(doc: Doc, number: int) -> bool:
    actor = doc._.actors[number]
    return actor.is_generic and not (
        actor.country_iso3 or actor.backer_iso3 or actor.reference_id or actor.parent_reference_id
    )


def _mention(doc: Doc, group: int, filler: Argument) -> Argument:
    """The group as an argument: its last name before the described authors, else its first."""
    names = [(n.start, n.end) for n in doc._.names if n.actor == group] or doc._.actors[group].spans
    before = [span for span in names if span[1] <= filler.start]
    start, end = before[-1] if before else names[0]
    return Argument(
        "initiator", start, end, doc[start:end].root.i, "group", actor=group,
        attribution="denied" if filler.attribution == "denied" else "suspected",
        attributed_by=filler.attributed_by, confidence=min(filler.confidence, _INFERRED),
    )  # fmt: skip


def _only_group(doc: Doc) -> int | None:
    """The one named armed group of a Doc, or the one told of far more than all others."""
    told = {n for n in identified_as(doc) if doc._.actors[n].actor_type in {"armed_group", "other"}}
    if len(told) == 1:
        return next(iter(told))  # "the attackers are members of X"
    counts = {
        number: len(actor.spans)
        for number, actor in enumerate(doc._.actors)
        if actor.actor_type == "armed_group"
        and actor.parent is None
        and (not actor.is_generic or _is_of_a_creed(doc, actor))
    }
    if not counts:
        return None
    ranked = sorted(counts, key=lambda n: (-counts[n], n))
    if len(ranked) > 1 and counts[ranked[0]] < _MARGIN * counts[ranked[1]]:
        return None
    return ranked[0]


def _is_of_a_creed(doc: Doc, actor: Actor) -> bool:
    """ "The Maoists": fighters known by what they believe in, where a text tells them by no other name."""
    return any(doc[end - 1].ent_type_ == "NORP" and doc[end - 1].pos_ in {"NOUN", "PROPN"} for _, end in actor.spans)


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
