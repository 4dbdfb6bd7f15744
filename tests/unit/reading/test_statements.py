"""Single sentences for ``conflict_statements``: who does what with words, and acts of state without words."""

from __future__ import annotations

from datetime import date

import pytest

from dagster_project.reading.extensions import Source
from tests.unit.reading.full import reader


@pytest.fixture(scope="module")
def nlp():
    return reader("statements")


def read(nlp, text: str, published_on: date | None = None):
    doc = nlp.make_doc(text)
    doc._.source = Source("d", 0, published_on, None)
    return nlp(doc)


def acts(doc) -> list[tuple[str, str]]:
    """(speaker, category) of every statement, in text order."""
    return [(doc._.actors[s.speaker].name, s.category) for s in doc._.statements]


@pytest.mark.parametrize(
    ("text", "speaker", "category"),
    [
        # the verb names the act
        ("The rebels warned that they would attack any foreign ship.", "rebels", "THREATEN"),
        ("The militia vowed revenge for the killing of its leader.", "militia", "THREATEN"),
        ("Washington has threatened to impose new sanctions on Iran.", "US government", "THREATEN"),
        ("Hamas condemned the raid.", "Hamas", "ACCUSE"),
        ("The Resistance Committee put the toll at 31.", "Resistance Committee", "STATEMENT"),
        ("The Resistance Committee, a volunteer group, put the toll higher, at 31.", "Resistance Committee", "STATEMENT"),
        ("The regional hospital, for its part, counted 11 dead.", "regional hospital", "STATEMENT"),
        ("A priest reached by radio spoke of twenty graves.", "priest", "STATEMENT"),
        ('Seaman Darren Mudge fumed: "They have killed the season."', "Darren Mudge", "STATEMENT"),
        ("The claim of the army that rebels fired first was met with laughter.", "army", "STATEMENT"),
        ("A defence ministry statement said that fuel drums had exploded.", "defence ministry", "STATEMENT"),
        ("Residents of Pibor, reached by telephone, described fighters on motorcycles.", "Residents", "STATEMENT"),
        ("UNITA put the blame on the air force.", "UNITA", "ACCUSE"),
        ("The Red Cross could confirm 600 dead.", "International Committee of the Red Cross", "STATEMENT"),
        ("A nurse at the hospital put the wounded at a dozen.", "nurse", "STATEMENT"),
        ("The widows put it at more than 900.", "widows", "STATEMENT"),
        ("The clinic raised its count to 61 dead.", "clinic", "STATEMENT"),
        ("The daily gave a figure of 34.", "daily", "STATEMENT"),
        ("The ministry attributed the fire to saboteurs.", "ministry", "ACCUSE"),
        ("The ministry attributed the fire to a short circuit.", "ministry", "STATEMENT"),
        ("The ministry called the report a fabrication.", "ministry", "REJECT"),
        ("The army brushed the allegations aside.", "army", "REJECT"),
        ("The president turned down an appeal by Norway for a truce.", "president", "REJECT"),
        ("The Force Commander has delivered an ultimatum to the rebels.", "Force Commander", "THREATEN"),
        ("The rebels freed nine hostages on Monday.", "rebels", "RETREAT"),
        ("The army said it had freed nine hostages.", "army", "STATEMENT"),
        ("He was shot dead, residents said on Sunday, hours before the deadline ran out.", "residents", "STATEMENT"),
        ("The chief minister told his generals to hold fire.", "chief minister", "REQUEST"),
        ('The Chungang Ilbo called him "the commander who blinked".', "Chungang Ilbo", "STATEMENT"),
        ("Minister Kwon Tae-seop conferred by telephone with Raymond Castle.", "Kwon Tae-seop", "CONSULT"),
        ("Its spokesman, Ahmad Mesbah, pinned the blame on rebels.", "Ahmad Mesbah", "ACCUSE"),
        ("His widow, speaking to state television, laid the crime at the door of Hamas.", "widow", "ACCUSE"),
        ('Washington "strongly condemned" the shelling.', "US government", "ACCUSE"),
        ("The envoy protested against the raid.", "envoy", "ACCUSE"),
        ("The delegate of France cautioned against hasty conclusions.", "France", "REQUEST"),
        ("France's delegate associated himself with that statement.", "France", "SUPPORT"),
        ("A caller speaking in the name of ETA alerted a newspaper.", "ETA", "THREATEN"),
        ("The government in Dublin promised tighter patrols.", "Irish government", "AGREE"),
        ("It was a plan that the deputy Ali Rammal dismissed as ink on paper.", "Ali Rammal", "REJECT"),
        ("Hamas accepted responsibility for the attack.", "Hamas", "STATEMENT"),
        ("Hamas has owned responsibility for the raid.", "Hamas", "STATEMENT"),
        ("Hamas rubbished the figure.", "Hamas", "REJECT"),
        ("Men looted a bus near Gao, in an attack that Niger blamed on rebels.", "Niger", "ACCUSE"),
        ("Israel accused Hezbollah of killing two soldiers.", "Israel", "ACCUSE"),
        ("The army blamed the attack on the PKK.", "army", "ACCUSE"),
        ("The African Union urged both sides to stop fighting.", "African Union", "REQUEST"),
        ("UNIFIL, whose patrol came under fire without loss, called for restraint.", "UNIFIL", "REQUEST"),
        (
            "The ICRC calls on those who carry weapons to spare civilians.",
            "International Committee of the Red Cross",
            "REQUEST",
        ),
        ("Marco Rubio praised the troops.", "Marco Rubio", "SUPPORT"),
        ("The African Union welcomed the ceasefire.", "African Union", "SUPPORT"),
        ("The government refused to negotiate with the rebels.", "government", "REJECT"),
        ("Hamas denied that its fighters had attacked the convoy.", "Hamas", "REJECT"),
        ("Germany pledged 500 million euros in aid to Ukraine.", "Germany", "AGREE"),
        ("The commander apologised for the deaths of the children.", "commander", "CONCEDE"),
        ("Pro-Iranian paramilitary groups have been quick to condemn the strikes.", "paramilitary groups", "ACCUSE"),
        (
            "In a call to a local news agency its spokesman, Abu Osama, claimed that 35 soldiers had died.",
            "Abu Osama",
            "STATEMENT",
        ),
        # the words name it
        ("“We will not stop until the siege is lifted,” Yahya Saree said.", "Yahya Saree", "THREATEN"),
        ("“The attack will not go unanswered,” said Mohammed Al-Bukhaiti.", "Mohammed Al-Bukhaiti", "THREATEN"),
        ("John Kirby said Iraq must move more aggressively.", "John Kirby", "REQUEST"),
        ("Hamas must release all hostages now, the German chancellor said.", "German chancellor", "REQUEST"),
        ("“We recommend that the new government reform its path,” Saeed Khatibzadeh said.", "Saeed Khatibzadeh", "REQUEST"),
        ("“We will never negotiate with terrorists,” Bashar Karim said.", "Bashar Karim", "REJECT"),
        ("Ned Price said the United States holds Iran responsible for the attacks.", "Ned Price", "ACCUSE"),
        ("“They are lying to conceal a defeat,” Octavio Beltran asserted.", "Octavio Beltran", "ACCUSE"),
        ('Gerald Maybury called the killers "mindless criminals".', "Gerald Maybury", "ACCUSE"),
        ('Marco Rubio called the strikes "targeted, proportional and necessary".', "Marco Rubio", "SUPPORT"),
        # plain comment
        ("“We have lost radio contact,” Hernan Galvis said.", "Hernan Galvis", "STATEMENT"),
        ("The army said soldiers had been firing in the air.", "army", "STATEMENT"),
        ("Boko Haram claimed responsibility for the bombing.", "Boko Haram", "STATEMENT"),
        ("“Who did this?” asked Omar Farouk.", "Omar Farouk", "STATEMENT"),
    ],
)
def test_what_is_said(nlp, text, speaker, category):
    found = acts(read(nlp, text))
    assert len(found) == 1, found
    assert speaker.lower() in found[0][0].lower()
    assert found[0][1] == category


