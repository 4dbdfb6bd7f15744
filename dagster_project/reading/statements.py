"""Component ``conflict_statements``: the verbal and diplomatic acts of a document.

Assigns ``doc._.statements`` in text order. An act is what one actor says on one matter (the stretches of one verb of
saying, and what he adds to it), or a diplomatic act told without words. Its category is the verb's own ("condemned":
ACCUSE), else that of the words ("we will respond": THREATEN), else STATEMENT. A denial counts as REJECT, like the
dismissal of a report: the manual's category of refusing what another side puts forward.

Belongs here: which acts there are, their category, speaker, target, quotation, date and incident. Does not belong: whose
words are whose (``speech.py``), the vocabularies' readings (``statement_words.py``, ``statement_acts.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import nouns, statement_words, syntax
from dagster_project.reading.extensions import register
from dagster_project.reading.saying import saying_of, sayings
from dagster_project.reading.statement_acts import Act, acts
from dagster_project.reading.types import Speech, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NO_ACT = frozenset({"believe", "learn"})  # what somebody holds or hears is no speech act
_STRONG_MOVES = (
    "SANCTION",
    "COERCE",
    "MOBILIZE",
    "RETREAT",
    "CONCEDE",
    "CONSULT",
    "ACCUSE",
    "AID",
    "COOPERATE",
    "AGREE",
    "SUPPORT",
    "PROTEST",
)
_HARM_WORDS = frozenset(
    {
        "retaliation",
        "revenge",
        "vengeance",
        "response",
        "retaliate",
        "respond",
        "avenge",
        "punish",
        "crush",
        "destroy",
        "defeat",
        "justice",
        "war",
        "attack",
        "strike",
        "action",
    }
)
_ANNOUNCED = frozenset({"announce", "declare", "proclaim", "order"})
_LEAST_QUOTED_WORDS = 1
_HOSTILE = frozenset({"ACCUSE", "THREATEN"})
_STATE_BODIES = frozenset({"state", "government", "military"})


@Language.factory("conflict_statements", requires=["doc.ents"])
def make_statements(nlp: Language, name: str) -> StatementReader:
    """The component; it follows ``conflict_speech`` and ``conflict_incidents``."""
    register()
    return StatementReader()


class StatementReader:
    """Reads one document at a time; keeps nothing between documents."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.statements = _Reading(doc).run()
        return doc


@dataclass(slots=True)
class _Draft:
    statement: Statement
    cue: int
    lemma: str
    content: tuple[int, int]
    is_move: bool = False


