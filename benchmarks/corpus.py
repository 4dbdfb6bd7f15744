"""Corpora of made-up news: as many documents as asked for, from templates, the same for the same number.

Belongs here: text that reads like conflict news, of varied length, names, numbers and constructions. Does not belong:
measuring (``__main__.py``).
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

PLACES = (
    ("Mosul", "Iraq"), ("Kirkuk", "Iraq"), ("Idlib", "Syria"), ("Homs", "Syria"), ("Maiduguri", "Nigeria"), ("Bama", "Nigeria"),
    ("Gao", "Mali"), ("Mopti", "Mali"), ("Djibo", "Burkina Faso"), ("Kidal", "Mali"), ("Baidoa", "Somalia"),
    ("Mogadishu", "Somalia"), ("Goma", "the Democratic Republic of Congo"), ("Beni", "the Democratic Republic of Congo"),
    ("Kandahar", "Afghanistan"), ("Jalalabad", "Afghanistan"), ("Quetta", "Pakistan"), ("Peshawar", "Pakistan"),
    ("Marawi", "the Philippines"), ("Jolo", "the Philippines"), ("Kharkiv", "Ukraine"), ("Kherson", "Ukraine"),
    ("Sanaa", "Yemen"), ("Taiz", "Yemen"), ("Sittwe", "Myanmar"), ("Arauca", "Colombia"), ("Tumaco", "Colombia"),
)  # fmt: skip
ATTACKERS = (
    "gunmen", "militants", "Islamist insurgents", "rebels", "Islamic State fighters", "al-Shabaab militants", "Boko Haram fighters",
    "Taliban fighters", "government forces", "separatist fighters", "suspected jihadists", "armed men on motorcycles",
)  # fmt: skip
VICTIMS = (
    "civilians", "soldiers", "villagers", "police officers", "farmers", "traders", "passengers", "aid workers", "guards",
    "displaced people", "students",
)  # fmt: skip
TARGETS = (
    "a military base", "a crowded market", "a police checkpoint", "a bus station", "a convoy", "a village", "a mosque", "a school",
    "an army outpost", "a hotel", "a hospital",
)  # fmt: skip
SPEAKERS = (
    "a police spokesman", "the army", "a local official", "the interior ministry", "a hospital official", "residents",
    "the governor", "the United Nations", "a security source", "the defence ministry",
)  # fmt: skip
FIRST = ("Ahmed", "Ibrahim", "Maria", "Olena", "Joseph", "Abdul", "Carlos", "Fatima", "Viktor", "Grace", "Omar", "Luis")
LAST = ("Hassan", "Musa", "Kovalenko", "Reyes", "Diallo", "Khan", "Mbeki", "Torres", "Saleh", "Okafor", "Rahman", "Petrov")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORDS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "10",
    "11",
    "12",
    "14",
    "17",
    "21",
    "26",
    "30",
    "43",
)

LEADS = (
    "{Attackers} attacked {target} near {place} in {country} on {day}, killing at least {n} {victims} and wounding {m} others, "
    "{speaker} said.",
    "A car bomb exploded outside {target} in {place}, {country}, on {day}, killing {n} people and injuring {m}, {speaker} said.",
    "At least {n} {victims} were killed and {m} wounded when {attackers} opened fire on {target} in the city of {place} on {day}.",
    "An airstrike hit {target} on the outskirts of {place} in {country} overnight, leaving {n} {victims} dead, {speaker} said.",
    "Rockets fired by {attackers} struck {target} in {place} on {day}; {speaker} put the death toll at {n}.",
    "{Attackers} abducted {n} {victims} from {target} in {place} late on {day}, according to {speaker}.",
)
BODY = (
    "No group immediately claimed responsibility for the attack, which officials blamed on {attackers}.",
    '"We heard a huge explosion and then shooting," said {person}, a shopkeeper who lives nearby. "People were running everywhere."',
    "{Speaker} said {m} of the wounded were in critical condition and that the toll could rise.",
    "Two of the injured later died in hospital, {speaker} added.",
    "The attack came two days after {attackers} killed {n} {victims} in a neighbouring district.",
    "Security forces have launched a search operation in the area and arrested {n} suspects, {speaker} said.",
    "{Person}, the provincial governor, condemned the attack and vowed that those responsible would be punished.",
    "More than {big} people have been killed in {country} since the conflict began in {year}, according to the United Nations.",
    "The government denied that any {victims} had been among the dead.",
    "Aid agencies warned that further violence could force thousands from their homes before the rainy season.",
    "Talks between the government and the rebels, which were due to resume next month in the capital, have stalled over the "
    "release of prisoners.",
    "Residents said they had buried {n} bodies by nightfall, while {m} people were still missing.",
    "The army said it had returned fire and killed {m} of the attackers, a figure that could not be independently verified.",
    "Last month, a roadside bomb killed {n} soldiers on the same road.",
    "The region has seen a surge of attacks since {month}, and local leaders accuse the authorities of failing to protect them.",
    "{Person}, who lost her brother in the attack, said the family had fled {place} once before, in {year}.",
)
MONTHS = ("January", "March", "April", "June", "September", "November")


def document(number: int) -> tuple[str, date]:
    """Title and text, and publication date, of the document of that number."""
    rng = random.Random(number)
    published = date(2016, 1, 1) + timedelta(days=rng.randrange(3000))
    lead = _fill(rng.choice(LEADS), rng)
    body = [_fill(sentence, rng) for sentence in rng.sample(BODY, k=rng.randint(4, len(BODY)))]
    # Paragraphs of one to three sentences.
    paragraphs = [lead]
    while body:
        size = rng.randint(1, 3)
        paragraphs.append(" ".join(body[:size]))
        body = body[size:]
    title = lead.split(", killing")[0].split(" on ")[0][:90]
    return title + "\n\n" + "\n\n".join(paragraphs), published


def _fill(template: str, rng: random.Random) -> str:
    place, country = rng.choice(PLACES)
    attackers, speaker = rng.choice(ATTACKERS), rng.choice(SPEAKERS)
    person = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    return template.format(
        place=place, country=country, attackers=attackers, Attackers=attackers[0].upper() + attackers[1:],
        victims=rng.choice(VICTIMS), target=rng.choice(TARGETS), speaker=speaker, Speaker=speaker[0].upper() + speaker[1:],
        person=person, Person=person, day=rng.choice(WEEKDAYS), n=rng.choice(WORDS), m=rng.choice(WORDS),
        big=f"{rng.randint(2, 90)},{rng.randint(0, 9)}00", year=rng.randint(2004, 2015), month=rng.choice(MONTHS),
    )  # fmt: skip


def write(folder: Path, first: int, count: int) -> None:
    """Documents ``first`` to ``first + count - 1`` as text files with their manifest (which lists all of the folder)."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / "manifest.csv"
    is_new = not manifest.exists()
    with manifest.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        if is_new:
            rows.writerow(["source_file", "url", "publisher", "published_on"])
        for number in range(first, first + count):
            text, published = document(number)
            (folder / f"{number:07d}.txt").write_text(text, encoding="utf-8")
            rows.writerow([f"{number:07d}.txt", "", f"Outlet {number % 17}", published.isoformat()])
