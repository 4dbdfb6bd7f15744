"""Corrections of statistical names where a rule knows better: tables, titles, and one sense per document.

The component `entity_rules` runs right after the recogniser of any pipeline. It settles what is certain from spelling
and from the rest of the document; linking names to actors and places, variants of transliteration and everything
generic is the business of `names` and what follows it.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading.geocode import GREAT_CITY, candidates
from dagster_project.reading.lexicon import word_class
from dagster_project.reading.name_heads import head_label, settled
from dagster_project.reading.offices import is_office_noun, office_before
from dagster_project.reading.titles import kind_of
from dagster_project.reference import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

GROUP, PLACE, AGE, PERSON, NATION = "ARMED_GROUP", "GPE", "DATE", "PERSON", "NORP"
# Labels of proper names: a match of the same words, or another sense in the document, may replace them.
PROPER = frozenset(("ORG", "GPE", "LOC", "PERSON", "NORP", "FAC", "EVENT", "ARMED_GROUP", "PRODUCT", "WORK_OF_ART"))
_REPLACEABLE = PROPER - {"ARMED_GROUP"} | {"CARDINAL"}
# Single words of the weapons' table that name a weapon or a military vehicle only in some sentences: cars and buses
# are no vehicles in our sense, a fighter is mostly a man.
AMBIGUOUS_MEANS = frozenset(
    """arm arms fire stone stones wire fuel hammer bullet bullets explosive knife knives axe gas club bat stick rock bottle acid
    virus worm charge device round iron spike arrow bow sling bomber bombers fighter fighters ship ships boat boats vessel vessels
    bus buses car cars van vans truck trucks lorry lorries taxi train trains plane planes vehicle vehicles motorcycle motorcycles
    motorbike motorbikes bicycle bicycles bike bikes tractor ambulance ferry tanker tankers convoy convoys carrier transport pickup
    pickups tank gunfire jet mirage thunder lightning hawk eagle bear gunman blade rope brick bricks fireworks poison hijacked""".split()
)
# Participles that hyphens join to a name: "Iran-backed militia".
_COMPOUNDED = frozenset("backed led linked allied aligned supported held".split())
_SHORT_COUNTRIES = frozenset(("US", "U.S.", "UK"))
_PROPER_TAGS = frozenset(("NNP", "NNPS"))
_QUOTES_AND_DASHES = frozenset("\"'“”‘’-–—")


def _forms(cell: str) -> list[str]:
    return [form for form in cell.split(";") if form]


@cache
def group_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names of armed groups: those of several words, and single words and acronyms."""
    ambiguous = {row["alias"] for row in table("actor_alias_ambiguous")}
    several: set[str] = set()
    single: set[str] = set()
    for row in table("actors"):
        if row["actor_type"] != "armed_group":
            continue
        for form in [row["name"], *_forms(row["aliases"]), *_forms(row["aliases_case_sensitive"])]:
            capitals = sum(word[:1].isupper() for word in form.split())
            if form in ambiguous or len(form) < 3:
                continue
            if len(form.split()) > 1 and capitals > 1:
                several.add(form)
            elif " " not in form and form[0].isupper():
                single.add(form)
    return frozenset(several), frozenset(single)


@cache
def country_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names of countries of several words; single names of countries and capitals that are no persons' names too."""
    several: set[str] = set()
    single: set[str] = set()
    for row in table("countries"):
        for form in [row["name"], *_forms(row["aliases"]), row["capital"]]:
            if not form or not form[0].isupper():
                continue
            (several if " " in form else single).add(form)
    return frozenset(several), frozenset(
        single - {"Jordan", "Chad", "Georgia", "Israel", "Victoria", "Kingston", "Hamilton", "Douglas"}
    )


@cache
def demonyms() -> frozenset[str]:
    """Adjectives and nouns of nationality, as written."""
    rows = table("countries")
    forms = {form for row in rows for column in ("demonyms_adjective", "demonyms_people") for form in _forms(row[column])}
    forms |= {
        form for row in table("regional_adjectives") for column in ("adjective", "people") for form in _forms(row[column])
    }
    return frozenset(form for form in forms if not form.isupper())


