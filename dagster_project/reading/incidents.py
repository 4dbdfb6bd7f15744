"""From mentions to incidents: which triggers of a document tell one and the same event.

Mentions that grammar holds together form units; units are taken in text order (the title first) and join the incident
they fit best, if nothing contradicts and enough speaks for it; else they open a new one, if they say enough to stand alone.

Belongs here: grouping within one document, merging of what mentions say. Does not belong: likeness (``compatibility.py``),
incidents across documents (resolution).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import compatibility, nouns, syntax
from dagster_project.reading.compatibility import Features
from dagster_project.reading.entries import entry_of_sentences
from dagster_project.reading.extensions import register
from dagster_project.reading.inflection import singular
from dagster_project.reading.links import is_planting, is_told_by_its_deed
from dagster_project.reading.participants import ROLLED
from dagster_project.reading.scenes import default_places
from dagster_project.reading.types import Argument, Event, Report

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Likeness a unit needs to join an incident, by how it is told. Tuned on MUC-4 train and the open half of our own corpus.
_JOIN_DEFINITE = 1.25
_JOIN_EFFECT = 1.25
_JOIN_TOLD = 1.75
_AIMED = 0.8  # how sure it is that a victim of note was aimed at, as a share of how sure it is that he was harmed
_STANDALONE_EFFECTS = {
    "eliminate",
    "neutralise",
    "neutralize",
    "liquidate",
    "martyr",
    "kill",
    "murder",
    "slay",
    "killing",
    "wound",
    "injure",
}
# Verbs of killing on purpose: of whom they tell, with nothing more, an act is told.
_ON_PURPOSE = {"murder", "slay"}


_COURSE = {"began", "started", "occurred", "happened", "lasted", "unfolded", "erupted", "continued"}


@dataclass(slots=True)
class _Incident:
    events: list[int]
    features: Features


@Language.factory("conflict_incidents", requires=["doc._.events"], assigns=["doc._.reports"])
class Incidents:
    """Writes ``doc._.reports`` and ``report`` of events and claims."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        sentence = {s.start: n for n, s in enumerate(doc.sents)}
        entries = entry_of_sentences(doc)
        found: list[_Incident] = []
        told = units(doc)
        left: list[list[int]] = []
        for tells in (True, False):  # acts told first, then what refers to them or tells their effects, forwards too
            for unit in told:
                if _tells_act(doc, unit) == tells and not place_unit(doc, unit, found, sentence, entries):
                    left.append(unit)
        for unit in left:  # "since the 31 May attack ...": told in passing before the text comes to it
            place_unit(doc, unit, found, sentence, entries)
        reports = [_report(doc, incident) for incident in found]
        _add_denied(doc, found, reports, sentence)
        default_places(doc, reports)
        order = sorted(range(len(reports)), key=lambda n: (reports[n].start, reports[n].events[0]))
        doc._.reports = [reports[n] for n in order]
        _tie_parts(doc)
        for number, report in enumerate(doc._.reports):
            for event in report.events:
                doc._.events[event].report = number
        _place_claims(doc, sentence)
        return doc


def _tie_parts(doc: Doc) -> None:
    """Set ``part_of`` of single acts that an aggregate of the document sums up, the one of the latest start first."""
    for part in doc._.reports:
        wholes = [
            (doc._.times[whole.time].date_start, -number)
            for number, whole in enumerate(doc._.reports)
            if whole.is_aggregate and not part.is_aggregate and compatibility.holds(doc, whole, part)
        ]
        if wholes:
            part.part_of = -max(wholes)[1]


def _add_denied(doc: Doc, found: list[_Incident], reports: list[Report], sentence: dict[int, int]) -> None:
    """Who denies an act that the document tells elsewhere as done: "Russia denied that its forces had struck the hospital"."""
    for event in doc._.events:
        denial = next((s for s in doc._.speech if s.denies and s.start <= event.trigger < s.end), None)
        doers = [a for a in event.arguments if a.role == "initiator" and a.actor is not None]
        if event.realis != "negated" or denial is None or not doers:
            continue
        new = compatibility.features(doc, [event], sentence)
        meant = [
            (compatibility.likeness(doc, new, incident.features), -number)
            for number, incident in enumerate(found)
            if not compatibility.contradict(doc, new, incident.features)
        ]
        if not meant or max(meant)[0] < _JOIN_TOLD:
            continue
        report = reports[-max(meant)[1]]
        known = {a.actor for a in report.arguments if a.role == "initiator"}
        for filler in doers:
            if filler.actor not in known:
                denied = _copy(filler)
                denied.attribution, denied.attributed_by = "denied", denial.speaker
                report.arguments = sorted([*report.arguments, denied], key=lambda a: (a.start, a.role))


