"""Single sentences for ``conflict_speech``: who is on record with which words."""

from __future__ import annotations

import pytest

from dagster_project.reading.attribution import is_denied, source_of, speaker_of
from dagster_project.reading.quotation import quotations
from tests.unit.reading.full import reader


@pytest.fixture(scope="module")
def read():
    return reader("speech")


def words(doc, speech) -> str:
    return doc[speech.start : speech.end].text.strip()


def name(doc, number) -> str | None:
    return None if number is None else doc._.actors[number].name


def heard(doc) -> list[tuple[str | None, str]]:
    """(speaker, words) of every speech, in text order."""
    return [(name(doc, s.speaker), words(doc, s)) for s in doc._.speech]


def only(doc):
    assert len(doc._.speech) == 1, heard(doc)
    return doc._.speech[0]


# --- where words stand to their verb


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("Kirby said that the strikes hit two bases.", "Kirby", "the strikes hit two bases"),
        ("Police said the gunmen fled on foot.", "Police", "the gunmen fled on foot"),
        ("The gunmen fled on foot, police said.", "police", "The gunmen fled on foot"),
        ("Two rockets hit the base on Saturday, said Pete Nguyen.", "Pete Nguyen", "Two rockets hit the base on Saturday"),
        ("Ten soldiers were killed, according to witnesses.", "witnesses", "Ten soldiers were killed"),
        ("According to witnesses, gunmen opened fire on a bus.", "witnesses", "gunmen opened fire on a bus"),
        ("Hassan told Reuters that the village had fallen.", "Hassan", "the village had fallen"),
        ("Lavrov was quoted as saying that talks were pointless.", "Lavrov", "talks were pointless"),
        ("Israel's army said it was looking into the report.", "Israel", "it was looking into the report"),
        ("Two paramedics died, the hospital reports: their car was hit.", "hospital", "Two paramedics died"),
    ],
)
def test_reported_words_have_their_source(read, text, speaker, said):
    speech = only(doc := read(text))
    assert words(doc, speech) == said
    assert speaker.lower() in name(doc, speech.speaker).lower()


def test_who_is_told_is_the_addressee(read):
    doc = read("Prime Minister Carlos Ruiz told Reuters that the army would withdraw.")
    assert name(doc, only(doc).addressee) == "Reuters"


def test_an_inserted_attribution_covers_both_halves(read):
    doc = read("Iran is far away. The rebels, Colonel Jean Dupont said, had fled into the mountains.")
    said = [words(doc, s) for s in doc._.speech]
    assert said == ["The rebels", "had fled into the mountains"]
    assert {name(doc, s.speaker) for s in doc._.speech} == {"Jean Dupont"}


def test_words_before_an_attribution_end_with_it(read):
    doc = read("The strikes hit 85 targets, the Pentagon said, prompting Iraq to summon the ambassador.")
    assert words(doc, doc._.speech[0]) == "The strikes hit 85 targets"


def test_two_sources_in_one_sentence_keep_their_words(read):
    doc = read("Police said that they had arrested two men, but residents said the men were innocent.")
    assert heard(doc) == [("police", "they had arrested two men"), ("residents", "the men were innocent")]


def test_what_a_speaker_adds_is_his(read):
    doc = read("Al-Shabaab said it carried out the attack, adding that 20 soldiers had died.")
    assert [name(doc, s.speaker) for s in doc._.speech] == ["al-Shabaab", "al-Shabaab"]
    assert words(doc, doc._.speech[1]) == "20 soldiers had died"


def test_an_adjunct_is_no_part_of_the_words(read):
    doc = read("Al-Shabaab said in a statement it carried out the attack.")
    assert words(doc, only(doc)) == "it carried out the attack"


def test_a_dateline_is_no_part_of_the_words(read):
    doc = read("KABUL, Afghanistan, March 3, 2010 (AP) - A bomb killed two soldiers, police said.")
    assert words(doc, only(doc)) == "A bomb killed two soldiers"


# --- who the source is


def test_the_person_beside_an_office_speaks(read):
    doc = read("A spokesman for the army, Colonel Jean Dupont, denied the report.")
    assert name(doc, only(doc).speaker) == "Jean Dupont"


def test_the_name_before_an_office_speaks_even_without_a_second_comma(read):
    doc = read("John Kirby, Pentagon press secretary said: “The strikes were necessary.”")
    assert name(doc, only(doc).speaker) == "John Kirby"


def test_an_unnamed_spokesman_stands_for_his_body(read):
    doc = read("A Houthi spokesman said the ship had been hit.")
    assert name(doc, only(doc).speaker) == "Houthis"


