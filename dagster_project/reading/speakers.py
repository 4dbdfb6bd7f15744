"""Who speaks: from the subject of a verb of saying to an actor of the document.

A person named beside an office wins ("Army spokesman Colonel Tanko Lawal"); who speaks for a body without a name stands
for the body ("a State Department spokesman", "the communique"); a source that is no actor yet becomes a described one.

Belongs here: choosing the actor of a speaker's phrase. Does not belong: finding the phrase's verb (``speech.py``),
pronouns (``coreference.py`` has resolved them in ``doc._.actor_at``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, syntax
from dagster_project.reading.coreference import bodies
from dagster_project.reading.types import Actor, ActorType
from dagster_project.reading.victims import people_nouns
from dagster_project.reading.vocabulary import triggers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
# Who speaks for a body, and the papers it speaks through.
VOICES = frozenset(
    [
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "spokespeople",
        "spokesmen",
        "representative",
        "spokespersons",
        "voice",
        "office",
        "bureau",
        "mouthpiece",
        "press",
        "caller",
        "delegate",
    ]
)
PAPERS = frozenset(
    [
        "statement",
        "communique",
        "communiqué",
        "bulletin",
        "message",
        "letter",
        "release",
        "declaration",
        "announcement",
        "tweet",
        "post",
        "report",
        "note",
        "website",
        "broadcast",
        "dispatch",
        "leaflet",
        "document",
        "video",
        "recording",
        "channel",
        "account",
        "indictment",
        "decree",
        "law",
        "resolution",
        "text",
        "banner",
        "sign",
        "placard",
        "flyer",
        "pamphlet",
    ]
)
MEMBERS = frozenset(["member", "volunteer", "staff", "leader", "leadership", "delegation"])
_SOURCES = frozenset(["source", "sources", "official", "officials"])
_OWNERSHIP = frozenset({"of", "for", "from", "by", "with", "at", "in"})
_BREAKS = frozenset({",", ";", ":", "(", ")", "—", "–", "--", '"', "“", "”"})
_CLAUSE_OPENERS = frozenset(
    {"who", "which", "whose", "whom", "that", "where", "with", "after", "while", "when", "through", "via"}
)
_MOST = 14  # tokens of a speaker's phrase
_FIRST_SECOND = frozenset({"i", "we", "you", "me", "us"})
_EXPLETIVE = frozenset({"it", "there", "this", "that", "these", "those", "what", "one", "which"})


class Phrase:
    """A speaker as written: tokens ``start:end`` and its head."""

    __slots__ = ("end", "head", "start")

    def __init__(self, start: int, end: int, head: Token) -> None:
        self.start, self.end, self.head = start, end, head


def after_the_stop(verb: Token) -> Phrase | None:
    """A speaker that a page defect set behind the full stop: "..., said Monday. State Secretary Antony Blinken."."""
    doc, sent = verb.doc, verb.sent
    if verb.tag_ not in {"VBD", "VBZ"} or sent.end >= len(doc):
        return None
    tail = [t for t in doc[verb.i + 1 : sent.end] if not t.is_punct and not t.is_space]
    if any(t.ent_type_ not in {"DATE", "TIME"} and t.pos_ != "ADV" for t in tail):
        return None
    words = [t for t in doc[sent.end].sent if not t.is_punct and not t.is_space]
    if not 0 < len(words) <= 7 or not all(t.text[:1].isupper() for t in words):
        return None
    at = doc._.actor_at
    named = [t for t in words if t.i in at and doc._.actors[at[t.i]].actor_type == "person"]
    return Phrase(words[0].i, words[-1].i + 1, named[-1]) if named else None


def subject_before(verb: Token) -> Phrase | None:
    """The speaker's phrase that stands before a verb in its clause; None if there is none."""
    doc = verb.doc
    left = verb.sent.start
    end = verb.i
    while end > left and (
        doc[end - 1].pos_ in {"ADV", "AUX", "PART"}
        or _is_time(doc[end - 1])
        or doc[end - 1].lower_ in {"on", "however", "also"}
    ):
        end -= 1
    candidates = [t for t in syntax.subjects(verb) if t.i < verb.i and not _is_time(t)]
    if not candidates:  # "lawmakers briefed by the service said": a reduced relative that the tree takes for a clause
        reduced = [t for t in verb.children if t.i < verb.i and t.tag_ == "VBN" and not syntax.auxiliaries(t)]
        candidates = [t for clause in reduced for t in syntax.passive_subjects(clause) if not _is_time(t)]
        if candidates and not any(t.is_punct for t in doc[candidates[-1].i : verb.i]):
            return _surface_phrase(candidates[-1], left, candidates[-1].i + 1)
        candidates = []
    own = [t for t in candidates if t.dep_ not in syntax.CONJUNCT]  # the first of several that speak together
    tree = own[-1] if own else None
    if tree is not None and not any(doc[i].text == "," for i in range(tree.i + 1, end)):
        return _with_name(_surface_phrase(_past_preposition(tree, left), left, end), left)
    if tree is not None and doc[end - 1].text in {",", ")"}:
        return _with_aside(_surface_phrase(tree, left, end), end)
    near = _noun_at_end(doc, left, end)
    if near is not None and (tree is None or (near.pos_ != "PRON" and not _reaches(tree, near, verb))):
        phrase = _surface_phrase(_past_preposition(near, left), left, end)
        if name_after(doc, phrase.end) == end - 1 and doc[end - 1].text == ",":
            return _with_aside(phrase, end)
        return _with_name(phrase, left)
    return _phrase(tree, left, end) if tree is not None else None