def units(doc: Doc) -> list[list[int]]:
    """Actual mentions joined by ``same_as``, each unit with the event that names it first, in text order."""
    root: dict[int, int] = {}
    for number, event in enumerate(doc._.events):
        if event.realis != "actual":
            continue
        top = number
        while (above := doc._.events[top].same_as) is not None and doc._.events[above].realis == "actual":
            top = above
        root[number] = top
    groups: dict[int, list[int]] = {}
    for number, top in root.items():
        groups.setdefault(top, []).append(number)
    result = []
    for top, members in groups.items():
        result.append([top, *(m for m in members if m != top)])
    return sorted(result, key=lambda unit: min(unit))


def _tells_act(doc: Doc, unit: list[int]) -> bool:
    """Whether a unit introduces an act, rather than refer to one ("the attack") or tell what it did ("were killed")."""
    events = [doc._.events[n] for n in unit]
    return any(not (e.is_effect or e.is_definite or e.is_generic_noun) for e in events)


def place_unit(doc: Doc, unit: list[int], found: list[_Incident], sentence: dict[int, int], entries: dict[int, int]) -> bool:
    """Join a unit to the incident it fits best, or open a new one, or leave it without incident (False)."""
    events = [doc._.events[n] for n in unit]
    new = compatibility.features(doc, events, sentence)
    new.entries = {entries[e.start] for e in events if e.start in entries}
    best, best_score = None, 0.0
    for incident in found:
        if _tells_another(new, incident.features):
            continue
        if compatibility.contradict(doc, new, incident.features):
            continue
        score = compatibility.likeness(doc, new, incident.features)
        if best is None or score > best_score:
            best, best_score = incident, score
    refers = new.is_definite or new.is_resumed
    needed = _JOIN_EFFECT if new.is_effect else _JOIN_DEFINITE if refers else _JOIN_TOLD
    if best is not None and best_score >= needed:
        best.events += unit
        best.features.take(new)
        return True
    if stands_alone(doc, events, new):
        found.append(_Incident(list(unit), new))
        return True
    return False


def _tells_another(new: Features, old: Features) -> bool:
    """ "Another attack", "the second bomb": not what an earlier sentence told, unless by the same number."""
    if old.is_other and max(new.sentences) < min(old.sentences):
        return True
    if not new.is_other and not new.order - {"first"}:
        return False
    return not set(new.sentences) & set(old.sentences) and not new.order & old.order


def stands_alone(doc: Doc, events: list[Event], new: Features) -> bool:
    """Whether mentions say enough of their own to be an incident."""
    effects = [e for e in events if e.is_effect]
    by_name = any(compatibility.is_named_person(doc, a) for a in new.harmed)
    if all(_is_of_a_kind(doc, e) for e in events):
        return False
    if new.is_generic and not new.is_effect:
        return bool(effects) and (bool(new.initiators and new.harmed) or by_name)
    if new.is_effect:
        lemmas = {e.extractor.split(":", 1)[1] for e in effects}
        if not lemmas & _STANDALONE_EFFECTS:
            return bool(new.initiators) or (bool(new.harmed) and bool(new.weapons))  # "was destroyed by a bomb"
        anchored = new.places or new.times or new.weapons or lemmas & _ON_PURPOSE
        return bool(new.initiators) or (bool(new.harmed) and bool(anchored or by_name))
    if new.harmed or (new.initiators and (new.times or new.places or new.weapons or new.is_aggregate)):
        return True
    in_title = any(doc[e.trigger].idx < doc._.source.title_end for e in events)
    if in_title:
        return True
    if new.is_definite:
        return bool(new.times) and (bool(new.places) or any(_takes_its_course(doc, e) for e in events))
    return bool(new.times or new.places or new.weapons) or any(_explodes(doc, e) for e in events)


