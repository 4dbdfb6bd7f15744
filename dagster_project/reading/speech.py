"""Component ``conflict_speech``: the stretches of a document that are presented as somebody's words or claim.

Assigns ``doc._.speech``; sources that are no actors yet join ``doc._.actors``. A cue is a verb of saying, "according to"
or a noun like "claim that"; its words are what the clause structure and the quotation marks give it, before it, after it
or on both sides, over sentences and paragraphs. A quotation without a cue goes on with the speaker before it.

Belongs here: putting cues, words, quotations and actors together. Does not belong: the cues (``speech_cues.py``), their
words (``speech_words.py``), the marks (``quotation.py``), the speaker (``speakers.py``), kinds of act (``statements.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import nouns, speakers, syntax
from dagster_project.reading.extensions import register
from dagster_project.reading.issuer import named_issuer
from dagster_project.reading.quotation import Quotation
from dagster_project.reading.speech_cues import Cue, CueFinder
from dagster_project.reading.speech_page import Page
from dagster_project.reading.speech_words import WordGiver
from dagster_project.reading.types import Speech

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


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


class _Reading:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.page = Page(doc)
        self.cues = CueFinder(self.page).run()
        self.owner: dict[int, int] = {}  # quotation -> cue

    def run(self) -> list[Speech]:
        giver = WordGiver(self.page, self.cues)
        for number, cue in enumerate(self.cues):
            giver.give(number, cue)
        self.owner = giver.owner
        self._continue_quotes()
        return self._speech()

    def _continue_quotes(self) -> None:
        """Gives a quotation without a verb of its own to the speaker it continues."""
        for number, quote in enumerate(self.page.quotes):
            if number in self.owner:
                continue
            following = self.page.quotes[number + 1] if number + 1 < len(self.page.quotes) else None
            previous = self.page.quotes[number - 1] if number else None
            cue: int | None = None
            if (
                previous is not None
                and self.page.paragraph[previous.start] == self.page.paragraph[quote.start]
                and number - 1 in self.owner
            ):
                if self.page.is_utterance(number) and self._starts_sentence(quote):
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
            if cue is None and quote.opens_paragraph and quote.closes_paragraph and self.page.is_utterance(number):
                cue = self._last_cue_of_previous_paragraph(quote)
            if cue is None and self._starts_sentence(quote) and self.page.is_utterance(number) and not quote.opens_paragraph:
                cue = self._cue_of_previous_sentence(quote)
            if cue is not None:
                self.cues[cue].stretches.append((quote.outer_start, quote.outer_end))
                self.owner[number] = cue

    def _owner_forward(self, number: int) -> int | None:
        while number < len(self.page.quotes):
            if number in self.owner:
                return self.owner[number]
            if self.page.quotes[number].is_closed or not self.page.quotes[number].closes_paragraph:
                return None
            number += 1
        return None

    def _starts_sentence(self, quote: Quotation) -> bool:
        return self.doc[quote.start].text[:1].isupper() or self.doc[quote.start].is_sent_start is True

    def _last_cue_of_previous_paragraph(self, quote: Quotation) -> int | None:
        here = self.page.paragraph[quote.start]
        found = [
            n
            for n, c in enumerate(self.cues)
            if c.stretches and self.page.paragraph[c.token.i] == here - 1 and c.saying.stance not in {"believe", "label"}
        ]
        return found[-1] if found else None

    def _cue_of_previous_sentence(self, quote: Quotation) -> int | None:
        """A quoted sentence right after a sentence that reports its speaker: "He was clear about it. "We will win.""."""
        start = self.doc[quote.start].sent.start
        if start == 0:
            return None
        before = self.doc[min(quote.outer_start, start) - 1].sent
        if self.page.paragraph[before.start] != self.page.paragraph[quote.start]:
            return None
        found = [
            n
            for n, c in enumerate(self.cues)
            if c.stretches and before.start <= c.token.i < before.end and c.saying.stance not in {"believe", "label"}
        ]
        return found[-1] if found else None

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
            if phrase.head.lower_ in {"he", "she"}:
                speaker = self._unnamed(cue, speaker, actor_of)
            if phrase.head.lower_ == "we":
                speaker = named_issuer(self.doc)
            addressee = self._addressee(cue)
            for start, end in sorted({s for s in cue.stretches if s[0] < s[1]}):
                quotes = [(q.start, q.end) for q in self.page.quotes if start < q.end and q.start < end]
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

    def _author(self, cue: Cue, paper: str, found: list[Speech]) -> int | None:
        """Who speaks through "the communique": who was on record in the sentence that spoke of it before."""
        start = cue.token.sent.start
        for i in range(start - 1, -1, -1):
            if self.doc[i].lemma_.lower() == paper:
                sent = self.doc[i].sent
                said = [s for s in found if sent.start <= s.cue < sent.end and s.speaker is not None]
                if said:
                    return said[0].speaker
        return None

    def _unnamed(self, cue: Cue, speaker: int | None, actor_of: dict[tuple[int, int], int | None]) -> int | None:
        """Whom "he" means after one who spoke for a body without a name: "The delegate of X objected. A ban, he said, ..."."""
        doc, actors = self.doc, self.doc._.actors
        here = cue.token.i
        for before in reversed(self.cues):
            if before.token.i >= cue.start or before.phrase is None:
                continue
            if (
                before.token.sent.end < doc[here].sent.start - 60
                or self.page.paragraph[before.token.i] != self.page.paragraph[here]
            ):
                return speaker
            head, start = before.phrase.head, before.phrase.start
            other = actor_of.get((start, before.phrase.end), speakers.actor_of(doc, before.phrase, may_describe=False))
            if head.lower_ in {"he", "she"} or other is None:
                continue
            named_since = speaker is not None and any(
                start < first < here and doc[first].pos_ != "PRON" for first, _ in actors[speaker].spans
            )
            is_one = head.tag_ == "NN" and "person" in nouns.classes(head) and actors[other].actor_type != "person"
            return other if is_one and not named_since else speaker
        return speaker

    def _split_speaker(self, cue: Cue) -> speakers.Phrase | None:
        """The speaker that a page defect cut off: "said Monday. State Secretary Antony Blinken.", "spokesman Saeed said
        yesterday. Khatibzadeh."."""
        doc, sent = self.doc, self.page.sentence(cue.token.i)
        is_timed = any(t.ent_type_ in {"DATE", "TIME"} for t in doc[cue.end : sent.end])
        if not (cue.is_inverted or cue.phrase is None or cue.phrase.head.pos_ == "PROPN" or is_timed) or sent.end >= len(
            doc
        ):
            return None
        tail = self.doc[cue.end : self.page.trim_end(sent.end)]
        if any(t.pos_ not in {"NOUN", "PROPN", "ADP", "ADV"} and t.ent_type_ not in {"DATE", "TIME"} for t in tail):
            return None
        fragment = doc[sent.end].sent
        end = self.page.trim_end(fragment.end)
        words = doc[fragment.start : end]
        if not 0 < len(words) <= 7 or not all(t.pos_ == "PROPN" or t.text[:1].isupper() for t in words):
            return None
        if self.page.paragraph[fragment.start] != self.page.paragraph[cue.token.i]:
            return None
        at = doc._.actor_at
        named = [i for i in range(fragment.start, end) if i in at and doc._.actors[at[i]].actor_type == "person"]
        return speakers.Phrase(fragment.start, end, doc[named[-1]]) if named else None

    def _addressee(self, cue: Cue) -> int | None:
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
