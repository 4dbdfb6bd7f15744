"""Component ``parse_repairs``: trees that the parser builds wrongly in the commonest clauses of news, put right.

Belongs here: local repairs of tags and arcs that hold whatever the words mean. Does not belong: anything about conflict.

- A past taken for a participle: "A car bomb killed five people, police said" read as a bomb (killed ...) that said. A
  reduced relative is passive and has no object of its own, so a past with an object is the verb of its clause.
- A full sentence without any verb: "An IED detonated at Baga." read as a noun after a participle.
- A past with an object, deep in the subject: "Groups aligned with X in a statement named four members."
- The particle of a hyphenated noun: "passers-by".
- A participle of having, taken for one of the act: "attacks on facilities used by troops".
- A nationality before a noun taken for a part of its name: "a Russian Iskander missile".
- "The US holds Iran responsible for it": the adjective is said of the object.
- A present of a headline taken for a plural: "Car bomb kills five" read as kills of a car bomb.
- A second subject in an aside: "The soldiers — A, B and C — were killed", "The front, a wing of the rebels, claimed it".
- The subject of a verb taken for that of an aside: "His widow, speaking to state television, blamed the Brotherhood",
  "Residents, reached by telephone, described fighters in the streets".
- A past that looks like its infinitive: "The army put the toll at 12", "a shell hit the market".
- A conjunct with a preposition of its own: "from militias who attack our forces and from the rebels".
- A list after a noun with a complement: "damaged the exchange of the district, a hotel, a shop and a site"; what an
  aside in commas parts from its noun: "killed X, leader of the party, and Y".
- An inverted passive: "Also injured was a vendor"; a noun with its participle: "resulted in one person wounded".
- A name in brackets after a name: "the ELN [Army of National Liberation]"; the name of who acts: "Front [FMLN] commandos".
- One kind of persons before their names: "Jesuits X, Y and Z".
- A place that is a "who": "the militias in Iraq and Syria who attack them".
- Who a "who" is, after what is theirs: "the banner of Luis Galan, who was killed".
- What a claim says, after who makes it: "the claim of the army that rebels fired first".
- What goes on with what is told: "Residents say a drone fired on a taxi, and all on board perished".
- Two who do one thing: "the ministry and witnesses said".
- Who tells after what is told: "The toll has reached 36, informed the district officer".
- What tells beside what is told: "Soldiers stopped them, a doctor told us, and fired", "Insurgents storm town, dozens feared dead".
- The second verb of a relative clause, after a noun with a copula: "was the answer to an attack that killed two and injured one".
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

from itertools import chain, takewhile
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import arcs, nouns, syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Passives that keep an object: "the man given the order", "a town called Calamar", "a road named Route 5".
_TWO_OBJECTS = frozenset(
    "given awarded offered paid sent shown told named called dubbed nicknamed considered elected appointed made left deemed "
    "declared asked taught granted denied owed handed assigned allotted titled entitled codenamed christened labelled labeled "
    "termed styled designated found rated fined refused lent".split()
)
_ANSWERABLE = frozenset({"responsible", "accountable", "liable"})
_HOLDING = frozenset("hold holds held holding consider considers considered deem deems deemed".split())
# Said of things that people have, never of what befalls them.
_POSSESSED = frozenset("used manned operated occupied controlled owned guarded".split())
_PARTICLES = frozenset("by up on down out in off".split())  # "passers-by", "runners-up"
_LOOSE = frozenset({"advcl", "advcl:relcl", "ccomp", "parataxis", "dep"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_GROUNDS = frozenset("valley region province district area city town village camp state county suburb".split())
_TELLING = frozenset("said says told reported added announced claimed recalled".split())
_REPORTS = frozenset({"reports", "claims", "states", "estimates"})  # as verbs
_TOLLS = frozenset("feared dead killed injured wounded hurt missing".split())
_ANSWERS = frozenset("retaliation response reprisal revenge return turn protest addition".split())
_CLAIMS = frozenset("claim claims allegation allegations assertion assertions accusation accusations contention".split())
_ACTS = frozenset("death arrest murder loss disappearance massacre".split())
_OF_ACTS = ("ing", "tion", "sion")
_HURT = frozenset({"wounded", "injured"})  # "300 wounded civilians"
_BRACKETS = {"(": ")", "[": "]"}
_DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
_NEVER_PASSIVE = frozenset(
    "conferred replied insisted argued talked responded reacted arrived travelled traveled appeared".split()
)
# Pasts that look like their infinitives.
_UNCHANGED = frozenset("put hit cut set shut hurt let cost shed split spread quit burst cast slit thrust bid".split())
# Reported to somebody, whom a passive leaves as its subject: "the man informed that".
_TO_SOMEBODY = frozenset("informed warned assured convinced notified reminded persuaded reassured".split())
_VERBAL_PLACES = frozenset({"ccomp", "parataxis", "conj", "advcl"})


@Language.component("parse_repairs")
def parse_repairs(doc: Doc) -> Doc:
    """Rewrites heads, labels and tags where a repair applies; boundaries of sentences stay."""
    arcs.straighten(doc)
    for sentence in doc.sents:
        _give_verb(sentence)
        _lead_past_phrase(sentence.root)
        _free_from_remark(sentence)
        _free_subject(sentence)
        _enclose_asides(sentence)
    for name in doc.ents:
        _explain(name)
    for token in doc:
        if token.tag_ in {"VBN", "VBD"} and token.dep_ in syntax.PARTICIPIAL:
            if token.lower_ in _POSSESSED:
                _lower_to_thing(token)
            _raise_past(token)
        elif token.tag_ in {"VBD", "VBZ"} and token.dep_ in syntax.CONJUNCT:
            _share_relative(token)
            _pass_aside(token)
            _go_on_telling(token)
        elif token.tag_ == "VBN" and token.dep_ in _LOOSE and token.head.i > token.i and _invert(token):
            continue
        elif token.tag_ == "VBN" and token.dep_ in syntax.CONJUNCT and syntax.auxiliaries(token):
            _pass_aside(token)
        elif token.dep_ == "ccomp" and token.head.lower_ in _TOLLS and token.i < token.head.i:
            _head_headline(token)
        elif token.tag_ == "VBD" and token.i and token.nbor(-1).text == "," and _saying_told(token) is not None:
            _tell_afterwards(token)
        elif token.tag_ == "VBN" and token.lower_ in _NEVER_PASSIVE and not syntax.auxiliaries(token):
            _tell_active(token)
        elif token.tag_ == "VBN" and token.dep_ in {"obl", "obj"}:
            _describe_patient(token)
        elif token.tag_ == "VBN" and token.dep_ in {"advcl", "xcomp"}:
            _act(token)
            _describe_patient(token)
        elif token.tag_ == "VBG" and token.dep_ == "advcl":
            _free_from_aside(token)
        elif token.tag_ == "VBN" and token.dep_.lower() == "root" and token.i and token.nbor(-1).text == ",":
            _lead_past_aside(token)
        elif token.tag_ in {"VB", "VBP"} and token.lower_ in _UNCHANGED:
            _tell_past(token)
        elif token.dep_ == "compound" and token.lower_ in _ANSWERS and token.i and token.nbor(-1).lower_ == "in":
            _set_apart(token)
        elif token.lower_ in _PARTICLES and token.i > token.sent.start + 1 and token.nbor(-1).text == "-":
            noun = token.nbor(-2)
            is_aside = token.head.i < noun.i or (token.head == noun and token.dep_ != "advmod")
            if not noun.whitespace_ and is_aside and not token.is_ancestor(noun):
                token.head, token.dep_ = noun, "advmod"
                token.tag_, token.pos_ = "RP", "ADP"
        elif token.ent_type_ == "NORP" and token.dep_ == "compound" and token.i < token.head.i:
            _describe(token)
        elif token.dep_ == "amod" and token.lower_ in _ANSWERABLE:
            _hold_responsible(token)
        elif token.lower_ == "who" and token.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS:
            _tell_of_people(token)
        elif token.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS and any(t.dep_ == "cc" for t in token.lefts):
            _join_subjects(token)
        elif token.lower_ == "that" and token.dep_ in {*syntax.OBJECTS, "mark"} and token.head.dep_ in syntax.RELATIVE:
            _say_claim(token)
        elif token.dep_ in syntax.CONJUNCT and token.pos_ in {"NOUN", "PROPN"}:
            _list(token)
            _share_preposition(token)
            _pass_apposition(token)
            _tell_beside(token)
        elif token.dep_ in syntax.APPOSITION and token.pos_ in {"NOUN", "PROPN"}:
            _list(token)
            _tell_beside(token)
        elif token.tag_ == "JJ" and token.dep_ == "amod" and token.lower_ in _HURT:
            token.tag_ = "VBN"
        elif token.tag_ in {"NNS", "NNPS"} and token.pos_ in {"NOUN", "PROPN"}:
            _read_present(token)
            _report(token)
    return doc


def _raise_past(verb: Token) -> None:
    noun = verb.head
    if (
        noun.i >= verb.i
        or noun.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"}
        or verb.lower_ in _TWO_OBJECTS
        or syntax.auxiliaries(verb)
        or (syntax.agents(verb) and verb.lower_ not in _NEVER_PASSIVE)
        or not (
            any(t.dep_ in {"obj", "dobj"} for t in verb.children if t.i > verb.i)
            or _reports_that(verb)
            or verb.lower_ in _NEVER_PASSIVE
        )
        or (
            any(t.is_punct and t.text not in {'"', "-"} for t in noun.doc[noun.i + 1 : verb.i])
            and not _is_past_aside(noun, verb)
        )
    ):
        return
    upper, place = noun.head, noun.dep_
    if place in syntax.SUBJECTS:
        # Two subjects of one verb: the first has lost its own.
        if upper.i < verb.i or not any(t.i > verb.i for t in syntax.subjects(upper) if t != noun):
            return
        place = "ccomp"
    elif place.lower() != "root" and not (place in _VERBAL_PLACES and upper.pos_ in {"VERB", "AUX"}):
        return
    later = [t for t in noun.children if t.i > verb.i]
    verb.head = verb if place.lower() == "root" else upper
    verb.dep_ = place
    noun.head, noun.dep_ = verb, "nsubj"
    for child in later:
        child.head = verb
    verb.tag_, verb.pos_ = "VBD", "VERB"


def _reports_that(verb: Token) -> bool:
    """ "... insisted on the contrary that he was on his way"."""
    clauses = (t for t in verb.children if t.i > verb.i and t.dep_ in {"ccomp", "advcl"})
    return verb.lower_ not in _TO_SOMEBODY and any(t.lower_ == "that" for c in clauses for t in syntax.markers(c))


def _is_past_aside(noun: Token, verb: Token) -> bool:
    """Whether nothing but one aside in commas parts a noun from a verb: "Its spokesman, Yusuf Daud, blamed them"."""
    marks = [t for t in noun.doc[noun.i + 1 : verb.i] if t.is_punct]
    return [t.text for t in marks] == [",", ","] and marks[-1].i == verb.i - 1 and noun.dep_.lower() == "root"


def _free_from_aside(participle: Token) -> None:
    verb = participle.head
    own = [t for t in syntax.subjects(participle) if t.i < participle.i]
    if verb.i < participle.i or not own or syntax.subjects(verb) or participle.nbor(-1).text != ",":
        return
    if verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.nbor(-1).text == ",":
        noun = own[-1]
        noun.head, noun.dep_ = verb, "nsubj"
        participle.head, participle.dep_ = noun, "acl"


def _lead_past_aside(participle: Token) -> None:
    own = [t for t in [*syntax.subjects(participle), *syntax.passive_subjects(participle)] if t.i < participle.i]
    main = next(
        (
            t
            for t in participle.children
            if t.tag_ == "VBD" and t.dep_ in _LOOSE | {"conj"} and t.nbor(-1).text == "," and not syntax.subjects(t)
        ),
        None,
    )
    if main is None or main.i < participle.i or not own or syntax.auxiliaries(participle):
        return
    noun = own[-1]
    main.head, main.dep_ = main, "ROOT"
    noun.head, noun.dep_ = main, "nsubj"
    participle.head, participle.dep_ = noun, "acl"


def _tell_past(verb: Token) -> None:
    if verb.dep_.lower() not in {"root", "conj", "parataxis"} or not syntax.subjects(verb) or syntax.auxiliaries(verb):
        return
    if verb.dep_ == "conj" and verb.head.tag_ not in {"VBD", "VBZ"}:
        return
    if verb.tag_ == "VBP" and not any(t.tag_ in {"NN", "NNP"} for t in syntax.subjects(verb)):
        return
    if not any(t.lower_ == "to" for t in verb.lefts):
        verb.tag_ = "VBD"


def _tell_active(verb: Token) -> None:
    """ "The minister conferred by telephone with him": what has no passive has a subject of its own."""
    for child in verb.children:
        if child.dep_ in syntax.PASSIVE_SUBJECTS:
            child.dep_ = "nsubj"
            verb.tag_ = "VBD"
        elif child.dep_ == "obl:agent":
            child.dep_ = "obl"


def _free_subject(sentence: Span) -> None:
    """ "Groups aligned with X in a statement named four members.": a past with an object, deep in a subject without verb."""
    root = sentence.root
    ends = next((t.text for t in reversed(list(sentence)) if not t.is_space), "")
    if ends != "." or root.pos_ not in {"NOUN", "PROPN"} or any(t.dep_ == "cop" for t in root.children):
        return
    for verb in sentence:
        if (
            verb.tag_ in {"VBN", "VBD"}
            and verb.dep_ in syntax.PARTICIPIAL
            and verb.head != root
            and any(above.dep_ in syntax.PARTICIPIAL and above.head == root for above in verb.ancestors)
            and not syntax.auxiliaries(verb)
            and not syntax.agents(verb)
            and any(t.dep_ in syntax.OBJECTS and t.i > verb.i for t in verb.children)
        ):
            later = [t for t in (*verb.head.children, *root.children) if t.i > verb.i]
            verb.head, verb.dep_ = verb, "ROOT"
            root.head, root.dep_ = verb, "nsubj"
            for child in later:
                child.head = (
                    next(t for t in verb.children if t.dep_ in syntax.OBJECTS) if child.dep_ == "acl:relcl" else verb
                )
            verb.tag_, verb.pos_ = "VBD", "VERB"
            return


def _free_from_remark(sentence: Span) -> None:
    """ "Groups aligned with X named four members of the faction they said were killed.": what they said of the faction is no
    sentence of its own, and the groups do not belong to it.
    """
    remark = sentence.root
    told = next((t for t in remark.children if t.dep_ == "ccomp" and t.i > remark.i), None)
    speakers = [t for t in syntax.subjects(remark) if t.pos_ == "PRON" and t.i == remark.i - 1]
    if told is None or not speakers or speakers[0].i == sentence.start:
        return
    noun = speakers[0].nbor(-1)
    subject = next((t for t in told.lefts if t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS and t.i < remark.i), None)
    if subject is None or subject.i > noun.i or noun.pos_ != "NOUN":
        return
    for verb in sentence.doc[subject.i + 1 : noun.i]:
        is_past = verb.tag_ in {"VBN", "VBD"} and verb.dep_ in syntax.PARTICIPIAL and not syntax.auxiliaries(verb)
        if is_past and verb.is_ancestor(noun) and any(t.i > verb.i for t in syntax.objects(verb)):
            verb.head, verb.dep_ = verb, "ROOT"
            verb.tag_, verb.pos_ = "VBD", "VERB"
            subject.head, subject.dep_ = verb, "nsubj"
            remark.head, remark.dep_ = noun, "acl:relcl"
            return


def _enclose_asides(sentence: Span) -> None:
    """ "The soldiers — A, B and C — were killed", "the front, a wing of the rebels, claimed it": an aside names the subject."""
    for verb in sentence:
        found = [t for t in verb.children if t.i < verb.i and t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS]
        if found and found[0].nbor(1).text in _DASHES:
            _name_in_dashes(found[0], verb)
        if len(found) < 2 or found[0].pos_ not in {"NOUN", "PROPN"}:
            continue
        if found[1].ent_type_ == "PERSON" and found[1].left_edge.i == found[0].i + 1:
            _name_members(found[0], found[1])
            continue
        if _is_name_of_who_acts(found[0], found[1]):
            found[0].head, found[0].dep_ = found[1], "compound"
            continue
        following = found[0].i + 1
        opening = following if sentence.doc[following].text in _DASHES else found[0].right_edge.i + 1
        marks = _DASHES if sentence.doc[opening].text in _DASHES else {","} & {sentence.doc[opening].text}
        closing = [t.i for t in sentence.doc[found[-1].i + 1 : verb.i] if t.text in marks]
        apposed = marks != {","} or sentence.doc[opening + 1].pos_ == "DET"
        if closing and apposed and opening <= found[1].left_edge.i:
            for name in found[1:]:
                name.head, name.dep_ = found[0], "appos"


def _name_in_dashes(noun: Token, verb: Token) -> None:
    """ "The soldiers — A, 46; and B, 23 — were killed": B goes with A, not with the soldiers."""
    closing = next((t.i for t in noun.doc[noun.i + 2 : verb.i] if t.text in _DASHES), noun.i)
    named = next((t for t in noun.children if t.dep_ in syntax.APPOSITION and noun.i < t.i < closing), None)
    for other in [t for t in noun.children if t.dep_ in syntax.CONJUNCT and t.i < closing]:
        if named is not None and other.i > named.i:
            other.head = named


def _is_name_of_who_acts(name: Token, noun: Token) -> bool:
    """ "Liberation Front [FMLN] urban commandos destroyed": right before a noun without article."""
    if name.ent_type_ not in {"ARMED_GROUP", "ORG"} or noun.left_edge.i != name.right_edge.i + 1:
        return False
    return not noun.left_edge.is_punct and not any(t.dep_ == "det" for t in noun.lefts)


def _explain(name: Span) -> None:
    """ "The ELN [Army of National Liberation]": a name in brackets right after a name is the same once more."""
    doc = name.doc
    if name.start < 2 or name.end >= len(doc) or doc[name.start - 1].text not in _BRACKETS:
        return
    if doc[name.end].text != _BRACKETS[doc[name.start - 1].text]:
        return
    first = next((e for e in doc.ents if e.end == name.start - 1 and e.label_ == name.label_), None)
    if first is not None and name.root.dep_ in syntax.CONJUNCT | syntax.APPOSITION and not name.root.is_ancestor(first.root):
        name.root.head, name.root.dep_ = first.root, "appos"


def _name_members(kind: Token, name: Token) -> None:
    """ "Jesuits Ignacio Ellacuria, Segundo Montes and Juan Moreno were killed": one kind of persons before their names."""
    for child in [t for t in kind.children if t.i > name.i]:
        child.head = name
        if child.dep_ in syntax.APPOSITION and child.ent_type_ == "PERSON":
            child.dep_ = "conj"
    kind.head, kind.dep_ = name, "nmod:desc"


def _pass_aside(verb: Token) -> None:
    """ "Soldiers stopped them, a doctor told us, and fired twice": who is told of goes on, not who tells."""
    aside = verb.head
    if aside.lower_ not in _TELLING or any(t.dep_ in syntax.SUBJECTS for t in verb.children):
        return
    told = [aside.head] if aside.dep_ == "parataxis" else [t for t in aside.children if t.dep_ == "ccomp"]
    for above in told:
        opens = any(t.text == "," for t in verb.doc[above.i : aside.i])
        closes = any(t.text == "," for t in verb.doc[aside.i : verb.i])
        if above.i < aside.i < verb.i and opens and closes and above.tag_ == verb.tag_:
            verb.head = above


def _saying_told(verb: Token) -> Token | None:
    """The clause before a past that should be its subject's: it has none of its own."""
    told = next((t for t in verb.children if t.dep_ == "ccomp" and t.i < verb.i), None)
    return (
        told
        if told is not None and not any(t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS for t in told.children)
        else None
    )


