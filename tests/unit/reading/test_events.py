"""Which words tell a physical event, of what kind, in single sentences read with the bundled model."""

from __future__ import annotations

import pytest
from told import kinds_of

TOLD = [
    ("Gunmen attacked a bus near Aleppo on Sunday.", "other_attack"),
    ("Five soldiers were killed in an ambush in northern Mali.", "ground_assault"),
    ("Israeli warplanes bombed the village overnight.", "airstrike"),
    ("The army carried out a wave of airstrikes against rebel positions.", "airstrike"),
    ("A Russian missile hit an apartment building in Kharkiv.", "missile_attack"),
    ("Rockets landed near the airport on Monday.", "rocket_attack"),
    ("The militia fired seven rockets at the base.", "rocket_attack"),
    ("A drone crashed into the refinery.", "drone_attack"),
    ("There have been at least five drone attacks since April.", "drone_attack"),
    ("A car bomb exploded outside the ministry.", "bombing"),
    ("An explosion tore through a market in Baghdad, killing 20 people.", "bombing"),
    ("A suicide bomber blew himself up at a checkpoint.", "suicide_bombing"),
    ("The mayor was gunned down outside his home.", "shooting"),
    ("Police opened fire on the marchers.", "shooting"),
    ("A guard was found shot to death in the park.", "shooting"),
    ("The town came under fire.", "shooting"),
    ("Government forces shelled the hospital.", "shelling"),
    ("Mortar bombs were fired at the town.", "shelling"),
    ("The president was assassinated in 1989.", "assassination"),
    ("Rebels kidnapped three engineers.", "kidnapping"),
    ("They took nine villagers hostage.", "kidnapping"),
    ("Pirates seized the tanker off Somalia.", "seizure_of_ship"),
    ("The air force shot down two drones over the Red Sea.", "interception"),
    ("Houthi fighters have attacked commercial vessels in the Red Sea for months.", "naval_attack"),
    ("Masked men set fire to the warehouse.", "arson"),
    ("The bandits robbed the bank.", "robbery"),
    ("Police arrested three suspected militants.", "arrest"),
    ("Soldiers captured two suspected rebels.", "arrest"),
    ("Clashes between the army and rebels left 12 dead.", "ground_assault"),
    ("Fighters from the Islamic State group stormed the prison.", "ground_assault"),
    ("Clashes resumed in Kodok and its outskirts on 25 November.", "ground_assault"),
    ("Fighting broke out in the old town on Friday.", "ground_assault"),
    ("Shots were exchanged near the temple on Monday.", "ground_assault"),
    ("The army pushed back an attempt to enter the town.", "ground_assault"),
    ("A patrol boat opened up with its machine gun on a canoe.", "shooting"),
    ("Three peacekeepers lost their lives in Dekoa on 25 December.", "other_attack"),
    ("Five soldiers fell as martyrs on Wednesday.", "other_attack"),
    ("A nurse succumbed on Friday to her wounds.", "other_attack"),
    ("Rangers lost legs to landmines near the border.", "bombing"),
    ("A convoy heading for Debark was waylaid at Limalimo.", "ground_assault"),
    ("There was shooting throughout Tuesday in Lalibela.", "shooting"),
    ("A mob in Lira town beat to death a man on Friday.", "other_attack"),
    ("Fighters overran the town, carting off eleven technicians.", "ground_assault"),
]  # fmt: skip

NOT_TOLD = [
    'The adviser shot back on Twitter: "The only killers here are those they pay."',
    "Drivers of lorries have been on strike since Friday and have blockaded the port.",
    "In rugby, Samoa hammered Tonga by 34 points in Apia.",
    "The teachers went on strike over pay.",
    "The two sides struck a deal on Monday.",
    "He suffered a heart attack.",
    "A strike by bin-men was blamed for a plague of rats.",
    "The opposition sharply attacked the budget plan.",
    "The villages were hit by an earthquake.",
    "The economy was hit by sanctions.",
    "The president fired his defence minister.",
    "Home side Metalist were bombarded for 90 minutes before the striker scored.",
    "The senate killed the bill.",
    "The peso continues to be ambushed by speculators.",
    "Attack helicopters were delivered in May.",
    "The captured fighters were released.",
    "Pupils threw stones at the gate of the school.",
    "The whole city is being held hostage by the dispute.",
    "The union says foreign firms are plundering the nation's resources.",
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind"), TOLD, ids=[s for s, _ in TOLD])
def test_an_act_of_violence_has_its_kind(sentence, kind):
    assert kind in kinds_of(sentence)


@pytest.mark.parametrize("sentence", NOT_TOLD)
def test_words_of_violence_in_other_senses_tell_nothing(sentence):
    assert kinds_of(sentence) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A column sent from Hombori jumped on a mine on Tuesday.", ["bombing"]),
        ("Their truck drove over a landmine near the border.", ["bombing"]),
        ("An army vehicle hit a mine outside Gao.", ["bombing"]),
        ("Two men accused of guiding the attackers have been detained.", ["arrest"]),
        ("Witnesses say a shell hit tents west of Rafah.", ["shelling"]),
        ("A rocket landed near the camp on Monday.", ["rocket_attack"]),
        ("The militants were driven out in March by troops from Chad.", ["ground_assault"]),
        ("The driver hit a wall.", []),
    ],
)
def test_mines_falling_weapons_and_detentions(text, kinds):
    assert kinds_of(text) == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A cargo ship was stormed from a helicopter.", "seizure_of_ship"),
        ("Gunmen intercepted a humanitarian convoy near Minova.", "other_attack"),
        ("The frigate intercepted four drones over the Red Sea.", "interception"),
        ("Two brothers were captured in Ankara.", "arrest"),
        ("She was captured at the border.", "arrest"),
        ("Radio reports spoke of the capture of the murderers of the mayor.", "arrest"),
        ("Three soldiers were captured near the river.", "kidnapping"),
        ("Rebels captured a doctor near the river.", "kidnapping"),
        ("Two aid workers were captured, and a ransom was demanded.", "kidnapping"),
    ],
)
def test_what_is_taken_or_stopped_decides_the_kind(text, kind):
    assert kinds_of(text) == [kind]
