"""Whether an event is told as a fact: actual, negated, hypothetical, future, threat or generic.

An attributed claim of fact is actual. A definite mention ("the attacks could risk ...") presupposes its event and is
actual whatever its clause says, if the document tells such an event anywhere as a fact; else it shares the fate of its clause.

Belongs here: modality, polarity and genericity of one mention. Does not belong: which incident a mention refers to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, syntax
from dagster_project.reading.compatibility import alike
from dagster_project.reading.counts import number_of
from dagster_project.reading.surroundings import governing_verb
from dagster_project.reading.types import Event, Realis
from dagster_project.reading.vocabulary import frames, realis_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TRANSPARENT = "transparent"
_PAST_ALIKE = {
    "hit",
    "set",
    "hurt",
    "beat",
    "shot",
    "struck",
    "blew",
    "tore",
    "killed",
    "wounded",
    "attacked",
    "fired",
    "burst",
    "cut",
}
_NOBODY = {"nobody", "none", "nothing", "neither"}
# Of what was held to have happened: "four are known to have died".
_HELD = frozenset(
    ["known", "believed", "thought", "confirmed", "reported", "said", "understood", "presumed", "found", "feared"]
)
_CAMPAIGNS = {"operations", "campaigns", "activities"}
_ANYBODY = {"anyone", "anybody", "whoever", "those", "someone", "everyone"}
_OF_THE_DEAD = {"grave", "graves", "coffin", "coffins", "casket", "caskets"}
_OUTLIVING = {"after", "following", "since", "because of", "in response to", "about", "over", "despite"}
_JUDGING = {
    "declared", "declaring", "declare", "denounce", "denounced", "denouncing", "renounce", "renounced", "reject", "rejected", "rejects", "condemn", "oppose", "opposes",
}  # fmt: skip


def realis_of(event: Event, doc: Doc) -> Realis:
    """Realis of one mention from its own clause and the clauses and nouns above it."""
    head = doc[event.trigger]
    verbal = event.extractor.startswith("verb:")
    found = _of_verb(head, event) if verbal else _of_noun(head, event)
    told_of_a_thing = verbal and tells_of_a_definite(head)
    if found == "actual" and _denied(event, doc) and not told_of_a_thing and (verbal or not event.is_definite):
        return "negated"
    return found


def tells_of_a_definite(verb: Token) -> bool:
    """ "Denied firing the rockets that killed six": who says which rockets does not deny what they did."""
    noun = syntax.relative_head(verb)
    return (
        noun is not None
        and verb.dep_ in syntax.RELATIVE
        and verb.tag_ in {"VBD", "VBN"}
        and any(t.lower_ in {"the", "these", "those"} for t in noun.lefts)
    )


def settle_definites(doc: Doc) -> None:
    """A definite mention in an irreal clause is actual only if the document told such an event before it."""
    told: list[Event] = []
    for event in doc._.events:
        head = doc[event.trigger]
        if event.is_definite and not event.is_generic_noun and event.realis == "actual" and not event.is_effect:
            planned = _is_planned(head)
            fate = _of_governors(head) if planned or _is_brought_about(head) else "actual"
            known = any(e.event_type == event.event_type if planned else alike(event.event_type, e.event_type) for e in told)
            if fate in {"future", "hypothetical", "threat"} and not known:
                event.realis = fate
        if event.realis == "actual" and not event.is_generic_noun:
            told.append(event)


_PLANNING = {"plan", "planning", "plans", "plot", "plotting", "plots", "prepare", "preparing", "prepares"}


def _is_planned(noun: Token) -> bool:
    """ "They met to plan the assassination of a mayor": unlike "the attack", it is not one told of under another name."""
    verb = governing_verb(noun)
    return verb is not None and verb.lower_ in _PLANNING


def _is_brought_about(noun: Token) -> bool:
    """Whether the clause speaks of the event's coming about, rather than of dealing with it ("investigate the killing")."""
    verb = governing_verb(noun)
    token = syntax.first_conjunct(noun)
    if verb is None:
        return token.dep_ in syntax.SUBJECTS
    return token.dep_ in syntax.SUBJECTS or any(
        f.role == "initiator" and f.event_slot == "object" for f in frames("verb").get(verb.lower_, ())
    )


def _denied(event: Event, doc: Doc) -> bool:
    return any(s.denies and s.start <= event.trigger < s.end for s in doc._.speech)


