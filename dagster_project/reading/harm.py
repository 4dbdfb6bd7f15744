"""Who is killed, hurt, missing or captured in one sentence: harm words linked to the people they are about.

The words beside a harm word decide before the tree does: casualty phrases are formulas, and parsers trip over the numbers in
them. Where nothing stands beside it, grammar is asked; where that fails, the nearest people of the clause.

Belongs here: matching harm words, voice, the links from harm to people through coordination, apposition and partition.
Does not belong: vocabularies (``casualty_words.py``), phrases of people (``victims.py``), totals and parts, who says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dagster_project.reading import deep, syntax
from dagster_project.reading.casualty_words import BODIES, HarmWord, harm_words, takes_lives
from dagster_project.reading.victims import OPENING, People, people_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LIE = frozenset({"lie", "lies", "lay", "lying"})
_BE = {
    "be",
    "been",
    "being",
    "was",
    "were",
    "is",
    "are",
    "am",
    "get",
    "got",
    "getting",
    "gets",
    "'s",
    "’s",
    "became",
    "remain",
    "remained",
    "remains",
}
_HAVE = {"have", "has", "had", "having", "'ve", "’ve", "'d"}
_MODAL = {"may", "might", "could", "would", "must", "will", "can", "should"}
_BETWEEN_VERB = _BE | _HAVE | _MODAL | {"not", "n't", "n’t", "never", "also", "later", "then", "still", "all", "both", "each", "subsequently", "reportedly", "allegedly", "apparently", "feared", "believed", "reported", "thought", "presumed", "confirmed", "to", "initially", "either", "already", "immediately", "only", "since", "eventually", "themselves", "known", "said", "believe", "listed", "declared", "pronounced", "found", "instantly", "now", "severely", "seriously", "critically", "slightly", "lightly", "badly", "gravely", "mortally", "fatally", "brutally", "in", "fact"}  # fmt: skip
_BEFORE_OBJECT = {
    "off",
    "down",
    "also",
    "at",
    "another",
    "and",
    "or",
    "/",
    '"',
    "“",
    "”",
    "''",
    "``",
    "about",
    "only",
    "all",
    "nearly",
    "away",
    "up",
    "outright",
    "instantly",
    "dead",
    ":",
    "of",
}
_CONJUNCTIONS = {"that", "as", "while", "when", "where", "after", "because", "since", "if", "though", "although", "before", "whether"}  # fmt: skip
_SAYING = {"said", "says", "say", "saying", "reported", "reports", "report", "announced", "announces", "stated", "states", "added", "adding", "claimed", "claims", "confirmed", "confirms"}  # fmt: skip
_NUMBERS_OF_HARM = {"casualties", "casualty", "fatalities", "fatality", "deaths", "injuries", "injury", "losses", "loss", "lives", "life"}  # fmt: skip
# How an aside between commas begins: ", most of them women,", ", a nurse,".
_ASIDE = {
    "including",
    "among",
    "most",
    "many",
    "some",
    "mostly",
    "all",
    "aged",
    "both",
    "at",
    "identified",
    "a",
    "an",
    "the",
}
_ASIDE_TAGS = {"NN", "CD", "VBN", "VBG", "WP", "RB", "JJ", "NNP", "IN"}
_REMAINS = {"body", "corpse", "remains"}
_DESCRIBED = {"listed", "described", "posted", "classified", "registered", "given", "reported", "declared", "counted"}
_TELLING = {"disclose", "disclosed", "reveal", "revealed", "publish", "published", "give", "given", "release", "released", "confirm", "confirmed", "specify", "specified", "discuss"}  # fmt: skip
_JOINED = {"and", "or", "and/or", "as", "well", "plus", "&", "then", "later"}
_HOSTILE_GAP = 9
_FREED = {
    "free",
    "freed",
    "freeing",
    "frees",
    "release",
    "released",
    "releasing",
    "releases",
    "rescue",
    "rescued",
    "rescuing",
    "liberate",
    "liberated",
    "exchange",
    "exchanged",
    "swap",
    "swapped",
    "return",
    "returned",
}


@dataclass(slots=True)
class Match:
    """A harm word in the text: its tokens and the one that carries it."""

    word: HarmWord
    start: int
    end: int
    head: int


@dataclass(slots=True)
class Harm:
    """People linked to a harm word. ``people``: indices into the sentence's list; none for a bare number of deaths or "no loss"."""

    match: Match
    people: list[int] = field(default_factory=list)
    confidence: float = 0.9
    is_part: bool = False  # "among the dead"
    is_unharmed: bool = False
    is_nobody: bool = False  # "without casualties": none, though no word for none stands beside it
    is_either: bool = False  # "killed or wounded": both kinds share the number


def matches(sentence: Span) -> list[Match]:
    """Harm words of a sentence in text order, the longest first, not overlapping."""
    found: list[Match] = []
    taken: set[int] = set()
    table = harm_words()
    for token in sentence:
        if token.i in taken or token.lower_ not in table:
            continue
        for word in table[token.lower_]:
            span = _span(word, token, sentence.end)
            if span is None or not _fits(word, token, span):
                continue
            head = token.i if word.pos == "verb" else span[-1]
            if word.words[1:] and word.words[1] == frozenset({"of"}):
                head = token.i
            found.append(Match(word, token.i, span[-1] + 1, head))
            taken.update(span)
            break
    return found


