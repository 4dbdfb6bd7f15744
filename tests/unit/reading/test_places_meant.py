"""Where acts were done whose sentence only points to the place, read with the bundled model."""

from __future__ import annotations

from datetime import date

from told import read


def places(text: str) -> list[set[str]]:
    """Words of the told places, guesses left out, of each incident."""
    doc = read(text, published_on=date(1993, 7, 12))
    return [
        {doc[a.start : a.end].text for a in report.arguments if a.role == "place" and a.confidence > 0.4}
        for report in doc._.reports
    ]


def test_the_same_suburb_is_the_one_named_before():
    found = places(
        "A shell fell on a queue in the suburb of Ilidza on Monday. "
        "On 1 June, two shells hit a football match in the same suburb, killing 15 people."
    )
    assert found == [{"Ilidza"}, {"Ilidza"}]


def test_the_town_of_a_name_is_not_another_town():
    found = places("Troops left Sarajevo on Friday. Shells hit a school in the town of Tuzla on Monday.")
    assert found == [{"Tuzla"}]


def test_there_is_the_place_named_just_before():
    found = places("Forces fought over Mostar in May. Three peacekeepers were wounded when a patrol was attacked there.")
    assert found[-1] == {"Mostar"}


def test_residents_tell_of_what_was_done_where_they_live():
    [found] = places("Residents of Djibo told the agency that an air strike had killed four herders.")
    assert found == {"Djibo"}


def test_a_village_named_far_back_is_not_meant():
    filler = "The minister spoke of the budget. " * 4
    found = places(f"Rebels raided the village of Bela on Monday. {filler}Gunmen shot a teacher in the village on Sunday.")
    assert found[-1] == set()


def test_two_villages_that_far_namesakes_share_are_not_in_their_country():
    doc = read(
        "An ambush killed six gendarmes near the village of Dambam, province of Soum, said the ministry in Ouagadougou. "
        "The wounded were flown to Ouagadougou. An aircraft struck a base in the forest of Beli."
    )
    assert {p.country_iso3 for p in doc._.places if p.name in {"Dambam", "Beli"}} <= {None, "BFA"}
