"""Trees of common clauses of news that the parser alone gets wrong."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.tokens import Doc

from dagster_project.reading import syntax
from dagster_project.reading.language import load_language
from dagster_project.reading.repairs import parse_repairs


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
        ("A rocket landed metres from the same camp without exploding.", "landed", ["rocket"], []),
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


@pytest.mark.parametrize(
    ("text", "word", "governor"),
    [
        ("Residents of Merawi say a drone fired on a taxi last Sunday, and all 15 on board perished.", "perished", "fired"),
        ("Rebels have overrun the town, the defence ministry and witnesses said on Sunday.", "witnesses", "ministry"),
        ("The claim of the army that rebels fired first was met with laughter.", "fired", "claim"),
        ("Minister Kwon Tae-seop conferred by telephone with Raymond Castle.", "Kwon", "conferred"),
    ],
)
def test_what_is_told_and_who_tells(text, word, governor):
    assert next(t for t in nlp()(text) if t.text == word).head.text == governor


def test_who_tells_comes_after_what_is_told():
    text = (
        "Death toll in the ambush of a bus has reached 36 after three injured breathed their last while undergoing treatment "
        "at Bharatpur Hospital, informed Chief District Officer Shankar Karki."
    )
    assert clause(text, "informed") == (["Shankar"], [])
    assert clause(text, "reached") == (["toll"], ["36"])


def test_a_past_with_an_object_deep_in_its_subject_is_the_verb():
    text = "Iraqi militia groups aligned with Iran in a statement named four members of the faction they said were killed."
    assert clause(text, "named") == (["groups"], ["members"])


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("The strikes aim at the militias in Iraq and Syria who are attacking our forces.", "attacking", "militias"),
        ("Police arrested three men from the Swat valley in Pakistan who carried out the bombing.", "carried", "men"),
    ],
)
def test_no_place_is_a_who(text, verb, subject):
    assert next(t for t in nlp()(text) if t.text == verb).head.text == subject


def test_names_between_dashes_are_no_second_subject():
    text = "The soldiers — Sgt. Anna Rivers, 46; and Sgt. Bree Moffett, 23 – was killed when a drone crashed."
    found = next(t for t in nlp()(text) if t.text == "killed")
    assert [t.text for t in syntax.passive_subjects(found)] == ["soldiers"]


def test_a_conjunct_goes_with_the_noun_of_its_preposition():
    text = "The aim is to remove weapons from militias who are attacking our forces and from the Houthis."
    assert clause(text, "attacking")[1] == ["forces"]


def test_the_two_verbs_of_a_relative_clause_have_one_subject():
    text = "The strikes were in response to a rocket attack in Iraq that killed a contractor and injured a soldier."
    assert next(t for t in nlp()(text) if t.text == "injured").head.text == "killed"


def test_a_headline_with_its_toll_has_the_act_for_its_verb():
    found = next(t for t in nlp()("Insurgents storm Mozambique gas town, dozens feared dead") if t.text == "storm")
    assert found.head == found


def test_a_particle_that_governs_its_noun_is_left_to_it():
    words = ["Acting", "on", "a", "tip", "-", "off", "forces", "left"]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[True, True, True, False, False, True, True, False],
        heads=[7, 0, 5, 5, 5, 0, 7, 7],
        deps=["advcl", "case", "det", "compound", "punct", "obl", "nsubj", "ROOT"],
        tags=["VBG", "IN", "DT", "NN", "HYPH", "NN", "NNS", "VBD"],
        pos=["VERB", "ADP", "DET", "NOUN", "PUNCT", "NOUN", "NOUN", "VERB"],
    )
    assert parse_repairs(doc)[3].head.text == "off"
    assert doc[5].head.text == "Acting"


@pytest.mark.parametrize(
    ("text", "verb", "subjects"),
    [
        ("His widow, speaking to state television, blamed the army.", "blamed", ["widow"]),
        ("Residents of Pibor, reached by telephone, described fighters in the streets.", "described", ["Residents"]),
    ],
)
def test_the_verb_after_an_aside_has_the_subject_before_it(text, verb, subjects):
    assert clause(text, verb)[0] == subjects


def test_a_past_like_its_infinitive_is_a_past():
    doc = nlp()("The army put the blame on the rebels.")
    assert next(t.tag_ for t in doc if t.text == "put") == "VBD"


@pytest.mark.parametrize(
    ("text", "verb", "things"),
    [
        (
            'Government Minister Carlos Morales said today that a "foreign commando" killed Hector Oqueli, leader of the '
            "Salvadoran leftist party national revolutionary movement (MNR), and Guatemalan social democratic leader Gilda "
            "Flores in Guatemala.",
            "killed",
            ["Hector", "Gilda"],
        ),
        (
            "The bomb seriously damaged the telephone exchange of the Bocagrande tourist and residential district, a hotel, "
            "a restaurant, two medical clinics, and a construction site.",
            "damaged",
            ["exchange", "hotel", "restaurant", "clinics", "site"],
        ),
        (
            "FMLN sappers destroyed several posts in La Libertad and Cabanas departments in the central part of the country, "
            "and in Usulutan Department in the southeastern part of the country.",
            "destroyed",
            ["posts"],
        ),
    ],
)
def test_lists_go_on_with_the_thing_and_leave_asides_and_places(text, verb, things):
    assert sorted(clause(text, verb)[1]) == sorted(things)


def test_a_greeting_before_a_titled_name_leaves_a_tree():
    told = nlp()("Good evening special correspondent Gloria del Campo in San Salvador.")
    assert all(t in told[:].root.subtree for t in told)


def test_an_inverted_passive_has_its_subject():
    told = nlp()("Also injured was a street vendor identified as Maria del Carmen Perez.")
    injured = next(t for t in told if t.text == "injured")
    assert [t.text for t in syntax.passive_subjects(injured)] == ["vendor"]


@pytest.mark.parametrize(
    ("text", "word", "governor", "relation"),
    [
        (
            "An escalation in terrorist acts affected the capital and resulted in one person wounded and large losses.",
            "wounded",
            "person",
            "acl",
        ),
        (
            "The government denounced the assassination of Salvadoran presidency Minister Jose Antonio Rodriguez Porth in an "
            "attack in which his driver was also killed.",
            "presidency",
            "Minister",
            "compound",
        ),
        (
            "The disturbances have resulted in the death of one soldier, the injuring of two policemen, the arrest of over 120 "
            "people, and the destruction of five public buses.",
            "destruction",
            "death",
            "conj",
        ),
        (
            "Farabundo Marti National Liberation Front [FMLN] urban commandos destroyed a truck owned by a soda company.",
            "Front",
            "commandos",
            "compound",
        ),
        (
            "The army was involved in clashes with FARC [Revolutionary Armed Forces of Colombia] and the ELN [Army of National "
            "Liberation] in the rural area of Yondo.",
            "Army",
            "ELN",
            "appos",
        ),
    ],
)
def test_descriptions_titles_acts_and_names_hang_where_they_belong(text, word, governor, relation):
    token = next(t for t in nlp()(text) if t.text == word)
    assert (token.head.text, token.dep_) == (governor, relation)
