"""Who and what may take part in an event: phrases as arguments, each once, and no trigger among them.

Belongs here: what a participant may be (no measure, no nobody, one of several, members of a list), whichever word governs it.
Does not belong: which words govern whom (``verb_roles.py``, ``noun_roles.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, responsibility, syntax, titles
from dagster_project.reading.casualty_words import BODIES
from dagster_project.reading.fillers import (
    BELIEVED,
    KIN,
    UNIFORMS,
    argument,
    holders,
    in_dateline,
    owner_of_thing,
    sides_of_origin,
)
from dagster_project.reading.inflection import singular
from dagster_project.reading.links import act_meant
from dagster_project.reading.types import Argument, Attribution, Event, Name, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Triggers whose patient is harmed by definition when human; with others it is what was aimed at.
HARMING = {
    "kill", "slay", "murder", "assassinate", "execute", "massacre", "slaughter", "behead", "decapitate", "lynch", "stab", "hack", "strangle",
    "torture", "rape", "beat", "snatch", "whisk away", "wound", "injure", "maim", "hurt", "die", "perish", "shoot", "gun down", "shoot dead", "shoot to death", "kidnap", "abduct",
    "take hostage", "take as hostages", "take captive", "take prisoner", "hold hostage", "hold captive", "arrest", "detain", "seize", "capture", "riddle", "machinegun",
    "machine-gun", "pick off", "cut down", "hang", "set upon", "bundle", "drag", "apprehend", "killing", "homicide", "slaying", "assassination", "assassination attempt", "attempted assassination", "execution",
    "beheading", "lynching", "stabbing", "kidnapping", "abduction", "hostage-taking", "death", "shooting", "attempt",
    "beat to death", "hack to death", "stone to death", "club to death", "burn to death", "burn alive", "stab to death", "cut to pieces",
    "rob", "lose", "claim lives", "claim life", "cost lives", "cost life", "take lives", "martyr", "eliminate", "neutralise", "neutralize", "liquidate", "nab", "carry off",
}  # fmt: skip
# People whom these befall are hurt; things and forces are what was aimed at.
_STRIKING = {"hit", "strike"}
# What only people suffer, whatever word they are called by.
_ONLY_PEOPLE = {
    "slay", "murder", "assassinate", "behead", "decapitate", "lynch", "stab", "strangle", "torture", "rape", "wound", "gun down", "shoot dead", "shoot to death", "kidnap",
    "abduct", "snatch", "whisk away", "take hostage", "take as hostages", "arrest", "detain", "kill", "homicide", "slaying", "assassination", "beheading", "lynching", "stabbing", "kidnapping", "abduction", "killing",
    "martyr", "beat to death", "hack to death", "stone to death", "club to death", "burn to death", "burn alive", "stab to death",
}  # fmt: skip
# Triggers whose only participant is harmed: their subject is no doer.
UNDERGOING = {
    "die", "perish", "lose lives", "lose life", "breathe last", "succumb", "fall martyr", "fall martyrs", "lose leg", "lose legs", "lose foot", "lose limbs",
}  # fmt: skip
# The dead do not act, whatever the tree says.
_REMAINS = BODIES | {"death", "deaths"}
# Who is called by the deed alone is told nothing of: "the perpetrators", "the people responsible for the murder".
_DEED_ALONE = {"perpetrator", "perpetrators", "culprit", "culprits"}
_ANYBODY = {"people", "persons", "those", "ones", "elements", "individuals", "men", "person"}
_BY = {"by", "of"}
# A whole people is nobody whom one act harmed: "the killing of the Salvadoran people".
_MASSES = {
    "people",
    "peoples",
    "population",
    "nation",
    "country",
    "community",
    "society",
    "citizenry",
    "homeland",
    "fatherland",
    "humanity",
}
_WAYS = {
    "kilometer",
    "kilometre",
    "mile",
    "street",
    "avenue",
    "highway",
    "road",
    "freeway",
    "boulevard",
    "route",
    "roadside",
    "corner",
    "outskirts",
}
# Parts of a building stand for it.
_PARTS = {
    "front",
    "facade",
    "façade",
    "rear",
    "back",
    "side",
    "part",
    "parts",
    "wing",
    "entrance",
    "door",
    "most",
    "walls",
    "roof",
    "gate",
    "gates",
    "window",
    "windows",
}
# What is done to a weapon by whom it is sent.
_SENT = {
    "aimed", "attached", "buried", "deployed", "detonated", "directed", "dropped", "fired", "flown", "hidden", "hurled", "laid", "launched", "left", "lobbed", "operated", "piloted", "placed",
    "planted", "sent", "set", "shot", "strapped", "thrown", "worn",
}  # fmt: skip
_SUSPICION = {"suspected", "alleged", "presumed", "apparent", "purported"}


class Collector:
    """Adds arguments to an event, each phrase once and no trigger as a participant."""

    def __init__(self, event: Event, doc: Doc, triggers: dict[int, int]) -> None:
        self.event, self.doc, self.triggers = event, doc, triggers
        self.lemma = event.extractor.split(":", 1)[1]

    def add(
        self, role: Role, head: Token, confidence: float = 0.9, attribution: Attribution = "asserted"
    ) -> Argument | None:
        head = _named_one(_one_of(deep.resolve(head))) if role == "initiator" else deep.resolve(head)
        if head.i in self.triggers or (
            self.event.trigger_start < head.i < self.event.trigger_end and head.lower_ in self.lemma.split()
        ):
            return None
        if head.ent_type_ in _NO_PARTICIPANTS or head.lower_.endswith(("self", "selves")) or head.lower_ in _NOBODY:
            return None
        first = syntax.first_conjunct(head)  # "no group or organization has claimed it"
        joined_by_or = first != head and any(t.lower_ in {"or", "nor"} for t in self.doc[first.i : head.i])
        if _is_measure(head) or any(t.lower_ == "not" for t in head.lefts):  # "it was not the leftists"
            return None
        if any(t.lower_ in {"no", "neither"} for t in [*head.lefts, *(first.lefts if joined_by_or else ())]):
            return None
        if head.is_space or in_dateline(head):
            return None
        for inner in _of_events(head):
            if inner.i in self.triggers:
                return None
        filler = argument(role, head, confidence, attribution)
        if filler is None or filler.head in self.triggers:
            return None
        if role == "initiator":
            if act_meant(head, self.lemma, self.triggers) is not None:
                return None
            if any(p == "of" and t.i in self.triggers for p, t in syntax.prepositional(head)):
                return None  # "the force of the explosion", "the authors of the crime"
            words = [*self.doc[filler.start : filler.head], *(t for t in head.children if t.lower_ in BELIEVED)]
            if filler.actor is not None and not self.doc._.actors[filler.actor].is_generic:  # "men in army uniform"
                words += [t for p, t in syntax.prepositional(head) if p == "in" and t.lower_ in UNIFORMS]
            if filler.attribution == "asserted" and any(t.lower_ in _SUSPICION | BELIEVED | UNIFORMS for t in words):
                filler.attribution = "suspected"
            if not _can_act(self.doc[filler.head], filler):
                return None
        if role == "victim" and (self._is_apposition(filler) or _is_nobody_known(self.doc, filler)):
            return None
        for have in self.event.arguments:
            if have.role == role and have.start < filler.end and filler.start < have.end:
                return have
        self.event.arguments.append(filler)
        if role == "initiator" and head.i > 1 and self.doc[head.i - 1].text == "-" and not self.doc[head.i - 1].whitespace_:
            number = self.doc._.actor_at.get(head.i - 2)  # "US-UK airstrikes"
            if number is not None and number != filler.actor and self.doc._.actors[number].actor_type == "state":
                self.event.arguments.append(
                    Argument(
                        "initiator",
                        head.i - 2,
                        head.i - 1,
                        head.i - 2,
                        "group",
                        actor=number,
                        attribution=filler.attribution,
                        confidence=filler.confidence,
                    )
                )
        if role == "target":
            for holder in holders(head):  # "facilities used by the militia, including X": aimed at those who hold them
                self.add("target", holder, confidence - 0.2)
            if filler.actor is None:
                filler.actor = owner_of_thing(head)
        return filler

    def _is_apposition(self, filler: Argument) -> bool:
        """ "Hector Oqueli, leader of ...": a description right after a named victim, parted by a comma only."""
        if (
            filler.start < 2
            or self.doc[filler.start - 1].text != ","
            or self.doc[filler.start].tag_ == "PRP$"  # "the priests, their cook": another one
            or self.doc[filler.head].tag_ == "NNS"  # "Bishop Perez, other priests, and a driver": others
            or "named_person" in nouns.classes(self.doc[filler.head])
        ):
            return False
        return any(
            a.role == "victim"
            and a.end == filler.start - 1
            and ("named_person" in nouns.classes(self.doc[a.head]) or self._is_name_of_person(self.doc[a.head]))
            for a in self.event.arguments
        )

    def doer(self, head: Token, confidence: float = 0.9, attribution: Attribution = "asserted") -> None:
        """A logical subject: people act, weapons are used, the owner of a used weapon or of an abstraction acts."""
        head = _what_there_were_many_of(deep.resolve(head))
        kinds_of = nouns.own_classes(head)
        is_means = kinds_of & {"weapon", "aircraft"} or (kinds_of & {"vehicle", "ship"} and not kinds_of & {"armed"})
        if is_means and not kinds_of & {"armed", "group", "named_person"}:
            self.add("weapon", head, confidence)
            for owner in [*syntax.possessors(head), *words_before(head, head.i)]:
                own = nouns.own_classes(owner)
                known = self.doc._.actor_at.get(owner.i) is not None and not nouns.lexical_classes(owner) & {"weapon"}
                if known or ("violent" in own and not own & {"weapon", "aircraft"}):
                    self.add("initiator", owner, confidence - 0.1, attribution)
            for preposition, inner in syntax.prepositional(head):
                if preposition in _BY:
                    for owner in [inner, *syntax.possessors(inner)]:  # "boats of the rebels' naval arm"
                        if self.doc._.actor_at.get(owner.i) is not None:
                            self.add("initiator", owner, confidence - 0.1, attribution)
            for sender, hedged in _senders(head):
                self.add("initiator", sender, confidence - 0.1, "suspected" if hedged else attribution)
            user = syntax.governor(head)  # "soldiers answered with rockets that slammed into a market"
            if syntax.preposition_of(head) == "with" and user.tag_ == "VBD" and user.i not in self.triggers:
                for owner in syntax.subjects(user):
                    self.add("initiator", owner, confidence - 0.1, attribution)
            return
        is_kin = head.lower_ in KIN  # "an al-Qaeda affiliate" is not al-Qaeda
        if self.add("initiator", head, confidence, attribution) is None and not is_kin and not kinds_of & _CONCRETE:
            for owner in [*syntax.possessors(head), *syntax.premodifiers(head)]:  # "Israel's campaign has killed"
                actor = self.doc._.actor_at.get(owner.i)
                if actor is not None and self.doc._.actors[actor].actor_type in BELLIGERENT:
                    self.add("initiator", owner, confidence - 0.2, attribution)

    def patient(self, head: Token, confidence: float = 0.9) -> None:
        head = deep.resolve(head)
        place = self.doc._.place_at.get(head.i)
        if place is not None and self.doc._.places[place].kind in {"border", "water"}:
            return  # "the attack on the border" is where, not what
        if head.lower_ == "way":
            return  # "shot their way in"
        number = self.doc._.actor_at.get(head.i)
        if number is not None and self.doc._.actors[number].actor_type == "media" and syntax.possessors(head):
            return  # "claimed the assault on its Radio Andalus"
        if is_way(head, syntax.preposition_of(syntax.first_conjunct(head))):
            return  # "an ambush on the Santa Ana highway", "shot on 13th street": where it was
        start = syntax.noun_phrase(head).start
        if (
            start >= 2
            and self.doc[start - 1].text == ","
            and self.doc[start - 2].ent_type_ == "PERSON"
            and self.doc[start].tag_ not in {"WP$", "PRP$"}  # "X, whose cousin was killed"
            and head.ent_type_ != "PERSON"
            and head.dep_ not in syntax.CONJUNCT  # "X, two policemen and a driver"
        ):
            name = next((e for e in self.doc.ents if e.start <= start - 2 < e.end), None)  # "X, a member of Y, was abducted"
            if name is not None:
                head = name.root
        if start and self.doc[start - 1].text == "[" and head.i + 1 < len(self.doc) and head.nbor(1).tag_.startswith("JJ"):
            return  # "near [words indistinct] Roma"
        head = _named_one(_told_of_whom(head))
        whole = whole_of(head)
        if "facility" in nouns.classes(whole):
            head = whole
        following = self.doc[head.i + 1].lower_ if head.i + 1 < len(self.doc) else ""
        if following in {"backed", "aligned", "allied", "linked"}:  # "Iran backed militia" without its hyphen
            for i in range(head.i + 2, min(head.i + 6, head.sent.end)):
                if self.doc[i].pos_ in {"NOUN", "PROPN"}:
                    head = self.doc[i]
        if _is_mass(head):
            return
        kinds_of = nouns.classes(head)
        if self._is_name_of_person(head):
            filler = self.add("victim", head, confidence)
            if filler is not None and filler.head == head.i and filler.actor is None:
                filler.filler_type, filler.place = "person", None
            return
        human = bool(kinds_of & {"human", "named_person"}) or head.pos_ in {"PRON", "NUM"}  # "killing 15"
        if not human and self.lemma in _ONLY_PEOPLE and not kinds_of & (nouns.THINGS | {"weapon", "abstract", "state"}):
            human = head.pos_ in {"NOUN", "PROPN"}  # a surname that no list knows, "two sarpanches"
        wounded = self.lemma in _STRIKING and kinds_of & {"person", "named_person"} and not kinds_of & {"armed"}
        if (human and self.lemma in HARMING) or self.lemma in UNDERGOING or wounded:
            self.add("victim", head, confidence)
            for member in [*_members(head, self.doc[self.event.trigger]), *deep.listed(head)]:
                self.add("victim", member, confidence - 0.1)
            for one in _named_among(head):
                self.add("victim", one, ROLLED)
        else:
            self.add("target", head, confidence)

    def _is_name_of_person(self, head: Token) -> bool:
        """A name taken for a place, of whom an act tells that only people suffer: "Guillermo Cano was murdered"."""
        if self.lemma not in _ONLY_PEOPLE | {"shoot"}:
            return False
        if head.pos_ != "PROPN" or head.ent_type_ not in {"GPE", "LOC"} or self.doc[self.event.trigger].tag_ == "NNS":
            return False
        place = self.doc._.place_at.get(head.i)
        if place is not None and self.doc._.places[place].kind == "country":
            return False
        if self.lemma == "shoot":
            following = self.doc[self.event.trigger + 1 : self.event.trigger + 3].text.lower()
            return following.startswith(("to death", "dead"))
        return True


def _what_there_were_many_of(noun: Token) -> Token:
    """ "A string of car bombs killed 71 people": the weapons, else the noun itself."""
    if noun.lower_ not in nouns.TRANSPARENT:
        return noun
    inner = next((t for p, t in syntax.prepositional(noun) if p == "of"), noun)
    return inner if "weapon" in nouns.own_classes(inner) else noun


def _senders(weapon: Token) -> list[tuple[Token, bool]]:
    """Who sent a weapon, and whether that is only presumed: "a mine presumably laid by rebels", "rockets fired by the army"."""
    found: list[tuple[Token, bool]] = []
    for verb in [*weapon.children, weapon.head]:
        is_of_it = verb.dep_ in syntax.PARTICIPIAL | syntax.RELATIVE and syntax.is_passive(verb)
        if (
            verb.lower_ in BELIEVED and verb.dep_ in syntax.PARTICIPIAL | syntax.RELATIVE
        ):  # "believed to have been planted by X"
            sent = [t for t in verb.children if t.dep_ == "xcomp" and t.lower_ in _SENT and syntax.is_passive(t)]
            found += [(deep.resolve(t), True) for inner in sent for t in syntax.agents(inner)]
        is_misread = verb.tag_ in {"VBN", "VBD"} and weapon in syntax.subjects(verb)  # "a mine laid by rebels exploded"
        if verb.lower_ in _SENT and (is_of_it or is_misread):
            hedged = any(t.lower_ in responsibility.HEDGES for t in verb.children)
            agents = syntax.agents(verb)
            if not agents:  # "bombs dropped from government helicopters"
                agents = [t for p, place in syntax.prepositional(verb) if p == "from" for t in sides_of_origin(place)]
            found += [(deep.resolve(t), hedged) for t in agents]
    return found


def is_way(head: Token, preposition: str) -> bool:
    words = [head, *head.children] if head.pos_ == "NUM" else [head]  # "on kilometer 6"
    return any(t.lower_ in _WAYS for t in words) and preposition in {"on", "in", "at", "near", "along"}


_OF_WHOM = {"case", "cases", "whereabouts", "fate"}
_HARMED = {"victim", "victims", "dead", "wounded", "injured", "casualties"}


def _told_of_whom(head: Token) -> Token:
    """ "The whereabouts of the students, kidnapped on Friday": the students."""
    if head.lower_ not in _OF_WHOM:
        return head
    return next((t for p, t in syntax.prepositional(head) if p == "of"), head)


def _is_nobody_known(doc: Doc, filler: Argument) -> bool:
    """ "The (murdered) victims", an adjective taken for a head: nobody of whom anything is said."""
    head = doc[filler.head]
    if head.tag_ == "JJ" and head.lower_ not in _HARMED and filler.actor is None:
        return not any(t.pos_ in {"DET", "NUM"} for t in doc[max(filler.start - 1, 0) : filler.head])
    words = [t for t in doc[filler.start : filler.end] if t.tag_ not in {"VBN", "DT", "CD"} and t.pos_ != "PUNCT"]
    return len(words) == 1 and head.lower_ in _HARMED and filler.actor is None


def _named_one(head: Token) -> Token:
    """ "a tribal elder, Mirza Gul", "Father Ignacio": the name that follows a description or title of one person."""
    following = head.doc[head.i + 1] if head.i + 1 < head.sent.end else head
    if following.lower_ in _NAMING | {"called"} and head.i + 2 < head.sent.end:  # "a former corporal named Foday Kargbo"
        called = next((e for e in head.doc.ents if e.start == head.i + 2 and head.doc[e.start].pos_ == "PROPN"), None)
        if called is not None:
            return called.root
    if head.tag_ == "NNP" and head.ent_type_ != "PERSON":  # "Former Kano Mayor Musa Bello" headed by the town
        name = next((t for t in head.children if t.dep_ == "flat" and t.ent_type_ == "PERSON"), None)
        title = head.doc[name.i - 1] if name is not None else None
        if name is not None and title is not None and titles.is_title_word(title.lower_):
            return name
    if head.tag_ != "NN" or head.ent_type_ == "PERSON":
        return head
    if following.ent_type_ == "PERSON" and head in following.ancestors:  # "former candidate Pizarro"
        return following
    for other in syntax.appositions(head):
        if other.pos_ == "PROPN" and all(t.text == "," or t.pos_ == "PROPN" for t in head.doc[head.i + 1 : other.i]):
            named = [t for t in [other, *other.children] if t.ent_type_ == "PERSON"]
            if named:
                return named[-1]
    return head


def _is_mass(head: Token) -> bool:
    """ "The Salvadoran people", "our nation": definite or of a country, without number or place of their own."""
    if head.lower_ not in _MASSES or any(
        t.pos_ == "NUM" or t.lower_ in {"more", "many", "several"} for t in head.subtree if t.i < head.i
    ):
        return False
    if any(
        t.i > head.i and (t.dep_ in syntax.RELATIVE | syntax.PARTICIPIAL or syntax.preposition_of(t)) for t in head.children
    ):
        return False
    return any(
        t.lower_ in {"the", "our", "this", "their", "his", "its", "whole", "entire"} or t.ent_type_ in {"NORP", "GPE"}
        for t in head.lefts
    )


def _members(head: Token, trigger: Token) -> list[Token]:
    """The names that a description of several people gives: "a couple, Ana Cruz and Juan Paz", "these policemen died: ..."."""
    doc = head.doc
    if head.ent_type_ == "PERSON" or not (head.tag_ == "NNS" or head.lower_ in {"couple", "pair", "trio", "family"}):
        return []
    names = [n for n in doc._.names if n.label == "PERSON" and head.i < n.start < head.sent.end]
    found: list[Name] = []
    end = head.i + 1
    for name in names:  # right behind a comma, and on through commas and "and"
        gap = [t for t in doc[end : name.start] if not (t.pos_ == "PROPN" or titles.is_title_word(t.lower_))]
        is_next = not found and not gap  # "the engineers Ana Cruz and Juan Paz"
        if not (is_next or 0 < len(gap) <= 2) or any(t.text not in {",", "(", "-"} and t.lower_ != "and" for t in gap):
            break
        if not found and gap and gap[0].text not in {",", "("}:
            break
        found.append(name)
        end = name.end
    found += [n for n in [*identified(head), *_identified_beside(head)] if n not in found]
    colon = next((i for i in range(max(head.i, trigger.i) + 1, head.sent.end) if doc[i].text == ":"), None)
    if colon is not None and not any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in doc[colon + 1 : head.sent.end]):
        found += [n for n in names if n.start > colon]
    return [doc[n.start : n.end].root for n in found] if len(found) > 1 else []


def _named_among(head: Token) -> list[Token]:
    """ "36 men, among them Munir al-Yafie", "nine people, including the mayor, Fidel Nkuru": the names so told."""
    doc = head.doc
    names = [n for n in doc._.names if n.label == "PERSON" and head.i < n.start < head.sent.end]
    i = head.i + 1
    while i < head.sent.end and (
        doc[i].text in {",", "-", "–", "—", "("} or (doc[i].pos_ == "ADP" and doc[i].lower_ == "of")
    ):
        i += 1
    opening = doc[i : i + 2].text.lower()
    start = i + 2 if opening in {"among them", "among whom"} else i + 1
    if start == i + 1 and doc[i : i + 1].text.lower() != "including":
        return []
    found: list[Token] = []
    for name in names:
        gap = doc[start : name.start]
        if name.start < start or len(gap) > 5 or any(t.pos_ in {"VERB", "AUX", "ADP"} or t.text == ";" for t in gap):
            break
        found.append(doc[name.start : name.end].root)
        start = name.end
    return found


_NAMING = {"identified", "named", "listed"}


def identified(head: Token) -> list[Name]:
    """The names that say who a subject is: "the injured were A, B and C", "the dead students were identified as A and B"."""
    doc, verb = head.doc, syntax.governor(head)
    among = syntax.preposition_of(head) == "among"  # "among the dead were A, B and C"
    if not among and (not syntax.is_subject(head) or head.i > verb.i):
        return []
    if among:
        after = next((t.i for t in doc[head.i : head.sent.end] if t.lower_ in {"are", "were", "is", "was"}), None)
    elif verb.lower_ in _NAMING:
        after = next((t.i for t in doc[verb.i : verb.sent.end] if t.lower_ == "as"), None)
    else:
        after = next((t.i for t in doc[head.i : verb.i] if t.dep_ == "cop"), None)
    return [] if after is None else _names_from(head, after + 1)


def _identified_beside(head: Token) -> list[Name]:
    """The names after a participle beside people: "four peasants were murdered, identified as A, B and C"."""
    doc = head.doc
    for i in range(head.i + 1, head.sent.end - 1):
        is_bare = doc[i].tag_ == "VBN" and not syntax.auxiliaries(doc[i]) and not syntax.passive_subjects(doc[i])
        if doc[i].lower_ in _NAMING and doc[i + 1].lower_ == "as" and is_bare and doc[i - 1].text == ",":
            return _names_from(head, i + 2)
    return []


def _names_from(head: Token, start: int) -> list[Name]:
    """Names of persons in one list from a token on, to the end of the sentence of a head."""
    found: list[Name] = []
    for name in (n for n in head.doc._.names if n.label == "PERSON" and start <= n.start < head.sent.end):
        gap = head.doc[start : name.start]
        if len(gap) > 8 or any(t.tag_ in {"VBD", "VBZ", "VBP", "WP"} for t in gap):
            break
        found.append(name)
        start = name.end
    return found


# How sure a victim is whom only a roll of the harmed names.
ROLLED = 0.6
BELLIGERENT = {"state", "military", "armed_group", "government"}
_CONCRETE = {"human", "facility", "vehicle", "ship", "place", "object"}
_NO_PARTICIPANTS = {"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"}
_UNITS = {"meter", "metre", "kilometer", "kilometre", "km", "mile", "yard", "minute", "hour", "second"}
_CLOCK = re.compile(r"[012]\d[0-5]\d")  # "at approximately 2130"
_NOBODY = {"nobody", "none", "nothing", "no-one", "everything", "anything", "something", "random"}


def _one_of(head: Token) -> Token:
    """ "One of them opened fire": they, as far as is told."""
    if head.tag_ not in {"CD", "DT", "JJ"}:
        return head
    return next((t for p, t in syntax.prepositional(head) if p == "of" and t.lower_ == "them"), head)


def _is_measure(head: Token) -> bool:
    """Distances, durations and hours of the clock take no part in anything."""
    return singular(head.lower_) in _UNITS or _CLOCK.fullmatch(head.text) is not None


def _of_events(head: Token) -> list[Token]:
    if head.lower_ not in nouns.TRANSPARENT:
        return []
    return [inner for preposition, inner in syntax.prepositional(head) if preposition == "of"]


def _can_act(head: Token, filler: Argument) -> bool:
    """Weapons, things and abstractions never initiate; people, collectives and named actors do."""
    if head.lower_ in _REMAINS or _is_deed_alone(head):
        return False
    if filler.actor is not None:
        return True
    if filler.place is not None or head.pos_ in {"ADJ", "NUM", "DET", "ADV"}:
        return False
    found = nouns.classes(head)
    if found & {"human", "armed", "named_person", "state"}:
        return True
    return (not found and head.pos_ in {"PROPN"}) or head.ent_type_ in {"ORG", "NORP", "GPE", "PERSON"}


def _is_deed_alone(head: Token) -> bool:
    """ "The perpetrators", "the people responsible for this murder": whoever did it."""
    if head.lower_ in _DEED_ALONE:
        return True
    return head.lower_ in _ANYBODY and any(t.lower_ in {"responsible", "behind", "guilty"} for t in head.children)


def whole_of(part: Token) -> Token:
    """ "In front of the embassy", "at the door of the bank": the building whose part or front it is."""
    if part.lower_ not in _PARTS:
        return part
    return next((t for p, t in syntax.prepositional(part) if p == "of"), part)


def words_before(noun: Token, start: int) -> list[Token]:
    """Nouns, names and adjectives right before a trigger, and its own premodifiers elsewhere, nearest last."""
    doc = noun.doc
    found: list[Token] = []
    i = start - 1
    while i >= noun.sent.start and len(found) < 5 and (doc[i].pos_ in {"NOUN", "PROPN", "ADJ"} or _joins_means(doc, i)):
        if doc[i].lower_ != "and":
            found.append(doc[i])
        i -= 1
    return sorted({*found, *(t for t in syntax.premodifiers(noun) if t.i < start)}, key=lambda t: t.i)


def _joins_means(doc: Doc, i: int) -> bool:
    """ "Iranian missile and drone strikes": the "and" between two means."""
    if doc[i].lower_ != "and" or not 0 < i < len(doc) - 1:
        return False
    return all(nouns.lexical_classes(doc[k]) & {"weapon", "aircraft"} for k in (i - 1, i + 1))