# Deeds done to people of whom a bare plural names no more than the kind.
_DEEDS = {
    "abduction",
    "assassination",
    "execution",
    "homicide",
    "kidnapping",
    "killing",
    "massacre",
    "murder",
    "slaughter",
    "slaying",
}
_A_FEW = {"several", "many", "some", "various", "numerous"}


def _is_of_a_kind(doc: Doc, event: Event) -> bool:
    """ "The murder of activists", "the areas that were attacked": what is done to a kind of people or things, by nobody, at no time or place."""
    head = doc[event.trigger]
    by_clause = event.extractor.startswith("verb:")
    hurt = [a for a in event.arguments if a.role in {"target", "victim"}]
    if len(event.arguments) > len(hurt) or event.time is not None or not hurt or head.idx < doc._.source.title_end:
        return False
    if not by_clause and event.extractor.split(":", 1)[1] not in _DEEDS:
        return False
    if by_clause and not (syntax.is_passive(head) and syntax.relative_head(head) is not None):
        return False
    if by_clause and any(nouns.classes(doc[a.head]) & {"person", "named_person"} for a in hurt):
        return False
    return all(_are_any(doc, a, by_clause) for a in hurt)


def _are_any(doc: Doc, filler: Argument, by_clause: bool) -> bool:
    """A plural without number or name; with an article only where a clause says which ("the units that were attacked")."""
    head = doc[filler.head]
    if head.tag_ != "NNS":
        return False
    words = [t for t in doc[max(filler.start - 1, head.sent.start) : filler.end] if t.i != filler.head]
    articles = {"the", "these", "those"}
    if any(t.pos_ == "NUM" or t.ent_type_ or (t.lower_ in articles and not by_clause) for t in words):
        return False
    return not any(t.pos_ == "DET" and t.lower_ not in _A_FEW | articles for t in words)


def _takes_its_course(doc: Doc, event: Event) -> bool:
    """ "The bombardment that made the world look up began on 21 July": an act that is told only by what became of it."""
    verb = syntax.clause_root(doc[event.trigger])
    time = doc._.times[event.time] if event.time is not None else None
    is_course = verb.lower_ in _COURSE and doc[event.trigger] in syntax.subjects(verb)
    return is_course and time is not None and time.precision == "day"


def _explodes(doc: Doc, event: Event) -> bool:
    """ "The first of three cars blew up beneath them": what explodes is an act, whoever did it to whomever."""
    trigger = doc[event.trigger]
    return event.event_type == "bombing" and event.extractor.startswith("verb:") and bool(syntax.subjects(trigger))


def _report(doc: Doc, incident: _Incident) -> Report:
    ranked = sorted(incident.events, key=lambda n: (-_weight(doc, doc._.events[n]), n))
    best = doc._.events[ranked[0]]
    events = [doc._.events[n] for n in ranked]
    return Report(
        event_type=_kind(events),
        events=ranked,
        start=best.start,
        end=best.end,
        extractor=best.extractor,
        time=_time(doc, events, incident.features.is_aggregate),
        is_aggregate=incident.features.is_aggregate,
        attack_count=next((e.attack_count for e in events if e.attack_count), None),
        target_count=next((e.target_count for e in events if e.target_count), None),
        arguments=merge_arguments(doc, [doc._.events[n] for n in sorted(incident.events)]),
        confidence=_confidence(doc, events),
    )


def _weight(doc: Doc, event: Event) -> float:
    """How good a mention is as evidence: what it says of its own, in the body rather than the title."""
    said = len({a.role for a in event.arguments}) + (1 if event.time is not None else 0)
    weight = (
        said
        + (0.5 if not event.is_effect else 0.0)
        - (0.5 if event.is_definite else 0.0)
        - (2 if event.is_generic_noun else 0)
    )
    if doc[event.trigger].idx < doc._.source.title_end:
        weight -= 1.5
    return weight


def _spoiled(events: list[Event]) -> set[int]:
    """Triggers that tell how a bombing failed: "defused a bomb planted in front of the embassy"; those who did that are no bombers."""
    planted = any(is_planting(e) for e in events)
    return {e.trigger for e in events if planted and e.event_type == "interception"}