def _tell_afterwards(verb: Token) -> None:
    """ "The toll has reached 36, informed the district officer": the toll has reached it, and the officer tells."""
    told = _saying_told(verb)
    owned = [t for t in verb.children if told is not None and t.dep_ in syntax.SUBJECTS and t.i < told.i]
    teller = [t for t in verb.children if t.dep_ in syntax.OBJECTS and t.i > verb.i]
    if told is not None and len(owned) == 1 and len(teller) == 1:
        owned[0].head = told
        teller[0].dep_ = "nsubj"


def _go_on_telling(verb: Token) -> None:
    """ "Residents say a drone fired on a taxi, and all on board perished": a past after a present goes on with what is told."""
    teller = verb.head
    told = [t for t in teller.children if t.dep_ == "ccomp" and teller.i < t.i < verb.i]
    has_subject = any(t.dep_ in syntax.SUBJECTS for t in verb.children)
    if told and has_subject and verb.tag_ == "VBD" and teller.tag_ in {"VBZ", "VBP"}:
        verb.head = told[-1]


def _join_subjects(noun: Token) -> None:
    """ "The ministry and witnesses said": what "and" joins to a subject right before it."""
    first = next((t for t in noun.head.children if t.dep_ == noun.dep_ and t.right_edge.i + 1 == noun.left_edge.i), None)
    if first is not None and noun.doc[noun.left_edge.i].dep_ == "cc":
        noun.head, noun.dep_ = first, "conj"


