"""Whose deed it was and whom it was aimed at, told beside the act or a sentence later, read with the bundled model."""

from __future__ import annotations

import pytest
from told import fillers, read


def authors(text: str) -> dict[str, str]:
    """Names of the actors that are initiators of any event, with how the text attributes it to them."""
    doc = read(text)
    return {
        doc._.actors[a.actor].name: a.attribution
        for e in doc._.events
        for a in e.arguments
        if a.role == "initiator" and a.actor is not None
    }


def aimed_at(text: str) -> set[str]:
    """Names of the actors that are targets of any incident."""
    doc = read(text)
    return {
        doc._.actors[a.actor].name for r in doc._.reports for a in r.arguments if a.role == "target" and a.actor is not None
    }


BOMB = "A bomb killed two policemen in Bogota on Monday. "

TOLD_LATER = [
    (BOMB + "The National Liberation Army (ELN) said it was behind the attack.", {"National Liberation Army": "claimed"}),
    (
        BOMB + "His brother laid the crime at the door of the National Liberation Army.",
        {"National Liberation Army": "blamed"},
    ),
    (
        "Ten villagers were massacred near Ayacucho in May. The army said the Shining Path did it.",
        {"Shining Path": "blamed"},
    ),
    (
        "A convoy was ambushed near Gao on Monday. Boko Haram said its men had carried it out.",
        {"Boko Haram": "claimed"},
    ),
    (
        "A market was bombed in Marib on Monday. The rebels suggested that Saudi Arabia was responsible.",
        {"Saudi Arabia": "blamed"},
    ),
    (
        "A judge was murdered in Belfast on Monday. The murder is the work of the Irish National Liberation Army, "
        "whose leader had threatened reprisals for the execution of a comrade.",
        {"Irish National Liberation Army": "suspected"},
    ),
    (
        "A market in Aden was bombed on Monday. A minister charged that the Islah party was complicit, "
        "and his followers beat three traders.",
        {"Islah party": "blamed"},
    ),
    (
        "Bombings killed 60 people in Moscow in May. The Kremlin attributed them to Chechen militants, "
        "and soldiers later raided two villages.",
        {"Chechen militants": "blamed"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD_LATER)
def test_an_author_told_later_is_given_to_the_act(text, expected):
    assert expected.items() <= authors(text).items()


def test_who_denies_a_deed_did_not_do_it_for_sure():
    assert set(authors(BOMB + "Boko Haram denied carrying it out.").values()) <= {"denied"}


def test_blame_hung_on_the_site_is_of_the_attack():
    assert authors("The attack on a depot near Bryansk which officials blamed on Ukraine killed two guards.") == {
        "Ukraine": "blamed"
    }


def test_a_retaken_building_is_no_deed_of_its_robbers():
    doc = read(
        "One guard was shot before police retook the studio in Quito. The intruders came at noon. "
        "An officer identified them as members of Los Lobos."
    )
    told = {doc[e.trigger].text: {doc[a.start : a.end].text for a in e.arguments} for e in doc._.events}
    assert "Los Lobos" in told["shot"]
    assert "Los Lobos" not in told["retook"]


ORIGINS = [
    ("Two schools were destroyed by bombs dropped from army helicopters near Kutum.", "Sudanese Armed Forces", "asserted"),
    ("Shells fired from positions held by Boko Haram hit a clinic near Bama.", "Boko Haram", "asserted"),
    ("Six people were killed on Friday by mortar fire from Georgian-held villages.", "Georgia", "blamed"),
    ("A clinic was hit near Bama. The shells came from a battery of Boko Haram.", "Boko Haram", "blamed"),
]


@pytest.mark.parametrize(("text", "name", "attribution"), ORIGINS)
def test_fire_is_whose_it_comes_from(text, name, attribution):
    assert authors(text) == {name: attribution}


def test_territory_that_nobody_is_said_to_hold_fires_nothing():
    assert authors("Rockets fired from Syrian territory hit a clinic near Haifa.") == {}


def test_a_doer_behind_the_victim_is_the_doer():
    assert authors("The kidnapping of a nurse of the hospital by Boko Haram shocked the town.") == {"Boko Haram": "asserted"}


def test_who_leads_a_raid_or_answers_with_strikes_does_them():
    assert "Amadou Keita" in authors("Colonel Amadou Keita led the raid on the barracks in Gao.")
    assert "Malian Armed Forces" in authors("The army responded with air strikes on three villages near Gao.")


def test_bands_of_a_group_are_the_group():
    assert "Lord's Resistance Army" in authors("Bands of the Lord's Resistance Army stormed a mission near Gulu.")


def test_the_dash_of_a_dateline_joins_no_states():
    assert authors("LIMA, Peru - Gunmen attacked a bus on Monday, killing two people.").keys() == {"gunmen"}


def test_a_group_goes_by_one_telling_word_of_its_name():
    assert authors("The Liberation Tigers of Tamil Eelam denied it. On Tuesday the Tigers attacked a camp near Jaffna.") == {
        "Liberation Tigers of Tamil Eelam": "asserted"
    }


def test_marines_are_no_armed_group():
    doc = read("Marines raided a village on Jolo on Monday.")
    assert [a.actor_type for a in doc._.actors if a.name == "marines"] == ["military"]


def test_friends_of_a_group_are_not_the_group():
    assert authors("An al-Qaeda affiliate attacked a convoy near Gao on Monday.") == {}
    assert authors("The al-Qaeda-linked Abu Sayyaf was founded in 1991. In June the group raided a town on Jolo.") == {
        "Abu Sayyaf": "asserted"
    }


def test_a_coalition_told_of_before_flies_its_strikes():
    text = "The Saudi-led coalition denied it. On Monday a coalition airstrike on a hospital in Abs killed 19 people."
    assert authors(text) == {"Saudi-led coalition": "asserted"}


def test_the_same_forces_are_the_group_called_forces():
    text = "The Rapid Support Forces entered El Fula on Monday. A day later Um Sunta came under attack by the same forces."
    assert authors(text) == {"Rapid Support Forces": "asserted"}


def test_where_a_thing_was_made_does_not_tell_whose_it_is():
    assert authors("Soviet-built jets bombed a district of Huambo.") == {}


def test_the_men_of_a_commander_are_known_by_his_name():
    text = "Two guards were shot in Khorog. The army blamed the attack on the men of the field commander Rashid Nazarov."
    assert authors(text) == {"men of the field commander Rashid Nazarov": "blamed"}


def test_letters_for_unidentified_men_name_nobody():
    doc = read("Unidentified armed individuals (UAIs) attacked a convoy near Djibo.")
    assert "UAIs" not in {a.name for a in doc._.actors}


def test_a_uniform_tells_whose_men_they_may_be():
    assert authors("Men in Ugandan uniform burned houses in Bunia on Monday.") == {"Uganda": "suspected"}


def test_a_description_beside_a_name_is_none_where_it_owns_the_next_word():
    doc = read("Miriam Castle, the group's researcher, spoke on Monday.")
    assert "armed_group" not in {a.actor_type for a in doc._.actors}


def test_a_convoy_is_what_is_ambushed():
    doc = read("Rebels claim convoy ambush", title_end=26)
    assert fillers(doc, "target") == ["convoy"]
    assert fillers(doc, "initiator") == ["Rebels"]


def test_a_subject_that_the_tree_hung_elsewhere_still_claims():
    text = (
        BOMB + "In a message in the Fulani tongue, the Jama'at Nusrat ul-Islam wa al-Muslimin (JNIM) claimed the operation."
    )
    assert authors(text) == {"Jamaat Nusrat al-Islam wal-Muslimin": "claimed"}


# --- targets ----------------------------------------------------------------------------------------------------------


def test_who_died_in_a_camp_was_not_what_was_aimed_at():
    assert aimed_at("Twelve soldiers were killed when rebels overran a camp.") == set()


def test_things_laden_for_or_belonging_to_a_body_are_its():
    assert aimed_at("Bandits looted two lorries carrying food for the World Food Programme near Djibo.") == {
        "World Food Programme"
    }
    assert "National Petroleum Corporation" in aimed_at(
        "A pipeline belonging to the National Petroleum Corporation was blown up near Warri on Sunday."
    )


def test_staff_of_a_body_are_aimed_at_with_their_car():
    text = "Two nurses of the Red Cross were wounded on Thursday when bandits riddled their car."
    assert "International Committee of the Red Cross" in aimed_at(text)


def test_who_is_named_among_the_dead_is_a_victim_and_no_aim_of_a_missile():
    text = "A missile hit a parade in Aden, killing 36 men, among them Munir Salim, the commander."
    assert "Munir Salim" in fillers(read(text), "victim")
    assert "Munir Salim" not in aimed_at(text)


def test_a_roll_of_hostages_names_who_was_kidnapped():
    text = (
        "Four engineers were kidnapped near Warri on Monday. The hostages were named as Duncan Reid, a Briton, "
        "and Luca Ferrante."
    )
    assert {"Duncan Reid", "Luca Ferrante"} <= aimed_at(text)


def test_the_dead_of_an_earlier_sentence_get_their_names():
    text = "Two airmen were shot dead in Nicosia on Monday. The dead men are Ronald Tyndall and Kenneth Ashby."
    assert {"Ronald Tyndall", "Kenneth Ashby"} <= set(fillers(read(text), "victim"))


def test_what_the_kidnappers_stormed_is_one_deed_with_the_kidnapping():
    assert len(read("Five nurses were abducted on Monday by militants who stormed a clinic in Warri.")._.reports) == 1


def test_clashes_among_one_side_have_that_side():
    doc = read("Clashes among the Kuki militants left four dead near Imphal.")
    assert fillers(doc, "initiator") == ["Kuki militants"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Soldiers fired at a car in Kidal on Monday.", "soldiers"),
        ("The town was shelled by Marines on Monday.", "Marines"),
    ],
)
def test_people_told_by_kind_lose_the_capital_of_a_sentence(text, name):
    assert name in {actor.name for actor in read(text)._.actors}
