"""Whether a mention can speak of an incident already told, and how strongly it does.

Belongs here: features of mentions and incidents, contradictions between them, the score of their likeness. Does not
belong: the order in which a document is grouped (``incidents.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from dagster_project.ingest.metadata import MONTHS
from dagster_project.reading import nouns, syntax
from dagster_project.reading.calendar import WEEKDAYS
from dagster_project.reading.inflection import singular
from dagster_project.reading.links import is_told_by_its_deed
from dagster_project.reading.types import Argument, Event, Place, Report, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Kinds that one incident may be called besides its own.
_ALIKE: dict[str, set[str]] = {
    "airstrike": {"bombing", "drone_attack", "missile_attack", "shelling"},
    "drone_attack": {"airstrike", "missile_attack", "bombing", "naval_attack"},
    "missile_attack": {"airstrike", "drone_attack", "rocket_attack", "naval_attack", "shelling"},
    "rocket_attack": {"missile_attack", "shelling"},
    "shelling": {"rocket_attack", "airstrike", "missile_attack", "ground_assault"},
    "bombing": {
        "suicide_bombing",
        "airstrike",
        "assassination",
        "arson",
        "sabotage",
        "missile_attack",
        "rocket_attack",
        "shelling",
    },
    "suicide_bombing": {"bombing", "ground_assault"},
    "shooting": {"ground_assault", "assassination", "robbery"},
    "ground_assault": {"shooting", "shelling", "suicide_bombing", "arson"},
    "assassination": {"shooting", "bombing", "airstrike", "drone_attack", "suicide_bombing"},
    "naval_attack": {"drone_attack", "missile_attack", "seizure_of_ship"},
    "seizure_of_ship": {"naval_attack", "kidnapping"},
    "kidnapping": {"seizure_of_ship"},
    "arson": {"bombing", "ground_assault"},
    "robbery": {"shooting"},
    "sabotage": {"bombing"},
}
_APART = {"kidnapping", "arrest", "interception", "robbery", "cyber_attack", "forced_work_stoppage", "seizure_of_ship"}
_VAGUE_HEADS = {
    "person", "people", "other", "man", "civilian", "soldier", "victim", "force", "target", "member", "group", "resident", "area", "position", "city",
    "place", "official", "attacker", "assailant", "gunman", "number",
}  # fmt: skip
_LATER_ONES = {"second", "third", "fourth", "fifth"}
_ORDINALS = _LATER_ONES | {"first"}
_OTHERS = _LATER_ONES | {
    "another",
    "separate",
    "new",
    "other",
    "similar",
    "subsequent",
    "fresh",
    "different",
    "later",
    "additional",
}
# One such act destroys one thing, as a rule.
_AT_ONE_SITE = {"bombing", "arson", "robbery", "sabotage"}
# Kinds of attack in which the attacker's own people are out of reach.
FROM_AFAR = {"airstrike", "drone_attack", "missile_attack", "rocket_attack", "shelling"}
DOERS = {
    "assailant", "assailants", "attacker", "attackers", "bandits", "bomber", "bombers", "fighters", "gunman", "gunmen", "hijackers", "insurgents", "intruders",
    "kidnappers", "men", "militants", "raiders", "rebels", "shooter", "shooters", "terrorists", "ultras",
}  # fmt: skip
# Under these stands what an act answers.
_RESPONSES = {"answer", "retaliation", "response", "reprisal", "revenge", "avenge", "avenging", "retaliating", "retaliate"}
_AFTERWARDS = {"after", "following"}
# "Separately, a bomb went off": no act told before.
_APART_BY_ADVERB = {"separately", "elsewhere"}
# "The rebels also burned a bus", "Likewise, ...": one more act where it is done to something else.
_ADDING = {"also", "likewise", "similarly", "meanwhile", "simultaneously", "additionally"}
_ADDING_PHRASES = ("in addition,", "in addition to", "at the same time,", "on the same day,")
_FAR = 3  # sentences
# Before "fire": that of the other side.
_RETURNED = {"return", "answering", "retaliatory"}
_KILLS = {"verb:kill", "verb:murder", "verb:slay", "noun:killing"}
# What is done to people by hand is no effect of what falls on them.
_BY_HAND = {
    "verb:murder", "verb:slay", "verb:assassinate", "noun:murder", "noun:assassination", "noun:killing", "noun:slaying", "noun:execution",
}  # fmt: skip
# What speaks against one incident where acts, or deaths, are told of others and nothing else joins them.
# Tuned on MUC-4 train; the open half of our own corpus agrees.
_ONE_MORE, _KILLED_ELSEWHERE = 2.0, 1.0
_LEAD = 2  # sentences after the title that tell the news
_LONG_AGO = 31  # days before publication
_UNITS = {"hours", "day", "days", "week", "weeks", "month", "months", "year", "years"}
_MANY = 5  # dead or hurt: as many in the headline and in the news are the same people
_DESTROYING = {"arson", "robbery", "sabotage"}
_RAIDS = {"ground_assault", "shooting", "kidnapping"}
_STATE_LIKE = {"state", "government", "military"}


@dataclass(slots=True)
class Features:
    """What a unit of mentions, or an incident so far, says of itself."""

    kinds: list[str] = field(default_factory=list)  # of mentions that name a kind
    times: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    initiators: list[Argument] = field(default_factory=list)
    harmed: list[Argument] = field(default_factory=list)  # targets and victims
    weapons: set[str] = field(default_factory=set)
    sentences: list[int] = field(default_factory=list)
    is_aggregate: bool = False
    is_plural: bool = False
    is_definite: bool = False
    is_effect: bool = False
    is_generic: bool = False
    is_other: bool = False  # "another attack"
    is_added: bool = False  # "also attacked", "meanwhile, ..."
    arms_told: bool = False  # by a weapon told of before: "the bombs fell at noon"
    is_resumed: bool = False  # told of people known from the deed alone: "the attackers", "three of the gunmen", "they"
    goes_on: bool = False  # told of "them" who are known by name or country
    order: set[str] = field(default_factory=set)  # "the second bomb": words that tell acts of one day apart
    is_the_same: bool = False  # "killed in the same incident"
    in_title: bool = False
    entries: set[int] = field(default_factory=set)  # of a live blog or digest
    kills: bool = False  # "were killed": an effect that may be told as an act of its own
    by_hand: bool = False  # "were murdered"
    is_presupposed: bool = False  # "the murdered Senator X": all that is told is an attribute of somebody named
    listed: set[tuple[int, int]] = field(default_factory=set)  # (first, own trigger) of acts told in one list of nouns
    is_result: bool = False  # "vehicles were burned": what was done by nobody told
    tolls: set[tuple[str, int | None, int | None]] = field(default_factory=set)  # of many: kind, bounds
    answered: dict[int, set[int]] = field(default_factory=dict)  # sentence -> words of response that the acts stand under

    def take(self, other: Features) -> None:
        """Add what another unit says."""
        self.kinds += other.kinds
        for name in ("times", "places", "initiators", "harmed", "sentences"):
            mine: list = getattr(self, name)
            mine += [value for value in getattr(other, name) if value not in mine]
        self.weapons |= other.weapons
        self.entries |= other.entries
        self.order |= other.order
        self.listed |= other.listed
        self.tolls |= other.tolls
        for number, words in other.answered.items():
            self.answered.setdefault(number, set()).update(words)
        self.is_plural |= other.is_plural
        self.is_aggregate |= other.is_aggregate
        self.in_title |= other.in_title


def features(doc: Doc, events: list[Event], sentence: dict[int, int]) -> Features:
    """Features of mentions that grammar holds together."""
    found = Features()
    for event in events:
        says_kind = not event.is_generic_noun and not is_told_by_its_deed(event)
        if says_kind and not (event.is_effect and event.event_type == "other_attack"):
            found.kinds.append(event.event_type)
        if event.time is not None and event.time not in found.times:
            found.times.append(event.time)
        for filler in event.arguments:
            if filler.role == "place" and filler.place is not None and filler.confidence >= 0.5:
                found.places.append(filler.place)
            elif filler.role == "initiator" and filler.attribution != "denied":
                found.initiators.append(filler)
            elif filler.role in {"target", "victim"}:
                found.harmed.append(filler)
            elif filler.role == "weapon":
                found.weapons.add(filler.weapon or singular(doc[filler.head].lower_))
        number = sentence.get(event.start, 0)
        if number not in found.sentences:
            found.sentences.append(number)
        head = doc[event.trigger]
        if not event.extractor.startswith("verb:") and _is_of_its_own(head):
            found.listed.add((syntax.first_conjunct(head).i, head.i))
        found.is_the_same |= not event.extractor.startswith("verb:") and any(t.lower_ == "same" for t in head.lefts)
        found.arms_told |= _are_arms_told(head)
        found.answered.setdefault(number, set()).update(answered(head))
        told = [head, *(doc[a.head] for a in event.arguments if a.role == "weapon")]
        found.order |= {t.lower_ for noun in told for t in noun.lefts} & _ORDINALS
        found.is_plural |= head.tag_ == "NNS" and not event.extractor.startswith("verb:")
        if any(t.lower_ in _OTHERS for t in head.lefts) and not event.extractor.startswith("verb:"):
            ordinal = any(t.lower_ in _LATER_ONES for t in head.lefts)
            found.is_other = ordinal or not any(t.lower_ in {"the", "this", "that"} for t in head.lefts)
        if not event.is_effect and any(_is_one_more(doc[a.head]) for a in event.arguments if a.role in {"weapon", "target"}):
            found.is_other = True  # "another bomb exploded"
        if not event.is_effect and (_opens_adding(head.sent) or any(t.lower_ in _ADDING for t in head.lefts)):
            found.is_added = True
        if _opens_apart(head.sent) or any(t.lower_ in _APART_BY_ADVERB for t in head.lefts):
            found.is_other = True
        told_before = head.sent[0].lower_ == "earlier" or any(t.lower_ == "earlier" for t in head.lefts)
        if told_before and any(t.lower_ == "had" for t in syntax.auxiliaries(head)):
            found.is_other = True  # "Earlier, a bomb had killed nine at a stall", "a warplane had earlier bombed the base"
        if any(t.lower_ in _RETURNED and t.nbor().lower_ == "fire" for noun in told for t in noun.lefts):
            found.is_other = True  # "killed by the return fire"
    specific = [kind for kind in found.kinds if kind != "other_attack"]
    found.kinds = specific or found.kinds  # "looted lorries in an attack": a robbery
    by_them = any(
        e.extractor.startswith("verb:") and any(t.lower_ == "they" for t in syntax.subjects(doc[e.trigger])) for e in events
    )
    found.is_resumed = by_them or any(_is_known_by_deed(doc, a) for a in [*found.initiators, *found.harmed])
    found.goes_on = by_them and any(a.actor is not None and _has_identity(doc, a.actor) for a in found.initiators)
    found.in_title = any(doc[e.trigger].idx < doc._.source.title_end for e in events)
    found.is_aggregate = any(e.is_aggregate for e in events)
    # "The explosion tore through a market", "opened fire in the February assault": more of what is known.
    refers = any(e.is_definite and not e.is_effect for e in events)
    found.is_definite = refers or all(e.is_effect for e in events)
    found.is_effect = all(e.is_effect for e in events)
    found.kills = any(e.extractor in _KILLS for e in events)
    found.by_hand = all(e.extractor in _BY_HAND for e in events)
    found.is_presupposed = all(doc[e.trigger].dep_ == "amod" for e in events) and any(
        is_named_person(doc, a) for a in found.harmed
    )
    found.is_result = all(_is_result(doc, e) for e in events)
    own = {e.trigger for e in events}
    numbers = {number for number, event in enumerate(doc._.events) if event.trigger in own}
    found.tolls = {
        (c.kind, c.count_low, c.count_high)
        for c in doc._.claims
        if c.event in numbers and c.part_of is None and (c.count_low or c.count_high or 0) >= _MANY
    }
    found.is_generic = all(e.is_generic_noun or e.is_effect for e in events)
    return found


def _are_arms_told(verb: Token) -> bool:
    """ "The bombs fell", "two of the devices exploded", "the charges were thrown from a car": arms known from before."""
    nouns_of = [whose(t) for t in [*syntax.subjects(verb), *syntax.passive_subjects(verb)]]
    return any("weapon" in nouns.classes(t) and any(d.lower_ in {"the", "these"} for d in t.lefts) for t in nouns_of)


def _is_result(doc: Doc, event: Event) -> bool:
    """ "Twenty vehicles were burned", "a school was looted": told without doer, place or day of its own."""
    is_passive = event.extractor.startswith("verb:") and syntax.is_passive(doc[event.trigger])
    alone = event.time is None and not any(a.role in {"initiator", "place"} for a in event.arguments)
    return event.event_type in _DESTROYING and is_passive and alone


def _is_one_more(noun: Token) -> bool:
    return any(t.lower_ == "another" for t in noun.lefts)


def _opens_adding(sentence: Span) -> bool:
    """ "Meanwhile, ...", "In addition, ...", "At the same time, ..."."""
    return sentence[0].lower_ in _ADDING or sentence[:4].text.lower().startswith(_ADDING_PHRASES)


_IN_ANOTHER = {"another", "separate", "different", "similar", "unrelated", "other"}


def _opens_apart(sentence: Span) -> bool:
    """ "Separately, ...", "In a separate incident, ...", "In another attack on the same day, ..."."""
    opening = [t.lower_ for t in sentence[:4]]
    if opening[0] in _APART_BY_ADVERB:
        return True
    return opening[0] in {"in", "during"} and any(w in _IN_ANOTHER for w in opening[1:3]) and "the" not in opening


def answered(trigger: Token) -> set[int]:
    """Words of response or of "after" that a trigger stands under; "the raids are the answer to the attack" answers only the
    attack."""
    found: set[int] = {t.i for step in [trigger, *trigger.ancestors] for t in step.lefts if _is_afterwards(t)}
    below = trigger
    for above in trigger.ancestors:
        if above.lower_ in _RESPONSES and below.dep_ not in syntax.SUBJECTS:
            found.add(above.i)
        below = above
    return found


def _is_afterwards(word: Token) -> bool:
    """ "The raid came after the ambush", "following the attack, the air force struck": two acts."""
    return word.lower_ in _AFTERWARDS and word.dep_ in {"mark", "case"}


def _is_of_its_own(noun: Token) -> bool:
    """Whether an act told by a noun has a phrase of its own: in "the bombings in the north and the murder of six priests" both."""
    return any(p in {"of", "in", "on", "against", "at", "near"} for p, _ in syntax.prepositional(noun))


def _is_listed_apart(new: Features, old: Features) -> bool:
    return any(a != b and a[0] == b[0] for a in new.listed for b in old.listed)


def _is_known_by_deed(doc: Doc, filler: Argument) -> bool:
    """ "The attackers", "two of the gunmen": people of whom only an act told before speaks."""
    head = whose(doc[filler.head])
    if (
        filler.role == "target"
        or head.lower_ not in DOERS
        or (filler.actor is not None and _has_identity(doc, filler.actor))
    ):
        return False
    return any(t.lower_ in {"the", "these", "those"} for t in doc[max(filler.start - 1, head.sent.start) : head.i])


def whose(head: Token) -> Token:
    """The noun that says who they are: "three of the gunmen", "two members of the squad"."""
    if head.pos_ == "NUM" or head.lower_ in nouns.TRANSPARENT:
        return next((t for p, t in syntax.prepositional(head) if p == "of"), head)
    return head


def _has_identity(doc: Doc, number: int) -> bool:
    actor = doc._.actors[number]
    return not actor.is_generic or bool(actor.country_iso3 or actor.backer_iso3 or actor.parent is not None)


def alike(a: str, b: str) -> bool:
    """Whether one incident may be called both kinds."""
    if a == b:
        return True
    if "other_attack" in {a, b}:
        return not ({a, b} & _APART)
    return b in _ALIKE.get(a, ()) or a in _ALIKE.get(b, ())


def contradict(doc: Doc, new: Features, old: Features) -> bool:
    """Whether two sets of mentions cannot be one incident."""
    # What the attackers went on to do, and what was done to them in the end, is their raid.
    of_one_raid = new.is_resumed and not {*new.kinds, *old.kinds} & {"arrest", "interception"}
    if new.goes_on and _doers_apart(doc, new, old):
        of_one_raid = False  # "they" are others, known by name
    if new.is_the_same and new.is_generic:
        return _times_apart(doc, new, old) or _places_apart(doc, new, old)
    if new.kinds and old.kinds and not of_one_raid and not any(alike(a, b) for a in new.kinds for b in old.kinds):
        return not _same_ordeal(doc, new, old)
    if new.order and old.order and not new.order & old.order:
        return True  # "the first bomb", "the second bomb"
    if _is_listed_apart(new, old):
        return True
    if (new.is_effect and set(old.kinds) == {"arrest"}) or (old.is_effect and set(new.kinds) == {"arrest"}):
        return True  # "the arrest of 45 soldiers for killing six clergymen"
    if new.is_effect and new.times and set(old.kinds) == {"interception"}:
        return True  # "shot down four drones ... the January barrage in which five died"
    if _is_by_hand(doc, new, old) or _is_presupposed(doc, new, old):
        return True
    if new.is_aggregate != old.is_aggregate and not _sums_up(doc, new, old):
        return True
    if any(words != old.answered[n] for n, words in new.answered.items() if n in old.answered):
        return True  # "strikes in retaliation for the death of three soldiers": two acts
    if _times_apart(doc, new, old) or _is_set_off(doc, new, old) or _places_apart(doc, new, old):
        return True
    if _is_news_and_history(doc, new, old):
        return True
    if (not of_one_raid and _doers_apart(doc, new, old)) or _own_people(doc, new, old):
        return True
    if _is_abrupt(new, old):
        return True
    if not (new.is_resumed or new.arms_told) and (_sites_apart(doc, new, old) or _is_added_to(doc, new, old)):
        return True
    if max(new.sentences) < min(old.sentences) and _is_added_to(doc, old, new):
        return True
    return _victims_apart(doc, new, old)


def _is_by_hand(doc: Doc, new: Features, old: Features) -> bool:
    """ "A bomb went off at the bank. Two judges were murdered": no deaths of a bombing, unless it harmed the same people."""
    if (
        not new.by_hand
        or set(new.sentences) & set(old.sentences)
        or not set(old.kinds) & (FROM_AFAR | {"bombing", "arson", "robbery"})
    ):
        return False
    return bool(new.harmed) and not any(_same_thing(doc, a, b) for a in new.harmed for b in old.harmed)


def _is_presupposed(doc: Doc, new: Features, old: Features) -> bool:
    """ "A bomb went off at the party of the murdered Senator X": a death that only says who somebody was, and of somebody else."""
    if not new.is_presupposed or not old.harmed:
        return False
    return not any(_same_thing(doc, a, b) for a in new.harmed for b in old.harmed)


def _is_abrupt(new: Features, old: Features) -> bool:
    """Whether deaths without a kind and a seizure of people stand far apart: nothing says that one raid did both."""
    gap = min(abs(a - b) for a in new.sentences for b in old.sentences)
    kinds = {*new.kinds, *old.kinds}
    return gap > _FAR and not (new.kinds and old.kinds) and bool(kinds & _APART) and not new.is_definite


def _same_ordeal(doc: Doc, new: Features, old: Features) -> bool:
    """What one sentence after the other tells of one person: "X was kidnapped. X was intercepted near the stadium ..."."""
    if "other_attack" not in {*new.kinds, *old.kinds} or min(abs(a - b) for a in new.sentences for b in old.sentences) > 1:
        return False
    first, second = ({a.actor for a in side.harmed if is_named_person(doc, a)} for side in (new, old))
    return len(first) == 1 and first == second and not _times_apart(doc, new, old) and not _places_apart(doc, new, old)


def _sums_up(doc: Doc, new: Features, old: Features) -> bool:
    """Whether a plural without number or day can be what an aggregate sums up: "drone attacks" and "five drone attacks".

    "The killings of the 12 judges" tell of these people alone.
    """
    single = old if new.is_aggregate else new
    counted = any(
        is_named_person(doc, a) or any(t.pos_ == "NUM" for t in doc[a.start : a.end])
        for a in single.harmed
        if a.role == "victim"
    )
    return single.is_plural and not single.times and not counted


def _times_apart(doc: Doc, new: Features, old: Features) -> bool:
    first = [doc._.times[t] for t in new.times if not doc._.times[t].is_duration]
    second = [doc._.times[t] for t in old.times if not doc._.times[t].is_duration]
    known = [(a, b) for a in first for b in second if a.date_start and b.date_start]
    if known:
        return not any(_meet(a, b) and _meet(b, a) for a, b in known)
    named = [(_weekdays(doc, a), _weekdays(doc, b)) for a in first for b in second]
    if named and all(x and y and not x & y for x, y in named):
        return True
    dated = [(_month_and_day(doc, a), _month_and_day(doc, b)) for a in first for b in second]
    return bool(dated) and all(x is not None and y is not None and x != y for x, y in dated)


def _meet(earlier: Time, later: Time) -> bool:
    """Whether one does not end before the other begins; a week begins on Sunday or on Monday, by who counts."""
    if earlier.date_end is None or later.date_start is None:
        return True
    slack = timedelta(days=1 if "week" in (earlier.precision, later.precision) else 0)
    return earlier.date_end + slack >= later.date_start


def _weekdays(doc: Doc, time: Time) -> set[str]:
    return {t.lower_ for t in doc[time.start : time.end] if t.lower_ in WEEKDAYS}


def _month_and_day(doc: Doc, time: Time) -> tuple[str, str] | None:
    """ "10 August" without a year: its month and day."""
    words = [t.lower_ for t in doc[time.start : time.end]]
    month = next((w for w in words if w in MONTHS), None)
    day = next((w for w in words if w.isdigit() and int(w) < 32), None)
    return (month, day) if month and day else None


def _is_set_off(doc: Doc, new: Features, old: Features) -> bool:
    """ "Ten days later", "a day earlier": the time of an act that is told by its distance from another one."""
    if (new.is_effect and not new.kills) or new.is_definite or not old.times:
        return False
    for number in new.times:
        time = doc._.times[number]
        words = {t.lower_ for t in doc[time.start : time.end]}
        if words & {"later", "earlier"} and words & _UNITS and number not in old.times:
            return True
    return False


def _places_apart(doc: Doc, new: Features, old: Features) -> bool:
    if not new.places or not old.places or any(_near(doc, a, b) for a in new.places for b in old.places):
        return False
    return not _is_headline_of(doc, new, old)


def _is_headline_of(doc: Doc, new: Features, old: Features) -> bool:
    """Whether the headline of the same harm names the city or province near by: "Sarajevo" for a suburb of it."""
    title, body = (new, old) if new.in_title else (old, new)
    if not title.in_title or len(title.sentences) > 1 or body.in_title:
        return False
    if not any(_in_one_division(doc._.places[a], doc._.places[b]) for a in title.places for b in body.places):
        return False
    return bool(title.tolls & body.tolls) or any(_same_thing(doc, a, b) >= 1 for a in title.harmed for b in body.harmed)


def _in_one_division(first: Place, second: Place) -> bool:
    if not first.country_iso3 or first.country_iso3 != second.country_iso3:
        return False
    return not first.admin1 or not second.admin1 or first.admin1 == second.admin1


def _near(doc: Doc, a: int, b: int) -> bool:
    first, second = doc._.places[a], doc._.places[b]
    if a == b or first.place_id == second.place_id or first.name == second.name:
        return True
    wide = {"country", "region", "border", "water"}
    if first.country_iso3 and second.country_iso3 and first.country_iso3 != second.country_iso3:
        return False
    if first.kind in wide or second.kind in wide:
        return True
    if first.admin1 and second.admin1 and first.admin1 != second.admin1:
        return False
    return first.kind != second.kind  # a city and a facility or province of the same unit; two cities are two places


def _same_side(doc: Doc, a: Argument, b: Argument) -> bool | None:
    """True: one actor; False: two; None: one of them is not named."""
    if a.actor is None or b.actor is None:
        head_a, head_b = singular(doc[a.head].lower_), singular(doc[b.head].lower_)
        return True if head_a == head_b else None
    if a.actor == b.actor:
        return True
    first, second = doc._.actors[a.actor], doc._.actors[b.actor]
    if _is_named_short(doc, a, b) or _is_named_short(doc, b, a):
        return True
    if first.reference_id and first.reference_id == second.reference_id:
        return True
    if first.parent == b.actor or second.parent == a.actor:
        return True
    refs = {first.reference_id, second.reference_id} - {None}
    if first.parent_reference_id in refs or second.parent_reference_id in refs:
        return True
    if (
        first.country_iso3
        and first.country_iso3 == second.country_iso3
        and first.actor_type in _STATE_LIKE
        and second.actor_type in _STATE_LIKE
    ):
        return True
    if first.actor_type == "person" or second.actor_type == "person":
        return None  # a commander or president and his forces
    if first.is_generic or second.is_generic:
        if first.country_iso3 and second.country_iso3 and first.country_iso3 != second.country_iso3:
            return False
        if (first.actor_type in _STATE_LIKE) != (second.actor_type in _STATE_LIKE) and "other" not in {
            first.actor_type,
            second.actor_type,
        }:
            return False
        return None
    return False


def _is_named_short(doc: Doc, a: Argument, b: Argument) -> bool:
    """ "Coalition" in a headline for "the Saudi-led coalition": its head alone."""
    words = [t.lower_ for t in doc[a.start : a.end] if t.lower_ not in {"the", "a", "an"}]
    return words == [doc[a.head].lower_] == [doc[b.head].lower_] and doc[a.head].idx < doc._.source.title_end


def _doers_apart(doc: Doc, new: Features, old: Features) -> bool:
    verdicts = [_same_side(doc, a, b) for a in new.initiators for b in old.initiators]
    return bool(verdicts) and all(v is False for v in verdicts)


def _sites_apart(doc: Doc, new: Features, old: Features) -> bool:
    """ "A bomb exploded at a bank ... a bomb destroyed a power tower": acts told anew of things that have nothing in common.

    The title's words and "the building", which look back or forward, are no second site.
    """
    if new.is_definite or (new.is_effect and not new.weapons) or new.in_title:
        return False
    if not set(new.kinds) & _AT_ONE_SITE or not set(old.kinds) & _AT_ONE_SITE:
        return False
    first, second = _sites(doc, new), _sites(doc, old)
    if not first or not second or any(doc[a.head].sent == doc[b.head].sent for a in first for b in second):
        return False
    if any(_looks_back(doc, a) for a in first) or all(doc[b.head].idx < doc._.source.title_end for b in second):
        return False
    return not any(_same_thing(doc, a, b) for a in first for b in second)


def _is_added_to(doc: Doc, new: Features, old: Features) -> bool:
    """ "X's house was also attacked": one more act, in another sentence, upon what has nothing in common with the first."""
    if not new.is_added or new.is_definite or new.in_title or set(new.sentences) & set(old.sentences):
        return False
    if not new.harmed or not old.harmed:
        return False
    return not any(_same_thing(doc, a, b) for a in new.harmed for b in old.harmed)


def _sites(doc: Doc, told: Features) -> list[Argument]:
    return [a for a in told.harmed if a.role == "target" and nouns.classes(doc[a.head]) & {"facility", "vehicle"}]


def _looks_back(doc: Doc, filler: Argument) -> bool:
    return any(t.lower_ in {"the", "this", "that", "its"} for t in doc[filler.head].lefts) and not any(
        t.ent_type_ for t in doc[filler.start : filler.end]
    )


def _own_people(doc: Doc, new: Features, old: Features) -> bool:
    """Whether an effect told of nothing but a state's own people is held against what that state did from afar."""
    if not new.is_effect or new.kinds or not old.kinds or not set(old.kinds) <= FROM_AFAR | {"other_attack"}:
        return False
    doers = [doc._.actors[a.actor] for a in old.initiators if a.actor is not None]
    states = {d.country_iso3 for d in doers if d.actor_type in _STATE_LIKE and d.country_iso3}
    hurt = [doc._.actors[a.actor] for a in new.harmed if a.actor is not None]
    countries = {h.country_iso3 for h in hurt}
    return bool(states) and len(doers) > 0 and len(countries) == 1 and countries <= states