def _kind(events: list[Event]) -> str:
    """The most told specific kind; ties go to better evidence."""
    votes: dict[str, float] = {}
    spoiled = _spoiled(events)
    for rank, event in enumerate(events):
        if event.is_generic_noun or (is_told_by_its_deed(event) and not spoiled):
            continue
        weight = (0.3 if event.is_effect else 1.0) + 0.01 / (1 + rank)
        if event.trigger in spoiled:
            continue
        if event.event_type == "other_attack":
            weight *= 0.2
        votes[event.event_type] = votes.get(event.event_type, 0.0) + weight
    if not votes:
        return "other_attack"
    return max(sorted(votes), key=lambda kind: votes[kind])


def _time(doc: Doc, events: list[Event], is_aggregate: bool) -> int | None:
    """The most precise dated time of the mentions, else any that is no duration, else a duration.

    A single act has a day: "since 7 October" dates only what sums up many.
    """
    order = {"day": 0, "days": 1, "week": 2, "month": 3, "range": 4, "year": 5, "unknown": 6}
    times = [(e.time, doc._.times[e.time]) for e in events if e.time is not None]
    times = [(number, time) for number, time in times if is_aggregate or not time.is_open_ended]
    if not times:
        return None

    def rank(item):
        position, (_, time) = item
        return (
            time.is_duration and not time.is_open_ended,
            time.date_start is None and time.date_end is None,
            order[time.precision],
            position,
        )

    return min(enumerate(times), key=rank)[1][0]


def _confidence(doc: Doc, events: list[Event]) -> float:
    """Mean of the best mention's confidence and of what is known: more mentions, participants, place and time raise it."""
    best = max(e.confidence for e in events)
    roles = {a.role for e in events for a in e.arguments}
    support = 0.4 + 0.1 * min(len(events), 3) + 0.1 * len(roles & {"initiator", "target", "victim", "place"}) / 2
    support += 0.1 if any(e.time is not None for e in events) else 0.0
    return round(min(0.99, (best + min(support, 1.0)) / 2), 3)


def merge_arguments(doc: Doc, events: list[Event]) -> list[Argument]:
    """Fillers of all mentions, each participant once per role, in its fullest form, in text order."""
    merged: list[Argument] = []
    defending = _defending(doc, events) | _spoiled(events)
    for event in events:
        for filler in event.arguments:
            if filler.role == "initiator" and event.trigger in defending:
                continue
            twin = next((m for m in merged if m.role == filler.role and _same_filler(doc, m, filler)), None)
            if twin is None and filler.role in {"victim", "initiator"}:
                twin = _told_again(doc, merged, filler)
                if twin is not None:
                    continue
            if twin is None:
                merged.append(_copy(filler))
            else:
                _absorb(doc, twin, filler)
    merged = [a for a in merged if a.role != "victim" or not _is_bare_count(doc, a)]
    for filler in merged:
        is_site = filler.role == "target" and filler.filler_type in _SITES
        if is_site and filler.actor is not None and not identified(doc, filler.actor):
            filler.actor = None  # "two banks", "an officers' club": what was hit, not whose
    hurt = {(a.start, a.end) for a in merged if a.role == "victim"}
    merged = [
        a for a in merged if a.role != "initiator" or (a.start, a.end) not in hurt
    ]  # the same words are one or the other
    merged = [a for a in merged if not _is_named_elsewhere(doc, a, merged)]
    for filler in merged:
        if filler.role == "initiator" and filler.actor is not None and not identified(doc, filler.actor):
            if singular(doc[filler.head].lower_) in _CROWDS:
                continue  # "villagers lynched three recruiters": no armed side
            filler.actor = None  # "gunmen": described, with nothing that tells them from others
    for filler in merged:  # "X was wounded ... a bullet hit him": one person, in one wording
        twin = next((a for a in merged if a.role == "victim" and a.actor is not None and a.actor == filler.actor), None)
        if filler.role == "target" and twin is not None and not _is_owned(doc, filler):
            filler.start, filler.end, filler.head = twin.start, twin.end, twin.head
    merged += _aimed_at(doc, events, merged)
    doers = [a for a in merged if a.role == "initiator" and a.actor is not None]
    return sorted(
        (a for a in merged if not (a.role in {"target"} and any(d.actor == a.actor for d in doers))),
        key=lambda a: (a.start, a.role),
    )


