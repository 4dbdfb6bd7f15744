"""Which mentions of a document are one incident, read with the bundled model."""

from __future__ import annotations

from datetime import date

import pytest
from told import kinds_of_reports, read

ATTACK = "Gunmen attacked a bus near Aleppo on Sunday, killing five people. "


def test_an_act_and_its_result_are_one():
    assert kinds_of_reports("A car bomb exploded in Baghdad, killing 20 people and wounding 40.") == ["bombing"]


def test_a_subject_that_is_an_event_is_that_event():
    assert len(read("A blast in Kabul killed four policemen.")._.reports) == 1


def test_a_definite_description_looks_back():
    assert len(read(ATTACK + "The attack was condemned by the United Nations.")._.reports) == 1


def test_a_generic_noun_looks_back():
    doc = read(ATTACK + "Nobody was arrested after the incident.")
    assert len(doc._.reports) == 1


def test_casualties_told_later_belong_to_the_incident():
    doc = read(ATTACK + "Two of them later died in hospital.")
    assert len(doc._.reports) == 1


def test_a_separate_incident_is_another():
    doc = read(
        "Gunmen killed two traders in Herat on Monday. In a separate incident, a policeman was shot dead in Herat on Monday."
    )
    assert len(doc._.reports) == 2


def test_they_who_are_others_do_another_act():
    doc = read(
        "Israel bombed a depot near Tyre in March 1991. Hezbollah has no comment. "
        "On 25 August they made a mistake: they took hostage eleven Israeli soldiers."
    )
    assert sorted(r.event_type for r in doc._.reports) == ["bombing", "kidnapping"]


def test_an_answer_is_another_act():
    doc = read("Government soldiers went from house to house and shot 45 men after rebel fighters attacked their camp.")
    assert len(doc._.reports) == 2


def test_what_had_been_done_earlier_is_another_act():
    doc = read("An air strike hit Tripoli on Saturday. A warplane had earlier bombed the base at al-Watiya.")
    assert len(doc._.reports) == 2


def test_one_subject_on_two_days_did_two_things():
    doc = read(
        "Tajik forces opened fire on its posts in Batken on Wednesday and on Friday shelled the airport with Grad rockets."
    )
    assert len(doc._.reports) == 2


def test_a_day_that_opens_a_sentence_dates_all_its_verbs():
    doc = read("In January 1999 the rebels poured into Freetown and killed 5,000 people.")
    assert doc._.times[doc._.reports[0].time].date_start == date(1999, 1, 1)


def test_when_dates_its_clause_by_the_day_before_it():
    doc = read("The war began in March 1991, when rebels crossed the border and seized the town of Bomaru.")
    assert doc._.times[doc._.reports[0].time].date_start == date(1991, 3, 1)


def test_the_headline_and_the_lead_are_one():
    title = "Gunmen kill five on bus in Syria"
    assert len(read(f"{title}\n\n{ATTACK}", title_end=len(title))._.reports) == 1


def test_another_attack_is_another():
    assert len(read(ATTACK + "Another attack near Homs on Monday wounded two soldiers.")._.reports) == 2


def test_other_places_are_other_incidents():
    assert len(read("Rebels shelled Goma on Friday. Rebels shelled Bukavu on Saturday.")._.reports) == 2


def test_one_operation_in_two_countries_is_one():
    assert len(read("US strikes hit Iraq and Syria on Friday. The strikes destroyed several depots.")._.reports) == 1


def test_the_response_is_not_what_it_responds_to():
    text = (
        "The United States carried out air strikes in Syria in response to a rocket attack in Iraq that killed a contractor."
    )
    assert kinds_of_reports(text) == ["airstrike", "rocket_attack"]


def test_a_habit_is_an_aggregate_apart():
    text = "Rebels attacked the town on Sunday. They have carried out more than 300 attacks since 2019."
    assert sorted(r.is_aggregate for r in read(text)._.reports) == [False, True]


