"""What is one incident and what is not: agreement merges, contradiction forbids, look-alikes stay apart."""

from __future__ import annotations

from pathlib import Path

from tests.support.reports import Newsroom


def test_two_documents_tell_one_strike_under_different_names_of_one_side(tmp_path: Path) -> None:
    """ "The United States", "US military" and "the Biden administration" are one side; the border lies in both countries."""
    news = Newsroom()
    a = news.report(
        "a", on="2021-06-27", at="Iraq-Syria border", by="the United States", against="Iran-backed militias", killed=4
    )
    b = news.report(
        "b", on="2021-06-27", at=("Iraq", "Syria"), by="the US military", against="Iran-backed militias", killed=4
    )
    news.document("c", published="2021-06-28")
    c = news.report("c", at="Iraq-Syria border", by="the Biden administration", against="Iran-backed militias")
    assert news.resolve(tmp_path).are_one(a, b, c)


def test_strikes_on_other_days_stay_apart_even_with_everything_else_alike(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"at": "Syria", "by": "the United States", "against": "Iran-backed militias"}
    a = news.report("a", on="2021-02-25", **same)
    b = news.report("b", on="2021-06-27", **same)
    c = news.report("c", on="2024-02-02", **same)
    assert len(set(news.resolve(tmp_path).of.values())) == 3, (a, b, c)