# Who does violence without being an armed side.
_CROWDS = {
    "demonstrator", "farmer", "herder", "herdsman", "inmate", "local", "mob", "peasant", "prisoner", "protester", "resident", "rioter", "settler", "student",
    "villager", "worker", "youth",
}  # fmt: skip
_SITES = {"facility", "vehicle", "place", "object"}


def _defending(doc: Doc, events: list[Event]) -> set[int]:
    """Triggers whose doers only fought off the raid they belong to: "soldiers killed three of the gunmen"."""
    doers = [a for e in events for a in e.arguments if a.role == "initiator"]
    actors = {a.actor for a in doers if a.actor is not None}
    found: set[int] = set()
    for event in events:
        hurt = [a for a in event.arguments if a.role == "victim"]
        own = {a.actor for a in event.arguments if a.role == "initiator"}
        if own and any(
            (a.actor is not None and a.actor in actors - own)
            or compatibility.whose(doc[a.head]).lower_ in compatibility.DOERS
            for a in hurt
        ):
            found.add(event.trigger)
    attacking = [e for e in events if e.trigger not in found and any(a.role == "initiator" for a in e.arguments)]
    return found if attacking else set()


_HOW_MANY = {"least", "most", "more", "than", "many", "some", "several", "few", "other", "others", "dozens", "scores"}


def _is_bare_count(doc: Doc, filler: Argument) -> bool:
    """ "Five were wounded", "one of them": how many, which the counts tell, and nobody of whom anything is said."""
    if filler.actor is not None and doc._.actors[filler.actor].actor_type != "civilians":
        return False
    words = [t for t in doc[filler.start : filler.end] if t.pos_ not in {"DET", "ADP", "PUNCT", "ADV"}]
    words = [t for t in words if t.lower_ not in _HOW_MANY]
    return all(t.pos_ == "NUM" or t.like_num or t.tag_ == "PRP" for t in words)


# Whom an act that harms them is aimed at: forces, officials and named people; civilians may only have been near.
_AIMED_AT = {"person", "military", "armed_group", "government"}
_EMPLOYERS = {"company", "igo", "media", "other"}
# What is done to people one by one is aimed at them, whoever they are.
_DONE_TO_PEOPLE = {
    "abduct", "abduction", "arrest", "assassinate", "behead", "beheading", "detain", "execute", "execution", "gun down", "hack", "kidnap", "kidnapping", "lynch",
    "lynching", "massacre", "murder", "seize", "shoot dead", "shoot to death", "shoot", "slaughter", "slay", "slaying", "snatch",
    "take captive", "take hostage", "take as hostages", "take prisoner", "whisk away",
}  # fmt: skip
_KILLING = {"kill", "killing", "martyr"}
# Of these people die who only were near.
_INDISCRIMINATE = {*compatibility.FROM_AFAR, "bombing", "suicide_bombing"}


def _aimed_at(doc: Doc, events: list[Event], merged: list[Argument]) -> list[Argument]:
    """Victims who are also what was aimed at: "three US soldiers were killed", "a strike that killed Qasem Soleimani".

    Civilians are where they are killed or taken one by one, and nothing else is told as the target.
    """
    told = {a.actor for a in merged if a.role == "target" and a.actor is not None}
    has_other = any(a.role == "target" for a in merged)
    has_site = any(a.role == "target" and a.filler_type in _SITES for a in merged)
    hurt = [doc._.actors[a.actor] for a in merged if a.role == "victim" and a.actor is not None]
    named = sum(actor.actor_type == "person" and not actor.is_generic for actor in hurt)
    is_roll = named > 1 and any(actor.actor_type in {"military", "armed_group"} for actor in hurt)
    one_by_one = _done_to(events)
    found: list[Argument] = []
    for filler in merged:
        if filler.role != "victim" or filler.actor is None or filler.actor in told:
            continue
        if is_roll and doc._.actors[filler.actor].actor_type == "person":
            continue  # "the soldiers (A, B and C)": their names are a roll of the dead
        if filler.confidence <= ROLLED and filler.actor not in one_by_one:
            continue  # "killed 14, among them a former lawmaker, X": one of those who were there
        actor = doc._.actors[filler.actor]
        if has_other and actor.actor_type not in _AIMED_AT | (set() if actor.is_generic else _EMPLOYERS):
            continue
        if has_site and not identified(doc, filler.actor):
            continue  # "overran a camp, killing twelve soldiers": the camp was aimed at
        is_known = identified(doc, filler.actor) or actor.actor_type != "person"
        if compatibility.whose(doc[filler.head]).lower_ in compatibility.DOERS and not identified(doc, filler.actor):
            continue  # attackers who died
        is_staff = actor.actor_type in _EMPLOYERS and not actor.is_generic  # "two nurses of the Red Cross"
        is_meant = actor.actor_type in _AIMED_AT or is_staff or filler.actor in one_by_one
        if is_meant and is_known and filler.filler_type in {"person", "group"}:
            told.add(filler.actor)
            target = _copy(filler)
            target.role, target.confidence = "target", round(filler.confidence * _AIMED, 3)
            found.append(target)
    return found