def test_a_reference_to_nothing_told_opens_no_incident():
    assert read("Biden and the White House declined to comment on the attacks.")._.reports == []


def test_a_doer_that_nothing_identifies_has_no_actor():
    doc = read(ATTACK)
    assert [a.actor for a in doc._.reports[0].arguments if a.role == "initiator"] == [None]
    assert all(0 <= e.report < len(doc._.reports) for e in doc._.events if e.report is not None)


def test_reading_twice_gives_the_same():
    text = ATTACK + "The attack was claimed by the Islamic State. A bomb exploded in Homs on Monday."
    assert read(text)._.reports == read(text)._.reports


def test_the_toll_of_a_war_is_no_single_act():
    assert [r.is_aggregate for r in read("The army was blamed for the killing of over 70,000 Salvadorans.")._.reports] == [
        True
    ]


def test_an_arsenal_seized_is_no_incident():
    assert kinds_of_reports("The army reported today that it had seized an arsenal north of the capital.") == []


def test_the_dead_that_a_strike_answers_are_not_the_strikes():
    doc = read(
        "The United States launched airstrikes in Syria on Friday in retaliation for the death of three US soldiers. "
        "The soldiers were killed on January 28 when a drone crashed into a base in Jordan. "
        "Three Americans were killed, officials said."
    )
    strike = next(n for n, r in enumerate(doc._.reports) if r.event_type == "airstrike")
    assert strike not in {c.report for c in doc._.claims}


def _told(text: str, role: str) -> list[str]:
    doc = read(text)
    return [doc[a.start : a.end].text for r in doc._.reports for a in r.arguments if a.role == role]


def test_a_bare_number_is_no_victim():
    text = "Gunmen attacked the post in Lima on Monday, killing two policemen and wounding five."
    assert _told(text, "victim") == ["two policemen"]


def test_the_men_are_those_told_of_before():
    text = "Two armed individuals robbed a businessman in Lima on Monday. The men shot the businessman and fled."
    assert _told(text, "initiator") == ["Two armed individuals"]


def test_what_the_attackers_did_belongs_to_the_attack():
    doc = read(ATTACK + "The gunmen robbed the passengers before fleeing. They burned the bus.")
    assert len(doc._.reports) == 1


def test_fighters_killed_in_the_end_belong_to_their_raid():
    doc = read("Five gunmen stormed a hotel in Mogadishu on Friday. Soldiers killed three of the gunmen on the roof.")
    assert len(doc._.reports) == 1


def test_nobody_is_doer_and_victim_in_the_same_words():
    doc = read("Twenty-nine soldiers died when armed men on motorbikes overran a camp at Mondoro on Monday.")
    assert [doc[a.start : a.end].text for a in doc._.reports[0].arguments if a.role == "initiator"] == ["armed men"]


def test_an_act_told_by_its_distance_is_another_one():
    doc = read(ATTACK + "Ten days later gunmen shot a teacher in Aleppo.")
    assert len(doc._.reports) == 2


def test_an_act_within_a_sum_is_a_part_of_it():
    text = (
        "Boko Haram killed five farmers in Konduga on 5 May 2021. "
        "Boko Haram has killed more than 300 people in attacks in Borno since April 2021."
    )
    reports = read(text)._.reports
    assert [(r.is_aggregate, r.part_of) for r in reports] == [(False, 1), (True, None)]


def test_an_act_before_a_sum_is_no_part_of_it():
    text = (
        "Boko Haram killed five farmers in Konduga on 5 March 2021. "
        "Boko Haram has killed more than 300 people in attacks in Borno since April 2021."
    )
    assert [r.part_of for r in read(text)._.reports] == [None, None]


def test_numbered_bombs_are_incidents_of_their_own():
    text = "The first bomb exploded at a bank in Bogota. The second bomb was placed at a hotel."
    assert kinds_of_reports(text) == ["bombing", "bombing"]


