"""Who did what to whom, with what: arguments of events from grammar, in every voice and construction.

Belongs here: initiators, targets, victims, weapons, claimants; responsibility ("blamed on", "claimed by"). Does not
belong: places and times (``attachment.py``), how a filler is cut out (``fillers.py``), the kind of event (``kinds.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import counts, deep, identity, kinds, nouns, responsibility, surroundings, syntax, titles
from dagster_project.reading.attachment import attach
from dagster_project.reading.extensions import register
from dagster_project.reading.fillers import BELIEVED, argument, holders, in_dateline, weapon_at
from dagster_project.reading.inflection import singular
from dagster_project.reading.links import act_meant, deed_before, link
from dagster_project.reading.types import Argument, Attribution, Event, Name, Role
from dagster_project.reading.vocabulary import frames

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Triggers whose patient is harmed by definition when human; with others it is what was aimed at.
_HARMING = {
    "kill", "slay", "murder", "assassinate", "execute", "massacre", "slaughter", "behead", "decapitate", "lynch", "stab", "hack", "strangle",
    "torture", "rape", "beat", "snatch", "whisk away", "wound", "injure", "maim", "hurt", "die", "perish", "shoot", "gun down", "shoot dead", "kidnap", "abduct",
    "take hostage", "take as hostages", "take captive", "take prisoner", "hold hostage", "hold captive", "arrest", "detain", "seize", "capture", "riddle", "machinegun",
    "machine-gun", "killing", "homicide", "slaying", "assassination", "assassination attempt", "attempted assassination", "execution",
    "beheading", "lynching", "stabbing", "kidnapping", "abduction", "hostage-taking", "death", "shooting", "attempt",
    "beat to death", "hack to death", "stone to death", "club to death", "burn to death", "burn alive", "stab to death", "cut to pieces",
    "rob", "lose", "claim lives", "claim life", "cost lives", "cost life", "take lives", "martyr", "eliminate", "neutralise", "neutralize", "liquidate", "nab", "carry off",
}  # fmt: skip
# People whom these befall are hurt; things and forces are what was aimed at.
_STRIKING = {"hit", "strike"}
# A blast does this to the place it goes through.
_PASSING = {"tear through", "rip through", "sweep through"}
# What only people suffer, whatever word they are called by.
_ONLY_PEOPLE = {
    "slay", "murder", "assassinate", "behead", "decapitate", "lynch", "stab", "strangle", "torture", "rape", "wound", "gun down", "shoot dead", "kidnap",
    "abduct", "snatch", "whisk away", "take hostage", "take as hostages", "arrest", "detain", "kill", "homicide", "slaying", "assassination", "beheading", "lynching", "stabbing", "kidnapping", "abduction", "killing",
    "martyr", "beat to death", "hack to death", "stone to death", "club to death", "burn to death", "burn alive", "stab to death",
}  # fmt: skip
# Verbs of harm that never lack an object where they are active.
_UNFINISHED = {
    "gun down", "shoot dead", "murder", "assassinate", "kidnap", "abduct", "wound", "injure", "behead", "lynch", "martyr", "slay", "arrest", "detain",
    "kill", "massacre", "slaughter", "execute",
}  # fmt: skip
# Triggers whose only participant is harmed: their subject is no doer.
_UNDERGOING = {
    "die", "perish", "lose lives", "lose life", "breathe last", "succumb", "fall martyr", "fall martyrs", "lose leg", "lose legs", "lose foot", "lose limbs",
}  # fmt: skip
# What their object tells was done to their subject, and fought off: "soldiers beat back an attack".
_DEFENDING = {"repel", "push back", "beat back", "drive back", "throw back", "fight off", "beat off", "fend off"}
_TAKING = {"take hostage", "take as hostages", "take captive", "take prisoner"}
# Their subject suffered what their object tells.
_LOSING = {"lose"}
_EXPLODING = {
    "explode",
    "detonate",
    "go off",
    "blast",
    "explosion",
    "land",
    "fall",
    "crash",
    "slam",
    "smash",
    "plough",
    "rain down",
    "detonation",
    "bomb explosion",
    "bomb blast",
}
_BOMBERS = {"bomber", "bombers", "attacker", "attackers"}
_MEANS = {"weapon", "vehicle", "aircraft", "ship"}
_MUTUAL = {
    "clash",
    "skirmish",
    "firefight",
    "gunfight",
    "gun battle",
    "gunbattle",
    "shootout",
    "shoot-out",
    "fighting",
    "battle",
    "exchange fire",
    "trade fire",
    "exchange",
}
_SUFFERING = {"come under fire", "come under attack"}
_OBJECT_IS_WEAPON = {
    "fire", "fire at", "fire on", "fire into", "launch", "lob", "hurl", "throw", "drop", "plant", "place", "set off", "detonate", "explode", "defuse", "use",
}  # fmt: skip
_EXCHANGING = {"exchange"}
# What is fired tells of no weapon by itself.
_SHOTS = {"shot", "shots", "round", "rounds", "volley", "volleys", "burst", "bursts", "salvo", "salvos", "fire"}
_AT_SITE = {
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "in front of",
    "under",
    "beneath",
    "on",
    "against",
    "opposite",
    "next to",
    "beside",
    "into",
    "close to",
    "behind",
}
# Before a trigger these name its kind, not who did it: "terrorist attack", "police operation".
_KIND_WORDS = {"terrorist", "military", "criminal", "extremist", "commando", "guerrilla-style", "terror", "sniper", "armed"}
_MERE_KINDS = {"terrorist", "terror", "criminal", "extremist"}
# The dead do not act, whatever the tree says.
_REMAINS = {"body", "bodies", "corpse", "corpses", "death", "deaths", "remains"}
# Who is called by the deed alone is told nothing of: "the perpetrators", "the people responsible for the murder".
_DEED_ALONE = {"perpetrator", "perpetrators", "culprit", "culprits"}
_ANYBODY = {"people", "persons", "those", "ones", "elements", "individuals", "men", "person"}
_BY = {"by", "of"}
_SITES = {"at", "in", "outside"}
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
}
# What is done to a weapon by whom it is sent.
_SENT = {
    "aimed", "attached", "buried", "deployed", "detonated", "directed", "dropped", "fired", "flown", "hidden", "hurled", "laid", "launched", "left", "lobbed", "operated", "piloted", "placed",
    "planted", "sent", "set", "shot", "strapped", "thrown", "worn",
}  # fmt: skip
_SUSPICION = {"suspected", "alleged", "presumed", "apparent", "purported"}


@Language.factory("conflict_roles", requires=["doc._.events"], assigns=["doc._.events"])
class Roles:
    """Fills ``event.arguments``, ``event.time``, counts, and decides ``event.event_type``."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        triggers = {event.trigger: number for number, event in enumerate(doc._.events)}
        for event in doc._.events:
            collect(event, doc, triggers)
        responsibility.attribute(doc, triggers)
        identity.identify(doc)
        link(doc, triggers)
        attach(doc)
        for event in doc._.events:
            event.event_type = kinds.decide(event, doc)
            counts.count(event, doc)
        return doc


