"""Component ``conflict_casualties``: who was killed, hurt, missing or captured, how many, according to whom.

Assigns ``doc._.claims`` in text order. A claim is one statement: coordinated people with numbers of their own make claims
of their own ("3 soldiers and 2 civilians"), people told one by one are counted together ("the mayor and his wife": 2).
"Casualties" are dead and wounded together: as nobody they deny both, as a number they bound both from above.

Belongs here: from harm to claims: realis, zero, denial, what is unclear, event. Does not belong: who is harmed
(``harm.py``), who says so (``claimants.py``), phrases of people (``victims.py``), numbers (``numbers.py``), totals, parts and revisions (``tolls.py``).

Confidence: how sure the link from harm word to people is (0.9 beside each other, 0.8 by grammar, 0.6 the nearest), less 0.1
without a stated number, less 0.1 where no event of the document is found to have caused it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import surroundings, syntax, tolls
from dagster_project.reading.casualty_words import accident_phrases, harm_words, unclear_cues
from dagster_project.reading.claimants import claimant
from dagster_project.reading.extensions import register
from dagster_project.reading.harm import Harm, Linker, Match
from dagster_project.reading.issuer import issuer
from dagster_project.reading.realis import realis_of, tells_of_a_definite
from dagster_project.reading.types import CasualtyKind, Claim, CountQualifier, Event, Realis, VictimClass
from dagster_project.reading.victims import Finder, People, side, victim_class

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Deaths that need violence beside them: one named man who "died" may have died in bed.
_QUIET = {"die", "perish", "succumb", "disappear", "vanish", "drown", "death", "give life", "lose"}


# Words before a verb that leave open whether it happened.
_CUE_REACH = 14  # tokens from "unclear" to the harm word
_REACHED = {"managed", "continued", "continue", "continues", "proceeded", "on", "able", "used", "began"}
_CONDITIONS = {"if", "unless", "whether", "fear", "fears", "feared", "until", "threatened", "warned"}
_OPEN = _CONDITIONS | {"to", "never", "not", "n't", "n’t"}


@dataclass(slots=True)
class Unit:
    """People that make one claim."""

    low: int | None
    high: int | None
    qualifier: CountQualifier
    count: tuple[int, int] | None
    people: list[People]


@Language.factory("conflict_casualties", requires=["doc.ents"], assigns=["doc._.claims"])
class Casualties:
    """Writes ``doc._.claims``; keeps nothing between documents."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        doc._.claims = _Reading(doc).run()
        return doc