def test_a_defused_bomb_is_one_incident_with_its_planting():
    text = "Police last night defused a bomb planted in front of the Salvadoran embassy in Guatemala City."
    [report] = read(text)._.reports
    assert report.event_type == "bombing"
    assert not [a for a in report.arguments if a.role == "initiator"]


def test_a_bomb_of_whose_planting_nothing_is_told_was_intercepted():
    assert kinds_of_reports("Police defused a car bomb in Guatemala City on Monday.") == ["interception"]


def test_acts_in_one_list_are_apart():
    text = "The bombings in crowded areas and the murder of six monks in Mopti on Friday weaken the government of Mali."
    doc = read(text)
    assert not [r for r in doc._.reports if len(r.events) > 1]


def test_what_a_bomb_destroyed_was_bombed():
    assert kinds_of_reports("The newspaper's main offices were partially destroyed by a powerful bomb.") == ["bombing"]


def test_the_day_of_an_act_is_no_number_of_acts():
    [report] = read("Most of them left after the 16 May assassination of six aid workers.")._.reports
    assert not report.is_aggregate


def test_clauses_of_two_days_tell_two_acts():
    text = "Judge Ana Ruiz was murdered on 2 March; prosecutor Luis Vega was killed on 9 April."
    assert len(read(text)._.reports) == 2


def test_an_attack_told_in_passing_joins_what_is_told_later():
    text = "The rebels left the talks after the 31 May bomb attack. On 31 May a bomb exploded at a bank in Lima, killing ten clerks."
    [report] = read(text)._.reports
    assert len(report.events) > 2


def test_union_members_are_killed_like_others():
    assert kinds_of_reports("The attack killed ten trade union members in Bogota.") == ["other_attack"]


def test_one_group_in_two_wordings_is_one_victim():
    doc = read("Six Jesuit priests were murdered in Goma on Monday. The Jesuits were killed at night.")
    [report] = doc._.reports
    assert [doc[a.start : a.end].text for a in report.arguments if a.role == "victim"] == ["Six Jesuit priests"]


def test_one_person_hit_and_hurt_has_one_wording():
    doc = read("Karin Makeil, a nurse, was wounded when shots were fired at her car. One bullet hit Makeil in the ear.")
    [report] = doc._.reports
    people = [doc[a.start : a.end].text for a in report.arguments if a.role in {"victim", "target"} and a.actor is not None]
    assert set(people) == {"Karin Makeil", "her car"}  # the car is a target of its own


def test_a_description_after_a_name_is_no_second_victim():
    doc = read("Antonio Neghme was gunned down in Santiago on Monday. The party spokesman was shot near his office.")
    [report] = doc._.reports
    assert [doc[a.start : a.end].text for a in report.arguments if a.role == "victim"] == ["Antonio Neghme"]


def test_two_sentences_on_what_befell_one_person_are_one_incident():
    text = "Senator Luis Velez was kidnapped by gunmen in Medellin today. Velez was attacked near the stadium in Medellin."
    assert len(read(text)._.reports) == 1


def test_wounds_are_no_attacks():
    assert [r.is_aggregate for r in read("Carlos Vargas was shot six times on Monday.")._.reports] == [False]


def test_the_day_of_a_report_is_not_the_day_of_the_deed():
    doc = read("The minister said today the evidence shows that Antonio Regalado ordered the murder of Oscar Romero.")
    assert [event.time for event in doc._.events if doc[event.trigger].text == "murder"] == [None]


def test_as_many_dead_of_one_country_are_the_same():
    text = (
        "A drone crashed into a base in Jordan on Sunday, killing three US soldiers. "
        "Militias have attacked bases in Iraq for years. “Three Americans were killed,” the spokesman said."
    )
    doc = read(text)
    last = max(doc._.events, key=lambda e: e.trigger)
    assert doc._.reports[last.report].event_type == "drone_attack"


