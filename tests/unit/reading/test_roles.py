"""Who did what to whom with what, in every construction, read with the bundled model."""

from __future__ import annotations

import pytest
from told import fillers, read

CASES = [
    # voices
    ("Gunmen attacked a bus near Aleppo.", "initiator", ["Gunmen"]),
    ("Gunmen attacked a bus near Aleppo.", "target", ["bus"]),
    ("Gunmen attacked a bus near Aleppo.", "place", ["Aleppo"]),
    ("Mayor Juan Perez was gunned down by two men outside his home.", "victim", ["Mayor Juan Perez"]),
    ("Mayor Juan Perez was gunned down by two men outside his home.", "initiator", ["two men"]),
    # nominal triggers
    ("US strikes on Iran-backed militias killed four militiamen.", "initiator", ["US"]),
    ("US strikes on Iran-backed militias killed four militiamen.", "target", ["Iran-backed militias"]),
    ("The killing of Ahmed Khan by militants sparked protests.", "victim", ["Ahmed Khan"]),
    ("The killing of Ahmed Khan by militants sparked protests.", "initiator", ["militants"]),
    ("Israel's bombardment of Gaza continued.", "initiator", ["Israel"]),
    # light verbs
    ("Militias launched an attack against the base.", "initiator", ["Militias"]),
    ("Militias launched an attack against the base.", "target", ["base"]),
    ("US carries out air strikes against Iran backed militia", "target", ["militia"]),
    # participles, control, relative clauses, coordination
    ("Rebels stormed the town, killing three policemen.", "victim", ["three policemen"]),
    ("The government took the step of attacking rebel positions.", "initiator", ["government"]),
    ("The men who attacked the convoy fled.", "initiator", ["men"]),
    ("Guerrillas blew up a pipeline and kidnapped three engineers.", "victim", ["three engineers"]),
    # means are no doers
    ("A Russian missile hit an apartment building in Kharkiv.", "weapon", ["Russian missile"]),
    ("A Russian missile hit an apartment building in Kharkiv.", "initiator", ["Russian"]),
    ("The drone crashed into the base.", "initiator", []),
    ("Terrorists threw a grenade at the police station.", "weapon", ["grenade"]),
    ("Two rockets were launched against the base.", "weapon", ["Two rockets"]),
    ("Two rockets were launched against the base.", "initiator", []),
    # who backs is no doer
    ("Attacks by Iran-backed militias continued on Sunday.", "initiator", ["Iran-backed militias"]),
    # nobody is nobody
    ("Nobody claimed the attack on the mosque.", "initiator", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "role", "expected"), CASES, ids=[f"{s} {r}" for s, r, _ in CASES])
def test_fillers(sentence, role, expected):
    assert fillers(read(sentence), role) == expected


@pytest.mark.parametrize(
    ("sentence", "who", "attribution"),
    [
        ("The Taliban claimed responsibility for the bombing of the embassy.", "Taliban", "claimed"),
        ("Police blamed the Taliban for the bombing of the embassy.", "Taliban", "blamed"),
        ("The Taliban denied responsibility for the bombing of the embassy.", "Taliban", "denied"),
        ("Suspected Taliban militants attacked the embassy.", "Suspected Taliban militants", "suspected"),
    ],
)
def test_responsibility_is_recorded_as_attributed(sentence, who, attribution):
    doc = read(sentence)
    found = {(doc[a.start : a.end].text, a.attribution) for e in doc._.events for a in e.arguments if a.role == "initiator"}
    assert (who, attribution) in found


def test_who_claims_is_also_the_claimant():
    assert fillers(read("The Taliban claimed responsibility for the bombing of the embassy."), "claimant") == ["Taliban"]


def test_a_time_of_the_report_is_not_the_time_of_the_event():
    doc = read("A spokesman told reporters on Friday that rebels had attacked the town.")
    assert [e.time for e in doc._.events] == [None]


def test_counts_of_attacks_and_targets_are_bounds():
    doc = read("Militias have launched at least 165 attacks against US forces since October.")
    assert doc._.events[0].attack_count == (165, None)
    assert doc._.events[0].is_aggregate
    doc = read("The strikes on Friday night hit about 85 targets across Iraq and Syria.")
    assert doc._.reports[0].target_count == (85, 85)
    assert not doc._.reports[0].is_aggregate
