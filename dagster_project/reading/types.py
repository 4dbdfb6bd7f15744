"""What the reading components write on a Doc: one dataclass per thing read, all positions in tokens of the Doc.

Belongs here: the typed values behind ``Doc._`` and their vocabularies. Does not belong: how anything is found (the
components), character offsets of the raw text and frames (``rows.py``).

Order of the pipeline, and what each component assigns::

    names       doc.ents, doc._.names      merged statistical and gazetteer names
    actors      doc._.actors               who they are: persons and collectives, with coreference
    places      doc._.places               where they are, geocoded
    times       doc._.times                dates and periods, resolved against the publication date
    speech      doc._.speech               who says what: reported and quoted stretches with their source
    events      doc._.events               triggers of physical events with kind and realis
    roles       event.arguments            who, whom, where, when, with what
    casualties  doc._.claims               casualty statements
    incidents   doc._.reports              event mentions and claims grouped into incidents of this document
    statements  doc._.statements           verbal and diplomatic acts
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Realis = Literal["actual", "negated", "hypothetical", "future", "threat", "generic"]
ActorType = Literal[
    "state", "government", "military", "armed_group", "igo", "media", "person", "civilians", "company", "other"
]
PlaceKind = Literal["country", "admin", "city", "facility", "water", "border", "region"]
DatePrecision = Literal["day", "days", "week", "month", "year", "range", "unknown"]
Role = Literal["initiator", "target", "victim", "weapon", "place", "claimant"]
Attribution = Literal["asserted", "claimed", "blamed", "suspected", "denied"]
FillerType = Literal["person", "group", "facility", "vehicle", "place", "weapon", "object", "other"]
CasualtyKind = Literal["killed", "injured", "missing", "captured"]
CountQualifier = Literal[
    "exact", "at_least", "at_most", "about", "range", "vague", "none", "unclear", "denied", "unspecified"
]
VictimClass = Literal["civilian", "military", "militant", "mixed", "unknown"]


@dataclass(slots=True)
class Name:
    """One mention of a name, weapon or value: tokens ``start:end`` (end exclusive)."""

    start: int
    end: int
    label: str  # entity label of the model or gazetteer (OntoNotes, WEAPON, VEHICLE, ARMED_GROUP)
    confidence: float = 1.0
    actor: int | None = None  # index into doc._.actors
    place: int | None = None  # index into doc._.places
    weapon: str | None = None  # canonical name in weapons.csv
    reference_id: str | None = None  # actor_id in actors.csv or publisher_id in publishers.csv, when a gazetteer said so


@dataclass(slots=True)
class Actor:
    """A person or collective as one document knows it, all its mentions merged."""

    name: str  # canonical name of the reference table, else the fullest form in the document
    actor_type: ActorType
    reference_id: str | None = None  # actor_id in seeds/reference/actors.csv
    country_iso3: str | None = None
    backer_iso3: str | None = None
    parent_reference_id: str | None = None  # organisation or state in actors.csv
    parent: int | None = None  # or another actor of this document
    aliases: list[str] = field(default_factory=list)  # surface forms, in order of appearance
    is_generic: bool = False  # described, not named: "gunmen", "Iran-backed militias"
    office: str | None = None  # a person's office or title as written
    spans: list[tuple[int, int]] = field(default_factory=list)  # mentions, incl. pronouns and descriptions
    confidence: float = 1.0


@dataclass(slots=True)
class Place:
    """A resolved place as one document means it."""

    place_id: str  # "country:IRQ", "geonames:98182", "admin1:IRQ.15", "region:red-sea", "border:IRQ-SYR", "facility:...", "text:..."
    name: str
    kind: PlaceKind
    admin1: str | None
    country_iso3: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    where_prec: int  # UCDP GED 1-7
    spans: list[tuple[int, int]] = field(default_factory=list)
    confidence: float = 1.0


@dataclass(slots=True)
class Time:
    """A date expression, resolved as far as text and publication date license. Bounds are closed, an open side None."""

    start: int
    end: int
    date_start: date | None
    date_end: date | None
    precision: DatePrecision
    is_duration: bool = False  # "for months", "three days": no anchor of its own
    is_open_ended: bool = False  # "since April"


@dataclass(slots=True)
class Speech:
    """A stretch of tokens presented as somebody's words or claim."""

    start: int
    end: int  # content, end exclusive
    cue: int  # token of the reporting verb, or of "according"
    cue_lemma: str
    speaker: int | None  # index into doc._.actors
    speaker_span: tuple[int, int] | None
    is_quote: bool  # within quotation marks (wholly or partly)
    quotes: list[tuple[int, int]] = field(default_factory=list)  # quoted parts inside quotation marks
    addressee: int | None = None
    denies: bool = False  # "denied that ..."