class _Reading:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.speech: list[Speech] = doc._.speech

    def run(self) -> list[Statement]:
        drafts = [d for group in self._by_cue() for d in self._spoken(group)]
        drafts = self._join(drafts)
        for act in acts(self.doc):
            self._place_move(drafts, act)
        drafts = self._join(sorted(drafts, key=lambda d: d.cue))
        drafts = self._without_nested(drafts)
        for draft in drafts:
            draft.statement.report = self._report(draft)
        drafts += [other for draft in drafts for other in self._by_others(draft)]
        return sorted((d.statement for d in drafts), key=lambda s: (s.start, s.end, s.category, s.speaker or 0))

    def _by_others(self, draft: _Draft) -> list[_Draft]:
        """The same act of those named beside its speaker: "Malaysia and Indonesia condemned it" is two acts."""
        subjects = [t for t in syntax.subjects(self.doc[draft.cue]) if t.i in self.doc._.actor_at]
        speakers = list(dict.fromkeys(self.doc._.actor_at[t.i] for t in subjects))
        if draft.is_move or draft.statement.speaker not in speakers:
            return []
        return [
            replace(draft, statement=replace(draft.statement, speaker=number))
            for number in speakers
            if number not in {draft.statement.speaker, draft.statement.target} and not self.doc._.actors[number].is_generic
        ]

    # --- spoken acts

    def _by_cue(self) -> list[list[Speech]]:
        groups: dict[int, list[Speech]] = {}
        for speech in self.speech:
            if not self._is_quoted(speech):
                groups.setdefault(speech.cue, []).append(speech)
        return [groups[cue] for cue in sorted(groups)]

    def _is_quoted(self, speech: Speech) -> bool:
        """Whether a cue and who speaks stand inside quoted words: told by a speaker, it is no act of the article."""
        holding = [q for s in self.speech for q in s.quotes if q[0] <= speech.cue < q[1]]
        return any(speech.speaker_span is None or first <= speech.speaker_span[0] for first, _ in holding)

    def _spoken(self, group: list[Speech]) -> list[_Draft]:
        first = group[0]
        verb = self.doc[first.cue]
        row = (
            sayings("verb").get(first.cue_lemma)
            or sayings("noun").get(first.cue_lemma)
            or sayings("phrase")[first.cue_lemma]
        )
        if (row.stance in _NO_ACT and first.cue_lemma != "hope") or first.speaker is None:
            return []
        if (
            verb.pos_ == "NOUN"
            and row.stance in {"say", "confirm"}
            and first.cue_lemma in sayings("noun")
            and saying_of(verb) is None
        ):
            return []
        if row.stance == "order" and any(
            event.trigger in {t.i for t in syntax.objects(verb)} for event in self.doc._.events
        ):
            return []  # "ordered a second strike": a deed
        parts = self._parts(group) if row.category == "STATEMENT" else [group]
        drafts: list[_Draft] = []
        for part in parts:
            category = self._category(part, row.category, row.stance)
            if drafts and category == drafts[-1].statement.category:
                self._extend(drafts[-1], part)
            else:
                drafts.append(self._draft(part, category, is_first=not drafts))
        return drafts

    def _parts(self, group: list[Speech]) -> list[list[Speech]]:
        """Reported words and a whole quotation after them may be two acts: "said X was wrong: "We recommend that ..."."""
        parts: list[list[Speech]] = []
        for speech in group:
            parts.append([speech])
            colon = next(
                (
                    i
                    for i in range(speech.start, speech.end)
                    if self.doc[i].text == ":" and any(q[0] in {i + 1, i + 2} for q in speech.quotes)
                ),
                None,
            )
            if colon is not None:
                quote = next(q for q in speech.quotes if q[0] in {colon + 1, colon + 2})
                parts[-1] = [_slice(speech, speech.start, colon)]
                parts.append([_slice(speech, quote[0], speech.end)])
        if (
            sum(len(p) for p in parts) > 1
            and all(s.quotes for p in parts for s in p)
            and not any(self.doc[s.start - 1].text == ":" for p in parts for s in p if s.start)
        ):
            return [[s for p in parts for s in p]]
        return parts

    def _category(self, part: list[Speech], own: str, stance: str) -> str:
        doc, first = self.doc, part[0]
        found = [statement_words.category_of(doc, s.start, s.end, s.speaker) for s in part]
        by_words = next((c for c in statement_words.PRIORITY if c in found), "STATEMENT")
        if first.cue_lemma == "attribute":
            return self._of_cause(first)
        if stance == "label":
            return statement_words.of_label(doc, first.start, first.end)
        if stance == "threaten" and doc[first.start].lower_ == "against":
            return "REQUEST"  # "cautioned against haste"
        if stance == "threaten":
            return "THREATEN" if not (first.cue_lemma == "vow" and by_words in {"AGREE", "REJECT"}) else by_words
        if stance == "promise" or stance == "order":
            lemmas = {t.lemma_.lower() for t in doc[first.start : min(first.end, first.start + 8)]}
            if lemmas & {"troop", "reinforcement", "soldier", "warship"} and stance == "order":
                return "MOBILIZE"
            if stance == "promise" and first.cue_lemma in {"pledge", "promise", "swear"} and lemmas & _HARM_WORDS:
                return "THREATEN"
            if first.cue_lemma == "propose" and any(t.dep_ in syntax.SUBJECTS for t in doc[first.start : first.end]):
                return "REQUEST"
            return own
        if (
            first.denies is False
            and stance == "deny"
            and "neither" in {t.lower_ for t in doc[max(first.cue - 5, 0) : first.cue]}
        ):
            return "STATEMENT"  # "neither confirmed nor denied"
        if first.cue_lemma == "ask" and (
            self._is_question(part) or not {"to", "for", "that"} & {t.lower_ for t in doc[first.start : first.start + 2]}
        ):
            return "STATEMENT" if self._is_question(part) else own
        if first.cue_lemma == "tell" and doc[first.start].lower_ == "to":
            return "REQUEST"  # "told his generals to hold fire"
        if own != "STATEMENT":
            return own
        if stance == "claim" and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[first.start : first.end]):
            return "STATEMENT"  # "claimed the operation"
        return by_words

    def _of_cause(self, speech: Speech) -> str:
        """ "attributed the blast to mercenaries" accuses them; "attributed the death to a fall" explains."""
        causes = [t for prep, t in syntax.prepositional(self.doc[speech.cue]) if prep == "to"]
        at = self.doc._.actor_at
        return "ACCUSE" if any(t.i in at or nouns.classes(t) & {"human", "armed"} for t in causes) else "STATEMENT"

    def _is_question(self, part: list[Speech]) -> bool:
        words = self.doc[part[0].start : part[-1].end]
        return "?" in words.text or words[0].lower_ in {"whether", "if", "why", "how", "what", "who", "when", "where"}

    def _draft(self, part: list[Speech], category: str, *, is_first: bool) -> _Draft:
        _doc, first = self.doc, part[0]
        start, end = min(s.start for s in part), max(s.end for s in part)
        content = (start, end)
        if is_first:
            cue_start, cue_end = self._cue_clause(first)
            if cue_end <= start or cue_start >= end or start <= cue_start < end:
                near = cue_start if cue_start < start else cue_end
                if abs(near - (start if cue_start < start else end)) <= 25:
                    start, end = min(start, cue_start), max(end, cue_end)
        start, end = self._trimmed(start, end)
        quotes = [q for s in part for q in s.quotes]
        best = max(quotes, key=lambda q: (q[1] - q[0], -q[0]), default=None)
        statement = Statement(
            speaker=first.speaker,
            category=category,
            start=start,
            end=end,
            is_direct_quote=best is not None,
            quote=best,
            target=self._target(first, content, category),
            said_on=self._said_on(first, content),
            confidence=self._confidence(first, category),
        )
        return _Draft(statement, first.cue, first.cue_lemma, content)

    def _extend(self, draft: _Draft, part: list[Speech]) -> None:
        statement = draft.statement
        statement.start = min([statement.start, *(s.start for s in part)])
        statement.end = max([statement.end, *(s.end for s in part)])
        statement.start, statement.end = self._trimmed(statement.start, statement.end)
        quotes = [q for s in part for q in s.quotes] + ([statement.quote] if statement.quote else [])
        statement.quote = max(quotes, key=lambda q: (q[1] - q[0], -q[0]), default=None)
        statement.is_direct_quote = statement.quote is not None
        draft.content = (min(draft.content[0], part[0].start), max(draft.content[1], part[-1].end))

    def _cue_clause(self, speech: Speech) -> tuple[int, int]:
        doc = self.doc
        verb = doc[speech.cue]
        start, end = speech.cue, speech.cue + 1
        if speech.speaker_span is not None:
            first, last = speech.speaker_span
            between = doc[last : speech.cue] if last <= speech.cue else doc[speech.cue + 1 : first]
            own = not any(t.tag_ in {"VBD", "VBZ", "VBP"} and t.dep_ not in syntax.AUXILIARY for t in between)
            if doc[first].sent.start >= verb.sent.start and own and len(between) < 12:
                start, end = min(start, first), max(end, last)
        while start == speech.cue and start > verb.sent.start and doc[start - 1].pos_ == "AUX":
            start -= 1
        return start, end

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end - 1 and (self.doc[start].is_space or self.doc[start].text in {",", ";", ":", ".", "-", "–", "•"}):
            start += 1
        while end - 1 > start and (self.doc[end - 1].is_space or self.doc[end - 1].text in {",", ";", ":"}):
            end -= 1
        return start, end

    def _join(self, drafts: list[_Draft]) -> list[_Draft]:
        """One act for what one speaker adds to it: "he said, adding that", "denied it, blaming a feud", "He added that"."""
        joined: list[_Draft] = []
        for draft in drafts:
            host = next((d for d in reversed(joined[-3:]) if self._continues(d, draft)), None)
            if host is None:
                joined.append(draft)
            else:
                self._absorb(host, draft)
        return joined

    def _continues(self, host: _Draft, draft: _Draft) -> bool:
        one, other = host.statement, draft.statement
        if one.speaker != other.speaker:
            return False
        cue = self.doc[draft.cue]
        if self.doc[host.cue].sent.start == cue.sent.start:
            below = any(a.i == host.cue for a in cue.ancestors)
            if one.category == other.category and not host.is_move:
                return True
            if cue.tag_ == "VBG" and (below or host.content[0] <= draft.cue < host.content[1] + 3):
                return True
            return other.category == "STATEMENT" and below and cue.dep_ in syntax.RELATIVE | syntax.PARTICIPIAL | {"advcl"}
        return draft.lemma == "add" and one.category == other.category and self._are_neighbours(one, other)

    def _absorb(self, host: _Draft, draft: _Draft) -> None:
        one, other = host.statement, draft.statement
        if one.category == "STATEMENT":
            one.category = other.category
        one.target = one.target if one.target is not None else other.target
        if one.quote is None:
            one.quote, one.is_direct_quote = other.quote, other.is_direct_quote
        one.start, one.end = min(one.start, other.start), max(one.end, other.end)
        host.content = (min(host.content[0], draft.content[0]), max(host.content[1], draft.content[1]))

    def _are_neighbours(self, one: Statement, other: Statement) -> bool:
        between = self.doc[one.end : other.start]
        return other.start >= one.start and len(between) <= 3 and not any("\n\n" in t.text for t in between)

    # --- acts without words

    def _place_move(self, drafts: list[_Draft], act: Act) -> None:
        """Adds an act, or lets it decide the category of the words that report it."""
        around = [d for d in drafts if d.content[0] <= act.head < d.content[1] or d.cue == act.head]
        if around:
            inner = min(around, key=lambda d: d.content[1] - d.content[0])
            statement = inner.statement
            same = act.actor is None or act.actor == statement.speaker or self._same_side(act.actor, statement.speaker)
            if same:
                if statement.category in {"STATEMENT", "AGREE"} or (inner.lemma in _ANNOUNCED and inner.cue != act.head):
                    statement.category = act.category
                    statement.target = statement.target if statement.target is not None else act.target
                elif inner.cue == act.head and statement.category == "STATEMENT":
                    statement.category = act.category
                return
        if act.actor is None or any(d.cue == act.head for d in drafts):
            return
        start, end = self._trimmed(act.start, act.end)
        statement = Statement(
            speaker=act.actor,
            category=act.category,
            start=start,
            end=end,
            is_direct_quote=False,
            target=act.target,
            said_on=self._time_in(start, end, act.head),
            confidence=0.7,
        )
        drafts.append(_Draft(statement, act.head, self.doc[act.head].lemma_.lower(), (act.head, end), True))

    def _same_side(self, one: int, other: int | None) -> bool:
        if other is None:
            return False
        actors = self.doc._.actors
        a, b = actors[one], actors[other]
        if a.parent == other or b.parent == one:
            return True
        body = actors[b.parent] if b.parent is not None else None
        country = b.country_iso3 or (body.country_iso3 if body is not None else None)
        if country is None:
            # An office-holder whose state the text does not name speaks of "the army".
            is_official = b.actor_type == "person" and (body is None or body.actor_type in _STATE_BODIES)
            return is_official and a.actor_type in _STATE_BODIES
        return a.country_iso3 == country and "civilians" not in {a.actor_type, b.actor_type}

    def _without_nested(self, drafts: list[_Draft]) -> list[_Draft]:
        """Drops plain comment told inside another act of the same speaker."""
        kept = []
        for draft in drafts:
            nested = self._reports_own_act(draft, drafts) or any(
                other is not draft
                and other.statement.speaker == draft.statement.speaker
                and other.statement.start <= draft.statement.start
                and draft.statement.end <= other.statement.end
                and (
                    other.statement.end - other.statement.start > draft.statement.end - draft.statement.start
                    or other.cue < draft.cue
                )
                and (draft.statement.category in {"STATEMENT", other.statement.category})
                for other in drafts
            )
            if not nested:
                kept.append(draft)
        return kept

    def _reports_own_act(self, draft: _Draft, drafts: list[_Draft]) -> bool:
        """Whether a comment only reports an act of the speaker's own side: "Germany agreed to it, its ministry said"."""
        if draft.statement.category != "STATEMENT":
            return False
        first, last = draft.content
        return any(
            other is not draft
            and other.statement.category != "STATEMENT"
            and first <= other.cue < last
            and other.statement.speaker is not None
            and self._same_side(other.statement.speaker, draft.statement.speaker)
            and 2 * (other.statement.end - other.statement.start) > last - first
            for other in drafts
        )

    # --- what an act carries

    def _target(self, speech: Speech, content: tuple[int, int], category: str) -> int | None:
        if category == "STATEMENT":
            return None
        at, actors = self.doc._.actor_at, self.doc._.actors
        if speech.addressee is not None and actors[speech.addressee].actor_type not in {"media", "civilians"}:
            return speech.addressee
        wanted = {"state", "government", "military", "armed_group", "igo", "person"}
        for i in range(speech.cue + 1 if speech.start > speech.cue else content[0], content[1]):
            number = at.get(i)
            if number is None or number == speech.speaker or actors[number].actor_type not in wanted:
                continue
            if self._same_side(number, speech.speaker):
                continue
            if category == "THREATEN" and self._is_threatener(i):
                continue
            if category not in _HOSTILE and self._is_beside(i):
                continue
            return number
        return None

    def _is_beside(self, i: int) -> bool:
        """Told of somebody else's deed ("the deal that Trump renounced"), or in the name of people ("IS prisoners")."""
        token, at = self.doc[i], self.doc._.actor_at
        if token.dep_ == "compound" and token.head.tag_ == "NNS" and at.get(token.head.i) != at[i]:
            return True
        return any(t.dep_ in syntax.RELATIVE for t in (token, *token.ancestors))

    def _is_threatener(self, i: int) -> bool:
        """ "He said that the president would not let it go unanswered": who is to act is not who is threatened."""
        token = self.doc[i]
        return token.dep_ in syntax.SUBJECTS and token.head.lemma_.lower() not in statement_words.words("consequence")

    def _said_on(self, speech: Speech, content: tuple[int, int]) -> int | None:
        """The date of the saying: a time beside the verb that is not part of what is said."""
        doc = self.doc
        verb = doc[speech.cue]
        best: tuple[int, int] | None = None
        for number, time in enumerate(doc._.times):
            if time.is_duration or time.end <= verb.sent.start or time.start >= verb.sent.end:
                continue
            if content[0] <= time.start < content[1]:
                continue
            distance = time.start - speech.cue if time.start > speech.cue else speech.cue - time.end
            if distance <= 8 and (best is None or distance < best[0]):
                best = (distance, number)
        return best[1] if best else None

    def _time_in(self, start: int, end: int, head: int) -> int | None:
        inside = [
            (abs(t.start - head), n) for n, t in enumerate(self.doc._.times) if start <= t.start < end and not t.is_duration
        ]
        return min(inside)[1] if inside else None

    def _report(self, draft: _Draft) -> int | None:
        """The incident the words are about: the first event told or meant in them that belongs to one."""
        start, end = draft.content
        for event in self.doc._.events:
            if start <= event.trigger < end and event.report is not None:
                return event.report
        return None

    def _confidence(self, speech: Speech, category: str) -> float:
        sure = 0.9 if category != "STATEMENT" or speech.quotes else 0.8
        if speech.speaker is not None and self.doc._.actors[speech.speaker].is_generic:
            sure -= 0.1
        return round(sure, 2)


def _slice(speech: Speech, start: int, end: int) -> Speech:
    quotes = [q for q in speech.quotes if q[0] < end and start < q[1]]
    return Speech(
        start,
        end,
        speech.cue,
        speech.cue_lemma,
        speech.speaker,
        speech.speaker_span,
        bool(quotes),
        quotes,
        speech.addressee,
        speech.denies,
    )
