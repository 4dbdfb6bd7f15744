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
    ("US carries out air strikes against Iran backed militia", "target", ["Iran backed militia"]),
    # participles, control, relative clauses, coordination
    ("Rebels stormed the town, killing three policemen.", "victim", ["three policemen"]),
    ("The government took the step of attacking rebel positions.", "initiator", ["government"]),
    ("The men who attacked the convoy fled.", "initiator", ["men"]),
    ("Guerrillas blew up a pipeline and kidnapped three engineers.", "victim", ["three engineers"]),
    ("Soldiers stopped ambulances, a doctor told the radio, and fired twice at a vehicle.", "initiator", ["Soldiers"]),
    ("In retaliation youths burned down a health post.", "initiator", ["youths"]),
    ("It began when more than 100 fighters attacked from the east, raiding two banks.", "target", ["two banks"]),
    # where onlookers are, and whose things are, is not where it happened
    ("Officials in Baghdad raised concerns about the airstrikes.", "place", []),
    ("Like the militias in Iraq, the Houthis attacked ships in the Red Sea.", "place", ["Red Sea"]),
    ("The Houthis have linked their attacks to the war in Gaza.", "place", []),
    ("Rebels fired on US positions near Deir ez-Zor.", "place", ["Deir ez-Zor"]),
    ("A priest who had been dean of the university in Managua was murdered on Friday.", "place", []),
    # a target told by the name of where it is; beside, between, at a distance, "where"
    ("In June 2001 the group raided the town of Lamitan.", "place", ["Lamitan"]),
    ("Men entered the village of Foube and executed 21 people.", "place", ["Foube"]),
    ("Unknown persons launched two grenades against the barracks of Elgoibar.", "place", ["Elgoibar"]),
    ("Earlier, at a falafel stall by Bab al-Sharji, a bomb had killed nine.", "place", ["Bab al-Sharji"]),
    ("A landmine blew up a bus between Dantewada and Sukma.", "place", ["Dantewada", "Sukma"]),
    ("It was hit by a missile 54 nautical miles south-west of Aden.", "place", ["Aden"]),
    ("Gunmen shot dead a professor in Mosul, 390 km north of Baghdad.", "place", ["Mosul"]),
    ("The ELN blew up an oil pipeline near another town called Calamar on Sunday.", "place", ["Calamar"]),
    ("At the centre of the quarrel is Cuito, where UNITA gunners killed 31 people on Sunday.", "place", ["Cuito"]),
    # means are no doers
    ("A Russian missile hit an apartment building in Kharkiv.", "weapon", ["Russian missile"]),
    ("A Russian missile hit an apartment building in Kharkiv.", "initiator", ["Russian"]),
    ("The drone crashed into the base.", "initiator", []),
    ("Terrorists threw a grenade at the police station.", "weapon", ["grenade"]),
    ("Two rockets were launched against the base.", "weapon", ["Two rockets"]),
    ("Two rockets were launched against the base.", "initiator", []),
    ("A Russian Iskander missile has slammed into a hotel in Kramatorsk.", "initiator", ["Russian"]),
    ("A mine presumably laid by Boko Haram exploded under a cart near Dori.", "initiator", ["Boko Haram"]),
    ("Suicide boats of the rebels' naval arm rammed and sank a patrol craft off Mullaitivu.", "initiator", ["rebels"]),
    ("A villager was killed by an army howitzer shell in 2014.", "initiator", ["army"]),
    (
        "Gunmen shelled the parliament, and soldiers answered with rockets that slammed into a market, killing 17 people.",
        "initiator",
        ["Gunmen", "soldiers"],
    ),
    ("Its rival, the Bangsamoro Islamic Freedom Fighters, struck an outpost with grenades.", "initiator", ["Its rival"]),
    # whose guns, whose men, and who is called what
    ("Rebel artillery rained down on the city of Kuito on Wednesday.", "initiator", ["Rebel"]),
    ("The village was shelled by rebel gunners on Friday.", "initiator", ["rebel gunners"]),
    ("A corporal named Foday Kargbo crossed the border and seized the town of Bomaru.", "initiator", ["Foday Kargbo"]),
    ("A patrol was hit in an ambush laid by the rebels near Aleppo.", "initiator", ["rebels"]),
    ("Remnants of the militia planted a mine that exploded under a bus.", "initiator", ["Remnants of the militia"]),
    ("Armed elements attacked the island on 16 November.", "initiator", ["Armed elements"]),
    # charges that name no deed, and evidence
    ("A convoy was ambushed near Bouar on Monday. Witnesses blame soldiers of the guard.", "initiator", ["soldiers of the guard"]),
    ("A bus was attacked near Bouar on Monday. There are indications pointing to the 3R militia.", "initiator", ["3R militia"]),
    ("A post was attacked near Bouar on Monday. Boko Haram is suspected to be behind it.", "initiator", ["Boko Haram"]),
    # an attack beaten back was made by others
    ("Government troops pushed back an incursion near Damara on Saturday.", "initiator", []),
    ("Government troops pushed back an incursion near Damara on Saturday.", "target", ["Government troops"]),
    # who announces an arrest made it
    ("Three suspected rebels were arrested near Gao on Monday, the Malian army said.", "initiator", ["the Malian army"]),
    ("The Houthis said two suspected spies were arrested in Hodeidah.", "initiator", []),
    # an object behind an aside
    ("The army eliminated, on the night of 12 March, four dangerous terrorists.", "victim", ["four dangerous terrorists"]),
    # a bare participle that took the subject
    ("Fourteen civilians, including five women burned inside their homes, were killed in Aburoc.", "victim", ["Fourteen civilians"]),
    # who attacks is none of those who suffer
    ("Twenty-nine soldiers died when armed men on motorbikes overran a camp at Mondoro.", "initiator", ["armed men"]),
    ("Nurhaida Asiri, whose cousin was killed by shelling in 2014, fled.", "victim", ["cousin"]),
    ("Gunmen shot their way into a hotel in Mogadishu.", "target", ["hotel"]),
    ("Mondoro, close to the border, was attacked by rebels last September.", "target", ["Mondoro"]),
    # who backs is no doer
    ("Attacks by Iran-backed militias continued on Sunday.", "initiator", ["Iran-backed militias"]),
    # participles
    ("This is the fourth reporter riddled with bullets by unidentified gunmen in Karachi.", "victim", ["fourth reporter"]),
    ("This is the fourth reporter riddled with bullets by gunmen in Karachi.", "initiator", ["gunmen"]),
    ("The senator accused the former minister of having ordered the killing of a reporter.", "initiator", ["former minister"]),
    # nobody is told of
    ("The force of the explosion injured many people in Beirut.", "initiator", []),
    ("The murdered victims were found in Beirut.", "victim", []),
    # members of lists
    (
        "Bishop Juan Perez, other priests, and a driver were killed on Monday.",
        "victim",
        ["Bishop Juan Perez", "other priests", "driver"],
    ),
    (
        "The murder of Dr Carlos Castro, his wife, and two other people shocked the town.",
        "victim",
        ["Dr Carlos Castro", "his wife", "two other people"],
    ),
    (
        "The killings of a judge, a police commander, and a clerk shocked the town.",
        "victim",
        ["judge", "police commander", "clerk"],
    ),
    ("Killed in the explosion were a street vendor and a young man.", "victim", ["street vendor", "young man"]),
    (
        "Four peasants were murdered, identified as Jose Jimenez, Pedro Cortez, and Juan Ordaz.",
        "victim",
        ["Four peasants", "Jose Jimenez", "Pedro Cortez", "Juan Ordaz"],
    ),
    ("The men fired three mortar rounds at random.", "target", []),
    ("The whereabouts of seven students, kidnapped by gunmen in Kano, remain unknown.", "victim", ["seven students"]),
    # what is used
    ("The militants used explosives against the town hall.", "weapon", ["explosives"]),
    ("The militants used explosives against the town hall.", "target", ["town hall"]),
    ("The rebels used mortars to attack the embassy.", "weapon", ["mortars"]),
    ("The murder by gunfire of two aid workers shocked everybody.", "victim", ["two aid workers"]),
    ("The rebels set two schools and several houses on fire in Goma.", "target", ["two schools", "several houses"]),
    ("Men threw a grenade at a bus on kilometer 6 of the road to Mombasa.", "target", ["bus"]),
    # lists and phrases
    ("Soldiers killed the Jesuits, their cook, and the cook's daughter.", "victim", ["Jesuits", "their cook", "cook's daughter"]),
    ("Castellar was kidnapped by a group of armed men, who fled.", "initiator", ["group of armed men"]),
    ("Castellar was kidnapped by a group of armed men, who fled.", "victim", ["Castellar"]),
    ("The bomb was planted by two individuals wearing masks.", "initiator", ["two individuals"]),
    ("The killing of two sarpanches shocked the valley.", "victim", ["two sarpanches"]),
    # whose is not where
    ("A car bomb exploded at the U.S. embassy in Lima.", "place", ["Lima"]),
    ("Rebels attacked the Israeli consulate in Lagos.", "place", ["Lagos"]),
    ("A rocket hit a base in Iraq.", "place", ["Iraq"]),
    # names taken for places, of whom acts tell that only people suffer
    ("In 1986 Guillermo Cano, the director of the newspaper El Espectador, was murdered.", "victim", ["Guillermo Cano"]),
    ("The kidnapping of Delgado Parker shocked Lima.", "victim", ["Delgado Parker"]),
    # the blamed behind a phrase of the act's own
    ("The government attributed the murder of the labor leader to the FMLN.", "initiator", ["FMLN"]),
    # parts of a building, and ways on which something happens
    ("The attack damaged the front of the building.", "target", ["building"]),
    ("Rebels fired on 13th street at the police station.", "target", ["police station"]),
    # one person under several descriptions, and who several people were
    ("The politician, lawyer, and former ambassador to Italy was kidnapped.", "victim", ["politician"]),
    ("The injured were 19-year-old Robinson Ramirez, and 40-year-old Hugo Morales.", "victim", ["Robinson Ramirez", "Hugo Morales"]),
    # escapes
    ("The mayor was unhurt in the bombing.", "target", ["mayor"]),
    ("The minister escaped unhurt from an attack.", "target", ["minister"]),
    # acts, hours and those who were not it take no part
    ("He recommended the strikes and said they hit the right targets.", "initiator", []),
    ("It was not the rebels who attacked the school.", "initiator", []),
    ("Rebels attacked the base at approximately 2130.", "target", ["base"]),
    # charges and presumptions
    ("Two men were charged with participating in the murder of the judge.", "initiator", ["Two men"]),
    ("He protested the murder of Carlos Valencia, presumably by paid assassins.", "initiator", ["paid assassins"]),
    ("Troops foiled an attempt by the rebels to kidnap the minister.", "initiator", ["rebels"]),
    ("Several men arrived. One of them opened fire on the people.", "initiator", ["Several men"]),
    ("The militia masterminded the assassination of Guillermo Cano.", "initiator", ["militia"]),
    # planted before something
    ("Police defused a bomb planted in front of the Salvadoran embassy.", "target", ["Salvadoran embassy"]),
    # whoever did it and who denies it are no doers
    ("The people responsible for the bombing of the bus fled.", "initiator", []),
    ("Polay is not responsible for the kidnapping of the mayor.", "initiator", []),
    ("No group or organization has claimed the attack on the mosque.", "initiator", []),
    # all who are accused, and nobody who accuses
    (
        "Amnesty International accused the army, the rebels and a contractor of killing hundreds of civilians last year.",
        "initiator",
        ["army", "rebels", "contractor"],
    ),
    # who stands behind a preposition, in a frame of blame or behind an aside did nothing, who is under attack suffers
    ("Rebels loyal to former vice president Riek Machar attacked a garrison at Malakal.", "initiator", ["Rebels"]),
    ("The army blamed the attack on the Allied Democratic Forces.", "target", []),
    ("Soldiers raided the town of Kadugli, witnesses said, hitting a school.", "initiator", ["Soldiers"]),
    ("Peacekeepers came under attack by UPC rebels near Bambari.", "initiator", ["UPC rebels"]),
    ("Two people died in Iranian missile and drone strikes on bases near Erbil.", "initiator", ["Iranian"]),
    ("A drone operated by the cartel dropped explosives on a house.", "initiator", ["cartel"]),
    ("The rebel militia, the Sultan Murad Division, shelled a village.", "target", ["village"]),
    # things that are hit
    ("The blast tore through a mosque in Peshawar.", "target", ["mosque"]),
    ("The junta's troops set fire to 60 homes in Kinma.", "target", ["60 homes"]),
    ("Armed men sprayed a checkpost with bullets in Imphal.", "target", ["checkpost"]),
    ("A bomb planted by rebels ripped through a police vehicle, killing 15.", "victim", ["15"]),
    ("Rockets fired from Gaza by Palestinian militants hit a house in Ashkelon.", "initiator", ["Palestinian militants"]),
    ("The killing of four teachers was blamed on al-Shabab.", "victim", ["four teachers"]),
    ("Nigerian jets hammered militant positions near Baga.", "target", ["militant positions"]),
    # who stands behind a deed in a clause of its own
    ("The mayor told the radio that criminals were behind the attack in Kanyosha.", "initiator", ["criminals"]),
    # what is laid at a door is not laid in wait
    ("Eight people died in shootings that prosecutors lay at the door of Los Lobos.", "initiator", ["Los Lobos"]),
    ("A bomb believed to have been planted by Boko Haram went off under a bus near Dori.", "initiator", ["Boko Haram"]),
    ("A Filipino seaman burned to death on the tanker after the missile strike.", "victim", ["Filipino seaman"]),
    ("Five men were gunned down by miscreants in Imphal.", "initiator", ["miscreants"]),
    # entering, taking and striking in words less common
    ("Gunmen burst into a bar in Bujumbura on Saturday.", "target", ["bar"]),
    ("Rebels broke into the cathedral on Monday and cut down three priests.", "victim", ["three priests"]),
    ("A delegate was bundled into a truck by masked militiamen.", "victim", ["delegate"]),
    ("A sniper picked off a woman at the gate.", "victim", ["woman"]),
    ("Villagers set upon northern traders in Crater.", "victim", ["northern traders"]),
    ("Two employees were wounded near Zalingei when bandits riddled their car.", "initiator", ["bandits"]),
    ("A car bomber rammed a police station in Aden.", "target", ["police station"]),
    ("Helicopters of the U.S. Army sank three gunboats near Farsi Island.", "target", ["three gunboats"]),
    # what is a target, and what is laid on whom
    ("The presidential residence was the target of an attack tonight.", "target", ["presidential residence"]),
    ("The court placed the responsibility for the murder of the priests on two officers.", "initiator", ["two officers"]),
    ("We hold the high command responsible for this new terrorist attack.", "initiator", ["high command"]),
    ("The explosion damaged the windows of the Salvadoran consulate in Santiago.", "target", ["Salvadoran consulate"]),
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