def collect(event: Event, doc: Doc, triggers: dict[int, int]) -> None:
    """Fill the arguments of one event from its own clause; "the operation", "the crime" only have an owner."""
    if event.is_generic_noun:
        found = _Collector(event, doc, triggers)
        noun = doc[event.trigger]
        for owner in syntax.possessors(noun):
            found.doer(owner)
        for preposition, token in syntax.prepositional(noun):
            if preposition == "by":
                found.doer(token)
        for child in noun.children:  # "the crime perpetrated on Friday by armed men"
            if child.dep_ in syntax.PARTICIPIAL | syntax.RELATIVE and child.pos_ in {"VERB", "AUX"}:
                _clause_of(found, child)
        verb = surroundings.governing_verb(noun)
        if verb is not None and verb.i not in triggers:
            _light(found, noun, verb)
        _responsibility(found, noun)
        return
    head = doc[event.trigger]
    found = _Collector(event, doc, triggers)
    if event.extractor.startswith("verb:"):
        _from_verb(found, head)
    elif not syntax.is_judgement(head):
        _from_noun(found, head)
    if event.is_effect:  # "the injured were A, B and C"
        for name in _identified(head):
            found.add("victim", doc[name.start : name.end].root, 0.8)
    if found.lemma in _MUTUAL:
        for side in [a for a in event.arguments if a.role == "initiator"]:
            found.add("target", doc[side.head], side.confidence - 0.1)
    _responsibility(found, head)
    _own_claims(event, doc)


class _Collector:
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
            if filler.attribution == "asserted" and any(t.lower_ in _SUSPICION | BELIEVED for t in words):
                filler.attribution = "suspected"
            if not _can_act(self.doc[filler.head], filler):
                return None
        if role == "victim" and (self._is_apposition(filler) or _is_nobody_known(self.doc, filler)):
            return None
        for have in self.event.arguments:
            if have.role == role and have.start < filler.end and filler.start < have.end:
                return have
        self.event.arguments.append(filler)
        if role == "initiator" and head.i > 1 and self.doc[head.i - 1].text == "-":
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
        return filler

    def _is_apposition(self, filler: Argument) -> bool:
        """ "Hector Oqueli, leader of ...": a description right after a named victim, parted by a comma only."""
        if (
            filler.start < 2
            or self.doc[filler.start - 1].text != ","
            or self.doc[filler.start].tag_ == "PRP$"  # "the priests, their cook": another one
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
        head = deep.resolve(head)
        kinds_of = nouns.own_classes(head)
        is_means = kinds_of & {"weapon", "aircraft"} or (kinds_of & {"vehicle", "ship"} and not kinds_of & {"armed"})
        if is_means and not kinds_of & {"armed", "group", "named_person"}:
            self.add("weapon", head, confidence)
            for owner in [*syntax.possessors(head), *_before(head, head.i)]:
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
        if self.add("initiator", head, confidence, attribution) is None and not kinds_of & _CONCRETE:
            for owner in [*syntax.possessors(head), *syntax.premodifiers(head)]:  # "Israel's campaign has killed"
                actor = self.doc._.actor_at.get(owner.i)
                if actor is not None and self.doc._.actors[actor].actor_type in _BELLIGERENT:
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
        if _is_way(head, syntax.preposition_of(syntax.first_conjunct(head))):
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
        whole = _whole(head)
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
        if (human and self.lemma in _HARMING) or self.lemma in _UNDERGOING or wounded:
            self.add("victim", head, confidence)
            for member in _members(head, self.doc[self.event.trigger]):
                self.add("victim", member, confidence - 0.1)
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


def _senders(weapon: Token) -> list[tuple[Token, bool]]:
    """Who sent a weapon, and whether that is only presumed: "a mine presumably laid by rebels", "rockets fired by the army"."""
    found: list[tuple[Token, bool]] = []
    for verb in [*weapon.children, weapon.head]:
        is_of_it = verb.dep_ in syntax.PARTICIPIAL | syntax.RELATIVE and syntax.is_passive(verb)
        is_misread = verb.tag_ in {"VBN", "VBD"} and weapon in syntax.subjects(verb)  # "a mine laid by rebels exploded"
        if verb.lower_ in _SENT and (is_of_it or is_misread):
            hedged = any(t.lower_ in responsibility.HEDGES for t in verb.children)
            found += [(deep.resolve(t), hedged) for t in syntax.agents(verb)]
    return found


def _is_way(head: Token, preposition: str) -> bool:
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
    found += [n for n in _identified(head) if n not in found]
    colon = next((i for i in range(max(head.i, trigger.i) + 1, head.sent.end) if doc[i].text == ":"), None)
    if colon is not None and not any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in doc[colon + 1 : head.sent.end]):
        found += [n for n in names if n.start > colon]
    return [doc[n.start : n.end].root for n in found] if len(found) > 1 else []


