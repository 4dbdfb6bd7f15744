"""Diplomatic and political acts told without a verb of saying: "summoned the ambassador", "imposed a curfew", "met with".

Belongs here: matching verbs and their objects and prepositions against ``seeds/reference/statement_acts.csv``, the actor
and the target. Does not belong: reported words (``speech.py``), physical violence (``events.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, speakers, syntax
from dagster_project.reading.inflection import singular
from dagster_project.reading.mood import mood_of
from dagster_project.reading.verb_lemmas import forms_of
from dagster_project.reference import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OFFICIALS = frozenset({"person", "government", "state", "igo", "military", "armed_group"})
_COURT = frozenset({"court", "judge", "tribunal", "jury"})
_TROOPS = frozenset(
    {"reinforcement", "troop", "warship", "carrier", "fleet", "contingent", "armour", "armor", "peacekeeper"}
)
_FIGHTERS = frozenset(
    {"troop", "force", "soldier", "fighter", "rebel", "militant", "army", "militia", "guerrilla", "score", "unit"}
)
_CAPTORS = frozenset(
    {"fighter", "rebel", "militant", "militia", "guerrilla", "gunman", "bandit", "kidnapper", "captor", "pirate"}
)
_CROWDS = frozenset(
    {"protester", "demonstrator", "crowd", "people", "thousand", "hundred", "dozen", "student", "worker", "youth", "resident",
     "activist", "supporter", "villager", "woman", "family", "relative", "mourner", "motorcyclist", "opposition", "union", "marcher"}
)  # fmt: skip
_ENVOYS = frozenset({"envoy", "delegation", "minister", "secretary", "ambassador", "mediator", "emissary", "diplomat"})
_COOPERATIVE = frozenset({"COOPERATE", "AID", "CONSULT", "SUPPORT"})
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
_LINES = frozenset({"telephone", "phone", "videolink"})  # "conferred by telephone with him"
_TIME_NOUNS = frozenset({"month", "day", "hour", "week", "year", "deadline", "ultimatum"})


@dataclass(frozen=True, slots=True)
class _Frame:
    objects: tuple[tuple[str, str], ...]  # (lemma or "*", kind or "")
    prepositions: tuple[tuple[str, str, str], ...]  # (preposition, lemma or "*", kind or "")
    category: str
    target: str
    subject: str


@dataclass(slots=True)
class Act:
    """One act: its verb (or noun), who does it (None: passive without an agent), to whom, and its clause."""

    head: int
    category: str
    actor: int | None
    target: int | None
    start: int
    end: int


@cache
def _frames() -> dict[str, tuple[_Frame, ...]]:
    found: dict[str, list[_Frame]] = {}
    for row in table("statement_acts"):
        objects = tuple((w.split(":")[0], w.split(":")[1] if ":" in w else "") for w in row["object"].split("|") if w)
        prepositions = []
        for part in filter(None, row["prepositions"].split(";")):
            name, _, rest = part.partition(":")
            for value in rest.split("|"):
                lemma, _, kind = value.partition(":")
                prepositions.append((name.replace("_", " "), lemma or "*", kind))
        frame = _Frame(objects, tuple(prepositions), row["category"], row["target"], row["subject"])
        found.setdefault(row["verb"], []).append(frame)
    return {verb: tuple(frames) for verb, frames in found.items()}


@cache
def _forms() -> dict[str, str]:
    return forms_of(_frames())


def acts(doc: Doc) -> list[Act]:
    """The acts of a Doc that are told as done (or, of cooperation, as coming), in text order."""
    found: list[Act] = []
    taken: set[int] = set()
    for token in doc:
        if token.tag_.startswith("VB"):
            act = _verbal(doc, token)
            if act is not None:
                found.append(act)
                taken.update(range(act.start, act.end))
        elif token.lower_ in {"talks", "negotiations", "consultations"} and token.i not in taken:
            act = _nominal_talks(doc, token)
            if act is not None:
                found.append(act)
    return found


def _verbal(doc: Doc, verb: Token) -> Act | None:
    frames = _frames().get(_forms().get(verb.lower_, ""))
    if not frames:
        return None
    mood = mood_of(verb)
    if mood.negated or mood.kind not in {"actual", "future"} or doc[verb.sent.end - 1].text == "?":
        return None
    is_joined_passive = verb.dep_ == "conj" and verb.tag_ == "VBN" and syntax.is_passive(verb.head)
    has_objects = syntax.is_passive(verb) or syntax.objects(verb) or not _is_intransitive(verb) or is_joined_passive
    objects = deep.logical_objects(verb) if has_objects else []
    is_reduced = verb.tag_ == "VBN" and verb.dep_ in syntax.PARTICIPIAL  # "four boys marched off by the column"
    for frame in frames:
        if is_reduced and not frame.objects:
            continue
        if frame.category == "CONSULT" and any(s.cue == verb.i and s.cue_lemma == "call" for s in doc._.speech):
            continue  # "called him a coward" is no telephone call
        if not _fits(doc, verb, frame, objects) or (frame.category == "PROTEST" and _are_attacks(doc, objects)):
            continue
        category = _when(frame.category, mood.kind, verb)
        phrase = _doer(doc, verb)
        if phrase is not None and not _may_do(doc, phrase, frame.subject):
            continue
        if phrase is None and frame.subject and not syntax.is_passive(verb):
            continue
        actor = speakers.actor_of(doc, phrase, may_describe=_is_animate(phrase.head)) if phrase is not None else None
        if phrase is not None and actor is None:
            continue
        start, end = clause(verb, phrase)
        target = _target(doc, verb, frame, objects, actor)
        if target is None and frame.category in _MUTUAL and phrase is not None:
            target = _partner(doc, phrase.head, actor)
        return Act(verb.i, category, actor, target, start, end)
    return None


def _are_attacks(doc: Doc, things: list[Token]) -> bool:
    """ "Launched a new wave of strikes in Yemen": no workers' strike."""
    triggers = {event.trigger for event in doc._.events}
    return any(t.i in triggers and singular(t.lower_) == "strike" for thing in things for t in thing.subtree)