@dataclass(slots=True)
class Argument:
    """One filler of one role of an event mention."""

    role: Role
    start: int
    end: int
    head: int
    filler_type: FillerType
    actor: int | None = None
    place: int | None = None
    weapon: str | None = None
    attribution: Attribution = "asserted"
    attributed_by: int | None = None  # actor
    confidence: float = 1.0


@dataclass(slots=True)
class Event:
    """One trigger of a physical event, of any realis."""

    trigger: int  # head token of the trigger
    trigger_start: int
    trigger_end: int
    event_type: str  # physical event_type of event_types.csv
    realis: Realis
    start: int  # evidence clause or sentence, tokens
    end: int
    extractor: str  # rule that found it
    arguments: list[Argument] = field(default_factory=list)
    time: int | None = None  # index into doc._.times
    is_aggregate: bool = False
    attack_count: tuple[int | None, int | None] | None = None
    target_count: tuple[int | None, int | None] | None = None
    is_generic_noun: bool = False  # "the attack", "the incident": kind to be taken from what it refers to
    is_effect: bool = False  # told by what it did: "killed", "destroyed"
    is_definite: bool = False  # presupposed: "the attack", "their attacks"
    same_as: int | None = None  # index of the event that this trigger tells again by grammar: "the blast killed"
    report: int | None = None  # index into doc._.reports once grouped
    confidence: float = 1.0


@dataclass(slots=True)
class Claim:
    """One casualty statement."""

    kind: CasualtyKind
    count_low: int | None
    count_high: int | None
    qualifier: CountQualifier
    count_start: int | None  # tokens of the count words, None when none is stated
    count_end: int | None
    victims_start: int | None  # tokens of the victims' phrase
    victims_end: int | None
    victim_class: VictimClass
    start: int  # evidence sentence or clause
    end: int
    trigger: int  # "killed", "wounded", "dead", "toll"
    victim_actor: int | None = None  # the victims' side
    part_of: int | None = None  # index of the total it is a sub-count of
    addend_group: int | None = None  # index of the first of the claims that one harm adds up: "3 soldiers and 2 civilians"
    revises: int | None = None
    claimed_by: int | None = None  # actor
    event: int | None = None  # index into doc._.events that caused it
    report: int | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class Report:
    """One incident as this document tells it."""

    event_type: str
    events: list[int]  # indices of its actual mentions, first = best evidence
    start: int  # evidence
    end: int
    extractor: str
    time: int | None = None
    is_aggregate: bool = False
    attack_count: tuple[int | None, int | None] | None = None
    target_count: tuple[int | None, int | None] | None = None
    arguments: list[Argument] = field(default_factory=list)  # merged over its mentions
    part_of: int | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class Statement:
    """One verbal or diplomatic act."""

    speaker: int | None
    category: str  # PLOVER category or STATEMENT
    start: int  # evidence
    end: int
    is_direct_quote: bool
    quote: tuple[int, int] | None = None
    target: int | None = None
    report: int | None = None
    said_on: int | None = None  # index into doc._.times
    confidence: float = 1.0