_NAMING = {"identified", "named", "listed"}


def _identified(head: Token) -> list[Name]:
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
        after = next((t.i for t in verb.children if t.dep_ == "cop" and t.i < verb.i), None)
    found: list[Name] = []
    end = None if after is None else after + 1
    for name in (n for n in doc._.names if end is not None and n.label == "PERSON" and end <= n.start < head.sent.end):
        gap = doc[end : name.start]
        if len(gap) > 8 or any(t.tag_ in {"VBD", "VBZ", "VBP", "WP"} for t in gap):
            break
        found.append(name)
        end = name.end
    return found


_BELLIGERENT = {"state", "military", "armed_group", "government"}
_CONCRETE = {"human", "facility", "vehicle", "ship", "place", "object"}
_NO_PARTICIPANTS = {"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"}
_UNITS = {"meter", "metre", "kilometer", "kilometre", "km", "mile", "yard", "minute", "hour", "second"}
_CLOCK = re.compile(r"[012]\d[0-5]\d")  # "at approximately 2130"
_NOBODY = {"nobody", "none", "nothing", "no-one", "everything", "anything", "something"}


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


def _from_verb(found: _Collector, verb: Token) -> None:
    lemma = found.lemma
    subjects, things = deep.logical_subjects(verb), deep.logical_objects(verb)
    passive = syntax.is_passive(verb) and not deep.is_headless_main(verb)
    accused = _accused(verb)
    if accused:
        subjects = []
        for token in accused:
            found.add("initiator", token, 0.8, "blamed")
    if found.event.is_effect and not accused and verb.tag_ == "VBG" and verb.dep_ in syntax.PARTICIPIAL:
        upper = syntax.clause_root(verb.head)  # "hit a plant, killing one worker": the participle is the clause's
        if upper != verb and upper.pos_ == "VERB" and upper.i < verb.i:
            subjects = deep.logical_subjects(upper)
    deed = deed_before(verb, found.triggers) if found.event.is_effect else None
    if deed is not None:
        told = found.doc[found.doc._.events[deed].trigger]
        if told.dep_ not in syntax.RELATIVE:  # "with rockets that slammed": whoever sent the rockets
            subjects = deep.logical_subjects(told)
    if not passive and not things and lemma in _TAKING:  # "taking as hostages the engineers ..."
        guess = deep.nearest_phrase(found.event.trigger_end, verb.sent.end, found.doc)
        things = [guess] if guess is not None else []
    if passive and not things:
        guess = _guess_patient(verb)
        things = [guess] if guess is not None else []
    if lemma in _UNDERGOING:
        for token in _told_of(verb) or subjects:
            found.patient(token)
    elif lemma in _LOSING:
        for token in things:
            found.patient(token)
    elif lemma in _SUFFERING:
        for token in subjects:
            found.add("target", token)
        act = [
            *syntax.objects(verb),
            *(t for p, t in syntax.prepositional(verb) if p == "under"),
        ]  # "under attack by rebels"
        for preposition, token in [pair for word in [verb, *act] for pair in syntax.prepositional(word)]:
            if preposition in {"from", "by"}:
                found.doer(token)
    else:
        is_headline = lemma in _UNFINISHED and not things and not passive and verb.tag_ in {"VBD", "VBN"}
        if is_headline:
            things, subjects = subjects, []  # "Four rebels gunned down in Tral": a headline's participle taken for a past
        if lemma in _DEFENDING and things and not any("armed" in nouns.classes(t) for t in things):
            for token in [*subjects, *(t for p, t in syntax.prepositional(verb) if p == "by" and passive)]:
                found.add("target", token, 0.8)
            return
        for token in subjects:
            by_itself = lemma in _EXPLODING and not (lemma == "detonate" and things)
            if not by_itself or token.lower_ in _BOMBERS or nouns.classes(token) & _MEANS:
                found.doer(token)
        for token in things:
            if lemma in _EXCHANGING:
                continue
            if lemma in _OBJECT_IS_WEAPON:
                if surroundings.is_weapon(token) and token.lower_ not in _SHOTS:
                    found.add("weapon", token)
            else:
                found.patient(token)
        if not subjects and not passive and not is_headline and lemma not in _EXPLODING:
            guess = _guess_subject(verb)
            if guess is not None:
                found.doer(guess, 0.5)
        if passive and not subjects:
            guess = deep.by_phrase(verb)
            if guess is not None:
                found.doer(guess, 0.6)
    if lemma in _MUTUAL:
        for preposition, token in syntax.prepositional(verb):
            if preposition in {"with", "between"}:
                found.add("initiator", token)
    for preposition, token in syntax.prepositional(verb):
        kinds_of = nouns.classes(token)
        if preposition in {"with", "using", "by", "in"} and kinds_of & {"weapon"} and not kinds_of & {"armed"}:
            found.add("weapon", token, 0.85)
        elif preposition in surroundings.AIMED and preposition not in {"in"} and not _is_way(token, preposition):
            if lemma in {
                "fire",
                "fire at",
                "fire on",
                "fire into",
                "open fire",
                "shoot",
                "launch",
                "lob",
                "hurl",
                "throw",
                "drop",
                "strike",
                "rain down",
                "come",
            }:
                if kinds_of & {"physical", "named_person"} and token.ent_type_ not in {"DATE", "TIME"}:
                    found.add("target", token, 0.85)
            elif preposition == "against" and kinds_of & {"physical"}:
                found.add("target", token, 0.8)
        if lemma == "set fire" and preposition == "to":
            found.patient(token, 0.85)
        passes = lemma in _PASSING and preposition == "through"
        at_site = lemma in _EXPLODING | {"plant", "place", "set off", "throw", "hurl"} and preposition in _AT_SITE
        at_site = at_site and not _is_way(token, preposition)
        if passes or at_site:
            site = _whole(token)
            if nouns.classes(site) & {"facility", "vehicle", "ship", "aircraft"}:
                found.add("target", site, 0.75)
    for child in verb.children:  # "using drones", "armed with rifles"
        if child.lower_ in {"using", "wielding", "firing"}:
            for token in syntax.objects(child):
                if surroundings.is_weapon(token):
                    found.add("weapon", token, 0.85)
    if verb.head.lower_ in {"used", "using", "uses", "use"} and verb.tag_ == "VB":  # "used mortars to attack the embassy"
        for token in syntax.objects(verb.head):
            if surroundings.is_weapon(token):
                found.add("weapon", token, 0.85)
    for doer in subjects:
        _armed_with(found, doer)