def subject_after(verb: Token) -> Phrase | None:
    """The speaker's phrase that follows an inverted verb: "said Kirby", "warned Tory MP Harriet Lyle"."""
    doc = verb.doc
    right = verb.sent.end
    start = verb.i + 1
    while start < right and (_is_time(doc[start]) or doc[start].pos_ == "ADV" or doc[start].lower_ == "on"):
        start += 1
    end = start
    while end < right and end - start < _MOST:
        token = doc[end]
        if (
            token.text in _BREAKS
            or token.pos_ in {"ADP", "SCONJ", "VERB", "AUX"}
            or token.is_space
            or token.text in {".", "!", "?"}
        ):
            break
        end += 1
    heads = [t for t in doc[start:end] if t.pos_ in NOMINAL]
    if not heads:
        return None
    head = heads[-1]
    if head.lower_ in {"it", "him", "them", "us", "me", "her"} and head.tag_ == "PRP" and head.lower_ not in {"it"}:
        return None
    while end < right and end - start < _MOST and doc[end].lower_ in {"of", "for", "from", "at"}:  # "a member of the team"
        end += 1
        while (
            end < right
            and end - start < _MOST
            and doc[end].pos_ in {"NOUN", "PROPN", "ADJ", "DET", "PART", "NUM"}
            and doc[end].text not in _BREAKS
        ):
            end += 1
    return Phrase(start, max(end, name_after(doc, end)), head)  # "said the hospital's director, Dr. Ana Ruiz"


def shared_subject(verb: Token) -> Phrase | None:
    """The subject a verb has from the verb above it: conjuncts, participles, infinitives, relative clauses."""
    if verb.tag_ == "VB" and verb.head.pos_ == "ADJ":  # "have been quick to condemn"
        upper = verb.head
        for _ in range(3):
            heads = [*syntax.subjects(upper), *syntax.passive_subjects(upper)]
            if heads:
                return _phrase(deep.resolve(heads[0]), heads[0].sent.start, heads[0].sent.end)
            upper = upper.head
    found = deep.logical_subjects(verb)
    at, actors = verb.doc._.actor_at, verb.doc._.actors
    named = [t for t in found if t.i in at and actors[at[t.i]].actor_type == "person" and t.pos_ == "PROPN"]
    beside = [t for t in named if found[0].i < t.i <= found[0].i + 3]  # "Military spokesman Brigadier Sunil Wijeratne"
    for token in beside or found:
        if token.pos_ in NOMINAL or token.pos_ in {"DET", "NUM", "ADJ"}:
            return _phrase(token, token.sent.start, token.sent.end)
    return None


def name_after(doc: Doc, comma: int) -> int:
    """End of the person's name that a comma sets after an office: "their spokesman, Colonel Azzedine Bernou"; else 0."""
    if comma >= len(doc) or doc[comma].text != ",":
        return 0
    at, actors = doc._.actor_at, doc._.actors
    i = comma + 1
    while i < len(doc) and i not in at and doc[i].tag_ == "NNP" and i - comma < 4:
        i += 1
    number = at.get(i) if i < len(doc) else None
    if number is None or actors[number].actor_type != "person" or doc[i].pos_ != "PROPN":
        return 0
    while i < len(doc) and at.get(i) == number:
        i += 1
    return i