def _head_headline(verb: Token) -> None:
    """ "Insurgents storm town, dozens feared dead": the storm is told beside the dead, not feared."""
    toll = verb.head
    if any(t.text == "," for t in verb.doc[verb.i : toll.i]) and any(verb.i < t.i for t in syntax.subjects(toll)):
        verb.head, verb.dep_ = (toll.head, toll.dep_) if toll.head != toll else (verb, "ROOT")
        toll.head, toll.dep_ = verb, "parataxis"


def _act(verb: Token) -> None:
    """ "When fighters attacked from the east, raiding two banks": who goes on to raid is no victim."""
    passive = [t for t in verb.children if t.dep_ in syntax.PASSIVE_SUBJECTS]
    goes_on = any(t.tag_ == "VBG" and t.dep_ == "advcl" and t.i > verb.i for t in verb.children)
    if verb.dep_ == "advcl" and passive and goes_on and not syntax.auxiliaries(verb) and not syntax.agents(verb):
        for subject in passive:
            subject.dep_ = "nsubj"
        verb.tag_, verb.pos_ = "VBD", "VERB"


def _set_apart(answer: Token) -> None:
    """ "In retaliation youths burned a house": the retaliation is no part of the youths."""
    noun = answer.head
    preposition = answer.nbor(-1)
    if noun.i == answer.i + 1 and noun.dep_ in syntax.SUBJECTS and noun.tag_ in {"NNS", "NNPS"}:
        answer.head, answer.dep_ = noun.head, "obl"
        preposition.head, preposition.dep_ = answer, "case"


