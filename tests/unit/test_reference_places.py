"""The tables of places and the gazetteer: keys, vocabularies, coordinates, known look-ups."""

from __future__ import annotations

from collections import Counter, defaultdict

import polars as pl
import pytest

from dagster_project.reading.transliteration import fold_name
from dagster_project.reference import REFERENCE_DIR, split, table

ISO3 = {row["iso3"] for row in table("countries")}


@pytest.fixture(scope="module")
def gazetteer() -> pl.DataFrame:
    return pl.read_parquet(REFERENCE_DIR / "gazetteer.parquet")


@pytest.fixture(scope="module")
def by_name(gazetteer: pl.DataFrame) -> dict[str, list[dict]]:
    """Folded name or spelling -> places, the most populous first."""
    index: dict[str, list[dict]] = defaultdict(list)
    for row in gazetteer.sort("population", descending=True, maintain_order=True).iter_rows(named=True):
        for name in {row["plain_name"], *row["plain_alternates"]}:
            index[fold_name(name)].append(row)
    return index


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("countries", ["iso3"]),
        ("countries", ["iso2"]),
        ("countries", ["name"]),
        ("countries_historical", ["name"]),
        ("admin1", ["country_iso3", "admin1_code"]),
        ("regions", ["name"]),
        ("borders", ["country_a", "country_b"]),
        ("facilities", ["name"]),
    ],
)
def test_keys_are_unique(name: str, key: list[str]) -> None:
    counts = Counter(tuple(row[column] for column in key) for row in table(name))
    assert [k for k, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("name", ["countries", "countries_historical", "admin1", "regions", "borders", "facilities"])
def test_coordinates_are_in_range(name: str) -> None:
    for row in table(name):
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row
        assert row["source"], row


def test_countries_refer_to_each_other_both_ways_and_keep_to_the_regions_of_ucdp() -> None:
    neighbours = {row["iso3"]: set(split(row["neighbours"])) for row in table("countries")}
    for iso3, others in neighbours.items():
        for other in others:
            assert iso3 in neighbours[other], (iso3, other)
    assert {row["region"] for row in table("countries")} == {"Africa", "Americas", "Asia", "Europe", "Middle East"}


def test_contested_countries_have_their_row() -> None:
    assert {"PSE", "TWN", "XKX", "ESH", "SSD", "TLS"} <= ISO3


def test_only_two_adjectives_belong_to_two_countries() -> None:
    counts = Counter(a for row in table("countries") for a in split(row["demonyms_adjective"]))
    assert {a for a, n in counts.items() if n > 1} == {"Congolese", "Dominican"}


def test_all_country_codes_are_known() -> None:
    for row in table("countries_historical"):
        assert set(split(row["successor_iso3"])) <= ISO3, row["name"]
        assert int(row["valid_from"]) < int(row["valid_to"])
    for row in table("regions"):
        assert set(split(row["countries"])) <= ISO3, row["name"]
        assert row["kind"] in {"water", "region", "border", "admin"}
        assert row["where_prec"] in {"4", "5", "7"}
    for row in table("facilities"):
        assert row["country_iso3"] in ISO3, row["name"]
    assert {row["country_iso3"] for row in table("admin1")} <= ISO3


def test_borders_lie_between_neighbours_near_both() -> None:
    countries = {row["iso3"]: row for row in table("countries")}
    for row in table("borders"):
        assert row["country_a"] < row["country_b"]
        assert row["country_b"] in split(countries[row["country_a"]]["neighbours"]), row["name"]


def test_the_file_of_the_gazetteer_stays_small() -> None:
    assert (REFERENCE_DIR / "gazetteer.parquet").stat().st_size < 12_000_000


def test_gazetteer_rows_are_well_formed(gazetteer: pl.DataFrame) -> None:
    assert gazetteer["kind"].unique().sort().to_list() == ["admin", "city"]
    assert set(gazetteer["country_iso3"].unique()) <= ISO3
    assert gazetteer["latitude"].is_between(-90, 90).all()
    assert gazetteer["longitude"].is_between(-180, 180).all()
    assert (gazetteer["plain_name"] != "").all()
    ids = gazetteer["geonames_id"].drop_nulls()
    assert ids.n_unique() == len(ids)


def test_a_country_has_at_most_one_capital(gazetteer: pl.DataFrame) -> None:
    capitals = gazetteer.filter(feature="capital")["country_iso3"]
    assert capitals.n_unique() == len(capitals)
    assert len(capitals) > 190


def test_divisions_of_the_gazetteer_are_those_of_the_table(gazetteer: pl.DataFrame) -> None:
    divisions = gazetteer.filter(kind="admin").select("country_iso3", "admin1_code").rows()
    assert sorted(divisions) == [(row["country_iso3"], row["admin1_code"]) for row in table("admin1")]


@pytest.mark.parametrize(
    ("spelling", "country", "latitude", "longitude"),
    [
        ("Abu Kamal", "SYR", 34.45, 40.92),
        ("Al Bukamal", "SYR", 34.45, 40.92),
        ("al-Bukamal", "SYR", 34.45, 40.92),
        ("Deir Ezzor", "SYR", 35.34, 40.14),
        ("Deir ez-Zor", "SYR", 35.34, 40.14),
        ("Al-Qa'im", "IRQ", 34.37, 41.09),
        ("Fallujah", "IRQ", 33.35, 43.78),
        ("Irbil", "IRQ", 36.19, 44.01),
        ("Khan Younis", "PSE", 31.34, 34.31),
        ("Sana'a", "YEM", 15.35, 44.21),
        ("Hodeida", "YEM", 14.8, 42.95),
        ("Kharkov", "UKR", 49.98, 36.25),
        ("Avdiivka", "UKR", 48.14, 37.75),
        ("Mazar-i-Sharif", "AFG", 36.71, 67.11),
        ("Maiduguri", "NGA", 11.85, 13.16),
        ("El Fasher", "SDN", 13.63, 25.35),
        ("Mekele", "ETH", 13.5, 39.48),
        ("San Salvador", "SLV", 13.69, -89.19),
        ("Soyapango", "SLV", 13.71, -89.14),
        ("Chalatenango", "SLV", 14.03, -88.93),
        ("Perquin", "SLV", 13.96, -88.16),
        ("Zacatecoluca", "SLV", 13.5, -88.87),
        ("Quezaltenango", "GTM", 14.83, -91.52),
        ("Tegucigalpa", "HND", 14.08, -87.21),
        ("Jinotega", "NIC", 13.09, -86.0),
        ("Medellin", "COL", 6.25, -75.56),
        ("Barrancabermeja", "COL", 7.06, -73.85),
        ("Ayacucho", "PER", -13.16, -74.22),
        ("Tingo Maria", "PER", -9.3, -76.0),
        ("Vina del Mar", "CHL", -33.02, -71.55),
    ],
)
def test_towns_of_the_news_are_found_where_they_are(
    by_name: dict[str, list[dict]], spelling: str, country: str, latitude: float, longitude: float
) -> None:
    places = [p for p in by_name[fold_name(spelling)] if p["country_iso3"] == country and p["kind"] == "city"]
    assert any(abs(p["latitude"] - latitude) < 0.2 and abs(p["longitude"] - longitude) < 0.2 for p in places)


def test_the_most_populous_san_salvador_is_the_capital(by_name: dict[str, list[dict]]) -> None:
    city = next(p for p in by_name[fold_name("San Salvador")] if p["kind"] == "city")
    assert (city["country_iso3"], city["feature"], city["admin1"]) == ("SLV", "capital", "San Salvador")


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Anbar", "IRQ"),
        ("Salah ad-Din", "IRQ"),
        ("Helmand", "AFG"),
        ("Nangarhar", "AFG"),
        ("Khyber Pakhtunkhwa", "PAK"),
        ("Donetsk", "UKR"),
        ("Idlib", "SYR"),
        ("Borno", "NGA"),
        ("North Kivu", "COD"),
        ("Tigray", "ETH"),
        ("Rakhine", "MMR"),
        ("Morazan", "SLV"),
        ("Usulutan", "SLV"),
        ("El Quiche", "GTM"),
        ("Antioquia", "COL"),
        ("Arauca", "COL"),
        ("Huanuco", "PER"),
        ("Junin", "PER"),
        ("Olancho", "HND"),
        ("Gaza Strip", "PSE"),
        ("West Bank", "PSE"),
        ("Chiapas", "MEX"),
        ("Texas", "USA"),
    ],
)
def test_divisions_of_the_news_are_found(by_name: dict[str, list[dict]], name: str, country: str) -> None:
    assert any(p["kind"] == "admin" and p["country_iso3"] == country for p in by_name[fold_name(name)])


@pytest.mark.parametrize(
    ("country", "count"), [("SLV", 14), ("GTM", 22), ("HND", 18), ("COL", 33), ("PER", 26), ("NIC", 17)]
)
def test_latin_american_departments_are_complete(country: str, count: int) -> None:
    assert sum(row["country_iso3"] == country for row in table("admin1")) == count


def test_every_department_of_el_salvador_has_towns(gazetteer: pl.DataFrame) -> None:
    towns = gazetteer.filter(pl.col("kind") == "city", pl.col("country_iso3") == "SLV")
    assert towns["admin1"].drop_nulls().n_unique() == 14


@pytest.mark.parametrize("name", ["Red Sea", "Strait of Hormuz", "Sahel", "Donbas", "Kashmir", "Darfur", "Golan Heights"])
def test_waters_and_regions_of_the_news_are_there(name: str) -> None:
    assert name in {row["name"] for row in table("regions")}
