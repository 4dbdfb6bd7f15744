"""Whether an event is told as a fact, in single sentences read with the bundled model."""

from __future__ import annotations

import pytest
from told import read

ACTUAL = [
    "Gunmen attacked a bus.",
    "The ministry said rebels had attacked the town.",
    "The rebels were accused of killing two priests.",
    "The army did not say who attacked the convoy.",
    "Facilities were used to launch drone attacks against US forces.",
    "Rebels managed to shoot down a helicopter.",
    "The government vowed to avenge the killing of the mayor.",
    "Rebels attacked the base. The attacks could risk stoking tensions.",
    "The church demanded that the government investigate the murder of the priests.",
    "Two bombs exploded, and the attack was condemned by all parties.",
    "Baku does not give its losses but says rebels attacked a school.",
    "Police sought the men who have attacked two villages since Monday.",
    "Four people are now known to have died in the artillery attack.",
    "Police announced the arrest of two members of the group.",
]  # fmt: skip
NOT_ACTUAL = [
    ("Two men accused of plotting to bomb the office were in court.", "hypothetical"),
    ("The rebels will attack the capital.", "future"),
    ("A judge has ordered the arrest of two members of the group.", "hypothetical"),
    ("The rebels said they would attack the capital.", "hypothetical"),
    ("Iran threatened to attack the base.", "threat"),
    ("The militia vowed to strike the airport.", "threat"),
    ("The general warned of further attacks.", "hypothetical"),
    ("The troops were sent to prevent further attacks.", "hypothetical"),
    ("If Iran attacks the base, troops will leave.", "hypothetical"),
    ("The army did not attack the village.", "negated"),
    ("No attacks were reported.", "negated"),
    ("No one was injured.", "negated"),
    ("The minister denied that troops had shelled the hospital.", "negated"),
    ("The ministry denies the rumour, spread on social networks, according to which rebels had seized the post.", "negated"),
    ("Police foiled an attack on the embassy.", "negated"),
    ("Schools could be bombed.", "hypothetical"),
    ("He planned to kill the president.", "future"),
    ("I am not advocating hitting Iran.", "hypothetical"),
    ("Officials cannot rule out attacks on the base.", "hypothetical"),
    ("Attacks on civilians are war crimes.", "generic"),
    ("Anyone who attacks us pays for it.", "generic"),
    ("Masked men fired a volley over the coffin on Monday.", "generic"),
    ("They will wait until Israel's military operations in Gaza end.", "generic"),
    ("Officials spoke of the militia groups that have attacked army positions.", "generic"),
    ("The order to kill the Jesuits came from above.", "hypothetical"),
    ("The patrol had the aim of ambushing a convoy.", "hypothetical"),
]  # fmt: skip


@pytest.mark.parametrize("text", ACTUAL)
def test_facts_claims_of_fact_and_presuppositions_are_actual(text):
    doc = read(text)
    assert doc._.events
    assert doc._.events[-1].realis == "actual"


@pytest.mark.parametrize(("text", "realis"), NOT_ACTUAL, ids=[s for s, _ in NOT_ACTUAL])
def test_what_is_only_imagined_threatened_or_denied_is_not_actual(text, realis):
    doc = read(text)
    assert doc._.events[0].realis == realis
    assert doc._.reports == []


def test_a_movement_and_its_purpose_are_told_as_done():
    doc = read("The sect crossed the lake to attack Ngouboua.")
    assert [e.realis for e in doc._.events] == ["actual"]


def test_an_attack_that_was_aimed_at_something_was_made():
    [event] = read("One attack was aimed at the fuel depot on Monday.")._.events
    assert event.realis == "actual"
    assert [a.role for a in event.arguments] == ["target"]


def test_what_is_to_be_prevented_is_not_told_as_done():
    assert [e.realis for e in read("Measures were taken to prevent judges from being murdered.")._.events] == [
        "hypothetical"
    ]


def test_what_stands_under_a_heading_of_rumours_is_not_told_as_done():
    doc = read(
        "Claims to treat with caution:\n• Rebels shot down a jet near Surin - the photo is old.\n"
        "• Gunmen killed five farmers - no.\n\nGunmen attacked a bus in Surin on Monday."
    )
    assert [e.realis for e in doc._.events if doc[e.trigger].text != "attacked"] == ["negated"] * 2
    assert [e.realis for e in doc._.events if doc[e.trigger].text == "attacked"] == ["actual"]
