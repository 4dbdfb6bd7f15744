"""Where incidents happened that name no place, read with the bundled model."""

from __future__ import annotations

import pytest
from told import read


def scenes(text: str) -> list[list[tuple[str, str | None, int]]]:
    """(words, country, precision) of the places of each incident."""
    doc = read(text)
    return [
        [
            (doc[a.start : a.end].text, doc._.places[a.place].country_iso3, doc._.places[a.place].where_prec)
            for a in report.arguments
            if a.role == "place"
        ]
        for report in doc._.reports
    ]


def test_an_army_tells_the_country_where_no_place_is_named():
    [found] = scenes("Officers of the Salvadoran Army will be tried for the assassination of six Jesuits on 16 November.")
    assert [(country, precision) for _, country, precision in found] == [("SLV", 6)]


def test_an_inferred_country_keeps_the_words_of_the_text():
    [[(words, _, _)]] = scenes("The Colombian government spoke of the murder of Senator Luis Galan on Friday.")
    assert "Colombian" in words


def test_the_country_of_the_doers_is_not_where_they_did_it():
    [found] = scenes(
        "The Ecuadorian minister announced that a group of Colombians kidnapped the engineer Scott Heyndal on 28 April."
    )
    assert "COL" not in {country for _, country, _ in found}


def test_a_power_is_not_the_scene_where_another_country_is_named():
    text = "The Colombian president spoke in the United States. A senator was murdered on Friday."
    assert {country for found in scenes(text) for _, country, _ in found} == {"COL"}


def test_where_somebody_lives_is_not_where_he_was_kidnapped():
    text = "The Colombian businessman, who spends most of his time in Miami, was kidnapped on 9 July by gunmen."
    assert {country for found in scenes(text) for _, country, _ in found} == {"COL"}


def test_an_embassy_lies_abroad():
    text = "In Lima, terrorists detonated a car bomb on Monday in front of the embassy of China."
    assert "CHN" not in {country for found in scenes(text) for _, country, _ in found}


def test_no_name_of_a_country_no_place():
    assert scenes("Gunmen killed five farmers on Friday.") == [[]]


@pytest.mark.parametrize("victims", ["The former ambassador to Spain was", "Two Swedish priests were"])
def test_the_nation_of_victims_and_the_post_of_an_envoy_are_no_scene(victims):
    text = f"Guatemala mourned on Monday. {victims} murdered on Friday."
    assert {country for found in scenes(text) for _, country, _ in found} == {"GTM"}


def test_people_told_apart_by_nation_are_no_scene():
    assert scenes("Six aid workers, five of them Italians, were murdered on Friday.") == [[]]


def test_a_wide_region_gives_way_to_a_country_in_it():
    [found] = scenes("Gunmen murdered a teacher in Central America on Friday, officials in Honduras said.")
    assert "HND" in {country for _, country, _ in found}


def test_a_state_that_acts_is_no_scene():
    text = "The Salvadoran army met in San Salvador. He asked Spain to help with the inquiry into the murder of six monks."
    assert {country for found in scenes(text) for _, country, _ in found} == {"SLV"}


@pytest.mark.parametrize(
    "text",
    [
        "The Colombian police were told that the senator was murdered on Friday. His wife arrived from Guatemala.",
        "The students sought refuge in Panama, Costa Rica, and Mexico after the Guatemalan senator was murdered on Friday.",
        "He was on his way to Nicaragua when gunmen kidnapped the Guatemalan bishop on Friday.",
    ],
)
def test_where_people_went_or_hid_is_not_the_scene(text):
    assert {country for found in scenes(text) for _, country, _ in found} <= {"COL", "GTM"}


def test_a_power_told_of_in_passing_sets_no_scene():
    assert scenes("The senator was murdered on Friday. A suspect was extradited to the United States.") == [[]]


def test_an_embassy_does_not_put_its_street_in_its_country():
    doc = read("Gunmen fired at a bus on Prat Avenue, near the Brazilian embassy, on Friday.")
    assert {p.country_iso3 for p in doc._.places} == {None}


def test_what_came_before_did_not_happen_where_it_is_answered():
    text = "The talks held in Mexico City were suspended following the attack on a union office in San Salvador."
    assert [words for found in scenes(text) for words, _, _ in found] == ["San Salvador"]


def test_a_list_of_many_countries_is_no_scene():
    text = (
        "The Guatemalan police said a student was murdered on Friday. "
        "The murder was condemned by unions in Honduras, Peru, Chile, Mexico and Canada."
    )
    assert {country for found in scenes(text) for _, country, _ in found} == {"GTM"}