@cache
def titles() -> frozenset[str]:
    """Words of titles and offices that stand before a person's name, lower case, with and without full stop."""
    words: set[str] = set()
    for row in table("titles"):
        if not row["position"].startswith("prefix"):
            continue
        for form in [row["title"], *_forms(row["abbreviations"])]:
            words.update(word.lower().rstrip(".") for word in form.split() if word[:1].isalpha())
    return frozenset(words - {"of", "the", "in", "for", "and", "to", "al"})


@cache
def first_names() -> frozenset[str]:
    """First names of persons that a place name rarely opens with."""
    names = {name for row in table("person_names") for name in _forms(row["first_names"])}
    return frozenset(name for name in names if len(name) > 3)


@cache
def means() -> dict[str, str]:
    """Weapons and military vehicles, lower case, singular and plural -> label."""
    found: dict[str, str] = {}
    for row in table("weapons"):
        pattern = row["pattern"].lower()
        for form in (pattern, f"{pattern}s", f"{pattern[:-1]}ies" if pattern.endswith("y") else pattern):
            if form not in AMBIGUOUS_MEANS:
                found.setdefault(form, row["label"])
    return found


class EntityRules:
    """Matches the tables on tokens as this pipeline's tokenizer cuts them."""

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import PhraseMatcher

        self._known = group_names()[0] | country_names()[0]
        self._countries = country_names()[1] | _SHORT_COUNTRIES
        self._names = PhraseMatcher(nlp.vocab, attr="ORTH")
        for label, forms in ((GROUP, group_names()[0]), (PLACE, country_names()[0])):
            spellings = sorted({*forms, *(form.replace("'", "’") for form in forms)})
            self._names.add(label, [nlp.make_doc(form) for form in spellings])
        self._means = PhraseMatcher(nlp.vocab, attr="LOWER")
        for label in ("WEAPON", "VEHICLE"):
            patterns = sorted(form for form, found in means().items() if found == label)
            self._means.add(label, [nlp.make_doc(pattern) for pattern in patterns])

    def __call__(self, doc: Doc) -> Doc:
        from spacy.util import filter_spans

        trimmed = [span for entity in _joined(doc) if not _is_address(entity) for span in _trimmed(entity)]
        spans = [span for span in trimmed if not _is_common(span) and not _is_shouted(span)]
        spans = self._known_names(doc, spans)
        bearers = {span[-1].text for span in spans if span.label_ == PERSON and len(span) > 1}
        spans = [_relabelled(span, bearers) for span in spans]
        spans = filter_spans([span if span.text in self._known else settled(span, self._countries) for span in spans])
        spans = _one_sense(filter_spans([_hyphened(span) for span in spans]))
        doc.set_ents(spans)
        spans = [_aged(span) for span in spans]
        spans += self._unseen_means(doc, spans)
        spans += _unseen_again(doc, spans)
        doc.set_ents(sorted(spans, key=lambda span: span.start))
        return doc

    def _known_names(self, doc: Doc, spans: list[Span]) -> list[Span]:
        from spacy.tokens import Span
        from spacy.util import filter_spans

        kept = filter_spans([Span(doc, start, end, label=label) for label, start, end in self._names(doc)])
        taken = {token.i for span in kept for token in span}
        for span in spans:
            if not any(token.i in taken for token in span):
                kept.append(span)
            elif span.label_ not in _REPLACEABLE or _is_body_of(doc, span):
                # A date, weapon or longer name that the match overlaps: the longer one stays.
                rivals = [rival for rival in kept if rival.start < span.end and span.start < rival.end]
                if all(len(span) > len(rival) for rival in rivals):
                    kept = [rival for rival in kept if rival not in rivals] + [span]
        return sorted(kept, key=lambda span: span.start)

    def _unseen_means(self, doc: Doc, spans: list[Span]) -> list[Span]:
        """Weapons and vehicles of the table where the recogniser saw nothing, with their type before them."""
        from spacy.tokens import Span
        from spacy.util import filter_spans

        taken = {token.i for span in spans for token in span}
        found = []
        for span in filter_spans([Span(doc, start, end, label=label) for label, start, end in self._means(doc)]):
            if any(token.i in taken for token in span):
                continue
            start = span.start
            while (
                start
                and start - 1 not in taken
                and any(c.isdigit() for c in doc[start - 1].text)
                and doc[start - 1].text[0].isupper()
            ):
                start -= 1  # "AK-47 rifles", "S-300 missile"
            found.append(Span(doc, start, span.end, label=span.label_))
            taken.update(range(start, span.end))
        return found