def test_a_day_of_telling_ends_its_clause():
    doc = read("Twenty-nine soldiers died when armed men overran a camp at Mondoro, the army said Tuesday, in a heavy loss.")
    assert {e.time for e in doc._.events} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "This image taken from a local channel on February 19, 2021 shows damage following a rocket attack in Erbil.",
        "He ordered the second such strike against militias since his inauguration in January.",
    ],
)
def test_the_day_of_a_picture_or_of_a_beginning_is_not_the_day_of_the_act(text):
    assert {e.time for e in read(text)._.events} == {None}


def test_a_span_of_time_ago_is_of_the_noun_before_it():
    doc = read("The image shows damage following a rocket attack two days ago - rockets are raining down in attacks again.")
    dated = [doc[e.trigger].text for e in doc._.events if e.time is not None]
    assert dated == ["attack"]


def test_the_day_of_two_deeds_dates_both():
    doc = read("Unidentified armed men offloaded and killed nine passengers of a bus on the highway late on Friday night.")
    (event,) = [e for e in doc._.events if doc[e.trigger].text == "killed"]
    assert event.time is not None
    assert "Friday" in doc[doc._.times[event.time].start : doc._.times[event.time].end].text


def test_a_day_behind_following_is_of_the_attack_that_was_followed():
    doc = read(
        "Following the despicable attack on Chadian troops at Boma on 23 March, the air component struck camps at Baga."
    )
    assert [(doc[e.trigger].text, e.time is not None) for e in doc._.events] == [("attack", True), ("struck", False)]


