"""Casualty claims of single sentences, read with the bundled model."""

from __future__ import annotations

import pytest

from dagster_project.reading import (  # noqa: F401  (registers the factories)
    actors,
    casualties,
    events,
    names,
    places,
    roles,
    speech,
    times,
)
from dagster_project.reading.extensions import register
from dagster_project.reading.language import LanguageModelNotFound, load_language


@pytest.fixture(scope="module")
def read():
    register()
    try:
        nlp = load_language(None)
    except LanguageModelNotFound as missing:
        pytest.skip(str(missing))
    for component in ("names", "actors", "places", "times", "speech", "events", "roles", "casualties"):
        nlp.add_pipe(f"conflict_{component}")
    return nlp


def bounds(doc):
    return [(c.kind, c.count_low, c.count_high) for c in doc._.claims]


def text(doc, start, end):
    return doc[start:end].text if start is not None else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Twelve soldiers were killed in the attack.", [("killed", 12, 12)]),
        ("Gunmen killed nine men and lost only three.", [("killed", 9, 9), ("killed", 3, 3)]),
        ("The rebels shot at least 20 men in the square.", [("killed", 20, None)]),
        ("A Greek sailor burned to death in the engine room after the missile hit.", [("killed", 1, 1)]),
        ("The garrison left twelve of their own dead.", [("killed", 12, 12)]),
        ("Raiders stopped a lorry and killed all but one of them.", []),
        ("Six Papua New Guinean soldiers were massacred in the camp.", [("killed", 6, 6)]),
        ("The number of people killed in the attack has risen to eleven.", [("killed", 11, 11)]),
        ("The mayor was found dead after being abducted by rebels.", [("killed", 1, 1), ("captured", 1, 1)]),
        ("A corporal is fighting for his life after the ambush.", [("injured", 1, 1)]),
        ("Forty wounded people have been treated by the clinic.", [("injured", 40, 40)]),
        ("The clinic treats two farmers.", []),
        ("A grenade injured the guard, a flower seller and her two sons.", [("injured", 4, 4)]),
        ("Rebels shot eleven carpenters against a wall.", [("killed", 11, 11)]),
        ("Nine more were shot in the yard of the school.", [("killed", 9, 9)]),
        ("Police shot and wounded three men.", [("injured", 3, 3)]),
        ("Gunmen shot two sisters in the leg.", [("injured", 2, 2)]),
        ("Soldiers shot at four fishermen.", []),
        ("A customs officer was shot on Monday.", []),
        ("Seven herdsmen had their throats slit in the night.", [("killed", 7, 7)]),
        ("The shopkeeper was found in a ditch with his throat cut.", [("killed", 1, 1)]),
        ("The mutineers are holding 40 guards and nurses.", [("captured", 40, 40)]),
        ("The garrison held a meeting with ten elders.", []),
        ("The remains of five soldiers were found in a well.", [("killed", 5, 5)]),
        ("The remains of the tank were taken away.", []),
        ("Three guards were killed and as many were injured.", [("killed", 3, 3), ("injured", 3, 3)]),
        ("The mortars left six villagers dead and twice as many hurt.", [("killed", 6, 6), ("injured", 12, 12)]),
        ("The clinic put the wounded at a dozen.", [("injured", 12, 12)]),
        ("The governor had put the dead at seven.", [("killed", 7, 7)]),
        ("The raid killed 18 people; the opposition put it at more than 200.", [("killed", 18, 18), ("killed", 200, None)]),
        ("Two lost their lives and eleven sustained burns.", [("killed", 2, 2), ("injured", 11, 11)]),
        ("Soldiers killed 40 villagers, many of them in their beds.", [("killed", 40, 40)]),
        ("Gunmen killed 30 boys, some as young as ten.", [("killed", 30, 30)]),
        ("Four nurses were among 16 people killed by a rocket.", [("killed", 4, 4), ("killed", 16, 16)]),
        ("Nine farmers killed and six kidnapped in a raid.", [("killed", 9, 9), ("captured", 6, 6)]),
        ("The clinic counted 12 killed and 31 injured.", [("killed", 12, 12), ("injured", 31, 31)]),
        ("The mayor reported three dead and eleven wounded.", [("killed", 3, 3), ("injured", 11, 11)]),
        ("The shepherds who were grazing their goats also died in the bombing.", [("killed", None, None)]),
        ("The column fell into an ambush, with the loss of a sergeant and two privates.", [("killed", 3, 3)]),
        ("A shell killed eight people. Karim Daoud lost his wife and two daughters.", [("killed", 8, 8), ("killed", 3, 3)]),
        ("Twenty recruits including three cadets died in the blast.", [("killed", 20, 20), ("killed", 3, 3)]),
        ("Five drivers of our convoy are among the dead.", [("killed", 5, 5)]),
        ("A deputy of the governing party was found dead after the attack.", [("killed", 1, 1)]),
        ("The mine killed the conductor and three passengers.", [("killed", 4, 4)]),
        ("One soldier and three villagers were killed.", [("killed", 1, 1), ("killed", 3, 3)]),
        ("One teacher and three villagers were killed.", [("killed", 4, 4)]),
        ("The raid killed 31 civilians, nine of them women.", [("killed", 31, 31), ("killed", 9, 9)]),
        ("The volley left a youth dead.", [("killed", 1, 1)]),
        ("The blast killed 15, officials said, and a man with an AR-15 was held.", [("killed", 15, 15), ("captured", 1, 1)]),
        ("The army eliminated, on the night of 12 March, four terrorists near Oum Ali.", [("killed", 4, 4)]),
        (
            "By nightfall 29 people were dead: 10 soldiers and 19 suspected gunmen.",
            [("killed", 29, 29), ("killed", 10, 10), ("killed", 19, 19)],
        ),
        ("The rebels admit to having lost three fighters in the attack.", [("killed", 3, 3)]),
        ("The forces withdrew from the town after the loss of two of their men.", [("killed", 2, 2)]),
        ("Five others are being held by the rebels.", [("captured", 5, 5)]),
        ("The rebels were holding a meeting with ten elders.", []),
        ("Eight members of the militia fell in that operation.", [("killed", 8, 8)]),
        ("Five soldiers fell as martyrs when a mine exploded.", [("killed", 5, 5)]),
        ("Two rangers lost legs to landmines last week.", [("injured", 2, 2)]),
        ("Fighters overran the town, carting off eleven technicians.", [("captured", 11, 11)]),
        ("The attack killed at least 12 soldiers.", [("killed", 12, None)]),
        ("Gunmen shot dead five policemen outside Mosul.", [("killed", 5, 5)]),
        ("Six people died in the shelling.", [("killed", 6, 6)]),
        ("Forty-six people were hacked to death or burned alive in the camp.", [("killed", 46, 46)]),
        ("Killed: 14. Wounded: 31.", [("killed", 14, 14), ("injured", 31, 31)]),
        ("Incidents in May - 38 civilians killed, 15 abducted.", [("killed", 38, 38), ("captured", 15, 15)]),
        ("Ten were wounded, and two later died in hospital.", [("injured", 10, 10), ("killed", 2, 2)]),
        ("A suicide bombing in Kabul left 14 dead and 30 wounded.", [("killed", 14, 14), ("injured", 30, 30)]),
        (
            "A bomb exploded at a market, killing at least 35 people and wounding more than 60.",
            [("killed", 35, None), ("injured", 60, None)],
        ),
        ("The ambush claimed the lives of three peacekeepers.", [("killed", 3, 3)]),
        ("The raid cost 12 lives.", [("killed", 12, 12)]),
        ("Four children lost their lives in the airstrike.", [("killed", 4, 4)]),
        ("Officials reported 14 fatalities and 30 injuries after the blast.", [("killed", 14, 14), ("injured", 30, 30)]),
        ("The shelling resulted in 14 deaths.", [("killed", 14, 14)]),
        ("Police recovered 19 bodies after the massacre.", [("killed", 19, 19)]),
        ("The murder of two nuns by soldiers shocked the country.", [("killed", 2, 2)]),
        ("The army lost 52 men in the offensive.", [("killed", 52, 52)]),
        ("Car bomb kills nine in Baghdad", [("killed", 9, 9)]),
        ("Four soldiers dead, 12 wounded in ambush", [("killed", 4, 4), ("injured", 12, 12)]),
        ("Three attackers were also killed when police returned fire.", [("killed", 3, 3)]),
        ("The war has killed more than 50,000 people since 2011.", [("killed", 50_000, None)]),
        ("Two sailors are still missing after the attack.", [("missing", 2, 2)]),
        ("Militants abducted 20 girls from the school.", [("captured", 20, 20)]),
        ("The rebels took three aid workers hostage.", [("captured", 3, 3)]),
        ("Bandits whisked away 87 residents of Wanzamai.", [("captured", 87, 87)]),
        ("Up to 60 policemen were captured by the guerrillas.", [("captured", None, 60)]),
        ("Rebels kidnapped and killed three journalists.", [("captured", 3, 3), ("killed", 3, 3)]),
        ("The clashes killed between 20 and 30 fighters.", [("killed", 20, 30)]),
        ("An airstrike on a wedding killed dozens, mostly women and children.", [("killed", 24, 99)]),
        (
            "Three people were seriously hurt and several others were reported missing.",
            [("injured", 3, 3), ("missing", 3, 9)],
        ),
        ("Sixty people were brought in with shrapnel wounds after the shelling.", [("injured", 60, 60)]),
        ("Eleven jawans are under treatment after the attack.", [("injured", 11, 11)]),
        ("Both members of the suicide squad were killed.", [("killed", 2, 2)]),
        ("A grenade exploded on the road, injuring nine passers-by.", [("injured", 9, 9)]),
        ("He said 47 soldiers were killed and 19 listed as missing.", [("killed", 47, 47), ("missing", 19, 19)]),
        ("A boy of nine was hit in the neck when gunmen opened fire.", [("injured", 1, 1)]),
        (
            "The toll from this morning's strike on Vinnytsia has risen to 23, up from 20 earlier.",
            [("killed", 23, 23), ("killed", 20, 20)],
        ),
    ],
)
def test_numbers_of_people_in_every_construction(read, sentence, expected):
    assert bounds(read(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The army said 3 soldiers and 2 civilians were killed and 7 wounded.",
            [("killed", 3, 3), ("killed", 2, 2), ("injured", 7, 7)],
        ),
        ("The attack killed four people in the United States and about 25 others.", [("killed", 4, 4), ("killed", 25, 25)]),
        (
            "Four soldiers and a civilian were killed in the ambush, and three others were wounded.",
            [("killed", 4, 4), ("killed", 1, 1), ("injured", 3, 3)],
        ),
        ("An explosion killed a guard, and 12 people were injured.", [("killed", 1, 1), ("injured", 12, 12)]),
        ("Two of the attackers were killed and a third was arrested.", [("killed", 2, 2), ("captured", 1, 1)]),
        ("Another 12 were wounded in the attack.", [("injured", 12, 12)]),
    ],
)
def test_coordinated_people_with_numbers_of_their_own_are_claims_of_their_own(read, sentence, expected):
    assert bounds(read(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "groups"),
    [
        ("One lieutenant, four soldiers and three civilians were killed.", [0, 0, 0]),
        ("The attack killed 3 soldiers and 2 civilians and wounded 7.", [0, 0, None]),
        ("Five soldiers and at least three militants died in the clash.", [0, 0]),
        ("Soldiers and three civilians were killed in the attack.", [0, 0]),
        ("Five soldiers, three policemen and two civilians were killed.", [0, 0, 0]),
        ("The blast killed two soldiers and wounded three soldiers and a civilian.", [None, 1, 1]),
        ("A car bomb exploded in the market, killing 12 people and wounding 30.", [None, None]),
        ("The strike killed 12 people, including three children.", [None, None]),
        ("The attack killed five people, three soldiers and two civilians.", [None, None, None]),
        ("The death toll rose to 17 on Tuesday, up from 12.", [None, None]),
        ("Two soldiers were killed and three soldiers were killed later.", [None, None]),
        ("The militia said it killed 20 soldiers, but the army said only three were killed.", [None, None]),
    ],
)
def test_coordinated_people_of_one_harm_are_addends_of_one_sum(read, sentence, groups):
    assert [c.addend_group for c in read(sentence)._.claims] == groups