def _of_verb(verb: Token, event: Event) -> Realis:
    own = clause_realis(verb)
    if own != "actual":
        return own
    if _is_habit(verb, event) or _is_repute(verb) or _is_salute(verb):
        return "generic"
    return _from_above(verb)


def clause_realis(verb: Token) -> Realis:
    """Realis by what stands in a verb's own clause: negation, auxiliaries, subordinators, empty subjects."""
    doc = verb.doc
    words = [t for t in verb.children if t.i < verb.i]
    if (
        verb.dep_ == "conj"
        and verb.head.pos_ in {"VERB", "AUX"}
        and not any(t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS for t in verb.children)
    ):
        words += [t for t in syntax.auxiliaries(verb.head) if t.lower_ != "to"]  # "will attack and burn"
    auxiliaries = [t.lower_ for t in words if t.dep_ in syntax.AUXILIARY or t.tag_ == "MD"]
    perfect = any(a in {"have", "has", "had", "'ve"} for a in auxiliaries)
    for child in [*words, *(t for t in verb.children if t.i > verb.i and t.lower_ in {"not", "n't", "never"})]:
        if child.lower_ in {"not", "n't", "never", "no", "n’t", "neither", "nor"} or child.dep_ == "neg":
            following = doc[child.i + 1].lower_ if child.i + 1 < len(doc) else ""
            if following != "only":
                return "negated"
    for subject in [*syntax.subjects(verb), *syntax.passive_subjects(verb)]:
        if subject.lower_ in _NOBODY or any(t.lower_ in {"no", "neither"} for t in subject.lefts) or _is_no_one(subject):
            return "negated"
    for thing in syntax.objects(verb):
        if thing.lower_ in _NOBODY or any(t.lower_ == "no" for t in thing.lefts) or _is_no_one(thing):
            return "negated"
    for auxiliary in auxiliaries:
        cue = realis_cues("auxiliary").get(auxiliary)
        if cue:
            if perfect and auxiliary in {"may", "might", "must"}:
                return "hypothetical"
            return cue  # type: ignore[return-value]
    if (
        verb.lower_ == verb.text.lower()
        and verb.tag_ == "VB"
        and doc[max(verb.i - 2, 0) : verb.i].text.lower().endswith("going to")
    ):
        return "future"
    for marker in words:
        cue = realis_cues("subordinator").get(marker.lower_)
        if cue and marker.dep_ in {"mark", "advmod", "case", "cc"}:
            return cue  # type: ignore[return-value]
    return "actual"


def is_unclaimed(doc: Doc) -> bool:
    """ "No group has claimed responsibility": to name one all the same would be to accuse it."""
    return any(
        token.lower_ == "responsibility" and token.head.lower_.startswith("claim") and clause_realis(token.head) == "negated"
        for token in doc
    )


def _is_no_one(token: Token) -> bool:
    previous = token.nbor(-1).lower_ if token.i else ""
    return (token.lower_ == "one" and previous == "no") or token.lower_ in {"no-one"}


def _is_habit(verb: Token, event: Event) -> bool:
    """Simple present outside headlines: "drones kill civilians", "anyone who attacks us"."""
    title_end = verb.doc._.source.title_end
    if verb.idx < title_end or (event.is_effect and verb.tag_ == "VBD"):
        return False
    if any(s.lower_ in _ANYBODY for s in deep.logical_subjects(verb)) and verb.tag_ in {"VBZ", "VBP", "VB"}:
        return True
    if verb.tag_ not in {"VBZ", "VBP"} or syntax.auxiliaries(verb):
        return False
    if verb.tag_ == "VBP" and verb.lower_ in _PAST_ALIKE:
        return False  # "hit", "shot dead": taggers take such pasts for presents
    if any(t.ent_type_ == "DATE" and t.text.isdigit() for t in verb.sent) or _opens_with_day(verb):
        return False  # "May 25, 2013: rebels waylay a convoy": a line of a chronicle
    # A sentence in the present may be a headline within the page ("Rockets hit base, three killed"): names and dates
    # anchor it, bare plurals and pronouns do not.
    subjects = deep.logical_subjects(verb)
    return not any(t.pos_ == "PROPN" or t.ent_type_ for s in subjects for t in s.subtree)