@pytest.mark.parametrize(
    ("text", "speaker", "category"),
    [
        ("President Macron met with his Egyptian counterpart in Cairo on Monday.", "Macron", "CONSULT"),
        ("Turkey summoned the Swedish ambassador over the burning of a flag.", "Turkey", "ACCUSE"),
        ("Nabil Khattar handed the French ambassador a letter of protest.", "Nabil Khattar", "ACCUSE"),
        ("South Africa filed a case against Israel at the court.", "South Africa", "ACCUSE"),
        ("The European Union imposed sanctions on ten Russian generals.", "European Union", "SANCTION"),
        ("Pakistan expelled two Indian diplomats.", "Pakistan", "SANCTION"),
        ("France recalled its ambassador from Algiers.", "France", "SANCTION"),
        ("The government declared a state of emergency in the region.", "government", "COERCE"),
        ("The governor imposed a curfew on the city.", "governor", "COERCE"),
        ("Protesters marched through Baghdad on Friday.", "Protesters", "PROTEST"),
        ("Russia deployed 2,000 troops to the border.", "Russia", "MOBILIZE"),
        ("Rebels laid down their weapons in Aceh.", "Rebels", "RETREAT"),
        ("The junta released 814 prisoners.", "junta", "RETREAT"),
        ("The junta granted amnesty to 814 prisoners.", "junta", "CONCEDE"),
        ("The Red Cross delivered food to the besieged town.", "Red Cross", "AID"),
        ("Armenia and Azerbaijan exchanged prisoners on Friday.", "Armenia", "COOPERATE"),
        ("The United States and South Korea held joint military exercises.", "United States", "COOPERATE"),
        ("Iran and Iraq signed a security agreement in Baghdad.", "Iran", "SUPPORT"),
        ("The strikes prompted Iraq to summon the ambassador.", "Iraq", "ACCUSE"),
    ],
)
def test_what_is_done_without_words(nlp, text, speaker, category):
    found = acts(read(nlp, text))
    assert len(found) == 1, found
    assert speaker.lower() in found[0][0].lower()
    assert found[0][1] == category