def test_classes_spelled_out_after_a_number_of_people_are_its_parts(read):
    claims = read("The attack killed five people, three soldiers and two civilians.")._.claims
    assert [(c.count_low, c.part_of) for c in claims] == [(5, None), (3, 0), (2, 0)]


def test_some_and_none_of_others_are_those_some(read):
    assert bounds(read("Twelve soldiers and no civilians were killed.")) == [("killed", 12, 12)]


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("A soldier was killed near the border.", 1),
        ("Captain John Smith, 34, was killed in the ambush.", 1),
        ("The 24-year-old soldier was killed by a sniper on May 12.", 1),
        ("The mayor and his wife were killed by gunmen.", 2),
        ("The dead were named as Peter Ansell, Alan Gorman and Roy Winspear.", 3),
        ("Soldiers killed two reporters, Roberto Navas and Mauricio Pineda, in Usulutan.", 2),
        ("The soldiers — Sgt. Anna Rivers, 46; and Sgt. Bree Moffett, 23 – were killed when a drone crashed.", 2),
        ("Three farmers - Juan Perez, Luis Gomez and Pedro Diaz - were killed by gunmen.", 3),
        ("The reporters (Anna Lopez and Carl Brown) were killed by a shell.", 2),
    ],
)
def test_people_told_one_by_one_are_counted(read, sentence, count):
    doc = read(sentence)
    assert bounds(doc) == [("killed", count, count)]
    assert doc._.claims[0].qualifier == "exact"


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("No one was hurt in the rocket attack.", ["injured"]),
        ("There were no casualties in the strike.", ["killed", "injured"]),
        ("The rockets landed in an open field without causing casualties.", ["killed", "injured"]),
        ("The shelling did not injure anyone.", ["injured"]),
        ("The driver escaped unhurt from the attack.", ["injured"]),
        ("There was no loss of life in the bombing.", ["killed"]),
    ],
)
def test_nobody_is_a_claim_of_zero(read, sentence, kinds):
    claims = read(sentence)._.claims
    assert [c.kind for c in claims] == kinds
    assert {(c.count_low, c.count_high, c.qualifier) for c in claims} == {(0, 0, "none")}


