"""Trees of common clauses of news that the parser alone gets wrong."""

from __future__ import annotations

from functools import cache

import pytest

from dagster_project.reading import syntax
from dagster_project.reading.language import load_language


@cache
def nlp():
    return load_language()


def clause(text: str, verb: str) -> tuple[list[str], list[str]]:
    """Subjects and objects of a verb."""
    token = next(t for t in nlp()(text) if t.text == verb)
    return [t.text for t in syntax.subjects(token)], [t.text for t in syntax.objects(token)]


@pytest.mark.parametrize(
    "dateline", ["", "MOSUL, Iraq, March 4, 2019 (Wire) - ", "BAGHDAD (Reuters) - ", "LIMA, 16 Jan 90 (EFE) -- [Text] "]
)
def test_the_subject_of_a_lead_keeps_its_verb(dateline):
    text = f"{dateline}A car bomb killed at least five people and wounded 12 others at a market on Sunday, police said."
    assert clause(text, "killed") == (["bomb"], ["people"])
    assert clause(text, "said") == (["police"], [])


def test_a_headline_in_the_present_has_a_verb():
    assert clause("Car bomb kills five in northern town of Mosul", "kills") == (["bomb"], ["five"])


@pytest.mark.parametrize(
    ("text", "verb", "subject", "thing"),
    [
        ("An IED detonated harmlessly at Baga.", "detonated", ["IED"], []),
        ("The air component struck Boko Haram logistics at Tumbun Gini.", "struck", ["component"], ["logistics"]),
        ("A rocket landed metres from the same camp without exploding.", "landed", ["rocket"], ["metres"]),
    ],
)
def test_a_full_sentence_has_a_verb(text, verb, subject, thing):
    assert clause(text, verb) == (subject, thing)


@pytest.mark.parametrize(
    ("text", "word", "governor", "relation"),
    [
        ("A Russian Iskander missile has slammed into a hotel in Kramatorsk.", "Russian", "missile", "amod"),
        ("The Pentagon holds Iran responsible for the recent attacks.", "responsible", "holds", "xcomp"),
        ("The US action followed attacks on facilities in Iraq used by coalition forces.", "used", "facilities", "acl"),
        ("A grenade exploded on the road, injuring nine passers-by.", "by", "passers", "advmod"),
    ],
)
def test_words_hang_on_what_they_tell_of(text, word, governor, relation):
    token = next(t for t in nlp()(text) if t.text == word)
    assert (token.head.text, token.dep_) == (governor, relation)


def test_a_past_with_an_object_deep_in_its_subject_is_the_verb():
    text = "Iraqi militia groups aligned with Iran in a statement named four members of the faction they said were killed."
    assert clause(text, "named") == (["groups"], ["members"])
