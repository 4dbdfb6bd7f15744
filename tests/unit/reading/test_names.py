"""Single sentences for ``conflict_names``, the transliteration key and the titles."""

from __future__ import annotations

import pytest

from dagster_project.reading.names import NameMerger, head_label
from dagster_project.reading.transliteration import fold_name
from tests.unit.reading.built import build


def names(text: str, ents: dict[str, str] | None = None, tags: dict[str, str] | None = None) -> dict[str, str]:
    doc = NameMerger()(build(text, ents, tags))
    return {doc[n.start : n.end].text: n.label for n in doc._.names}


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kata'ib Sayyid al-Shuhada", "Kataeb Sayyed Al Shuhada", "Kata’ib Sayyid al-Shuhada"),
        ("Houthi", "Huthi"),
        ("Deir ez-Zor", "Dayr az-Zawr"),
        ("Muqtada", "Moqtada"),
        ("Hezbollah", "Hizbullah"),
        ("Nabatieh", "Nabatiyeh", "Nabatiyah"),
        ("Kiev", "Kyiv"),
        ("Khan Younis", "Khan Yunis"),
    ],
)
def test_usual_spellings_of_one_name_fold_to_one_key(spellings):
    assert len({fold_name(s) for s in spellings}) == 1


@pytest.mark.parametrize("pair", [("Iran", "Iraq"), ("Mali", "Malawi"), ("Niger", "Nigeria"), ("Hamas", "Hama")])
def test_different_names_keep_different_keys(pair):
    assert fold_name(pair[0]) != fold_name(pair[1])


@pytest.mark.parametrize("text", ["the Kataeb Sayyed al-Shuhada faction", "the Kata'ib Sayyid al - Shuhada faction"])
def test_an_armed_group_is_found_in_any_spelling(text):
    assert "ARMED_GROUP" in names(text).values()


def test_a_country_overrides_what_the_model_says_of_the_same_words():
    assert names("Attacks went on in Iraq .", {"Iraq": "PERSON"}) == {"Iraq": "GPE"}


def test_a_longer_name_of_the_model_keeps_the_country_inside():
    found = names("It accused the Iraqi Atomic Commission .", {"Iraqi Atomic Commission": "ORG"})
    assert found == {"Iraqi Atomic Commission": "ORG"}


def test_a_titled_name_that_is_a_country_is_a_person():
    found = names("A court heard Mr Israel .", {"Israel": "PERSON"}, {"Mr": "NNP"})
    assert found == {"Israel": "PERSON"}


def test_titles_stay_outside_the_name():
    found = names("It killed Staff Sgt. William Rivers .", {"Staff Sgt. William Rivers": "PERSON"})
    assert found == {"William Rivers": "PERSON"}


def test_a_title_makes_a_name_that_the_model_missed():
    assert names("It was said by State Secretary Antony Blinken .")["Antony Blinken"] == "PERSON"


def test_a_noun_at_the_head_decides_the_label():
    assert head_label(["central", "bank", "of", "x"]) == "ORG"
    found = names("It hit the Popular Front and Karada Street .", {"Popular Front": "PERSON", "Karada Street": "ORG"})
    assert found == {"Popular Front": "ARMED_GROUP", "Karada Street": "FAC"}


def test_a_towns_name_and_a_site_are_one_name():
    assert names("Rockets hit the Arbil airport .", {"Arbil": "GPE"})["Arbil airport"] == "FAC"


def test_hyphens_inside_a_known_town_do_not_end_its_name():
    assert "Pul-i-Khumri" in names("A blast hit Pul - i - Khumri .", {"Pul": "GPE"})


def test_a_lone_name_where_towns_stand_and_known_to_the_gazetteer_is_a_town():
    found = names("Fighting reached Iraq and jets bombed homes in Mosul .", {"Mosul": "PERSON", "Iraq": "GPE"})
    assert found["Mosul"] == "GPE"


def test_an_acronym_needs_its_country_or_its_full_name():
    assert "PKK" in names("Soldiers fought the PKK in Turkey .")
    assert names("A parcel of MIT was lost .", {"MIT": "ORG"}) == {"MIT": "ORG"}


def test_an_adjective_of_a_continent_is_no_american():
    assert "American" not in names("They met south American presidents .")


def test_weapon_words_are_nouns_and_carry_their_canonical_name():
    doc = NameMerger()(build("The soldiers fired two rockets .", tags={"fired": "VBD"}))
    assert [(n.label, n.weapon) for n in doc._.names] == [("WEAPON", "rocket")]


def test_names_do_not_overlap_and_are_the_entities():
    doc = NameMerger()(build("US Central Command bombed Hodeidah in Yemen .", {"Central Command": "ORG", "Yemen": "GPE"}))
    assert [(e.start, e.end) for e in doc.ents] == [(n.start, n.end) for n in doc._.names]
    assert "US Central Command" in {e.text for e in doc.ents}


def test_dateline_towns_in_capitals_are_places():
    assert names("LIMA , 8 May ( EFE ) - A bomb exploded .", tags={"LIMA": "NNP"})["LIMA"] == "GPE"


def test_a_great_city_is_no_armed_group():
    assert names("Medellin lives in fear .", {"Medellin": "ARMED_GROUP"}) == {"Medellin": "GPE"}
