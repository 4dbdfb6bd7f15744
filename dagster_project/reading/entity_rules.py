"""Corrections of statistical names where a rule knows better: armed groups and countries by table, ages after persons.

The component `entity_rules` runs right after the recogniser of any pipeline. It only settles what is certain from the
spelling; linking names to actors and places, variants of transliteration and everything generic is the business of
`names` and what follows it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reference import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

GROUP, COUNTRY, AGE = "ARMED_GROUP", "GPE", "DATE"
# Labels under which a recogniser may know a group already: a match of the same words replaces them.
_REPLACEABLE = frozenset(("ORG", "GPE", "LOC", "PERSON", "NORP", "FAC", "EVENT", "CARDINAL", "PRODUCT", "WORK_OF_ART"))


@cache
def group_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names of armed groups: those of several words, and single words and acronyms."""
    ambiguous = {row["alias"] for row in table("actor_alias_ambiguous")}
    several: set[str] = set()
    single: set[str] = set()
    for row in table("actors"):
        if row["actor_type"] != "armed_group":
            continue
        forms = [row["name"], *row["aliases"].split(";"), *row["aliases_case_sensitive"].split(";")]
        for form in forms:
            capitals = sum(word[:1].isupper() for word in form.split())
            if form in ambiguous or len(form) < 3:
                continue
            if len(form.split()) > 1 and capitals > 1:
                several.add(form)
            elif " " not in form and form[0].isupper():
                single.add(form)
    return frozenset(several), frozenset(single)


@cache
def country_names() -> frozenset[str]:
    """Names of countries of several words."""
    forms = {form for row in table("countries") for form in [row["name"], *row["aliases"].split(";")]}
    return frozenset(form for form in forms if len(form.split()) > 1 and form[0].isupper())


class EntityRules:
    """Matches the tables on tokens as this pipeline's tokenizer cuts them."""

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import PhraseMatcher

        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        for label, forms in ((GROUP, group_names()[0]), (COUNTRY, country_names())):
            self._matcher.add(label, [nlp.make_doc(form) for form in sorted(forms)])
        self._single = group_names()[1]

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens import Span
        from spacy.util import filter_spans

        matched = filter_spans([Span(doc, start, end, label=label) for label, start, end in self._matcher(doc)])
        taken = {token.i for span in matched for token in span}
        kept: list[Span] = list(matched)
        for entity in doc.ents:
            inside = [token.i in taken for token in entity]
            if not any(inside):
                kept.append(self._corrected(entity))
            elif entity.label_ not in _REPLACEABLE:
                # A date or weapon that a name overlaps: the name wins only if it is the longer one.
                rivals = [span for span in kept if span.start < entity.end and entity.start < span.end]
                if all(len(entity) > len(rival) for rival in rivals):
                    kept = [span for span in kept if span not in rivals] + [entity]
        doc.set_ents(sorted(kept, key=lambda span: span.start))
        return doc

    def _corrected(self, entity: Span) -> Span:
        from spacy.tokens import Span

        if entity.label_ == "ORG" and entity.text in self._single:
            return Span(entity.doc, entity.start, entity.end, label=GROUP)
        if entity.label_ == "CARDINAL" and _is_age(entity):
            return Span(entity.doc, entity.start, entity.end, label=AGE)
        return entity


def _is_age(entity: Span) -> bool:
    """ "William Rivers, 46, ...", "aged six": OntoNotes calls ages dates."""
    doc, start, end = entity.doc, entity.start, entity.end
    if start and doc[start - 1].lower_ == "aged":
        return True
    if end - start != 1 or not doc[start].is_digit or len(doc[start]) > 2 or start < 2 or end >= len(doc):
        return False
    return (
        doc[start - 1].text == ","
        and doc[start - 2].ent_type_ == "PERSON"
        and doc[end].text in {",", ";", ".", ")", "–", "-"}
    )


@Language.factory("entity_rules", requires=["doc.ents"], assigns=["doc.ents"])
def make_entity_rules(nlp: Language, name: str) -> EntityRules:
    """The component; it reads the reference tables once."""
    return EntityRules(nlp)