def test_nobody_is_left_to_count_for_a_sum_of_attacks():
    text = (
        "Jets struck a depot in Raqqa on Sunday. Militias have carried out at least five attacks since April. "
        "The army said it was unclear whether anyone was hurt."
    )
    doc = read(text)
    assert {doc._.reports[c.report].is_aggregate for c in doc._.claims} == {False}


def test_what_is_told_separately_is_another_incident():
    text = (
        "Gunmen shot dead nine passengers near Nushki. Separately, a bomb went off in Kuchlak, leaving a policeman dead "
        "and 14 others wounded."
    )
    shot, bombed = read(text)._.reports
    assert [shot.event_type, bombed.event_type] == ["shooting", "bombing"]


def test_people_killed_days_before_are_another_incident():
    text = "Rebels hacked 46 people to death in Lala on Monday. Two days earlier seven diggers had been killed in Damas."
    assert len(read(text)._.reports) == 2


def test_a_chronicle_in_the_present_tense_tells_facts():
    text = "June 3, 2014: Five soldiers die when rebels attack their patrol at Kasalpara."
    (report,) = read(text)._.reports
    assert report.event_type == "ground_assault"


def test_days_of_a_month_without_year_tell_acts_apart():
    text = "Fighters attacked a checkpoint near Ilovaisk on 10 August. Fighters attacked the checkpoint on 12 August."
    assert len(read(text)._.reports) == 2


def test_the_day_a_clause_hangs_on_is_its_acts():
    text = "More than 2,600 people have been killed since October 2017, when rebels attacked a police station in Palma."
    doc = read(text)
    report = next(r for r in doc._.reports if not r.is_aggregate)
    time = doc._.times[report.time]
    assert (str(time.date_start), str(time.date_end)) == ("2017-10-01", "2017-10-31")


def test_a_digest_tells_what_it_tells_where_its_paragraphs_open():
    text = "Kharkiv. A clinic was hit by shelling.\n\nDonetsk. Fighters attacked a checkpoint with grenades."
    doc = read(text)
    places = [[doc._.places[a.place].name for a in r.arguments if a.role == "place"] for r in doc._.reports]
    assert places == [["Kharkiv"], ["Donetsk"]]


def test_who_denies_having_fired_does_not_deny_what_the_rockets_did():
    text = "The army has denied firing the rockets that killed six people in Abu Salim on Tuesday."
    realis = {read(text)[e.trigger].text: e.realis for e in read(text)._.events}
    assert realis == {"firing": "negated", "killed": "actual"}


def test_entries_of_a_live_blog_tell_acts_of_their_own():
    text = (
        "War live\n\n18:40\n\nA Russian missile has slammed into a hotel in Kramatorsk.\n\n16:15\n\nA bomb exploded at a market in "
        "Vinnytsia. Moscow says it hit an officers' club.\n\n14:02\n\nA watchman was killed in Donetsk by shelling."
    )
    doc = read(text, 8)
    hotel = next(r for r in doc._.reports if r.event_type == "missile_attack")
    assert [doc[doc._.events[n].trigger].text for n in hotel.events] == ["slammed"]


def test_a_name_for_what_was_told_is_no_act_of_its_own():
    text = "Gunmen shot two officers dead in Morales on Monday. This is not politics but a murder of the poor by the poor."
    assert [r.event_type for r in read(text)._.reports] == ["shooting"]


def test_what_is_to_be_planned_is_no_act():
    text = "Troops attacked people in Letpanhla on Monday. Rebels were meeting there to plan the assassination of a mayor."
    assert {read(text)[e.trigger].text: e.realis for e in read(text)._.events}["assassination"] == "future"


def test_a_relative_clause_dates_its_own_attack():
    doc = read("The minister, who in July 2023 escaped an assassination attempt, was killed on 5 March 2024.")
    assert [doc._.times[r.time].date_start.month for r in doc._.reports] == [7, 3]


