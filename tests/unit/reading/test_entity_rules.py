"""Names that rules know better than a recogniser."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from dagster_project.reading.entity_rules import EntityRules


@pytest.fixture(scope="module")
def rules():
    return EntityRules(spacy.blank("en"))


def corrected(rules, text, *entities):
    """Names after the rules; `entities` are (first word, end word, label) of the recogniser."""
    words = text.split()
    doc = Doc(rules._matcher.vocab, words=words)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in entities])
    return [(entity.text, entity.label_) for entity in rules(doc).ents]


def test_a_known_group_that_was_called_an_organisation(rules):
    text = "The Irish Republican Army denied it"
    assert corrected(rules, text, (1, 4, "ORG")) == [("Irish Republican Army", "ARMED_GROUP")]


def test_a_known_group_that_was_missed(rules):
    assert corrected(rules, "Boko Haram fled") == [("Boko Haram", "ARMED_GROUP")]


def test_pieces_of_a_known_name_are_joined(rules):
    text = "in Democratic Republic of the Congo today"
    found = corrected(rules, text, (1, 3, "ORG"), (5, 6, "GPE"), (6, 7, "DATE"))
    assert found == [("Democratic Republic of the Congo", "GPE"), ("today", "DATE")]


def test_an_age_after_a_person_is_a_date(rules):
    text = "Sgt. William Rivers , 46 , died"
    assert corrected(rules, text, (1, 3, "PERSON"), (4, 5, "CARDINAL")) == [("William Rivers", "PERSON"), ("46", "DATE")]


def test_a_count_after_a_place_stays_a_count(rules):
    text = "In Mosul , 46 , they say , died"
    assert corrected(rules, text, (1, 2, "GPE"), (3, 4, "CARDINAL")) == [("Mosul", "GPE"), ("46", "CARDINAL")]


def test_other_names_are_left_alone(rules):
    text = "Antony Blinken met Reuters"
    assert corrected(rules, text, (0, 2, "PERSON"), (3, 4, "ORG")) == [("Antony Blinken", "PERSON"), ("Reuters", "ORG")]