def _accused(verb: Token) -> list[Token]:
    """ "Accused the army, the rebels and the police of killing": all who are accused, wherever the tree hangs the gerund."""
    mark = next((t.lower_ for t in verb.children if t.dep_ in {"mark", "case"}), "")
    if verb.tag_ != "VBG" or mark not in {"of", "for"}:
        return []
    charge = verb.head if verb.head.pos_ == "VERB" else syntax.clause_root(verb.head)
    charges = [f for f in frames("verb").get(charge.lower_, ()) if f.event_slot == mark and f.attribution == "blamed"]
    return deep.logical_objects(charge) if charges and charge != verb else []


def _told_of(verb: Token) -> list[Token]:
    """ "The source said that Vargas was shot and died", where the tree lets the source die: whom the clause between is of."""
    upper = verb.head
    if verb.dep_ not in syntax.CONJUNCT or syntax.subjects(verb):
        return []
    clause = next((t for t in upper.children if t.dep_ == "ccomp" and upper.i < t.i < verb.i), None)
    return [] if clause is None else [*syntax.passive_subjects(clause), *syntax.subjects(clause)]


_PRESUMED = {"presumably", "allegedly", "apparently", "supposedly", "purportedly", "possibly", "probably", "reportedly"}


def _is_presumed(doer: Token) -> bool:
    """ "Presumably by guerrillas"."""
    return any(t.lower_ in _PRESUMED for t in doer.doc[max(doer.left_edge.i - 1, doer.sent.start) : doer.i])


def _presumed_doer(noun: Token) -> Token | None:
    """ "The murder of X, presumably by paid assassins": a doer set apart, which the tree may hang anywhere."""
    doc = noun.doc
    for i in range(noun.i + 1, noun.sent.end - 1):
        if doc[i].pos_ == "VERB" or doc[i].text in {";", ":"}:
            return None
        if doc[i].lower_ in _PRESUMED and doc[i + 1].lower_ == "by":
            return deep.nearest_phrase(i + 2, noun.sent.end, doc)
    return None


def _whole(part: Token) -> Token:
    """ "In front of the embassy", "at the door of the bank": the building whose part or front it is."""
    if part.lower_ not in _PARTS:
        return part
    return next((t for p, t in syntax.prepositional(part) if p == "of"), part)


def _armed_with(found: _Collector, doer: Token) -> None:
    for child in doer.children:
        if child.lower_ in {"armed", "wielding", "using", "carrying"}:
            for token in [*syntax.objects(child), *(t for p, t in syntax.prepositional(child) if p == "with")]:
                if surroundings.is_weapon(token):
                    found.add("weapon", token, 0.7)


def _guess_patient(verb: Token) -> Token | None:
    """The phrase before a passive verb whose tree has no subject: "Oqueli, 45, and Gilda Flores, ..., were kidnapped"."""
    if verb.dep_ not in {"ROOT", "root", "ccomp", "parataxis", "dep", "conj"}:
        return None
    start = verb.sent.start
    for i in range(verb.i - 1, start - 1, -1):
        if verb.doc[i].pos_ == "VERB" or verb.doc[i].text in {":", ";"}:
            start = i + 1
            break
    for entity in verb.doc.ents:
        if entity.label_ == "PERSON" and start <= entity.start < verb.i:
            return entity.root
    return deep.nearest_phrase(start, verb.i, verb.doc, backwards=True)