def _victims_apart(doc: Doc, new: Features, old: Features) -> bool:
    """Two sets of named people share nobody."""
    first = {a.actor for a in new.harmed if is_named_person(doc, a)}
    second = {a.actor for a in old.harmed if is_named_person(doc, a)}
    if not first or not second or first & second:
        return False
    return len(second) <= 2 or (len(first) <= 2 and bool(set(new.kinds) & {"assassination", "kidnapping"}))


def is_named_person(doc: Doc, filler: Argument) -> bool:
    return (
        filler.actor is not None
        and doc._.actors[filler.actor].actor_type == "person"
        and not doc._.actors[filler.actor].is_generic
    )


def holds(doc: Doc, whole: Report, part: Report) -> bool:
    """Whether an aggregate sums up a single act: its period, kind and place hold it, and one side did both.

    Where the aggregate names no doer ("at least 14 killed in attacks on the city since March"), the place must be its own.
    """
    if whole.time is None or part.time is None or not alike(whole.event_type, part.event_type):
        return False
    period, time = doc._.times[whole.time], doc._.times[part.time]
    if period.date_start is None or time.date_start is None or time.date_start < period.date_start:
        return False
    if period.date_end is not None and (time.date_end or time.date_start) > period.date_end:
        return False
    its = [a.place for a in _fillers(whole, "place") if a.place is not None]
    own = [a.place for a in _fillers(part, "place") if a.place is not None]
    if not any(_near(doc, a, b) for a in its for b in own):
        return False
    doers = _fillers(whole, "initiator")
    if not doers:
        return any(doc._.places[place].kind != "country" for place in set(its) & set(own))
    return any(_same_side(doc, a, b) is True for a in doers for b in _fillers(part, "initiator"))


