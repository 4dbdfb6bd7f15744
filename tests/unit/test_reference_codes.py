"""The tables of codes and words: vocabularies of the contract, unique keys, known rows."""

from __future__ import annotations

import pytest

from dagster_project.reference import split, table

PHYSICAL_TYPES = """
airstrike drone_attack rocket_attack missile_attack shelling bombing suicide_bombing shooting ground_assault assassination
kidnapping arrest seizure_of_ship naval_attack interception arson robbery sabotage cyber_attack forced_work_stoppage
other_attack
"""
PLOVER_CATEGORIES = """
AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT
"""
CLASSES = "aircraft drone missile rocket artillery explosive firearm vehicle blade chemical cyber other"
PHYSICAL, PLOVER, WEAPON_CLASSES = PHYSICAL_TYPES.split(), PLOVER_CATEGORIES.split(), CLASSES.split()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("event_types", ["event_type"]),
        ("plover_modes", ["plover_category", "plover_mode"]),
        ("weapons", ["pattern"]),
        ("quantities", ["phrase"]),
        ("calendar_words", ["word", "kind"]),
    ],
)
def test_keys_are_unique_and_rows_sorted(name: str, key: list[str]) -> None:
    keys = [tuple(row[column] for column in key) for row in table(name)]
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys)


def test_every_event_type_of_the_ontology_is_there_and_no_other() -> None:
    assert {row["event_type"] for row in table("event_types")} == {*PHYSICAL, *PLOVER, "STATEMENT"}


def test_event_types_agree_with_their_plover_mode() -> None:
    modes = {(row["plover_category"], row["plover_mode"]): row for row in table("plover_modes")}
    for row in table("event_types"):
        if row["event_type"] == "STATEMENT":
            assert (row["plover_category"], row["plover_mode"]) == ("", "")
            continue
        mode = modes[row["plover_category"], row["plover_mode"]]
        assert row["quad_class"] == mode["quad_class"], row["event_type"]
        assert float(row["goldstein"]) == float(mode["goldstein"]), row["event_type"]


def test_violent_is_what_plover_calls_assault() -> None:
    for row in table("event_types"):
        assert row["is_violent"] == ("true" if row["plover_category"] == "ASSAULT" else "false")


def test_scores_stay_on_the_scale_and_codes_in_their_ranges() -> None:
    for row in table("event_types"):
        assert -10 <= float(row["goldstein"]) <= 10
        assert row["quad_class"] in {"1", "2", "3", "4"}
        assert len(row["cameo_root"]) == 2
        assert 1 <= int(row["cameo_root"]) <= 20
        assert bool(row["acled_event_type"]) == bool(row["acled_sub_event_type"])


def test_accusing_is_negative_although_the_manual_prints_it_positive() -> None:
    assert {float(row["goldstein"]) for row in table("event_types") if row["event_type"] == "ACCUSE"} == {-3.0}


def test_weapons_keep_to_the_classes_of_the_contract_and_to_known_event_types() -> None:
    for row in table("weapons"):
        assert row["weapon_class"] in WEAPON_CLASSES, row["pattern"]
        assert row["label"] in {"WEAPON", "VEHICLE"}
        assert row["is_platform"] in {"yes", "no"}
        assert row["event_type_hint"] in {"", *PHYSICAL}, row["pattern"]
        assert row["pattern"] == row["pattern"].lower().strip()


def test_one_canonical_weapon_has_one_class_label_and_hint() -> None:
    seen: dict[str, tuple[str, ...]] = {}
    for row in table("weapons"):
        facts = (row["weapon_class"], row["label"], row["is_platform"], row["event_type_hint"])
        assert seen.setdefault(row["name"], facts) == facts, row["pattern"]


def test_strikes_are_events_and_no_weapons() -> None:
    patterns = {row["pattern"] for row in table("weapons")}
    assert not patterns & {"strike", "airstrike", "air strike", "shelling", "bombing", "attack", "raid"}


@pytest.mark.parametrize(
    ("pattern", "name", "weapon_class"),
    [
        ("one-way attack drone", "one-way attack drone", "drone"),
        ("explosive-laden drone", "drone", "drone"),
        ("katyusha rocket", "rocket", "rocket"),
        ("f-16", "fighter jet", "aircraft"),
        ("ied", "IED", "explosive"),
        ("dynamite", "dynamite", "explosive"),
        ("machinegun", "machine gun", "firearm"),
        ("ak-47", "AK-47", "firearm"),
        ("mortar shell", "mortar", "artillery"),
        ("rpg-7", "rocket launcher", "rocket"),
        ("tomahawk", "cruise missile", "missile"),
        ("t-72", "tank", "vehicle"),
    ],
)
def test_well_known_weapons_are_found(pattern: str, name: str, weapon_class: str) -> None:
    (row,) = (row for row in table("weapons") if row["pattern"] == pattern)
    assert (row["name"], row["weapon_class"]) == (name, weapon_class)


def test_vague_quantities_have_ordered_bounds_and_a_basis() -> None:
    for row in table("quantities"):
        low, high = (int(row[c]) if row[c] else None for c in ("low", "high"))
        assert low is None or high is None or low <= high, row["phrase"]
        assert row["note"]
        assert row["source"]
    dozens = next(row for row in table("quantities") if row["phrase"] == "dozens")
    assert (dozens["low"], dozens["high"]) == ("24", "99")


def test_all_months_and_weekdays_are_there() -> None:
    words = table("calendar_words")
    assert sorted(int(row["value"]) for row in words if row["kind"] == "month") == list(range(1, 13))
    assert sorted(int(row["value"]) for row in words if row["kind"] == "weekday") == list(range(1, 8))
    assert ("sept", "9") in {(row["word"], row["value"]) for row in words}


def test_no_country_name_or_alias_means_two_countries() -> None:
    owner: dict[str, str] = {}
    for row in table("countries"):
        for name in [row["name"], *split(row["aliases"])]:
            assert owner.setdefault(name, row["iso3"]) == row["iso3"], name