def test_counts_of_attacks_and_targets_are_bounds():
    doc = read("Militias have launched at least 165 attacks against US forces since October.")
    assert doc._.events[0].attack_count == (165, None)
    assert doc._.events[0].is_aggregate
    doc = read("The strikes on Friday night hit about 85 targets across Iraq and Syria.")
    assert doc._.reports[0].target_count == (85, 85)
    assert not doc._.reports[0].is_aggregate


@pytest.mark.parametrize(
    ("text", "who", "attribution"),
    [
        ("A bomb exploded in the market. The Taliban claimed credit for the action.", "Taliban", "claimed"),
        ("Four soldiers were killed on Monday. The Taliban claimed responsibility.", "Taliban", "claimed"),
        ("Two mayors were shot dead. Police said it was the work of the Shining Path.", "Shining Path", "suspected"),
        ("A bomb exploded in the market. Officials said Al-Shabab was behind the action.", "Al-Shabab", "asserted"),
        ("Two mayors were shot dead in Lima. Suspicion fell on the Shining Path.", "Shining Path", "suspected"),
        ("Rebels blamed the Salvadoran army for the murder of ten workers.", "Salvadoran army", "blamed"),
        ("A depot was hit by a blast in an attack which officials blamed on Ukrainian drones.", "Ukrainian", "blamed"),
        ("A bomb hit a church in Jolo. The governor laid the crime at the door of Abu Sayyaf.", "Abu Sayyaf", "blamed"),
        ("The governor pointed the finger at Abu Sayyaf for the massacre of 20 villagers.", "Abu Sayyaf", "blamed"),
        ("Gunmen shot dead nine passengers. The attackers were members of Boko Haram.", "Boko Haram", "asserted"),
        ("Suspicion fell on Boko Haram after 12 villagers were hacked to death in Beni.", "Boko Haram", "suspected"),
        (
            "Gunmen shot dead nine passengers. The gunmen are believed to be followers of Boko Haram.",
            "Boko Haram",
            "suspected",
        ),
        ("Gunmen shot dead nine passengers. Police said the attackers belonged to Boko Haram.", "Boko Haram", "asserted"),
        ("A bomb hit a market in Dili. For that he holds the Taliban responsible.", "Taliban", "blamed"),
        ("Gunmen raided a market. The governor put it down to the Taliban.", "Taliban", "blamed"),
        (
            "A bomb went off in Morales, authorities said, blaming dissidents of Boko Haram.",
            "dissidents of Boko Haram",
            "blamed",
        ),
        ("Gunmen raided a studio. He identified them as members of Boko Haram.", "Boko Haram", "blamed"),
        (
            "Three men were gunned down. The forum alleged that the attackers were cadres of Boko Haram.",
            "Boko Haram",
            "blamed",
        ),
        ("Gunmen raided a camp. The Taliban claimed responsibility, saying the raid was a reply.", "Taliban", "claimed"),
        (
            "Two shells hit a camp. Residents said the shots came from a battery of the Wazalendo militia.",
            "Wazalendo militia",
            "blamed",
        ),
    ],
)
def test_responsibility_told_apart_from_the_act(text, who, attribution):
    doc = read(text)
    found = {(doc[a.start : a.end].text, a.attribution) for e in doc._.events for a in e.arguments if a.role == "initiator"}
    assert (who, attribution) in found