def test_a_killing_within_an_operation_is_an_incident():
    text = "In an operation called Sodoma, the armed forces killed the FARC commander Jorge Briceno in La Macarena."
    assert [r.event_type for r in read(text)._.reports] == ["assassination"]


def test_an_aircraft_shot_down_is_apart_from_a_raid():
    text = "Rebels shot down a transport plane near Samre and seized several towns north of Mekelle on Monday."
    assert sorted(r.event_type for r in read(text)._.reports) == ["ground_assault", "interception"]


def test_another_bomb_is_another_bombing():
    text = "A bomb exploded yesterday at a bank in Bogota. Another bomb exploded in front of a travel agency."
    assert kinds_of_reports(text) == ["bombing", "bombing"]


def test_what_was_also_attacked_was_attacked_apart():
    text = "Guerrillas attacked the residence of the mayor on Monday. The house of the senator was also attacked."
    assert len(read(text)._.reports) == 2


def test_a_clause_opened_by_where_tells_the_same_act():
    text = "There was an attack against the electoral offices where some bombs were detonated."
    assert kinds_of_reports(text) == ["bombing"]


def test_murders_are_no_deaths_of_a_bombing():
    text = "A bomb went off at the bank on Monday. Two judges were murdered in the town."
    assert kinds_of_reports(text) == ["bombing", "other_attack"]


def test_a_bombing_and_an_arson_of_other_things_are_apart():
    text = "A bomb exploded at a bank on Sunday. A bus was burned on the road to the airport."
    assert kinds_of_reports(text) == ["bombing", "arson"]


def test_acts_upon_others_in_sentences_of_their_own_are_apart():
    text = "FARC members blew up a police station in the province on Monday. FARC members shot a judge in the street."
    assert kinds_of_reports(text) == ["bombing", "shooting"]


def test_deaths_at_a_place_of_their_own_are_apart():
    text = "Rebels ambushed an army patrol on Monday, killing two soldiers. Three peasants were killed in Goma."
    assert len(read(text)._.reports) == 2


def test_two_of_a_kind_with_names_of_their_own_are_two():
    text = "Guerrillas attacked the Santo Tomas farm on Monday. The guerrillas attacked the La Eminencia farm."
    assert len(read(text)._.reports) == 2


def test_return_fire_is_another_act():
    doc = read("Rebels shelled the island, killing four people. One rebel was killed by the return fire.")
    assert len(doc._.reports) == 2


def test_the_weapon_just_told_of_is_the_same_act():
    doc = read("An air strike hit a market in Tigray on Tuesday. The bombs fell at lunchtime, witnesses said.")
    assert len(doc._.reports) == 1


def test_the_news_is_not_an_act_of_years_before():
    doc = read(
        "Teuku Malik, the rebel chief, has been killed by soldiers. He was born in Matang. He traded in betel. "
        "He married twice. Soldiers shot 31 labourers dead at a farm in Bireuen in August 1999.",
        published_on=date(2002, 1, 26),
    )
    assert len(doc._.reports) == 2


def test_a_ranking_dates_no_act():
    doc = read(
        "It was the deadliest attack on the town since fighting broke out in November 2020.", published_on=date(2021, 6, 22)
    )
    attack = next(e for e in doc._.events if doc[e.trigger].text == "attack")
    assert attack.time is None


def test_an_act_told_in_full_by_a_noun_has_the_day_after_it():
    doc = read("The ministry announced findings on the shelling of Bela by North Korea on November 23, 2010.")
    assert doc._.times[doc._.reports[0].time].date_start == date(2010, 11, 23)


def test_where_attacks_were_counted_is_where_they_were():
    doc = read("The police registered three bombings in Cauca last week.")
    assert {doc[a.start : a.end].text for r in doc._.reports for a in r.arguments if a.role == "place"} == {"Cauca"}


