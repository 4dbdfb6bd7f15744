"""The cues of speech in a document: verbs of saying with their subject, "according to", "the claim that".

Belongs here: which words present others as somebody's, and the phrase of their source. Does not belong: the words they
present (``speech_words.py``), the vocabulary (``saying.py``), the actor behind the phrase (``speakers.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dagster_project.reading import deep, speakers, syntax, titles
from dagster_project.reading.issuer import named_issuer
from dagster_project.reading.offices import office_before
from dagster_project.reading.saying import Saying, is_said, saying_of, sayings
from dagster_project.reading.speech_page import FINITE, Page

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR = 12  # tokens between a verb and "that"
_FIRST_PERSON = frozenset({"i", "we"})
SPOKEN_ACTS = frozenset({"request", "order", "threaten", "promise", "accuse", "support", "refuse", "deny"})
_CLAIMS = frozenset({"accusation", "account", "allegation", "charge", "claim", "demand", "figure", "idea", "offer", "proposal", "report", "suggestion", "version"})  # fmt: skip
_COUNTS = frozenset(
    {
        "count",
        "counts",
        "tally",
        "account",
        "accounts",
        "estimate",
        "estimates",
        "reckoning",
        "admission",
        "figure",
        "figures",
    }
)
_RECORDS = frozenset({"records", "data", "list", "lists", "register", "registers", "statistics"})
_KEPT_BACK = frozenset(
    [
        "comment",
        "say",
        "discuss",
        "elaborate",
        "identify",
        "name",
        "disclose",
        "specify",
        "reveal",
        "answer",
        "respond",
        "be",
        "speculate",
        "give",
        "provide",
        "speak",
    ]
)


@dataclass(slots=True)
class Cue:
    """One word or phrase that presents words: its source's phrase, ``Kirby said`` as a whole, and the words it is given."""

    token: Token
    saying: Saying
    phrase: speakers.Phrase | None
    is_inverted: bool = False
    start: int = 0  # of "Kirby said" as a whole
    end: int = 0
    stretches: list[tuple[int, int]] = field(default_factory=list)