def _joined(doc: Doc) -> list[Span]:
    """The names of the recogniser, a body that ends with a preposition joined to its country: "|UN Mission in| |South Sudan|"."""
    from spacy.tokens import Span

    names: list[Span] = []
    for entity in doc.ents:
        before = names[-1] if names else None
        opens = before is not None and before.label_ == "ORG" and before.end == entity.start and before[-1].tag_ == "IN"
        if before is not None and opens and entity.label_ in {PLACE, "LOC"}:
            names[-1] = Span(doc, before.start, entity.end, label="ORG")
        else:
            names.append(entity)
    return names


def _is_body_of(doc: Doc, span: Span) -> bool:
    """ "United Nations Mission in South Sudan": a body whose name ends with the country in which it is."""
    return span.label_ == "ORG" and any(
        token.lower_ in {"in", "of", "for"} and doc[token.i - 1].tag_ in _PROPER_TAGS for token in span[1:-1]
    )


def _hyphened(span: Span) -> Span:
    """The name with what hyphens join to it: "Marie-|Helene Nyandeng|", "|Yoo Hae|-won", "|YDG|-H"."""
    from spacy.tokens import Span

    doc, start, end = span.doc, span.start, span.end
    if span.label_ == PERSON and start > 1 and doc[start - 1].text == "-" and not doc[start - 2].whitespace_:
        first = doc[start - 2]
        if first.is_title and not doc[start - 1].whitespace_ and first.text not in demonyms() | country_names()[1]:
            start -= 2
    if end + 1 < len(doc) and doc[end].text == "-" and not (doc[end - 1].whitespace_ or doc[end].whitespace_):
        last, part = doc[end - 1], doc[end + 1]
        is_short = span.end - span.start > 1 and len(last) < 6 and len(part) < 6 and part.lower_ not in _SUFFIXES
        is_given_name = part.is_alpha and part.is_lower and (part.tag_ in _PROPER_TAGS or is_short)
        is_letter = part.is_upper and last.is_upper
        if (span.label_ == PERSON and is_given_name) or (span.label_ in {"ORG", GROUP} and is_letter):
            end += 2
    return span if (start, end) == (span.start, span.end) else Span(doc, start, end, label=span.label_)


def _unseen_again(doc: Doc, spans: list[Span]) -> list[Span]:
    """Words where the recogniser saw nothing, and which the document names a person by elsewhere, or which are countries."""
    from spacy.tokens import Span

    taken = {token.i for span in spans for token in span}
    persons = {
        token.text
        for span in spans
        if span.label_ == PERSON and len(span) > 1
        for token in span
        if token.is_title and len(token) > 3 and token.lower_ not in titles()
    }
    found = []
    for token in doc:
        if token.i in taken or token.tag_ not in _PROPER_TAGS or not token.is_title:
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if after is not None and after.i not in taken and after.is_title and after.tag_ in _PROPER_TAGS:
            continue  # a part of a longer name that nobody knows
        if token.text in persons:
            found.append(Span(doc, token.i, token.i + 1, label=PERSON))
        elif token.text in country_names()[1]:
            found.append(Span(doc, token.i, token.i + 1, label=PLACE))
    return found


def _is_common(span: Span) -> bool:
    """ "On 86th street", "artillery fire": common nouns are no names, unless all the text is written small."""
    if span.label_ not in PROPER or any(t.text[:1].isupper() or t.tag_ in _PROPER_TAGS for t in span):
        return False
    return any(t.text[:1].isupper() for t in span.doc)


def _is_shouted(span: Span) -> bool:
    """ "TERRIFIED holidaymakers told": a tabloid's first word in capitals is no place."""
    doc, word = span.doc, span[0]
    opens = span.start == 0 or doc[span.start - 1].is_space or doc[span.start - 1].is_punct
    if span.label_ not in {PLACE, "LOC", "FAC", "ORG"} or len(span) > 1 or not opens or not word.is_upper or len(word) < 6:
        return False
    return span.end < len(doc) and doc[span.end].is_lower and not candidates(span.text)