def test_many_acts_at_no_time_are_summed_up():
    for text in (
        "Countless journalists have been murdered.",
        "The rebels have stepped up their attacks on pipelines.",
        "There has been an increase of repression in the form of arrests, murders, raids on offices, and attacks against universities.",
    ):
        assert {r.is_aggregate for r in read(text)._.reports} == {True}, text


def test_a_named_person_told_as_killed_is_an_incident():
    assert kinds_of_reports("Kofi Mensah was killed. The minister regretted it.") == ["assassination"]


def test_the_victim_after_several_titles_is_found():
    [report] = read("They mourned the assassination of senator and presidential candidate Luis Galan.")._.reports
    assert "victim" in {a.role for a in report.arguments}


def test_a_who_clause_tells_of_the_person_before_it():
    assert kinds_of_reports("He received the banners of Luis Carlos Galan, who was killed last Friday.") == ["assassination"]


def test_a_day_in_the_name_of_a_programme_dates_nothing():
    assert not read("Three soldiers were killed, Kirby said, speaking on “Fox News Sunday.”")._.times
    assert read("Three soldiers were killed, Kirby said on Sunday.")._.times


def test_a_headline_names_the_city_and_the_news_its_suburb():
    title = "Mortar shell kills 10 in Sarajevo water line"
    doc = read(
        f"{title}\n\nA mortar shell crashed into a line of people in the suburb of Ilidza on Monday, killing 10.", len(title)
    )
    assert len(doc._.reports) == 1


def test_an_explosion_that_is_known_is_the_bombing_told_before():
    doc = read(
        "A girl blew herself up in Maiduguri on Tuesday, killing 20 people. The explosion tore through the weekly market."
    )
    assert len(doc._.reports) == 1


def test_what_was_burned_by_nobody_told_was_burned_in_the_raid():
    doc = read("Rebels ambushed a convoy near Maluana on Saturday, killing 63 people. Twenty-two vehicles were burned.")
    assert len(doc._.reports) == 1


def test_what_is_done_in_an_assault_is_the_assault():
    doc = read("Fighters opened fire on sleeping farmers in the February 27 assault.")
    assert len(doc._.reports) == 1


def test_fire_from_the_air_is_an_air_strike():
    assert kinds_of_reports("Two helicopters opened fire on a house in Kale.") == ["airstrike"]


def test_men_who_strafe_houses_shoot():
    assert kinds_of_reports("Armed men entered the village of Maluso on Saturday, strafing houses.") == ["shooting"]


def test_the_devices_told_of_before_belong_to_their_attack():
    doc = read("Three grenades were thrown at the envoy's house in Quito. Two of the grenades exploded in the garden.")
    assert len(doc._.reports) == 1
    doc = read("A group claimed Wednesday's attack on the envoy's house. The grenades were thrown from a car.")
    assert len(doc._.reports) == 1


def test_splinters_hurt_people_of_the_same_act():
    doc = read("A bomb went off at a bank in Quito on Monday. One of the clerks was hit by a splinter.")
    assert len(doc._.reports) == 1


def test_a_murder_that_only_says_who_somebody_was_is_another_act():
    doc = read(
        "A farmer was killed when a bomb exploded at the offices of the party, whose leader was the recently murdered Senator Jose Perez."
    )
    assert len(doc._.reports) == 2


def test_what_is_told_in_addition_is_another_act():
    text = "Guerrillas blew up ten power pylons in the west of the country on Monday. {} a bus was blown up in the capital."
    assert len(read(text.format("In addition,"))._.reports) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The bishops demanded an end to the murder of activists and union leaders.",
        "The army is clearing the areas that were attacked.",
    ],
)
def test_deeds_done_to_a_kind_of_people_or_things_are_no_incident(text):
    assert read(text)._.reports == []


@pytest.mark.parametrize(
    "text",
    [
        "The bishops condemned the murder of two activists.",
        "The bishops condemned the murder of activists in Quito on Monday.",
    ],
)
def test_deeds_done_to_some_or_somewhere_are(text):
    assert len(read(text)._.reports) == 1


