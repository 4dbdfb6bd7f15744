"""Single sentences for ``conflict_places`` and lookups of the gazetteer."""

from __future__ import annotations

from dagster_project.reading.actors import ActorReader
from dagster_project.reading.geocode import candidates, choose
from dagster_project.reading.names import NameMerger
from dagster_project.reading.places import PlaceReader
from tests.unit.reading.built import build, read


def places(text: str, ents: dict[str, str] | None = None, **more):
    doc = read(build(text, ents, **more), NameMerger(), ActorReader(), PlaceReader())
    return doc, {doc[start:end].text: p for p in doc._.places for start, end in p.spans}


def test_a_country_is_a_place_of_precision_6():
    _, found = places("It happened in Iraq .", {"Iraq": "GPE"})
    assert (found["Iraq"].place_id, found["Iraq"].where_prec) == ("country:IRQ", 6)


def test_a_town_lies_in_the_country_that_the_text_names():
    _, found = places("Fighting went on in Lebanon and in Tripoli .", {"Tripoli": "GPE", "Lebanon": "GPE"})
    assert found["Tripoli"].country_iso3 == "LBN"
    _, found = places("Fighting went on in Libya and in Tripoli .", {"Tripoli": "GPE", "Libya": "GPE"})
    assert found["Tripoli"].country_iso3 == "LBY"


def test_a_country_right_after_a_town_decides():
    _, found = places(
        "Iraq and Syria watched as it happened in Valencia , Venezuela .",
        {"Valencia": "GPE", "Venezuela": "GPE", "Iraq": "GPE", "Syria": "GPE"},
    )
    assert found["Valencia"].country_iso3 == "VEN"


def test_spelling_variants_of_a_town_are_found():
    assert {c.country_iso3 for c in candidates("Khan Younis")} == {"PSE"}
    assert candidates("Deir Ezzor")[0].country_iso3 == "SYR"


def test_an_unsupported_small_namesake_is_not_chosen():
    best, confidence = choose("Lebanon", {"IRQ": 1.0})
    assert best is None
    assert confidence == 0.0


def test_a_province_has_precision_4():
    _, found = places("It happened in Herat province in Afghanistan .", {"Herat": "GPE", "Afghanistan": "GPE"})
    assert (found["Herat province"].kind, found["Herat province"].where_prec) == ("admin", 4)


def test_near_a_town_has_precision_2():
    _, found = places("It happened near Mosul in Iraq .", {"Mosul": "GPE", "Iraq": "GPE"})
    assert found["Mosul"].where_prec == 2


def test_part_of_a_country_has_precision_5_and_keeps_the_country():
    _, found = places("It happened in northeastern Jordan .", {"Jordan": "GPE"})
    place = found["northeastern Jordan"]
    assert (place.country_iso3, place.where_prec, place.kind) == ("JOR", 5, "region")


def test_borders_in_all_wordings():
    for text in (
        "It happened on the Syrian - Iraqi border .",
        "It happened along the border of Iraq and Syria .",
        "It happened on the border between Syria and Iraq .",
        "It happened on Syria 's border with Iraq .",
    ):
        doc, _ = places(text, {"Syria": "GPE", "Iraq": "GPE", "Syrian": "NORP", "Iraqi": "NORP"})
        assert "border:IRQ-SYR" in {p.place_id for p in doc._.places}, text


def test_border_guards_are_no_place():
    doc, _ = places("Then Iraqi border guards fired .", {"Iraqi": "NORP"}, tags={"Iraqi": "JJ"})
    assert doc._.places == []


def test_waters_have_precision_7():
    _, found = places("It happened in the Red Sea .", {"Red Sea": "LOC"})
    assert (found["Red Sea"].kind, found["Red Sea"].where_prec) == ("water", 7)


def test_a_place_inside_another_name_is_no_place():
    doc, _ = places("It was told to the Washington Post .", {"Washington Post": "ORG"})
    assert doc._.places == []


