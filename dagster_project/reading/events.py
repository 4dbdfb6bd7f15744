"""Triggers of physical events: which words tell an act of violence, and of what first kind.

Belongs here: matching triggers.csv and its conditions. Does not belong: realis (``realis.py``), the kind as
participants decide it (``kinds.py``), participants (``roles.py``), what is one incident (``incidents.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import surroundings, syntax
from dagster_project.reading.extensions import register
from dagster_project.reading.realis import realis_of, settle_definites
from dagster_project.reading.refutations import deny_refuted
from dagster_project.reading.saying import sayings
from dagster_project.reading.types import Event
from dagster_project.reading.vocabulary import Trigger, non_war_contexts, triggers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Words that may stand inside a phrasal trigger: "shot a drone down", "took three people hostage".
_GAP = 5


# "the murder case", "the bombing investigation": the phrase presupposes the event.
_OF_EVENTS = {
    "case",
    "investigation",
    "probe",
    "trial",
    "inquiry",
    "scene",
    "site",
    "victim",
    "victims",
    "survivors",
    "attempt",
}


@Language.factory("conflict_events", requires=["doc.ents"], assigns=["doc._.events"])
class Events:
    """Writes ``doc._.events`` in text order, every realis, without arguments."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        events: list[Event] = []
        spoken = {lemma for lemma, saying in sayings("verb").items() if "manner" in saying.complements}
        retorts = {s.cue for s in doc._.speech if s.is_quote and s.cue_lemma in spoken}  # "shot back: "They pay them.""
        for sentence in doc.sents:
            context = peaceful_context(sentence)
            if context == "sport":
                continue
            for trigger, span, head in sentence_triggers(sentence):
                if context and trigger.strength in {"harm", "death", "result"}:
                    continue
                if head.i in retorts:
                    continue
                events.append(_event(trigger, span, head))
        doc._.events = events
        for event in events:
            event.realis = realis_of(event, doc)
        settle_definites(doc)
        deny_refuted(doc)
        return doc


def _event(trigger: Trigger, span: range, head: Token) -> Event:
    nominal = trigger.pos != "verb"
    return Event(
        trigger=head.i,
        trigger_start=span.start,
        trigger_end=span.stop,
        event_type=trigger.event_type or "other_attack",
        realis="actual",
        start=head.sent.start,
        end=head.sent.end,
        extractor=f"{trigger.pos}:{trigger.lemma}",
        is_generic_noun=trigger.pos == "anaphor",
        is_effect=trigger.strength in {"harm", "death", "result"},
        is_definite=nominal
        and (
            surroundings.is_definite(head)
            or (head.head.lower_ in _OF_EVENTS and head.dep_ in syntax.COMPOUND)
            or syntax.is_judgement(head)
        ),
        confidence={"strong": 0.9, "harm": 0.85, "weak": 0.8, "result": 0.75, "death": 0.7}.get(trigger.strength, 0.5),
    )


def peaceful_context(sentence: Span) -> str | None:
    """The context (accident, disaster, health, sport, labour) in which a sentence's words of harm tell no violence."""
    text = f" {' '.join(t.lower_ for t in sentence)} "
    return next((context for context, phrase in non_war_contexts() if f" {' '.join(phrase)} " in text), None)


def is_accident(sentence: Span) -> bool:
    """Whether a sentence speaks of harm that nobody did: accident, disaster, illness, sport."""
    return peaceful_context(sentence) is not None


def sentence_triggers(sentence: Span) -> list[tuple[Trigger, range, Token]]:
    """(trigger, its tokens, its head) of a sentence in text order; a token belongs to one trigger."""
    found: list[tuple[Trigger, range, Token]] = []
    taken: set[int] = set()
    table = triggers()
    for token in sentence:
        if token.i in taken or token.lower_ not in table:
            continue
        for trigger in table[token.lower_]:
            span = _match(trigger, token, sentence.end)
            if span is None or not _fits(trigger, token, span):
                continue
            head = _head(trigger, token, span)
            if any(i in taken for i in span) or not surroundings.meets(trigger, head, span):
                continue
            found.append((trigger, span, head))
            taken.update(span if trigger.pos != "verb" else {token.i, span.stop - 1})
            break
    return found