def is_nobody(phrase: Phrase) -> bool:
    """ "No group", "nobody", "neither side": nobody said it."""
    words = {phrase.head.lower_, phrase.head.doc[phrase.start].lower_}
    return bool(words & {"no", "nobody", "none", "neither", "nothing"})


def phrase_of(head: Token) -> Phrase:
    """The phrase of a noun, with what is apposed to it."""
    return _phrase(head, head.sent.start, head.sent.end)


def actor_of(doc: Doc, phrase: Phrase, *, may_describe: bool = True) -> int | None:
    """The actor a speaker's phrase means: index into ``doc._.actors``, which a source not known yet joins."""
    at: dict[int, int] = doc._.actor_at
    actors: list[Actor] = doc._.actors
    head = phrase.head
    if head.lower_ in _FIRST_SECOND:
        return None
    own = at.get(head.i)
    if own is not None and actors[own].actor_type == "person" and not actors[own].is_generic:
        return own
    person = _person_within(doc, phrase)
    if person is not None:
        return person
    if own is not None and (actors[own].is_generic or head.pos_ == "NOUN"):
        aside = _name_in_aside(doc, phrase)
        own = own if aside is None else aside
    word = head.lemma_.lower()
    if word == "side" and own is None:  # "the Armenian side"
        sides = [at[t.i] for t in syntax.premodifiers(head) if t.i in at]
        if sides:
            return sides[-1]
    if word in VOICES | PAPERS | MEMBERS or (word in _SOURCES and own is None):
        body = _body_of(doc, phrase)
        if body is not None:
            return body
    if word in PAPERS and own is None and may_describe:  # "a defence ministry statement"
        issuers = [t for t in syntax.premodifiers(head) if t.pos_ == "NOUN" and t.lower_ in bodies()]
        if issuers:
            return _describe(doc, _phrase(issuers[-1], phrase.start, phrase.end))
    if own is not None:
        _give_body(doc, phrase, own)
        return own
    if head.pos_ == "PRON" or head.lower_ in _EXPLETIVE:
        return None
    own_words = [
        at[i] for i in range(phrase.start, head.i) if i in at and not _is_owner(doc, i)
    ]  # "the Jaime Martinez front, a wing of the EMC"
    if not own_words and head.pos_ == "NOUN" and head.lower_ in bodies() - PAPERS and may_describe:
        return _describe(doc, phrase)  # "the press committee of South Ossetia"
    inside = own_words or [at[i] for i in range(phrase.start, phrase.end) if i in at and doc[i].pos_ != "PRON"]
    may_stand = head.pos_ == "PROPN" or (word not in VOICES | PAPERS | _SOURCES)
    if inside and may_stand and (head.pos_ == "PROPN" or actors[inside[-1]].actor_type not in {"state", "civilians"}):
        return inside[-1]
    is_noun = head.tag_.startswith("NN") or head.pos_ in {"NOUN", "PROPN"} or doc[head.i - 1].pos_ == "DET"
    if may_describe and is_noun and word not in PAPERS and _may_speak(head):
        return _describe(doc, phrase)
    return inside[-1] if inside else None


def _is_owner(doc: Doc, i: int) -> bool:
    """ "his party", "their federation": whose it is, not who it is; "its navy" is the state's own."""
    actor = doc._.actors[doc._.actor_at[i]]
    return doc[i].tag_ == "PRP$" and (actor.actor_type == "person" or actor.is_generic)


def _may_speak(head: Token) -> bool:
    """Whether an unknown source can be one: "the comments", "the latest strike" and "the nuclear (talks)" say nothing."""
    if head.pos_ == "ADJ":
        return head.lower_ in bodies() or head.lower_ in people_nouns()  # "the military", "the wounded"
    found = nouns.classes(head)
    is_act = any(trigger.pos == "noun" for trigger in triggers().get(head.lower_, ()))
    return found != {"abstract"} and ("person" in found or not is_act)


