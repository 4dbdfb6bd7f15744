"""Who is said to have done what was told before: "claimed responsibility", "is blamed for the crime", "the work of X".

Grammar joins an author to an event of his own sentence (``roles.py``). This pass reads sentences that speak of
responsibility without naming the act by a trigger ("The group claimed credit for the action.", "..., for which the rebels
are being held responsible") and gives the author to the act told last.

Belongs here: cues of responsibility, their authors and the act they mean. Does not belong: participants of the clause of an
event, the forms of fillers (``fillers.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, syntax
from dagster_project.reading.compatibility import DOERS, answered
from dagster_project.reading.fillers import actor_of, argument, sides_of_origin
from dagster_project.reading.types import Attribution, Event
from dagster_project.reading.vocabulary import frames

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GUILT = {"responsibility", "credit", "blame", "authorship", "involvement", "complicity"}
_WORK = {"work", "doing", "handiwork", "responsibility", "fault"}
_DEEDS = {
    "act", "acts", "action", "actions", "crime", "crimes", "deed", "incident", "incidents", "operation", "atrocity", "outrage", "tragedy", "it", "this",
    "which", "that", "them", "event", "events",
}  # fmt: skip
_MARKS = {"hallmark", "hallmarks", "fingerprints", "signature"}
_AUTHORS = {"perpetrator", "perpetrators", "author", "authors", "mastermind", "masterminds", "culprit", "culprits"}
_MEMBERS = {
    "activists", "cadres", "fighters", "follower", "followers", "guerrillas", "gunmen", "loyalists", "member", "members", "militants", "militiamen", "operatives",
    "part", "soldiers", "troops",
}  # fmt: skip
_RECOGNISED = {"described", "identified", "recognised", "recognized"}
# Whose clause is a charge: "they alleged that the attackers were soldiers".
_ALLEGING = {"allege", "alleged", "alleges", "charged", "charges", "insist", "insisted", "insists"}
_TELLING = _ALLEGING | {"claimed", "claims", "said", "says", "suggested", "suggests"}
# What is done to whoever is charged is not the deed.
_ARRESTS = {"noun:arrest", "verb:apprehend", "verb:arrest", "verb:detain", "verb:nab", "verb:recapture", "verb:retake"}
_PUT = {"put", "puts", "putting"}
_IT = {"it", "this", "that", "them"}
_DOING = {"did", "do", "done"}
_DENYING = {"denied", "denies", "deny", "denying"}
# Said of a doer whose deed need not be named again.
_ALONE = {"complicit"}
_SHOTS = {
    "bombs", "drone", "drones", "fire", "gunfire", "missile", "missiles", "mortars", "rocket", "rockets", "rounds", "shell", "shelling", "shells", "shots",
}  # fmt: skip
_BELONG = {"belong", "belonged", "belongs"}
_POINTED = {"finger", "fingers"}
_EVIDENCE = {
    "evidence",
    "indication",
    "indications",
    "sign",
    "signs",
    "clues",
    "traces",
    "findings",
    "suspicion",
    "suspicions",
}
# Where an act is laid before whoever is held to have done it.
THRESHOLDS = {"door", "doorstep", "feet"}
_REACH = 4  # sentences back to the act that is meant


@dataclass(frozen=True, slots=True)
class _Charge:
    """One attribution: its author, how sure, who makes it."""

    author: Token
    attribution: Attribution
    by: int | None
    cue: Token


def attribute(doc: Doc, triggers: dict[int, int]) -> None:
    """Add authors that whole sentences name to the acts they mean. ``triggers``: token -> event."""
    for token in doc:
        for charge in _charges(token):
            event = _meant(doc, charge.cue, triggers)
            if event is not None:
                _give(doc, event, charge)


def identified_as(doc: Doc) -> set[int]:
    """Actors that "the gunmen", "the attackers" of a Doc are said to be, without doubt."""
    found: set[int] = set()
    for token in doc:
        if token.lower_ in _MEMBERS or token.lower_ in _BELONG:
            for charge in _charges(token):
                filler = argument("initiator", charge.author)
                if charge.attribution == "asserted" and filler is not None and filler.actor is not None:
                    found.add(filler.actor)
    return found


def _charges(token: Token) -> list[_Charge]:
    lower = token.lower_
    if lower in _GUILT and token.pos_ != "VERB":
        return _of_guilt(token)
    if lower in frames("adjective"):
        return _of_adjective(token)
    if lower in _WORK and _is_predicate(token):
        return [
            _Charge(t, _hedged(token, "suspected"), None, token)
            for p, t in syntax.prepositional(token)
            if p == "of" and _could_act(t)
        ]
    if lower in _AUTHORS:
        return _of_author(token)
    if lower in _MARKS:
        return [_Charge(t, "suspected", None, token) for p, t in syntax.prepositional(token) if p == "of" and _could_act(t)]
    if lower in _MEMBERS:
        return _of_member(token)
    if lower in _POINTED | THRESHOLDS:
        return _of_gesture(token)
    if lower == "down":
        return _of_putting_down(token)
    if lower in {"came", "come", "comes"}:
        return _of_origin(token)
    if lower in _BELONG:
        return _of_belonging(token)
    if lower in {"suspicion", "suspicions"}:
        verb = syntax.clause_root(token)
        pairs = [*syntax.prepositional(verb), *syntax.prepositional(token)]
        return [_Charge(t, "suspected", None, token) for p, t in pairs if p in {"on", "upon", "at"} and _could_act(t)]
    if lower == "behind":
        return _of_behind(token)
    if lower in {"point", "points", "pointed", "pointing"}:
        return _of_evidence(token)
    if token.pos_ == "VERB" and (lower in _DOING or lower in frames("verb")):
        return _of_doing(token) or _of_verb(token)
    return []


def _of_guilt(noun: Token) -> list[_Charge]:
    """ "claimed responsibility", "put the blame on X", "denied involvement"."""
    verb = syntax.clause_root(noun)
    for frame in frames("verb").get(verb.lower_, ()):
        if frame.event_slot in {"for", "in"} and frame.filler_slot == "subject":
            attribution: Attribution = frame.attribution  # type: ignore[assignment]
            return [_Charge(t, attribution, _actor(t), noun) for t in deep.logical_subjects(verb) if _could_act(t)]
    if noun.lower_ == "blame" and verb.lower_ in {"put", "puts", "lay", "laid", "lays", "placed", "pinned", "pin"}:
        blamer = deep.logical_subjects(verb)
        by = _actor(blamer[0]) if blamer else None
        pairs = [*syntax.prepositional(verb), *syntax.prepositional(noun)]
        return [_Charge(t, "blamed", by, noun) for p, t in pairs if p in {"on", "upon"} and _could_act(t)]
    return []


def _of_adjective(word: Token) -> list[_Charge]:
    """ "X is responsible for", "X are being held responsible"."""
    frame = frames("adjective")[word.lower_][0]
    holder = word.head if word.dep_ in {"xcomp", "acomp", "oprd", "advcl", "obj"} else word
    is_held = holder.lower_ in {"hold", "holds", "held", "holding"}  # "we hold the government responsible"
    for_what = any(p in {"for", "of"} for p, _ in syntax.prepositional(word))
    is_said = word.dep_ == "ccomp" and word.head.lower_ in _TELLING and word.lower_ == "responsible"
    if not (for_what or is_held or is_said or word.lower_ in _ALONE or _before_deed(word)):
        return []
    held = holder.lower_ in {"held", "hold", "holds", "holding", "consider", "considered", "deemed", "believed", "thought"}
    found = syntax.subjects(word)
    if held and holder != word:
        found = deep.logical_objects(holder)
    attribution: Attribution = "blamed" if held or is_said else _hedged(word, frame.attribution)
    return [_Charge(t, attribution, None, word) for t in found if _could_act(t)]


def _of_author(noun: Token) -> list[_Charge]:
    """ "X was the perpetrator of the murder"."""
    if not _is_predicate(noun):
        return []
    return [_Charge(t, _hedged(noun, "suspected"), None, noun) for t in syntax.subjects(noun) if _could_act(t)]


def _of_member(noun: Token) -> list[_Charge]:
    """ "The gunmen were members of X", "the attackers are believed to be followers of Y"."""
    verb = noun.head
    recognised = verb.lower_ in _RECOGNISED and syntax.preposition_of(noun) == "as"
    by: int | None = None
    attribution = _hedged(noun, "asserted")
    if recognised:  # "he identified them as members of X"
        told = deep.logical_objects(verb)
        is_meant = any(_is_doer(t) or t.lower_ == "them" for t in told)
        if not syntax.is_passive(verb):
            attribution = "blamed"
            by = next((_actor(t) for t in deep.logical_subjects(verb)), None)
    else:
        told = syntax.subjects(noun) or [*syntax.passive_subjects(verb), *syntax.subjects(verb)]
        is_meant = _is_predicate(noun) and any(_is_doer(t) for t in told)
    if not is_meant:
        return []
    whose = [t for p, t in syntax.prepositional(noun) if p in {"of", "from"} and _could_act(t)]
    return [_Charge(t, attribution, by, noun) for t in whose]


def _of_putting_down(particle: Token) -> list[_Charge]:
    """ "The mayor put it down to the militia"."""
    verb = particle.head
    if verb.lower_ not in _PUT or not any(t.lower_ in _DEEDS for t in syntax.objects(verb)):
        return []
    by = next((_actor(t) for t in deep.logical_subjects(verb)), None)
    pairs = [*syntax.prepositional(verb), *syntax.prepositional(particle)]
    return [_Charge(t, "blamed", by, particle) for p, t in pairs if p == "to" and _could_act(t)]


def _of_belonging(verb: Token) -> list[_Charge]:
    """ "The gunmen belonged to X", "the attackers were said to belong to X"."""
    told = syntax.subjects(verb) or [*syntax.passive_subjects(verb.head), *syntax.subjects(verb.head)]
    if not any(_is_doer(t) for t in told):
        return []
    return [
        _Charge(t, _hedged(verb, "asserted"), None, verb)
        for p, t in syntax.prepositional(verb)
        if p == "to" and _could_act(t)
    ]


def _is_doer(noun: Token) -> bool:
    """ "The gunmen": people known from the deed."""
    return noun.lower_ in DOERS and any(t.lower_ in {"the", "these", "those"} for t in noun.lefts)


def _of_gesture(noun: Token) -> list[_Charge]:
    """ "Pointed the finger at X", "laid it at the door of X"."""
    verb = syntax.clause_root(noun)
    blamer = deep.logical_subjects(verb)
    by = _actor(blamer[0]) if blamer else None
    if noun.lower_ in _POINTED and verb.lower_.startswith("point"):
        pairs = [*syntax.prepositional(verb), *syntax.prepositional(noun)]
        return [_Charge(t, "blamed", by, noun) for p, t in pairs if p == "at" and _could_act(t)]
    if noun.lower_ in THRESHOLDS and verb.lower_ in {"lay", "lays", "laid"} and syntax.preposition_of(noun) == "at":
        owners = [*(t for p, t in syntax.prepositional(noun) if p == "of"), *syntax.possessors(noun)]
        return [_Charge(t, "blamed", by, noun) for t in owners if _could_act(t)]
    return []


def _of_origin(verb: Token) -> list[_Charge]:
    """ "The shots came from a battery of X", "the rockets came from positions held by X"."""
    if not any(t.lower_ in _SHOTS for t in syntax.subjects(verb)):
        return []
    whose = [t for p, place in syntax.prepositional(verb) if p == "from" for t in sides_of_origin(place)]
    return [_Charge(t, _hedged(verb, "blamed"), None, verb) for t in whose[:1]]


def _of_behind(word: Token) -> list[_Charge]:
    """ "X said it was behind it", "the rebels were behind the action"."""
    deed = word.head
    if deed.lower_ not in _DEEDS or not any(t.lower_ in syntax.FORMS_OF_BE for t in deed.lefts):
        return []
    upper = deed.head  # "is suspected to be behind it"
    told = syntax.subjects(deed) or (syntax.passive_subjects(upper) if upper.lower_ in HEDGES | {"said"} else [])
    return [_Charge(t, _hedged(deed, "asserted"), None, word) for t in told if _could_act(t)]


def _of_verb(verb: Token) -> list[_Charge]:
    """ "we blame X", "police blamed X for the crime": verbs that accuse, their act unnamed."""
    blaming = [f for f in frames("verb").get(verb.lower_, ()) if f.attribution in {"blamed", "suspected"}]
    if not blaming:
        return []
    if syntax.is_passive(verb):
        tokens = deep.logical_objects(verb)
        slots = {f.event_slot for f in blaming if f.filler_slot == "object"}
        by = None
    else:
        tokens = deep.logical_objects(verb)
        slots = {f.event_slot for f in blaming if f.filler_slot == "object"}
        blamer = deep.logical_subjects(verb)
        by = _actor(blamer[0]) if blamer else None
    near = [*syntax.prepositional(verb), *(pair for t in tokens for pair in syntax.prepositional(t))]
    found = []
    if any(p in slots and t.lower_ in _DEEDS for p, t in near):
        found = [_Charge(t, blaming[0].attribution, by, verb) for t in tokens if _could_act(t)]  # type: ignore[arg-type]
    elif verb.lower_.startswith("blam") and not any(p in slots | {"on"} for p, _ in near) and verb.tag_ != "VBN":
        found = [
            _Charge(t, "blamed", by, verb) for t in tokens if _could_act(t) and _is_belligerent(t)
        ]  # "witnesses blame soldiers"
    elif verb.lower_.startswith(("blam", "attribut", "ascrib")) and any(t.lower_ in _DEEDS for t in tokens):
        found = [_Charge(t, "blamed", by, verb) for p, t in near if p in {"on", "to"} and _could_act(t)]
    return found


def _of_doing(verb: Token) -> list[_Charge]:
    """ "X did it", "Y said its men had carried it out"."""
    of_it = any(t.lower_ in _IT and not syntax.is_relative_pronoun(t) for t in syntax.objects(verb))
    if not of_it or syntax.is_passive(verb):
        return []
    if verb.lower_ not in _DOING and not any(
        (f.event_slot, f.filler_slot, f.role, f.attribution) == ("object", "subject", "initiator", "asserted")
        for f in frames("verb")[verb.lower_]
    ):
        return []
    denied = any(t.lower_ in _DENYING for t in verb.ancestors)
    told = [t for t in deep.logical_subjects(verb) if _could_act(t) and _is_belligerent(t)]
    told_by_another = verb.dep_ == "ccomp" and verb.head.lower_ in _TELLING
    attribution = "denied" if denied else _hedged(verb, "blamed" if told_by_another else "asserted")
    return [_Charge(t, attribution, None, verb) for t in told]


def _is_belligerent(token: Token) -> bool:
    if nouns.classes(token) & {"armed", "violent"}:
        return True
    number = actor_of(deep.resolve(token))  # "blaming dissidents of the former FARC"
    return number is not None and token.doc._.actors[number].actor_type in {"armed_group", "military"}


def _of_evidence(verb: Token) -> list[_Charge]:
    """ "Indications pointing to the X group", "the evidence points to rebels", "suspicion points at the army"."""
    told = {t.lower_ for t in [*syntax.subjects(verb), verb.head]}
    if not told & _EVIDENCE:
        return []
    return [
        _Charge(t, "suspected", None, verb)
        for p, t in syntax.prepositional(verb)
        if p in {"to", "at", "towards"} and _could_act(t) and _is_belligerent(t)
    ]


def _is_predicate(noun: Token) -> bool:
    return (
        any(t.dep_ == "cop" or t.lower_ in syntax.FORMS_OF_BE for t in noun.lefts) or noun.head.lower_ in syntax.FORMS_OF_BE
    )


def _before_deed(word: Token) -> bool:
    """ "the incident, for which X are held responsible": the deed is a relative pronoun before."""
    verb = word.head if word.head.pos_ in {"VERB", "AUX"} else word
    opening = word.doc[word.sent.start : word.sent.start + 2].text.lower()
    if opening in {"for that", "for this", "for it"}:
        return True
    return any(p == "for" and syntax.is_relative_pronoun(t) for p, t in syntax.prepositional(verb))


HEDGES = {
    "may",
    "might",
    "could",
    "possibly",
    "probably",
    "apparently",
    "allegedly",
    "suspected",
    "believed",
    "thought",
    "presumably",
}


def _hedged(token: Token, attribution: str) -> Attribution:
    around = [token, *token.children, token.head, *token.head.children]
    if any(t.lower_ in HEDGES for t in around):
        return "suspected"
    if token.dep_ == "ccomp" and token.head.lower_ in _ALLEGING:
        return "blamed"
    return attribution  # type: ignore[return-value]


def _could_act(token: Token) -> bool:
    if any(t.lower_ in syntax.NEGATORS for t in token.lefts):
        return False
    if actor_of(deep.resolve(token)) is not None:  # "the M23 rebellion"
        return True
    return bool(nouns.classes(token) & {"armed", "group", "named_person", "person"}) and token.lower_ not in _NOT_ANYBODY


_NOT_ANYBODY = {"nobody", "none", "one", "those", "all", "many", "some", "someone", "anyone", "everyone", "who", "whoever"}


def _actor(token: Token) -> int | None:
    return token.doc._.actor_at.get(deep.resolve(token).i)


def _meant(doc: Doc, cue: Token, triggers: dict[int, int]) -> Event | None:
    """The act a cue speaks of: one named in its clause is none of this pass; else the last actual act before it."""
    sentence = cue.sent
    after = [i for i in triggers if cue.i < i < sentence.end]
    told_after = [i for i in after if any(t.dep_ == "mark" and t.lower_ in {"after", "when"} for t in doc[i].children)]
    if told_after:  # "suspicion fell on X after 12 villagers were killed"
        return doc._.events[triggers[told_after[0]]]
    if any(_is_governed(doc[i], cue) for i in after):
        return None
    if any(t.lower_ in {"no", "nobody", "not", "n't", "never", "if", "whether"} for t in [*cue.lefts, *cue.head.lefts]):
        return None
    starts = [s.start for s in doc.sents if s.start <= cue.i]
    floor = starts[-_REACH - 1] if len(starts) > _REACH else 0
    best: Event | None = None
    for i in sorted((i for i in triggers if floor <= i < cue.i), reverse=True):
        event = doc._.events[triggers[i]]
        if event.realis != "actual" or event.is_generic_noun or event.extractor in _ARRESTS or answered(doc[i]):
            continue  # "the raid was a response to the bombardment": it is the raid that is spoken of
        if not event.is_effect:
            return event
        best = best or event
    return best


def _is_governed(act: Token, cue: Token) -> bool:
    """Whether a cue names its act: "claimed responsibility for the raid", not "claimed responsibility, saying the raid ..."

    nor "the work of X, whose leader had threatened raids".
    """
    above = list(act.ancestors)
    of_own_clause = cue.pos_ in {"ADJ", "VERB"} and cue.dep_ in {"ccomp", "conj"}  # "charged that X was complicit"
    reached = next((k for k, t in enumerate(above) if t == cue or (t == cue.head and not of_own_clause)), None)
    if reached is None:
        return False
    return not any(
        (t.tag_ == "VBG" and t.dep_ == "advcl")
        or t.dep_ in syntax.RELATIVE
        or (t.dep_ == "conj" and t.i > cue.i and syntax.subjects(t))  # "blamed them on X, and rebels raided ..."
        for t in [act, *above[:reached]]
    )


def _give(doc: Doc, event: Event, charge: _Charge) -> None:
    filler = argument("initiator", charge.author, 0.6, charge.attribution)
    if filler is None or (filler.actor is None and filler.filler_type not in {"person", "group"}):
        return
    hurt = {a.actor for a in event.arguments if a.role in {"victim", "target"} and a.actor is not None}
    if filler.actor in hurt:
        return
    if filler.attribution in {"asserted", "blamed"} and _says_so_himself(doc, charge.cue, filler.actor):
        filler.attribution = "claimed"
    filler.attributed_by = filler.actor if filler.attribution == "claimed" else charge.by
    same = next(
        (a for a in event.arguments if a.role == "initiator" and a.actor == filler.actor and a.actor is not None), None
    )
    if same is None:
        event.arguments.append(filler)
    if filler.attribution == "claimed":
        claimant = argument("claimant", charge.author, 0.7, "claimed")
        if claimant is not None:
            event.arguments.append(claimant)


def _says_so_himself(doc: Doc, cue: Token, actor: int | None) -> bool:
    """ "X said it was behind the bombing"."""
    return any(s.start <= cue.i < s.end and s.speaker == actor and not s.denies for s in doc._.speech if actor is not None)