def _done_to(events: list[Event]) -> set[int]:
    """Actors told as victims of what is done to people by somebody, not of what falls on a place where they are."""
    found: set[int] = set()
    if _kind(events) in _INDISCRIMINATE:
        return found
    for event in events:
        lemma = event.extractor.split(":", 1)[1]
        by_hand = lemma in _DONE_TO_PEOPLE or (
            lemma in _KILLING
            and any(a.role == "initiator" and a.filler_type in {"person", "group"} for a in event.arguments)
        )
        if by_hand and event.event_type not in _INDISCRIMINATE:
            found |= {a.actor for a in event.arguments if a.role == "victim" and a.actor is not None}
    return found


def _copy(filler: Argument) -> Argument:
    return Argument(
        filler.role, filler.start, filler.end, filler.head, filler.filler_type, filler.actor, filler.place, filler.weapon, filler.attribution,
        filler.attributed_by, filler.confidence,
    )  # fmt: skip


def _same_filler(doc: Doc, a: Argument, b: Argument) -> bool:
    if a.role == "place":
        return a.place is not None and a.place == b.place
    if a.actor is not None and b.actor is not None:
        if a.actor == b.actor:
            return not (_is_owned(doc, a) and _is_owned(doc, b)) or singular(doc[a.head].lower_) == singular(
                doc[b.head].lower_
            )
        if "person" in {doc._.actors[a.actor].actor_type, doc._.actors[b.actor].actor_type}:
            return False
    if a.role == "weapon" and a.weapon and a.weapon == b.weapon:
        return True
    if a.role in {"victim", "initiator"} and (_is_short_for(doc, a, b) or _is_short_for(doc, b, a)):
        return True
    if (
        a.actor is not None
        and b.actor is not None
        and not (doc._.actors[a.actor].is_generic or doc._.actors[b.actor].is_generic)
    ):
        return False
    return singular(doc[a.head].lower_) == singular(doc[b.head].lower_)


def _is_owned(doc: Doc, filler: Argument) -> bool:
    """Whether a filler is a thing of its actor, who is no force: of "his house and his car" each is a target of its own."""
    if filler.role != "target" or filler.filler_type not in _SITES or filler.actor is None:
        return False
    return doc._.actors[filler.actor].actor_type not in {"military", "armed_group", "state", "government"}


def _is_short_for(doc: Doc, a: Argument, b: Argument) -> bool:
    """ "The Jesuits" for "six Jesuit priests", "the rebels" for "rebel fighters"."""
    head, fuller = doc[a.head], doc[b.head]
    plural = {"NNS", "NNPS"}
    if head.tag_ not in plural or fuller.tag_ not in plural or any(t.pos_ == "NUM" for t in doc[a.start : a.head]):
        return False
    words = [t for t in doc[a.start : a.end] if t.pos_ not in {"DET", "PUNCT"}]
    if len(words) != 1 or b.end - b.start < 2:
        return False
    return singular(head.lower_) in {t.lower_ for t in doc[b.start : b.head]}


def _is_named_elsewhere(doc: Doc, filler: Argument, merged: list[Argument]) -> bool:
    """Whether a definite description of one person means the one victim told of by name: "the MIR spokesman"."""
    if filler.role not in {"target", "victim"} or not compatibility.is_described_person(doc, filler):
        return False
    named = [a for a in merged if a.role == "victim" and compatibility.is_named_person(doc, a)]
    if len({a.actor for a in named}) != 1 or filler.actor == named[0].actor:
        return False
    told = min(named, key=lambda a: a.start)
    return told.end < filler.start and doc[told.head].sent != doc[filler.head].sent