def _person_within(doc: Doc, phrase: Phrase) -> int | None:
    """The person named in a speaker's phrase: beside the office, or in an aside that opens with the name."""
    at, actors = doc._.actor_at, doc._.actors
    i = phrase.start
    in_aside = False
    while i < phrase.end:
        number = at.get(i)
        if doc[i].text in {",", "("}:
            in_aside = False
        elif doc[i].lower_ in _CLAUSE_OPENERS or (doc[i].pos_ == "VERB" and i > phrase.head.i):
            in_aside = doc[i].lower_ not in {"through", "via"}  # a clause or phrase: its persons are others
        if (
            number is None
            or actors[number].actor_type != "person"
            or actors[number].is_generic
            or doc[i].pos_ == "PRON"
            or in_aside
        ):
            i += 1
            continue
        start = i
        while i < phrase.end and at.get(i) == number:
            i += 1
        before = doc[start - 1].lower_ if start > phrase.start else ""
        owns = i < len(doc) and doc[i].tag_ == "POS"
        by_voice = any(t.lower_ in {"through", "via"} for t in doc[phrase.start : start])
        if owns or before == "to" or (before in _OWNERSHIP and not by_voice):
            continue
        return number
    return None


def _name_in_aside(doc: Doc, phrase: Phrase) -> int | None:
    """ "The information directorate, DIRPA, rejects": the name that an aside gives to what was described."""
    at, actors = doc._.actor_at, doc._.actors
    first = next((i + 1 for i in range(phrase.head.i + 1, phrase.end) if doc[i].text in {",", "("}), None)
    if first is None or first not in at or doc[first].pos_ != "PROPN" or actors[at[first]].is_generic:
        return None
    last = first
    while last < len(doc) and at.get(last) == at[first]:
        last += 1
    return at[first] if last < len(doc) and doc[last].text in {",", ")"} else None


def _body_of(doc: Doc, phrase: Phrase) -> int | None:
    """The body behind a voice: the compound or owner before it, else what "of", "for" or "at" names after it."""
    at, actors = doc._.actor_at, doc._.actors
    before = list(range(phrase.head.i - 1, phrase.start - 1, -1))
    after = [t.i for prep, t in syntax.prepositional(phrase.head) if prep in {"of", "for", "from", "at", "with"}]
    speaking = [
        t for t in phrase.head.children if t.dep_ in syntax.PARTICIPIAL and t.lemma_.lower() in {"speak", "call", "act"}
    ]
    after += [t.i for clause in speaking for t in clause.subtree]  # "a caller speaking in the name of ETA"
    for i in [*before, *after, *range(phrase.head.i + 1, phrase.end)]:
        number = at.get(i)
        if number is not None and actors[number].actor_type not in {"person", "civilians"}:
            return number
    return None


def _give_body(doc: Doc, phrase: Phrase, number: int) -> None:
    """Whose the described one is: "Tokyo's chief cabinet secretary"."""
    actor: Actor = doc._.actors[number]
    body = _body_of(doc, phrase) if actor.is_generic and actor.parent is None and phrase.head.tag_ == "NN" else None
    if body is not None and body != number and actor.country_iso3 is None and actor.parent_reference_id is None:
        actor.parent, actor.country_iso3 = body, doc._.actors[body].country_iso3


def _describe(doc: Doc, phrase: Phrase) -> int:
    """A new described actor for a source, or the one of the same words."""
    end = next((i for i in range(phrase.head.i + 1, phrase.end) if doc[i].text in _BREAKS), phrase.end)
    words = [t for t in doc[phrase.start : end] if t.pos_ != "DET" and not t.is_space]
    while words and (words[-1].pos_ == "PUNCT" or words[-1].text in _BREAKS):
        words.pop()
    name = " ".join(t.text for t in words) or phrase.head.text
    actors: list[Actor] = doc._.actors
    word = phrase.head.lower_
    same = (
        n
        for n, a in enumerate(actors)
        if a.is_generic
        and (a.name.lower() == name.lower() or (word in {"source", "sources"} and a.name.split()[-1].lower() == word))
    )
    number = next(same, len(actors))
    if number == len(actors):
        is_named = phrase.head.pos_ == "PROPN"
        actor_type: ActorType = "person" if is_named and phrase.head.ent_type_ == "PERSON" else "other"
        body = _body_of(doc, phrase) if not is_named else None  # "Tokyo's chief cabinet secretary"
        country = actors[body].country_iso3 if body is not None else None
        actors.append(Actor(name, actor_type, country_iso3=country, parent=body, is_generic=not is_named, confidence=0.5))
    actors[number].spans.append((phrase.start, phrase.end))
    if name not in actors[number].aliases:
        actors[number].aliases.append(name)
    for i in range(phrase.start, phrase.end):
        doc._.actor_at.setdefault(i, number)
    return number


