"""Which event a place or a time of a sentence belongs to: the nearest one up the tree, else the nearest in the sentence.

Belongs here: attachment of adjuncts. Does not belong: what the place or the date is, fillers of other roles.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dagster_project.reading import nouns, syntax
from dagster_project.reading.calendar import COMES, Context, expressions
from dagster_project.reading.fillers import argument, in_dateline
from dagster_project.reading.geocode import POWERS
from dagster_project.reading.inflection import singular
from dagster_project.reading.lexicon import word_class
from dagster_project.reading.saying import saying_of, sayings
from dagster_project.reading.surroundings import AIMED, LOCATIVE
from dagster_project.reading.types import Event, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Superlatives of news, which taggers take for nouns after "the".
_RANKS = frozenset(
    [
        "first",
        "worst",
        "deadliest",
        "gravest",
        "bloodiest",
        "heaviest",
        "fiercest",
        "biggest",
        "largest",
        "boldest",
        "costliest",
    ]
)
_AFTERWARDS = {"after", "following", "since", "as a result of", "because of"}
_TOWARDS = {"to", "into", "from", "for"}
_ORIGIN = {"from", "between", "about", "toward", "towards"}
_BEGAN = {"began", "begun", "started"}
_HAPPENED = {"happened", "occurred", "unfolded", "was", "began", "started"}
_ENTERED = {"entered", "reached", "invaded", "surrounded", "besieged"}
_CALLED = {"called", "named", "known"}
_WIDE = {"country", "region"}
# "Six kilometres from X", "54 nautical miles south-west of X": the words before X.
_MEASURED = re.compile(
    r"(?P<opened>, )?(?:about |some |nearly )?(?:[\d.,]+|[a-z-]+)(?: [a-z]+)? (?:km|kilomet(?:er|re)s?|miles?|met(?:er|re)s|yards)(?: to the| due)?(?: (?:north|south|east|west)[-\w]*)?"
    r" (?:from|of)(?: the (?:\w+ )?\w+ of)? $",
    re.IGNORECASE,
)
# What a state keeps in other countries.
_ABROAD = {
    "embassy",
    "embassies",
    "consulate",
    "consulates",
    "legation",
    "chancery",
    "mission",
    "ambassador",
    "ambassadors",
    "consul",
    "diplomat",
    "diplomats",
}
_MATTERS = {
    "war",
    "wars",
    "conflict",
    "crisis",
    "talks",
    "truce",
    "ceasefire",
    "policy",
    "presence",
    "occupation",
    "blockade",
}
_TELLING = {
    "speaking", "spoke", "told", "said", "says", "saying", "telling", "reported", "announced", "added", "stated", "met", "meeting", "travelling", "traveling",
    "arrived", "visited", "born", "based", "living",
}  # fmt: skip


# Who goes there was hurt, or will be judged, in another place.
_GOING = {
    "arrive", "arrived", "arriving", "come", "came", "coming", "depart", "departed", "deport", "deported", "extradite", "extradited", "extradition", "extraditing",
    "exile", "exiled", "fled", "flee", "fleeing", "flew", "flight", "fly", "flying", "go", "going", "leave", "left", "plane", "return", "returned", "returning",
    "travel", "traveled", "traveling", "travelled", "travelling", "trip", "visit", "way", "went",
}  # fmt: skip
_AFTERMATH = word_class("aftermath")
_TAKEN, _PICTURES = word_class("picture_taking"), word_class("picture")
_REFUGE = {"asylum", "exile", "refuge", "sanctuary"}


def attach(doc: Doc) -> None:
    """Give every event of a Doc its place arguments and its time."""
    by_sentence: dict[int, list[int]] = {}
    for number, event in enumerate(doc._.events):
        by_sentence.setdefault(event.start, []).append(number)
    owners = _owners(doc)
    _attach_places(doc, owners, by_sentence)
    _place_sections(doc)
    _date_by_noun(doc)
    _attach_times(doc, owners, by_sentence)


def _owners(doc: Doc) -> dict[int, int]:
    """Token -> event: triggers first, then the heads of their fillers (innermost events win by text order)."""
    owners: dict[int, int] = {}
    for number, event in enumerate(doc._.events):
        for i in range(event.trigger_start, event.trigger_end):
            owners.setdefault(i, number)
    for number, event in enumerate(doc._.events):
        for filler in event.arguments:
            owners.setdefault(filler.head, number)
    for number, event in enumerate(doc._.events):
        head = doc[event.trigger]
        verb = syntax.clause_root(head)
        nominal = not event.extractor.startswith("verb:")
        if nominal and (_is_before(verb, event) or _deals_with(verb)):
            continue
        if nominal and verb.i not in owners and verb.sent.start == event.start and verb.i not in _cues(doc):
            owners[verb.i] = number
    return owners


def _deals_with(verb: Token) -> bool:
    """ "Thursday condemned the murder", "received confirmation yesterday of the kidnapping": the day of what came of a deed."""
    saying = saying_of(verb)
    if saying is not None and "count" not in saying.complements:
        return True
    return verb.lower_ in _AFTERMATH


def _cues(doc: Doc) -> set[int]:
    """Verbs whose times and places are those of the saying; who "registered three attacks in Cauca" did not do so there."""
    counting = {lemma for lemma, saying in sayings("verb").items() if "count" in saying.complements}
    return {s.cue for s in doc._.speech if s.cue_lemma not in counting}


def owner_of(token: Token, owners: dict[int, int], stop: set[int]) -> int | None:
    """The event of the nearest ancestor that has one; None once a token of ``stop`` is passed."""
    for step in [token, *token.ancestors]:
        if step.i in owners:
            return owners[step.i]
        if step.i in stop:
            return None
    return None


def place_phrase(token: Token) -> tuple[str, Token]:
    """(preposition, head of the whole locative phrase) of a toponym, past "the town of X" and "X, Y".

    A toponym before another noun ("US targets", "Tehran's request") says whose it is, not where: preposition ''.
    """
    current = token
    for _ in range(5):
        if (
            current.head.i > current.i
            and syntax.is_subject_modifier(current)
            and not nouns.own_classes(current.head) & {"place", "facility"}
        ):
            return "", current.head
        preposition = syntax.preposition_of(current)
        if preposition and preposition != "of":
            return preposition, current
        is_named = current.head.lower_ in _CALLED and current.head.dep_ in syntax.PARTICIPIAL | {"acl"}
        if current.head == current or (current.head.pos_ in {"VERB", "AUX"} and not is_named):
            return preposition, current
        if preposition == "of":
            current = syntax.governor(current)
        elif is_named:
            current = current.head.head  # "another town called Calamar"
        elif current.dep_ in syntax.COMPOUND | syntax.APPOSITION | syntax.CONJUNCT | syntax.POSSESSIVE or current.dep_ in {
            "amod",
            "nmod",
            "nummod",
            "dep",
            "list",
            "parataxis",
            "obl:unmarked",
            "npadvmod",
            "nmod:unmarked",
        }:
            current = current.head
        else:
            return preposition, current
    return syntax.preposition_of(current), current


def _is_whose(country: Token, iso3: str | None) -> bool:
    """Whether a country before a noun says whose it is: "the U.S. embassy", "US soldiers", not "an Iraq base".

    What is said to be a power's ("US positions", "the Russian action") is so because it lies elsewhere.
    """
    if is_of_mission(country):
        return True
    if not _is_before_its_noun(country):
        return False
    own = nouns.own_classes(country.head)
    if iso3 in POWERS and "place" not in own:
        return True
    return bool(own & {"human", "vehicle", "ship", "aircraft"}) and not own & {"place", "facility"}


def is_of_mission(country: Token) -> bool:
    """Whether a country owns what states have in other states: "the U.S. embassy", "the diplomatic premises of China"."""
    if syntax.preposition_of(country) == "of":
        noun = syntax.governor(country)
        return noun.lower_ in _ABROAD or any(t.lower_ == "diplomatic" for t in noun.lefts)
    if not _is_before_its_noun(country):
        return False
    return any(t.lower_ in _ABROAD for t in country.doc[country.i + 1 : country.head.i + 1])


def _is_before_its_noun(country: Token) -> bool:
    return 0 < country.head.i - country.i <= 4 and syntax.is_subject_modifier(country)


def _surface_preposition(doc: Doc, start: int) -> str:
    """The preposition read off the words before a toponym when the tree gives none: "near the city of X"."""
    i = start - 1
    while i >= 0 and start - i <= 6:
        word = doc[i]
        if word.lower_ in LOCATIVE:
            return word.lower_
        if (word.pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "PUNCT"} and word.lower_ != "of") or word.text in {
            ".",
            ";",
            ":",
        }:
            return ""
        i -= 1
    return ""


def _attach_places(doc: Doc, owners: dict[int, int], by_sentence: dict[int, list[int]]) -> None:
    stop = _cues(doc)
    for number, place in enumerate(doc._.places):
        for start, end in place.spans:
            head = doc[start:end].root
            if in_dateline(head) or (place.kind == "country" and _is_whose(head, place.country_iso3)):
                continue
            preposition, phrase = place_phrase(head)
            owned = phrase.i > head.i and preposition == ""  # "US targets": whose, not where
            if preposition not in LOCATIVE | AIMED and not owned:
                preposition = _surface_preposition(doc, start) or preposition
            if place.kind not in _WIDE and _is_beside(doc, start, preposition, phrase, owners):
                preposition = "near"
            here = by_sentence.get(head.sent.start, [])
            for event in _told_where(doc, {head, phrase}, here):
                add_place(doc, event, number, start, end, head.i, 0.8)
            event_number = owner_of(phrase, owners, stop)
            if (
                is_elsewhere(doc, start)
                or _is_of_habit(phrase, owners)
                or _is_of_onlookers(phrase, owners)
                or _is_of_cause(phrase, owners)
            ):
                continue
            if event_number is None or doc._.events[event_number].start != head.sent.start:
                here = [n for n in here if _in_reach(doc, phrase, doc._.events[n], stop)]
                here = [n for n in here if not _is_before(phrase, doc._.events[n])]
                if not here or preposition not in LOCATIVE - _ORIGIN:
                    continue
                event_number = min(here, key=lambda n: (abs(doc._.events[n].trigger - head.i), n))
                confidence = 0.6
            else:
                confidence = 0.9
            event = doc._.events[event_number]
            aimed = {head.i, phrase.i} if _says_which(head, phrase, place.kind) else {head.i}
            is_target = any(a.role == "target" and a.head in aimed for a in event.arguments)
            is_doer = any(
                a.role in {"initiator", "victim"} and a.start <= head.i < a.end and preposition not in LOCATIVE
                for a in event.arguments
            )
            premodifies = head.i < event.trigger and head.head.i == event.trigger and head.ent_type_ != "NORP"
            if is_doer or not (
                preposition in LOCATIVE - _ORIGIN
                or (is_target and place.kind != "region" and head.ent_type_ != "NORP")
                or premodifies
            ):
                continue
            if preposition in {"against"} and not is_target:
                continue
            add_place(doc, event, number, start, end, head.i, confidence)
            for shared in here:  # one clause, several triggers: the place holds for those that tell the same event
                other = doc._.events[shared]
                if other is not event and (other.same_as == event_number or event.same_as == shared):
                    add_place(doc, other, number, start, end, head.i, confidence - 0.1)


def _says_which(toponym: Token, phrase: Token, kind: str) -> bool:
    """ "The town of Lamitan", "the barracks of Elgoibar", "Adidiang island": a place or building by the name of where it is."""
    return kind not in _WIDE and bool(nouns.lexical_classes(phrase) & {"place", "facility"}) and toponym.ent_type_ != "NORP"


def _is_beside(doc: Doc, start: int, preposition: str, phrase: Token, owners: dict[int, int]) -> bool:
    """Whether a town or site is told to say near what an act was: by distance, on the way, beside a building, as entered."""
    if preposition == "between":
        # "Blew up a bus between Dantewada and Sukma", not "talks between X and Y".
        return phrase.head.pos_ == "VERB" or bool(nouns.classes(phrase.head) & {"vehicle", "ship", "facility"})
    if preposition == "by":
        noun = syntax.governor(phrase)  # "at a stall by the Eastern Gate"
        return noun.pos_ == "NOUN" and noun.i not in owners and syntax.preposition_of(noun) in LOCATIVE
    if phrase.dep_ in syntax.OBJECTS and phrase.head.lower_ in _ENTERED and phrase.head.i not in owners:
        return True  # "men entered the village of Foube and executed 21 people"
    sentence = doc[start].sent
    measured = _MEASURED.search(doc.text[sentence.start_char : doc[start].idx])
    # "In Mosul, 390 km north of Baghdad" tells where Mosul is.
    return measured is not None and measured["opened"] is None


def _told_where(doc: Doc, nouns_of: set[Token], here: list[int]) -> list[Event]:
    """ "Cuito, where gunners killed 31 people": what a clause opened by "where" tells of a place."""
    clauses = {
        child
        for noun in nouns_of
        for child in noun.children
        if child.dep_ in syntax.RELATIVE and any(t.lower_ == "where" for t in child.lefts)
    }
    told = [doc._.events[n] for n in here]
    return [e for e in told if clauses & {doc[e.trigger], *_first_conjuncts(doc[e.trigger])}]


def _place_sections(doc: Doc) -> None:
    """ "Djibo. Armed men attacked a convoy. ... Barsalogho: 21 people were killed": a digest whose paragraphs open with
    places. What a paragraph tells without a place of its own is where its heading says.
    """
    headed = _sections(doc)
    if len({number for _, _, _, number in headed}) < 2:
        return
    for start, end, heading, number in headed:
        for event in doc._.events:
            if start <= event.trigger < end and not any(a.role == "place" for a in event.arguments):
                first, last = heading
                add_place(doc, event, number, first, last, doc[first:last].root.i, 0.6)


def _sections(doc: Doc) -> list[tuple[int, int, tuple[int, int], int]]:
    """Start and end of each paragraph that opens with a place and a stop or colon, the span of that place, its number."""
    breaks = [0, *(t.i + 1 for t in doc if t.is_space and t.text.count("\n") > 1), len(doc)]
    spans = {start: (end, number) for number, place in enumerate(doc._.places) for start, end in place.spans}
    found = []
    for start, end in pairwise(breaks):
        first = next((i for i in range(start, end) if not (doc[i].is_punct or doc[i].is_space)), None)
        if first is None or first not in spans:
            continue
        last, number = spans[first]
        if last < end and doc[last].text in {".", ":"} and not doc[first].is_upper:
            found.append((start, end, (first, last), number))
    return found


def is_elsewhere(doc: Doc, start: int) -> bool:
    """Whether the words before a place make it where people went or hid: "a plane to Nicaragua", "sought refuge in Panama"."""
    before = list(doc[max(start - 8, doc[start].sent.start) : start])
    while before and before[-1].lower_ not in _TOWARDS | {"in"}:
        if before[-1].pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "CCONJ", "PUNCT"}:
            return False  # "sought refuge in Panama, Costa Rica and Mexico"
        before.pop()
    if len(before) < 2:
        return False
    words = {t.lower_ for t in before[-4:-1]}
    return bool(words & _REFUGE) if before[-1].lower_ == "in" else bool(words & _GOING)


def _is_of_habit(place: Token, owners: dict[int, int]) -> bool:
    """Whether a place is where somebody is wont to be: "the businessman, who spends most of his time in Miami"."""
    verb = place
    for step in [place, *place.ancestors]:
        if step.i in owners:
            return False
        if step != place and step.dep_ in syntax.RELATIVE and any(t.dep_ == "cop" for t in step.children):
            return True  # "a priest who had been dean of the university in Managua"
        if step.pos_ in {"VERB", "AUX"}:
            if verb.pos_ not in {"VERB", "AUX"}:
                verb = step
            if step.dep_ in syntax.RELATIVE:
                return verb.tag_ in {"VBZ", "VBP"} and not syntax.auxiliaries(verb)
    return False


def _is_of_onlookers(place: Token, owners: dict[int, int]) -> bool:
    """Whether a place is where those who speak of an act are: "officials in Baghdad raised concerns about the strikes"."""
    for step in [place, *place.ancestors]:
        if step.i in owners:
            return False
        if syntax.preposition_of(step) in {"like", "unlike"}:
            return True  # "like the militias in Iraq, the Houthis have attacked"
        if syntax.is_subject(step):
            return "human" in nouns.classes(step) and not nouns.classes(step) & {"armed"}
        if step.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _is_of_cause(place: Token, owners: dict[int, int]) -> bool:
    """Whether a place is that of what an act is said to be about: "have linked their attacks to the war in Gaza"."""
    before = place.doc[max(place.i - 4, place.sent.start) : place.i]
    noun = next((t for t in reversed(before) if t.pos_ == "NOUN"), None)  # whatever the tree hangs the place on
    if noun is None:
        return False
    return noun.lower_ in _MATTERS and noun.i not in owners and syntax.preposition_of(noun) in {"to", "over", "about", "for"}


def _in_reach(doc: Doc, phrase: Token, event: Event, stop: set[int]) -> bool:
    """Whether the verb an adjunct hangs on also governs the trigger: the adjunct of another verb is not the event's."""
    verb = next((t for t in phrase.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return True
    if verb.i in stop or verb.lower_ in _TELLING:
        return _is_told_in_full(doc, phrase, event)
    return any(t == verb for t in doc[event.trigger].ancestors)


def _is_told_in_full(doc: Doc, phrase: Token, event: Event) -> bool:
    """ "Announced its findings on the shelling of the island by the North on 23 November": what closes a nominal act is its own."""
    if event.extractor.startswith("verb:") or phrase.i < event.trigger:
        return False
    between = doc[event.trigger : phrase.i]
    told = {
        a.start
        for a in event.arguments
        if event.trigger < a.start < phrase.i and a.role in {"initiator", "target", "victim"}
    }
    return len(told) > 1 and not any(t.text in {",", ";"} or t.pos_ in {"VERB", "AUX"} for t in between)


def _is_before(place: Token, event: Event) -> bool:
    """Whether an act only came before what a place or verb tells: "fled into Venezuela following the murder of X"."""
    trigger = place.doc[event.trigger]
    for step in [trigger, *trigger.ancestors]:
        if place == step or place in step.subtree:
            return False
        if step.pos_ in {"NOUN", "PROPN"} and syntax.preposition_of(step) in _AFTERWARDS:
            return True
    return False


def add_place(doc: Doc, event: Event, number: int, start: int, end: int, head: int, confidence: float) -> None:
    if any(a.role == "place" and a.place == number for a in event.arguments):
        return
    found = argument("place", doc[head], confidence)
    if found is None:
        return
    found.start, found.end, found.head, found.place, found.actor = start, end, head, number, None
    found.filler_type = "facility" if doc._.places[number].kind == "facility" else "place"
    event.arguments.append(found)


def _attach_times(doc: Doc, owners: dict[int, int], by_sentence: dict[int, list[int]]) -> None:
    """The times that the tree ties to an event first, then those that merely stand near one."""
    stop = _cues(doc)
    triggers = {i for event in doc._.events for i in range(event.trigger_start, event.trigger_end)}
    loose: list[int] = []
    for number, time in enumerate(doc._.times):
        head = doc[time.start : time.end].root
        if _is_of_another_deed(head, triggers) or _is_of_telling(doc, time) or _is_of_picture(doc, time):
            continue
        if not time.is_open_ended and _is_of_beginning(head, triggers):
            continue
        if _is_of_aftermath(head, triggers):
            continue
        here = by_sentence.get(head.sent.start, [])
        if doc[time.end - 1].lower_ == "after":
            # "Ten years after a mine killed four": dates that, or nothing.
            event_number = next((n for n in here if doc[time.end - 1] in doc[doc._.events[n].trigger].lefts), None)
            if event_number is not None:
                _set_time(doc, event_number, number)
            continue
        event_number = _owner_told_after(doc, time, here)
        if event_number is None:
            event_number = _owner_right_before(doc, time, owners)
        if event_number is None:
            event_number = _owner_led_in(head, owners)
        if event_number is None:
            # "Two days after the attack, soldiers shot three men": not when the attack was.
            event_number = owner_of(head.head if head.i in triggers else head, owners, stop)
        if event_number is None:
            event_number = _owner_beside(head, owners)
        if event_number is None or doc._.events[event_number].start != head.sent.start:
            loose.append(number)
        elif doc._.events[event_number].trigger > _ranked_since(doc, time):
            _set_time(doc, event_number, number)
    for number in loose:
        _attach_loose_time(doc, number, by_sentence, stop)
    _date_by_scene(doc, by_sentence)


def _date_by_scene(doc: Doc, by_sentence: dict[int, list[int]]) -> None:
    """ "Yesterday was the worst day for the city. From seven in the morning shells fell on it": a sentence that tells of a day
    and of no act dates what the next one of its paragraph tells.
    """
    sentences = list(doc.sents)
    for before, after in pairwise(sentences):
        days = [n for n, t in enumerate(doc._.times) if before.start <= t.start < before.end and t.precision == "day"]
        if len(days) != 1 or by_sentence.get(before.start) or "\n" in before.text.rstrip(" ") + before[-1].whitespace_:
            continue
        if not _sets_scene(before, doc[doc._.times[days[0]].start : doc._.times[days[0]].end].root):
            continue
        for number in by_sentence.get(after.start, []):
            event = doc._.events[number]
            flashback = any(t.lower_ == "had" for t in syntax.auxiliaries(doc[event.trigger]))
            if event.time is None and not flashback:
                event.time = days[0]


def _sets_scene(sentence: Span, day: Token) -> bool:
    """ "Yesterday was the worst day", "It happened on Tuesday", "It was a quiet Sunday": a day is what the sentence tells."""
    root = sentence.root
    is_copular = any(t.dep_ == "cop" and t.tag_ in {"VBD"} for t in root.children)
    is_told = day == root or day.head == root
    if any("human" in nouns.classes(t) for t in syntax.subjects(root)):
        return False  # "the president was in Paris on Monday"
    return is_told and (is_copular or (root.tag_ == "VBD" and root.lower_ in _HAPPENED))


def _attach_loose_time(doc: Doc, number: int, by_sentence: dict[int, list[int]], stop: set[int]) -> None:
    time = doc._.times[number]
    head = doc[time.start : time.end].root
    here = by_sentence.get(head.sent.start, [])
    ranked = _ranked_since(doc, time)
    if not here or any(step.i in stop for step in head.ancestors if abs(step.i - head.i) <= 4):
        return
    candidates = [
        n
        for n in here
        if doc._.events[n].time is None
        and doc._.events[n].trigger > ranked
        and _in_reach(doc, head, doc._.events[n], stop)
        and not _between_verbs(doc, head, doc._.events[n])
    ]
    if not candidates and _opens_sentence(doc, time):
        undated = [n for n in here if doc._.events[n].time is None]
        candidates = [n for n in undated if _is_under_opening(doc[doc._.events[n].trigger])][:1]
    if candidates:
        _set_time(doc, min(candidates, key=lambda n: (abs(doc._.events[n].trigger - head.i), n)), number)


def _owner_told_after(doc: Doc, time: Time, here: list[int]) -> int | None:
    """ "The raid came ten days after the ambush": the span of time tells when the ambush was."""
    sentence = doc[time.start].sent
    if not COMES.search(doc.text[sentence.start_char : doc[time.start].idx]):
        return None
    after = next((t.i for t in doc[time.start : min(time.end + 1, sentence.end)] if t.lower_ == "after"), None)
    return next((n for n in here if after is not None and doc._.events[n].trigger > after), None)


def _owner_right_before(doc: Doc, time: Time, owners: dict[int, int]) -> int | None:
    """ "Damage following a rocket attack two days ago": the noun that a span of time ending in "ago" stands right behind."""
    noun = doc[time.start - 1] if time.start else None
    if noun is None or noun.pos_ != "NOUN" or noun.sent != doc[time.start].sent or doc[time.end - 1].lower_ != "ago":
        return None
    return owners.get(noun.i)


def _owner_led_in(time: Token, owners: dict[int, int]) -> int | None:
    """ "Following the attack on troops at Boma on 23 March, the force struck camps": the day is of the noun led in by "following"."""
    start = time.sent.start
    if time.doc[start].lower_ not in {"following", "after"} or time.head.i < time.i:
        return None
    led_in = time.doc[start : time.i]
    nouns_of = [t for t in led_in if t.i in owners and t.pos_ == "NOUN"]
    return owners[nouns_of[-1].i] if nouns_of and not any(t.text == "," or t.pos_ == "VERB" for t in led_in[1:]) else None


def _owner_beside(time: Token, owners: dict[int, int]) -> int | None:
    """ "Men offloaded and killed nine passengers on Friday night": the day of two deeds of the same people dates both."""
    told = [
        t
        for t in time.head.children
        if t.dep_ == "conj"
        and t.i in owners
        and time.head.i < t.i < time.i
        and not (syntax.subjects(t) or syntax.passive_subjects(t))
    ]
    return owners[told[-1].i] if told else None


def _opens_sentence(doc: Doc, time: Time) -> bool:
    """ "On 25 August 2000 they made a mistake: they took eleven men hostage": a day that opens a sentence is its whole scene's."""
    start = doc[time.start].sent.start
    return time.start - start <= 3 and all(
        t.pos_ in {"ADP", "SCONJ", "PUNCT", "ADV", "DET", "SPACE"} for t in doc[start : time.start]
    )


def _is_under_opening(trigger: Token) -> bool:
    """Whether a verb stands in a main clause of its own, in the plain past: no flashback, nobody's words, no relative clause."""
    if trigger.tag_ != "VBD" or any(t.lower_ in {"had", "has", "have"} for t in syntax.auxiliaries(trigger)):
        return False
    return trigger.dep_ in {"parataxis", "conj", "ROOT", "root", "ccomp"} and not any(
        t.lower_ in {"before", "after", "since", "until", "that"} for t in trigger.lefts
    )


def _date_by_noun(doc: Doc) -> None:
    """ "Since October 2017, when rebels attacked a station": the day a relative clause is about is its act's, without "since"."""
    for event in doc._.events:
        verb = doc[event.trigger]
        if event.time is not None:
            continue
        clauses = [verb, *_first_conjuncts(verb)]
        if verb.tag_ == "VBG" and verb.dep_ == "advcl":
            clauses.append(verb.head)  # "ended the truce by murdering two policemen"
        opened = next((t for v in clauses for t in v.children if t.lower_ == "when" and t.i < v.i), None)
        if opened is None or opened.i < verb.sent.start + 2:
            continue
        before = opened.i - 1 - (opened.nbor(-1).text == ",")
        for time in list(doc._.times):
            named = {before, *(v.head.i for v in clauses)}
            if time.date_start is None or not any(time.start <= i < time.end for i in named):
                continue
            if not time.is_open_ended:
                event.time = doc._.times.index(time)
                continue
            day = doc[time.start + 1 : time.end]
            own = next(expressions(day.text, lambda *_: Context(doc._.source.published_on)), None)
            if own is not None:
                doc._.times.append(Time(day.start, day.end, own.date_start, own.date_end, own.precision))
                event.time = len(doc._.times) - 1


def _is_of_another_deed(time: Token, triggers: set[int]) -> bool:
    """Whether a time dates a relative clause about somebody: "the rebels who seized the capital in 2014"."""
    for step in time.ancestors:
        if step.i in triggers:
            return False
        if step.dep_ in syntax.RELATIVE and step.pos_ == "VERB":
            # "The attack that came on Monday", "who in July escaped an attempt on her life" are dated by their clauses.
            return step.head.i not in triggers and not any(t.i in triggers for t in step.subtree)
    return False


def _is_of_picture(doc: Doc, time: Time) -> bool:
    """ "An image taken from a channel on 19 February shows damage ...": the day of the picture, not of what it shows."""
    i = time.start - 1
    while i > doc[time.start].sent.start and doc[i].pos_ in {"ADP", "DET", "NOUN", "PROPN", "NUM", "ADJ"}:
        i -= 1
    return doc[i].lower_ in _TAKEN and doc[max(i - 1, 0)].lower_ in _PICTURES


def _is_of_beginning(time: Token, triggers: set[int]) -> bool:
    """ "The second strike since his inauguration in January", "in a campaign that began on 15 December": when a span of time
    begins."""
    noun = time.head
    if noun.lower_ in _BEGAN and noun.dep_ in syntax.RELATIVE:
        return noun.head.i not in triggers
    return noun.pos_ in {"NOUN", "PROPN"} and noun.i not in triggers and syntax.preposition_of(noun) == "since"


def _is_of_aftermath(time: Token, triggers: set[int]) -> bool:
    """Whether a day is that of dealing with deeds: "received confirmation yesterday of the murder", "the murder was condemned today"."""
    verb = time.head
    if not verb.tag_.startswith("VB") or verb.i in triggers or not _deals_with(verb):
        return False
    told = [t for t in verb.subtree if t.i in triggers]
    if not told or any(t.tag_.startswith("VB") for t in told):
        return False
    return time.i < told[0].i or told[-1].i < verb.i < time.i


def _is_of_telling(doc: Doc, time: Time) -> bool:
    """ "The minister said today (that) ...": the day right after a verb of telling that opens or ends a clause is its own."""
    before = doc[time.start - 1] if time.start else None
    if before is not None and before.lower_ == "on" and time.start > 1:
        before = doc[time.start - 2]
    if before is None or before.lower_ not in _TELLING or before.pos_ not in {"VERB", "AUX"} or time.end >= len(doc):
        return False
    after = doc[time.end]
    if after.pos_ == "PUNCT":  # "..., the army said Tuesday, in one of ..."
        return any(t.dep_ in {"ccomp", "parataxis"} and t.i < before.i for t in before.children)
    return after.sent == before.sent and after.tag_ != "POS"


def _ranked_since(doc: Doc, time: Time) -> int:
    """The "since" before which no act is dated by a time: "the deadliest attack since fighting broke out in November"; else -1."""
    start = doc[time.start].sent.start
    since = next((i for i in range(time.end - 1, start, -1) if doc[i].lower_ == "since"), start)
    for i in range(since - 1, max(since - 8, start - 1), -1):
        if doc[i].lower_ in _RANKS or (doc[i].tag_ in {"JJS", "RBS"} and doc[i].lower_ != "least"):
            return since
        if doc[i].text in {",", ";"} or doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return -1
    return -1


def _between_verbs(doc: Doc, time: Token, event: Event) -> bool:
    """Whether another finite clause stands between a time and a trigger.

    The verb that a day opens the sentence for shares it with its conjuncts, and any with what was then: "In May rebels poured
    into the town and killed 40", "in June it lost fifteen when a match was shelled".
    """
    low, high = sorted((time.i, event.trigger))
    own = next((t for t in time.ancestors if t.pos_ == "VERB"), None)
    trigger = doc[event.trigger]
    # "On 1 August a missile tore into a parade, killing 36".
    is_then = trigger.dep_ == "advcl" and (trigger.tag_ == "VBG" or any(t.lower_ == "when" for t in trigger.lefts))
    same_breath = {own}
    if own is not None and time.i < own.i:
        same_breath |= {t for t in own.children if own in _first_conjuncts(t)}
    is_shared = trigger in same_breath or (is_then and trigger.head in same_breath)
    return any(
        t.tag_ in {"VBD", "VBZ", "VBP"} and t.pos_ == "VERB" and not (is_shared and t in same_breath)
        for t in doc[low + 1 : high]
    )


def _first_conjuncts(verb: Token) -> list[Token]:
    """The verbs that a verb without subject of its own is coordinated with."""
    found: list[Token] = []
    while verb.dep_ == "conj" and not syntax.subjects(verb) and not syntax.passive_subjects(verb) and len(found) < 5:
        verb = verb.head
        found.append(verb)
    return found


def _set_time(doc: Doc, event_number: int, number: int) -> None:
    event, time = doc._.events[event_number], doc._.times[number]
    if _is_late_death(doc, event):
        return
    if event.time is None:
        event.time = number
        return
    have = doc._.times[event.time]
    # Words that only a publication date would resolve ("on Saturday") stay the event's own where there is none.
    is_vague = have.date_start is None and doc._.source.published_on is not None
    if (have.is_duration and not time.is_duration) or (is_vague and time.date_start is not None):
        event.time = number


_WOUNDS = {"wound", "injury", "burn", "hospital"}


def _is_late_death(doc: Doc, event: Event) -> bool:
    """ "One woman died of burns on Tuesday": the day of what hurt her was another one."""
    if event.extractor not in {"verb:die", "verb:succumb"}:
        return False
    return any(singular(noun.lower_) in _WOUNDS for _, noun in syntax.prepositional(doc[event.trigger]))