def _guess_subject(verb: Token) -> Token | None:
    """The nearest human phrase before a verb that the tree left without subject, in the same clause."""
    if verb.dep_ in {"xcomp", "amod"} or (
        verb.tag_ == "VBG" and verb.dep_ in {"acl", "csubj", "nsubj", "obj", "nmod", "obl"}
    ):
        return None
    if verb.dep_ not in {"ROOT", "root", "ccomp", "parataxis", "dep"}:
        return None
    start = verb.sent.start
    for i in range(verb.i - 1, start - 1, -1):
        if verb.doc[i].pos_ == "VERB" or verb.doc[i].text in {":", ";", "—"}:
            start = i + 1
            break
    token = deep.nearest_phrase(start, verb.i, verb.doc, backwards=True)
    if token is not None and nouns.classes(token) & {"human", "violent", "named_person"}:
        return token
    return None


def _from_noun(found: _Collector, noun: Token) -> None:
    lemma, doc = found.lemma, found.doc
    shared = syntax.first_conjunct(noun)
    pairs = syntax.prepositional(noun)
    if not pairs and shared != noun:  # "the disappearance and kidnapping of X": the phrase hangs on either conjunct
        pairs = [(p, t) for p, t in syntax.prepositional(shared) if t.i > noun.i]
    if noun.dep_ in syntax.COMPOUND and noun.head.i > noun.i:  # "the murder case of X"
        pairs = [(p, t) for p, t in syntax.prepositional(noun.head) if p in {"of", "against"}]
    blamer = surroundings.governing_verb(noun)
    blamed = {
        f.filler_slot
        for f in (frames("verb").get(blamer.lower_, ()) if blamer is not None else ())
        if f.event_slot == "object" and f.attribution in {"blamed", "suspected"}
    }
    if not syntax.preposition_of(shared):  # "blamed them for the attack on the village"
        pairs = [(p, t) for p, t in pairs if p not in blamed]  # "blamed the attack on the rebels"
    victims_own = lemma in _HARMING and lemma not in {"shooting"}
    has_of = any(p == "of" for p, _ in pairs)
    for preposition, token in pairs:
        kinds_of = nouns.classes(token)
        if preposition == "of":
            if victims_own:
                found.patient(token)
            elif kinds_of & {"weapon"} and lemma in {"barrage", "salvo", "volley", "blast", "explosion", "detonation"}:
                found.add("weapon", token)
            elif (
                kinds_of & {"armed"}
                and not kinds_of & {"place", "facility"}
                and lemma in {"attack", "assault", "raid", "offensive", "ambush"}
            ):
                found.doer(token, 0.7)
            elif kinds_of & {"physical", "named_person", "human"}:
                found.patient(token)
        elif preposition == "by" and victims_own and not has_of and kinds_of & {"weapon"}:  # "murder by gunfire of two nuns"
            found.add("weapon", token)
            for inner in (t for p, t in syntax.prepositional(token) if p == "of"):
                found.patient(inner)
        elif preposition == "by":
            found.doer(token, attribution="suspected" if _is_presumed(token) else "asserted")
        elif preposition in surroundings.AIMED or preposition == "against":
            if kinds_of & {"physical", "named_person", "human", "state"} and token.ent_type_ not in {"DATE", "TIME"}:
                if lemma in _EXPLODING and preposition in {"on", "at"} and not kinds_of & {"facility", "vehicle", "ship"}:
                    continue
                if (
                    preposition == "at"
                    and lemma not in {"shelling"}
                    and not kinds_of & {"facility", "vehicle", "human", "ship"}
                ):
                    continue
                if preposition == "into":
                    continue
                found.patient(token)
        elif preposition == "between" and lemma in _MUTUAL:
            found.add("initiator", token)
        elif preposition == "with":
            if lemma in _MUTUAL and kinds_of & {"human"}:
                found.add("initiator", token)
            elif kinds_of & {"weapon"}:
                found.add("weapon", token)
        elif (preposition == "using" and kinds_of & {"weapon"}) or (preposition == "involving" and kinds_of & {"weapon"}):
            found.add("weapon", token)
        elif preposition in _AT_SITE and lemma in _EXPLODING and kinds_of & {"facility", "vehicle"}:
            found.add("target", token, 0.75)
    if not any(p == "by" for p, _ in pairs):
        doer = _presumed_doer(noun)
        if doer is not None:
            found.doer(doer, 0.7, "suspected")
    for owner in syntax.possessors(noun):
        if owner.ent_type_ in {"DATE", "TIME"} or owner.lower_ in {
            "today",
            "yesterday",
            "tonight",
            "evening",
            "night",
            "week",
            "month",
            "year",
        }:
            continue
        if victims_own and not has_of and not (nouns.classes(owner) & {"armed"}):
            found.patient(owner)
        else:
            found.doer(owner)
    for modifier in _before(noun, found.event.trigger_start):
        _modifier(found, modifier)
    for name in doc._.names:  # "car bomb explosion": the weapon's whole name, though the trigger takes a part of it
        if (
            name.weapon
            and found.event.trigger_start - 4 <= name.start
            and found.event.trigger_start <= name.end < found.event.trigger_end
        ):
            _whole_weapon(found, name)
    for token in doc[found.event.trigger_start : found.event.trigger_end - 1]:
        if (
            kinds.hints(token) - {""}
            and surroundings.is_weapon(token)
            and not any(a.role == "weapon" for a in found.event.arguments)
        ):
            found.event.arguments.append(_weapon_word(token))
    upper = syntax.governor(noun)
    whole = [upper] if upper.lower_ in nouns.TRANSPARENT and syntax.preposition_of(noun) == "of" else []
    for child in (
        c for t in [noun, *whole] for c in t.children
    ):  # "an attack targeting the base", "a strike carried out by the army"
        if child.dep_ in syntax.PARTICIPIAL | syntax.RELATIVE and child.pos_ in {"VERB", "AUX"}:
            _clause_of(found, child)
    verb = surroundings.governing_verb(noun)
    if verb is not None and verb.i not in found.triggers:
        _light(found, noun, verb)
    if not any(a.role == "initiator" for a in found.event.arguments):
        _light_by_surface(found, noun)
    if noun.idx < doc._.source.title_end:
        _headline(found, noun)