def _share_preposition(noun: Token) -> None:
    """ "From militias who attack our forces and from the rebels": a conjunct goes with the noun of its preposition."""
    own = syntax.preposition_of(noun)
    upper = noun.head
    if not own or upper.i > noun.i or syntax.preposition_of(upper) == own:
        return
    is_object = upper.dep_ in syntax.OBJECTS
    if not is_object and upper.pos_ != "VERB" and not upper.dep_.startswith("nmod"):
        return
    for above in upper.ancestors:
        if above.i < noun.i and above.pos_ != "VERB" and syntax.preposition_of(above) == own:
            noun.head = above
            return
    verb = upper.head if is_object else upper
    if verb.pos_ != "VERB":
        return
    # "Destroyed posts in La Libertad, in the centre, and in Usulutan"
    before = [t for t in noun.doc[verb.i + 1 : noun.i] if t.dep_.startswith("obl") and syntax.preposition_of(t) == own]
    if before and not noun.is_ancestor(before[0]):
        noun.head, noun.dep_ = before[0], "conj"


def _tell_beside(noun: Token) -> None:
    """ "The death of one soldier, the arrest of 120 people and the destruction of five buses": acts stand beside acts."""
    whole = noun.head
    act = whole.head
    if (
        whole.dep_ != "nmod"
        or syntax.preposition_of(whole) != "of"
        or not (_is_definite_act(noun) and _is_definite_act(act))
    ):
        return
    noun.head, noun.dep_ = act, "conj"