def test_nobody_claiming_responsibility_names_no_author():
    assert fillers(read("A bomb exploded in the market. No group claimed responsibility."), "initiator") == []


def _authors(text):
    doc = read(text)
    return {
        doc._.actors[a.actor].name
        for e in doc._.events
        for a in e.arguments
        if a.role == "initiator" and a.actor is not None
    }


def test_men_of_an_organisation_stand_for_it():
    assert "Boko Haram" in _authors("Three farmers were abducted by men of Boko Haram near Maiduguri.")


def test_undescribed_fighters_belong_to_the_only_group_of_the_text():
    text = "Hundreds of guerrillas attacked a police base. The Shining Path has fought since 1980."
    assert "Shining Path" in _authors(text)


def test_a_deed_that_no_group_has_claimed_is_not_given_to_the_only_group_of_the_text():
    text = (
        "Jihadists killed 37 people in a village. No group has claimed responsibility for the massacre, "
        "but Boko Haram has carried out attacks in the area."
    )
    killed, *_, attacks = read(text)._.events
    assert [a.role for a in killed.arguments] == ["initiator", "victim"]
    assert attacks.realis == "actual"


def test_undescribed_fighters_of_a_text_with_two_groups_stay_unnamed():
    text = "Hundreds of guerrillas attacked a police base. The Shining Path and the Taliban have fought since 1994."
    assert not _authors(text) & {"Shining Path", "Taliban"}


