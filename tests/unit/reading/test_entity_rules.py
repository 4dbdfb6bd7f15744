"""Names that rules know better than a recogniser."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from dagster_project.reading.entity_rules import EntityRules


@pytest.fixture(scope="module")
def rules():
    return EntityRules(spacy.blank("en"))


def corrected(rules, text, *entities, tags=None):
    """Names after the rules; `entities` are (first word, end word, label) of the recogniser."""
    words = text.split()
    doc = Doc(rules._names.vocab, words=words, tags=tags.split() if tags else None)
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


def test_titles_are_cut_off_persons_and_the_state_before_them_is_a_name(rules):
    text = "ex - US President Donald Trump left"
    assert corrected(rules, text, (2, 6, "PERSON")) == [("US", "GPE"), ("Donald Trump", "PERSON")]


def test_a_place_after_a_title_is_a_person(rules):
    text = "President Reuven Rivlin visits"
    assert corrected(rules, text, (1, 3, "GPE")) == [("Reuven Rivlin", "PERSON")]


def test_a_capital_that_speaks_for_its_government_is_no_person(rules):
    assert corrected(rules, "Washington believes it", (0, 1, "PERSON")) == [("Washington", "GPE")]
    text = "Denzel Washington left . Washington returned"
    found = corrected(rules, text, (0, 2, "PERSON"), (4, 5, "PERSON"))
    assert found == [("Denzel Washington", "PERSON"), ("Washington", "PERSON")]


def test_a_surname_is_the_person_named_in_full_before(rules):
    text = "Saeed Khatibzadeh spoke . Khatibzadeh denied it"
    found = corrected(rules, text, (0, 2, "PERSON"), (4, 5, "GPE"))
    assert found == [("Saeed Khatibzadeh", "PERSON"), ("Khatibzadeh", "PERSON")]


def test_a_backed_militia_is_no_name_but_its_backer_is(rules):
    text = "the Iran - backed militia fled"
    assert corrected(rules, text, (1, 5, "ORG")) == [("Iran", "GPE")]


def test_weapons_of_the_table_are_found_with_their_type(rules):
    assert corrected(rules, "They recovered four AK-47 rifles") == [("AK-47 rifles", "WEAPON")]


def test_fighters_and_buses_are_no_vehicles(rules):
    assert corrected(rules, "fighters stopped a bus") == []


def test_the_commonest_label_of_a_name_wins_in_a_document(rules):
    text = "Enron fell . Enron rose . Enron fell"
    found = corrected(rules, text, (0, 1, "ORG"), (3, 4, "LOC"), (6, 7, "ORG"))
    assert {label for _, label in found} == {"ORG"}


def test_an_unknown_place_that_opens_like_a_person_is_one(rules):
    text = "the murder of Danilo Varillas and Msgr Romero"
    assert corrected(rules, text, (3, 5, "GPE"), (6, 8, "GPE")) == [("Danilo Varillas", "PERSON"), ("Romero", "PERSON")]


def test_a_known_place_that_opens_like_a_person_stays(rules):
    assert corrected(rules, "in San Pedro Sula today", (1, 4, "GPE")) == [("San Pedro Sula", "GPE")]


def test_common_nouns_are_no_names(rules):
    assert corrected(rules, "On the street They hid", (2, 3, "GPE"), (3, 4, "ORG")) == [("They", "ORG")]


def test_who_is_kidnapped_is_a_person(rules):
    text = "The kidnapping of Delgado Parker shocked Lima"
    assert corrected(rules, text, (3, 5, "GPE"), (6, 7, "GPE")) == [("Delgado Parker", "PERSON"), ("Lima", "GPE")]


def test_an_address_is_no_name(rules):
    text = "write to info@example.org or Reuters"
    assert corrected(rules, text, (2, 3, "ORG"), (4, 5, "ORG")) == [("Reuters", "ORG")]


def test_who_bears_an_office_between_commas_is_a_person(rules):
    text = "The governor of Cauca , Dilian Franka , said that"
    tags = "DT NN IN NNP , NNP NNP , VBD IN"
    assert corrected(rules, text, (3, 4, "GPE"), (5, 7, "GPE"), tags=tags) == [("Cauca", "GPE"), ("Dilian Franka", "PERSON")]


def test_a_name_beside_a_trade_is_a_person(rules):
    assert corrected(rules, "bar owner Pako Ribesz fumed", (2, 4, "GPE"), tags="NN NN NNP NNP VBD") == [
        ("Pako Ribesz", "PERSON")
    ]


def test_fighters_under_a_name_are_a_group(rules):
    assert corrected(rules, "The Jaime Martinez front attacked", (1, 3, "PERSON")) == [("Jaime Martinez", "ARMED_GROUP")]


def test_the_noun_at_its_head_labels_a_name(rules):
    assert corrected(rules, "the Orontes Bank paid", (1, 3, "GPE")) == [("Orontes Bank", "ORG")]
    assert corrected(rules, "the Kali Ballee mosque burnt", (1, 4, "GPE")) == [("Kali Ballee mosque", "FAC")]
    # Operations bear names of rivers; armed groups have councils.
    assert corrected(rules, "Operation Orontes River began", (0, 3, "EVENT")) == [("Operation Orontes River", "EVENT")]
    assert corrected(rules, "the Orontes Council fled", (1, 3, "ARMED_GROUP")) == [("Orontes Council", "ARMED_GROUP")]


def test_a_place_of_the_gazetteer_stays_one_whatever_its_last_word(rules):
    assert corrected(rules, "in Mountain View today", (1, 3, "GPE")) == [("Mountain View", "GPE")]


def test_a_ship_is_told_by_its_prefix(rules):
    assert corrected(rules, "aboard the MV Habarana today", (3, 4, "FAC")) == [("MV Habarana", "VEHICLE")]


def test_a_sum_of_money_includes_its_currency(rules):
    assert corrected(rules, "it cost 70,000 kyats", (2, 3, "CARDINAL")) == [("70,000 kyats", "MONEY")]


def explained(rules, text, tags, *entities):
    words = text.split()
    doc = Doc(rules._names.vocab, words=words, tags=tags.split())
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in entities])
    return [(entity.text, entity.label_) for entity in rules(doc).ents]


def test_an_apposition_says_who_is_a_person_and_what_a_body(rules):
    text, tags = "Amal Khuzdari , a doctor , left", "NNP NNP , DT NN , VBD"
    assert explained(rules, text, tags, (0, 2, "GPE")) == [("Amal Khuzdari", "PERSON")]
    text, tags = "Fosbukra , the phosphate company , left", "NNP , DT NN NN , VBD"
    assert explained(rules, text, tags, (0, 1, "GPE")) == [("Fosbukra", "ORG")]


def test_a_place_with_an_article_is_no_town(rules):
    assert explained(rules, "on the Mayu .", "IN DT NNP .", (2, 3, "GPE")) == [("Mayu", "LOC")]
    assert explained(rules, "in the Khogiani hills", "IN DT NNP NNS", (2, 3, "GPE")) == [("Khogiani", "LOC")]
    assert explained(rules, "in the Khogiani district", "IN DT NNP NN", (2, 3, "GPE")) == [("Khogiani", "GPE")]


def test_a_site_belongs_to_the_name_before_it(rules):
    text, tags = "near Khogiani refinery today", "IN NNP NN NN"
    assert explained(rules, text, tags, (1, 2, "GPE")) == [("Khogiani refinery", "FAC")]
    # A town has many schools.
    text, tags = "near Khogiani school today", "IN NNP NN NN"
    assert explained(rules, text, tags, (1, 2, "GPE")) == [("Khogiani", "GPE")]


def test_an_age_after_of_is_a_date(rules):
    assert explained(rules, "a girl of six .", "DT NN IN CD .", (3, 4, "CARDINAL")) == [("six", "DATE")]
    assert explained(rules, "a mother of six .", "DT NN IN CD .", (3, 4, "CARDINAL")) == [("six", "CARDINAL")]


@pytest.fixture(scope="module")
def nlp():
    from dagster_project.reading.language import load_language

    return load_language()


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Phnom Penh said two bombs fell on a road inside Cambodia.", "Phnom Penh", "GPE"),
        ("Lagos said on Monday that it had no word of the crew.", "Lagos", "GPE"),
        ("The union leader Hassan Sheikh Osman was killed in Kismayo.", "Hassan Sheikh Osman", "PERSON"),
        ("Commander Yoo Hae-won denied the report.", "Yoo Hae-won", "PERSON"),
        ("The coordinator, Marie-Helene Nyandeng, condemned the raid.", "Marie-Helene Nyandeng", "PERSON"),
        ("He flew to the United Nations Mission in South Sudan on Monday.", "United Nations Mission in South Sudan", "ORG"),
        ("The YDG-H claimed the bombing in Diyarbakir.", "YDG-H", "ARMED_GROUP"),
        ("The former teacher died at the age of 49 in Banda Aceh.", "49", "DATE"),
    ],
)
def test_names_that_hyphens_titles_and_places_within_them_would_cut(nlp, text, name, label):
    assert (name, label) in [(entity.text, entity.label_) for entity in nlp(text).ents]


def test_a_person_named_in_full_is_known_where_the_recogniser_sees_nothing(nlp):
    import dagster_project.reading.entity_rules as module

    doc = nlp.make_doc("Pedro Prieto left. Prieto met Malta.")
    for token in doc:
        token.tag_ = "NNP" if token.is_title else "VBD"
    doc.set_ents([Span(doc, 0, 2, label="PERSON")])
    found = [(span.text, span.label_) for span in module._unseen_again(doc, list(doc.ents))]
    assert found == [("Prieto", "PERSON"), ("Malta", "GPE")]


def test_capitals_that_open_a_tabloids_story_are_no_place(rules):
    assert corrected(rules, "TERRIFIED holidaymakers fled", (0, 1, "GPE")) == []


def test_the_small_half_of_a_hyphened_name_belongs_to_it(rules):
    doc = Doc(rules._names.vocab, words=["Park", "Soon", "-", "deok", "fled"], spaces=[True, False, False, True, False])
    doc.set_ents([Span(doc, 0, 2, label="PERSON")])
    assert [entity.text for entity in rules(doc).ents] == ["Park Soon-deok"]


def test_two_capitals_after_a_title_are_a_person(rules):
    tags = "NNP NNP NNP NNP VBD"
    assert corrected(rules, "Prime Minister Nattaya Srisai fled", (2, 4, "ORG"), tags=tags) == [("Nattaya Srisai", "PERSON")]