def _match(trigger: Trigger, token: Token, end: int) -> range | None:
    """Tokens of a trigger that starts at a token: words of nouns adjacent, of verbs with a gap."""
    doc, position = token.doc, token.i
    for forms in trigger.words[1:]:
        reach = position + 2 if trigger.pos != "verb" else position + 2 + _GAP
        for i in range(position + 1, min(reach, end)):
            if doc[i].lower_ in forms:
                position = i
                break
            if trigger.pos != "verb" and doc[i].text == "-":
                continue
            if (doc[i].pos_ in {"VERB", "SCONJ"} and doc[i].lower_ != "as") or doc[i].text in {",", ";", ":", "."}:
                return None
        else:
            return None
    return range(token.i, position + 1)


def _fits(trigger: Trigger, token: Token, span: range) -> bool:
    """Whether the part of speech agrees; in headlines taggers take verbs for nouns, so only nouns are strict there."""
    head = token.doc[span.stop - 1] if trigger.pos != "verb" else token
    if trigger.pos == "verb":
        if head.pos_ in {"VERB", "AUX"} or head.tag_.startswith("VB"):
            if syntax.is_nominal(head) and head.tag_ in {"VBZ", "VBP"}:
                return False  # "Clashes left 12 dead" with the noun tagged as a verb
            if head.dep_ == "amod" and (trigger.strength not in {"harm", "death"} or _is_of_a_kind(head.head)):
                return False  # "the captured fighters", "respect wounded people"
            return not _is_nominal_gerund(head)
        if (
            head.pos_ == "ADJ"
            and head.lower_.endswith("ed")
            and head.dep_ in {"amod", "acl", "root", "ROOT", "advcl", "conj", "xcomp", "nsubj"}  # "the injured were A and B"
        ):
            return head.dep_ != "amod" or trigger.strength in {"harm", "death"}
        return len(span) > 1 and head.pos_ in {"NOUN", "ADJ", "PROPN"}
    if head.pos_ in {"NOUN", "PROPN"}:
        following = head.nbor(1) if head.i + 1 < len(head.doc) else None
        compound = following is not None and head.dep_ in syntax.COMPOUND and following.pos_ in {"NOUN", "PROPN"}
        # "attack helicopter", "bombing suspect": the phrase speaks of something else
        return not (compound and head.head.i > head.i and head.head.lower_ not in _OF_EVENTS)
    if syntax.is_nominal(head) and head.tag_ in {"VBZ", "VBP"}:
        return True
    if len(span) > 1 and head.tag_ in {"VBZ", "VBP", "VB"}:
        return True  # "five drone attacks": the tagger's slip
    return head.tag_ == "VBG" and _is_nominal_gerund(head)


def _is_of_a_kind(noun: Token) -> bool:
    """A bare plural: a kind of people, and none of whom anything is told."""
    return noun.tag_ in {"NNS", "NNPS"} and not any(
        t.pos_ in {"DET", "NUM", "PRON"} or t.ent_type_ or t.lower_ in {"many", "several", "more"}
        for left in noun.lefts
        for t in left.subtree
    )


def _is_nominal_gerund(token: Token) -> bool:
    """ "the bombing of X", "a shelling": a gerund that stands as a noun though tagged as a verb."""
    if token.tag_ != "VBG" and not token.lower_.endswith("ing"):
        return False
    if token.i > 1 and token.nbor(-1).lower_ in syntax.FORMS_OF_BE and token.nbor(-2).lower_ == "there":
        return True  # "there was shooting"
    if token.i and token.nbor(-1).lower_ in {
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "each",
        "his",
        "their",
        "its",
        "'s",
        "’s",
        "of",
    }:
        if any(t.dep_ in syntax.OBJECTS for t in token.children):
            return False
        return token.nbor(-1).lower_ != "of"
    return False


def _head(trigger: Trigger, token: Token, span: range) -> Token:
    return token if trigger.pos == "verb" else token.doc[span.stop - 1]
