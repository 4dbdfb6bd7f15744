"""Who vouches for a casualty claim, in short texts."""

from __future__ import annotations

import pytest
from told import read


def claimants(text: str, title: str = "") -> list[str | None]:
    """Names of those who make the claims of a text, in text order."""
    doc = read(f"{title}\n\n{text}" if title else text, title_end=len(title))
    return [None if c.claimed_by is None else doc._.actors[c.claimed_by].name for c in doc._.claims]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The raid killed 14 people, said the clinic's director, Dr. Amina Haddad.", "Amina Haddad"),
        ("The shelling left 30 people dead, by Ankara's figures.", "Turkish government"),
        ("Three people were killed, per the provincial governor.", "provincial governor"),
        ("Eleven people were wounded, according to the records of the Red Cross.", "Red Cross"),
        ("According to a list kept by the union, the strikes killed 40 dockers.", "union"),
        ("Police found 12 bodies in the river on Monday.", "police"),
        ("The health ministry raised its count to 31 dead.", "health ministry"),
        ("The shelling went on; a military source put the toll at nine.", "military source"),
    ],
)
def test_who_gives_the_figure(text, source):
    assert source in (claimants(text)[0] or "")


COMMUNIQUE = "Ministry of National Defence - Communique"


def test_a_communique_is_its_issuers_claim():
    assert claimants("Four soldiers were killed near Tarin.", COMMUNIQUE) == ["Ministry of National Defence"]


def test_another_source_in_a_communique_keeps_its_claim():
    assert claimants("Four soldiers were killed near Tarin, residents said.", COMMUNIQUE) == ["residents"]


def test_a_report_about_a_statement_is_no_communique():
    assert claimants("Four soldiers were killed near Tarin.", "Army statement denies raid on Tarin") == [None]


def test_we_is_the_issuer_of_a_communique():
    doc = read(f"{COMMUNIQUE}\n\nWe demand that the rebels free them.", title_end=len(COMMUNIQUE))
    assert [doc._.actors[s.speaker].name for s in doc._.speech] == ["Ministry of National Defence"]
