"""Names to put into training sentences: persons of many cultures, places, bodies, groups and arms of the gazetteer.

Each filler is a tuple of tokens as the treebank tokenizer cuts them. Frequencies are rough judgements: news writes of
countries and cities more than of villages, but villages are what a model has not seen.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

import csv
import random
import re
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[1] / "seeds" / "reference"
_TOKEN = re.compile(r"[^\W\d_]\.(?:[^\W\d_]\.)*|[\w.]*\d[\w.]*(?:-\d+)?|['’]s\b|[^\W_]+(?:['’][^\W_]+)*|-|&|[^\w\s]")


def tokens(name: str) -> tuple[str, ...]:
    """A name cut like running text: hyphens between words stand alone ("al - Nusra"), apostrophes inside do not."""
    return tuple(_TOKEN.findall(name))


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def person_parts() -> dict[str, tuple[list[str], list[str]]]:
    """Culture -> (first names, last names)."""
    parts: dict[str, tuple[list[str], list[str]]] = {}
    for row in _rows("person_names.csv"):
        parts[row["culture"]] = (row["first_names"].split(";"), row["last_names"].split(";"))
    return parts


def person(rng: random.Random) -> tuple[str, ...]:
    cultures = sorted(person_parts())
    culture = rng.choice(cultures)
    first, last = person_parts()[culture]
    draw = rng.random()
    if culture == "arabic" and draw < 0.15:
        name = f"Abu {rng.choice(first)}" + (f" al-{rng.choice(last)}" if rng.random() < 0.4 else "")
    elif culture in ("arabic", "persian", "hausa", "somali") and draw < 0.35:
        name = f"{rng.choice(first)} {rng.choice(first)} {rng.choice(last)}"
    elif draw < 0.62:
        name = f"{rng.choice(first)} {rng.choice(last)}"
    elif draw < 0.70:
        name = f"{rng.choice(first)} {rng.choice('ABCDEFGHJKLMNPRSTW')}. {rng.choice(last)}"
    elif draw < 0.95:
        name = rng.choice(last)
    else:
        name = rng.choice(first)
    if culture == "arabic" and rng.random() < 0.5 and " " in name:
        head, _, tail = name.rpartition(" ")
        if not tail.startswith("al-"):
            name = f"{head} {rng.choice(['al', 'al', 'Al', 'el'])}-{tail}"
    return tokens(name)


@cache
def places() -> tuple[list[str], list[str], list[str]]:
    """Names of countries, of larger places and regions, of smaller places; plain letters, no digits."""
    import polars as pl

    table = pl.read_parquet(REFERENCE / "gazetteer.parquet")
    named = table.filter(pl.col("name").str.contains(r"^[A-Z][^\d,()/]{2,22}$")).sort("geonames_id")
    large = named.filter((pl.col("kind") != "country") & (pl.col("population") >= 100_000))["name"].to_list()
    troubled = _TROUBLED
    small = named.filter(pl.col("country_iso3").is_in(troubled) & (pl.col("population") < 100_000))["name"].to_list()
    countries = [row["name"] for row in _rows("countries.csv")]
    return countries, [_plain(name) for name in large], [_plain(name) for name in small]


# Countries whose villages make war news (UCDP GED's countries with most events), so that their spellings are met.
_TROUBLED = (
    "UKR RUS SYR IRQ IRN AFG PAK IND YEM SAU ISR PSE LBN JOR TUR LBY EGY SDN SSD SOM ETH ERI KEN NGA NER TCD CMR MLI BFA "
    "COD RWA BDI UGA CAF MOZ COL PER MEX SLV GTM NIC PHL MMR THA LKA NPL IDN GEO ARM AZE BIH HRV SRB DZA AGO LBR SLE CIV"
).split()


def _plain(name: str) -> str:
    """Diacritics dropped as English news does."""
    import unicodedata

    folded = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).replace("‘", "'").replace("’", "'")


def place(rng: random.Random) -> tuple[str, ...]:
    countries, large, small = places()
    draw = rng.random()
    if draw < 0.2:
        return tokens(rng.choice(countries).split(" (")[0])
    if draw < 0.5:
        return tokens(rng.choice(large))
    name = rng.choice(small)
    if draw > 0.96:
        name += rng.choice([" Province", " State", " District", " Governorate", " County", " Region"])
    return tokens(name)


@cache
def _groups() -> list[str]:
    forms = []
    for row in _rows("actors.csv"):
        if row["actor_type"] == "armed_group":
            forms.append(row["name"])
            forms.extend(alias for alias in row["aliases"].split(";") if alias)
            forms.extend(alias for alias in row["aliases_case_sensitive"].split(";") if len(alias) > 2)
    return sorted({form for form in forms if form[:1].isupper() and len(form) < 45})


# Words from which armed groups are named, so that unheard names of the kind are recognised.
_GROUP_HEADS = (
    "Front Army Movement Brigade Brigades Battalion Resistance Union Alliance Command Forces Organization Militia Guard "
    "Jihad Party Council Wing Column Faction Coalition Group"
).split()
_GROUP_MODIFIERS = (
    "National Popular Revolutionary Islamic Patriotic United Democratic People's Liberation Free Southern Northern Eastern "
    "Western Armed Red Black Holy Martyrs Self-Defense Salvation Freedom Peasant Workers Unity Independence Christian Lord's"
).split()
_ARABIC_GROUP_WORDS = "Ansar Jaish Jund Kataib Liwa Harakat Saraya Asaib Katibat Jamaat Hizb Fajr Nour Faylaq Usbat".split()
_ARABIC_GROUP_TAILS = (
    "al-Sharia al-Islam al-Sham al-Haq Hezbollah al-Shuhada al-Tawhid al-Din al-Muminin al-Fath al-Nasr al-Jihad Allah "
    "al-Quds al-Aqsa al-Sunna al-Furqan al-Wilaya al-Mahdi"
).split()


def group(rng: random.Random) -> tuple[str, ...]:
    draw = rng.random()
    if draw < 0.62:
        return tokens(rng.choice(_groups()))
    if draw < 0.78:
        return tokens(f"{rng.choice(_ARABIC_GROUP_WORDS)} {rng.choice(_ARABIC_GROUP_TAILS)}")
    if draw < 0.92:
        words = rng.sample(_GROUP_MODIFIERS, rng.choice([1, 2]))
        name = f"{' '.join(words)} {rng.choice(_GROUP_HEADS)}"
        if rng.random() < 0.3:
            name += " of " + " ".join(place(rng))
        return tokens(name)
    letters = "".join(rng.choice("ABCDEFILMNOPRSTU") for _ in range(rng.choice([3, 3, 4])))
    return (letters,)


_BODIES = (
    "Ministry of Defence;Defense Ministry;Foreign Ministry;Interior Ministry;Health Ministry;Ministry of Interior;Red Crescent;"
    "National Army;Armed Forces;Air Force;Navy;Coast Guard;National Guard;Police;Federal Police;Supreme Court;Parliament;Senate;"
    "Central Bank;Human Rights Commission;Human Rights Watch;Election Commission;Football Federation;Observatory for Human Rights;"
    "National Assembly;Border Guard;Intelligence Service;Security Council;University;Medical Association;Journalists Union;"
    "Emergency Management Agency;Marine Corps;Special Forces;Presidential Guard;Oil Company;Airlines;Labour Party;Congress"
).split(";")
_WORLD_BODIES = (
    "UN;United Nations;NATO;European Union;EU;African Union;Arab League;Red Cross;International Committee of the Red Cross;"
    "UNICEF;UNHCR;World Food Programme;World Health Organization;Amnesty International;Human Rights Watch;Pentagon;Kremlin;"
    "State Department;White House;CIA;FBI;IDF;OCHA;MINUSMA;UNIFIL;MONUSCO;IAEA;OSCE;ECOWAS;IGAD;SADC;Congress;Parliament;"
    "Foreign Office;Interpol;World Bank;Doctors Without Borders;Medecins Sans Frontieres;Save the Children;Mossad;Shin Bet;FSB"
).split(";")
_OUTLET_HEADS = (
    "Times Post News Herald Tribune Daily Monitor Gazette Radio TV Press Agency Observer Mirror Network Journal Sun".split()
)


@cache
def _outlets() -> list[str]:
    return sorted({row["name"].split(" (")[0] for row in _rows("publishers.csv")})


@cache
def _state_bodies() -> list[str]:
    return sorted(row["name"] for row in _rows("actors.csv") if row["actor_type"] in ("military", "government", "igo"))


def body(rng: random.Random) -> tuple[str, ...]:
    draw = rng.random()
    if draw < 0.25:
        return tokens(rng.choice(_WORLD_BODIES))
    if draw < 0.4:
        return tokens(rng.choice(_state_bodies()))
    if draw < 0.55:
        return tokens(rng.choice(_outlets()))
    if draw < 0.62:
        return tokens(f"{' '.join(place(rng))} {rng.choice(_OUTLET_HEADS)}")
    if draw < 0.8:
        return tokens(rng.choice(_BODIES))
    if draw < 0.9:
        return tokens(f"{' '.join(place(rng))} {rng.choice(_BODIES)}".replace(" of Defence", ""))
    return ("".join(rng.choice("ABCDEFGILMNOPRSTU") for _ in range(rng.choice([2, 3, 3, 4, 4, 5]))),)


_SITES = (
    "Airport;International Airport;Air Base;Airbase;Bridge;Hospital;General Hospital;Market;Central Market;Road;Street;Square;"
    "Mosque;Church;Prison;Stadium;University Hospital;refugee camp;Barracks;Cathedral;Hotel;Dam;Port;Checkpoint;Avenue;Palace"
).split(";")


@cache
def _facilities() -> list[str]:
    bases = [row["name"] for row in _rows("vessels_bases.csv") if row["kind"] != "ship"]
    return sorted({*bases, *(row["name"] for row in _rows("facilities.csv"))})


def site(rng: random.Random) -> tuple[str, ...]:
    draw = rng.random()
    if draw < 0.35:
        return tokens(rng.choice(_facilities()))
    if draw < 0.45:
        return tokens(f"Camp {' '.join(person(rng)[-1:])}")
    return tokens(f"{' '.join(place(rng))} {rng.choice(_SITES)}")


_NATURE = (
    "River Valley Mountains Hills Desert Peninsula Lake Sea Gulf Plateau Island Islands Delta Coast Forest Heights".split()
)
_AREAS = (
    "Sahel;West Africa;Middle East;Red Sea;Black Sea;Gulf of Aden;Horn of Africa;Persian Gulf;Mediterranean;Balkans;Caucasus;"
    "Europe;Asia;Africa;Latin America;Central Asia;North Africa;Line of Control;Strait of Hormuz;Lake Chad;Golan Heights;"
    "Bab al-Mandab;Sinai;Sinai Peninsula;Caribbean;Southeast Asia;Western Europe;Great Lakes;Bekaa Valley;Euphrates;Tigris;Dnipro"
).split(";")


def area(rng: random.Random) -> tuple[str, ...]:
    if rng.random() < 0.55:
        return tokens(rng.choice(_AREAS))
    return tokens(f"{' '.join(place(rng))} {rng.choice(_NATURE)}")


@cache
def _means(label: str) -> list[str]:
    return sorted({row["pattern"] for row in _rows("weapons.csv") if row["label"] == label and len(row["pattern"]) > 2})


_ACRONYMS = frozenset(
    "ied ieds vbied vbieds svbied svbieds rpg rpgs uav uavs ucav manpads icbm atgm apc apcs mrap mlrs himars sam sams tnt pkm".split()
)


def _designation(word: str) -> str:
    """Letters of a type designation in capitals ("f-16" -> "F-16"); the tables are lower-cased."""
    if word in _ACRONYMS:
        return word[:-1].upper() + "s" if word.endswith("s") and word != "manpads" else word.upper()
    return word.upper() if any(c.isdigit() for c in word) and not word[0].isdigit() and "mm" not in word else word


def means(label: str, plural: bool, rng: random.Random) -> tuple[str, ...]:
    name = " ".join(_designation(word) for word in rng.choice(_means(label)).split())
    if plural and name[-1].isalpha() and not name.endswith(("s", "ft")):
        name += "s"
    return tokens(name)


@cache
def nationalities() -> list[str]:
    forms: set[str] = set()
    for row in _rows("countries.csv"):
        forms.update(form for form in row["demonyms_adjective"].split(";") if form and not form.isupper())
    return sorted(forms)


def nationality(rng: random.Random) -> tuple[str, ...]:
    return tokens(rng.choice(nationalities()))


def fill(label: str, surface: tuple[str, ...], rng: random.Random) -> tuple[str, ...] | None:
    """Another name for a name with this label, or None where names of the label are not exchanged."""
    if label == "PERSON":
        return person(rng)
    if label == "GPE":
        return place(rng)
    if label == "ARMED_GROUP":
        return group(rng)
    if label == "ORG":
        return body(rng)
    if label == "FAC":
        return site(rng)
    if label == "LOC":
        return area(rng)
    if label in ("WEAPON", "VEHICLE"):
        return means(label, surface[-1].endswith("s"), rng)
    if label == "NORP" and surface[-1].endswith(("an", "ish", "i", "ese", "ian")):
        return nationality(rng)
    return None
