"""Who is who across documents, what violence it was, and how places hold each other."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from dagster_project.resolution.conflict import Violence, classify
from dagster_project.resolution.hierarchy import Hierarchy
from dagster_project.resolution.places import Atlas, PlaceRelation
from tests.support.reports import PLACES, Newsroom, Outcome


def _resolve(news: Newsroom, folder: Path) -> tuple[Outcome, dict[tuple[str, int], str]]:
    outcome = news.resolve(folder)
    return outcome, {(r["document_id"], r["actor_no"]): r["actor_id"] for r in outcome.table("actor_map")}


def test_parents_that_no_document_mentions_are_rows_up_to_the_state(tmp_path: Path) -> None:
    news = Newsroom()
    news.report("a", by="the Biden administration")
    outcome, _ = _resolve(news, tmp_path)
    assert outcome.actor("biden-administration")["parent_actor_id"] == "us-government"
    assert outcome.actor("us-government")["parent_actor_id"] == "united-states"
    assert outcome.actor("united-states")["parent_actor_id"] is None
    assert outcome.actor("biden-administration")["aliases"] == ["Biden administration", "the Biden administration"]


def test_unknown_groups_meet_under_other_spellings(tmp_path: Path) -> None:
    news = Newsroom()
    one = news.actor("a", "Liwa al-Fath", actor_type="armed_group")
    other = news.actor("b", "Liwa al Fatah", actor_type="armed_group")
    third = news.actor("c", "Liwa el-Fath", actor_type="armed_group", country_iso3="SYR")
    for name in "abc":
        news.document(name)
    _, ids = _resolve(news, tmp_path)
    assert ids["a", one] == ids["c", third]
    assert ids["b", other] != ids["a", one], "another vowel may be another name"


def test_persons_meet_by_full_name_only_and_never_across_countries(tmp_path: Path) -> None:
    news = Newsroom()
    for name in "abcd":
        news.document(name)
    person = {"actor_type": "person", "is_generic": False}
    a = news.actor("a", "Ali Hassan", country_iso3="IRQ", **person)
    b = news.actor("b", "Ali Hassan", country_iso3="IRQ", **person)
    c = news.actor("c", "Ali Hassan", country_iso3="LBN", **person)
    d = news.actor("d", "Hassan", country_iso3="IRQ", **person)
    _, ids = _resolve(news, tmp_path)
    assert ids["a", a] == ids["b", b]
    assert len({ids["a", a], ids["c", c], ids["d", d]}) == 3


def test_described_actors_stay_in_their_document_unless_they_say_whose_they_are(tmp_path: Path) -> None:
    news = Newsroom()
    for name in "ab":
        news.report(name, by=("gunmen", "Iran-backed militias"))
    _, ids = _resolve(news, tmp_path)
    assert ids["a", 0] != ids["b", 0]
    assert ids["a", 1] == ids["b", 1]


def test_each_country_used_has_exactly_one_row(tmp_path: Path) -> None:
    news = Newsroom()
    news.report("a", at=("Baghdad", "Iraq-Syria border"))
    countries = [r["place_id"] for r in news.resolve(tmp_path).table("resolved_place") if r["kind"] == "country"]
    assert countries == ["country:IRQ", "country:SYR"]


def test_places_hold_touch_or_exclude_each_other() -> None:
    atlas = Atlas.of(pl.DataFrame(list(PLACES.values()), infer_schema_length=None).sort("place_id"))

    def relation(a: str, b: str) -> PlaceRelation:
        return atlas.relation(PLACES[a]["place_id"], PLACES[b]["place_id"])

    assert relation("Erbil", "Erbil airport") == "near"
    assert relation("Erbil", "Erbil province") == "inside"
    assert relation("Baghdad", "Iraq") == "wide"
    assert relation("Iraq-Syria border", "Syria") == "wide"
    assert relation("Baghdad", "Erbil") == "far"
    assert relation("Kharkiv", "Chuhuiv") == "far"
    assert relation("Iraq", "Syria") == "abroad"
    assert relation("Erbil province", "Baghdad") == "far"


def _hierarchy(tmp_path: Path) -> Hierarchy:
    news = Newsroom()
    names = ("the US military", "Kataib Hezbollah", "Russia", "Ukraine's army", "villagers", "gunmen", "Israel")
    news.report("a", by=names)
    news.actor("a", "Islamic State", actor_type="armed_group", reference_id="islamic-state")
    return Hierarchy.of(news.resolve(tmp_path).frame("resolved_actor"))


def test_violence_is_classified_by_its_sides(tmp_path: Path) -> None:
    tree = _hierarchy(tmp_path)
    army = next(a for a in tree.nodes if a.startswith("military:"))
    villagers = next(a for a in tree.nodes if a.startswith("generic:civilians"))
    gunmen = next(a for a in tree.nodes if a.startswith("generic:armed_group"))
    assert classify(["russia"], [army], set(), tree) == Violence(
        1, "Russia - Ukraine", "Government of Russia - Government of Ukraine"
    )
    state_based = classify(["kataib-hezbollah"], ["us-military"], set(), tree)
    assert (state_based.type_of_violence, state_based.dyad_name) == (1, "Government of United States - Kataib Hezbollah")
    assert classify(["kataib-hezbollah"], ["islamic-state"], set(), tree).type_of_violence == 2
    assert classify(["russia"], [villagers], set(), tree) == Violence(
        3, "Government of Russia - Civilians", "Government of Russia - Civilians"
    )
    assert classify(["islamic-state"], [], {"civilian"}, tree).type_of_violence == 3
    assert classify(["islamic-state"], [], {"civilian", "military"}, tree) == Violence()
    assert classify([gunmen], [villagers], {"civilian"}, tree) == Violence(), "nobody knows whose gunmen"
    assert classify([], ["us-military"], set(), tree) == Violence()
