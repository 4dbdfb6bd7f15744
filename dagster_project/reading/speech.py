"""Component ``conflict_speech``: the stretches of a document that are presented as somebody's words or claim.

Assigns ``doc._.speech``; sources that are no actors yet join ``doc._.actors``. A cue is a verb of saying, "according to"
or a noun like "claim that"; its words are what the clause structure and the quotation marks give it, before it, after it
or on both sides, over sentences and paragraphs.

Belongs here: finding cues and giving each its words. Does not belong: the marks (``quotation.py``), the vocabulary
(``saying.py``), who the speaker is (``speakers.py``), what kind of act it is (``statements.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import deep, speakers, syntax
from dagster_project.reading.extensions import register
from dagster_project.reading.quotation import Quotation, quotations
from dagster_project.reading.saying import Saying, is_said, saying_of, sayings
from dagster_project.reading.types import Speech

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "parataxis", "acl", "conj", "obj", "dobj", "dep"})
_SUBORDINATORS = frozenset(
    {
        "where",
        "who",
        "which",
        "whom",
        "whose",
        "when",
        "while",
        "as",
        "although",
        "though",
        "after",
        "before",
        "since",
        "because",
    }
)
_LINKS = frozenset({"and", "but", "while", "although", "though", "whereas", "as", "or", "yet", "nor", "after", "before"})
_DASHES = frozenset({"-", "–", "—", "--"})
_TERMINALS = frozenset({".", "!", "?", "…", "..."})
_NEAR = 12  # tokens between a verb and "that"
_FIRST_PERSON = frozenset({"i", "we"})
_SPOKEN_ACTS = frozenset({"request", "order", "threaten", "promise", "accuse", "support", "refuse", "deny"})
_NAMING = frozenset({"call", "brand", "label", "dub", "term"})
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
_HALF_OPENERS = frozenset({"if", "had", "should", "when", "after", "before", "unless", "although", "while", "until", "once"})
_CLAIMED_LIVES = frozenset({"life", "lives", "victims", "dead"})
_TRANSITIVE = frozenset(
    {"accuse", "refuse", "threaten", "promise", "request", "order", "support", "regret", "deny", "confirm", "claim"}
)


@Language.factory("conflict_speech", requires=["doc.ents"])
def make_speech(nlp: Language, name: str) -> SpeechReader:
    """The component; it follows ``conflict_actors`` and ``conflict_times``."""
    register()
    return SpeechReader()


class SpeechReader:
    """Reads one document at a time; keeps nothing between documents."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.speech = _Reading(doc).run()
        return doc


@dataclass(slots=True)
class _Cue:
    token: Token
    saying: Saying
    phrase: speakers.Phrase | None
    is_inverted: bool = False
    start: int = 0  # of "Kirby said" as a whole
    end: int = 0
    stretches: list[tuple[int, int]] = field(default_factory=list)