def test_somebody_killed_in_this_incident_opens_one():
    doc = read("The radio said that Bishop Juan Perez and two nuns were killed in this incident.")
    assert [r.event_type for r in doc._.reports] == ["other_attack"]


def test_murders_of_others_are_no_deaths_of_a_bombing():
    doc = read(
        "A car bomb wounded a general in Quito on Monday. The measures follow the assassination of a senator and two judges."
    )
    assert len(doc._.reports) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The member states Thursday condemned the murder of Senator Luis Perez.",
        "The ministry received confirmation yesterday of the kidnapping of Senator Luis Perez.",
        "The murder of Senator Luis Perez was condemned on Thursday.",
    ],
)
def test_the_day_of_what_came_of_a_deed_is_not_its_own(text):
    assert [e.time for e in read(text)._.events] == [None]


def test_the_day_of_a_deed_that_somebody_carries_out_is():
    assert read("Rebels carried out an attack on the base on Thursday.")._.events[0].time is not None


def test_one_of_the_bombs_told_of_hit_another_thing():
    doc = read("Guerrillas hurled bombs at the garrison on Monday. One of the bombs hit a house, killing two children.")
    assert len(doc._.reports) == 1


def test_somebody_killed_in_the_same_incident_belongs_to_it():
    doc = read(
        "Maria Lopez was wounded in a clash near Quito on Monday. A tourist named Erika Sulem was killed in the same incident."
    )
    assert len(doc._.reports) == 1


def test_a_student_is_the_student_named_later():
    doc = read(
        "The director protested today the murder of a young student. "
        "On Tuesday student Luis Perez was shot in the back in the capital."
    )
    assert len(doc._.reports) == 1


def test_what_people_started_doing_next_is_of_the_same_deed():
    assert kinds_of_reports("Commandos stormed the garrison and started hurling grenades at the gate.") == ["bombing"]


def test_the_killings_of_counted_people_are_not_those_of_a_year():
    doc = read(
        "A judge is to investigate the killings of the 12 clerks near Achi. "
        "He spoke of the 56 killings that have taken place in the region."
    )
    assert [r.is_aggregate for r in doc._.reports] == [False]


def test_an_act_after_which_another_came_is_not_the_other():
    doc = read(
        "Following the attack on Chadian troops at Boma on 23 March, in which 98 soldiers died, the air component struck "
        "Boko Haram logistics at Tumbun Gini."
    )
    assert len(doc._.reports) == 2


def days_told(doc):
    """First days of the events of a Doc by trigger, of those that are dated."""
    times = {doc[e.trigger].text: doc._.times[e.time] for e in doc._.events if e.time is not None}
    return {trigger: str(time.date_start) for trigger, time in times.items()}


def test_what_came_days_after_an_ambush_tells_when_the_ambush_was():
    told = "Militants stormed a camp on Tuesday. The attack came ten days after the ambush of a bus."
    assert days_told(read(told, published_on=date(2014, 12, 4))) == {"stormed": "2014-12-02", "ambush": "2014-11-22"}


def test_what_comes_weeks_after_a_deed_is_another():
    told = (
        "Saudi warplanes flattened a home in Hays on Wednesday. "
        "The carnage comes five weeks after 19 died when Saudi jets hit a hospital at Abs."
    )
    doc = read(told, published_on=date(2016, 9, 23))
    assert [str(doc._.times[r.time].date_start) for r in doc._.reports] == ["2016-09-21", "2016-08-14"]


def test_days_after_an_attack_something_else_was_done():
    told = "Gunmen killed five on Monday. Two days after the attack, soldiers shot three men in Gao."
    assert days_told(read(told, published_on=date(2014, 12, 4))) == {"killed": "2014-12-01", "shot": "2014-12-03"}