def _is_definite_act(noun: Token) -> bool:
    has_article = any(t.lower_ == "the" for t in noun.lefts)
    has_complement = any(t.dep_ == "nmod" and t.i > noun.i and syntax.preposition_of(t) == "of" for t in noun.children)
    return has_article and has_complement and noun.tag_ == "NN" and (noun.lower_ in _ACTS or noun.lower_.endswith(_OF_ACTS))


def _pass_apposition(noun: Token) -> None:
    """ "Killed Hector Oqueli, leader of the party, and Gilda Flores": what the aside closes before stands beside the name."""
    doc = noun.doc
    if noun.ent_type_ != "PERSON" or syntax.preposition_of(noun):
        return
    joint = next((t for t in noun.lefts if t.dep_ == "cc"), None)
    if joint is None:  # the words before the name hang elsewhere
        joint = next((t for t in reversed(doc[noun.head.i : noun.i]) if t.dep_ == "cc"), None)
    if joint is None or doc[joint.i - 1].text != ",":
        return
    if any(t.dep_ in syntax.CONJUNCT and t.i < noun.i for t in noun.head.children):
        return  # "leader of A, B, and C"
    aside = next((t for t in (noun.head, *noun.head.ancestors) if t.dep_ in syntax.APPOSITION), None)
    if aside is None or aside.i > noun.i or aside.head.ent_type_ != "PERSON" or aside.head.i > aside.i:
        return
    opens = any(t.text == "," for t in (aside.left_edge, doc[aside.left_edge.i - 1]))
    if opens and aside.ent_type_ != "PERSON":
        noun.head = aside.head