def _fillers(report: Report, role: str) -> list[Argument]:
    return [a for a in report.arguments if a.role == role]


def is_described_person(doc: Doc, filler: Argument) -> bool:
    """ "The spokesman", "this leader": one unarmed person, definite and without name."""
    head = doc[filler.head]
    opening = [*doc[max(filler.start - 1, 0) : filler.start + 1], *head.lefts]
    if head.tag_ != "NN" or head.lower_ in _VAGUE_HEADS or is_named_person(doc, filler):
        return False
    if not any(t.lower_ in {"the", "this"} for t in opening) or any(t.pos_ == "NUM" for t in head.lefts):
        return False
    found = nouns.classes(head)
    return "person" in found and not found & {"armed"}


def likeness(doc: Doc, new: Features, old: Features) -> float:
    """How much speaks for one incident; contradictions are asked apart. Larger is likelier, 0 = nothing either way."""
    score = 0.0
    if new.kinds and old.kinds:
        same = set(new.kinds) & set(old.kinds)
        score += 1.5 if same - {"other_attack"} else 0.75 if same else 0.25
    if new.times and old.times:
        score += 1.5 if _share_day(doc, new, old) else 0.0
    if set(new.places) & set(old.places):
        score += (
            1.5
            if any(doc._.places[p].kind not in {"country", "region"} for p in set(new.places) & set(old.places))
            else 0.75
        )
    if any(_same_side(doc, a, b) for a in new.initiators for b in old.initiators):
        score += 1.25
    shared = max((_same_thing(doc, a, b) for a in new.harmed for b in old.harmed), default=0.0)
    score += shared
    if not shared and _is_told_anew(doc, new, old):
        score -= _ONE_MORE
    if not shared and _is_killed_elsewhere(doc, new, old):
        score -= _KILLED_ELSEWHERE
    if not shared and new.tolls & old.tolls and (new.in_title or old.in_title):
        score += 1.25
    if _ends_raid(new, old):
        score += 1.0
    if new.weapons & old.weapons:
        score += 0.75
    if new.is_definite and not new.is_effect and (shared or not _is_of_named(doc, new, old)):
        score += 1.25
    if new.is_effect:
        score += 1.0
    if new.is_resumed and min(old.sentences) <= max(new.sentences):
        score += 1.25
    if new.arms_told and min(old.sentences) < min(new.sentences):
        score += 1.0
    if new.is_generic:
        score += 0.5
    if new.is_the_same and min(old.sentences) <= min(new.sentences):
        score += 1.25
    if new.is_plural and old.is_plural and new.is_definite:
        score += 0.5
    if old.in_title:
        score += 0.5  # what the headline tells is what a page goes on to tell
    if new.is_definite and not new.is_effect and min(old.sentences) > max(new.sentences):
        score -= 0.75  # anaphora looks back
    if new.entries and old.entries:
        score += 0.5 if new.entries & old.entries else -0.5
    gap = min(abs(a - b) for a in new.sentences for b in old.sentences)
    score += 0.75 if gap == 0 else 0.5 if gap == 1 else 0.25 if gap == 2 else -0.25 if gap > 6 else 0.0
    return score