def test_a_seat_of_government_that_speaks_is_no_place():
    doc, _ = places("Then the White House denied it .", {"White House": "FAC"})
    assert doc._.places == []


def test_an_unknown_village_keeps_its_name_and_takes_its_containers_coordinates():
    _, found = places(
        "It happened in Xyzqabad , a village in Herat province of Afghanistan .",
        {"Xyzqabad": "GPE", "Herat": "GPE", "Afghanistan": "GPE"},
    )
    village = found["Xyzqabad"]
    assert (village.place_id, village.country_iso3, village.where_prec) == ("text:xizkabad|AFG", "AFG", 4)
    assert village.latitude is not None


def test_an_american_state_of_a_countrys_name_is_told_by_its_surroundings():
    _, found = places("The US base and US towns in Georgia mourned .", {"Georgia": "GPE"})
    assert found["Georgia"].country_iso3 == "USA"
    _, found = places("Russian troops entered Georgia .", {"Georgia": "GPE", "Russian": "NORP"})
    assert found["Georgia"].country_iso3 == "GEO"


def test_place_at_covers_every_token_of_a_mention():
    doc, _ = places("It happened in San Miguel in El Salvador .", {"San Miguel": "GPE", "El Salvador": "GPE"})
    number = doc._.place_at[3]
    assert doc._.place_at[4] == number
    assert doc._.places[number].name == "San Miguel"


def test_an_alternate_name_of_a_town_is_no_rival_of_a_capital():
    _, found = places("Argentina spoke of the bishop of San Salvador .", {"San Salvador": "GPE", "Argentina": "GPE"})
    assert found["San Salvador"].country_iso3 == "SLV"


def test_a_hamlet_across_a_border_that_the_text_does_not_name_is_not_chosen():
    best, _ = choose("Llano Grande", {"COL": 1.0})
    assert best is None


def test_a_suburb_lies_in_the_town_named_with_it():
    _, found = places(
        "It happened in the suburb of Normandia in the western part of Bogota .", {"Normandia": "GPE", "Bogota": "GPE"}
    )
    assert (found["Normandia"].country_iso3, found["Normandia"].where_prec) == ("COL", 2)


def test_a_little_known_town_speaks_for_no_country_against_firmer_ones():
    _, found = places(
        "The Chalatenango Department of El Salvador lost the school of San Isidro Labrador .",
        {"Chalatenango Department": "GPE", "El Salvador": "GPE", "San Isidro Labrador": "GPE"},
    )
    assert found["San Isidro Labrador"].country_iso3 != "MEX"


def test_a_district_lies_around_its_town_and_is_no_province():
    _, found = places("It happened in Miraflores district in Peru .", {"Miraflores": "GPE", "Peru": "GPE"})
    assert (found["Miraflores district"].country_iso3, found["Miraflores district"].where_prec) == ("PER", 3)


def test_a_power_named_alone_is_no_scene_of_an_unknown_place():
    _, found = places("The U.S. offices stood on Xyzq Avenue .", {"U.S.": "GPE", "Xyzq Avenue": "FAC"})
    assert found["Xyzq Avenue"].country_iso3 is None


def test_a_quarter_called_after_a_country_lies_in_the_town_named_with_it():
    doc, _ = places(
        "It happened in the Costa Rica neighborhood of San Salvador .", {"Costa Rica": "GPE", "San Salvador": "GPE"}
    )
    assert {p.country_iso3 for p in doc._.places} == {"SLV"}


def test_the_country_at_the_end_of_a_chain_of_containers_decides():
    _, found = places(
        "It happened in San Andres , San Miguel Department , in northern El Salvador .",
        {"San Andres": "GPE", "San Miguel": "GPE", "El Salvador": "GPE"},
    )
    assert found["San Andres"].country_iso3 == "SLV"


def test_a_quarter_of_a_town_lies_in_it():
    _, found = places("It happened in El Poblado Neighborhood of Medellin .", {"El Poblado Neighborhood of Medellin": "LOC"})
    assert found["El Poblado Neighborhood of Medellin"].country_iso3 == "COL"