class _Reading:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.claims: list[Claim] = []
        self.events = {event.trigger: number for number, event in enumerate(doc._.events)}

    def run(self) -> list[Claim]:
        words = harm_words()
        for sentence in self.doc.sents:
            has_harm = any(t.lower_ in words for t in sentence)
            if has_harm or tolls.may_continue(sentence):
                self._sentence(sentence, has_harm)
        self._own_claims()
        tolls.revise(self.doc, self.claims)
        claims = in_text_order(self.claims)
        tolls.add_up(self.doc, claims)
        return claims

    def _own_claims(self) -> None:
        """What a body's own communique tells is the body's claim, where no other source is given."""
        owner = issuer(self.doc)
        for claim in self.claims if owner is not None else ():
            if claim.claimed_by is None and not any(s.start <= claim.trigger < s.end for s in self.doc._.speech):
                claim.claimed_by = owner

    def _sentence(self, sentence: Span, has_harm: bool) -> None:
        if has_harm and _is_accident(sentence):
            return
        people = Finder(self.doc, sentence).all()
        linker = Linker(self.doc, sentence, people)
        first = len(self.claims)
        used: dict[int, int] = {}  # people -> claim
        for harm in linker.all():
            self._harm(harm, people, sentence, used)
        for toll in tolls.totals(self.doc, sentence, linker.matches, people, used):
            realis = self._realis(toll.trigger, nominal=True)
            if realis == "actual" or (realis == "generic" and toll.quantity.is_stated):
                number = self._total(toll, sentence, 0.85)
                used[people.index(toll.quantity)] = number
                tolls.include(self.claims, first, number)
        for toll in list(tolls.echoes(self.doc, sentence, people, used, self.claims)):
            self._total(toll, sentence, 0.7)
        for part in tolls.parts(self.doc, sentence, people, used, self.claims):
            self._part(part, people, sentence)
        self._unclear(sentence, linker, first)

    def _total(self, toll: tolls.Toll, sentence: Span, confidence: float) -> int:
        number = self._add(toll.kind, _unit(toll.quantity), toll.trigger, sentence, confidence)
        if toll.old is not None:
            old = self._add(toll.kind, _unit(toll.old), toll.trigger, sentence, 0.6)
            self.claims[number].revises = old
        return number

    # --- one harm

    def _harm(self, harm: Harm, people: list[People], sentence: Span, used: dict[int, int]) -> None:
        match = harm.match
        if self._unknown_before(match.start, sentence):
            return
        kind = "harmed" if harm.is_either else match.word.kind
        groups = [people[n] for n in harm.people]
        if harm.is_unharmed:
            for unit in units(self.doc, [g for g in groups if not g.is_any]):
                self._add("injured", Unit(0, 0, "none", unit.count, unit.people), match.head, sentence, harm.confidence)
            return
        if match.word.pos != "noun" and groups and self._is_open(groups[0].start, sentence):
            return
        if match.word.pos == "verb" and self._is_aim(match.head, sentence):
            return
        denied = any(s.denies and s.start <= match.head < s.end for s in self.doc._.speech)
        denied = denied and not tells_of_a_definite(self.doc[match.head])
        if any(g.is_stated and g.qualifier != "none" for g in groups):
            groups = [g for g in groups if g.qualifier != "none"]  # "twelve soldiers and no civilians" are twelve
        nobody = [g for g in groups if g.qualifier == "none"] or harm.is_nobody
        realis = self._realis(match.head, match.word.pos == "noun", match)
        if (
            realis in {"hypothetical", "future", "generic", "negated"}
            and any(g.is_stated for g in groups)
            and self._is_told(match, groups, sentence)
        ):
            realis = "actual"
        if nobody or (realis == "negated" and any(g.is_any for g in groups)):
            if realis in {"hypothetical", "future", "threat"}:
                return
            zero = Unit(None, None, "denied", None, groups) if denied else Unit(0, 0, "none", _count(groups), groups)
            self._add_kinds(kind, zero, match, sentence, harm.confidence)
            return
        if denied:
            for unit in units(self.doc, groups):
                self._add_kinds(kind, Unit(None, None, "denied", unit.count, unit.people), match, sentence, 0.7)
            return
        if realis == "negated":
            if kind in {"injured", "harmed"} and groups:
                for unit in units(self.doc, groups):
                    self._add("injured", Unit(0, 0, "none", unit.count, unit.people), match.head, sentence, 0.7)
            return
        if realis not in {"actual", "generic"} or (realis == "generic" and not any(g.is_stated for g in groups)):
            return
        for unit in units(self.doc, groups):
            if any(g.is_any for g in unit.people) or all(g.is_pronoun and g.low is None for g in unit.people):
                continue
            if match.word.lemma in _QUIET and not unit_is_stated(unit) and not self._violent(sentence):
                continue
            if not unit_is_stated(unit) and self._is_number_of(unit.people[0]):
                continue
            number = self._add_kinds(kind, unit, match, sentence, harm.confidence)
            for group in unit.people:
                used[people.index(group)] = number
            if harm.is_part or any(g.is_partitive and not g.is_pronoun for g in unit.people):
                self.claims[number].part_of = tolls.whole(self.claims, number)

    def _is_number_of(self, group: People) -> bool:
        """ "The number of people killed has risen to seven": the toll tells how many."""
        return [t.lower_ for t in self.doc[max(0, group.start - 2) : group.start]] == ["number", "of"]

    def _add_kinds(self, kind: str, unit: Unit, match: Match, sentence: Span, confidence: float) -> int:
        """Add one claim, or two of "casualties"; the number of the first."""
        if kind != "harmed":
            if match.word.lemma == "harm" and unit.qualifier == "none":
                self._add("killed", unit, match.head, sentence, confidence - 0.1)
            return self._add(kind, unit, match.head, sentence, confidence)  # type: ignore[arg-type]
        if unit.qualifier not in {"none", "denied", "unclear"}:
            # So many "casualties" are at most so many dead, and at most so many wounded.
            qualifier: CountQualifier = "unclear" if unit.high is None else "at_most"
            unit = Unit(None, unit.high, qualifier, unit.count, unit.people)
        first = self._add("killed", unit, match.head, sentence, confidence - 0.1)
        self._add("injured", unit, match.head, sentence, confidence - 0.1)
        return first

    def _add(self, kind: CasualtyKind, unit: Unit, trigger: int, sentence: Span, confidence: float) -> int:
        event = self._event(trigger, sentence)
        confidence -= 0.1 * (unit.low is None and unit.high is None) + 0.1 * (event is None)
        victims = _victims(self.doc, unit)
        classes: list[VictimClass] = [
            c for c in dict.fromkeys(victim_class(self.doc, g) for g in unit.people) if c != "unknown"
        ]
        start, end = _evidence(sentence)
        claim = Claim(
            kind=kind,
            count_low=unit.low,
            count_high=unit.high,
            qualifier=unit.qualifier,
            count_start=unit.count[0] if unit.count else None,
            count_end=unit.count[1] if unit.count else None,
            victims_start=victims[0] if victims else None,
            victims_end=victims[1] if victims else None,
            victim_class="unknown" if not classes else classes[0] if len(classes) == 1 else "mixed",
            start=start,
            end=end,
            trigger=trigger,
            victim_actor=next((a for g in unit.people if (a := side(self.doc, g)) is not None), None),
            claimed_by=claimant(self.doc, trigger, follow=unit.qualifier != "unclear"),
            event=event,
            confidence=round(max(confidence, 0.1), 2),
        )
        for number, other in enumerate(self.claims):
            if (
                other.trigger == trigger
                and other.kind == kind
                and (other.count_start, other.victims_start) == (claim.count_start, claim.victims_start)
            ):
                return number
        self.claims.append(claim)
        return len(self.claims) - 1

    def _part(self, part: tolls.Part, people: list[People], sentence: Span) -> None:
        whole = self.claims[part.whole]
        for unit in units(self.doc, [people[n] for n in part.people], is_part=True):
            if unit.low is None and unit.high is None:
                continue
            number = self._add(whole.kind, unit, unit.people[0].head, sentence, whole.confidence - 0.05)
            claim = self.claims[number]
            claim.part_of = part.whole if whole.part_of is None else whole.part_of
            claim.event = whole.event
            if claim.victim_class == "unknown":
                claim.victim_class = whole.victim_class
            if claim.claimed_by is None and (whole.start, whole.end) == (claim.start, claim.end):
                claim.claimed_by = whole.claimed_by

    # --- what a sentence leaves open

    def _unknown_before(self, position: int, sentence: Span) -> bool:
        """Whether "it was unclear", "no word on" stands before a position in its sentence."""
        words = [t.lower_ for t in self.doc[sentence.start : position]]
        for i in range(len(words)):
            for cue in unclear_cues():
                if tuple(words[i : i + len(cue)]) == cue:
                    if ";" in words[i:]:
                        continue
                    between = words[i + len(cue) :]
                    if len(between) > _CUE_REACH or "who" in between[1:]:
                        continue
                    if cue[-1] in {
                        "say",
                        "know",
                        "specify",
                        "saying",
                        "specifying",
                        "confirm",
                        "clear",
                        "known",
                        "unclear",
                        "unknown",
                    }:
                        return any(w in {"whether", "if", "how", "number", "toll", "extent", "fate"} for w in between[:4])
                    return bool(between) and between[0] in {"of", "on", "about", "that", "whether"}
        return False

    def _unclear(self, sentence: Span, linker: Linker, first: int) -> None:
        """ "It was unclear how many people were killed": claims without bounds, one per kind."""
        told: set[str] = set()
        for match in linker.matches:
            if match.word.slot in {"unharmed", "lives"} or not self._unknown_before(match.start, sentence):
                continue
            kinds = ("killed", "injured") if match.word.kind == "harmed" else (match.word.kind,)
            if self._realis(match.head, match.word.pos == "noun", match) in {"future", "threat"}:
                continue
            for kind in kinds:
                if kind not in told:
                    told.add(kind)
                    self._add(kind, Unit(None, None, "unclear", None, []), match.head, sentence, 0.75)  # type: ignore[arg-type]

    # --- what the document knows

    def _realis(self, position: int, nominal: bool, match: Match | None = None) -> Realis:
        number = self.events.get(position)
        if number is not None:
            return self.doc._.events[number].realis
        token = self.doc[position]
        if (match is not None and match.word.slot in {"counted", "bearer", "lives", "unharmed"}) or (
            match is None and nominal
        ):
            verb = syntax.clause_root(token) if token.pos_ not in {"ADJ", "VERB"} else token
            return _realis_of(verb, "verb:be", self.doc)
        return _realis_of(token, "noun:harm" if nominal else "verb:harm", self.doc)

    def _is_open(self, position: int, sentence: Span) -> bool:
        """ "there might be many people wounded": a modal and a form of "be" right before the people."""
        before = self.doc[max(sentence.start, position - 3) : position]
        return len(before) > 1 and before[-1].lower_ == "be" and any(t.tag_ == "MD" for t in before)

    def _is_aim(self, position: int, sentence: Span) -> bool:
        """ "an attempt to kill the general": an infinitive tells an aim, unless its verb says that it was reached."""
        doc = self.doc
        if position - 2 < sentence.start or doc[position].tag_ != "VB" or doc[position - 1].lower_ != "to":
            return False
        return doc[position - 2].lower_ not in _REACHED

    def _is_told(self, match: Match, groups: list[People], sentence: Span) -> bool:
        """Whether words beside a verb say that it happened, whatever the tree makes of the clauses above it.

        A number with a finite past ("31 villagers were slaughtered") or a participle after a comma in a sentence of the
        past (", killing at least 33 people"), and no modal or condition near.
        """
        verb = self.doc[match.head]
        if match.word.pos != "verb":
            return False
        start = max(sentence.start, min(g.start for g in groups) - 2, verb.i - 14)
        near = self.doc[start : verb.i]
        if verb.tag_ == "VBG":
            before = self.doc[sentence.start : verb.i]
            opens = verb.i > sentence.start and self.doc[verb.i - 1].lower_ in {",", "and"}
            open_ended = any(t.tag_ == "MD" or t.lower_ in _CONDITIONS for t in before)
            return opens and not open_ended and any(t.tag_ == "VBD" for t in before)
        if any(t.tag_ == "MD" or t.lower_ in _OPEN for t in near):
            return False
        if verb.tag_ == "VBD":
            return True
        return any(t.lower_ in {"was", "were", "been"} for t in near)

    def _violent(self, sentence: Span) -> bool:
        """Whether an event is told in this sentence apart from the death itself."""
        return any(
            sentence.start <= e.trigger < sentence.end
            and not (e.is_effect and e.extractor in {"verb:die", "verb:perish", "noun:death"})
            for e in self.doc._.events
        )

    def _event(self, trigger: int, sentence: Span) -> int | None:
        """The event that caused it: the harm word itself, one above or below it in the tree, one of its sentence."""
        events = self.doc._.events
        own = self.events.get(trigger)
        if own is not None and events[own].realis == "actual":
            return own
        inside = [n for n, e in enumerate(events) if sentence.start <= e.trigger < sentence.end and e.realis == "actual"]
        if not inside:
            return None
        above = {t.i for t in self.doc[trigger].ancestors}
        below = {t.i for t in self.doc[trigger].subtree}

        def distance(number: int) -> tuple[int, int]:
            position = events[number].trigger
            return (0 if position in above or position in below else 1, abs(position - trigger))

        return min(inside, key=distance)