def _ends_raid(new: Features, old: Features) -> bool:
    """ "Rebels ambushed a convoy ... Twenty vehicles were burned"."""
    return new.is_result and bool(set(old.kinds) & _RAIDS) and min(old.sentences) < min(new.sentences)


def _is_of_named(doc: Doc, new: Features, old: Features) -> bool:
    """ "The murder of X": who was murdered tells which act is meant, not what was told before of others."""
    return bool(old.harmed) and any(is_named_person(doc, a) for a in new.harmed)


def _is_told_anew(doc: Doc, new: Features, old: Features) -> bool:
    """Whether an act is told as one more: in a sentence of its own, with verbs of doing, of somebody or something else."""
    if new.is_definite or new.is_effect or new.is_generic or new.is_resumed or new.in_title or old.in_title:
        return False
    if new.arms_told and min(old.sentences) < min(new.sentences):
        return False
    if _ends_raid(new, old):
        return False
    return bool(new.harmed) and bool(old.harmed) and not set(new.sentences) & set(old.sentences)


def _is_killed_elsewhere(doc: Doc, new: Features, old: Features) -> bool:
    """ "Three peasants were killed in San Miguel": deaths told in a sentence of their own, with people and a place of their own."""
    if not new.kills or not new.harmed or not old.harmed or set(new.sentences) & set(old.sentences) or old.in_title:
        return False
    own = {p for p in new.places if doc._.places[p].kind not in {"country", "region"}}
    return bool(own) and not own & set(old.places)