def _reported(text, role, title_end=0):
    """Names of the actors that the reports of a text hold in a role."""
    doc = read(text, title_end)
    return {doc._.actors[a.actor].name for r in doc._.reports for a in r.arguments if a.role == role and a.actor is not None}


def test_soldiers_and_named_people_killed_were_aimed_at():
    assert _reported("Gunmen killed three US soldiers near Aleppo on Monday.", "target") == {"US soldiers"}
    text = "In January 2020 the US launched a strike killing a senior military figure, Qasem Soleimani, in Baghdad."
    assert _reported(text, "target") == {"Qasem Soleimani"}


def test_civilians_killed_were_not_aimed_at_for_that_alone():
    assert _reported("A rocket hit a market in Aleppo, killing three civilians.", "target") == set()


def test_civilians_whom_somebody_kills_one_by_one_were_aimed_at():
    assert _reported("Fulani herdsmen killed 15 farmers in Benue on Monday.", "target") == {"farmers"}
    assert _reported("Two villagers were abducted by soldiers in Papun.", "target") == {"villagers"}


def test_forces_loyal_to_somebody_are_known_by_it():
    text = "Fighters allied to the Government of National Accord bombed a base on Saturday."
    assert _authors(text) == {"Government of National Accord"}
    assert _authors("Troops loyal to President Ouattara shelled a market in Abidjan.") == {
        "Troops loyal to President Ouattara"
    }


def test_men_said_to_belong_to_a_group_are_suspected_to_be_it():
    doc = read("Men believed to belong to Boko Haram killed four teachers in Dapchi.")
    found = [(a, a.attribution) for e in doc._.events for a in e.arguments if a.role == "initiator"]
    assert [(doc._.actors[a.actor].name, attribution) for a, attribution in found] == [("Boko Haram", "suspected")]


def test_the_same_group_that_attacks_is_no_company():
    text = "Al-Shabaab has fought since 2006. TotalEnergies halted work in Palma. In 2017 the same group attacked a station."
    assert _authors(text) == {"al-Shabaab"}


def test_people_of_a_creed_who_bear_arms_are_a_group():
    assert _reported("Maoists ambushed a patrol near Sukma on Monday.", "initiator") == {"Maoists"}
    assert _reported("Armed ethnic Fulani killed 20 people in Ngarbuh on Monday.", "initiator") == {"Fulani"}


def test_crowds_that_do_violence_are_told_apart_from_anybody():
    assert _reported("Villagers lynched three recruiters in Huanta in June.", "initiator") == {"villagers"}
    assert _reported("Armed men lynched three recruiters in Huanta in June.", "initiator") == set()


def test_an_adjective_is_no_officer():
    assert _reported("Major Maoist attacks in Chhattisgarh killed 20 people on Monday.", "initiator") == {"Maoist"}


def test_what_the_attackers_are_said_to_be_holds_for_all_they_did():
    text = (
        "Islamist insurgents overran the town of Palma on Monday. The attackers are members of a group known as al-Shabaab. "
        "Islamic State has praised the attack."
    )
    assert "al-Shabaab" in _reported(text, "initiator")


def test_a_building_that_is_hit_is_no_actor():
    assert _reported("Rebels raided two banks in Palma on Monday.", "target") == set()


