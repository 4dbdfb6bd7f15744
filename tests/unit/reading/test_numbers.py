"""Number words of news English as bounds."""

from __future__ import annotations

import pytest

from dagster_project.reading import numbers


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("12", 12, 12, "exact"),
        ("1,234", 1234, 1234, "exact"),
        ("37,396", 37396, 37396, "exact"),
        ("twenty-five", 25, 25, "exact"),
        ("two hundred and twenty-five", 225, 225, "exact"),
        ("two hundred thousand", 200_000, 200_000, "exact"),
        ("a hundred", 100, 100, "exact"),
        ("1.5 million", 1_500_000, 1_500_000, "exact"),
        ("a dozen", 12, 12, "exact"),
        ("half a dozen", 6, 6, "exact"),
        ("two dozen", 24, 24, "exact"),
        ("only 18", 18, 18, "exact"),
        ("a total of 14", 14, 14, "exact"),
        ("between 20 and 30", 20, 30, "range"),
        ("20 to 30", 20, 30, "range"),
        ("20-30", 20, 30, "range"),
        ("four or five", 4, 5, "range"),
        ("three to four thousand", 3000, 4000, "range"),
        ("at least 12", 12, None, "at_least"),
        ("more than a dozen", 12, None, "at_least"),
        ("no fewer than twelve", 12, None, "at_least"),
        ("over 30", 30, None, "at_least"),
        ("12 or more", 12, None, "at_least"),
        ("at least several dozen", 36, None, "at_least"),
        ("up to 60", None, 60, "at_most"),
        ("as many as 60", None, 60, "at_most"),
        ("fewer than 10", None, 10, "at_most"),
        ("no more than three", None, 3, "at_most"),
        ("about 25", 25, 25, "about"),
        ("some 50", 50, 50, "about"),
        ("nearly two dozen", 24, 24, "about"),
        ("20 or so", 20, 20, "about"),
        ("dozens", 24, 99, "vague"),
        ("scores of", 40, 99, "vague"),
        ("several hundred", 300, 900, "vague"),
        ("a handful", 3, 6, "vague"),
        ("tens of thousands", 20_000, 99_999, "vague"),
        ("up to a handful", None, 6, "at_most"),
        ("no one", 0, 0, "none"),
        ("nobody", 0, 0, "none"),
        ("none", 0, 0, "none"),
        ("unspecified number of", None, None, "unspecified"),
        ("unknown number of", None, None, "unspecified"),
    ],
)
def test_a_quantity_has_documented_bounds(text, low, high, qualifier):
    found = numbers.parse(text)
    assert found is not None
    assert (found.low, found.high, found.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize("text", ["", "soldiers", "12 soldiers", "3.7", "least", "than 12", "from 29"])
def test_what_is_no_quantity_is_none(text):
    assert numbers.parse(text) is None


def test_quantities_are_found_in_a_sentence_without_overlap():
    words = ["at", "least", "12", "died", "and", "20", "to", "30", "were", "hurt", ",", "up", "from", "four"]
    found = [(words[q.start : q.end], q.low, q.high) for q in numbers.find(words)]
    assert found == [(["at", "least", "12"], 12, None), (["20", "to", "30"], 20, 30), (["four"], 4, 4)]


def test_a_toll_that_rose_from_one_number_to_another_is_no_range():
    words = ["rose", "from", "29", "to", "31", "dead"]
    assert [(q.low, q.high) for q in numbers.find(words)] == [(29, 29), (31, 31)]


def test_a_span_of_years_is_no_range_of_people():
    assert all(q.qualifier != "range" for q in numbers.find(["1989", "-", "1990"]))


def test_words_of_a_number_split_at_the_hyphen_are_one_number():
    assert [(q.start, q.end, q.low) for q in numbers.find(["twenty", "-", "five", "soldiers"])] == [(0, 3, 25)]
