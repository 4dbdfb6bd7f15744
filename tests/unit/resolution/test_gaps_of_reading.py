"""What real readings leave out or take wrong keeps reports of one incident together all the same, and look-alikes apart."""

from __future__ import annotations

from pathlib import Path

from tests.support.reports import Newsroom


def test_a_night_is_told_by_the_day_it_begins_on_or_by_the_day_it_ends_on(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"at": "Kharkiv", "by": "Russia", "killed": 12}
    a = news.report("a", "missile_attack", on="2024-03-14", date_text="on Thursday night", **same)
    b = news.report("b", "missile_attack", on="2024-03-15", date_text="early on Friday", **same)
    c = news.report("c", "missile_attack", on="2024-03-16", date_text="on Saturday", **same)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert not outcome.are_one(a, c)


def test_the_day_on_which_a_toll_rose_is_not_the_day_of_the_attack(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"at": "Kharkiv", "by": "Russia"}
    a = news.report("a", "missile_attack", on="2024-03-14", date_text="on Thursday", killed=9, **same)
    news.document("b", published="2024-03-16")
    told = "The death toll from a Russian missile strike on a block of flats in Kharkiv rose to 12 yesterday."
    b = news.report("b", "missile_attack", on="2024-03-15", date_text="yesterday", evidence=told, killed=12, **same)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert str(outcome.incident(b)["date_start"]) == "2024-03-14"


def test_a_strike_that_raises_a_toll_keeps_its_own_day(tmp_path: Path) -> None:
    """ "The toll rose to 12 after a strike on Friday": Friday is the strike's."""
    news = Newsroom()
    same = {"at": "Kharkiv", "by": "Russia"}
    a = news.report("a", "missile_attack", on="2024-03-14", date_text="on Thursday", killed=9, **same)
    news.document("b", published="2024-03-16")
    told = "The death toll rose to 12 after a missile strike hit Kharkiv on Friday."
    b = news.report("b", "missile_attack", on="2024-03-15", date_text="on Friday", evidence=told, killed=12, **same)
    assert not news.resolve(tmp_path).are_one(a, b)


def test_a_ministry_that_tells_of_its_own_dead_soldiers_is_no_rival_attacker(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"on": "2024-03-14", "at": "Kharkiv", "against": "soldiers", "killed": 29, "victim_class": "military"}
    a = news.report("a", "ground_assault", by="the Ukrainian defence ministry", **same)
    b = news.report("b", "ground_assault", by="Russia", **same)
    assert news.resolve(tmp_path).are_one(a, b)


def test_the_nation_of_a_target_says_whose_side_was_hit(tmp_path: Path) -> None:
    """Two undated habits of attacks, told on one day, one on "US targets" and one on the US military."""
    news = Newsroom()
    news.document("a", published="2021-06-29")
    news.document("b", published="2021-06-28")
    news.document("c", published="2021-06-28")
    same = {"is_aggregate": True, "at": "Iraq"}
    a = news.report("a", "drone_attack", target="US targets", **same)
    b = news.report("b", "drone_attack", against="the US military", **same)
    c = news.report("c", "drone_attack", target="Israeli targets", **same)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert not outcome.are_one(b, c)


def test_a_group_that_speaks_as_the_state_is_no_rival_of_that_name(tmp_path: Path) -> None:
    """The communique says "our navy", the trade press the Houthis; the ship's name ties them."""
    news = Newsroom()
    for name in ("a", "b", "c"):
        news.document(name, published="2024-03-13")
    a = news.report("a", "missile_attack", on="2024-03-12", at="Gulf of Aden", by="the Houthis", vessel="Aegean Courage")
    b = news.report("b", "naval_attack", at="Gulf of Aden", by="the Yemeni navy", vessel="Aegean Courage")
    c = news.report("c", "naval_attack", at="Gulf of Aden", by="the Yemeni navy", vessel="Galaxy Star")
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert not outcome.are_one(a, c)