def _is_intransitive(verb: Token) -> bool:
    return verb.dep_ not in syntax.RELATIVE | syntax.PARTICIPIAL


def _when(category: str, kind: str, verb: Token) -> str:
    """What an announced act counts as: coming cooperation is a promise, a coming retreat a concession, sanctions a threat."""
    if kind != "future":
        return category
    if category in _COOPERATIVE:
        return "AGREE"
    if category == "RETREAT":
        return "CONCEDE"
    if category in {"SANCTION", "MOBILIZE"} and not syntax.is_passive(verb):
        return "THREATEN"
    return category


def _fits(doc: Doc, verb: Token, frame: _Frame, objects: list[Token]) -> bool:
    if frame.objects and not any(
        _is_object(doc, verb, t, lemma, kind) for t in _with_complements(verb, objects) for lemma, kind in frame.objects
    ):
        return False
    if not frame.objects and objects and frame.prepositions:
        return False
    return not frame.prepositions or any(_has_preposition(doc, verb, objects, *p) for p in frame.prepositions)


def _with_complements(verb: Token, objects: list[Token]) -> list[Token]:
    more = [t for t in verb.children if t.dep_ in {"xcomp", "ccomp", "oprd", "acomp", "iobj", "dative"} and t.i > verb.i]
    return [*objects, *more]


def _is_noun(token: Token, lemma: str) -> bool:
    return token.lemma_.lower() == lemma or singular(token.lower_) == lemma


def _is_object(doc: Doc, verb: Token, token: Token, lemma: str, kind: str) -> bool:
    if lemma != "*":
        if _is_noun(token, lemma):
            return True
        if any(prep == "of" and _is_noun(noun, lemma) for prep, noun in syntax.prepositional(token)):
            return True
        return any(_is_noun(t, lemma) for t in token.children if t.dep_ in syntax.COMPOUND | syntax.APPOSITION) or any(
            _is_noun(t, lemma) for t in token.subtree if t.dep_ in syntax.APPOSITION and abs(t.i - token.i) < 8
        )
    if not kind:
        return token.pos_ in {"NOUN", "PROPN", "PRON"}
    if kind == "responsible":
        return any(t.lower_ in {"responsible", "accountable"} for t in doc[verb.i + 1 : min(verb.i + 9, len(doc))])
    actor = doc._.actor_at.get(token.i)
    actor_type = doc._.actors[actor].actor_type if actor is not None else None
    if kind == "person":
        return actor_type == "person"
    if kind == "actor":
        return actor_type is not None and actor_type not in {"civilians", "other", "media"}
    if kind == "place_or_actor":
        return token.i in doc._.place_at or actor_type in {"state", "government", "person"}
    if kind == "people":
        found = nouns.classes(token)
        return "human" in found and not found & {"facility", "place"}
    raise ValueError(f"statement_acts.csv: unknown kind {kind!r}")


