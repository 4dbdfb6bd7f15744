"""The vocabularies of actors, outlets, titles, people, bases and units: keys, links, codes, known look-ups."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from dagster_project.reading.transliteration import plain
from dagster_project.reference import split, table

ACTOR_TYPES = {"state", "government", "military", "armed_group", "igo", "media", "civilians", "company", "other"}
VICTIM_CLASSES = {"civilian", "military", "militant", "unknown"}
PUBLISHER_KINDS = {
    "agency",
    "newspaper",
    "broadcaster",
    "online",
    "state_media",
    "ngo",
    "igo",
    "government",
    "blog",
    "other",
}
ISO3 = {row["iso3"] for row in table("countries")}
ACTORS = {row["actor_id"]: row for row in table("actors")}


def surface_forms(row: dict[str, str]) -> list[str]:
    """Every form a row is found by; a parenthesis in a name only tells two names apart."""
    name = row["name"].split(" (")[0]
    return [name, *split(row["aliases"]), *split(row["aliases_case_sensitive"])]


def owners(name: str, key: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in table(name):
        for form in surface_forms(row):
            found[plain(form)].add(row[key])
    return found


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("actors", ["actor_id"]),
        ("actors", ["name"]),
        ("publishers", ["publisher_id"]),
        ("publishers", ["name"]),
        ("titles", ["title"]),
        ("organisation_words", ["word"]),
        ("people_words", ["lemma"]),
        ("vessels_bases", ["name"]),
        ("military_units", ["entry", "word_or_name"]),
        ("actor_alias_ambiguous", ["alias"]),
    ],
)
def test_keys_are_unique_and_every_row_names_its_source(name: str, key: list[str]) -> None:
    counts = Counter(tuple(row[column] for column in key) for row in table(name))
    assert [k for k, n in counts.items() if n > 1] == []
    assert [row for row in table(name) if not row["source"]] == []


@pytest.mark.parametrize(
    ("name", "at_least"),
    [
        ("actors", 400),
        ("publishers", 150),
        ("titles", 250),
        ("people_words", 300),
        ("vessels_bases", 120),
        ("organisation_words", 200),
        ("military_units", 100),
    ],
)
def test_tables_are_large_enough_for_the_world_news(name: str, at_least: int) -> None:
    assert len(table(name)) >= at_least


def test_no_alias_belongs_to_two_actors_unless_listed_as_ambiguous() -> None:
    listed = {plain(row["alias"]): set(split(row["actor_ids"])) for row in table("actor_alias_ambiguous")}
    shared = {form: ids for form, ids in owners("actors", "actor_id").items() if len(ids) > 1}
    assert shared == listed


def test_no_alias_belongs_to_two_outlets() -> None:
    assert {form: ids for form, ids in owners("publishers", "publisher_id").items() if len(ids) > 1} == {
        "daily star": {"daily-star-lebanon", "daily-star-bangladesh"},
        "daily mirror": {"daily-mirror", "daily-mirror-sri-lanka"},
    }


def test_a_capital_stands_for_one_state_and_is_no_alias_of_another_actor() -> None:
    metonyms = defaultdict(set)
    for row in ACTORS.values():
        for name in split(row["metonyms"]):
            metonyms[plain(name)].add(row["actor_id"])
    assert {name: ids for name, ids in metonyms.items() if len(ids) > 1} == {}
    aliases = owners("actors", "actor_id")
    assert [name for name in metonyms if name in aliases] == []


def test_types_codes_parents_and_years_of_actors_hold() -> None:
    for row in ACTORS.values():
        assert row["actor_type"] in ACTOR_TYPES, row
        assert not row["country_iso3"] or row["country_iso3"] in ISO3, row
        assert not row["backer_iso3"] or row["backer_iso3"] in ISO3, row
        assert not row["parent_id"] or row["parent_id"] in ACTORS, row
        years = [int(row[column]) for column in ("valid_from", "valid_to") if row[column]]
        assert years == sorted(years), row


def test_no_actor_is_its_own_ancestor() -> None:
    for actor_id in ACTORS:
        seen, at = set(), actor_id
        while at:
            assert at not in seen, actor_id
            seen.add(at)
            at = ACTORS[at]["parent_id"]


def test_an_armed_group_is_never_part_of_a_state() -> None:
    """A group with a state as ancestor would count as one side with it: sponsors go to backer_iso3."""
    for row in ACTORS.values():
        if row["actor_type"] == "armed_group" and row["parent_id"]:
            assert ACTORS[row["parent_id"]]["actor_type"] != "state", row


def test_every_state_exists_once_today_and_has_a_code() -> None:
    current = Counter(r["country_iso3"] for r in ACTORS.values() if r["actor_type"] == "state" and not r["valid_to"])
    assert [iso3 for iso3, n in current.items() if n > 1 or not iso3] == []
    assert len(current) >= 193 + 3


@pytest.mark.parametrize(
    ("form", "actor_id"),
    [
        ("ISIS", "islamic-state"),
        ("Daesh", "islamic-state"),
        ("Ansar Allah", "houthis"),
        ("Hizballah", "hezbollah"),
        ("Sendero Luminoso", "shining-path"),
        ("Pentagon", "us-department-of-defense"),
        ("Israeli army", "israel-defense-forces"),
        ("Hashd al-Shaabi", "popular-mobilization-forces"),
        ("Myanmar junta", "state-administration-council"),
        ("M-19", "19th-of-april-movement"),
        ("Extraditables", "the-extraditables"),
        ("U.S.", "united-states"),
    ],
)
def test_well_known_names_find_their_actor(form: str, actor_id: str) -> None:
    found = owners("actors", "actor_id")
    assert found[plain(form)] | found[plain(f"the {form}")] == {actor_id}


def test_wings_lead_to_their_organisation() -> None:
    assert ACTORS["quds-force"]["parent_id"] == "islamic-revolutionary-guard-corps"
    assert ACTORS["kataib-hezbollah"]["backer_iso3"] == "IRN"
    assert ACTORS["izz-ad-din-al-qassam-brigades"]["parent_id"] == "hamas"


def test_outlets_have_known_kinds_countries_and_grades_with_a_basis() -> None:
    for row in table("publishers"):
        assert row["kind"] in PUBLISHER_KINDS, row
        assert row["country_iso3"] in ISO3, row
        assert row["reliability_grade"] in {"", *"ABCDEF"}, row
        assert bool(row["reliability_grade"]) == bool(row["reliability_basis"]), row


@pytest.mark.parametrize("name", ["organisation_words", "people_words"])
def test_words_have_a_known_victim_class(name: str) -> None:
    for row in table(name):
        assert row["victim_class"] in VICTIM_CLASSES, row
        assert row.get("actor_type", "other") in ACTOR_TYPES, row


def test_irregular_plurals_are_given() -> None:
    plurals = {row["lemma"]: row["plural"] for row in table("people_words")}
    assert plurals["child"] == "children"
    assert plurals["passerby"] == "passersby"
    assert plurals["policeman"] == "policemen"
    assert plurals["mujahid"] == "mujahideen"
    assert plurals["person"] == "people"


def test_titles_keep_to_the_kinds() -> None:
    assert {row["kind"] for row in table("titles")} == {"honorific", "rank", "office", "spokesperson", "other"}


def test_bases_have_coordinates_and_ships_have_none() -> None:
    for row in table("vessels_bases"):
        assert row["country_iso3"] in ISO3, row
        assert not row["operator_iso3"] or row["operator_iso3"] in ISO3, row
        if row["kind"] == "facility":
            assert -90 <= float(row["latitude"]) <= 90, row
            assert -180 <= float(row["longitude"]) <= 180, row
        else:
            assert row["kind"] == "ship"
            assert row["latitude"] == row["longitude"] == "", row


def test_named_units_lead_to_listed_actors() -> None:
    for row in table("military_units"):
        for column in ("actor_id", "parent_actor_id"):
            assert not row[column] or row[column] in ACTORS, row
        if row["entry"] == "named":
            assert row["actor_id"] or row["parent_actor_id"], row
            assert row["country_iso3"] in ISO3, row
