"""What kind of act somebody's words are: a threat, a demand, a refusal, a charge, a promise, or plain comment.

Belongs here: reading a category off reported or quoted words, with ``seeds/reference/statement_words.csv``. Does not
belong: acts that a verb of saying names itself ("condemned"), acts without words (``statement_acts.py``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dagster_project.reading import syntax
from dagster_project.reading.mood import clause_verbs, mood_of, subjects
from dagster_project.reading.verb_lemmas import forms_of
from dagster_project.reference import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FIRST = frozenset({"i", "we", "us"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_PEACEFUL = frozenset({"igo", "civilians", "media", "company"})
_BODIES = frozenset({"state", "government", "military", "armed_group", "igo", "person"})
_SIDE = frozenset({"state", "government", "military", "person"})
PRIORITY = ("THREATEN", "REQUEST", "REJECT", "ACCUSE", "AGREE", "SUPPORT", "STATEMENT")


@cache
def words(word_class: str) -> frozenset[str]:
    """Lemmas of one class of statement_words.csv; ValueError if there is no such class."""
    found = frozenset(row["lemma"] for row in table("statement_words") if row["word_class"] == word_class)
    if not found:
        raise ValueError(f"statement_words.csv has no class {word_class!r}")
    return found


def category_of(doc: Doc, start: int, end: int, speaker: int | None) -> str:
    """The PLOVER category of the words in tokens ``start:end``, STATEMENT where they are plain comment."""
    found = {_of_clause(doc, verb, speaker) for verb in clause_verbs(doc, start, end) if not _is_thought(verb, start, end)}
    if _accuses(doc, start, end):
        found.add("ACCUSE")
    return next((c for c in PRIORITY if c in found), "STATEMENT")


_TOLD = frozenset(
    {"accusation", "account", "allegation", "charge", "claim", "figure", "report", "story", "suggestion", "version"}
)


def of_label(doc: Doc, start: int, end: int) -> str:
    """The category of a name given to something: "mindless criminals", "proportional and necessary"."""
    lemmas = {t.lemma_.lower() for t in doc[start:end]}
    labelled = next((t.lemma_.lower() for t in doc[start:end] if t.pos_ == "NOUN"), "")
    if labelled in _TOLD and lemmas & words("untrue"):
        return "REJECT"  # "called the report a lie"
    if lemmas & words("accuse") or lemmas & words("blame"):
        return "ACCUSE"
    return "SUPPORT" if lemmas & words("praise") else "STATEMENT"


@cache
def _forms() -> dict[str, str]:
    return forms_of(row["lemma"] for row in table("statement_words"))


def _lemma(token: Token) -> str:
    return (_forms().get(token.lower_) if token.tag_.startswith("VB") else None) or token.lemma_.lower()


def _of_clause(doc: Doc, verb: Token, speaker: int | None) -> str:
    mood = mood_of(verb)
    lemmas = _lemmas(verb)
    own = _is_own(doc, mood.governor if not subjects(verb) else verb, speaker)
    own_verb = _lemma(verb)
    threatens = speaker is None or doc._.actors[speaker].actor_type not in _PEACEFUL
    if mood.kind == "future" and threatens:
        if mood.negated and (own_verb in words("persist") or lemmas & words("spare")):
            return "THREATEN"
        if not mood.negated and own is not False and (own_verb in words("violence") or lemmas & words("consequence")):
            return "THREATEN"
        if not mood.negated and lemmas & words("consequence"):
            return "THREATEN"
    is_aside = verb.dep_ in syntax.RELATIVE
    if mood.kind == "due" and own is None and _is_named_body(doc, verb, speaker):
        own = False  # "Hamas must release the hostages", whoever says it
    if mood.kind == "due" and not is_aside and own is False and (mood.negated or own_verb not in {"be", "have"}):
        return "REQUEST"
    asks = own_verb in words("request") and mood.kind == "actual" and not mood.negated
    if asks and any(t.lower_ in _FIRST for t in subjects(verb)):
        return "REQUEST"
    if mood.negated and own is not False and mood.kind in {"future", "possible"} and own_verb in words("refuse"):
        return "REJECT"
    if mood.kind == "future" and not mood.negated and own_verb in words("help") and _is_body(doc, verb, own):
        return "AGREE"
    if own_verb in words("support") and mood.kind == "actual" and own is True and not mood.negated:
        return "SUPPORT"
    return "STATEMENT"


def _lemmas(verb: Token) -> set[str]:
    """The verb's lemma and those of its objects, complements and adjuncts of the same clause."""
    found = {_lemma(verb)}
    for child in verb.children:
        if child.dep_ in {"xcomp", "acomp", "advmod", "obj", "dobj", "obl", "attr"} or child.dep_.startswith("obl"):
            found.add(child.lemma_.lower())
            found.update(t.lemma_.lower() for t in child.children if t.dep_ in {"xcomp", "amod", "acomp", "obj", "dobj"})
        elif child.dep_ == "prep":
            found.update(t.lemma_.lower() for t in child.children)
    return found