def test_a_body_in_an_aside_does_not_speak(read):
    doc = read("Martin Hoxley, in Beirut for talks with Hezbollah, said that nobody wanted a war.")
    assert name(doc, only(doc).speaker) == "Martin Hoxley"


def test_an_unknown_source_becomes_a_described_actor(read):
    doc = read("Five soldiers were wounded, a military source said. The source did not give his name.")
    speaker = doc._.actors[only(doc).speaker]
    assert speaker.is_generic
    assert "source" in speaker.name


@pytest.mark.parametrize(
    "text",
    [
        "US airstrikes sent a “strong message”, said Monday. State Secretary Antony Blinken.",
        "“It is certain that the United States is to blame,” the spokesman said yesterday. Antony Blinken.",
    ],
)
def test_a_speaker_cut_off_by_a_page_defect_is_put_back(read, text):
    doc = read(text)
    assert name(doc, doc._.speech[0].speaker) == "Antony Blinken"


def test_a_sentence_cut_without_an_end_mark_goes_on(read):
    doc = read("The Joint Command said in communique No. 31 that a patrol pursued the column.")
    assert words(doc, only(doc)) == "a patrol pursued the column"


# --- quotations


def test_a_quotation_before_and_after_its_verb_is_one_speakers(read):
    doc = read('"We are leaving," Kirby said. "We have no choice."')
    assert [name(doc, s.speaker) for s in doc._.speech] == ["Kirby", "Kirby"] or len({s.speaker for s in doc._.speech}) == 1
    assert [doc[a:b].text for s in doc._.speech for a, b in s.quotes] == ["We are leaving,", "We have no choice."]


def test_a_quotation_of_several_sentences_is_one_stretch(read):
    doc = read("“They came at night. They burned everything,” Fatima Yusuf said.")
    assert words(doc, only(doc)) == "“They came at night. They burned everything,”"


def test_a_quotation_after_a_colon(read):
    doc = read('Kirby said: "We are watching. We have not made any decision."')
    assert only(doc).is_quote
    assert words(doc, only(doc)).startswith('"We are watching')


def test_a_quotation_runs_on_into_the_next_paragraph(read):
    doc = read("“The first week was hard.\n\n“The second was harder,” Fatima Yusuf said.")
    assert [name(doc, s.speaker) for s in doc._.speech] == ["Fatima Yusuf"] * 2


def test_a_paragraph_of_quotation_follows_the_last_speaker(read):
    doc = read("Kirby said the raid was over.\n\n“We will now wait and see what they do next.”")
    assert [name(doc, s.speaker) for s in doc._.speech] == ["Kirby", "Kirby"]


def test_quoted_words_inside_reported_ones(read):
    doc = read('The army said it had "eliminated" a commander.')
    speech = only(doc)
    assert speech.is_quote
    assert words(doc, speech) == 'it had "eliminated" a commander'


def test_a_label_is_somebodys_word(read):
    doc = read('Gerald Maybury called the killers "mindless criminals".')
    assert name(doc, only(doc).speaker) == "Gerald Maybury"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("The militias' leaders and the soldiers' wives don't agree.", []),
        ("They sent a ‘strong message’, he said.", ["strong message"]),
        ("He said: 'We did it for the soldiers' wives.' Then he left.", ["We did it for the soldiers' wives."]),
        ("“It has to be at risk. “", ["It has to be at risk."]),
        ("In the '90s the Houthis' camp was small.", []),
        ("“Open and never closed by anyone at all.\n\nNext paragraph.", ["Open and never closed by anyone at all."]),
        ("He said ``we won'' and left.", ["we won"]),
    ],
)
def test_quotation_marks_and_apostrophes(read, text, quoted):
    doc = read.make_doc(text)
    assert [doc[q.start : q.end].text.strip() for q in quotations(doc)] == quoted


# --- denial, silence, things that are not said


def test_a_denial_denies_its_words(read):
    doc = read("Hamas denied that its fighters had attacked the convoy.")
    attacked = next(t.i for t in doc if t.text == "attacked")
    assert is_denied(doc, attacked)
    assert name(doc, speaker_of(doc, attacked)) == "Hamas"


def test_a_denied_report_is_denied_too(read):
    doc = read("The ministry denied reports that soldiers had burned the village.")
    assert is_denied(doc, next(t.i for t in doc if t.text == "burned"))


def test_neither_confirmed_nor_denied_is_no_denial(read):
    doc = read("The army has neither confirmed nor denied that its men were captured.")
    assert not is_denied(doc, next(t.i for t in doc if t.text == "captured"))


