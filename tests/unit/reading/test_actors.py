"""Single sentences for ``conflict_actors``: who names, descriptions and pronouns stand for."""

from __future__ import annotations

from dagster_project.reading.actors import ActorReader
from dagster_project.reading.names import NameMerger
from tests.unit.reading.built import build, read


def actors(text: str, ents: dict[str, str] | None = None, **more):
    doc = read(build(text, ents, **more), NameMerger(), ActorReader())
    return doc, doc._.actors


def at(doc, word: str):
    """The actor at the first token with this text."""
    return doc._.actors[doc._.actor_at[next(t.i for t in doc if t.text == word)]]


def test_full_and_partial_names_are_one_person():
    doc, found = actors(
        "Antony Blinken landed . Mr Blinken talked and Blinken said no .",
        {"Antony Blinken": "PERSON", "Blinken": "PERSON"},
        tags={"landed": "VBD"},
    )
    assert [a.name for a in found if a.actor_type == "person"] == ["Antony Blinken"]
    assert len(at(doc, "Blinken").spans) == 3


def test_two_people_of_one_surname_stay_apart():
    _, found = actors("Omar Perea and Guillermo Perea walked .", {"Omar Perea": "PERSON", "Guillermo Perea": "PERSON"})
    assert len([a for a in found if a.actor_type == "person"]) == 2


def test_a_nickname_in_quotes_is_left_out_of_the_comparison():
    _, found = actors(
        'Kenneth " Frank " McKenzie retired . McKenzie talked .',
        {'Kenneth " Frank " McKenzie': "PERSON", "McKenzie": "PERSON"},
    )
    assert len([a for a in found if a.actor_type == "person"]) == 1


def test_a_sentence_that_is_only_a_name_completes_the_name_before():
    _, found = actors(
        "Foreign Ministry spokesman Saeed said yesterday . Khatibzadeh .", {"Saeed": "PERSON", "Khatibzadeh": "PERSON"}
    )
    assert "Saeed Khatibzadeh" in [a.name for a in found]


def test_office_and_organisation_come_from_the_title():
    doc, _ = actors("It was Pentagon spokesman Pete Nguyen .", {"Pete Nguyen": "PERSON", "Pentagon": "ORG"})
    person = at(doc, "Nguyen")
    assert (person.office, person.parent_reference_id, person.country_iso3) == (
        "Pentagon spokesman",
        "us-department-of-defense",
        "USA",
    )


def test_office_comes_from_an_apposition():
    doc, _ = actors("John Kirby , Pentagon press secretary , said no .", {"John Kirby": "PERSON", "Pentagon": "ORG"})
    assert at(doc, "Kirby").office == "Pentagon press secretary"


def test_country_and_kind_of_body_make_the_listed_body():
    doc, _ = actors("Then the Iraqi army attacked .", {"Iraqi": "NORP"}, tags={"Iraqi": "JJ"})
    assert (at(doc, "army").reference_id, at(doc, "army").actor_type) == ("iraqi-security-forces", "military")


def test_a_body_that_no_table_lists_gets_a_made_id_with_country_and_state():
    doc, _ = actors("Then Chad 's health ministry reported it .", {"Chad": "GPE"})
    ministry = at(doc, "ministry")
    assert (ministry.reference_id, ministry.country_iso3, ministry.actor_type) == (
        "gen:TCD:health-ministry",
        "TCD",
        "government",
    )


def test_a_capital_acts_as_government_and_lies_as_town():
    doc, _ = actors("Tehran denied it .", {"Tehran": "GPE"}, subjects="Tehran")
    assert at(doc, "Tehran").actor_type == "government"
    doc, _ = actors("A bomb exploded in Tehran .", {"Tehran": "GPE"})
    assert doc._.names[0].actor is None or doc._.names[0].label != "GPE"


def test_members_of_a_named_group_are_the_group():
    doc, found = actors("Then Hamas gunmen attacked and Hamas fighters fled .")
    assert [a.name for a in found if a.actor_type == "armed_group"] == ["Hamas"]
    assert at(doc, "gunmen").name == "Hamas"


def test_described_groups_of_one_backer_are_one_named_by_it():
    doc, found = actors(
        "The Iran - backed militias fired . Then pro - Iranian groups fired .",
        {"Iran": "GPE", "Iranian": "NORP"},
        tags={"backed": "JJ", "pro": "JJ", "fired": "VBD"},
    )
    groups = [a for a in found if a.actor_type == "armed_group"]
    assert [(g.backer_iso3, g.is_generic) for g in groups] == [("IRN", True)]
    assert {doc[n.start : n.end].text for n in doc._.names if n.label == "ARMED_GROUP"} == {
        "Iran-backed militias",
        "pro-Iranian groups",
    }


def test_gunmen_without_more_are_generic_and_no_name():
    doc, found = actors("Then gunmen attacked .")
    assert (found[0].name, found[0].is_generic, found[0].backer_iso3) == ("gunmen", True, None)
    assert doc._.names == []