def _is_address(entity: Span) -> bool:
    """Whether a supposed name is a page or mail address."""
    return entity.label_ in PROPER and any(token.like_url or token.like_email for token in entity)


def _trimmed(entity: Span) -> list[Span]:
    """A person without titles before the name; what stands before the titles is a name of its own."""
    from spacy.tokens import Span

    doc, start, end = entity.doc, entity.start, entity.end
    while start < end - 1 and doc[start].text in _QUOTES_AND_DASHES:
        start += 1
    if entity.label_ in PROPER and end - start > 2:
        # "Iran-backed militia": the state alone is a name.
        for index in range(start + 1, end - 1):
            if doc[index].text == "-" and doc[index + 1].text in _COMPOUNDED:
                label = NATION if doc[start:index].text in demonyms() else PLACE
                return [Span(doc, start, index, label=label)]
    if entity.label_ != PERSON and not _is_named_person(entity):
        return [Span(doc, start, end, label=entity.label_)] if start != entity.start else [entity]
    last = max((i for i in range(start, end) if _is_title(doc, start, i)), default=None)
    if last is None or last - start > 4:
        return [Span(doc, start, end, label=PERSON)]
    before: list[Span] = []
    if doc[start].text in country_names()[1] or doc[start].text in _SHORT_COUNTRIES:
        before = [Span(doc, start, start + 1, label=PLACE)]
    elif doc[start].text in demonyms():
        before = [Span(doc, start, start + 1, label=NATION)]
    if last + 1 == end:
        # Nothing but a title is no name.
        return before
    return [*before, Span(doc, last + 1, end, label=PERSON)]


def _is_title(doc: Doc, start: int, index: int) -> bool:
    """Whether a word of a name that begins at ``start`` is a title, and no part of the name: "Hassan Sheikh Osman"."""
    word = doc[index].lower_.rstrip(".")
    if word not in titles():
        return False
    before = doc[index - 1]
    is_within = index > start and before.is_title and before.lower_ not in titles() and before.tag_ in _PROPER_TAGS
    return not (is_within and kind_of(word) == "honorific" and before.text not in demonyms() | country_names()[1])


def _is_named_person(span: Span) -> bool:
    """A supposed place that no gazetteer knows and that opens like a person's name: "Msgr Romero", "Danilo Varillas"."""
    doc, start = span.doc, span.start
    if (
        span.label_ not in {"GPE", "LOC", GROUP, "FAC"}
        or len(span) < 2
        or not all(t.text[:1].isupper() for t in (span[0], span[-1]))
    ):
        return False
    opening = span[0].lower_.rstrip(".")
    is_titled = opening in titles() and opening not in _NOT_BEFORE_PERSONS
    if span.label_ in {GROUP, "FAC"}:
        return is_titled and len(span) == 2 and span[0].text in _STYLES
    is_named = span[0].text in first_names() and not (
        start and doc[start - 1].lower_ in _PREPOSITIONS - {"from", "to", "of"}
    )
    return (is_titled or is_named) and span[-1].lower_ not in _PLACE_TERMS and not candidates(span.text)


def _relabelled(span: Span, bearers: set[str]) -> Span:
    """The label that the spelling or a title before the name settles; ``bearers``: last names of persons named in full."""
    from spacy.tokens import Span

    if span.label_ not in PROPER:
        return span
    doc, text, label = span.doc, span.text, span.label_
    if label == "ORG" and text in group_names()[1]:
        label = GROUP
    elif text in demonyms() and label != GROUP:
        label = NATION
    elif text in country_names()[1] and label not in (PLACE, PERSON):
        label = PLACE
    elif label == PERSON and _is_known_place(text) and text not in bearers and not _is_person(span, says_nothing=True):
        label = PLACE  # "Washington believes"
    elif (label in ("GPE", "LOC", "FAC", "EVENT") and not _is_known_place(text) and _is_person(span)) or (
        label in ("GPE", "LOC", "FAC", "ORG", "EVENT") and _bears_office(span)
    ):
        label = PERSON
    elif (label in (PERSON, "ORG") or (label in ("GPE", "LOC", "FAC") and not candidates(text))) and _is_named_after(span):
        label = GROUP
    elif label == "ORG" and _is_titled(span):
        label = PERSON
    return span if label == span.label_ else Span(doc, span.start, span.end, label=label)