def _whole_weapon(found: _Collector, name: Name) -> None:
    if not any(a.role == "weapon" for a in found.event.arguments):
        found.event.arguments.append(
            Argument("weapon", name.start, name.end, name.end - 1, "weapon", weapon=name.weapon, confidence=0.85)
        )


def _weapon_word(token: Token) -> Argument:
    return Argument(
        "weapon",
        token.i,
        token.i + 1,
        token.i,
        "weapon",
        weapon=weapon_at(token.doc, token.i, token.i + 1, token.i),
        confidence=0.8,
    )


def _before(noun: Token, start: int) -> list[Token]:
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


def _modifier(found: _Collector, modifier: Token) -> None:
    """ "US drone strikes", "rebel attack", "embassy bombing": doer, means or target before the trigger."""
    doc = found.doc
    own = nouns.own_classes(modifier)
    following = doc[modifier.i + 1] if modifier.i + 1 < len(doc) else None
    if following is not None and (
        following.text in {"-", "–"} or following.lower_ in {"backed", "aligned", "linked", "style"}
    ):
        return
    is_whose = modifier.pos_ == "ADJ" and doc._.actor_at.get(modifier.i) is not None  # "Iranian missile and drone strikes"
    if own & {"weapon", "aircraft"} and not own & {"armed"} and not is_whose:
        if not any(a.role == "weapon" for a in found.event.arguments):
            found.event.arguments.append(_weapon_word(modifier))
        return
    actor = doc._.actor_at.get(modifier.i)
    is_country_name = modifier.ent_type_ == "GPE" and modifier.text.upper() != modifier.text
    if found.lemma in _HARMING and found.lemma not in {"shooting", "massacre"} and not own & {"armed"}:
        if own & {"person", "named_person"}:
            found.patient(modifier, 0.7)
        return
    if modifier.lower_ in _MERE_KINDS and all(t.is_punct for t in modifier.lefts):
        return
    if (
        actor is not None
        and not is_country_name
        and (own & {"violent"} or doc._.actors[actor].actor_type in {*_BELLIGERENT, "igo"})
    ):
        found.add("initiator", modifier, 0.85)
    elif (own & {"armed"} and modifier.lower_ not in _KIND_WORDS) or modifier.ent_type_ == "NORP":
        found.add("initiator", modifier, 0.75)
    elif own & {"facility", "vehicle", "ship"}:
        found.patient(modifier, 0.7)


def _clause_of(found: _Collector, verb: Token) -> None:
    """A participle or relative clause on a nominal trigger: "carried out by", "targeting", "that hit"."""
    if verb.lower_ in frames("verb") or verb.lower_ in {"blamed", "claimed"}:
        passive = syntax.is_passive(verb)
        for frame in frames("verb").get(verb.lower_, ()):
            if frame.event_slot == "object" and passive:
                _fill(found, verb, frame.filler_slot, frame.role, frame.attribution)
            elif frame.event_slot == "object" and not passive and frame.filler_slot in {"on", "to"}:
                _fill(found, verb, frame.filler_slot, frame.role, frame.attribution)  # "an attack that police blamed on X"
            elif frame.event_slot == "object" and not passive and frame.filler_slot == "subject":
                for token in syntax.subjects(verb):
                    if not syntax.is_relative_pronoun(token):
                        _add(found, frame.role, token, frame.attribution, None)
    elif verb.lower_ in {"targeting", "hitting", "striking", "involving", "aimed", "directed"}:
        for token in [*syntax.objects(verb), *(t for p, t in syntax.prepositional(verb) if p in {"at", "against"})]:
            if surroundings.is_weapon(token):
                found.add("weapon", token)
            else:
                found.patient(token)