def _list(noun: Token) -> None:
    """ "Damaged the exchange of the district, a hotel, two shops and a site": a list goes on with the thing, not its complement."""
    whole = noun.head
    thing = whole.head
    if whole.dep_ != "nmod" or thing.dep_ not in syntax.OBJECTS or thing.i > whole.i or whole.ent_type_ == "PERSON":
        return
    later = [t for t in whole.children if t.dep_ in syntax.CONJUNCT and t.i > noun.i]
    if any(t.dep_ in syntax.CONJUNCT and whole.i < t.i < noun.i for t in thing.children):
        noun.head, noun.dep_ = thing, "conj"  # the list has gone on with the thing already
        return
    if len(later) < 2 or not any(t.lower_ in {"a", "an"} for t in noun.lefts):
        return
    for item in (noun, *later):
        item.head, item.dep_ = thing, "conj"


def _invert(verb: Token) -> bool:
    """ "Also injured was a street vendor": the passive comes before its subject."""
    noun = verb.head
    being = verb.nbor(1)
    if being.lower_ not in syntax.FORMS_OF_BE or being.head not in {verb, noun} or noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    if any(t.dep_ == "cop" for t in noun.children if t != being):
        return False
    if any(t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS for t in (*verb.children, *noun.children)):
        return False
    verb.head, verb.dep_ = (verb, "ROOT") if noun.head == noun else (noun.head, noun.dep_)
    noun.head, noun.dep_ = verb, "nsubj:pass"
    being.head, being.dep_ = verb, "aux:pass"
    return True