def test_people_who_are_hit_are_victims():
    assert fillers(read("A boy was hit by a stray bullet in Tral on Monday."), "victim") == ["boy"]


def test_who_denies_an_act_told_elsewhere_is_on_record_for_it():
    text = "An air raid on a town near Donetsk killed 11 residents. Ukraine denied that its aircraft had bombed the town."
    (report,) = read(text)._.reports
    assert [(a.attribution, a.attributed_by is not None) for a in report.arguments if a.role == "initiator"] == [
        ("denied", True)
    ]


def test_a_name_after_a_description_of_one_person_is_the_victim():
    assert fillers(read("Gunmen assassinated a tribal elder, Haji Mirza Gul, in Kabul."), "victim") == ["Mirza Gul"]


def test_who_uses_a_place_that_is_struck_is_aimed_at():
    text = "The US military struck facilities used by militia factions, including Kataib Hezbollah, in Iraq."
    assert "Kataib Hezbollah" in _reported(text, "target")


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Gunmen ambushed a lorry of the World Food Programme near Kitgum.", "World Food Programme"),
        ("A barge hired by the World Food Programme was shot at by gunmen near Malakal.", "World Food Programme"),
        ("A bomb went off beside the car of Dimitri Sanakoev in Tskhinvali.", "Dimitri Sanakoev"),
        ("Interior Minister Ahmed Maysari, whose house was dynamited on Friday, fled Aden.", "Ahmed Maysari"),
    ],
)
def test_who_owns_what_is_hit_was_aimed_at(text, owner):
    assert owner in _reported(text, "target")


def test_a_time_before_a_description_is_no_part_of_it():
    assert _reported("A bomb hit a post near Morales. By nightfall rebel gunmen had killed 20 people.", "victim") == {
        "people"
    }


def test_positions_of_a_force_stand_for_it():
    assert "Boko Haram" in _reported("The air force struck Boko Haram logistics at Tumbun Gini.", "target")
    doc = read("Troops attacked Iran-backed militia positions near Aleppo.")
    targets = [a.actor for e in doc._.events for a in e.arguments if a.role == "target"]
    assert [doc._.actors[n].backer_iso3 for n in targets if n is not None] == ["IRN"]


def test_a_described_group_goes_by_the_name_it_is_organised_under():
    text = "The groups, organized under the umbrella of the Islamic Resistance in Iraq, attacked US forces on Monday."
    assert _authors(text) == {"Islamic Resistance in Iraq"}


def test_hallmarks_of_a_group_make_it_suspected():
    doc = read("A bomb killed ten traders in Maiduguri in an attack that bore the hallmarks of Boko Haram.")
    found = {(doc[a.start : a.end].text, a.attribution) for e in doc._.events for a in e.arguments if a.role == "initiator"}
    assert ("Boko Haram", "suspected") in found


def test_undescribed_forces_belong_to_the_only_state_that_acts():
    text = "The Israeli Air Force bombed Nabatieh on Monday. During the night, fighter jets attacked houses in Tyre."
    doc = read(text)
    assert {
        doc._.actors[a.actor].name for a in doc._.events[-1].arguments if a.role == "initiator" and a.actor is not None
    } == {"Israeli Air Force"}


def test_undescribed_aircraft_of_a_text_with_two_states_stay_unnamed():
    text = "The Israeli Air Force bombed Tyre. Syria shelled Haifa. During the night, fighter jets attacked houses in Sidon."
    assert not [a for a in read(text)._.events[-1].arguments if a.role == "initiator"]


def test_an_act_and_what_it_answers_are_two():
    text = "US jets bombed a camp near Aleppo on Friday in retaliation for the killing of three soldiers by militants in Jordan."
    assert len(read(text)._.reports) == 2


def test_they_before_said_is_not_the_group_it_stands_beside():
    doc = read("Iraqi militia groups named four members of the Badr faction they said were killed in the attack.")
    assert {doc._.actors[c.claimed_by].name for c in doc._.claims if c.claimed_by is not None} == {"Iraqi militia groups"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The militants were driven out of Konduga in Nigeria by troops from Chad.", "Chadian Armed Forces"),
        ("A bomb was defused by army experts in Northern Ireland.", "British Armed Forces"),
        ("Hizbul Mujahideen mourned. Hizb gunmen shot a policeman in Tral.", "Hizbul Mujahideen"),
        ("Colombian rebels claimed that their Eastern Bloc attacked the base in Calamar.", "Eastern Bloc"),
        ("The rebels were involved in the killing of two mayors. Police hunt the Shining Path.", "Shining Path"),
    ],
)
def test_who_acted_is_named(text, name):
    assert name in _authors(text)


def test_two_states_with_a_hyphen_act_together():
    assert _authors("US-UK airstrikes hit a port in Yemen on Monday.") == {"United States", "United Kingdom"}