def _has_preposition(doc: Doc, verb: Token, objects: list[Token], name: str, lemma: str, kind: str) -> bool:
    if name == "adj":
        return any(_is_noun(t, lemma) for o in objects for t in o.lefts)
    if name == "as content":
        return any(t.lower_ == lemma for o in objects for t in o.subtree)
    if kind == "inf_time" or lemma == "inf_time":
        return any(t.lemma_.lower() in _TIME_NOUNS for t in verb.children if t.i > verb.i) and any(
            t.lower_ == "to" and t.tag_ == "TO" for t in doc[verb.i : verb.sent.end]
        )
    if name in {"up", "down"} and lemma == "*":
        return any(t.lower_ == name for t in doc[verb.i + 1 : min(verb.i + 8, len(doc))])
    if (
        lemma
        in {
            "discuss",
            "review",
            "share",
            "coordinate",
            "plan",
            "negotiate",
            "consider",
            "act",
            "help",
            "assist",
            "mediate",
            "provide",
            "support",
        }
        and name == "to"
    ):
        return any(t.lemma_.lower() == lemma and t.tag_ == "VB" for t in verb.subtree)
    pairs = [*syntax.prepositional(verb)]
    for token in [*objects, *(t for t in verb.children if t.dep_ == "xcomp")]:  # "put the toll higher, at 31"
        pairs += syntax.prepositional(token)
    pairs += [pair for _, noun in pairs if noun.lower_ in _LINES for pair in syntax.prepositional(noun)]
    for preposition, noun in pairs:
        if preposition != name:
            continue
        if lemma != "*" and not _is_noun(noun, lemma):
            continue
        if kind == "place" and noun.i not in doc._.place_at:
            continue
        if kind == "actor" and noun.i not in doc._.actor_at:
            continue
        if kind == "number" and noun.tag_ != "CD" and not any(t.tag_ == "CD" for t in noun.lefts):
            continue
        return True
    return False


def _doer(doc: Doc, verb: Token) -> speakers.Phrase | None:
    for token in syntax.subjects(verb):
        if token.i < verb.i and token.i in doc._.actor_at and token.pos_ == "PRON":
            return speakers.Phrase(token.i, token.i + 1, token)
    if any(t.i < verb.i and not syntax.is_relative_pronoun(t) for t in syntax.subjects(verb)):
        return speakers.subject_before(verb)
    heads = deep.logical_subjects(verb)
    if not heads and verb.dep_ == "conj" and verb.tag_ in {"VBN", "VBD"} and syntax.is_passive(verb.head):
        heads = syntax.agents(verb.head)  # "lifted by the police and released"
    if heads:
        return speakers.phrase_of(heads[0])
    for speech in doc._.speech:  # "calls on all sides ... and stands ready to help"
        if speech.cue == verb.head.i and verb.dep_ == "conj" and speech.speaker_span is not None:
            first, last = speech.speaker_span
            return speakers.Phrase(first, last, doc[last - 1])
    if syntax.is_passive(verb):
        for preposition, noun in syntax.prepositional(verb):  # "observed on the call of the leadership"
            if preposition in {"on", "at"} and noun.lemma_.lower() in {"call", "order", "request"}:
                callers = [t for p, t in syntax.prepositional(noun) if p == "of"] or syntax.possessors(noun)
                if callers:
                    return speakers.phrase_of(callers[0])
    return None


def _is_animate(head: Token) -> bool:
    return (
        bool(nouns.classes(head) & {"human", "group", "armed", "state"})
        or singular(head.lower_) in _TROOPS | _CROWDS | _FIGHTERS | _COURT
    )