def _light(found: _Collector, noun: Token, verb: Token) -> None:
    """The verb a nominal trigger depends on: "launched", "suffered", "blamed on", "claimed"."""
    slot = _slot_of(noun, verb)
    charges = (f for f in frames("verb").get(syntax.clause_root(verb.head).lower_, ()) if f.filler_slot == "object")
    charge = next((f for f in charges if f.attribution in {"blamed", "suspected"}), None)
    is_charge = charge is not None and verb.tag_ == "VBG"  # "accused the army of perpetrating the attack"
    for frame in frames("verb").get(verb.lower_, ()):
        if frame.event_slot == slot:
            blamed = is_charge and frame.attribution == "asserted" and charge is not None
            _fill(found, verb, frame.filler_slot, frame.role, charge.attribution if blamed and charge else frame.attribution)
    if slot == "object" and verb.lower_ in frames("verb"):
        blamed_by = {f.filler_slot for f in frames("verb")[verb.lower_] if f.role == "initiator"}
        for preposition, token in syntax.prepositional(verb):
            kinds_of = nouns.classes(token)
            if preposition in blamed_by:
                continue  # "was blamed on the rebels"
            if (
                preposition in {"against", "on", "at"}
                and kinds_of & {"physical", "named_person", "human"}
                and token.ent_type_ not in {"DATE", "TIME"}
            ):
                if preposition == "against" or kinds_of & {"facility", "vehicle", "human", "ship"}:
                    found.patient(token, 0.8)
            elif preposition in {"with", "using"} and kinds_of & {"weapon"}:
                found.add("weapon", token, 0.8)


def _light_by_surface(found: _Collector, noun: Token) -> None:
    """A light verb shortly before a nominal whose tree lost it: "US carries out air strikes"."""
    doc = noun.doc
    for i in range(noun.i - 1, max(noun.i - 9, noun.sent.start - 1), -1):
        token = doc[i]
        if token.text in {",", ";", ":"} or token.lower_ in {"that", "which", "who"}:
            return
        light = [
            f
            for f in frames("verb").get(token.lower_, ())
            if f.event_slot == "object" and f.role == "initiator" and f.filler_slot == "subject"
        ]
        if light:
            subjects = deep.logical_subjects(token)
            if not subjects and token.tag_ in {"VBD", "VBZ", "VBP", "NNS"}:
                guess = deep.nearest_phrase(token.sent.start, i, doc, backwards=True)
                subjects = [guess] if guess is not None else []
            for subject in subjects:
                if light[0].attribution == "asserted":
                    found.doer(subject, 0.6)
            return
        if token.pos_ == "VERB":
            return


def _headline(found: _Collector, noun: Token) -> None:
    """A headline's verb taken for a noun: "US Attacks Iranian Targets In Iraq"."""
    doc = noun.doc
    if noun.i + 1 >= len(doc) or noun.i == noun.sent.start or doc[noun.i + 1].pos_ not in {"ADJ", "NOUN", "PROPN", "NUM"}:
        return
    if doc._.actor_at.get(noun.i - 1) is not None or "human" in nouns.own_classes(doc[noun.i - 1]):
        found.add("initiator", doc[noun.i - 1], 0.6)
    for i in range(noun.i + 1, noun.sent.end):
        if doc[i].pos_ in {"ADP", "PUNCT", "VERB", "CCONJ"}:
            break
        if i + 1 >= noun.sent.end or doc[i + 1].pos_ not in {"ADJ", "NOUN", "PROPN", "NUM"}:
            found.patient(doc[i], 0.6)
            break


def _slot_of(noun: Token, verb: Token) -> str:
    """How a nominal hangs on a verb: "subject", "object", or its preposition."""
    token = syntax.first_conjunct(noun)
    for _ in range(4):
        upper = syntax.governor(token)
        if upper in (verb, token):
            break
        token = syntax.first_conjunct(upper)
    if token.dep_ in syntax.OBJECTS | syntax.PASSIVE_SUBJECTS:
        return "object"
    if token.dep_ in syntax.SUBJECTS:
        return "subject"
    return syntax.preposition_of(token)


def _fill(found: _Collector, verb: Token, slot: str, role: str, attribution: str) -> None:
    if slot == "subject":
        tokens = deep.logical_subjects(verb)
        if not tokens and syntax.is_passive(verb):
            guess = deep.by_phrase(verb)
            tokens = [guess] if guess is not None else []
    elif slot == "object":
        tokens = deep.logical_objects(verb)
    else:
        tokens = [t for p, t in syntax.prepositional(verb) if p == slot]
        if not tokens and slot in {"to", "on"}:  # "attributed the murder to X": the phrase may hang on the act
            tokens = [t for p, t in syntax.prepositional(found.doc[found.event.trigger]) if p == slot and t.i > verb.i]
        if not tokens and attribution == "blamed":  # "pointed the finger at X for the massacre"
            tokens = [t for thing in syntax.objects(verb) for p, t in syntax.prepositional(thing) if p == slot]
        if not tokens and slot == "to" and attribution in {"blamed", "suspected"}:
            tokens = _blamed_further_on(found, verb)
    blamer = deep.logical_subjects(verb) if attribution in {"blamed", "suspected"} else []
    by = found.doc._.actor_at.get(blamer[0].i) if blamer else None
    if role == "target" and slot in _SITES:  # "the explosion took place at a bank branch": what stood there, not the town
        tokens = [
            t for t in tokens if nouns.classes(t) & {"facility", "vehicle", "ship"} and t.i not in found.doc._.place_at
        ]
    for token in tokens:
        _add(found, role, token, attribution, by)


def _apposed_to(noun: Token) -> Token:
    """ "Benavides, primary person implicated in the murder": the name that a description follows."""
    is_description = noun.dep_ in syntax.APPOSITION and noun.tag_ == "NN" and noun.head.ent_type_ == "PERSON"
    return noun.head if is_description else noun