_DEFINITE = {"the", "these", "those"}
_ANY_PEOPLE = {"men", "people", "persons", "individuals", "victims"}


def _told_again(doc: Doc, merged: list[Argument], filler: Argument) -> Argument | None:
    """The people told of in an earlier sentence whom a bare definite means: "six Jesuits ... the (six) priests"."""
    head = doc[filler.head]
    opening = doc[filler.start].lower_ in _DEFINITE or (filler.start > 0 and doc[filler.start - 1].lower_ in _DEFINITE)
    words = [t for t in doc[filler.start : filler.end] if t.lower_ not in _DEFINITE and t.pos_ != "NUM"]
    if head.tag_ != "NNS" or not opening or len(words) > 2:
        return None
    counted = any(t.pos_ == "NUM" for t in doc[filler.start : filler.end])
    if counted and head.lower_ not in _ANY_PEOPLE:  # "the six Jesuits and the two women": who they are is told here
        return None
    if filler.role == "initiator" and (len(words) > 1 or (filler.actor is not None and identified(doc, filler.actor))):
        return None
    armed = bool(nouns.classes(head) & {"armed"})
    for told in merged:
        earlier = doc[told.head]
        if (
            told.role != filler.role
            or told.end > filler.start
            or earlier.sent == head.sent
            or earlier.tag_ not in {"NNS", "NNPS"}
        ):
            continue
        if filler.role == "initiator" or bool(nouns.classes(earlier) & {"armed"}) == armed:
            return told
    return None


_RANK = {"asserted": 4, "claimed": 3, "blamed": 2, "suspected": 1, "denied": 0}


def _absorb(doc: Doc, have: Argument, more: Argument) -> None:
    """Keep the fuller wording, the actor where one is known, the strongest attribution."""

    def fullness(a: Argument) -> tuple[int, int]:
        return (
            sum(doc[i].pos_ == "PROPN" for i in range(a.start, a.end)),
            sum(doc[i].pos_ in {"NOUN", "PROPN", "ADJ"} for i in range(a.start, a.end)),
        )

    fuller = fullness(more) > fullness(have) and not _is_short_for(doc, more, have)
    if (fuller or _is_short_for(doc, have, more)) and have.end - have.start <= 6:
        have.start, have.end, have.head, have.filler_type = more.start, more.end, more.head, more.filler_type
        have.weapon = more.weapon or have.weapon
        have.actor = more.actor if more.actor is not None else have.actor
    elif have.actor is None:
        have.actor = more.actor
    if _RANK[more.attribution] > _RANK[have.attribution]:
        have.attribution, have.attributed_by = more.attribution, more.attributed_by
    have.confidence = max(have.confidence, more.confidence)


def identified(doc: Doc, number: int) -> bool:
    """Whether an actor has an identity: a name, or a country, backer or parent that its description gives."""
    actor = doc._.actors[number]
    if not actor.is_generic:
        return True
    if any(
        doc[i].ent_type_ == "NORP" or (doc[i].pos_ == "PROPN" and i < end - 1)
        for start, end in actor.spans
        for i in range(start, end)
    ):
        return True  # "Dogon hunters", "Shiite militiamen", "300 Maoists"
    return bool(
        actor.reference_id
        or actor.country_iso3
        or actor.backer_iso3
        or actor.parent_reference_id
        or actor.parent is not None
    )


def _place_claims(doc: Doc, sentence: dict[int, int]) -> None:
    """The incident of each claim: its event's, else that of its sentence, else the single act told last before it.

    Nobody is left to count for what sums up many acts: "five attacks since April. It was unclear whether anyone was hurt".
    """
    numbers: list[tuple[int, int]] = []
    for number, report in enumerate(doc._.reports):
        numbers += [(doc._.events[e].trigger, number) for e in report.events]
    numbers.sort()
    for claim in doc._.claims:
        event = doc._.events[claim.event] if claim.event is not None else None
        if event is not None and event.report is not None:
            claim.report = event.report
            continue
        inside = [number for trigger, number in numbers if claim.start <= trigger < claim.end]
        before = [number for trigger, number in numbers if trigger < claim.start]
        before = [number for number in before if not doc._.reports[number].is_aggregate] or before
        claim.report = inside[0] if inside else before[-1] if before else numbers[0][1] if numbers else None