def test_described_people_with_an_ethnic_name_have_an_identity():
    assert _reported("31 villagers were slaughtered by Dogon hunters in Ogossagou.", "initiator") == {"Dogon hunters"}


def test_a_headline_without_object_tells_who_was_harmed():
    doc = read("Four rebels gunned down in Tral encounter, soldier martyred")
    assert fillers(doc, "victim") == ["Four rebels", "soldier"]
    assert fillers(doc, "initiator") == []


def test_names_in_a_roll_of_dead_soldiers_are_no_targets_of_their_own():
    text = "Three US soldiers, Sgt. William Rivers and Sgt. Breonna Moffett, were killed by a drone in Jordan on Monday."
    assert not _reported(text, "target") & {"William Rivers", "Breonna Moffett"}


def test_an_attack_told_by_what_it_was_is_the_act_before():
    text = "A girl blew herself up at a market in Konduga, killing ten people in an attack that bore the hallmarks of Boko Haram."
    assert len(read(text)._.reports) == 1


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        # nominal acts under verbs of damage and of taking place
        ("Several vehicles were damaged by the explosion in Lima.", "target", ["Several vehicles"]),
        ("One bus was damaged as a result of the explosion of four bombs.", "target", ["One bus"]),
        ("The explosion took place at a bank branch in Lima.", "target", ["bank branch"]),
        ("The explosion took place in Lima.", "target", []),
        # doers that a broken or distant phrase names
        ("Five judges have been killed by hired assassins in Medellin.", "initiator", ["hired assassins"]),
        (
            "The attack was perpetrated in the city by alleged guerrilla commandos.",
            "initiator",
            ["alleged guerrilla commandos"],
        ),
        # a whole people is nobody in particular
        ("The army is killing the Salvadoran people.", "victim", []),
        ("The army killed ten people in San Salvador.", "victim", ["ten people"]),
    ],
)
def test_participants_of_what_is_told_indirectly(text, role, expected):
    assert fillers(read(text), role) == expected


@pytest.mark.parametrize(
    ("text", "who", "attribution"),
    [
        ("Officials accuse the Taliban of perpetrating the attack on the embassy in Kabul.", "Taliban", "blamed"),
        ("He was arrested because of the Taliban's suspected involvement in the murder of a judge.", "Taliban", "suspected"),
    ],
)
def test_charges_on_the_way_to_an_act(text, who, attribution):
    doc = read(text)
    found = {(doc[a.start : a.end].text, a.attribution) for e in doc._.events for a in e.arguments if a.role == "initiator"}
    assert (who, attribution) in found


def test_the_definite_after_a_count_tells_of_the_same_people():
    doc = read("Six Jesuits were murdered in San Salvador on Thursday. Soldiers killed the priests at night.")
    assert [doc[a.start : a.end].text for r in doc._.reports for a in r.arguments if a.role == "victim"] == ["Six Jesuits"]


def test_a_list_behind_a_colon_names_the_victims():
    text = "The following policemen died in combat: Major Carlos Farfan Correa, Captain Walter Moscoso Cardenas, and Lieutenant Walter Lopez."
    assert {"following policemen", "Captain Walter Moscoso Cardenas"} <= set(fillers(read(text), "victim"))


def test_a_state_involved_in_an_attack_did_not_do_it_for_that_alone():
    assert "Iran" not in _authors("Officials spoke of Iran's involvement in the attack on the base in Jordan.")


def test_a_presumed_sender_of_a_weapon_is_suspected():
    doc = read("A mine presumably laid by Boko Haram exploded under a cart near Dori on Friday.")
    assert [a.attribution for e in doc._.events for a in e.arguments if a.role == "initiator"] == ["suspected"]


def test_a_suicide_bomber_is_no_aircraft():
    doc = read("A suicide bomber attacked a hotel in Mogadishu.")
    assert [a.filler_type for e in doc._.events for a in e.arguments if a.role == "initiator"] == ["group"]


def test_an_inferred_state_force_is_suspected():
    doc = read("The Israeli Air Force bombed Tyre. During the night, fighter jets attacked houses in Sidon.")
    inferred = next(a for a in doc._.events[-1].arguments if a.role == "initiator")
    assert (inferred.attribution, doc._.actors[inferred.actor].name) == ("suspected", "Israeli Air Force")


def test_an_attack_told_again_by_its_blame_is_the_same():
    doc = read("Gunmen looted three aid lorries near Kutum, in an attack that the army blamed on Boko Haram.")
    assert len(doc._.reports) == 1
    assert "blamed" in {a.attribution for a in doc._.reports[0].arguments if a.role == "initiator"}


def test_a_duration_before_a_battle_is_no_number_of_battles():
    assert read("Soldiers died in a 16-hour gunbattle in Anantnag on Sunday.")._.events[-1].attack_count is None