def _is_salute(verb: Token) -> bool:
    """ "Fired a volley over a grave": shots that honour the dead."""
    phrases = [pair for word in [verb, *syntax.objects(verb)] for pair in syntax.prepositional(word)]
    return any(preposition == "over" and noun.lower_ in _OF_THE_DEAD for preposition, noun in phrases)


def _is_repute(verb: Token) -> bool:
    """ "Militias that have attacked convoys", "who are attacking our forces": what many are known for, at no time in particular."""
    doers = syntax.subjects(verb)
    if verb.dep_ not in syntax.RELATIVE or verb.head.tag_ not in {"NNS", "NNPS"} or not doers:
        return False
    present = any(t.tag_ == "VBP" for t in [verb, *syntax.auxiliaries(verb)])
    things = syntax.objects(verb)
    many = bool(things) and all(t.tag_ in {"NNS", "NNPS"} and number_of(t) is None for t in things)
    dated = any(t.ent_type_ in {"DATE", "TIME"} for t in verb.subtree)
    return present and many and not dated and all(syntax.is_relative_pronoun(t) for t in doers)


def _opens_with_day(verb: Token) -> bool:
    """Whether a date and a colon stand before a sentence that was cut off from them."""
    before = verb.sent.start - 1
    return before > 0 and verb.doc[before].text == ":" and verb.doc[before - 1].ent_type_ == "DATE"


def _from_above(token: Token, depth: int = 0) -> Realis:
    """Realis that the clauses above pass down to a verb that is actual by itself."""
    if depth > 6 or token.head == token:
        return "actual"
    upper = token.head
    if token.dep_ in syntax.RELATIVE:
        is_content = any(t.lower_ == "according" for left in token.lefts for t in left.subtree)
        if is_content and realis_cues("verb").get(upper.head.lower_) == "negated":
            return "negated"  # "denies the rumour according to which rebels had seized the post"
        return "actual"
    infinitive = any(t.lower_ == "to" and t.i < token.i for t in syntax.markers(token))
    infinitive &= not any(t.lower_ == "having" for t in syntax.auxiliaries(token))  # "admitted to having lost"
    meant = _before_infinitive(token) if infinitive else None
    if meant is not None:
        return meant
    gerund = token.tag_ == "VBG" or any(t.lower_ == "being" for t in syntax.auxiliaries(token))  # "from being shot"
    finite = token.tag_ in {"VBD", "VBZ", "VBP"} or (bool(syntax.auxiliaries(token)) and not infinitive)
    if token.dep_ == "conj":
        if upper.pos_ not in {"VERB", "AUX"}:
            return "actual"
        # "No group has claimed it, but rebels have carried out raids": what has its own subject is a clause of its own.
        own = any(t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS for t in token.children)
        if finite and (own or token.tag_ in {"VBD", "VBZ"}):  # nor does "does not say" reach a finite "but denies"
            return _from_above(upper, depth + 1) if upper.dep_ in {"ccomp", "advcl"} else "actual"
        return _inherit(upper, depth)
    if upper.pos_ in {"VERB", "AUX"} or upper.tag_.startswith("VB"):
        cue = realis_cues("verb").get(upper.lower_)
        if token.dep_ in {"ccomp", "xcomp", "parataxis", "ccomp:relcl"} or infinitive:
            negative = clause_realis(upper) == "negated"
            if infinitive and upper.lower_ in _HELD and _is_past_perfect(token):
                return "negated" if negative else _inherit(upper, depth)
            if infinitive:
                if cue == _TRANSPARENT or (upper.lower_ in frames("verb") and upper.lower_ in {"used", "use"}):
                    return "negated" if negative else _inherit(upper, depth)
                if token.dep_ in {"xcomp", "ccomp"} or token.dep_ == "advcl":
                    return cue or "hypothetical"  # type: ignore[return-value]
            if finite:
                if cue in {"threat", "future", "hypothetical", "negated"} and not _is_past_perfect(token):
                    if cue == "negated":
                        return "actual" if negative else "negated"
                    if token.tag_ == "VBD" and upper.lower_ in {"warned", "feared", "agreed", "predicted"}:
                        return "actual"
                    return cue  # type: ignore[return-value]
                return _from_above(upper, depth + 1)
            if gerund and token.dep_ in {"xcomp", "ccomp"}:
                if cue and cue != _TRANSPARENT:
                    return cue  # type: ignore[return-value]
                return _inherit(upper, depth)
        if token.dep_ == "advcl":
            markers = {t.lower_ for t in syntax.markers(token)} | {
                t.lower_ for t in token.children if t.i < token.i and t.dep_ in {"case", "advmod"}
            }
            if gerund and not syntax.subjects(token):
                if markers & {"from", "against"} and cue and cue != _TRANSPARENT:
                    return cue  # type: ignore[return-value]
                if markers & {"of", "for", "by", "after", "in", "since", "despite", "with"}:
                    if (
                        cue in {"hypothetical", "negated"}
                        and markers & {"of", "for"}
                        and upper.lower_ not in {"accused", "suspected"}
                    ):
                        return cue  # type: ignore[return-value]
                    if markers & {"after", "since", "for", "despite"}:
                        return "actual"
                return _inherit(upper, depth)
            if finite and token.tag_ in {"VBZ", "VBP"}:
                return _inherit(upper, depth)
            return "actual"
        if gerund:
            if cue and cue != _TRANSPARENT:
                return cue  # type: ignore[return-value]
            return _inherit(upper, depth)
        return "actual"
    if upper.pos_ in {"NOUN", "PROPN"}:
        cue = realis_cues("noun").get(upper.lower_)
        if cue == _TRANSPARENT:
            return _inherit(syntax.clause_root(upper), depth)
        if cue:
            return cue  # type: ignore[return-value]
        if infinitive:
            if upper.lower_ in {"attempt", "attempts", "campaign", "operation", "bid"}:
                return "actual"
            if upper.pos_ == "NOUN":
                return "hypothetical"
        return "actual"
    if upper.pos_ == "ADJ":
        return "hypothetical" if infinitive and not (upper.lower_ in _HELD and _is_past_perfect(token)) else "actual"
    return "actual"