def _phrase(head: Token, left: int, right: int) -> Phrase:
    span = syntax.noun_phrase(head)
    start, end = max(span.start, left), min(span.end, right)
    for apposed in syntax.appositions(head):
        end = max(end, min(syntax.noun_phrase(apposed).end, right))
    is_of_place = head.head.i in head.doc._.place_at  # "in Stepanakert, the city's ombudsman, X, said"
    if head.dep_ in syntax.APPOSITION and head.head.i < head.i and head.i - head.head.i < _MOST and not is_of_place:
        start = min(start, max(syntax.noun_phrase(head.head).start, left))
    start = max(start, head.i - _MOST)
    while start < head.i and head.doc[start].pos_ == "ADP":
        start += 1
    while start < head.i and (head.doc[start].is_punct or head.doc[start].is_space):
        start += 1
    return Phrase(start, max(end, head.i + 1), head)


def _noun_at_end(doc: Doc, left: int, end: int) -> Token | None:
    """The nominal that ends just before ``end``, past a parenthesis, an apposition or a relative clause."""
    i = end - 1
    if i > left and doc[i].text == ",":  # past an aside: "Pastor, reached in Cartagena, called on"
        opening = next((j for j in range(i - 1, left, -1) if doc[j].text == ","), None)
        if opening is not None and (doc[opening - 1].pos_ in NOMINAL or opening - 1 in doc._.actor_at):
            return doc[opening - 1]
    while i >= left and doc[i].text in {",", ")"} and end - i <= 2:
        i -= 1
    if i >= left and (doc[i].pos_ in NOMINAL or i in doc._.actor_at):
        return doc[i]
    if i > left and doc[i].pos_ == "ADJ" and doc[i - 1].pos_ == "DET":  # "the military claims"
        return doc[i]
    return None


def _past_preposition(noun: Token, left: int) -> Token:
    """ "shepherds at Hualla say": the noun that a phrase before the verb hangs on."""
    if syntax.preposition_of(noun) not in {"at", "in", "of", "from", "for", "near", "with"}:
        return noun
    upper = syntax.governor(noun)
    is_near = left <= upper.i < noun.i <= upper.i + 5 and upper.tag_.startswith("NN")
    if is_near and not any(t.text in _BREAKS for t in noun.doc[upper.i : noun.i]):
        return upper
    return noun


def _surface_phrase(head: Token, left: int, right: int) -> Phrase:
    phrase = _phrase(head, left, right)
    doc, start = head.doc, phrase.start
    while (
        start > left
        and doc[start].tag_ != "PRP$"
        and (doc[start - 1].pos_ in {"PROPN", "NOUN", "ADJ", "DET", "NUM"} or doc[start - 1].tag_ == "PRP$")
        and head.i - start < 8
    ):
        start -= 1
    return Phrase(start, phrase.end, head)


def _with_aside(phrase: Phrase, end: int) -> Phrase:
    """ "A spokesman for the army, Colonel Jean Dupont, denied": the aside before the verb belongs to the subject."""
    doc = phrase.head.doc
    aside = doc[phrase.end : end]
    if len(aside) and len(aside) < 30 and not any(t.text == ";" for t in aside):
        return Phrase(phrase.start, end, phrase.head)
    return phrase


def _with_name(phrase: Phrase, left: int) -> Phrase:
    """ "John Kirby, Pentagon press secretary said": the name before an office whose second comma is missing."""
    doc, at = phrase.head.doc, phrase.head.doc._.actor_at
    comma = phrase.start - 1
    if comma <= left or doc[comma].text != "," or doc[comma - 1].pos_ != "PROPN" or comma - 1 not in at:
        return phrase
    number, start = at[comma - 1], comma - 1
    while start > left and at.get(start - 1) == number:
        start -= 1
    opens = start == left or doc[start - 1].text in {",", ";", ":"} or doc[start - 1].is_space
    is_person = doc._.actors[number].actor_type == "person" and doc[comma - 1].pos_ != "PRON"
    return Phrase(start, phrase.end, doc[comma - 1]) if opens and is_person else phrase


def _reaches(tree: Token, near: Token, verb: Token) -> bool:
    """Whether a nearer noun belongs to the subject that the tree names: inside an apposition or a modifier of it."""
    return any(t.i == tree.i for t in near.ancestors if t.i < verb.i)


def _is_time(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"} or token.lower_ in {"today", "yesterday", "tonight", "earlier", "later"}
