"""The actors of the reference tables, and the bodies that every state has whether listed or not.

Belongs here: lookups by id, state, and body ("the army of X"), and the ids of unlisted bodies (``gen:IRQ:army``).
Does not belong: anything of a document.
"""

from __future__ import annotations

from functools import cache
from typing import cast

from dagster_project.reading.phrases import actor_heads
from dagster_project.reading.transliteration import plain
from dagster_project.reading.types import Actor, ActorType
from dagster_project.reference import split, table

# Bodies that stand in for each other where a table lists only one of them.
_STAND_INS = {
    "armed-forces": ("army", "security-forces"),
    "army": ("armed-forces",),
}
_MILITARY = {"army", "armed-forces", "navy", "air-force", "marines", "special-forces", "national-guard", "border-guard"}
_NO_NAME = {"government": "government", "armed-forces": "military", "ministry": "ministry"}


@cache
def rows() -> dict[str, dict[str, str]]:
    """Rows of ``actors.csv`` by actor_id."""
    return {row["actor_id"]: row for row in table("actors")}


@cache
def states() -> dict[str, str]:
    """actor_id of the state by iso3; where several rows share it, the one that still exists."""
    found: dict[str, str] = {}
    for row in sorted(table("actors"), key=lambda r: bool(r["valid_to"])):
        if row["actor_type"] == "state" and row["country_iso3"]:
            found.setdefault(row["country_iso3"], row["actor_id"])
    return found


@cache
def countries() -> dict[str, dict[str, str]]:
    """Rows of ``countries.csv`` by iso3."""
    return {row["iso3"]: row for row in table("countries")}


@cache
def capitals() -> dict[str, str]:
    """iso3 by plain name of a capital or another metonym of a state's government ("kremlin" has its own row)."""
    found: dict[str, str] = {}
    for row in table("actors"):
        if row["actor_type"] == "state" and not row["valid_to"]:
            for name in split(row["metonyms"]):
                found.setdefault(plain(name), row["country_iso3"])
    return found


@cache
def _country_words() -> dict[str, str]:
    """iso3 by plain country name or demonym."""
    found: dict[str, str] = {}
    for row in table("countries"):
        for text in (
            row["name"],
            *split(row["aliases"]),
            *split(row["demonyms_adjective"]),
            *split(row["demonyms_people"]),
        ):
            found.setdefault(plain(text), row["iso3"])
    return found


def split_country(text: str) -> tuple[str | None, str]:
    """(iso3, rest) of a name that begins with a country or demonym: "Iraqi Foreign Ministry", "Iran's navy"."""
    words = plain(text.replace("'s ", " ").replace("’s ", " ")).split()
    for n in (3, 2, 1):
        iso3 = _country_words().get(" ".join(words[:n])) if len(words) > n else None
        if iso3:
            return iso3, " ".join(words[n:])
    return None, " ".join(words)


@cache
def _body_of_phrase() -> dict[str, tuple[str, ActorType]]:
    found: dict[str, tuple[str, ActorType]] = {}
    for listed in actor_heads().by_last.values():
        for words, head in listed:
            if head.body and head.denotes == "body":
                found[plain(" ".join(words).replace(" 's", "'s"))] = (head.body, head.actor_type)
    return found


def body_of(phrase: str) -> tuple[str, ActorType] | None:
    """(body, type) of the plain words of an institution without its country: "foreign ministry"."""
    return _body_of_phrase().get(phrase)


@cache
def _listed_bodies() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in table("actors"):
        if row["actor_type"] not in {"military", "government"} or not row["country_iso3"] or row["valid_to"]:
            continue
        for text in (row["name"], *split(row["aliases"])):
            iso3, rest = split_country(text)
            body = body_of(rest)
            if body and iso3 == row["country_iso3"]:
                found.setdefault((iso3, body[0]), row["actor_id"])
    return found


def body_id(iso3: str, body: str) -> str:
    """The reference id of a state's body: the listed one, else ``gen:<iso3>:<body>``."""
    listed = _listed_bodies()
    for name in (body, *_STAND_INS.get(body, ())):
        actor_id = listed.get((iso3, name))
        if actor_id:
            return actor_id
    return f"gen:{iso3}:{body}"


def adjective(iso3: str) -> str:
    """The adjective for a country, else its name."""
    row = countries().get(iso3)
    if row is None:
        return iso3
    return (split(row["demonyms_adjective"]) or [row["name"]])[0] if iso3 != "USA" else "US"


def state_actor(iso3: str) -> Actor:
    """A new Actor for a state."""
    actor_id = states().get(iso3)
    row = countries().get(iso3)
    name = rows()[actor_id]["name"] if actor_id else (row["name"] if row else iso3)
    return Actor(name, "state", actor_id, iso3)


def body_actor(iso3: str, body: str, actor_type: ActorType) -> Actor:
    """A new Actor for a state's body, listed or not."""
    actor_id = body_id(iso3, body)
    if actor_id in rows():
        return listed_actor(actor_id)
    parent = states().get(iso3)
    if actor_type == "government" and body != "government":
        parent = _listed_bodies().get((iso3, "government"), parent)
    words = _NO_NAME.get(body, body.replace("-", " "))
    return Actor(f"{adjective(iso3)} {words}", actor_type, actor_id, iso3, None, parent)


def listed_actor(actor_id: str) -> Actor:
    """A new Actor for a row of ``actors.csv``.

    Raises:
        KeyError: no such id.
    """
    row = rows()[actor_id]
    return Actor(
        row["name"].split(" (")[0],
        cast("ActorType", row["actor_type"]),
        actor_id,
        row["country_iso3"] or None,
        row["backer_iso3"] or None,
        row["parent_id"] or None,
    )


@cache
def publishers() -> dict[str, dict[str, str]]:
    """Rows of ``publishers.csv`` by publisher_id."""
    return {row["publisher_id"]: row for row in table("publishers")}


@cache
def units() -> dict[str, dict[str, str]]:
    """Rows of named units in ``military_units.csv`` by name."""
    return {row["word_or_name"]: row for row in table("military_units") if row["entry"] == "named"}


def unit_actor(name: str) -> Actor:
    """A new Actor for a named unit.

    Raises:
        KeyError: no such unit.
    """
    row = units()[name]
    if row["actor_id"] in rows():
        return listed_actor(row["actor_id"])
    parent = row["parent_actor_id"] or states().get(row["country_iso3"])
    kind = rows()[parent]["actor_type"] if parent in rows() else "military"
    slug = plain(name).replace(" ", "-")
    if kind not in {"military", "armed_group", "government"}:
        kind = "military"
    return Actor(name.split(" (")[0], cast("ActorType", kind), f"unit:{slug}", row["country_iso3"] or None, None, parent)