@pytest.mark.parametrize(
    "text",
    [
        "The White House declined to comment.",
        "Officials did not say who was behind the bombing.",
        "No group claimed the attack.",
        "The blast claimed the lives of four soldiers.",
        "Angry crowds slammed into the barrier.",
        "The soldier, who asked not to be named, fled.",
        "If police say so, it is true.",
    ],
)
def test_nothing_is_said(read, text):
    assert heard(read(text)) == []


def test_the_innermost_source_counts(read):
    doc = read("Kirby said that Iran claimed it had shot down a drone.")
    assert name(doc, source_of(doc, next(t.i for t in doc if t.text == "shot")).speaker) == "Iran"


def test_a_cue_at_the_very_end_of_a_text_is_read(read):
    assert len(read('"This is murder," he wrote on X.')._.speech) == 1


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Four people were killed in Stepanakert, the enclave's ombudsman, Artak Sahakyan, said.", "Artak Sahakyan"),
        (
            "As many as 412 men have laid down their lives this year, the Minister of State for Home, Mushtaq Lone, informed the House.",
            "Mushtaq Lone",
        ),
        ("Military spokesman Brigadier Sunil Wijeratne conceded the loss but said that 47 men fell.", "Sunil Wijeratne"),
        ("The African Union mission, whose troops stayed away, congratulated the Somali forces.", "African Union"),
        ("Baku said it had seized the town, a claim the Armenian side dismissed as disinformation.", "Armenia"),
        ("Forces have killed 52 men, according to their spokesman, Colonel Azzedine Bernou.", "Azzedine Bernou"),
        ("The governor of Valle del Cauca, Dilian Francia, said she had no doubt.", "Dilian Francia"),
        ("The governor condemned the raid, urged the army to protect the farms and promised help.", "governor"),
        ('The envoy described it as "a stain on the army" and urged the generals to resign.', "envoy"),
        ("The minister blamed the rebels. His party has rejected the accusation.", "His party"),
        ("The Minister of State for Home, Mushtaq Lone, said the toll was false.", "Mushtaq Lone"),
        (
            "The Jaime Martinez front, a wing of the ELN led by the rebel known as Ivan Mordida, claimed it had no part.",
            "Jaime Martinez front",
        ),
    ],
)
def test_who_speaks_behind_asides_and_offices(read, text, speaker):
    doc = read(text)
    assert speaker in {doc._.actors[s.speaker].name for s in doc._.speech if s.speaker is not None}


def test_a_verb_that_goes_on_after_a_passive_has_the_speaker(read):
    doc = read('Abu Osama claimed that 35 soldiers had been killed and threatened "bigger surprises".')
    assert [s.cue_lemma for s in doc._.speech if s.speaker is not None] == ["claim", "threaten"]


# --- who speaks, where the sentence hides it


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A patrol met him, the provincial military chief, Brigadier-General Suryo Wibowo, said in Aceh.", "Suryo Wibowo"),
        ("The movement's spokesman in Stockholm, Yusuf Daud, insisted that talks went on.", "Yusuf Daud"),
        ("In the north, refugees said, men in masks had shot eight.", "refugees"),
        ("Lawmakers briefed by the spy service said at least one soldier had died.", "lawmakers"),
        ("It was a raid of which the army learnt, says one diplomat, from the radio.", "diplomat"),
    ],
)
def test_the_speaker_is_found_past_asides(read, text, speaker):
    assert speaker in {who for who, _ in heard(read(text))}


def test_who_was_asked_did_not_ask(read):
    doc = read("The minister, asked whether he knew, said he did not.")
    assert [doc[s.cue].text for s in doc._.speech] == ["said"]


def test_he_may_be_one_who_spoke_for_a_body(read):
    doc = read("Mr Solvang said 18 had died. The delegate of Kenya objected to haste. A ban, he said, would tie its hands.")
    assert heard(doc)[-1] == ("Kenya", "would tie its hands")


def test_the_nearer_verb_takes_the_quotation(read):
    doc = read('Ramon Cruz ruled out paying a ransom, telling mayors in Davao City: "I will eat them alive."')
    assert [(doc[s.cue].text, words(doc, s)) for s in doc._.speech] == [
        ("ruled", "paying a ransom"),
        ("telling", '"I will eat them alive."'),
    ]


def test_one_who_goes_on_is_not_who_is_addressed(read):
    doc = read("The governor condemned the raid, urged the army to protect the farms and promised help.")
    assert {name(doc, s.speaker) for s in doc._.speech} == {"governor"}


def test_the_noun_before_a_further_verb_is_no_speaker(read):
    doc = read('The envoy described it as "a stain on the army" and urged the generals to resign.')
    assert {name(doc, s.speaker) for s in doc._.speech} == {"envoy"}