def _describe_patient(participle: Token) -> None:
    """ "It resulted in one person wounded": who is right before the participle is wounded, not what resulted."""
    noun = participle.nbor(-1) if participle.i > participle.sent.start else None
    if noun is not None and noun.head == participle and noun.dep_ == "compound" and noun.pos_ == "NOUN":
        noun.head, noun.dep_ = participle.head, participle.dep_
        for other in [t for t in participle.children if t.i < noun.i or t.dep_ in syntax.CONJUNCT]:
            other.head = noun
        participle.head, participle.dep_ = noun, "acl"
        return
    if noun is None or noun.head != participle.head or not noun.dep_.startswith("obl") or noun.pos_ != "NOUN":
        return
    if syntax.auxiliaries(participle) or syntax.passive_subjects(participle):
        return
    for marker in [t for t in participle.children if t.dep_ in {"mark", "case"} and t.i < noun.i]:
        marker.head, marker.dep_ = noun, "case"
        participle.head, participle.dep_ = noun, "acl"


def _share_relative(verb: Token) -> None:
    """ "Was the answer to an attack that killed two and injured one": the attack did both."""
    upper = verb.head
    if upper.pos_ == "VERB" or upper.i > verb.i or not any(t.dep_ == "cop" for t in upper.children):
        return
    if any(t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS for t in verb.children):
        return
    told = [t for t in upper.subtree if t.i < verb.i and t.dep_ in syntax.RELATIVE and t.tag_ == verb.tag_]
    if told and not any(t.text == "," for t in verb.doc[told[-1].i : verb.i]):
        verb.head = told[-1]


def _tell_of_people(who: Token) -> None:
    """ "The militias in Iraq and Syria who attack them": a "who" clause tells of the people before it, not of a place."""
    verb = who.head
    person = _person_before(who)
    if person is not None and verb.dep_ in syntax.RELATIVE and verb.head.pos_ == "NOUN" and verb.head != person:
        if syntax.preposition_of(person) == "of" and "human" not in nouns.lexical_classes(verb.head):
            verb.head = person
        return
    if not (verb.dep_ in _LOOSE or (verb.dep_ in syntax.RELATIVE and verb.head.ent_type_ in _PLACES)):
        return
    before = who.nbor(-1) if who.i > who.sent.start else None
    if before is None or before.pos_ not in {"NOUN", "PROPN"}:
        return
    by_tree = takewhile(_is_noun, (before, *before.ancestors))
    by_order = takewhile(
        lambda t: _is_noun(t) or t.pos_ in {"ADP", "DET", "CCONJ"}, reversed(who.doc[who.sent.start : who.i])
    )
    for noun in chain(by_tree, filter(_is_noun, by_order)):
        if noun.ent_type_ not in _PLACES and noun.lower_ not in _GROUNDS:
            verb.head, verb.dep_ = noun, "acl:relcl"
            return


def _say_claim(that: Token) -> None:
    """ "The claim of the army that rebels fired first": an army is a "which", so this is what is claimed."""
    verb = that.head
    maker = verb.head
    claim = maker.head
    if claim.lower_ not in _CLAIMS or not any(t.i > that.i for t in syntax.subjects(verb)):
        return
    is_maker = maker.ent_type_ in {"ORG", "ARMED_GROUP"} or nouns.lexical_classes(maker) & {"human", "group"}
    if syntax.preposition_of(maker) in {"of", "by"} and is_maker:
        verb.head, verb.dep_ = claim, "acl"
        that.dep_, that.tag_, that.pos_ = "mark", "IN", "SCONJ"


def _person_before(who: Token) -> Token | None:
    """The head of the name right before "who": "the banner of Luis Galan, who was killed"."""
    if who.i - who.sent.start < 2:
        return None
    before = who.nbor(-1) if who.nbor(-1).text != "," else who.nbor(-2)
    if before.ent_type_ != "PERSON":
        return None
    while before.head.ent_type_ == "PERSON" and before.head.i < before.i:
        before = before.head
    return before