def _may_do(doc: Doc, phrase: speakers.Phrase, wanted: str) -> bool:
    head = phrase.head
    lemma = singular(head.lower_)
    number = doc._.actor_at.get(head.i)
    actor_type = doc._.actors[number].actor_type if number is not None else None
    if not wanted:
        return actor_type is not None or _is_animate(head)
    if wanted == "official":
        return actor_type in _OFFICIALS
    if wanted == "authority":
        return actor_type in _OFFICIALS or lemma in {"governor", "mayor", "authority", "junta", "regime", "police"}
    if wanted == "civilians":
        return (
            lemma in _CROWDS
            or actor_type == "civilians"
            or (actor_type in {None, "other"} and head.tag_ == "NNS" and _is_animate(head))
        )
    if wanted == "court":
        return lemma in _COURT
    if wanted == "troops":
        return lemma in _TROOPS
    if wanted == "captors":
        return actor_type == "armed_group" or lemma in _CAPTORS
    if wanted == "armed":
        return actor_type in {"military", "armed_group"} or lemma in _FIGHTERS
    if wanted == "plural_officials":
        return head.tag_ in {"NNS", "NNPS"} and (
            actor_type in _OFFICIALS or lemma in {"commander", "minister", "leader", "side", "president", "envoy", "chief"}
        )
    if wanted == "diplomat":
        return (
            actor_type == "person" and any(t.lemma_.lower() in _ENVOYS for t in doc[phrase.start : phrase.end])
        ) or lemma in _ENVOYS
    raise ValueError(f"statement_acts.csv: unknown subject {wanted!r}")


def _target(doc: Doc, verb: Token, frame: _Frame, objects: list[Token], actor: int | None) -> int | None:
    slot = frame.target
    if not slot:
        return None
    adjuncts = syntax.prepositional(verb)
    adjuncts += [pair for _, noun in adjuncts if noun.lower_ in _LINES for pair in syntax.prepositional(noun)]
    heads = list(objects) if slot == "object" else [t for p, t in adjuncts if p == slot]
    if slot != "object":
        for token in objects:
            heads += [t for p, t in syntax.prepositional(token) if p == slot]
    if slot == "to" and not heads:
        heads = [t for t in verb.children if t.dep_ in syntax.INDIRECT_OBJECTS]
    at = doc._.actor_at
    for head in heads:
        span = syntax.noun_phrase(head)
        for i in [head.i, *range(span.start, span.end)]:
            if i in at and at[i] != actor:
                return at[i]
    return None


def _partner(doc: Doc, head: Token, actor: int | None) -> int | None:
    """The other side of what two do together: "Armenia and Azerbaijan exchanged prisoners"."""
    at = doc._.actor_at
    return next((at[t.i] for t in syntax.conjuncts(head) if t.i in at and at[t.i] != actor), None)


def clause(verb: Token, phrase: speakers.Phrase | None) -> tuple[int, int]:
    """The clause of a verb: from its own subject (or itself, where that stands with another verb) to its last complement."""
    doc, sent = verb.doc, verb.sent
    start = verb.i
    if phrase is not None and phrase.end <= verb.i and phrase.start >= sent.start:
        between = doc[phrase.end : verb.i]
        if not any(t.tag_ in {"VBD", "VBZ", "VBP"} and t.dep_ not in syntax.AUXILIARY for t in between):
            start = phrase.start
    if syntax.is_passive(verb):
        start = min([start, *(t.left_edge.i for t in syntax.passive_subjects(verb))])
    while start == verb.i and start > sent.start and doc[start - 1].pos_ == "AUX":
        start -= 1
    end = min(verb.right_edge.i + 1, sent.end)
    for child in verb.children:
        if child.i > verb.i and child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
            end = min(end, max(child.left_edge.i, verb.i + 1))
    while (
        end > verb.i + 1 and (doc[end - 1].is_space or doc[end - 1].pos_ in {"PUNCT", "CCONJ"}) and not doc[end - 1].is_quote
    ):
        end -= 1
    return max(start, sent.start), end


def _nominal_talks(doc: Doc, noun: Token) -> Act | None:
    """ "The envoy, in Beirut for talks with the speaker": meeting told by a noun."""
    if syntax.preposition_of(noun) not in {"for", "in", "during", "after", "following"}:
        return None
    partners = [t for p, t in syntax.prepositional(noun) if p in {"with", "between"}]
    if not partners or syntax.preposition_of(noun) != "for":
        return None
    at, actors = doc._.actor_at, doc._.actors
    for i in range(noun.i - 1, noun.sent.start - 1, -1):
        if doc[i].tag_ == "MD":
            return None
        number = at.get(i)
        if number is not None and actors[number].actor_type in _OFFICIALS and i not in doc._.place_at:
            target = next((at[t.i] for t in partners if t.i in at), None)
            start = max(i, noun.i - 8)
            return Act(noun.i, "CONSULT", number, target, start, min(noun.right_edge.i + 1, noun.sent.end))
    return None