def _before_infinitive(verb: Token) -> Realis | None:
    """ "Accused of plotting to bomb the office": the intent right before "to", wherever the tree hangs the infinitive."""
    to = next((t for t in syntax.markers(verb) if t.lower_ == "to"), None)
    before = to.nbor(-1) if to is not None and to.i > verb.sent.start else None
    if before is None or before == verb.head:
        return None
    cue = realis_cues("verb").get(before.lower_) if before.tag_ in {"VBG", "NN"} else None
    return cue if cue in {"hypothetical", "threat", "future"} else None  # type: ignore[return-value]


def _is_past_perfect(verb: Token) -> bool:
    return any(t.lower_ in {"had", "has", "have"} for t in syntax.auxiliaries(verb))


def _inherit(upper: Token, depth: int) -> Realis:
    own = clause_realis(upper)
    return own if own != "actual" else _from_above(upper, depth + 1)


def _of_noun(noun: Token, event: Event) -> Realis:
    for modifier in noun.lefts:
        cue = realis_cues("adjective").get(modifier.lower_) or realis_cues("determiner").get(modifier.lower_)
        if cue == "generic" and event.is_definite:
            continue
        if cue and cue != _TRANSPARENT:
            return cue  # type: ignore[return-value]
    if noun.lower_ in _CAMPAIGNS and syntax.possessors(noun) and not any(t.ent_type_ == "DATE" for t in noun.subtree):
        return "generic"  # "until Israel's military operations in Gaza end": a war, no attack of it
    if event.is_definite:
        return _of_order(noun, event)
    return _of_governors(noun)


def _of_order(noun: Token, event: Event) -> Realis:
    """ "A judge has ordered the arrest of two members": what is ordered is still to come, however definite."""
    verb = noun.head
    if event.event_type != "arrest" or noun.dep_ not in syntax.OBJECTS or verb.pos_ != "VERB":
        return "actual"
    cue = realis_cues("verb").get(verb.lower_)
    return cue if cue in {"hypothetical", "future"} else "actual"  # type: ignore[return-value]