def _is_noun(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"}


def _lower_to_thing(participle: Token) -> None:
    """ "Attacks on facilities in Iraq used by troops": the facilities are used."""
    for preposition, noun in syntax.prepositional(participle.head):
        if preposition in {"on", "against", "at"} and noun.i < participle.i:
            participle.head = noun
            return


def _describe(nationality: Token) -> None:
    """ "A Russian Iskander missile": the nationality describes the missile, it is no part of its name."""
    noun = nationality.head
    while noun.dep_ == "compound" and noun.i < noun.head.i:
        noun = noun.head
    nationality.head, nationality.dep_ = noun, "amod"
    nationality.tag_, nationality.pos_ = "JJ", "ADJ"


def _hold_responsible(word: Token) -> None:
    """ "The US holds Iran responsible for it": the adjective tells of the object, it does not pick it out."""
    noun = word.head
    if word.i > noun.i and noun.dep_ in syntax.OBJECTS and noun.head.lower_ in _HOLDING:
        word.head, word.dep_ = noun.head, "xcomp"


def _read_present(token: Token) -> None:
    if token.dep_.lower() != "root" or token.i + 1 >= len(token.doc):
        return
    has_subject = any(t.dep_ in syntax.SUBJECTS and t.i < token.i for t in token.children)
    has_copula = any(t.dep_ == "cop" or t.dep_ in syntax.AUXILIARY for t in token.children)
    if not has_subject or has_copula or any(t.dep_ == "det" for t in token.children):
        return
    token.tag_, token.pos_ = "VBZ", "VERB"
    for child in token.children:
        if (
            child.i > token.i
            and child.dep_ in {"compound:prt", "compound", "appos"}
            and child.pos_ in {"NUM", "NOUN", "PROPN"}
        ):
            child.dep_ = "obj"


def _report(token: Token) -> None:
    """ "One man was killed, the state news agency reports.": what ends a clause after a comma tells it."""
    doc = token.doc
    beside = token.dep_ in {"parataxis", "conj", "dep"} and token.head.pos_ in {"VERB", "AUX", "ADJ"}
    if token.lower_ not in _REPORTS or not beside or token.i + 1 >= len(doc) or not doc[token.i + 1].is_punct:
        return
    inner = [t for t in token.children if t.i < token.i and not t.is_punct]
    if any(t.dep_ == "cc" for t in inner):
        return
    source = doc[token.i - 1]
    opening = token.left_edge.i if token.left_edge.is_punct else token.left_edge.i - 1
    if source not in inner or source.pos_ not in {"NOUN", "PROPN"} or opening < 0 or doc[opening].text != ",":
        return
    for child in inner:
        child.head = source
    source.head, source.dep_ = token, "nsubj"
    token.dep_ = "parataxis"
    token.tag_, token.pos_ = "VBZ", "VERB"


def _give_verb(sentence: Span) -> None:
    """Make the first past of a sentence its verb, where the sentence ends with a full stop and has no verb at all."""
    words = [t for t in sentence if not t.is_space]
    root = sentence.root
    if not words or words[-1].text != "." or root.pos_ not in {"NOUN", "PROPN"} or not words[0].text[:1].isupper():
        return
    if any(t.tag_ in {"VBZ", "VBP", "MD"} or (t.tag_ == "VBD" and t.dep_ != "amod") or t.dep_ == "cop" for t in words):
        return
    verb = next((t for t in words if t.tag_ in {"VBN", "VBD"} and t.head == root and t.dep_ in {"acl", "amod"}), None)
    if verb is None or verb.lower_ in _TWO_OBJECTS or syntax.auxiliaries(verb) or syntax.agents(verb):
        return
    before = verb.nbor(-1) if verb.i > sentence.start else None
    if before is None or before.pos_ not in {"NOUN", "PROPN"}:
        return
    following = verb.nbor(1)
    if verb.dep_ == "acl":
        # "Two soldiers killed in the attack." stays a fragment; "The army struck targets at X." does not.
        thing = next((t for t in root.children if t.i > verb.i and t.dep_ in {"appos", "obj", "nmod:unmarked"}), None)
        if thing is None or not following.text[:1].isalpha() or following.dep_ == "case":
            return
        noun, thing_label = root, "obj"
    elif verb.i < root.i:
        noun, thing = before, root
        thing_label = "advmod" if root.lower_.endswith("ly") else "obj"
    else:
        return
    _raise(verb, noun, root, thing, thing_label)


def _lead_past_phrase(root: Token) -> None:
    """ "Groups aligned with Iran in a statement named four members": a phrase between subject and verb read as the head of all."""
    participles = [t for t in root.children if t.dep_ == "acl" and t.tag_ in {"VBN", "VBD"} and not syntax.auxiliaries(t)]
    before = next((t for t in participles if t.i < root.i), None)
    verb = next((t for t in participles if t.i > root.i and syntax.objects(t)), None)
    if root.pos_ != "NOUN" or not syntax.preposition_of(root) or before is None or verb is None:
        return
    subject = next((t for t in before.children if t.dep_ in syntax.SUBJECTS and t.i < before.i), None)
    if subject is None:
        return
    verb.tag_, verb.head, verb.dep_ = "VBD", verb, "ROOT"
    subject.head, subject.dep_ = verb, "nsubj"
    before.head = subject
    root.head, root.dep_ = verb, "obl"


def _raise(verb: Token, noun: Token, root: Token, thing: Token, label: str) -> None:
    others = [t for t in root.children if t not in (verb, noun, thing)]
    verb.head, verb.dep_ = verb, "ROOT"
    noun.head, noun.dep_ = verb, "nsubj"
    thing.head, thing.dep_ = verb, label
    for child in others:
        if child.i < verb.i:
            child.head = noun if child != noun else verb
        elif child.i < thing.i or child.is_punct or root != thing:
            child.head = thing if child.i < thing.i else verb
    verb.tag_, verb.pos_ = "VBD", "VERB"