@pytest.mark.parametrize(
    "text",
    [
        "The White House declined to comment.",
        "The shelling put them at risk.",
        "Officials did not say who was behind the bombing.",
        "Analysts believe the bomb was planted by the Islamic State.",
        "The minister is expected to visit Ankara next week.",
        "Pakistan did not expel the diplomats.",
        "If the rebels agree to talks, the war may end.",
        "The blast killed two soldiers.",
        "The gunmen met with heavy fire.",
        "The United States and Britain launched a new wave of strikes in Yemen, hitting 35 targets.",
        "The latest strike suggests that the administration is under pressure.",
        "The comments underscored that the balance is hard to keep.",
    ],
)
def test_no_act(nlp, text):
    assert acts(read(nlp, text)) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Germany will send 200 missiles to Ukraine.", "AGREE"),
        ("France will withdraw its troops from Niger.", "CONCEDE"),
        ("The European Union will impose sanctions on Georgia.", "THREATEN"),
    ],
)
def test_what_a_coming_act_counts_as(nlp, text, category):
    assert [c for _, c in acts(read(nlp, text))] == [category] or [c for _, c in acts(read(nlp, text))] == []


def test_what_a_speaker_adds_is_one_act(nlp):
    doc = read(nlp, "Al-Shabaab said it carried out the attack, adding that 20 soldiers had died.")
    assert len(doc._.statements) == 1


def test_a_quotation_on_both_sides_of_its_verb_is_one_act(nlp):
    doc = read(nlp, "“We were asleep,” Fatima Yusuf said. “Then they came.”")
    (statement,) = doc._.statements
    assert doc[statement.start : statement.end].text.endswith("came.”")


def test_each_of_two_named_speakers_acts(nlp):
    found = acts(read(nlp, "Malaysia and Indonesia have condemned the kidnappings."))
    assert found == [("Malaysia", "ACCUSE"), ("Indonesia", "ACCUSE")]