def test_a_side_of_a_country_holds_the_provinces_on_that_side(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", "suicide_bombing", on="2015-08-11", at="eastern Nigeria")
    b = news.report("b", "suicide_bombing", on="2015-08-11", at="Borno", killed=52)
    c = news.report("c", "suicide_bombing", on="2015-08-11", at="Sokoto", killed=7)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert not outcome.are_one(a, c)


def test_a_rising_toll_speaks_for_one_incident_and_a_bomb_may_be_a_shell(tmp_path: Path) -> None:
    news = Newsroom()
    news.document("a", published="2024-02-14")
    news.document("b", published="2024-02-16")
    same = {"on": "2024-02-13", "at": "Goma"}
    a = news.report("a", "bombing", killed=8, weapon="bomb", **same)
    b = news.report("b", "shelling", killed=11, weapon="artillery", **same)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    link = outcome.link(a, b)
    assert link is not None
    assert '"killed": "risen"' in link["features"]
    assert '"weapon": "loose"' in link["features"]


def test_a_named_victim_may_be_one_of_the_people_told_of(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"on": "2024-03-14", "at": "Kharkiv"}
    a = news.report("a", "other_attack", against="people", **same)
    b = news.report("b", "bombing", against="Olena Bondar", **same)
    assert news.resolve(tmp_path).are_one(a, b)


def test_a_name_written_down_in_two_ways_is_one_person(tmp_path: Path) -> None:
    news = Newsroom()
    news.document("a", published="2024-03-14")
    news.document("b", published="2024-03-15")
    a = news.report("a", "shooting", at="Baghdad", against="Adnan al-Nuaimi", killed=1)
    b = news.report("b", "assassination", at="Baghdad", against="Adnan al-Naimi", killed=1)
    assert news.resolve(tmp_path).are_one(a, b)


def test_a_commander_of_no_told_side_is_no_rival_of_an_army(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"on": "2024-03-14", "at": "Kharkiv"}
    a = news.report("a", "shelling", by="Colonel Viktor Salnik", killed=13, **same)
    b = news.report("b", "shelling", by="Russia", killed=10, **same)
    assert news.resolve(tmp_path).are_one(a, b)


def test_undated_fighting_in_a_town_is_of_one_day_only_if_it_is_told_together(tmp_path: Path) -> None:
    news = Newsroom()
    for document, day in (("a", "2024-03-12"), ("b", "2024-03-13"), ("c", "2024-03-15")):
        news.document(document, published=day)
    a, b, c = (news.report(document, "ground_assault", at="Kharkiv") for document in "abc")
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert not outcome.are_one(a, c)


def test_a_week_may_begin_on_sunday(tmp_path: Path) -> None:
    """ "Last week", told on a Tuesday, of a Sunday that other papers name."""
    news = Newsroom()
    same = {"at": "Goma", "killed": 24}
    a = news.report("a", "shooting", on="2018-12-02", **same)
    b = news.report("b", "shooting", on=("2018-12-03", "2018-12-09"), precision="week", **same)
    c = news.report("c", "shooting", on="2018-12-01", **same)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert not outcome.are_one(b, c)


def test_a_front_of_a_group_that_the_report_names_is_no_rival_of_the_group(tmp_path: Path) -> None:
    """ "The Houthis said that their Southern Front had taken the base"."""
    news = Newsroom()
    same = {"on": "2024-03-14", "at": "Gulf of Aden", "against": "soldiers"}
    a = news.report("a", "ground_assault", by="the Houthis", **same)
    b = news.report("b", "ground_assault", by="the Southern Front", names="the Houthis", **same)
    assert news.resolve(tmp_path).are_one(a, b)


def test_a_front_of_nobody_told_is_a_rival(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"on": "2024-03-14", "at": "Gulf of Aden", "against": "soldiers"}
    a = news.report("a", "ground_assault", by="the Houthis", **same)
    b = news.report("b", "ground_assault", by="the Southern Front", **same)
    assert not news.resolve(tmp_path).are_one(a, b)


def test_where_a_text_is_set_helps_a_report_without_a_place(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"on": "2024-03-14"}
    a = news.report("a", "shelling", at="Kharkiv", killed=(90, None), evidence="Mortars slammed into the city.", **same)
    b = news.report("b", "shelling", perhaps_at="Ukraine", killed=98, evidence="Doctors counted the corpses.", **same)
    c = news.report("c", "shelling", perhaps_at="Iraq", killed=97, evidence="Graves were dug all night.", **same)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert not outcome.are_one(a, c)


def test_totals_since_one_month_of_no_told_year_can_be_one(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"is_aggregate": True, "at": "Iraq", "target": "US facilities", "attacks": (5, None), "weapon": "drone"}
    a = news.report("a", "drone_attack", date_text="since April", by="Iran-backed militias", **same)
    b = news.report("b", "drone_attack", date_text="since April", **same)
    c = news.report("c", "drone_attack", date_text="since October", **same)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    assert not outcome.are_one(a, c)