def test_same_town_next_day_is_another_incident(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", "missile_attack", on="2024-03-14", at="Kharkiv", by="Russia", killed=12)
    b = news.report("b", "missile_attack", on="2024-03-15", at="Kharkiv", by="Russia", killed=12)
    outcome = news.resolve(tmp_path)
    assert not outcome.are_one(a, b)
    link = outcome.link(a, b)
    assert link is not None
    assert link["decision"] == "forbidden"
    assert "dates that do not meet" in link["reason"]


def test_same_toll_on_the_same_day_elsewhere_is_another_incident(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", "bombing", on="2024-03-14", at="Baghdad", killed=33)
    b = news.report("b", "bombing", on="2024-03-14", at="Erbil", killed=33)
    assert not news.resolve(tmp_path).are_one(a, b)


def test_a_revised_toll_is_the_same_incident(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", "missile_attack", on="2024-03-14", at="Kharkiv", by="Russia", killed=9)
    b = news.report("b", "missile_attack", on="2024-03-14", at="Kharkiv", by="Russia", killed=13)
    assert news.resolve(tmp_path).are_one(a, b)


def test_an_anniversary_story_joins_what_it_looks_back_on_and_not_what_it_tells_of_today(tmp_path: Path) -> None:
    news = Newsroom()
    attack = news.report("then", "bombing", on="2015-08-11", at="Baghdad", target="the cattle market", killed=47)
    news.document("now", published="2016-08-12")
    today = news.report("now", "bombing", on="2016-08-11", at="Baghdad", target="the cattle market")
    look_back = news.report("now", "bombing", at="Baghdad", target="the cattle market", killed=47)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(attack, look_back)
    assert not outcome.are_one(attack, today)


def test_other_attackers_forbid_a_merge(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", on="2024-03-14", at="Kharkiv", by="Russia", killed=5)
    b = news.report("b", on="2024-03-14", at="Kharkiv", by="Israel", killed=5)
    assert not news.resolve(tmp_path).are_one(a, b)


def test_a_chain_of_vague_reports_does_not_tie_two_days_together(tmp_path: Path) -> None:
    """The undated report fits both days; it joins one of them and never both."""
    news = Newsroom()
    same = {"at": "Kharkiv", "by": "Russia", "target": "a printing house"}
    a = news.report("a", "missile_attack", on="2024-03-14", **same)
    b = news.report("b", "missile_attack", on="2024-03-15", **same)
    news.document("c", published="2024-03-15")
    c = news.report("c", "missile_attack", **same)
    outcome = news.resolve(tmp_path)
    assert not outcome.are_one(a, b)
    assert outcome.are_one(a, c) != outcome.are_one(b, c)


def test_a_response_with_sides_exchanged_is_another_incident(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report(
        "a", "other_attack", on="2024-03-14", at="Iraq", by="Kataib Hezbollah", against="the US military", killed=3
    )
    b = news.report(
        "b", "other_attack", on="2024-03-14", at="Iraq", by="the US military", against="Kataib Hezbollah", killed=3
    )
    assert not news.resolve(tmp_path).are_one(a, b)


def test_what_happens_later_cannot_be_what_an_older_article_tells(tmp_path: Path) -> None:
    news = Newsroom()
    news.document("old", published="2021-03-01")
    a = news.report("old", at="Syria", by="the United States", against="Iran-backed militias", target="a border post")
    b = news.report(
        "new", on="2021-06-27", at="Syria", by="the United States", against="Iran-backed militias", target="a border post"
    )
    assert not news.resolve(tmp_path).are_one(a, b)


def test_a_facility_and_its_town_are_near_a_province_holds_both(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", "rocket_attack", on="2021-02-15", at="Erbil airport", killed=1, target="the airport")
    b = news.report("b", "rocket_attack", on="2021-02-15", at="Erbil", killed=1, target="an airport")
    c = news.report("c", "rocket_attack", on="2021-02-15", at="Erbil province", killed=1, target="the airport")
    assert news.resolve(tmp_path).are_one(a, b, c)


def test_two_reports_that_one_document_tells_apart_stay_apart(tmp_path: Path) -> None:
    """The other document's report fits both; the reader of the first saw two incidents."""
    news = Newsroom()
    news.document("a", published="2024-03-15")
    first = news.report(
        "a", "missile_attack", on="2024-03-14", at="Kharkiv", by="Russia", target="a block of flats", killed=12
    )
    second = news.report("a", "missile_attack", on="2024-03-14", at="Kharkiv", target="a power station", killed=0)
    other = news.report(
        "b", "missile_attack", on="2024-03-14", at="Kharkiv", by="Russia", target="a block of flats", killed=12
    )
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(first, other)
    assert not outcome.are_one(first, second)


def test_every_merged_and_nearly_merged_pair_says_why(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", on="2024-03-14", at="Kharkiv", by="Russia", killed=12)
    b = news.report("b", on="2024-03-14", at="Kharkiv", by="Russia", killed=12)
    link = news.resolve(tmp_path).link(a, b)
    assert link is not None
    assert link["decision"] == "merged"
    assert "same day" in link["reason"]
    assert '"killed": "same_large"' in link["features"]


def test_reports_of_a_superseded_document_follow_and_never_bridge(tmp_path: Path) -> None:
    """The first version of the article had no date; its successor and another paper tell two days."""
    news = Newsroom()
    same = {"at": "Kharkiv", "by": "Russia", "target": "a printing house"}
    news.document("draft", published="2024-03-16", superseded_by="final")
    news.document("final", published="2024-03-16")
    draft = news.report("draft", "missile_attack", **same)
    final = news.report("final", "missile_attack", on="2024-03-15", **same)
    other = news.report("other", "missile_attack", on="2024-03-14", **same)
    outcome = news.resolve(tmp_path)
    assert not outcome.are_one(final, other)
    assert draft in outcome.of


def test_an_attack_told_without_its_means_takes_the_specific_kind(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"on": "2024-03-14", "at": "Kharkiv", "by": "Russia", "killed": 12}
    a = news.report("a", "other_attack", **same)
    news.report("b", "missile_attack", **same)
    outcome = news.resolve(tmp_path)
    assert outcome.incident(a)["event_type"] == "missile_attack"


def test_the_date_is_the_most_specific_one_told(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"at": "Kharkiv", "by": "Russia", "killed": 12, "target": "a block of flats"}
    a = news.report("a", on=("2024-03-01", "2024-03-31"), precision="month", **same)
    b = news.report("b", on="2024-03-14", **same)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b)
    row = outcome.incident(a)
    assert (str(row["date_start"]), str(row["date_end"]), row["date_precision"]) == ("2024-03-14", "2024-03-14", "day")


def test_the_title_is_one_readable_line(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", on="2021-06-27", at="Iraq-Syria border", by="the United States", against="Iran-backed militias")
    title = news.resolve(tmp_path).incident(a)["title"]
    assert title == "Airstrike by United States on Iran-backed militias, Iraq-Syria border, 27 June 2021"


def test_a_named_victim_is_the_target_and_not_his_army(tmp_path: Path) -> None:
    news = Newsroom()
    strike = {"at": "Baghdad", "by": "the United States"}
    officer = ("a senior officer, Qasem Soleimani", "Ukraine's army")
    a = news.report("a", **strike, against="Qasem Soleimani", killed=1, victims=officer)
    b = news.report("b", **strike, killed=9, victims=("nine soldiers", "Ukraine's army"))
    outcome = news.resolve(tmp_path)
    assert outcome.incident(a)["title"] == "Airstrike by United States on Qasem Soleimani, Baghdad"
    assert outcome.incident(b)["title"] == "Airstrike by United States on Ukrainian army, Baghdad"