def _is_known_place(text: str) -> bool:
    """A country, a capital, or a great city that shares its name with nobody: speaking, it stands for its authorities."""
    if any(text in names for names in country_names()):
        return True
    found = candidates(text)
    return bool(found) and found[0].rank == 0 and found[0].population >= GREAT_CITY and not set(text.split()) & first_names()


def _is_person(span: Span, says_nothing: bool = False) -> bool:
    """Whether the words around a supposed place are those around a person: a title, speech, an age.

    ``says_nothing``: that it speaks tells nothing, as capitals stand for governments.
    """
    doc, start, end = span.doc, span.start, span.end
    if start:
        before = doc[start - 1]
        if before.lower_.rstrip(".") in titles() and before.lower_ not in _NOT_BEFORE_PERSONS:
            return True  # "President Rivlin", "Gen. Bajwa", "spokesman Khatibzadeh"
        if len(span) > 1 and before.tag_ == "NN" and is_office_noun(before.lower_) and not candidates(span.text):
            return True  # "bar owner Paco Ribes"
        if before.lower_ == "of" and before.i and doc[before.i - 1].lower_ in _DONE_TO_PERSONS:
            return True  # "the kidnapping of Delgado Parker"
        if before.tag_ in ("IN", "TO") or before.pos_ == "ADP" or before.lower_ in _PREPOSITIONS:
            return False
        if before.text == "," and span.root.dep_ == "appos" and span.root.head.lower_ in titles() - _NOT_BEFORE_PERSONS:
            return True  # "the minister of state, Mushtaq Lone, said"
    if span.root.dep_ in {"nsubj:pass", "nsubjpass"} and span.root.head.lower_ in _BEFALLING_PERSONS:
        return True  # "Kofi Mensah was killed"
    if (
        not says_nothing
        and span.root.dep_ == "nsubj"
        and span.root.head.lower_ in _SPEECH
        and not any(child.lower_ == "the" for child in span.root.lefts)
    ):
        return True
    if end + 2 < len(doc) and doc[end].text == "," and doc[end + 1].is_digit and len(doc[end + 1]) < 3:
        return doc[end + 2].text in {",", "."} and doc[end + 1].head.lower_ not in _MONTHS
    return False


def _is_titled(span: Span) -> bool:
    """ "Prime Minister Nattaya Srisai told": two capitalised words after a title, none of them one of organisations."""
    doc, start, end = span.doc, span.start, span.end
    if len(span) < 2 or not start or end >= len(doc) or not all(t.is_title and t.is_alpha for t in span):
        return False
    before = doc[start - 1]
    is_office = (
        before.is_title and kind_of(before.lower_.rstrip(".")) in _OFFICES and before.lower_ not in _NOT_BEFORE_PERSONS
    )
    return (
        is_office
        and (doc[end].tag_ in {"VBD", "VBZ"} or doc[end].text == ",")
        and head_label(["x", span[-1].lower_]) is None
    )


def _bears_office(span: Span) -> bool:
    """ "The governor of Valle del Cauca, Dilian Francia, said": a name no gazetteer knows, between commas after an office."""
    doc, start, end = span.doc, span.start, span.end
    if len(span) < 2 or start < 3 or end + 1 >= len(doc) or doc[start - 1].text != "," or doc[end].text != ",":
        return False
    if not all(t.text[:1].isupper() and t.is_alpha and not t.is_upper for t in span) or span[-1].lower_ in _PLACE_TERMS:
        return False
    office = office_before(doc, start - 1)
    if office is None or not any(kind_of(t.lower_) in _OFFICES for t in doc[office[0] : start - 1]):
        return False
    acts = doc[end + 1].lower_ in _SPEECH or doc[end + 1].tag_ in {"VBD", "VBZ"}
    return acts and not candidates(span.text)


@cache
def _bands() -> frozenset[str]:
    """Words that mean fighters by themselves, and those that a name before them settles."""
    rows = table("organisation_words")
    alone = {r["word"] for r in rows if r["actor_type"] == "armed_group" and r["is_generic_alone"] == "yes"}
    return frozenset({word for word in alone if " " not in word} | {"front", "faction", "gang", "militia"})