def _is_news_and_history(doc: Doc, new: Features, old: Features) -> bool:
    """An act of long before the page, and one the page opens with and gives no day: what is told first is the news.

    A definite looks back, and what shares a place or people may well be the old act told before its day.
    """
    past, news = (new, old) if _is_past(doc, new) else (old, new)
    looks_back = news.is_resumed or (news.is_definite and not news.is_effect and not news.in_title)
    if not _is_past(doc, past) or news.times or looks_back:
        return False
    if min(news.sentences) > _LEAD or min(past.sentences) - min(news.sentences) < _LEAD + 2:
        return False
    return not set(new.places) & set(old.places) and not any(
        _same_thing(doc, a, b) >= 1 for a in new.harmed for b in old.harmed
    )


def _is_past(doc: Doc, told: Features) -> bool:
    published = doc._.source.published_on
    times = [doc._.times[t] for t in told.times if not doc._.times[t].is_duration]
    ends = [time.date_end or time.date_start for time in times if not time.is_open_ended]
    return published is not None and bool(ends) and all(e is not None and (published - e).days > _LONG_AGO for e in ends)


def _share_day(doc: Doc, new: Features, old: Features) -> bool:
    first, second = [doc._.times[t] for t in new.times], [doc._.times[t] for t in old.times]
    for a in first:
        for b in second:
            if a is b or (a.date_start and a.date_start == b.date_start):
                return True
            if doc[a.start : a.end].text.lower() == doc[b.start : b.end].text.lower():
                return True
    return False