@pytest.mark.parametrize(
    ("sentence", "kind", "qualifier"),
    [
        ("It was unclear whether anyone was killed in the strike.", "killed", "unclear"),
        ("There was no immediate word on casualties.", "killed", "unclear"),
        ("He denied that any soldiers had died in the attack.", "killed", "denied"),
        ("Civilians were killed in the strikes.", "killed", "unspecified"),
    ],
)
def test_what_is_not_told_has_no_bounds(read, sentence, kind, qualifier):
    claim = read(sentence)._.claims[0]
    assert (claim.kind, claim.qualifier, claim.count_low, claim.count_high) == (kind, qualifier, None, None)


def test_dead_and_wounded_told_together_bound_each_other_from_above(read):
    expected = [("killed", None, 13), ("injured", None, 13)]
    assert bounds(read("Thirteen people were killed or wounded in the shelling.")) == expected
    assert bounds(read("The rebels inflicted 13 casualties on the army.")) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The group vowed to kill American soldiers.",
        "An attack could kill thousands of people, officials warned.",
        "Iran threatened to kill ten hostages.",
        "If the rebels attack, hundreds of civilians will be killed.",
        "The operation aims to prevent the group from killing more civilians.",
        "The drone was shot down before it could injure anyone.",
    ],
)
def test_what_has_not_happened_is_no_claim(read, sentence):
    assert bounds(read(sentence)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The strikes hit 85 targets and destroyed 12 vehicles.",
        "The government spent $12 million on victims of the attack.",
        "The insurgents captured the town and seized 20 rifles.",
        "The president granted amnesty to 814 prisoners.",
        "Twelve people were killed in a bus crash near Lima.",
        "She died of cancer in 1990 at the age of 82.",
        "The peace talks are dead, diplomats said.",
        "Aid workers asked all parties to respect wounded people.",
        "Rebels attacked a post and a carbine with two magazines was seized.",
    ],
)
def test_other_numbers_and_other_deaths_are_no_claims(read, sentence):
    assert bounds(read(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "whole", "part"),
    [
        ("The blast killed 12 people, including three children.", ("killed", 12, 12), ("killed", 3, 3)),
        (
            "Thirty people were wounded, six of them critically, in the bombing.",
            ("injured", 30, 30),
            ("injured", 6, 6),
        ),
        (
            "Three people wounded in the attack have died, bringing the death toll to 36.",
            ("killed", 36, 36),
            ("killed", 3, 3),
        ),
    ],
)
def test_a_part_is_tied_to_its_whole(read, sentence, whole, part):
    claims = read(sentence)._.claims
    parts = [c for c in claims if c.part_of is not None]
    assert [(c.kind, c.count_low, c.count_high) for c in parts] == [part]
    total = claims[parts[0].part_of]
    assert (total.kind, total.count_low, total.count_high) == whole


