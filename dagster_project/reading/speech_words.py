"""The words that a cue presents: before it, after it, on both sides, in a quotation over several sentences.

Belongs here: extents of reported and quoted words from clause structure, commas and quotation marks. Does not belong:
finding cues (``speech_cues.py``), quotations without a cue of their own (``speech.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, syntax
from dagster_project.reading.speech_cues import NEAR, Cue
from dagster_project.reading.speech_page import DASHES, FINITE, TERMINALS, Page

if TYPE_CHECKING:
    from spacy.tokens import Token

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
_NAMING = frozenset({"call", "brand", "label", "dub", "term"})
_HALF_OPENERS = frozenset({"if", "had", "should", "when", "after", "before", "unless", "although", "while", "until", "once"})
_CLAIMED_LIVES = frozenset({"life", "lives", "victims", "dead"})
# What their object is, is who is spoken to, not what is said.
_TO_SOMEBODY = frozenset({"advise", "counsel"})
_TRANSITIVE = frozenset(
    {"accuse", "refuse", "threaten", "promise", "request", "order", "support", "regret", "deny", "confirm", "claim"}
)


class WordGiver:
    """Gives the cues of one document their words, in text order; ``owner``: quotation -> cue once given."""

    def __init__(self, page: Page, cues: list[Cue]) -> None:
        self.page = page
        self.doc = page.doc
        self.cues = cues
        self.by_token = {c.token.i for c in cues}
        self.owner: dict[int, int] = {}

    def give(self, number: int, cue: Cue) -> None:
        if cue.stretches:  # a noun's clause
            self._own_quotes(number, cue)
            return
        sent = self.page.sentence(cue.token.i)
        left_quote = self.page.quote_ending_before(cue.start)
        right_quote = (
            self.page.quote_starting_after(cue.end, len(self.doc)) if not cue.is_inverted or left_quote is None else None
        )
        if right_quote is not None and any(cue.end <= i < self.page.quotes[right_quote].start for i in self.by_token):
            right_quote = None  # "ruled out paying, telling them: ...": the nearer verb's words
        if left_quote is not None and left_quote in self.owner:
            left_quote = None
        if left_quote is not None and not self.page.is_utterance(left_quote) and not self._ends_clause(cue):
            left_quote = None
        if left_quote is not None:
            self._take_left_quote(cue, left_quote, sent.start)
        elif right_quote is not None and self._is_led_in(cue, right_quote):
            quote = self.page.quotes[right_quote]
            cue.stretches.append((quote.outer_start, quote.outer_end))
        else:
            clause = self._clause_after(cue)
            left = self._words_before(cue)
            if clause is not None and (left is None or not (self._is_parenthetical(cue) or self._trails(cue))):
                # "said in a statement it had": the adjunct may hang on the verb of the words
                start = cue.end if cue.token.i < clause < cue.end else clause
                cue.stretches.append((start, self._end_of_words(cue, clause)))
            elif left is not None:
                cue.stretches.append(left)
                rest = self._rest_after(cue, left)
                if rest is not None:
                    cue.stretches.append(rest)
            elif cue.saying.lemma != "according to":
                self._object_words(cue)
        if left_quote is not None or (cue.is_inverted and cue.stretches):
            after = self.page.quote_starting_after(cue.end, sent.end + 2)
            if after is not None and after not in self.owner and self.doc[cue.end].text in {",", ":", ".", ";"}:
                quote = self.page.quotes[after]
                cue.stretches.append((quote.outer_start, quote.outer_end))
        self._own_quotes(number, cue)

    def _ends_clause(self, cue: Cue) -> bool:
        """Whether what follows "X said" closes the sentence or adds to it: a trailing attribution."""
        i, end = cue.end, self.page.sentence(cue.token.i).end
        while i < end and (self.doc[i].pos_ in {"ADV", "ADP", "NOUN", "PROPN", "DET", "NUM", "ADJ"} or self.doc[i].is_space):
            i += 1
        return i >= end or self.doc[i].text in {".", ",", ";", "!", "?"}

    def _take_left_quote(self, cue: Cue, number: int, sent_start: int) -> None:
        quote = self.page.quotes[number]
        start = quote.outer_start
        first = self.doc[quote.start]
        if not quote.opens_paragraph and first.sent.start < quote.outer_start and first.sent.start >= 0:
            before = self.doc[first.sent.start : quote.outer_start]
            if any(t.is_alpha for t in before) and not any(t.text in TERMINALS for t in before):
                start = self.page.after_dateline(first.sent.start)
                for i in range(quote.outer_start - 1, start - 1, -1):
                    if self.doc[i].text == ";":
                        start = i + 1
                        break
        cue.stretches.append((start, quote.outer_end))

    def _is_led_in(self, cue: Cue, number: int) -> bool:
        """Whether the words between "X said" and a quotation only lead up to it: a whole utterance follows."""
        quote = self.page.quotes[number]
        between = self.doc[cue.end : quote.outer_start]
        if any(t.lower_ == "that" for t in between) or not self.page.is_utterance(number):
            return False
        if cue.saying.complements.isdisjoint({"quote"}):
            return any(t.text == ":" for t in between) or (between.text == "," and "manner" in cue.saying.complements)
        marks = [t.text for t in between if t.text in {",", ":"}]
        return bool(marks) or all(
            t.pos_ in {"PUNCT", "SPACE", "ADV"} or t.ent_type_ in {"DATE", "TIME", "ORG"} for t in between
        )

    def _clause_after(self, cue: Cue) -> int | None:
        """Where the words after a leading verb begin; None if none follow."""
        doc, verb, end = self.doc, cue.token, self.page.sentence(cue.token.i).end
        if cue.saying.lemma == "according to":
            return self._after_comma(cue) if not self._words_before(cue) else None
        wanted = cue.saying.complements
        if cue.is_inverted or wanted.isdisjoint({"clause", "as", "label", "of", "infinitive", "gerund"}):
            return None
        if "label" in wanted:
            return self._label(cue)
        after = verb.i + 1
        for i in range(after, min(end, after + NEAR)):
            word = doc[i]
            if word.text in {";", ":"} or word.tag_ in {"VBD", "VBZ", "VBP"} or word.lower_ in {"who", "which"}:
                break
            if i in self.by_token and word.tag_ == "VBG":
                break  # "cautioned against haste, noting that": the nearer verb's clause
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
            while edge < child.i and (doc[edge].text in {",", ";"} | DASHES or doc[edge].is_space):
                before, edge = doc[edge].text, edge + 1
            if before in {",", ";"} | DASHES and edge - 1 not in self.page.quote_of:
                continue
            if doc[edge].lower_ in _SUBORDINATORS:
                continue
            if child.dep_ in {"obj", "dobj"} and not any(t.tag_ in FINITE for t in doc[edge : child.right_edge.i + 1]):
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
        if not any(t.tag_ in FINITE for t in words) or any(t.lower_ in {"who", "which", "where"} for t in words):
            return None
        if doc[start].pos_ == "ADP":  # "said in a statement it carried out the attack"
            edges = [c.left_edge.i for t in words for c in t.children if c.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS]
            return min((e for e in edges if e > start), default=start)
        return start

    def _takes_nonfinite(self, child: Token, wanted: frozenset[str]) -> bool:
        if child.tag_ == "VB":
            return "infinitive" in wanted
        return bool(wanted & {"gerund", "of", "as", "for"})

    def _past_addressee(self, cue: Cue) -> int:
        """After "told Reuters", "told this agency", "informed him"."""
        start = cue.token.i + 1
        if "object" not in cue.saying.addressees or "object" in cue.saying.complements:
            return start
        heads = [t for t in cue.token.children if t.i >= start and t.dep_ in syntax.OBJECTS | syntax.INDIRECT_OBJECTS]
        if heads and heads[0].i - start < 6 and not any(t.pos_ == "VERB" for t in heads[0].subtree):
            return max(start, min(syntax.noun_phrase(heads[0]).end, heads[0].i + 1))
        if (
            self.doc[start].pos_ == "DET"
            and start + 2 < self.page.sentence(cue.token.i).end
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

    def _after_comma(self, cue: Cue) -> int | None:
        for i in range(cue.end, self.page.sentence(cue.token.i).end):
            if self.doc[i].text == ",":
                return i + 1
            if self.doc[i].tag_ in FINITE and not any(t.lower_ in {"who", "which", "that"} for t in self.doc[cue.end : i]):
                return None
        return None

    def _label(self, cue: Cue) -> int | None:
        """ "called the strikes "targeted"", "described by the ministry as "terrorists"": what somebody calls something."""
        doc, verb, end = self.doc, cue.token, self.page.sentence(cue.token.i).end
        stop = next(
            (
                i
                for i in range(verb.i + 1, end)
                if doc[i].text in {";", "."}
                or (doc[i].text == "," and i not in self.page.ending and i + 1 not in self.page.ending)
            ),
            end,
        )
        quoted = any(i in self.page.opening for i in range(verb.i + 1, min(stop, verb.i + 14)))
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

    def _words_before(self, cue: Cue) -> tuple[int, int] | None:
        """What a trailing or inserted "X said" attributes: its sentence up to it; None if that is no clause."""
        doc, sent = self.doc, self.page.sentence(cue.token.i)
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
            if doc[end - 1].text not in {",", "?", "!", ")"} | DASHES and end not in self.page.ending:
                return None
            if not cue.is_inverted and not self._ends_clause_or_adds(cue):
                return None
        while end > sent.start and (doc[end - 1].text in {",", "("} | DASHES or doc[end - 1].is_space):
            end -= 1
        start = self.page.after_dateline(sent.start)
        for i in range(end - 1, start - 1, -1):
            if doc[i].text == ";" and i not in self.page.quote_of:
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
        if any(t.tag_ in FINITE or t.tag_ in {"VBN", "VBG"} for t in words):
            return start, end
        is_headline = (
            is_source and any(t.pos_ in {"NOUN", "NUM"} for t in words) and self._ends_clause(cue) and len(words) > 3
        )
        return (start, end) if is_headline or (len(words) and self._is_parenthetical(cue) and self._goes_on(cue)) else None

    def _goes_on(self, cue: Cue) -> bool:
        """Whether a clause's verb follows "X said": "The rebels, he said, had fled"."""
        doc, end = self.doc, self.page.sentence(cue.token.i).end
        following = doc[cue.end + 1 : end]
        if doc[cue.end].text != ",":
            return False
        if any(t.tag_ in FINITE for t in following[:4]):
            return True
        told = [
            t for t in cue.token.children if t.i > cue.end and t.dep_ == "ccomp"
        ]  # "In the north, he said, men in masks shot 8"
        return any(t.tag_ in FINITE or any(a.tag_ in FINITE for a in syntax.auxiliaries(t)) for t in told)

    def _ends_clause_or_adds(self, cue: Cue) -> bool:
        doc, end = self.doc, self.page.sentence(cue.token.i).end
        i = cue.end
        while i < end and i - cue.end < 24:
            token = doc[i]
            if token.text in {".", ";", "!", "?"} or token.is_space:
                return True
            if token.text == ",":
                return True
            if token.text == ":" or (token.lower_ == "that" and token.tag_ == "IN"):
                return i == cue.end and token.text == ":"  # "two have died, the hospital reports: they came under fire"
            if token.tag_ in FINITE and not any(
                t.lower_ in {"who", "which", "where", "that", "as", "when", "after"} for t in doc[cue.end : i]
            ):
                return False
            i += 1
        return True

    def _is_parenthetical(self, cue: Cue) -> bool:
        """ ", he said,": between commas, so that the words on both sides are one clause."""
        doc = self.doc
        return (
            cue.end < self.page.sentence(cue.token.i).end
            and doc[cue.end].text in {",", ".", ";"}
            and cue.start > self.page.sentence(cue.token.i).start
            and (doc[cue.start - 1].text == "," or cue.start in self.page.ending)
        )

    def _trails(self, cue: Cue) -> bool:
        """ "..., residents said on Sunday, hours before a deadline": nothing but the day of the saying follows."""
        doc, end = self.doc, self.page.sentence(cue.token.i).end
        i = cue.end
        while i < end and (doc[i].ent_type_ in {"DATE", "TIME"} or doc[i].lower_ in {"on", "late", "early"}):
            i += 1
        is_explained = (
            i == cue.end < end and doc[i].text == ":"
        )  # "two have died, the hospital reports: they came under fire"
        trails = i > cue.end and (i >= end or doc[i].text in {",", ".", ";"})
        return (trails or is_explained) and doc[cue.start - 1].text == ","

    def _rest_after(self, cue: Cue, left: tuple[int, int]) -> tuple[int, int] | None:
        """The second half of a clause that "X said" interrupts: "The militants, he said, killed three", "If it falls, he
        said, all is lost"."""
        doc, sent = self.doc, self.page.sentence(cue.token.i)
        if not self._is_parenthetical(cue) and cue.saying.lemma != "according to":
            return None
        if cue.end >= sent.end or doc[cue.end].text != ",":
            return None
        start, end = cue.end + 1, self.page.trim_end(sent.end)
        is_half = not any(t.tag_ in FINITE for t in doc[left[0] : left[1]]) or doc[left[0]].lower_ in _HALF_OPENERS
        is_relative = doc[left[1] - 1].lower_ in {"which", "whom", "where", "when", "that", "who"}
        if start >= end or not (is_half or is_relative) or not any(t.tag_ in FINITE for t in doc[start:end]):
            return None
        return start, end

    def _object_words(self, cue: Cue) -> None:
        """The object of "denied the report", "vowed revenge", "blamed Israel for the raid"."""
        doc, verb = self.doc, cue.token
        complements = cue.saying.complements
        # "spoke of a danger", "cautioned against haste"
        is_of = doc[verb.i + 1 : verb.i + 2].text.lower() in complements & {"of", "against"}
        if cue.saying.stance not in _TRANSITIVE and "object" not in complements and not is_of:
            return
        if cue.saying.lemma in _TO_SOMEBODY and not is_of:
            return  # "who now advises banks"
        if "count" in complements and not any(_is_counted(t) for t in _counted_by(verb)):
            return  # "recorded a speech", where "recorded 12 deaths" is a claim
        passive = syntax.passive_subjects(verb) if syntax.is_passive(verb) else []
        if passive:
            first, last = passive[0].left_edge.i, passive[0].right_edge.i + 1
            cue.stretches.append((first, min(last, verb.i) if first < verb.i else last))
            return
        start = verb.i + 1 + cue.saying.lemma.count(" ")
        while start < len(doc) and doc[start].is_quote and self._is_partly_quoted(cue):
            start += 1
        objects = syntax.objects(verb)
        if cue.saying.stance == "claim" and any(t.lower_ in _CLAIMED_LIVES for t in objects):
            return  # "the blast claimed four lives"
        follows = (
            start < self.page.sentence(verb.i).end
            and doc[start].text not in {".", ",", ";", ":"}
            and not doc[start].is_space
        )
        if (
            follows
            and doc[start].tag_ == "IN"
            and doc[start].lower_ != "as"
            and not objects
            and doc[start].lower_ not in complements & {"of", "for", "against"}
        ):
            follows = False
        if follows:
            end = self._end_of_words(cue, start)
            if end > start:
                cue.stretches.append((start, end))
            return
        is_relative = verb.dep_ in syntax.RELATIVE or (verb.dep_ in syntax.PARTICIPIAL and verb.tag_ in FINITE)
        heads = deep.logical_objects(verb) or [verb.head]
        if is_relative:  # "an attack that the army blamed on rebels"
            phrase = syntax.noun_phrase(heads[0])
            cue.stretches.append((phrase.start, phrase.end))

    def _end_of_words(self, cue: Cue, start: int) -> int:
        """The end of the words that follow a leading verb: its sentence, cut where its own clause goes on without them."""
        doc, verb, sent = self.doc, cue.token, self.page.sentence(cue.token.i)
        end = self.page.trim_end(sent.end)
        if verb.i in self.page.quote_of and not self._is_partly_quoted(cue):
            end = min(end, self.page.quotes[self.page.quote_of[verb.i]].end)
        if verb.dep_ in syntax.RELATIVE | syntax.PARTICIPIAL and verb.i - cue.start < 12:
            inside = verb.right_edge.i + 1
            if start < inside < end and doc[inside].text in {",", ";"} and not self._is_cut_short(inside):
                end = inside
        for i in range(start, end):
            if doc[i].text == ";" and i not in self.page.quote_of:
                end = i
                break
        for child in verb.children:
            if child.i < start or child.i >= end:
                continue
            is_next = (
                child.dep_ == "conj"
                and child.pos_ in {"VERB", "AUX"}
                and (child.tag_ == verb.tag_ or child.i in self.by_token or child.tag_ in FINITE)
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
            if i in self.by_token and doc[i].tag_ == "VBG" and doc[i - 1].text == "," and i not in self.page.quote_of:
                end = i  # "ruled out paying a ransom, telling them: ..."
                break
            if (
                i in self.by_token
                and i not in self.page.quote_of
                and doc[i].tag_ in FINITE
                and self._is_clause_of_its_own(i, start, verb)
            ):
                edge = self._clause_start(doc[i])
                if start < edge < end:
                    end = edge
                    break
        while end > start and (
            doc[end - 1].lower_ in _LINKS or doc[end - 1].text in {",", ";"} | DASHES or doc[end - 1].is_space
        ):
            end -= 1
        for number in {self.page.quote_of[i] for i in range(start, end) if i in self.page.quote_of}:
            quote = self.page.quotes[number]
            if quote.start >= start and quote.is_closed:
                end = max(end, quote.outer_end)
        return end

    def _is_partly_quoted(self, cue: Cue) -> bool:
        """ "Washington "strongly condemned" the raid": the article's verb in its speaker's own words."""
        number = self.page.quote_of.get(cue.token.i)
        return number is not None and cue.phrase is not None and cue.phrase.end <= self.page.quotes[number].start

    def _is_cut_short(self, i: int) -> bool:
        """Whether a comma where the tree ends a clause stands inside a quotation."""
        return i in self.page.quote_of

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
            if owner is not None and self.page.sentence(verb.i).start <= owner.start
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
        while (start > self.page.sentence(verb.i).start and doc[start - 1].lower_ in _LINKS) or doc[start - 1].pos_ in {
            "ADV",
            "AUX",
        }:
            start -= 1
        return start

    def _own_quotes(self, number: int, cue: Cue) -> None:
        for start, end in cue.stretches:
            for quote_number, quote in enumerate(self.page.quotes):
                if start < quote.end and quote.start < end and not quote.start <= cue.token.i < quote.end:
                    self.owner.setdefault(quote_number, number)


def _counted_by(verb: Token) -> list[Token]:
    """ "Counted 11 dead": who is dead may be read as what they are counted to be."""
    return [*syntax.objects(verb), *(t for t in verb.children if t.dep_ == "xcomp" and t.pos_ == "ADJ")]


def _is_counted(noun: Token) -> bool:
    return any(t.pos_ == "NUM" or t.lower_ in {"dozens", "scores", "hundreds", "thousands"} for t in [noun, *noun.lefts])