def test_soldiers_of_a_country_belong_to_its_military():
    doc, _ = actors("It killed three US soldiers .")
    assert (at(doc, "soldiers").country_iso3, at(doc, "soldiers").parent_reference_id) == ("USA", "us-military")


def test_the_group_is_the_group_named_before():
    doc, _ = actors("The army chased Boko Haram . Then the group attacked .", tags={"chased": "VBD"})
    assert at(doc, "group").reference_id == "boko-haram"


def test_they_are_the_group_and_he_is_the_person():
    doc, _ = actors(
        "Antony Blinken landed . The rebels attacked and they fled . He walked .",
        {"Antony Blinken": "PERSON"},
        subjects="Antony rebels they He",
        tags={"landed": "VBD", "fled": "VBD"},
    )
    assert at(doc, "they").actor_type == "armed_group"
    assert at(doc, "He").name == "Antony Blinken"


def test_empty_it_refers_to_nobody():
    doc, _ = actors("The army attacked . It was unclear .", tags={"was": "VBD", "unclear": "JJ"}, subjects="army It")
    assert doc[next(t.i for t in doc if t.text == "It")].i not in doc._.actor_at


def test_an_acronym_in_brackets_is_its_full_name():
    doc, found = actors("The Free Papua Union ( FPU ) attacked . FPU fled .", {"Free Papua Union": "ORG", "FPU": "ORG"})
    assert at(doc, "FPU").name == "Free Papua Union"
    assert len([a for a in found if a.actor_type == "other"]) == 1


def test_the_victims_lemma_is_not_the_next_attackers():
    doc, _ = actors("A gunman attacked . Then two other gunmen attacked .", tags={"other": "JJ"})
    assert at(doc, "gunman").is_generic


def test_actors_are_numbered_by_first_mention():
    _, found = actors("Russia warned Ukraine and Poland .", {"Russia": "GPE", "Ukraine": "GPE", "Poland": "GPE"})
    assert [a.name for a in found] == ["Russia", "Ukraine", "Poland"]


def test_a_description_beside_a_name_tells_what_the_name_is():
    doc, _ = actors("The Xyz Lions , a militant group , attacked .", {"Xyz Lions": "ORG"})
    assert at(doc, "Lions").actor_type == "armed_group"
    assert at(doc, "group") is at(doc, "Lions")
    doc, _ = actors("Then the rebel group Xyz attacked .", {"Xyz": "ORG"})
    assert at(doc, "Xyz").actor_type == "armed_group"


def test_the_president_is_the_person_who_holds_the_office():
    doc, _ = actors("President Joe Biden talked . The president left .", {"Joe Biden": "PERSON"}, tags={"left": "VBD"})
    assert at(doc, "president").name == "Joe Biden"


def test_economic_groups_are_no_armed_group_told_of_before():
    doc, _ = actors("Boko Haram attacked . The economic groups protested .", tags={"economic": "JJ"})
    assert next(t.i for t in doc if t.text == "groups") not in doc._.actor_at


def test_described_rebels_are_the_one_group_named():
    doc, _ = actors(
        "Sudanese paramilitaries shelled it . The Rapid Support Forces denied it . The Rapid Support Forces fled .",
        {"Sudanese": "NORP", "Rapid Support Forces": "ARMED_GROUP"},
        tags={"shelled": "VBD", "fled": "VBD", "paramilitaries": "NNS"},
    )
    assert at(doc, "paramilitaries").name == "Rapid Support Forces"


def test_suspected_rebels_stay_nameless():
    doc, _ = actors(
        "Suspected Sudanese paramilitaries shelled it . The Rapid Support Forces denied it . The Rapid Support Forces fled .",
        {"Sudanese": "NORP", "Rapid Support Forces": "ARMED_GROUP"},
        tags={"shelled": "VBD", "fled": "VBD", "paramilitaries": "NNS", "Suspected": "VBN"},
    )
    assert at(doc, "paramilitaries").is_generic


def test_an_administration_that_is_not_the_government():
    doc, _ = actors("The military administration spoke . Ukraine waited .", {"Ukraine": "GPE"}, tags={"military": "JJ"})
    assert at(doc, "administration").name == "Ukrainian military administration"


def test_the_alliance_is_the_only_one_named():
    doc, _ = actors("NATO sent troops . Later the alliance said no .", {"NATO": "ORG"}, tags={"sent": "VBD", "said": "VBD"})
    assert at(doc, "alliance").name == "NATO"


def test_an_acronym_of_four_letters_of_an_army_needs_no_country():
    _, found = actors("Then the UPDF moved north .", {"UPDF": "ORG"})
    assert [(a.name, a.country_iso3) for a in found if a.actor_type == "military"] == [
        ("Uganda People's Defence Force", "UGA")
    ]


def test_capitals_that_one_name_begins_with_are_that_name():
    doc, _ = actors(
        "The Mozambique National Resistance fled . The MNR denied it .",
        {"Mozambique National Resistance": "ORG", "MNR": "ORG"},
    )
    assert at(doc, "MNR") is at(doc, "Resistance")