def test_two_numbers_of_one_total_are_both_its_parts(read):
    claims = read("Seventeen people, including a guard and five police officers, died in the blasts.")._.claims
    assert [(c.count_low, c.part_of) for c in claims] == [(17, None), (1, 0), (5, 0)]


def test_a_later_toll_revises_the_one_it_replaces(read):
    doc = read("The death toll rose to 17 on Tuesday, up from 12.")
    assert bounds(doc) == [("killed", 17, 17), ("killed", 12, 12)]
    assert [c.revises for c in doc._.claims] == [1, None]


def test_a_risen_toll_revises_the_toll_told_before(read):
    doc = read("The blast in Baghdad killed 12 people. By Tuesday the death toll had risen to 17.")
    assert bounds(doc) == [("killed", 12, 12), ("killed", 17, 17)]
    assert doc._.claims[1].revises == 0


def test_the_wounded_who_die_later_are_dead(read):
    doc = read("The bombing wounded 20 people. Five of them later died in hospital.")
    assert bounds(doc) == [("injured", 20, 20), ("killed", 5, 5)]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The bombing killed 12 people, Kabul police chief Abdul Karimi said.", "Karimi"),
        ("The Pentagon said three soldiers were killed in the attack.", "Defense"),
        ("Twelve people were killed in the airstrike, according to Amnesty International.", "Amnesty"),
        ("Hezbollah confirmed the death of two of its fighters in the strike.", "Hezbollah"),
        ("A man has been killed in the strike, the state news agency reports.", "agency"),
        ("Two paramedics have been killed, the World Health Organization reports: their ambulance was hit.", "World Health"),
        (
            "The army spokesman in the north, Lt. Paddy Kabuye, confirmed the raid but put the number of the dead at 14.",
            "Kabuye",
        ),
        (
            "Officials in Donetsk say Ukrainian forces fired rockets at the city. They say a night watchman was killed.",
            "fficials",
        ),
    ],
)
def test_a_claim_names_its_source(read, sentence, source):
    doc = read(sentence)
    claimant = doc._.claims[0].claimed_by
    assert claimant is not None
    assert source in doc._.actors[claimant].name