def _blamed_further_on(found: _Collector, verb: Token) -> list[Token]:
    """ "attributed the murder of the leader to the rebels", where the tree hangs "to" on the leader."""
    doc = found.doc
    if found.event.trigger < verb.i:
        return []
    for token in doc[found.event.trigger + 1 : verb.sent.end]:
        if token.pos_ == "VERB" or token.text in {";", ":"}:
            return []
        if token.lower_ == "to":
            blamed = next((t for t in token.children if t.dep_ == "pobj"), token.head)
            is_behind = blamed.i > token.i and blamed.pos_ in {"NOUN", "PROPN"}
            return [blamed] if is_behind and nouns.own_classes(blamed) & {"human", "violent"} else []
    return []


def _add(found: _Collector, role: str, token: Token, attribution: str, by: int | None) -> None:
    if role == "target":
        found.patient(token, 0.8)
        return
    if role == "initiator" and (attribution == "asserted" or nouns.own_classes(token) & {"weapon", "aircraft"}):
        found.doer(token, attribution=attribution)  # type: ignore[arg-type]
        return
    filler = found.add("initiator", _apposed_to(token), 0.75, attribution)  # type: ignore[arg-type]
    if filler is not None:
        filler.attributed_by = by if by is not None else filler.attributed_by
    if role == "claimant":
        claimant = found.add("claimant", token, 0.85, "claimed")
        if filler is not None and claimant is not None:
            filler.attributed_by = claimant.actor


def _responsibility(found: _Collector, head: Token) -> None:
    """ "claimed responsibility for the attack", "X was responsible for", "accused of attacking"."""
    preposition = syntax.preposition_of(syntax.first_conjunct(head))
    upper = syntax.governor(syntax.first_conjunct(head))
    if upper.lower_ in {"responsibility", "credit", "blame", "involvement", "role", "part", "guilt"} and preposition in {
        "for",
        "in",
    }:
        verb = syntax.clause_root(upper)
        for frame in frames("verb").get(verb.lower_, ()):
            if frame.event_slot == preposition and frame.role in {"claimant", "initiator"}:
                _fill(found, verb, frame.filler_slot, frame.role, frame.attribution)
    elif (
        preposition in {"for", "of", "in"}
        and upper.pos_ in {"NOUN", "PROPN", "PRON"}
        and syntax.first_conjunct(upper).dep_ in syntax.OBJECTS | syntax.PASSIVE_SUBJECTS
    ):  # "blamed the army for the murder": the phrase may hang on the blamed
        for frame in frames("verb").get(syntax.clause_root(upper).lower_, ()):
            if frame.event_slot == preposition and frame.filler_slot == "object" and frame.attribution != "asserted":
                _fill(found, syntax.clause_root(upper), "object", frame.role, frame.attribution)
    elif upper.pos_ == "ADJ" and upper.lower_ in frames("adjective") and not _is_denied(upper):
        for frame in frames("adjective")[upper.lower_]:
            holder = upper.head if upper.dep_ in {"xcomp", "acomp", "amod", "oprd"} else upper
            tokens = syntax.subjects(upper) or syntax.objects(holder) or syntax.subjects(holder)
            if upper.dep_ == "amod":
                tokens = [upper.head]
            for token in tokens:
                held = holder.lower_ in {"hold", "held", "holds", "holding"}
                _add(found, frame.role, token, "blamed" if held else frame.attribution, None)
    elif preposition == "behind" and upper.pos_ in {"AUX", "VERB", "NOUN", "PROPN", "PRON"}:
        for token in syntax.subjects(upper):
            _add(found, "initiator", token, "asserted", None)
    if upper.lower_ in {"involvement", "complicity", "participation", "role"} and preposition == "in":
        for owner in syntax.possessors(upper):  # "arrested because of their suspected involvement in the murder"
            number = found.doc._.actor_at.get(owner.i)
            if number is None or found.doc._.actors[number].actor_type not in {"state", "government"}:
                _add(found, "initiator", owner, "suspected", None)  # a state that is involved may only have backed it
    if found.event.extractor.startswith("verb:") and head.tag_ == "VBG":
        verb = head.head
        if verb.lower_ in frames("verb") and head.dep_ in {"advcl", "ccomp", "xcomp"}:
            for frame in frames("verb")[verb.lower_]:
                if frame.event_slot in {"of", "with"} and frame.attribution in {"blamed", "suspected"}:
                    for filler in found.event.arguments:
                        if filler.role == "initiator":
                            filler.attribution = frame.attribution  # type: ignore[assignment]


def _is_denied(adjective: Token) -> bool:
    """ "He is not responsible for the kidnapping", "they were never involved"."""
    verb = adjective.head if adjective.dep_ in {"acomp", "xcomp", "oprd"} else adjective
    return any(t.dep_ == "neg" or t.lower_ in {"not", "n't", "never"} for w in {adjective, verb} for t in w.children)


def _own_claims(event: Event, doc: Doc) -> None:
    """Who says of himself that he did it claims it; who is quoted blaming another is on record for it."""
    for speech in doc._.speech:
        if not speech.start <= event.trigger < speech.end or speech.speaker is None:
            continue
        for filler in event.arguments:
            if filler.role != "initiator" or filler.actor is None:
                continue
            if filler.actor == speech.speaker and filler.attribution == "asserted":
                filler.attribution = "denied" if speech.denies else "claimed"
                filler.attributed_by = speech.speaker
            elif filler.attribution in {"blamed", "suspected"} and filler.attributed_by is None:
                filler.attributed_by = speech.speaker
