"""Who vouches for a casualty claim: the source of the words around it, or who counts, lists, confirms.

Belongs here: choosing one source for one position of the text. Does not belong: reported speech itself (``speech.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, speakers, syntax
from dagster_project.reading.casualty_words import BODIES, counting_verbs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PRONOUNS = {"they", "he", "she", "it", "who"}
_SAYING = {"said", "says", "reports", "reported"}
_FINDING = {"find", "recover", "receive", "examine"}
_REACH = 18  # tokens from a counting verb to what it counts


def claimant(doc: Doc, position: int, follow: bool = True) -> int | None:
    """The actor (index into ``doc._.actors``) who makes the claim at a token; None where the text itself does.

    First the smallest stretch of speech around it, then who counts or confirms in its clause, then who stands beside
    "said" in its sentence, then (``follow``) the speaker of the sentence before.
    """
    speech = doc._.speech
    around = [s for s in speech if s.start <= position < s.end and s.speaker is not None]
    counting = _counting_source(doc, position)
    if around:
        nearest = min(around, key=lambda s: (s.end - s.start, s.start))
        is_pronoun = nearest.speaker_span is not None and doc[nearest.speaker_span[0]].lower_ in _PRONOUNS
        # "the groups named four members who they said were killed": a named source beside a pronoun is surer.
        return (
            counting
            if is_pronoun and counting is not None and doc[nearest.cue].sent == doc[position].sent
            else nearest.speaker
        )
    if counting is not None:
        return counting
    finder = _finder(doc, position)
    if finder is not None:
        return finder
    beside = _adjacent_source(doc, position)
    if beside is not None:
        return beside
    sentence = doc[position].sent
    before = [s for s in speech if sentence.start <= s.cue < position and s.speaker is not None]
    if before:  # "..., the air force said; nobody was hurt"
        return before[-1].speaker if _after_semicolon(doc, before[-1].cue, position) else None
    return _source_before(doc, sentence) if follow else None


def _counting_source(doc: Doc, position: int) -> int | None:
    """Who puts, lists, names or confirms: the subject of the nearest counting verb on the left."""
    start = doc[position].sent.start
    for i in range(position - 1, max(start, position - _REACH) - 1, -1):
        token = doc[i]
        if token.text in {";", ":"} or token.lower_ in {"who", "which", "that"}:
            return None
        if token.lower_ in counting_verbs() and _is_verb(token) and not syntax.is_passive(token):
            for subject in deep.logical_subjects(token):
                for named in (subject, *syntax.appositions(subject)):  # "the army spokesman in the north, Lt. Kabuye"
                    if named.i in doc._.actor_at and named.i < i:
                        return doc._.actor_at[named.i]
            near = [j for j in range(max(start, i - 5), i) if j in doc._.actor_at]
            if near:
                return doc._.actor_at[near[-1]]
            own = [t for t in syntax.subjects(token) if t.i < i]  # a source that is no actor yet: "a military source put"
            return speakers.actor_of(doc, speakers.phrase_of(own[0])) if own else None
    return None


def _finder(doc: Doc, position: int) -> int | None:
    """Who found, received or examined the bodies that are counted."""
    verb = doc[position].head
    if doc[position].lower_ not in BODIES or verb.lemma_.lower() not in _FINDING or syntax.is_passive(verb):
        return None
    return next((doc._.actor_at[t.i] for t in deep.logical_subjects(verb) if t.i in doc._.actor_at), None)


def _is_verb(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBZ", "VBP", "VB", "VBN", "VBG", "NNS"}


def _adjacent_source(doc: Doc, position: int) -> int | None:
    """The actor right beside "said" in the sentence, where no stretch of speech was found around the claim."""
    for token in doc[position].sent:
        if token.lower_ not in _SAYING or any(s.cue == token.i for s in doc._.speech):
            continue
        marks = {t.text for t in doc[min(position, token.i) : max(position, token.i)]}
        goes_on = token.i < position and doc[token.i + 1].text == ";"  # "the agency reports; one person is dead"
        if marks & {'"', "“", "”", "("} or (";" in marks and not goes_on):
            continue
        beside = token.i - 1 if token.i - 1 in doc._.actor_at else token.i + 1
        trailing = token.i > position and any(t.text == "," for t in doc[max(position, token.i - 8) : token.i])
        if beside in doc._.actor_at and (trailing or token.i < position):
            return doc._.actor_at[beside]
    return None


def _after_semicolon(doc: Doc, cue: int, position: int) -> bool:
    """Whether only a semicolon parts a source from what follows it."""
    between = doc[cue + 1 : position]
    return any(t.text == ";" for t in between[:4]) and not any(t.text in {".", '"', "”"} for t in between)


def _source_before(doc: Doc, sentence: Span) -> int | None:
    """The source of the sentence before in the same paragraph: "the spokesman said. No one was injured"."""
    if sentence.start == 0 or any(sentence.start <= s.cue < sentence.end for s in doc._.speech):
        return None
    last = doc[sentence.start - 1]
    if "\n" in last.text or "\n" in last.whitespace_ or "\n" in doc[sentence.start].text:
        return None
    if any(time.start < sentence.end and sentence.start < time.end for time in doc._.times):
        return None  # a time of its own opens another story
    before = last.sent
    told = [s for s in doc._.speech if before.start <= s.cue < before.end and s.end <= s.cue]
    return told[-1].speaker if told and doc[told[-1].start].sent == before else None