def test_what_the_text_itself_asserts_has_no_source(read):
    assert read("The blast killed 12 people on Tuesday.")._.claims[0].claimed_by is None


@pytest.mark.parametrize(
    ("sentence", "victims", "victim_class"),
    [
        ("Gunmen killed five policemen.", "policemen", "military"),
        ("The airstrike killed seven farmers.", "farmers", "civilian"),
        ("Troops killed nine militants.", "militants", "militant"),
        ("Twelve people were killed in the attack.", "people", "unknown"),
        ("The mayor and his bodyguard were killed by gunmen.", "The mayor and his bodyguard", "mixed"),
    ],
)
def test_victims_have_words_and_a_class(read, sentence, victims, victim_class):
    doc = read(sentence)
    claim = doc._.claims[0]
    assert (text(doc, claim.victims_start, claim.victims_end), claim.victim_class) == (victims, victim_class)


def test_the_number_and_the_event_of_a_claim_point_into_the_text(read):
    doc = read("Islamic State militants attacked a base near Mosul, killing at least 12 soldiers.")
    claim = doc._.claims[0]
    assert text(doc, claim.count_start, claim.count_end) == "at least 12"
    assert doc[doc._.events[claim.event].trigger].text == "killing"
    assert doc[claim.start : claim.end].text.startswith("Islamic State militants")
    assert 0 < claim.confidence <= 1


def test_who_lay_dead_is_dead(read):
    assert bounds(read("Nineteen hours later 21 people lay dead.")) == [("killed", 21, 21)]


def test_injuries_to_people_are_counted(read):
    assert bounds(read("The bombs exploded on Sunday, causing injuries to 14 persons.")) == [("injured", 14, 14)]