def _is_own(doc: Doc, verb: Token, speaker: int | None) -> bool | None:
    """Whether the clause is about the speaker or his side: True, False, or None where the text does not tell."""
    heads = subjects(verb)
    if not heads:
        return None
    head = heads[0]
    if head.lower_ in _FIRST:
        return True
    if head.lower_ == "you":
        return False
    actor = doc._.actor_at.get(head.i)
    if actor is None or speaker is None:
        return None
    if actor == speaker or (head.lower_ in _PRONOUNS and actor == speaker):
        return True
    other, me = doc._.actors[actor], doc._.actors[speaker]
    if other.parent == speaker or me.parent == actor:
        return True
    if other.reference_id and other.reference_id == me.parent_reference_id:
        return True
    if me.reference_id and me.reference_id == other.parent_reference_id:
        return True
    if other.actor_type in _SIDE and me.actor_type in _SIDE and other.country_iso3 and me.country_iso3 == other.country_iso3:
        return True
    if me.actor_type in {"person", "other"} and me.country_iso3 is None and me.parent is None:
        return None  # nobody told us whose side he is on
    return False if other.actor_type in _BODIES else None


def _is_body(doc: Doc, verb: Token, own: bool | None) -> bool:
    if own:
        return True
    heads = subjects(verb)
    actor = doc._.actor_at.get(heads[0].i) if heads else None
    return actor is not None and doc._.actors[actor].actor_type in _BODIES


def _is_named_body(doc: Doc, verb: Token, speaker: int | None) -> bool:
    heads = subjects(verb)
    actor = doc._.actor_at.get(heads[0].i) if heads else None
    if actor is None or actor == speaker or heads[0].pos_ == "PRON":
        return False
    found = doc._.actors[actor]
    return found.actor_type in {"state", "armed_group", "government", "igo"} and not found.is_generic


def _is_thought(verb: Token, start: int, end: int) -> bool:
    """Whether the clause is only what a third party believes: "they believe the US should lift sanctions"."""
    return any(
        start <= a.i < end and a.lemma_.lower() in {"believe", "think", "say", "want", "hope"} and a.i != verb.i
        for a in verb.ancestors
        if a.tag_.startswith("VB")
    )


def _accuses(doc: Doc, start: int, end: int) -> bool:
    tokens = doc[start:end]
    lemmas = [_lemma(t) for t in tokens]
    if words("accuse") & set(lemmas):
        return True
    if any(lemmas[n] in words("atrocity") and _is_charge(t) for n, t in enumerate(tokens)):
        return True
    for n, token in enumerate(tokens):
        lemma = lemmas[n]
        if lemma == "hold" and {"responsible", "accountable"} & set(lemmas[n : n + 8]):
            return True
        if lemma == "responsible" and n + 1 < len(tokens) and lemmas[n + 1] == "for":
            return True
        if lemma == "wrong" and n + 1 < len(tokens) and lemmas[n + 1] in {"direction", "path", "to"}:
            return True
        if (
            lemma == "civilian"
            and _is_harmed(token)
            and any(w in {"strike", "attack", "raid", "bombing", "shelling"} for w in lemmas)
        ):
            return True
        if lemma in {"victim", "victims"} and any(
            prep == "of" and t.i in doc._.actor_at for prep, t in syntax.prepositional(token)
        ):
            return True
    return False


def _is_charge(token: Token) -> bool:
    """Whether "murder", "massacre" is what somebody is said to do, not the name of an event: "they murdered", "it was murder"."""
    if token.tag_.startswith("VB"):
        return not any(t.lower_ in _FIRST for t in subjects(token))
    return any(t.dep_ == "cop" for t in token.children)


def _is_harmed(token: Token) -> bool:
    return token.head.lemma_.lower() in {"kill", "injure", "wound", "hurt", "target"} and token.head.tag_.startswith("VB")