def _same_thing(doc: Doc, a: Argument, b: Argument) -> float:
    head_a, head_b = singular(doc[a.head].lower_), singular(doc[b.head].lower_)
    if _same_toll(doc, a, b):
        return 1.75
    if a.actor is not None and a.actor == b.actor:
        return 1.0 if doc._.actors[a.actor].actor_type in {"state", "military", "government"} else 1.75
    if head_a == head_b:
        return 0.25 if head_a in _VAGUE_HEADS else 0.0 if _is_called_otherwise(doc, a, b) else 1.25
    if is_described_person(doc, a) and is_named_person(doc, b):
        return 0.75  # "the spokesman" after him
    if _is_titled(doc, a, b) or _is_titled(doc, b, a):
        return 1.25
    return 0.0


def _is_titled(doc: Doc, a: Argument, b: Argument) -> bool:
    """ "A student", "student Luis Perez": one person who is called by what the other has before the name."""
    head = doc[a.head]
    if head.tag_ != "NN" or not is_named_person(doc, b) or any(t.pos_ == "NUM" for t in head.lefts):
        return False
    return head.lower_ in {t.lower_ for t in doc[b.start : b.head]} - _VAGUE_HEADS


def _is_called_otherwise(doc: Doc, a: Argument, b: Argument) -> bool:
    """ "The La Eminencia farm", "the Santo Tomas farm": two of a kind with names of their own."""
    first, second = (
        {t.lower_ for t in doc[filler.start : filler.end] if t.pos_ == "PROPN" and t.i != filler.head} for filler in (a, b)
    )
    return bool(first) and bool(second) and not first & second


def _same_toll(doc: Doc, a: Argument, b: Argument) -> bool:
    """ "Three Americans were killed", "the death of three US soldiers": as many victims of one country."""
    if a.role != "victim" or b.role != "victim" or a.actor is None or b.actor is None:
        return False
    countries = {doc._.actors[a.actor].country_iso3, doc._.actors[b.actor].country_iso3}
    counts = [{t.lower_ for t in doc[filler.start : filler.end] if t.pos_ == "NUM"} for filler in (a, b)]
    return len(countries) == 1 and None not in countries and bool(counts[0]) and counts[0] == counts[1] != {"one"}


def describes(doc: Doc, event: Event) -> bool:
    """Whether a mention says anything of its own: a participant, a place, a day."""
    return bool(event.arguments) or event.time is not None