class _Reading:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.quotes = quotations(doc)
        self.quote_of: dict[int, int] = {i: n for n, q in enumerate(self.quotes) for i in range(q.start, q.end)}
        self.opening = {q.outer_start: n for n, q in enumerate(self.quotes)}
        self.ending = {q.outer_end: n for n, q in enumerate(self.quotes)}
        self.paragraph: list[int] = []
        number = 0
        for token in doc:
            self.paragraph.append(number)
            if "\n\n" in token.text or "\n\n" in token.whitespace_:
                number += 1
        self.sentence_of = _joined_sentences(doc, self.paragraph)
        self.cues: list[_Cue] = []
        self.owner: dict[int, int] = {}  # quotation -> cue

    def run(self) -> list[Speech]:
        for token in self.doc:
            cue = self._cue(token)
            if cue is not None:
                self.cues.append(cue)
        by_token = {c.token.i for c in self.cues}
        for number, cue in enumerate(self.cues):
            self._give_words(number, cue, by_token)
        self._continue_quotes()
        return self._speech()

    def _sentence(self, i: int) -> Span:
        """The sentence of a token, joined with its neighbours where it was cut without an end mark: "said Sunday | that"."""
        start, end = self.sentence_of[i]
        return self.doc[start:end]

    # --- cues

    def _cue(self, token: Token) -> _Cue | None:
        if token.lower_ == "according" and token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ == "to":
            return self._according(token, sayings("phrase")["according to"])
        if token.lower_ == "by" and (count := self._count_noun(token)) is not None:
            return count
        saying = saying_of(token, after_quote=token.tag_ == "NNS" and self._quote_ending_before(token.i) is not None)
        if saying is not None:
            return self._verb_cue(token, saying)
        noun = sayings("noun").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
        return self._noun_cue(token, noun) if noun is not None else None

    def _according(self, token: Token, saying: Saying) -> _Cue | None:
        doc, sent_end = self.doc, self._sentence(token.i).end
        start = end = token.i + 2
        while end < sent_end and end - start < 14:
            word = doc[end]
            if (
                word.is_space
                or word.text in {",", ";", ".", ":", "(", "—"}
                or word.tag_ in _FINITE
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
                if doc[i].pos_ in speakers.NOMINAL and (i + 1 == end or doc[i + 1].pos_ not in {"NOUN", "PROPN", "PART"})
            ),
            doc[end - 1],
        )
        last = end
        if end < sent_end and doc[end].text == ",":  # "according to their spokesman, Colonel Azzedine Bernou"
            for apposed in syntax.appositions(head):
                last = max(last, syntax.noun_phrase(apposed).end)
        return _Cue(token, saying, speakers.Phrase(start, last, head), False, token.i, last)

    def _count_noun(self, token: Token) -> _Cue | None:
        """ "by Hemisphere's count", "by the count of the Review"."""
        doc = self.doc
        for i in range(token.i + 1, min(token.i + 7, self._sentence(token.i).end)):
            if (
                doc[i].lower_ in {"count", "tally", "account", "estimate", "reckoning", "admission"}
                and doc[i].pos_ == "NOUN"
            ):
                owners = syntax.possessors(doc[i]) or [t for prep, t in syntax.prepositional(doc[i]) if prep == "of"]
                if not owners:
                    return None
                phrase = speakers.phrase_of(owners[0])
                end = max(i + 1, phrase.end)
                return _Cue(token, sayings("phrase")["according to"], phrase, False, token.i, end)
            if doc[i].pos_ not in {"DET", "NOUN", "PROPN", "PRON", "PART", "ADJ"}:
                return None
        return None

    def _verb_cue(self, token: Token, saying: Saying) -> _Cue | None:
        reduced = token.dep_ == "amod" or (token.tag_ == "VBN" and token.dep_ == "acl" and not syntax.agents(token))
        if reduced and not self._is_plain_past(token):
            return None
        if not is_said(token):
            return None
        if syntax.is_passive(token) and not self._is_plain_past(token):
            return self._passive_cue(token, saying)
        if saying.stance == "quote":
            return None  # the cue is "saying" below it
        if saying.stance == "believe" and self.doc[token.i + 1 : token.i + 2].text == "to":
            return None  # "a girl believed to be 14"
        quoted = self._quoted_source(token)
        if quoted is not None:
            return self._placed(_Cue(token, saying, quoted))
        if saying.stance == "refuse" and self._is_silence(token):
            return None
        if token.lemma_ == "ask" and any(
            t.lower_ in {"named", "identified", "anonymous"} for t in self.doc[token.i : token.i + 7]
        ):
            return None
        if self._is_inverted(token):
            phrase = speakers.subject_after(token)
            if phrase is not None:
                return self._placed(_Cue(token, saying, phrase, True))
        phrase = self._subject(token, saying)
        if phrase is None or phrase.start <= token.i < phrase.end or speakers.is_nobody(phrase):
            return None
        if phrase.head.lower_ in _FIRST_PERSON | {"you"}:
            return None  # inside somebody's words
        return self._placed(_Cue(token, saying, phrase))

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
            if token.tag_ in {"VBG", "VB"}:
                return speakers.shared_subject(token)
        return speakers.subject_before(token) or speakers.shared_subject(token)

    def _shared_cue(self, token: Token, saying: Saying) -> _Cue | None:
        """The verb of saying whose subject this one has too: "condemned the raid and called on all sides to stop",
        "said the attack failed, adding that", "telephoned the paper to say"."""
        if token.dep_ not in {"conj", "advcl", "xcomp", "acl", "parataxis", "ccomp"}:
            return None
        if token.dep_ == "acl" and token.tag_ == "VBG" and self.doc[token.i - 1].text != ",":
            return None
        heads = [a.i for a in token.ancestors]
        above = [
            c for c in self.cues if c.token.i in heads and self._sentence(c.token.i).start == self._sentence(token.i).start
        ]
        own_level = [c for c in above if c.token.i == token.head.i]
        if own_level and (token.dep_ != "ccomp" or token.tag_ in {"VB", "VBG"}):
            return own_level[-1]
        is_joined = token.i and self.doc[token.i - 1].lower_ in {"and", "but", ","}
        if (
            token.dep_ == "conj"
            and above
            and is_joined
            and saying.stance in _SPOKEN_ACTS
            and token.tag_ == above[0].token.tag_
        ):
            return above[0]  # the tree hangs it on a verb inside the words
        if token.tag_ == "VBG" and self.doc[token.i - 1].text == "," and saying.stance not in _SPOKEN_ACTS:
            near = [
                c
                for c in self.cues
                if c.token.i < token.i
                and self._sentence(c.token.i).start == self._sentence(token.i).start
                and c.token.tag_ in _FINITE
            ]
            return near[-1] if near and near[-1].token.i in heads else None
        return None

    def _is_plain_past(self, token: Token) -> bool:
        """A tagger's participle that is a plain past after its subject: "a military source said"."""
        if token.lower_ == "called" and self.doc[token.i + 1 : token.i + 2].text in {"for", "on", "upon"}:
            return not any(t.dep_ in {"aux:pass", "auxpass"} for t in token.children)
        return (
            token.i > 0
            and token.lower_ in {"said", "told", "added", "claimed", "warned"}
            and (self.doc[token.i - 1].pos_ in {"NOUN", "PROPN"})
            and not any(t.dep_ in {"aux:pass", "auxpass"} for t in token.children)
        )

    def _passive_cue(self, token: Token, saying: Saying) -> _Cue | None:
        agents = syntax.agents(token)
        if saying.stance == "deny" and any(prep == "to" for prep, _ in syntax.prepositional(token)):
            return None  # "what had been denied to them"
        if saying.stance in {"say", "believe"} and not any(t.lower_ == "that" for t in self.doc[token.i : token.i + _NEAR]):
            return None  # "a commentary written by"
        if agents and token.lemma_ != "learn":
            return self._placed(_Cue(token, saying, speakers.phrase_of(agents[0])))
        return None

    def _quoted_source(self, token: Token) -> speakers.Phrase | None:
        """The source of "was quoted as saying", "quoted Kirby as saying", and of "learn from"."""
        if token.lemma_ == "learn":
            sources = [t for prep, t in syntax.prepositional(token) if prep == "from"]
            return speakers.phrase_of(sources[0]) if sources else None
        if token.tag_ != "VBG" or token.i == 0 or self.doc[token.i - 1].lower_ != "as":
            return None
        for i in range(token.i - 2, max(token.i - 14, self._sentence(token.i).start) - 1, -1):
            upper = self.doc[i]
            if upper.lemma_.lower() in {"quote", "cite", "report"} and upper.tag_.startswith("VB"):
                sources = syntax.passive_subjects(upper) if syntax.is_passive(upper) else syntax.objects(upper)
                sources = [deep.resolve(t) for t in sources] or deep.logical_objects(upper)
                return speakers.phrase_of(sources[0]) if sources else None
        return None

    def _is_inverted(self, token: Token) -> bool:
        """ "said Kirby", "..., announced the administrator": words before the verb, its subject after it."""
        doc, sent = self.doc, self._sentence(token.i)
        if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ in {"that", "to", "it", "him", "them", "on"}:
            return False
        if token.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "NNS"} or syntax.auxiliaries(token):
            return False
        if self._quote_ending_before(token.i) is not None:
            return True
        if any(t.i < token.i for t in syntax.subjects(token)) or token.i == sent.start:
            return False
        before = token.i - 1
        while before > sent.start and doc[before].pos_ == "ADV":
            before -= 1
        return doc[before].text in {",", "?", "!"}

    def _noun_cue(self, token: Token, saying: Saying) -> _Cue | None:
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
        cue = _Cue(token, saying, phrase, False, min(phrase.start, token.i), token.i + 1)
        cue.stretches.append((clause.left_edge.i, max(clause.right_edge.i, token.right_edge.i) + 1))
        return cue

    def _placed(self, cue: _Cue) -> _Cue:
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
        cue.end = max(phrase.end, token.i + 1) if cue.is_inverted else token.i + 1
        return cue

    def _is_local(self, phrase: speakers.Phrase, token: Token) -> bool:
        """Whether the subject stands with its verb, no other clause but a relative one or an aside between them."""
        if self._sentence(phrase.head.i).start != self._sentence(token.i).start:
            return False
        between = self.doc[phrase.end : token.i]
        if any(
            c.token.i in range(phrase.end, token.i) and c.phrase is not None and c.phrase.head.i == phrase.head.i
            for c in self.cues
        ):
            return False  # "denied one thing and claimed another": the subject stands with the first verb
        if not any(
            t.tag_ in _FINITE or t.tag_ == "VB"
            for t in between
            if t.lower_ not in {"have", "has", "had"} and t.dep_ not in syntax.AUXILIARY
        ):
            return True
        return len(between) > 1 and between[0].text in {",", "("} and between[-1].text in {",", ")"}

    # --- words

    def _quote_ending_before(self, i: int) -> int | None:
        """The quotation that ends just before token ``i``, a comma between allowed."""
        for place in (i, i - 1):
            if place in self.ending and (place == i or self.doc[place].text in {",", ".", "?", "!"}):
                quote = self.ending[place]
                return (
                    quote if self.paragraph[self.quotes[quote].start] == self.paragraph[min(i, len(self.doc) - 1)] else None
                )
        return None

    def _quote_starting_after(self, i: int, limit: int) -> int | None:
        """The quotation that opens after token ``i``, past a comma, a colon and adjuncts without a verb."""
        for place in range(i, min(limit, i + 14)):
            if place in self.opening:
                return self.opening[place]
            token = self.doc[place]
            if token.is_space and "\n\n" not in token.text:
                continue
            if token.tag_ in _FINITE or token.text == ";" or "\n\n" in token.text:
                return None
            if token.text == ":":
                return self.opening.get(place + 1, self.opening.get(place + 2))
            if token.text in _TERMINALS:
                return None
        return None

    def _give_words(self, number: int, cue: _Cue, by_token: set[int]) -> None:
        if cue.stretches:  # a noun's clause
            self._own_quotes(number, cue)
            return
        sent = self._sentence(cue.token.i)
        left_quote = self._quote_ending_before(cue.start)
        right_quote = (
            self._quote_starting_after(cue.end, len(self.doc)) if not cue.is_inverted or left_quote is None else None
        )
        if left_quote is not None and left_quote in self.owner:
            left_quote = None
        if left_quote is not None and not self._is_utterance(left_quote) and not self._ends_clause(cue):
            left_quote = None
        if left_quote is not None:
            self._take_left_quote(cue, left_quote, sent.start)
        elif right_quote is not None and self._is_led_in(cue, right_quote):
            quote = self.quotes[right_quote]
            cue.stretches.append((quote.outer_start, quote.outer_end))
        else:
            clause = self._clause_after(cue)
            left = self._words_before(cue)
            if clause is not None and (left is None or not self._is_parenthetical(cue)):
                cue.stretches.append((clause, self._end_of_words(cue, clause, by_token)))
            elif left is not None:
                cue.stretches.append(left)
                rest = self._rest_after(cue, left)
                if rest is not None:
                    cue.stretches.append(rest)
            elif cue.saying.lemma != "according to":
                self._object_words(cue, by_token)
        if left_quote is not None or (cue.is_inverted and cue.stretches):
            after = self._quote_starting_after(cue.end, sent.end + 2)
            if after is not None and after not in self.owner and self.doc[cue.end].text in {",", ":", ".", ";"}:
                quote = self.quotes[after]
                cue.stretches.append((quote.outer_start, quote.outer_end))
        self._own_quotes(number, cue)

    def _is_utterance(self, number: int) -> bool:
        quote = self.quotes[number]
        words = self.doc[quote.start : quote.end]
        return any(t.tag_ in _FINITE for t in words) or len(words) > 6 or words[-1].text in {",", ".", "?", "!"}

    def _ends_clause(self, cue: _Cue) -> bool:
        """Whether what follows "X said" closes the sentence or adds to it: a trailing attribution."""
        i, end = cue.end, self._sentence(cue.token.i).end
        while i < end and (self.doc[i].pos_ in {"ADV", "ADP", "NOUN", "PROPN", "DET", "NUM", "ADJ"} or self.doc[i].is_space):
            i += 1
        return i >= end or self.doc[i].text in {".", ",", ";", "!", "?"}

    def _take_left_quote(self, cue: _Cue, number: int, sent_start: int) -> None:
        quote = self.quotes[number]
        start = quote.outer_start
        first = self.doc[quote.start]
        if not quote.opens_paragraph and first.sent.start < quote.outer_start and first.sent.start >= 0:
            before = self.doc[first.sent.start : quote.outer_start]
            if any(t.is_alpha for t in before) and not any(t.text in _TERMINALS for t in before):
                start = self._after_dateline(first.sent.start)
                for i in range(quote.outer_start - 1, start - 1, -1):
                    if self.doc[i].text == ";":
                        start = i + 1
                        break
        cue.stretches.append((start, quote.outer_end))

    def _is_led_in(self, cue: _Cue, number: int) -> bool:
        """Whether the words between "X said" and a quotation only lead up to it: a whole utterance follows."""
        quote = self.quotes[number]
        between = self.doc[cue.end : quote.outer_start]
        if any(t.lower_ == "that" for t in between) or not self._is_utterance(number):
            return False
        if cue.saying.complements.isdisjoint({"quote"}):
            return any(t.text == ":" for t in between)
        marks = [t.text for t in between if t.text in {",", ":"}]
        return bool(marks) or all(
            t.pos_ in {"PUNCT", "SPACE", "ADV"} or t.ent_type_ in {"DATE", "TIME", "ORG"} for t in between
        )

    def _clause_after(self, cue: _Cue) -> int | None:
        """Where the words after a leading verb begin; None if none follow."""
        doc, verb, end = self.doc, cue.token, self._sentence(cue.token.i).end
        if cue.saying.lemma == "according to":
            return self._after_comma(cue) if not self._words_before(cue) else None
        wanted = cue.saying.complements
        if cue.is_inverted or wanted.isdisjoint({"clause", "as", "label", "of", "infinitive", "gerund"}):
            return None
        if "label" in wanted:
            return self._label(cue)
        after = verb.i + 1
        for i in range(after, min(end, after + _NEAR)):
            word = doc[i]
            if word.text in {";", ":"} or word.tag_ in {"VBD", "VBZ", "VBP"} or word.lower_ in {"who", "which"}:
                break
            if (
                word.lower_ == "that"
                and word.tag_ in {"IN", "WDT", "DT"}
                and "clause" in wanted
                and (
                    i == after
                    or doc[i - 1].pos_ != "NOUN"
                    or wanted.isdisjoint({"object", "infinitive"})
                    or not syntax.objects(verb)
                )
            ):
                return i + 1
            if word.tag_ == "TO" and "infinitive" in wanted:
                return i
        best: int | None = None
        for child in verb.children:
            if child.i <= verb.i or child.dep_ not in _CLAUSES or child.dep_ == "conj":
                continue
            edge = max(child.left_edge.i, after)
            before = doc[edge - 1].text if edge > after else ""
            while edge < child.i and (doc[edge].text in {",", ";"} | _DASHES or doc[edge].is_space):
                before, edge = doc[edge].text, edge + 1
            if before in {",", ";"} | _DASHES and edge - 1 not in self.quote_of:
                continue
            if doc[edge].lower_ in _SUBORDINATORS:
                continue
            if child.dep_ in {"obj", "dobj"} and not any(t.tag_ in _FINITE for t in doc[edge : child.right_edge.i + 1]):
                continue
            if child.tag_ in {"VBG", "VB"} and child.dep_ in {"advcl", "xcomp"} and not self._takes_nonfinite(child, wanted):
                continue
            best = edge if best is None else min(best, edge)
        is_bare = (
            "clause" in wanted and after < end and doc[after].text not in {",", ".", ";", ":"} and not doc[after].is_space
        )
        if not is_bare:
            return self._skip_adjuncts(best, end) if best is not None else None
        start = self._skip_adjuncts(self._past_addressee(cue), end)
        if best is not None:
            return self._skip_adjuncts(best, end) if doc[start].pos_ == "ADP" and best > start else start
        stop = next((i for i in range(start, end) if doc[i].text in {";", ","} and i > start), end)
        words = doc[start:stop]
        if not any(t.tag_ in _FINITE for t in words) or any(t.lower_ in {"who", "which", "where"} for t in words):
            return None
        if doc[start].pos_ == "ADP":  # "said in a statement it carried out the attack"
            edges = [c.left_edge.i for t in words for c in t.children if c.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS]
            return min((e for e in edges if e > start), default=start)
        return start

    @staticmethod
    def _takes_nonfinite(child: Token, wanted: frozenset[str]) -> bool:
        if child.tag_ == "VB":
            return "infinitive" in wanted
        return bool(wanted & {"gerund", "of", "as", "for"})

    def _past_addressee(self, cue: _Cue) -> int:
        """After "told Reuters", "told this agency", "informed him"."""
        start = cue.token.i + 1
        if "object" not in cue.saying.addressees or "object" in cue.saying.complements:
            return start
        heads = [t for t in cue.token.children if t.i >= start and t.dep_ in syntax.OBJECTS | syntax.INDIRECT_OBJECTS]
        if heads and heads[0].i - start < 6 and not any(t.pos_ == "VERB" for t in heads[0].subtree):
            return max(start, min(syntax.noun_phrase(heads[0]).end, heads[0].i + 1))
        if (
            self.doc[start].pos_ == "DET"
            and start + 2 < self._sentence(cue.token.i).end
            and self.doc[start + 1].pos_ == "NOUN"
        ):
            return start + 2
        return start

    def _skip_adjuncts(self, start: int, end: int) -> int:
        i = start
        while i < end and (
            self.doc[i].ent_type_ in {"DATE", "TIME"}
            or (
                self.doc[i].lower_ in {"on", "late", "early", "in"}
                and i + 1 < end
                and self.doc[i + 1].ent_type_ in {"DATE", "TIME"}
            )
        ):
            i += 1
        return i if i < end and self.doc[i].text not in {",", "."} else start

    def _after_comma(self, cue: _Cue) -> int | None:
        for i in range(cue.end, self._sentence(cue.token.i).end):
            if self.doc[i].text == ",":
                return i + 1
            if self.doc[i].tag_ in _FINITE and not any(t.lower_ in {"who", "which", "that"} for t in self.doc[cue.end : i]):
                return None
        return None

    def _label(self, cue: _Cue) -> int | None:
        """ "called the strikes "targeted"", "described by the ministry as "terrorists"": what somebody calls something."""
        doc, verb, end = self.doc, cue.token, self._sentence(cue.token.i).end
        stop = next(
            (
                i
                for i in range(verb.i + 1, end)
                if doc[i].text in {";", "."} or (doc[i].text == "," and i not in self.ending and i + 1 not in self.ending)
            ),
            end,
        )
        quoted = any(i in self.opening for i in range(verb.i + 1, min(stop, verb.i + 14)))
        named = any(doc[i].lower_ == "as" for i in range(verb.i + 1, stop))
        if cue.saying.lemma in _NAMING:
            named = named or any(c.dep_ in {"xcomp", "oprd", "ccomp"} and c.i > verb.i for c in verb.children)
            named = (
                named or sum(1 for c in verb.children if c.i > verb.i and c.dep_ in {"obj", "iobj", "dobj", "dative"}) > 1
            )
        named = named or any(doc[i].lower_ == "what" for i in range(max(cue.start - 3, 0), verb.i))
        if not named and not (quoted and cue.saying.lemma in _NAMING):
            return None
        return verb.i + 1

    def _words_before(self, cue: _Cue) -> tuple[int, int] | None:
        """What a trailing or inserted "X said" attributes: its sentence up to it; None if that is no clause."""
        doc, sent = self.doc, self._sentence(cue.token.i)
        if cue.saying.lemma != "according to" and not cue.saying.complements & {"clause"}:
            return None
        is_source = cue.saying.lemma == "according to"
        if not is_source and (cue.token.tag_ == "VBG" or not (cue.is_inverted or cue.start < cue.token.i)):
            return None
        if not is_source and "object" not in cue.saying.addressees and syntax.objects(cue.token) and not cue.is_inverted:
            return None  # "On Friday, residents reported gunfire"
        end = cue.start
        if end <= sent.start or doc[end].lower_ in {"which", "who", "that", "what", "whom"}:
            return None
        if cue.saying.lemma != "according to" and cue.token.lower_ != "by":
            if doc[end - 1].text not in {",", "?", "!", ")"} | _DASHES and end not in self.ending:
                return None
            if not cue.is_inverted and not self._ends_clause_or_adds(cue):
                return None
        while end > sent.start and (doc[end - 1].text in {",", "("} | _DASHES or doc[end - 1].is_space):
            end -= 1
        start = self._after_dateline(sent.start)
        for i in range(end - 1, start - 1, -1):
            if doc[i].text == ";" and i not in self.quote_of:
                start = i + 1
                break
        for other in self.cues:
            if sent.start <= other.token.i < cue.token.i and other is not cue:
                for _, stretch_end in other.stretches:
                    if other.token.i >= stretch_end - 1 and start < other.end < end and other.start > start:
                        start = other.end  # the words before "A said" are A's, those after it are the next one's
        while start < end and (
            doc[start].text in {",", "."} or doc[start].lower_ in {"and", "but", "while", "yet"} or doc[start].is_space
        ):
            start += 1
        words = doc[start:end]
        if any(t.tag_ in _FINITE or t.tag_ in {"VBN", "VBG"} for t in words):
            return start, end
        is_headline = (
            is_source and any(t.pos_ in {"NOUN", "NUM"} for t in words) and self._ends_clause(cue) and len(words) > 3
        )
        return (start, end) if is_headline or (len(words) and self._is_parenthetical(cue) and self._goes_on(cue)) else None

    def _goes_on(self, cue: _Cue) -> bool:
        """Whether a clause's verb follows "X said": "The rebels, he said, had fled"."""
        doc, end = self.doc, self._sentence(cue.token.i).end
        return doc[cue.end].text == "," and any(t.tag_ in _FINITE for t in doc[cue.end + 1 : min(cue.end + 5, end)])

    def _ends_clause_or_adds(self, cue: _Cue) -> bool:
        doc, end = self.doc, self._sentence(cue.token.i).end
        i = cue.end
        while i < end and i - cue.end < 24:
            token = doc[i]
            if token.text in {".", ";", "!", "?"} or token.is_space:
                return True
            if token.text == ",":
                return True
            if token.text == ":" or (token.lower_ == "that" and token.tag_ == "IN"):
                return False
            if token.tag_ in _FINITE and not any(
                t.lower_ in {"who", "which", "where", "that", "as", "when", "after"} for t in doc[cue.end : i]
            ):
                return False
            i += 1
        return True

    def _is_parenthetical(self, cue: _Cue) -> bool:
        """ ", he said,": between commas, so that the words on both sides are one clause."""
        doc = self.doc
        return (
            cue.end < self._sentence(cue.token.i).end
            and doc[cue.end].text in {",", ".", ";"}
            and cue.start > self._sentence(cue.token.i).start
            and (doc[cue.start - 1].text == "," or cue.start in self.ending)
        )

    def _rest_after(self, cue: _Cue, left: tuple[int, int]) -> tuple[int, int] | None:
        """The second half of a clause that "X said" interrupts: "The militants, he said, killed three", "If it falls, he
        said, all is lost"."""
        doc, sent = self.doc, self._sentence(cue.token.i)
        if not self._is_parenthetical(cue) and cue.saying.lemma != "according to":
            return None
        if cue.end >= sent.end or doc[cue.end].text != ",":
            return None
        start, end = cue.end + 1, self._trim_end(sent.end)
        is_half = not any(t.tag_ in _FINITE for t in doc[left[0] : left[1]]) or doc[left[0]].lower_ in _HALF_OPENERS
        is_relative = doc[left[1] - 1].lower_ in {"which", "whom", "where", "when", "that", "who"}
        if start >= end or not (is_half or is_relative) or not any(t.tag_ in _FINITE for t in doc[start:end]):
            return None
        return start, end

    def _object_words(self, cue: _Cue, by_token: set[int]) -> None:
        """The object of "denied the report", "vowed revenge", "blamed Israel for the raid"."""
        doc, verb = self.doc, cue.token
        if cue.saying.stance not in _TRANSITIVE and "object" not in cue.saying.complements:
            return
        passive = syntax.passive_subjects(verb) if syntax.is_passive(verb) else []
        if passive:
            first, last = passive[0].left_edge.i, passive[0].right_edge.i + 1
            cue.stretches.append((first, min(last, verb.i) if first < verb.i else last))
            return
        start = verb.i + 1 + cue.saying.lemma.count(" ")
        objects = syntax.objects(verb)
        if cue.saying.stance == "claim" and any(t.lower_ in _CLAIMED_LIVES for t in objects):
            return  # "the blast claimed four lives"
        follows = (
            start < self._sentence(verb.i).end and doc[start].text not in {".", ",", ";", ":"} and not doc[start].is_space
        )
        if (
            follows
            and doc[start].tag_ == "IN"
            and doc[start].lower_ != "as"
            and not objects
            and doc[start].lower_ not in cue.saying.complements & {"of", "for"}
        ):
            follows = False
        if follows:
            end = self._end_of_words(cue, start, by_token)
            if end > start:
                cue.stretches.append((start, end))
            return
        heads = deep.logical_objects(verb)
        if heads and verb.dep_ in syntax.RELATIVE:
            phrase = syntax.noun_phrase(heads[0])
            cue.stretches.append((phrase.start, phrase.end))

    def _end_of_words(self, cue: _Cue, start: int, by_token: set[int]) -> int:
        """The end of the words that follow a leading verb: its sentence, cut where its own clause goes on without them."""
        doc, verb, sent = self.doc, cue.token, self._sentence(cue.token.i)
        end = self._trim_end(sent.end)
        if verb.i in self.quote_of:
            end = min(end, self.quotes[self.quote_of[verb.i]].end)
        if verb.dep_ in syntax.RELATIVE | syntax.PARTICIPIAL and verb.i - cue.start < 12:
            inside = verb.right_edge.i + 1
            if start < inside < end and doc[inside].text in {",", ";"} and not self._is_cut_short(inside):
                end = inside
        for i in range(start, end):
            if doc[i].text == ";" and i not in self.quote_of:
                end = i
                break
        for child in verb.children:
            if child.i < start or child.i >= end:
                continue
            is_next = (
                child.dep_ == "conj"
                and child.pos_ in {"VERB", "AUX"}
                and (child.tag_ == verb.tag_ or child.i in by_token or child.tag_ in _FINITE)
            )
            is_aside = (
                child.dep_ in {"advcl", "parataxis"} and child.tag_ == "VBG" and doc[child.left_edge.i - 1].text == ","
            )
            if is_next and self._has_that(child):
                continue
            if is_next or is_aside:
                edge = self._clause_start(child)
                if start < edge < end:
                    end = edge
        for i in range(start + 1, end):
            if (
                i in by_token
                and i not in self.quote_of
                and doc[i].tag_ in _FINITE
                and self._is_clause_of_its_own(i, start, verb)
            ):
                edge = self._clause_start(doc[i])
                if start < edge < end:
                    end = edge
                    break
        while end > start and (
            doc[end - 1].lower_ in _LINKS or doc[end - 1].text in {",", ";"} | _DASHES or doc[end - 1].is_space
        ):
            end -= 1
        for number in {self.quote_of[i] for i in range(start, end) if i in self.quote_of}:
            quote = self.quotes[number]
            if quote.start >= start and quote.is_closed:
                end = max(end, quote.outer_end)
        return end

    def _is_cut_short(self, i: int) -> bool:
        """Whether a comma where the tree ends a clause stands inside a quotation."""
        return i in self.quote_of

    def _has_that(self, child: Token) -> bool:
        return any(t.lower_ == "that" and t.i < child.i for t in child.children)

    def _is_clause_of_its_own(self, i: int, start: int, verb: Token) -> bool:
        """Whether a later verb of saying in the sentence starts a clause beside the first one: ", while B said"."""
        edge = self._clause_start(self.doc[i])
        if edge <= start:
            return False
        link = self.doc[edge]
        before = self.doc[edge - 1]
        return (before.text in {",", ";"} and link.lower_ in {"while", "but", "whereas", "although", "though"}) or (
            link.lower_ in {"and", "but"} and self.doc[i].dep_ == "conj" and self.doc[i].head is verb
        )

    def _clause_start(self, verb: Token) -> int:
        """Where the clause of a verb begins on the surface, its conjunction included."""
        doc = self.doc
        owner = next((c for c in self.cues if c.token.i == verb.i), None)
        start = (
            owner.start
            if owner is not None and self._sentence(verb.i).start <= owner.start
            else min(
                [
                    verb.i,
                    *(
                        t.left_edge.i
                        for t in verb.children
                        if t.i < verb.i and t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS
                    ),
                ]
            )
        )
        while (start > self._sentence(verb.i).start and doc[start - 1].lower_ in _LINKS) or doc[start - 1].pos_ in {
            "ADV",
            "AUX",
        }:
            start -= 1
        return start

    def _trim_end(self, end: int) -> int:
        while end > 0 and (self.doc[end - 1].is_space or self.doc[end - 1].text in _TERMINALS):
            end -= 1
        return end

    def _after_dateline(self, start: int) -> int:
        """Past "KHARKIV, Ukraine, March 14 (Meridian) -" and "[Text]" at the head of a sentence."""
        doc, end = self.doc, self._sentence(start).end
        if doc[start].text[:1].isupper() or doc[start].text in {"(", "["}:
            for i in range(start, min(start + 20, end)):
                if (
                    doc[i].text in _DASHES
                    and i > start
                    and (doc[i - 1].text == ")" or doc[start].text.isupper())
                    and doc[i].whitespace_
                ):
                    return i + 1
                if doc[i].tag_ in _FINITE:
                    break
        return start

    def _own_quotes(self, number: int, cue: _Cue) -> None:
        for start, end in cue.stretches:
            for quote_number, quote in enumerate(self.quotes):
                if start < quote.end and quote.start < end and not quote.start <= cue.token.i < quote.end:
                    self.owner.setdefault(quote_number, number)

    def _continue_quotes(self) -> None:
        """Gives a quotation without a verb of its own to the speaker it continues."""
        for number, quote in enumerate(self.quotes):
            if number in self.owner:
                continue
            following = self.quotes[number + 1] if number + 1 < len(self.quotes) else None
            previous = self.quotes[number - 1] if number else None
            cue: int | None = None
            if (
                previous is not None
                and self.paragraph[previous.start] == self.paragraph[quote.start]
                and number - 1 in self.owner
            ):
                if self._is_utterance(number) and self._starts_sentence(quote):
                    cue = self.owner[number - 1]
            elif previous is not None and not previous.is_closed and previous.closes_paragraph and number - 1 in self.owner:
                cue = self.owner[number - 1]
            if (
                cue is None
                and not quote.is_closed
                and quote.closes_paragraph
                and following is not None
                and following.opens_paragraph
            ):
                cue = self._owner_forward(number + 1)
            if cue is None and quote.opens_paragraph and quote.closes_paragraph and self._is_utterance(number):
                cue = self._last_cue_of_previous_paragraph(quote)
            if cue is None and self._starts_sentence(quote) and self._is_utterance(number) and not quote.opens_paragraph:
                cue = self._cue_of_previous_sentence(quote)
            if cue is not None:
                self.cues[cue].stretches.append((quote.outer_start, quote.outer_end))
                self.owner[number] = cue

    def _owner_forward(self, number: int) -> int | None:
        while number < len(self.quotes):
            if number in self.owner:
                return self.owner[number]
            if self.quotes[number].is_closed or not self.quotes[number].closes_paragraph:
                return None
            number += 1
        return None

    def _starts_sentence(self, quote: Quotation) -> bool:
        return self.doc[quote.start].text[:1].isupper() or self.doc[quote.start].is_sent_start is True

    def _last_cue_of_previous_paragraph(self, quote: Quotation) -> int | None:
        here = self.paragraph[quote.start]
        found = [
            n
            for n, c in enumerate(self.cues)
            if c.stretches and self.paragraph[c.token.i] == here - 1 and c.saying.stance not in {"believe", "label"}
        ]
        return found[-1] if found else None

    def _cue_of_previous_sentence(self, quote: Quotation) -> int | None:
        """A quoted sentence right after a sentence that reports its speaker: "He was clear about it. "We will win.""."""
        start = self.doc[quote.start].sent.start
        if start == 0:
            return None
        before = self.doc[min(quote.outer_start, start) - 1].sent
        if self.paragraph[before.start] != self.paragraph[quote.start]:
            return None
        found = [
            n
            for n, c in enumerate(self.cues)
            if c.stretches and before.start <= c.token.i < before.end and c.saying.stance not in {"believe", "label"}
        ]
        return found[-1] if found else None

    # --- results

    def _speech(self) -> list[Speech]:
        found: list[Speech] = []
        actor_of: dict[tuple[int, int], int | None] = {}
        for cue in self.cues:
            if not cue.stretches or cue.phrase is None:
                continue
            span = (cue.phrase.start, cue.phrase.end)
            phrase = self._split_speaker(cue) or cue.phrase
            if span not in actor_of:
                actor_of[span] = speakers.actor_of(self.doc, phrase)
            speaker = actor_of[span]
            if speaker is None and phrase.head.lemma_.lower() in speakers.PAPERS:
                speaker = self._author(cue, phrase.head.lemma_.lower(), found)
            addressee = self._addressee(cue)
            for start, end in sorted({s for s in cue.stretches if s[0] < s[1]}):
                quotes = [(q.start, q.end) for q in self.quotes if start < q.end and q.start < end]
                found.append(
                    Speech(
                        start=start,
                        end=end,
                        cue=cue.token.i,
                        cue_lemma=cue.saying.lemma,
                        speaker=speaker,
                        speaker_span=(phrase.start, phrase.end),
                        is_quote=bool(quotes),
                        quotes=quotes,
                        addressee=addressee if addressee != speaker else None,
                        denies=cue.saying.stance == "deny" and not _is_open(cue.token),
                    )
                )
        return sorted(found, key=lambda s: (s.start, -s.end, s.cue))

    def _author(self, cue: _Cue, paper: str, found: list[Speech]) -> int | None:
        """Who speaks through "the communique": who was on record in the sentence that spoke of it before."""
        start = cue.token.sent.start
        for i in range(start - 1, -1, -1):
            if self.doc[i].lemma_.lower() == paper:
                sent = self.doc[i].sent
                said = [s for s in found if sent.start <= s.cue < sent.end and s.speaker is not None]
                if said:
                    return said[0].speaker
        return None

    def _split_speaker(self, cue: _Cue) -> speakers.Phrase | None:
        """The speaker that a page defect cut off: "said Monday. State Secretary Antony Blinken.", "spokesman Saeed said
        yesterday. Khatibzadeh."."""
        doc, sent = self.doc, self._sentence(cue.token.i)
        is_timed = any(t.ent_type_ in {"DATE", "TIME"} for t in doc[cue.end : sent.end])
        if not (cue.is_inverted or cue.phrase is None or cue.phrase.head.pos_ == "PROPN" or is_timed) or sent.end >= len(
            doc
        ):
            return None
        tail = self.doc[cue.end : self._trim_end(sent.end)]
        if any(t.pos_ not in {"NOUN", "PROPN", "ADP", "ADV"} and t.ent_type_ not in {"DATE", "TIME"} for t in tail):
            return None
        fragment = doc[sent.end].sent
        end = self._trim_end(fragment.end)
        words = doc[fragment.start : end]
        if not 0 < len(words) <= 7 or not all(t.pos_ == "PROPN" or t.text[:1].isupper() for t in words):
            return None
        if self.paragraph[fragment.start] != self.paragraph[cue.token.i]:
            return None
        at = doc._.actor_at
        named = [i for i in range(fragment.start, end) if i in at and doc._.actors[at[i]].actor_type == "person"]
        return speakers.Phrase(fragment.start, end, doc[named[-1]]) if named else None

    def _addressee(self, cue: _Cue) -> int | None:
        at = self.doc._.actor_at
        for slot in cue.saying.addressees:
            if slot == "object":
                heads = [
                    t for t in cue.token.children if t.i > cue.token.i and t.dep_ in syntax.OBJECTS | syntax.INDIRECT_OBJECTS
                ]
            else:
                heads = [t for prep, t in syntax.prepositional(cue.token) if prep == slot and t.i > cue.token.i]
            if cue.saying.lemma == "call on":
                heads = [t for prep, t in syntax.prepositional(cue.token) if prep in {"on", "upon"}]
            for head in heads:
                if head.i in at:
                    return at[head.i]
        return None


def _is_open(token: Token) -> bool:
    """ "neither confirmed nor denied"."""
    words = [t.lower_ for t in token.doc[max(token.i - 4, 0) : token.i]]
    return "neither" in words or "confirm" in words


def _joined_sentences(doc: Doc, paragraph: list[int]) -> list[tuple[int, int]]:
    bounds: list[list[int]] = []
    for sent in doc.sents:
        start = sent.start
        opener = doc[start].text
        is_number = opener[:1].isdigit() and start > 1 and "no." in doc[start - 2 : start].text.lower()
        is_name = start > 0 and doc[start].pos_ == "PROPN" and doc[start - 1].pos_ == "PROPN"
        goes_on = opener[:1].islower() and not _ends_sentence(doc, start) if start else False
        if bounds and paragraph[start] == paragraph[start - 1] and (is_number or goes_on or is_name):
            bounds[-1][1] = sent.end
        else:
            bounds.append([start, sent.end])
    return [(first, last) for first, last in bounds for _ in range(first, last)]


def _ends_sentence(doc: Doc, start: int) -> bool:
    before = start - 1
    while before > 0 and (doc[before].is_space or doc[before].is_quote):
        before -= 1
    return doc[before].text in _TERMINALS | {":", "•"}