def _span(word: HarmWord, token: Token, end: int) -> list[int] | None:
    doc, position, span = token.doc, token.i, [token.i]
    for number, forms in enumerate(word.words[1:], start=1):
        gap = 7 if word.pos == "verb" else 1
        for i in range(position + 1, min(position + 1 + gap, end)):
            if doc[i].lower_ in forms:
                position = i
                span.append(i)
                break
            if (
                word.pos != "verb"
                or doc[i].text in {",", ";", ":", "."}
                or (doc[i].tag_ in {"VBD", "VBZ", "MD"} and number == 1)
            ):
                return None
        else:
            return None
    return span


def _fits(word: HarmWord, token: Token, span: list[int]) -> bool:
    doc = token.doc
    following = doc[span[-1] + 1] if span[-1] + 1 < len(doc) else None
    if word.pos == "verb":
        if len(word.words) > 1:
            return token.tag_.startswith(("VB", "NN", "JJ"))
        if token.tag_.startswith("VB") or token.pos_ in {"VERB", "AUX"}:
            return not _is_nominal(token)
        if token.lower_.endswith("ed") or token.lower_ in {"hurt", "slain"}:
            return True
        return (
            token.lower_.endswith("s")
            and token.tag_ == "NNS"
            and token.lower_ in {"kills", "wounds", "injures", "hurts", "dies", "die", "kill", "slays"}
            and token.lower_ != "wounds"
        )
    if word.slot == "bearer" and word.kind == "captured":
        return following is None or following.lower_ not in {"taking", "takers", "taker", "-"}
    if word.pos == "noun":
        if word.slot == "of" or word.slot == "toll":
            if token.tag_ == "VBG" and not _is_nominal(token):
                return False
            if token.tag_ in {"VBD", "VBN"}:
                return False
            last = doc[span[-1]]
            return last.pos_ in {"NOUN", "PROPN", "VERB"} and last.tag_ not in {"VBZ", "VBP", "VB"}
        return token.tag_ in {"NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBD", "VBG"}
    return True


def _is_nominal(token: Token) -> bool:
    """ "the killing of", "their wounding": a gerund used as a noun."""
    if token.tag_ != "VBG" or token.i == 0:
        return False
    previous = token.nbor(-1)
    return (
        previous.tag_ in {"DT", "PRP$", "POS", "JJ", "NN"}
        and token.i + 1 < len(token.doc)
        and token.nbor(1).lower_ in {"of", "in", "by"}
    )