def _realis_of(token: Token, extractor: str, doc: Doc) -> Realis:
    nominal = extractor.startswith("noun")
    event = Event(
        token.i, token.i, token.i + 1, "other_attack", "actual", token.sent.start, token.sent.end, extractor, is_effect=True
    )
    event.is_definite = nominal and surroundings.is_definite(token)
    return realis_of(event, doc)


def _is_accident(sentence: Span) -> bool:
    text = f" {' '.join(t.lower_ for t in sentence)} "
    return any(f" {' '.join(phrase)} " in text for phrase in accident_phrases())


def in_text_order(claims: list[Claim]) -> list[Claim]:
    """Claims by where they are told, with their references to each other renumbered."""

    def position(number: int) -> tuple[int, int, int]:
        claim = claims[number]
        place = claim.count_start if claim.count_start is not None else claim.victims_start
        return claim.start, place if place is not None else claim.trigger, number

    order = sorted(range(len(claims)), key=position)
    place_of = {old: new for new, old in enumerate(order)}
    for claim in claims:
        claim.part_of = None if claim.part_of is None else place_of[claim.part_of]
        claim.revises = None if claim.revises is None else place_of[claim.revises]
    return [claims[number] for number in order]


def units(doc: Doc, groups: list[People], is_part: bool = False) -> list[Unit]:
    """Coordinated people as claims: each stated number its own, people told one by one together.

    Who is told alone before a number of the same class is counted with it: "the driver and two passengers" are three.
    Parts of a total stay apart ("including a guard and five officers").
    """
    found: list[Unit] = []
    groups = _without_names(groups)
    for group in groups:
        last = found[-1] if found else None
        exact = (
            last is not None
            and last.low is not None
            and last.low == last.high
            and group.low is not None
            and group.low == group.high
            and group.low > 0
            and last.low > 0
        )
        before = last.people if last is not None else []
        by_one = group.is_one and all(g.is_one for g in before)
        after_one = not is_part and all(_goes_with(doc, g, group) for g in before)
        joined = exact and (by_one or after_one or group.is_possessed)
        vague = (
            last is not None
            and last.low is None
            and last.high is None
            and group.low is None
            and group.high is None
            and not group.is_stated
            and last.count is None
        )
        if last is not None and joined:
            last.low = last.high = (last.low or 0) + (group.low or 0)
            last.people.append(group)
            last.count = None
        elif last is not None and (vague or _shares(last, group)):
            last.people.append(group)  # "200 soldiers and police": the number counts both
        else:
            found.append(Unit(group.low, group.high, group.qualifier, tolls.count_of(group), [group]))
    return found