def test_years_after_a_deed_are_counted_back_to_the_deed():
    told = "Ten years after a landmine killed four soldiers, the widow returned to the road on Thursday."
    assert days_told(read(told, published_on=date(1989, 3, 16))) == {"killed": "1979-01-01"}


def test_the_day_of_a_bomb_goes_before_the_day_of_a_burial():
    told = "On Wednesday night it was the turn of the thirteen whom the grenade of 12 July tore apart at the pump."
    assert days_told(read(told, published_on=date(1993, 7, 15))) == {"tore": "1993-07-12"}


def test_a_day_dates_what_happened_when_its_verb_did():
    told = "At the beginning of June it lost fifteen when a football tournament was shelled."
    assert days_told(read(told, published_on=date(1993, 7, 15))) == {"shelled": "1993-06-01"}


def test_a_sentence_that_sets_a_day_dates_what_follows_it():
    told = "Yesterday was the worst day for the people of Monrovia. From seven in the morning shells fell on Mamba Point."
    assert days_told(read(told, published_on=date(2003, 7, 22))) == {"fell": "2003-07-21"}
    told = "The president was in Paris on Monday. Gunmen killed five men in Gao."
    assert days_told(read(told, published_on=date(2003, 7, 22))) == {}


def test_the_horror_is_what_was_told_of():
    told = "Warplanes flattened a home in Yemen, killing 20 people. The horror unfolded on Wednesday night in Hays."
    doc = read(told, published_on=date(2016, 9, 23))
    [report] = doc._.reports
    assert str(doc._.times[report.time].date_start) == "2016-09-21"


def test_a_day_dates_all_that_is_told_in_one_breath():
    told = "In the night of 7 to 8 June, men entered the village, went from door to door and executed 21 people."
    assert days_told(read(told, published_on=date(2023, 6, 12))) == {"executed": "2023-06-07"}
    told = "On August 1 a ballistic missile tore into a parade, killing 36 men."
    assert days_told(read(told, published_on=date(2019, 8, 11))) == {"killing": "2019-08-01"}


def test_when_somebody_did_something_by_murdering_is_the_day_of_the_murder():
    told = "It has been so since July 22, when the group ended a ceasefire by murdering two police officers."
    assert days_told(read(told, published_on=date(2015, 8, 11))) == {"murdering": "2015-07-22"}


def test_when_a_campaign_began_is_not_when_one_attack_was():
    told = "It was the deadliest attack in a campaign that began on 15 December and has killed more than 300 people."
    doc = read(told, published_on=date(2013, 12, 24))
    assert days_told(doc) == {}
    assert [e.is_aggregate for e in doc._.events if doc[e.trigger].text == "killed"] == [True]


def test_a_bombardment_that_began_on_a_day_is_an_act():
    told = "Nobody slept. The bombardment that made the world look up began on July 21st. The mayor wept."
    assert kinds_of_reports_on(told, date(2003, 7, 31)) == ["shelling"]


def kinds_of_reports_on(text, published_on):
    return [r.event_type for r in read(text, published_on=published_on)._.reports]


def test_the_headlines_act_is_not_one_of_two_months_before():
    title = "Two guards die in the explosion of a car bomb in Eibar"
    body = (
        "Two members of the force died this morning. Nobody claimed it. The governor spoke. Flags were lowered. "
        "On 21 August unknown persons launched two grenades against the barracks of Elgoibar."
    )
    doc = read(f"{title}\n\n{body}", title_end=len(title), published_on=date(1988, 10, 19))
    assert len(doc._.reports) == 2


def test_a_string_of_bombs_is_bombs():
    assert kinds_of_reports("A string of car bombs in Baghdad killed 71 people.") == ["bombing"]


def test_last_week_may_hold_the_sunday_before():
    told = "Last week's massacre of builders shocked the region. The builders were shot on December 2 near Wamena."
    assert len(read(told, published_on=date(2018, 12, 11))._.reports) == 1