class CueFinder:
    """Finds the cues of one document, from left to right."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.doc = page.doc
        self.cues: list[Cue] = []
        self.issuer = named_issuer(page.doc)

    def run(self) -> list[Cue]:
        """All cues in text order, without their words."""
        for token in self.doc:
            cue = self._cue(token)
            if cue is not None:
                self.cues.append(cue)
        return self.cues

    def _cue(self, token: Token) -> Cue | None:
        if token.lower_ == "according" and token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ == "to":
            return self._according(token, sayings("phrase")["according to"])
        if token.lower_ == "per" and self._is_source(token):
            return self._according(token, sayings("phrase")["according to"])
        if token.lower_ == "by" and (count := self._count_noun(token)) is not None:
            return count
        saying = saying_of(token, after_quote=token.tag_ == "NNS" and self.page.quote_ending_before(token.i) is not None)
        if saying is not None:
            return self._verb_cue(token, saying)
        noun = sayings("noun").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
        return self._noun_cue(token, noun) if noun is not None else None

    def _is_source(self, token: Token) -> bool:
        """ "per the governor", "as per the army's figure": not "per day", "per cent"."""
        following = self.doc[token.i + 1 : token.i + 2]
        is_named = any(t.pos_ in {"DET", "PROPN"} or t.tag_ == "PRP$" for t in following)
        return is_named and self.doc[token.i - 1].pos_ not in {"NUM", "SYM"}

    def _according(self, token: Token, saying: Saying) -> Cue | None:
        doc, sent_end = self.doc, self.page.sentence(token.i).end
        start = end = token.i + (2 if token.lower_ == "according" else 1)
        while end < sent_end and end - start < 14:
            word = doc[end]
            if (
                word.is_space
                or word.text in {",", ";", ".", ":", "(", "—"}
                or word.tag_ in FINITE
                or word.lower_ in {"who", "which", "that", "and", "but"}
            ):
                break
            end += 1
        if end == start:
            return None
        head = next(
            (
                doc[i]
                for i in range(start, end)
                if doc[i].pos_ in speakers.NOMINAL
                and (i + 1 == end or (doc[i + 1].pos_ not in {"NOUN", "PROPN", "PART"} and doc[i + 1].text != "-"))
            ),
            doc[end - 1],
        )
        if head.lower_ in _COUNTS | _RECORDS:  # "according to the records of the clinic", "a count kept by the union"
            kept = [t for p in head.children if p.dep_ in syntax.PARTICIPIAL for t in syntax.agents(p)]
            owners = [
                *syntax.possessors(head),
                *(t for p, t in syntax.prepositional(head) if p in {"of", "by", "from"}),
                *kept,
            ]
            owner = next((t for t in owners if start <= t.i < end), None)
            if owner is not None:
                head, start = owner, max(start, syntax.noun_phrase(owner).start)
        last = end
        if end < sent_end and doc[end].text == ",":  # "according to their spokesman, Colonel Azzedine Bernou"
            for apposed in syntax.appositions(head):
                last = max(last, syntax.noun_phrase(apposed).end)
            last = max(last, speakers.name_after(doc, end))
        return Cue(token, saying, speakers.Phrase(start, last, head), False, token.i, last)

    def _count_noun(self, token: Token) -> Cue | None:
        """ "by Hemisphere's count", "by the count of the Review"."""
        doc = self.doc
        for i in range(token.i + 1, min(token.i + 7, self.page.sentence(token.i).end)):
            if doc[i].lower_ in _COUNTS and doc[i].pos_ == "NOUN":
                owners = syntax.possessors(doc[i]) or [t for prep, t in syntax.prepositional(doc[i]) if prep == "of"]
                if not owners:
                    return None
                phrase = speakers.phrase_of(owners[0])
                end = max(i + 1, phrase.end)
                return Cue(token, sayings("phrase")["according to"], phrase, False, token.i, end)
            if doc[i].pos_ not in {"DET", "NOUN", "PROPN", "PRON", "PART", "ADJ"}:
                return None
        return None

    def _verb_cue(self, token: Token, saying: Saying) -> Cue | None:
        reduced = token.dep_ == "amod" or (token.tag_ == "VBN" and token.dep_ == "acl" and not syntax.agents(token))
        if reduced and not self._is_plain_past(token, saying):
            return None
        if not is_said(token):
            return None
        if syntax.is_passive(token) and not self._is_plain_past(token, saying):
            return self._passive_cue(token, saying)
        if saying.stance == "quote" or self._is_asked(token):
            return None  # the cue is "saying" below it; "the minister, asked whether he knew, said"
        if saying.stance == "believe" and self.doc[token.i + 1 : token.i + 2].text == "to":
            return None  # "a girl believed to be 14"
        quoted = self._quoted_source(token)
        if quoted is not None:
            return self._placed(Cue(token, saying, quoted))
        if saying.stance == "refuse" and self._is_silence(token):
            return None
        if token.lemma_ == "ask" and any(
            t.lower_ in {"named", "identified", "anonymous"} for t in self.doc[token.i : token.i + 7]
        ):
            return None
        named = self._named_office(token)
        if named is not None:
            return self._placed(Cue(token, saying, named))
        answered = self._answered_claim(token)
        if answered is not None:
            subject = syntax.noun_phrase(self.doc[token.i - 1])
            cue = self._placed(Cue(token, saying, speakers.Phrase(subject.start, token.i, self.doc[token.i - 1])))
            cue.stretches.append((answered.i, answered.i + 1))
            return cue
        if self._is_inverted(token):
            phrase = speakers.subject_after(token)
            if phrase is not None:
                return self._placed(Cue(token, saying, phrase, True))
        phrase = self._subject(token, saying) or speakers.after_the_stop(token)
        if phrase is None or phrase.start <= token.i < phrase.end or speakers.is_nobody(phrase):
            return None
        issues = phrase.head.lower_ == "we" and self.issuer is not None and token.i not in self.page.quote_of
        if phrase.head.lower_ in _FIRST_PERSON | {"you"} and not issues:
            return None  # inside somebody's words
        return self._placed(Cue(token, saying, phrase))

    def _is_asked(self, token: Token) -> bool:
        """ "Beijing, asked whether it knew, said": a participle in an aside to the noun that was asked or told."""
        doc = self.doc
        if token.i < 2 or doc[token.i - 1].text != "," or token.tag_ not in {"VBD", "VBN"}:
            return False
        if not any(t.i == token.i - 2 for t in [*syntax.subjects(token), token.head, *syntax.subjects(token.head)]):
            return False
        opens_aside = not any(t.text == "," for t in doc[token.sent.start : token.i - 1])
        is_asked = token.lower_ in {"asked", "questioned", "pressed", "quizzed"}
        return is_asked and opens_aside and any(t.text == "," for t in doc[token.i + 1 : token.sent.end])

    def _is_silence(self, token: Token) -> bool:
        """ "declined to comment", "refused to be named": no words at all."""
        words = [t.lemma_.lower() for t in self.doc[token.i + 1 : token.i + 6]]
        return bool(words[:1] == ["to"] and _KEPT_BACK & set(words[1:4]))

    def _subject(self, token: Token, saying: Saying) -> speakers.Phrase | None:
        """The speaker's phrase of a verb that follows it, or of the verb whose subject it shares."""
        has_own = any(t.i < token.i for t in syntax.subjects(token))
        if not has_own:
            shared = self._shared_cue(token, saying)
            if shared is not None:
                return shared.phrase
            joined = token.dep_ in syntax.CONJUNCT and self.doc[token.i - 1].lower_ in {"and", "but", ","}
            if (
                token.tag_ in {"VBG", "VB"} or joined
            ):  # "called it "a lie" and urged the army": the noun before is no subject
                subject = speakers.shared_subject(token)
                if subject is not None or not joined:
                    return subject
        return speakers.subject_before(token) or speakers.shared_subject(token)

    def _shared_cue(self, token: Token, saying: Saying) -> Cue | None:
        """The verb of saying whose subject this one has too: "condemned the raid and called on all sides to stop",
        "said the attack failed, adding that", "telephoned the paper to say"."""
        if token.dep_ not in {"conj", "advcl", "xcomp", "acl", "parataxis", "ccomp"}:
            return None
        if token.dep_ == "acl" and token.tag_ == "VBG" and self.doc[token.i - 1].text != ",":
            return None
        heads = [a.i for a in token.ancestors]
        above = [
            c
            for c in self.cues
            if c.token.i in heads and self.page.sentence(c.token.i).start == self.page.sentence(token.i).start
        ]
        own_level = [c for c in above if c.token.i == token.head.i]
        if own_level and (token.dep_ != "ccomp" or token.tag_ in {"VB", "VBG"}):
            return own_level[-1]
        is_joined = token.i and self.doc[token.i - 1].lower_ in {"and", "but", ","}
        if (
            token.dep_ == "conj"
            and above
            and is_joined
            and saying.stance in SPOKEN_ACTS
            and (token.tag_ == above[0].token.tag_ or self._parts_from_passive(token))
        ):
            return above[0]  # the tree hangs it on a verb inside the words
        if token.tag_ == "VBG" and self.doc[token.i - 1].text == "," and saying.stance not in SPOKEN_ACTS:
            near = [
                c
                for c in self.cues
                if c.token.i < token.i
                and self.page.sentence(c.token.i).start == self.page.sentence(token.i).start
                and c.token.tag_ in FINITE
            ]
            return near[-1] if near and near[-1].token.i in heads else None
        return None

    def _parts_from_passive(self, token: Token) -> bool:
        """ "claimed that 35 had been killed and threatened more": what goes on after a passive is no passive itself."""
        return token.tag_ in {"VBN", "VBD"} and syntax.is_passive(token.head) and not syntax.auxiliaries(token)

    def _is_plain_past(self, token: Token, saying: Saying) -> bool:
        """A tagger's participle that is a plain past after its subject: "a military source said"."""
        if token.lower_ == "called" and self.doc[token.i + 1 : token.i + 2].text in {"for", "on", "upon"}:
            return not any(t.dep_ in {"aux:pass", "auxpass"} for t in token.children)
        if self._answered_claim(token) is not None:
            return True
        if token.tag_ == "VBN" and any(t.i < token.i for t in syntax.subjects(token)):
            return True  # "an idea that the deputy Ali Rammal dismissed as ..."
        if (
            token.tag_ == "VBN"
            and not syntax.agents(token)
            and "object" not in saying.addressees
            and self._named_office(token)
        ):
            return True
        return (
            token.i > 0
            and token.lower_ in {"said", "told", "added", "claimed", "warned"}
            and (self.doc[token.i - 1].pos_ in {"NOUN", "PROPN"})
            and not any(t.dep_ in {"aux:pass", "auxpass"} for t in token.children)
        )

    def _answered_claim(self, token: Token) -> Token | None:
        """The claim of "..., a claim the army dismissed as propaganda": a relative clause without its pronoun."""
        doc, subject = self.doc, token.i - 1
        if subject < 1 or syntax.agents(token) or doc[subject].pos_ not in {"NOUN", "PROPN"}:
            return None
        before = syntax.noun_phrase(doc[subject]).start - 1
        is_claim = before > 0 and doc[before].lower_ in _CLAIMS and doc[before - 1].pos_ in {"DET", "ADJ"}
        return doc[before] if is_claim else None

    def _passive_cue(self, token: Token, saying: Saying) -> Cue | None:
        agents = syntax.agents(token)
        if saying.stance == "deny" and any(prep == "to" for prep, _ in syntax.prepositional(token)):
            return None  # "what had been denied to them"
        if saying.stance in {"say", "believe"} and not any(t.lower_ == "that" for t in self.doc[token.i : token.i + NEAR]):
            return None  # "a commentary written by"
        if agents and token.lemma_ != "learn":
            return self._placed(Cue(token, saying, speakers.phrase_of(agents[0])))
        return None

    def _quoted_source(self, token: Token) -> speakers.Phrase | None:
        """The source of "was quoted as saying", "quoted Kirby as saying", and of "learn from"."""
        if token.lemma_ == "learn":
            sources = [t for prep, t in syntax.prepositional(token) if prep == "from"]
            return speakers.phrase_of(sources[0]) if sources else None
        if token.tag_ != "VBG" or token.i == 0 or self.doc[token.i - 1].lower_ != "as":
            return None
        for i in range(token.i - 2, max(token.i - 14, self.page.sentence(token.i).start) - 1, -1):
            upper = self.doc[i]
            if upper.lemma_.lower() in {"quote", "cite", "report"} and upper.tag_.startswith("VB"):
                sources = syntax.passive_subjects(upper) if syntax.is_passive(upper) else syntax.objects(upper)
                sources = [deep.resolve(t) for t in sources] or deep.logical_objects(upper)
                return speakers.phrase_of(sources[0]) if sources else None
        return None

    def _is_inverted(self, token: Token) -> bool:
        """ "said Kirby", "..., announced the administrator": words before the verb, its subject after it."""
        doc, sent = self.doc, self.page.sentence(token.i)
        if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ in {"that", "to", "it", "him", "them", "on"}:
            return False
        if token.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "NNS"} or syntax.auxiliaries(token):
            return False
        if self.page.quote_ending_before(token.i) is not None:
            return True
        if token.i == sent.start or self._goes_on(token):
            return False
        own = syntax.subjects(token)
        if own and all(t.i > token.i for t in own[-1:]) and doc[token.i - 1].text == ",":
            return True  # "an assault of which they learnt, says one diplomat, from the radio"
        if any(t.i < token.i for t in own):
            return False
        if deep.subject_before_aside(token) is not None:
            return False
        before = token.i - 1
        while before > sent.start and doc[before].pos_ == "ADV":
            before -= 1
        return doc[before].text in {",", "?", "!"}

    def _goes_on(self, token: Token) -> bool:
        """ "condemned the raid, urged the army to stop": a further verb of one subject, with whom it is said to."""
        upper = token.head
        has_subject = token.dep_ in syntax.CONJUNCT and any(t.i < upper.i < token.i for t in syntax.subjects(upper))
        return has_subject and bool(syntax.objects(token)) and any(t.dep_ in {"xcomp", "ccomp"} for t in token.children)

    def _named_office(self, token: Token) -> speakers.Phrase | None:
        """ "..., the minister of state, Dr Mushtaq Lone, informed the House": an office and a name in commas before the verb."""
        doc, at = self.doc, self.doc._.actor_at
        last = token.i - 2
        if last < 1 or doc[token.i - 1].text != "," or last not in at or doc._.actors[at[last]].actor_type != "person":
            return None
        first = last
        while first > token.sent.start + 1 and (
            at.get(first - 1) == at[last] or titles.is_title_word(doc[first - 1].lower_) or doc[first - 1].text == "-"
        ):
            first -= 1
        office = office_before(doc, first - 1)
        if office is None:
            return None
        start = office[0] - 1 if office[0] > token.sent.start and doc[office[0] - 1].tag_ in {"DT", "PRP$"} else office[0]
        return speakers.Phrase(start, last + 1, doc[last])

    def _noun_cue(self, token: Token, saying: Saying) -> Cue | None:
        """ "the ministry's claim that", "claims by enemy media that"."""
        clause = next(
            (
                c
                for c in token.children
                if c.i > token.i and c.dep_ in {"acl", "ccomp", "acl:relcl"} and any(m.lower_ == "that" for m in c.children)
            ),
            None,
        )
        if clause is None:
            return None
        owners = syntax.possessors(token) or [
            t for prep, t in syntax.prepositional(token) if prep in {"by", "from", "of"} and t.i < clause.i
        ]
        if not owners:
            return None
        phrase = speakers.phrase_of(owners[0])
        cue = Cue(token, saying, phrase, False, min(phrase.start, token.i), token.i + 1)
        cue.stretches.append((clause.left_edge.i, max(clause.right_edge.i, token.right_edge.i) + 1))
        return cue

    def _placed(self, cue: Cue) -> Cue:
        phrase, token = cue.phrase, cue.token
        if phrase is None:
            raise ValueError("a cue is placed with its speaker")
        cue.start = phrase.start if phrase.end <= token.i and self._is_local(phrase, token) else token.i
        at, doc = self.doc._.actor_at, self.doc
        while 0 < cue.start < token.i and (
            (cue.start in at and at.get(cue.start - 1) == at[cue.start])
            or (doc[cue.start].pos_ == "PROPN" and doc[cue.start - 1].pos_ == "PROPN")
        ):
            cue.start -= 1  # a name that a sentence boundary cut
        if cue.start < phrase.start and phrase.end <= token.i:
            phrase.start = cue.start
        cue.end = max(phrase.end, token.i + 1) if cue.is_inverted else self._after_paper(token)
        return cue

    def _after_paper(self, token: Token) -> int:
        """Past "said in a statement": where words may start after the verb."""
        doc, sentence = self.doc, self.page.sentence(token.i)
        if doc[token.i + 1 : token.i + 2].text in {"in", "through", "via"}:
            for i in range(token.i + 2, min(token.i + 6, sentence.end)):
                if doc[i].lemma_.lower() in speakers.PAPERS:
                    return i + 1
                if doc[i].pos_ not in {"DET", "ADJ", "PRON", "NOUN", "PROPN"}:
                    break
        return token.i + 1

    def _is_local(self, phrase: speakers.Phrase, token: Token) -> bool:
        """Whether the subject stands with its verb, no other clause but a relative one or an aside between them."""
        if self.page.sentence(phrase.head.i).start != self.page.sentence(token.i).start:
            return False
        between = self.doc[phrase.end : token.i]
        if any(
            c.token.i in range(phrase.end, token.i) and c.phrase is not None and c.phrase.head.i == phrase.head.i
            for c in self.cues
        ):
            return False  # "denied one thing and claimed another": the subject stands with the first verb
        if not any(
            t.tag_ in FINITE or t.tag_ == "VB"
            for t in between
            if t.lower_ not in {"have", "has", "had"} and t.dep_ not in syntax.AUXILIARY
        ):
            return True
        return len(between) > 1 and between[0].text in {",", "("} and between[-1].text in {",", ")"}