def _without_names(groups: list[People]) -> list[People]:
    """A number and the names that spell it out are told once: "two reporters, Roberto Navas and Mauricio Pineda"."""
    if len(groups) < 2 or not groups[0].is_stated or groups[0].low is None:
        return groups
    names = groups[1 : 1 + groups[0].low]
    if len(names) == groups[0].low and all(g.is_one and g.is_named for g in names):
        return [groups[0], *groups[1 + len(names) :]]
    return groups


def _goes_with(doc: Doc, before: People, group: People) -> bool:
    """Whether one person is counted with the number that follows: not "one soldier and three civilians"."""
    one = before.low == before.high == 1 and not before.is_elliptic and not before.is_partitive
    told = before.is_one or doc[before.end : group.start].text == "and"  # "one lieutenant, four soldiers and" is a list
    classes = {victim_class(doc, group), victim_class(doc, before)} - {"unknown"}
    return one and told and len(classes) <= 1 and not group.is_elliptic


def _unit(group: People) -> Unit:
    return Unit(group.low, group.high, group.qualifier, tolls.count_of(group), [group])


def _shares(unit: Unit, group: People) -> bool:
    """Whether a bare plural right after a counted one is counted with it."""
    return group.is_bare and unit.count is not None and len(unit.people) == 1 and unit.people[0].end + 1 == group.start


def unit_is_stated(unit: Unit) -> bool:
    return any(g.is_stated for g in unit.people)


def _count(groups: list[People]) -> tuple[int, int] | None:
    return next((c for g in groups if (c := tolls.count_of(g)) is not None), None)


def _victims(doc: Doc, unit: Unit) -> tuple[int, int] | None:
    """The phrase without its number."""
    people = [g for g in unit.people if not (g.is_elliptic and not g.is_partitive)]
    if not people:
        return None
    start = people[0].start
    if (
        len(people) == 1
        and people[0].count_end is not None
        and people[0].count_end < people[0].end
        and not people[0].is_partitive
        and people[0].qualifier != "none"
    ):
        start = people[0].count_end
        if doc[start].lower_ == "of":
            start += 1  # "thousands of lives"
    return start, people[-1].end


def _evidence(sentence: Span) -> tuple[int, int]:
    start, end = sentence.start, sentence.end
    while start < end - 1 and sentence.doc[start].is_space:
        start += 1
    while end > start + 1 and sentence.doc[end - 1].is_space:
        end -= 1
    return start, end