def test_a_gang_is_no_he(nlp):
    text = "The gang is led by Renel Destin. In a voice message he boasted that his men had cleaned the quarter."
    assert acts(read(nlp, text)) == [("Renel Destin", "STATEMENT")]


def test_two_acts_of_one_sentence(nlp):
    doc = read(nlp, "The Security Council condemned the coup and demanded the release of the president.")
    assert [c for _, c in acts(doc)] == ["ACCUSE", "REQUEST"]
    first, second = doc._.statements
    assert first.end <= second.start


def test_words_and_a_quotation_of_another_kind_are_two_acts(nlp):
    text = "Saeed Khatibzadeh said Joe Biden was heading in the wrong direction: “We recommend that he change his path.”"
    doc = read(nlp, text)
    assert [c for _, c in acts(doc)] == ["ACCUSE", "REQUEST"]


def test_the_quotation_is_without_its_marks(nlp):
    doc = read(nlp, 'Hassan Karim vowed a "fair and tangible" response.')
    (statement,) = doc._.statements
    assert statement.is_direct_quote
    assert doc[statement.quote[0] : statement.quote[1]].text == "fair and tangible"


def test_reported_words_are_no_direct_quote(nlp):
    (statement,) = read(nlp, "The army said the town had fallen.")._.statements
    assert not statement.is_direct_quote
    assert statement.quote is None


def test_who_is_accused_is_the_target(nlp):
    doc = read(nlp, "Israel accused Hezbollah of killing two soldiers.")
    (statement,) = doc._.statements
    assert doc._.actors[statement.target].name == "Hezbollah"


def test_the_saying_is_dated_not_the_deed(nlp):
    doc = read(nlp, "The army said on Tuesday that rebels had burned a village on Sunday.", date(2024, 3, 15))
    (statement,) = doc._.statements
    assert doc._.times[statement.said_on].date_start == date(2024, 3, 12)


def test_the_incident_it_is_about(nlp):
    doc = read(nlp, "Gunmen killed five soldiers in Kidal. The army said the attack lasted an hour.")
    statement = doc._.statements[-1]
    assert statement.report is not None


def test_statements_come_in_text_order_and_hold_their_words(nlp):
    doc = read(nlp, "Police said two men fled. Hamas condemned the raid. Turkey summoned the Swedish ambassador.")
    starts = [s.start for s in doc._.statements]
    assert starts == sorted(starts)
    assert all(s.start < s.end <= len(doc) for s in doc._.statements)


def test_talks_that_collapse_are_nobodys_words(nlp):
    assert acts(read(nlp, "The strikes may lead the nuclear talks to collapse.")) == []


def test_who_is_to_strike_is_not_who_is_threatened(nlp):
    doc = read(nlp, "Kirby said that President Biden would not let the deaths go unanswered.")
    assert [(doc._.actors[s.speaker].name, s.category, s.target) for s in doc._.statements] == [("Kirby", "THREATEN", None)]


def target(doc) -> str | None:
    (statement,) = doc._.statements
    return None if statement.target is None else doc._.actors[statement.target].name


@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        ("Nasser agreed to talks about the port that General Haftar seized.", None),
        ("The minister called for a new effort to repatriate and prosecute ISIS prisoners held in Syria.", None),
        ("Russia condemned the village raid which Hezbollah carried out.", "Hezbollah"),
        ("The French foreign minister called for an end to attacks by Hezbollah on Israel.", "Hezbollah"),
    ],
)
def test_who_is_told_of_beside_what_is_asked_is_not_asked(nlp, text, addressed):
    assert target(read(nlp, text)) == addressed


def test_a_strike_that_was_ordered_was_no_request(nlp):
    assert acts(read(nlp, "The president ordered a second airstrike on Kharkiv.")) == []
    assert acts(read(nlp, "The president ordered the militia to disarm.")) == [("president", "REQUEST")]


def test_a_spokesman_of_a_ministry_threatens_no_soldiers_of_his_own(nlp):
    text = '"Three American soldiers were killed," said Amal Reed, spokesman of the US defence ministry. "We will respond."'
    doc = read(nlp, text)
    assert [(s.category, s.target) for s in doc._.statements] == [("THREATEN", None)]