@pytest.mark.parametrize(
    "text",
    [
        "The Turkish army announced that 14 terrorists had been neutralized in air strikes in the Kato mountains.",
        "The Nigerian army said 20 Boko Haram militants were killed in Borno on Friday.",
        "An Israeli-made drone was shot down over Vardenis, the Armenian army said.",
    ],
)
def test_a_force_that_reports_losses_of_its_enemy_claims_them(text):
    doc = read(text)
    claimed = [a for e in doc._.events for a in e.arguments if a.role == "initiator"]
    assert {(doc._.actors[a.actor].actor_type, a.attribution) for a in claimed} == {("military", "claimed")}


def test_a_force_that_reports_its_own_losses_claims_nothing():
    doc = read("The army said three soldiers were killed in Kunduz on Friday.")
    assert not [a for e in doc._.events for a in e.arguments if a.role == "initiator"]


def test_a_rival_in_apposition_is_who_it_is_called():
    doc = read("Its rival, the Bangsamoro Islamic Freedom Fighters, struck an outpost at Datu Piang with grenades.")
    doer = next(a for e in doc._.events for a in e.arguments if a.role == "initiator")
    assert doc._.actors[doer.actor].name == "Bangsamoro Islamic Freedom Fighters"


def test_what_a_weapon_killed_belongs_to_the_clause_of_the_weapon():
    text = "Gunmen shelled the parliament, and soldiers answered with rockets that slammed into a market, killing 17 people."
    events = read(text)._.events
    assert events[events[-1].same_as].extractor == "verb:slam"


def test_a_title_is_part_of_a_name():
    doc = read("Father Ignacio Perez was murdered on Monday.")
    [victim] = [a for e in doc._.events for a in e.arguments if a.role == "victim"]
    assert doc._.actors[victim.actor].name == "Ignacio Perez"


def test_a_name_headed_by_its_town_is_a_person():
    doc = read("Cali Mayor Rodrigo Lloreda Paz, 51, was shot to death by masked men.")
    [victim] = {a.actor for e in doc._.events for a in e.arguments if a.role == "victim"}
    assert doc._.actors[victim].actor_type == "person"


def test_hostages_are_named_after_the_phrase():
    doc = read("The rebels fled, taking as hostages the Italian engineers Paolo Rossi and Marco Neri.")
    assert {"Paolo Rossi", "Marco Neri"} <= set(fillers(doc, "victim"))


def test_names_among_the_injured_are_victims():
    doc = read("Among the injured are Heri Lopez, 53; Jaime Suarez, 24; and Gloria Carranza.")
    assert fillers(doc, "victim") == ["Heri Lopez", "Jaime Suarez", "Gloria Carranza"]


def test_who_is_charged_with_a_killing_is_blamed():
    doc = read("Eight soldiers have been charged with killing six monks in Goma.")
    assert {a.attribution for e in doc._.events for a in e.arguments if a.role == "initiator"} == {"blamed"}


def test_a_deed_at_sea_is_no_part_of_one_on_land():
    doc = read("Tamil rebels overran a camp and sank a gunboat off Mullaitivu on Monday.")
    assert len(doc._.reports) == 2


def test_who_runs_over_a_mine_is_hit_by_it():
    doc = read("Two soldiers were wounded when a patrol stepped on a mine near Gao on Monday.")
    assert fillers(doc, "target") == ["patrol"]
    assert fillers(doc, "weapon") == ["mine"]
    assert fillers(doc, "initiator") == []


def test_whose_death_is_told_died():
    doc = read("Rescuers found the corpses of the two marines whose deaths had been announced before the shelling of Seoul.")
    assert fillers(doc, "initiator") == []


def test_what_an_attack_answers_is_not_what_is_claimed():
    text = (
        "Gunmen raided a camp on Monday. The raid was a response to the bombardment of Argelia by the army. "
        "The governor said she had no doubt the FARC were behind it."
    )
    doc = read(text)
    authors = {
        doc[e.trigger].text: [doc[a.start : a.end].text for a in e.arguments if a.role == "initiator"] for e in doc._.events
    }
    assert authors["raid"] == ["FARC"]
    assert authors["bombardment"] == ["army"]


def test_an_adverbial_before_a_description_is_no_part_of_it():
    assert _reported("In retaliation youths burned down a health post near Komanda on Monday.", "initiator") == {"youths"}


def test_who_is_identified_is_not_charged_with_his_arrest():
    text = (
        "Gunmen shot a cameraman on Monday. Police arrested 13 of the gunmen. He identified them as members of Boko Haram."
    )
    shot, arrested = read(text)._.events
    assert "Boko Haram" in {read(text)[a.start : a.end].text for a in shot.arguments}
    assert "Boko Haram" not in {read(text)[a.start : a.end].text for a in arrested.arguments}


def test_the_car_of_somebody_hurt_in_it_is_a_target_of_its_own():
    doc = read("Gunmen fired at the car of Judge Elena Diaz in Medellin on Monday, wounding Elena Diaz.")
    (report,) = doc._.reports
    assert "car of Judge Elena Diaz" in {doc[a.start : a.end].text for a in report.arguments if a.role == "target"}