def _is_named_after(span: Span) -> bool:
    """ "The Jaime Martinez front": fighters under the name of somebody or something."""
    doc, start, end = span.doc, span.start, span.end
    after = doc[end].text if end < len(doc) else ""
    return start > 0 and doc[start - 1].lower_ == "the" and after in _bands()


_OFFICES = frozenset({"office", "spokesperson", "rank"})
# Styles of address that open no other name.
_STYLES = frozenset(
    "Mr Mrs Ms Dr Msgr Monsignor Mr. Mrs. Ms. Dr. Msgr. Fr. Rev. Rev Capt. Capt Lt. Lt Sgt. Sgt Col. Col Maj. Maj".split()
)
_PLACE_TERMS = word_class("division_term") | word_class("settlement_term")
_DONE_TO_PERSONS = frozenset("kidnapping abduction murder assassination arrest execution death funeral widow".split())
# What follows a name and a hyphen and is no part of it: "the Trump-led coalition", "a Putin-era law".
_SUFFIXES = frozenset("led era style like run built owned held based born made aged old ally linked".split())
_BEFALLING_PERSONS = frozenset("killed murdered assassinated kidnapped abducted arrested slain".split())
_PREPOSITIONS = frozenset("in at near from to of outside inside around on between".split())
# What persons do and places do not, once countries and capitals are set apart ("Moscow said").
_SPEECH = frozenset("said says told added adds insisted argued tweeted wrote recalled explained recounted testified".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan. feb. aug. sept. oct. nov. dec.".split()
)
# Titles that are as often the first word of a body or place.
_NOT_BEFORE_PERSONS = frozenset(
    "state security defense defence foreign interior king queen prince saint st. san santa mount chief general".split()
)


def _one_sense(spans: list[Span]) -> list[Span]:
    """The last name of a person named in full is that person; other names keep to their commonest label."""
    from spacy.tokens import Span

    surnames = {span[-1].text for span in spans if span.label_ == PERSON and len(span) > 1 and span[-1].text[:1].isupper()}
    # "Hector Delgado Parker" goes by "Delgado" where the first of two surnames is the father's.
    surnames |= {s[-2].text for s in spans if s.label_ == PERSON and len(s) > 2 and s[-2].text[:1].isupper()}
    surnames -= country_names()[1] | demonyms() | first_names()
    # "Jose Antonio Rodriguez Porth" goes on as "Rodriguez Porth".
    several = {s[-2:].text for s in spans if s.label_ == PERSON and len(s) > 2 and s[-2].text[:1].isupper()}
    labels: dict[str, Counter[str]] = {}
    for span in spans:
        if span.label_ in PROPER:
            labels.setdefault(span.text, Counter())[span.label_] += 1
    settled = []
    for span in spans:
        label = span.label_
        if label in PROPER:
            if (len(span) == 1 and span.text in surnames) or (
                span.text in several and label in {PLACE, "LOC", "FAC", "ORG"}
            ):
                label = PERSON
            else:
                (first, count), *rest = sorted(labels[span.text].items(), key=lambda item: (-item[1], item[0]))
                if rest and count > rest[0][1]:
                    label = first
        settled.append(span if label == span.label_ else Span(span.doc, span.start, span.end, label=label))
    return settled


def _aged(span: Span) -> Span:
    """ "William Rivers, 46, ...", "aged six": OntoNotes calls ages dates."""
    from spacy.tokens import Span

    if span.label_ != "CARDINAL":
        return span
    doc, start, end = span.doc, span.start, span.end
    is_age = start > 0 and doc[start - 1].lower_ == "aged"
    is_age = is_age or (start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ == "age")
    if end - start == 1 and doc[start].is_digit and len(doc[start]) < 3 and start >= 2 and end < len(doc):
        after_person = doc[start - 1].text == "," and doc[start - 2].ent_type_ == PERSON
        is_age = is_age or (after_person and doc[end].text in {",", ";", ".", ")", "–", "-"})
    return Span(doc, start, end, label=AGE) if is_age else span


@Language.factory("entity_rules", requires=["doc.ents"], assigns=["doc.ents"])
def make_entity_rules(nlp: Language, name: str) -> EntityRules:
    """The component; it reads the reference tables once."""
    return EntityRules(nlp)