def _of_governors(noun: Token) -> Realis:
    """Realis that nouns, adjectives and verbs above a nominal give it."""
    token = noun
    for _ in range(5):
        token = syntax.first_conjunct(token)
        upper = syntax.governor(token)
        if upper == token:
            return "actual"
        if upper.pos_ in {"VERB", "AUX"} or upper.tag_.startswith("VB"):
            return _of_argument(token, upper, noun)
        if upper.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}:
            if token.dep_ in syntax.SUBJECTS:
                return _copular(upper, noun)  # "attacks on civilians are war crimes"
            cue = realis_cues("noun").get(upper.lower_)
            if upper.lower_ in {
                "end",
                "halt",
                "case",
                "event",
                "order",
                "call",
                "alert",
                "right",
                "power",
                "option",
                "exercise",
                "chance",
            } and syntax.preposition_of(token) not in {"to", "of", "for", "against"}:
                cue = None
            if cue and cue != _TRANSPARENT:
                return cue  # type: ignore[return-value]
            if any(t.lower_ in {"no", "any"} for t in upper.lefts) and upper.lower_ in nouns.TRANSPARENT:
                return "negated"
            token = upper
            continue
        if upper.pos_ == "ADJ":
            if upper.lower_ in {"capable", "prepared", "ready", "vulnerable", "afraid", "likely", "possible", "imminent"}:
                return "hypothetical"
            verb = syntax.clause_root(upper)
            return _inherit(verb, 0) if verb != upper else _copular(upper, noun)
        return "actual"
    return "actual"


def _copular(predicate: Token, noun: Token) -> Realis:
    own = clause_realis(predicate)
    if own != "actual":
        return own
    return "generic" if _is_bare_plural(noun) and any(t.lower_ in {"is", "are"} for t in predicate.children) else "actual"


def _of_argument(token: Token, verb: Token, noun: Token) -> Realis:
    """Realis of an indefinite nominal that is an argument of a verb."""
    cue = realis_cues("verb").get(verb.lower_)
    preposition = syntax.preposition_of(token)
    is_object = token.dep_ in syntax.OBJECTS | syntax.PASSIVE_SUBJECTS
    if cue and cue not in {_TRANSPARENT}:
        if verb.lower_ in {"called", "call", "calls", "calling"} and preposition != "for":
            cue = None
        elif verb.lower_ == "aimed" and token.dep_ in syntax.PASSIVE_SUBJECTS:
            cue = None  # "the attack was aimed at the depot"
        elif verb.lower_.startswith("order") and is_object:
            cue = None  # "ordering the second strike": an order carried out, unless its clause says otherwise
        elif (
            verb.lower_.startswith("suspect")
            or (not is_object and preposition not in {"of", "from", "against", "for", "about", "with", "out", "on", ""})
            or token.dep_ in syntax.SUBJECTS
            or (preposition == "on" and verb.lower_ not in {"plan", "planned", "planning"})
            or (
                verb.lower_ in {"ended", "ends", "ending", "stopped", "halted", "repelled", "ceased"}
                and verb.tag_ in {"VBD", "VBN"}
            )
            or (preposition == "with" and verb.lower_.startswith(("threat", "fight", "combat")) is False)
        ):
            cue = None
        if cue:
            return cue  # type: ignore[return-value]
    if preposition in {"in case of", "without", "in the event of"}:
        return "hypothetical"
    found = _inherit(verb, 0)
    # An adjunct outlives its clause's polarity: "will testify about an attack in 1989", "did not die in an attack".
    adjunct = not is_object and token.dep_ not in syntax.SUBJECTS
    if adjunct and found in {"negated", "future"} and preposition in _OUTLIVING:
        return "actual"
    if found == "actual" and (_is_generic_statement(noun, verb) or (verb.lower_ in _JUDGING and _is_bare_plural(noun))):
        return "generic"
    return found


def _is_bare_plural(noun: Token) -> bool:
    return noun.tag_ in {"NNS", "NNPS"} and not any(
        t.dep_ == "det" or t.pos_ in {"NUM", "DET"} or t.ent_type_ for left in noun.lefts for t in left.subtree
    )


def _is_generic_statement(noun: Token, verb: Token) -> bool:
    """ "Attacks on civilians are war crimes": bare plural, simple present, nothing that anchors it in time."""
    if verb.idx < verb.doc._.source.title_end:
        return False
    if verb.tag_ not in {"VBZ", "VBP"} or syntax.auxiliaries(verb) or verb.lower_ in {"have", "has"}:
        return False
    if any(t.pos_ == "PROPN" or t.ent_type_ for s in deep.logical_subjects(verb) if s != noun for t in s.subtree):
        return False  # a headline within the page: "United States conducts airstrikes"
    return _is_bare_plural(noun)