class Linker:
    """Links the harm words of one sentence to its people."""

    def __init__(self, doc: Doc, sentence: Span, people: list[People]) -> None:
        self.doc, self.sentence, self.people = doc, sentence, people
        self.start, self.end = sentence.start, sentence.end
        self.matches = matches(sentence)
        self.at: dict[int, int] = {}
        for number, group in enumerate(people):
            for i in range(group.start, group.end):
                self.at[i] = number
        self.harm_at = {i: m for m in self.matches for i in range(m.start, m.end)}
        self.verb_heads = {m.head for m in self.matches if m.word.pos == "verb"}

    def all(self) -> list[Harm]:
        """Links in text order of their harm words."""
        found: list[Harm] = []
        for match in self.matches:
            harm = self._link(match)
            if harm is not None:
                found.append(harm)
        return self._share(found)

    def _link(self, match: Match) -> Harm | None:
        labelled = self._labelled(match)
        if labelled is not None:
            return labelled
        slot = match.word.slot
        inside = len(match.word.words) == 1 and match.word.pos == "verb" and match.head in self.at
        if match.word.lemma == "injury" and match.end < self.end and self.doc[match.end].lower_ == "to":
            right = self._right(match.end + 1, match)  # "causing injuries to 14 persons"
            return Harm(match, self._chain_right(right), 0.85) if right is not None else None
        if slot in {"counted", "bearer", "unharmed"} or inside:
            return self._attribute(match)
        if slot in {"patient", "losses"}:
            return self._patient(match)
        if slot == "undergoer":
            return self._undergoer(match)
        if slot == "of":
            return self._nominal(match)
        if slot == "lives":
            return self._lives(match)
        if slot == "owner":
            return self._owner(match)
        return None  # tolls read their numbers themselves

    def _labelled(self, match: Match) -> Harm | None:
        """ "Killed: 14", "Dead: three soldiers": a table's row."""
        opens = match.start == self.start or self.doc[match.start - 1].text in {",", ";", ".", "-", "–", "•", "|", ":"}
        if not opens or match.end + 1 >= self.end or self.doc[match.end].text != ":":
            return None
        number = self.at.get(match.end + 1)
        stated = number is not None and self.people[number].is_stated
        return Harm(match, [number], 0.85) if number is not None and stated else None

    # --- verbs

    def _patient(self, match: Match) -> Harm | None:
        verb = self.doc[match.head]
        auxiliary = verb.tag_ != "VBG" and self._auxiliary(verb.i)  # "who were grazing their goats" is active
        passive = auxiliary or (verb.tag_ == "VBN" and not self._has_have(verb.i))
        if match.word.slot == "losses":
            passive = False
        if match.word.lemma == "hold" and not (auxiliary and verb.lower_ == "held"):
            return self._held(match)
        if match.word.lemma == "shoot" and self._survives(match):
            return None
        if match.word.lemma == "burn to death" and not auxiliary and verb.tag_ == "VBD" and not syntax.objects(verb):
            return self._undergoer(match)  # "a seaman burned to death"
        if match.word.lemma == "treat" and not auxiliary:
            return None
        if verb.dep_ == "amod" and verb.head.i in self.at and self.people[self.at[verb.head.i]].is_bare:
            return None  # "respect wounded people"
        among = self._among_those(match)
        if among is not None:
            return among
        left = self._left(verb.i)
        if left is not None:
            left = self._whole_of(left)
        right = self._right(match.end if match.end - match.start == len(match.word.words) else match.start + 1, match)
        is_object = (
            right is not None
            and not auxiliary
            and not (verb.tag_ == "VBN" and self.people[right].is_bare and left is not None)
            and not (left is not None and self._are_paired(match, left, right))
        )
        if right is not None and is_object and self._acceptable(match, self.people[right]):
            return Harm(match, self._chain_right(right), 0.9)
        if match.end - match.start > len(match.word.words) and not auxiliary:
            inner = [self.at[i] for i in range(match.start, match.end) if i in self.at]
            if inner and self._acceptable(match, self.people[inner[0]]):
                return Harm(match, self._chain_right(inner[0]), 0.9)  # "took nine villagers hostage"
        undergone = passive or (verb.tag_ in {"VBN", "VBD", "JJ"} and not self._has_have(verb.i))
        later = [t for t in syntax.objects(verb) if t.i > verb.i] if syntax.subjects(verb) and not auxiliary else []
        if later:  # "the army eliminated, on the night of 12 March, four terrorists"
            reached = self._by_grammar(match, later, False)
            if reached is not None:
                return reached
        if left is not None and undergone and match.word.slot != "losses" and self._acceptable(match, self.people[left]):
            told = auxiliary or verb.tag_ == "VBN" or self.people[left].is_stated
            if told:
                return Harm(match, self._chain_left(left), 0.9)
        found = self._by_grammar(match, deep.logical_objects(verb), passive)
        if found is None and auxiliary:
            subject = self._subject_before(verb.i)
            own = subject is not None and any(t.i > self.people[subject].end for t in deep.logical_objects(verb))
            if own:
                return None  # "one militant was shot dead and a carbine was seized"
            if subject is not None and self.people[subject].is_stated and self._acceptable(match, self.people[subject]):
                return Harm(match, self._chain_left(subject), 0.6)
        return found

    def _held(self, match: Match) -> Harm | None:
        """ "are holding 178 guards": so many people as the object itself, not "holding a meeting", "the held valley"."""
        right = self.at.get(match.end)
        if right is None or not self.people[right].is_stated or self.people[right].is_unsure:
            return None
        return Harm(match, self._chain_right(right), 0.8) if self._acceptable(match, self.people[right]) else None

    def _survives(self, match: Match) -> bool:
        """Whether somebody shot may live: another harm of the same clause is told, or where the shot hit, or that it missed."""
        following = [t.lower_ for t in self.doc[match.end : min(self.end, match.end + 3)]]
        near = self.doc[match.start : min(self.end, match.end + 8)]
        told = any(t.i in self.harm_at and self.harm_at[t.i] is not match for t in near)
        aimed = following[:1] == ["at"] and following[1:2] not in (["least"], ["most"])
        return told or aimed or following[:1] in (["down"], ["back"], ["into"], ["up"]) or "themselves" in following

    def _are_paired(self, match: Match, left: int, right: int) -> bool:
        """ "27 civilians killed and 11 abducted", "70 killed and 19 injured": each number stands before its own word."""
        stated = self.people[left].is_stated and self.people[left].end == match.start
        following = self.people[right]
        has_own = self._has_own_harm(following) or following.head in self.harm_at
        return stated and following.is_stated and has_own and self.doc[match.end].lower_ in {"and", ",", "/"}

    def _undergoer(self, match: Match) -> Harm | None:
        verb = self.doc[match.head]
        left = self._left(verb.i)
        if left is not None:
            left = self._whole_of(left)
        if left is not None and self._acceptable(match, self.people[left]):
            return Harm(match, self._chain_left(left), 0.9)
        found = self._by_grammar(match, deep.logical_subjects(verb) or deep.logical_objects(verb), True)
        if found is None and verb.tag_ in {"VBD", "VBN", "VBP", "VBZ"}:
            subject = self._subject_before(verb.i)
            if subject is not None and self.people[subject].is_stated and self._acceptable(match, self.people[subject]):
                return Harm(match, self._chain_left(subject), 0.6)
        return found

    def _by_grammar(self, match: Match, heads: list[Token], leftwards: bool) -> Harm | None:
        found = [n for t in heads if (n := self._group_of(t)) is not None]
        found = [n for n in dict.fromkeys(found) if self._acceptable(match, self.people[n])]
        before = [n for n in found if self.people[n].start < match.head]
        if leftwards and before:
            return Harm(match, self._chain_left(max(before)), 0.8)
        if found and not (match.word.slot == "undergoer" and not before):
            return Harm(match, self._chain_right(min(found)), 0.8)
        if not leftwards and not match.word.people_only:
            for i in range(match.end, min(match.end + 8, self.end)):
                if i in self.at and self._acceptable(match, self.people[self.at[i]]):
                    return Harm(match, self._chain_right(self.at[i]), 0.6)
                if self.doc[i].tag_ in {"VBD", "VBZ", "VBP", "IN", "TO"} or self.doc[i].text in {",", ";", ":"}:
                    break
        return None

    def _group_of(self, token: Token) -> int | None:
        if token.i in self.at:
            return self.at[token.i]
        inside = [self.at[t.i] for t in token.subtree if t.i in self.at and abs(t.i - token.i) <= 3 and token.tag_ == "CD"]
        return inside[0] if inside else None

    def _acceptable(self, match: Match, group: People) -> bool:
        """Whether the people may undergo it: "seized the initiative" has none, "lost a brother" has."""
        if match.word.slot == "losses":
            people = not group.is_elliptic or any(m.word.kind == "killed" and m is not match for m in self.matches)
            return self._are_counted(group) and people and not group.is_pronoun  # "killed 63 soldiers and lost only two"
        if match.word.pos == "verb" and self.doc[group.head].lower_ in _NUMBERS_OF_HARM:
            return False  # "no casualties were reported, one vehicle was hit"
        if [t.lower_ for t in self.doc[max(self.start, group.start - 2) : group.start]] == ["all", "but"]:
            return False  # "killed all but one of them"
        if match.word.kind != "killed" and self.doc[group.head].lower_ in BODIES:
            return False  # "the bodies were taken away"
        if match.word.lemma == "shoot" and not (group.is_stated and group.low and group.low > 1):
            return False  # of one person it leaves open whether he died
        if group.is_unsure and (match.word.people_only or match.word.kind not in {"killed", "captured"}):
            return False
        bare = group.is_elliptic and not group.is_partitive
        return not (match.word.people_only and bare and match.word.lemma != "shoot")

    def _are_counted(self, group: People) -> bool:
        """Whether a number is told of these people or of those coordinated with them: "a lieutenant and three men"."""
        chain = self._chain_right(self.at[group.head]) if group.is_one else [self.at[group.head]]
        return any(self.people[n].is_stated for n in chain)

    def _auxiliary(self, i: int) -> bool:
        """Whether a form of "be" stands before a verb, adverbs and coordinated participles between."""
        steps = 0
        for j in range(i - 1, max(self.start, i - 9) - 1, -1):
            lower = self.doc[j].lower_
            if lower in _BE or (lower in _LIE and self.doc[i].lower_ == "dead"):  # "21 people lay dead"
                return True
            if lower in _HAVE and lower != "having":
                return False
            participle = j in self.verb_heads or (self.doc[j].tag_ == "VBN" and lower.endswith("ed"))
            if lower in _BETWEEN_VERB or lower in _JOINED or participle or self.doc[j].tag_ == "RB":
                steps += 1
                continue
            return False
        return False

    def _has_have(self, i: int) -> bool:
        for j in range(i - 1, max(self.start, i - 5) - 1, -1):
            lower = self.doc[j].lower_
            if lower in _HAVE:
                return True
            if lower not in _BETWEEN_VERB and self.doc[j].tag_ != "RB":
                return False
        return False

    def _right(self, i: int, match: Match) -> int | None:
        """The people who stand right after token ``i`` - 1, particles and coordinated harm words between."""
        j = i
        while j < min(i + 6, self.end):
            if j in self.at:
                return self.at[j]
            lower = self.doc[j].lower_
            if (
                lower in _BEFORE_OBJECT
                or self.doc[j].tag_ in {"RB", "RP"}
                or (j in self.harm_at and self.harm_at[j].word.pos == "verb" and self.harm_at[j] is not match)
            ):
                j += 1
                continue
            return None
        return None

    def _left(self, i: int) -> int | None:
        """The people who stand right before the verb group of token ``i``, a parenthesis between commas passed over."""
        j = i - 1
        while j >= self.start:
            if j in self.at:
                number = self.at[j]
                if self.people[number].end != j + 1:
                    return None
                if self._is_object(self.people[number]) and self._auxiliary(i):
                    return self._subject_before(self.people[number].start)
                return number
            lower = self.doc[j].lower_
            harmed = j in self.verb_heads
            if lower in {"said", "say", "says"} and self.doc[j + 1].lower_ in _BE and j - 1 in self.at:
                return self.at.get(self.people[self.at[j - 1]].start - 1)  # "four members they said were killed"
            if lower in {"who", "that", "which"}:
                for k in range(j - 1, max(j - 8, self.start) - 1, -1):
                    if k in self.at and self.people[self.at[k]].end == k + 1 and not self._possessive(k):
                        return self.at[k]
                    if self.doc[k].tag_ in {"VBD", "VBZ"}:
                        return None
                return None
            if lower in _BETWEEN_VERB or self.doc[j].tag_ == "RB" or self.doc[j].text in {'"', "“", "”", "'", "''", "``"}:
                j -= 1
                continue
            if lower == "as" and j > self.start and self.doc[j - 1].lower_ in _DESCRIBED:
                j -= 1  # "19 were listed as missing"
                continue
            if (
                lower in {"and", "or"}
                and (j - 1 in self.verb_heads or self.doc[j - 1].lower_ in {"dead", "wounded", "injured"})
            ) or harmed:
                j -= 1
                continue
            if lower in {",", ")", "-", "–", "—"}:
                opened = self._parenthesis(j)
                if opened is not None:
                    return opened
                return None
            return None
        return None

    def _whole_of(self, part: int) -> int:
        """Who is spoken of where a part stands before the verb: "Ten men including two guards", "Three, among them a boy,"."""
        start = self.people[part].start
        before = [t.lower_ for t in self.doc[max(self.start, start - 2) : start]]
        if before[-1:] == ["including"]:
            whole = self._subject_before(start - 1)
        elif before == ["among", "them"]:
            whole = self._subject_before(start - 2)
        else:
            return part
        return part if whole is None or not self.people[whole].is_stated else whole

    def _subject_before(self, i: int) -> int | None:
        """The nearest people before token ``i`` that nothing governs, within their clause: subjects with long modifiers."""
        j = i - 1
        while j >= max(self.start, i - 20):
            token = self.doc[j]
            if token.text in {";", ":", '"', "“", "”"} or (
                token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.lower_ not in _BE and j not in self.verb_heads
            ):
                return None
            if j in self.at:
                group = self.people[self.at[j]]
                if not self._is_object(group) and not group.is_pronoun and group.qualifier != "none":
                    return self.at[j]
                j = group.start - 1
                continue
            j -= 1
        return None

    def _possessive(self, i: int) -> bool:
        return i + 1 < self.end and self.doc[i + 1].tag_ == "POS"

    def _parenthesis(self, closing: int) -> int | None:
        """People before ", most of them women," or ", including a child," that closes at ``closing``."""
        roll = self._before_roll(closing)
        if roll is not None:
            return roll
        opening = {")": {"("}}.get(self.doc[closing].text, {",", "-", "–", "—"})
        for j in range(closing - 1, max(self.start, closing - 26) - 1, -1):
            if self.doc[j].text in opening:
                following = self.doc[j + 1]
                loose = following.lower_ in _ASIDE or following.tag_ in _ASIDE_TAGS
                if j - 1 in self.at and loose and self.people[self.at[j - 1]].end == j:
                    return self.at[j - 1]
                if self.doc[j].text == "(":
                    break
            if self.doc[j].tag_ in {"VBD", "VBZ"} and self.doc[j].lower_ not in {"was", "were"}:
                break
        apposed = self.at.get(closing - 1)
        if apposed is None or self.people[apposed].end != closing or not self.people[apposed].is_one:
            return None
        return apposed  # "an army jawan, Sepoy Harjeet Singh, laid down"

    def _before_roll(self, closing: int) -> int | None:
        """People whose names alone stand between two marks: "Three farmers - A, B and C - were killed"."""
        opening = OPENING.get(self.doc[closing].text)
        first = self.at.get(closing - 1, self.at.get(closing - 2, self.at.get(closing - 3)))  # "C (24)"
        while opening is not None and first is not None and first > 0 and self.people[first].is_named:
            gap = self.doc[self.people[first - 1].end : self.people[first].start]
            if gap and gap[0].text in opening and all(t.tag_ == "NNP" for t in gap[1:]):
                return first - 1
            first -= 1
        return None

    # --- coordination

    def _chain_right(self, first: int, closed: bool = False) -> list[int]:
        """The people after ``first`` that are coordinated with them: "3 soldiers, a guard and about 25 others".

        ``closed``: the phrase cannot be the subject of what follows ("the murder of a woman and her son was").
        """
        chain = [first]
        while chain[-1] + 1 < len(self.people):
            here, following = self.people[chain[-1]], self.people[chain[-1] + 1]
            gap = self.doc[here.end : following.start]
            if not self._joins(gap, following) or (not closed and self._has_own_harm(following)):
                break
            chain.append(chain[-1] + 1)
        while len(chain) > 1 and not self.people[chain[-1]].is_stated:
            gap = self.doc[self.people[chain[-2]].end : self.people[chain[-1]].start]
            if any(t.lower_ in {"and", "or", "with", "as", "plus"} for t in gap):
                break
            chain.pop()  # "killed four soldiers, the widow": a comma alone opens another clause
        return chain

    def _joins(self, gap: Span, following: People) -> bool:
        words = [t.lower_ for t in gap]
        if not words or len(words) > _HOSTILE_GAP:
            return False
        if any(t.tag_ in {"VBD", "VBZ", "VBP", "VBG", "MD", "WP", "WDT", "VB"} or t.i in self.harm_at for t in gap):
            return False
        as_well = "as" in words and "well" in words
        if not as_well and any(
            w in {"including", "among", ";", ":", "by", "for", "as", "but", "while", "after"} for w in words
        ):
            return False
        trimmed = [w for w in words if not w.isdigit() and w not in {"(", ")", '"', "“", "”", "aged", "-"}]
        if trimmed == [","] and following.is_elliptic and following.qualifier == "vague":
            return False  # "killed 72 men, some as young as nine"
        if trimmed in (
            [","],
            ["and"],
            [",", "and"],
            ["and", "also"],
            ["as", "well", "as"],
            [",", "as", "well", "as"],
            [",", "along", "with"],
            ["along", "with"],
            ["together", "with"],
            ["plus"],
            ["and", "at"],
            [",", ","],
            [",", ",", "and"],
            ["or"],
        ):
            if trimmed == [","] and not (following.is_named or following.is_stated or following.is_one or following.is_bare):
                return False
            return not (trimmed == [","] and following.is_partitive)
        if following.is_named and trimmed[:1] == [","] and trimmed[-2:] == [",", "and"] and trimmed[1:2] != ["who"]:
            return True  # "Gonzalo Vasquez, manager of the fund, and Olindo Mantilla"
        # "killing four in the United States and about 25 others": a phrase of place between, then "and" with a number
        of_place = words[0] in {"in", "at", "from", "of", "near", "on", "outside"}
        return of_place and words[-1] == "and" and following.is_stated and not following.is_partitive

    def _has_own_harm(self, group: People) -> bool:
        """Whether the next words make these people the subject of a clause or the bearer of another harm word."""
        j = group.end
        steps = 0
        while j < self.end and steps < 5:
            token = self.doc[j]
            if group.is_elliptic and steps == 0 and token.lower_ in {"who", "that", "which"}:
                return True  # "and another that murdered two maids"
            if j in self.harm_at and self.harm_at[j].word.slot in {"bearer", "patient", "undergoer"} and token.tag_ != "VBG":
                return True
            if token.lower_ in _BE | _HAVE | _MODAL or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
                return True
            if token.lower_ in {"in", "of", "on", "at", "from"} and steps == 0:
                # "and another 12 in the north were wounded": look past one short phrase
                for k in range(j + 1, min(j + 6, self.end)):
                    if self.doc[k].lower_ in {"were", "was"}:
                        return True
                    if self.doc[k].text in {",", ".", ";"} or k in self.at:
                        break
                return False
            if token.tag_ not in {"RB"} and token.lower_ not in {"more", "later", "also"}:
                return False
            j += 1
            steps += 1
        return False

    def _chain_left(self, last: int) -> list[int]:
        """The people before ``last`` that are coordinated with them: "the mayor and his wife were killed"."""
        chain = [last]
        while chain[0] > 0:
            here, before = self.people[chain[0]], self.people[chain[0] - 1]
            gap = self.doc[before.end : here.start]
            if not self._joins(gap, here) or self._is_object(before) or before.is_elliptic:
                break
            apposed = before.is_named and here.is_named
            if (len(gap) > 3 and not apposed) or (before.is_pronoun and not here.is_possessed):
                break
            if gap.text.strip() == "," and before.is_bare:
                break  # "fighting the rebels, five peasants have died"
            if before.is_stated and here.is_stated and before.head in self.harm_at:
                break  # "two dead and 43 hurt"
            chain.insert(0, chain[0] - 1)
        return chain

    def _is_object(self, group: People) -> bool:
        """Whether a verb or preposition before these people governs them: another clause's phrase."""
        j = group.start - 1
        if j < self.start:
            return False
        token = self.doc[j]
        listed = not group.is_stated and token.lower_ in {"and", "or"}
        if listed and j - 1 in self.at and self.people[self.at[j - 1]].end == j:
            return self._is_object(self.people[self.at[j - 1]])  # "people including women and children"
        if token.tag_.startswith("VB"):
            return token.lower_ not in _BE | _HAVE | _SAYING
        return token.tag_ == "IN" and token.lower_ not in _CONJUNCTIONS

    # --- adjectives and counted nouns

    def _owner(self, match: Match) -> Harm | None:
        """ "had their throats cut", "was found with his throat cut": whom the possessive means."""
        i = match.start - 1
        if i < self.start or self.doc[i].tag_ != "PRP$":
            return None
        while i > self.start and (i not in self.at or self.people[self.at[i]].end > match.start):
            i -= 1
            if self.doc[i].text in {";", ":"} or self.doc[i].lower_ in _SAYING:
                return None
        owner = self.at.get(i)
        return None if owner is None else Harm(match, self._chain_left(owner), 0.8)

    def _attribute(self, match: Match) -> Harm | None:
        i = match.head
        word = match.word
        if word.slot == "counted" and self._is_compound(i):
            return None
        if word.lemma == "loss" and {"life", "lives"} & {t.lower_ for t in self.doc[i + 1 : i + 5]}:
            return None  # "no loss of life" is told by the lives
        if word.lemma == "loss" and i + 1 < self.end and self.doc[i + 1].lower_ == "of":  # "the loss of two of their men"
            right = self._right(i + 2, match)
            if right is not None and self._are_counted(self.people[right]) and not self.people[right].is_elliptic:
                return Harm(match, self._chain_right(right), 0.8)
        if i in self.at and not (word.slot == "bearer" and word.kind == "captured"):
            number = self.at[i]
            group = self.people[number]
            if group.head == i:
                of_people = word.kind in {"killed", "injured"} and self.doc[i].lower_ not in _NUMBERS_OF_HARM
                if group.is_partitive and group.is_stated and of_people and not group.is_few_or_many:
                    return Harm(match, [number], 0.8, is_part=True)  # "seventeen of the dead were women"
                if word.slot == "unharmed" or group.is_partitive or self._is_freed(group):
                    return None
                if self._among(group):
                    return self._among_them(match, group)
                if group.is_stated or group.qualifier == "none" or group.is_any:
                    return Harm(match, [number], 0.85)
                if self.doc[i].lower_ in _NUMBERS_OF_HARM and self._denied_before(group.start):
                    return Harm(match, [], 0.8, is_nobody=True)
                if word.lemma in _REMAINS and group.end < self.end and self.doc[group.end].lower_ == "of":
                    right = self._right(group.end + 1, match)
                    return Harm(match, self._chain_right(right), 0.85) if right is not None else None
                return self._named_dead(match, group)
            if word.lemma in {"dead", "kill", "slay"} and not group.is_stated:
                return self._named_later(match)
            lasting = word.kind in {"killed", "captured"}  # "three dead soldiers"; the wounded go on to do other things
            if lasting and group.is_stated and not group.is_partitive and not self._is_freed(group):
                return Harm(match, [number], 0.75)
            return None
        if word.slot == "counted":
            if self.doc[i].lower_ in _NUMBERS_OF_HARM and self._denied_before(match.start):
                return Harm(match, [], 0.8, is_nobody=True)
            return self._named_dead(match, None)
        token = self.doc[i]
        left = self._left(match.start)
        if left is None and word.slot == "unharmed" and i > self.start and token.nbor(-1).tag_ in {"VBD", "VBN"}:
            left = self._left(i - 1)  # "escaped unhurt"
            if left is not None:
                return Harm(match, self._chain_left(left), 0.8, is_unharmed=True)
        if left is None:
            return self._by_copula(match)
        group = self.people[left]
        copula = self._auxiliary(match.start)
        if not copula and not group.is_stated and not self._left_behind(group):
            return None
        if group.is_pronoun and not copula:
            return None
        if token.i + 1 < self.end and self.doc[i + 1].tag_ in {"NN", "NNS", "NNP"} and not copula:
            return None
        if word.kind == "captured" and not copula:
            return None
        return Harm(
            match, self._chain_left(left), 0.9 if copula or group.is_stated else 0.75, is_unharmed=word.slot == "unharmed"
        )

    def _denied_before(self, i: int) -> bool:
        """ "without loss", "without causing casualties", "did not cause casualties"."""
        near = [t.lower_ for t in self.doc[max(self.start, i - 4) : i]]
        if any(w in _TELLING for w in near):
            return False  # "does not disclose its losses": how many there are is only not told
        return "without" in near[-3:] or any(w in {"not", "n't", "n’t"} for w in near)

    def _is_compound(self, i: int) -> bool:
        """ "death squad", "body bag", "hostage crisis": the noun after it is what is spoken of."""
        if i + 1 >= self.end:
            return False
        following = self.doc[i + 1]
        return (
            following.tag_ in {"NN", "NNS"}
            and following.lower_ not in people_nouns()
            and self.doc[i].dep_ in syntax.COMPOUND
        )

    def _left_behind(self, group: People) -> bool:
        """ "left a guard dead"."""
        previous = self.doc[group.start - 1] if group.start > self.start else None
        return previous is not None and previous.lower_ in {"left", "leaving", "leaves", "leave", "shot", "found"}

    def _is_freed(self, group: People) -> bool:
        near = {t.lower_ for t in self.doc[max(self.start, group.start - 3) : group.start]} | {
            t.lower_ for t in self.doc[group.end : min(self.end, group.end + 3)]
        }
        return bool(near & _FREED)

    def _by_copula(self, match: Match) -> Harm | None:
        if not self._auxiliary(match.head):
            return None
        token = self.doc[match.head]
        subjects = [*syntax.subjects(token), *syntax.passive_subjects(token)]
        if not subjects and token.head.lower_ in _LIE:
            subjects = syntax.subjects(token.head)
        if not subjects and token.head.lower_ == "found":  # "A candidate of the ruling party was found dead"
            subjects = syntax.passive_subjects(token.head)
        found = [n for t in subjects if (n := self._group_of(deep.resolve(t))) is not None]
        return Harm(match, [found[0]], 0.75, is_unharmed=match.word.slot == "unharmed") if found else None

    def _among(self, group: People) -> bool:
        return group.start > self.start and self.doc[group.start - 1].lower_ == "among"

    def _among_those(self, match: Match) -> Harm | None:
        """ "Two policemen were among those killed", "Among those killed was a child"."""
        i = match.head
        if [t.lower_ for t in self.doc[max(self.start, i - 2) : i]] != ["among", "those"]:
            return None
        left = self._left(i - 2)
        if left is not None:
            return Harm(match, self._chain_left(left), 0.85, is_part=True)
        for j in range(i + 1, min(i + 12, self.end - 1)):
            if self.doc[j].lower_ in {"was", "were", "is", "are"}:
                right = self._right(j + 1, match)
                return Harm(match, self._chain_right(right), 0.85, is_part=True) if right is not None else None
        return None

    def _among_them(self, match: Match, group: People) -> Harm | None:
        """ "Two children were among the dead", "Among the dead were two children"."""
        number = self.at[group.head]
        left = self._left(group.start - 1)
        if left is None and self._auxiliary(group.start - 1):
            left = self._subject_before(group.start - 1)  # "Four volunteers of our hospital are among the dead"
        if left is not None and self.people[left].end <= group.start:
            chain = self._chain_left(left)
            after = [t.lower_ for t in self.doc[group.end : min(self.end, group.end + 3)]]
            if after[:2] == [",", "as"] and after[-1] in _BE and number + 1 < len(self.people):
                chain.append(number + 1)  # "were among the dead, as were five children"
            return Harm(match, chain, 0.85, is_part=True)
        j = group.end
        if j < self.end and self.doc[j].lower_ in _BE | {"is", "figure", "figures"} and number + 1 < len(self.people):
            following = self.people[number + 1]
            if following.start - j <= 3:
                return Harm(match, self._chain_right(number + 1), 0.85, is_part=True)
        return None

    def _named_dead(self, match: Match, group: People | None) -> Harm | None:
        """ "The dead were named as A, B and C", "the dead included two women"."""
        end = group.end if group is not None else match.end
        if group is not None and (group.low is not None or group.is_bare):
            return None
        window = self.doc[end : min(self.end, end + 4)]
        verbs = [
            t.i
            for t in window
            if t.lower_ in {"were", "was", "are", "is", "named", "identified", "included", "include", "includes"}
        ]
        if not verbs or window[0].lower_ not in {"were", "was", "are", "is", "included", "include", "includes", "have"}:
            return None
        right = self._right(verbs[-1] + 1, match)
        if right is None and verbs[-1] + 1 < self.end and self.doc[verbs[-1] + 1].lower_ == "as":
            right = self._right(verbs[-1] + 2, match)
        if right is None or self._has_own_harm(self.people[right]):
            return None
        part = window[0].lower_ in {"included", "include", "includes"}
        return Harm(match, self._chain_right(right), 0.8, is_part=part)

    def _named_later(self, match: Match) -> Harm | None:
        """ "The dead men, who came from Derry, have been named as A, B and C"."""
        for j in range(match.end, min(match.end + 24, self.end - 2)):
            if self.doc[j].lower_ in {"named", "identified"} and self.doc[j + 1].lower_ == "as":
                right = self._right(j + 2, match)
                return Harm(match, self._chain_right(right), 0.8) if right is not None else None
        return None

    # --- nouns

    def _nominal(self, match: Match) -> Harm | None:
        """ "the death of three soldiers", "the mayor's murder"."""
        i = match.end
        if i < self.end and self.doc[i].lower_ == "of":
            right = self._right(i + 1, match)
            if right is not None:
                group = self.people[right]
                if group.is_bare and not group.is_stated and match.word.lemma not in {"death", "kidnapping"}:
                    return None  # "the killing of civilians": a practice
                return Harm(match, self._chain_right(right, closed=True), 0.85)
            heads = [t for preposition, t in syntax.prepositional(self.doc[match.head]) if preposition == "of"]
            found = [n for t in heads if (n := self._group_of(t)) is not None]
            return Harm(match, self._chain_right(found[0]), 0.7) if found else None
        previous = match.start - 1
        if previous >= self.start and self.doc[previous].tag_ == "POS" and previous - 1 in self.at:
            owner = self.people[self.at[previous - 1]]
            if (
                owner.end == previous
                and not owner.is_pronoun
                and match.word.lemma
                in {
                    "death",
                    "murder",
                    "killing",
                    "assassination",
                    "kidnapping",
                    "abduction",
                    "capture",
                    "arrest",
                    "disappearance",
                    "execution",
                }
            ):
                return Harm(match, [self.at[previous - 1]], 0.75) if owner.is_one or owner.is_stated else None
        # "14 deaths"
        if match.word.lemma == "death":
            counted = self._counted_before(match)
            if counted is not None:
                return counted
        return None

    def _counted_before(self, match: Match) -> Harm | None:
        if match.head in self.at and self.people[self.at[match.head]].is_stated:
            return Harm(match, [self.at[match.head]], 0.85)
        return None

    def _lives(self, match: Match) -> Harm | None:
        """ "claimed the lives of four soldiers", "cost 12 lives", "no loss of life"."""
        before = [t.lower_ for t in self.doc[max(self.start, match.start - 6) : match.start]]
        if not any(w in takes_lives() for w in before):
            return None
        if "no" in before or "without" in before:
            return Harm(match, [], 0.85, is_nobody=True)
        if match.end < self.end and self.doc[match.end].lower_ == "of":
            right = self._right(match.end + 1, match)
            return Harm(match, self._chain_right(right), 0.9) if right is not None else None
        for j in range(match.start - 1, max(self.start, match.start - 4) - 1, -1):
            if j in self.at and self.people[self.at[j]].is_stated:
                return Harm(match, [self.at[j]], 0.85)
        return None

    # --- the whole sentence

    def _share(self, found: list[Harm]) -> list[Harm]:
        """One harm word per group of people, unless two verbs share them ("kidnapped and killed three men")."""
        owners: dict[int, list[Harm]] = {}
        for harm in found:
            for number in harm.people:
                owners.setdefault(number, []).append(harm)
        for number, harms in owners.items():
            if len(harms) < 2:
                continue
            verbs = [h for h in harms if h.match.word.pos == "verb" and h.match.head not in self.at]
            if verbs and len(verbs) < len(harms):
                taken = all(h.match.word.kind == "captured" for h in verbs)  # "was found dead after being abducted"
                for harm in harms:
                    if harm not in verbs and not (taken and harm.match.word.kind == "killed"):
                        harm.people = [n for n in harm.people if n != number]
                continue
            if any(h.match.word.slot == "undergoer" and h.match.word.kind == "killed" for h in harms):
                for harm in harms:  # "three people injured in the attack have died"
                    if harm.match.word.kind == "injured" and not self._auxiliary(harm.match.head):
                        harm.people = [n for n in harm.people if n != number]
            harms = [h for h in harms if number in h.people]
            first = min(harms, key=lambda h: h.match.head)
            for harm in harms:
                between = self.doc[first.match.end : harm.match.head]
                if harm is not first and 0 < len(between) <= 2 and "or" in {t.lower_ for t in between}:
                    first.is_either = first.is_either or harm.match.word.kind != first.match.word.kind
                    harm.people = []
            harms = [h for h in harms if number in h.people]
            kinds = {h.match.word.kind for h in harms}
            if len(kinds) == 1:
                best = min(harms, key=lambda h: (abs(h.match.head - self.people[number].head), h.match.head))
                for harm in harms:
                    if harm is not best:
                        harm.people = [n for n in harm.people if n != number]
        return [h for h in found if h.people or h.is_nobody]
