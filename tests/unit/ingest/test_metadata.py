"""Stated publication dates and languages."""

from datetime import date

import pytest

from dagster_project.ingest.metadata import detect_language, given_date, stated_publication_date

BODY = ["Rebels shelled the town of Anre on 3 January 2019, killing two people.", "The army returned fire."]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (["Raid in Bela", "Published: 28 June 2021 10:05 GMT"], date(2021, 6, 28)),
        (["Raid in Bela", "By Ann Smith | June 3, 2021"], date(2021, 6, 3)),
        (["Raid in Bela", "Thursday, 3 June 2021"], date(2021, 6, 3)),
        (["Raid in Bela", "KABUL, May 3, 2012 (Wire) - Four guards were killed."], date(2012, 5, 3)),
        (["Raid in Bela", "GUATEMALA CITY, 4 FEB 90 (WIRE) -- The army denied it."], date(1990, 2, 4)),
        (["Raid in Bela", "Radio in Spanish 1200 GMT 7 Aug 98"], date(1998, 8, 7)),
        (["Raid in Bela", "News release - 16 February 2024"], date(2024, 2, 16)),
        (["Raid in Bela", "As of 17 March 2024"], date(2024, 3, 17)),
        (["Raid in Bela", "Madrid, 22 July 2003 (Agencia Levante)"], date(2003, 7, 22)),
        (["Raid in Bela", "Sanaa - 13-03-2024"], date(2024, 3, 13)),
        (["Raid in Bela", "GROZNY, Russia, Jan. 19, 2000 - Rebels ambushed a column."], date(2000, 1, 19)),
        (["Raid in Bela", "(Nairobi, February 25, 2020) - Soldiers killed 21 civilians."], date(2020, 2, 25)),
        (["Summary of operations on the front, 20 June 2024"], date(2024, 6, 20)),
        (["Raid in Bela", "Published 2 June 2021", "Updated 5 June 2021"], date(2021, 6, 2)),
    ],
)
def test_date_stated_in_the_head_of_a_page(head, expected):
    assert stated_publication_date([*head, *BODY]) == expected


@pytest.mark.parametrize(
    "head",
    [
        ["Raid in Bela"],
        ["Remembering the massacre of 16 March 1968"],
        ["Raid in Bela", "On 4 February 2020, gunmen stormed the village."],
        ["Raid in Bela", "Sanaa - 03-04-2024"],
        ["Raid in Bela", "Published: 31 February 2021"],
    ],
)
def test_no_date_is_taken_from_what_states_none(head):
    assert stated_publication_date([*head, *BODY]) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2024-02-05", date(2024, 2, 5)), ("2024-02-05T10:00:00Z", date(2024, 2, 5)), ("5 Feb 2024", date(2024, 2, 5)),
     ("soon", None), ("31 February 2021", None), ("99999-01-01", None), (None, None), ("", None)],
)  # fmt: skip
def test_given_dates(value, expected):
    assert given_date(value) == expected


def test_language_of_short_texts_is_not_guessed():
    assert detect_language("Tot: 3", None) == "und"
    assert detect_language("Tot: 3", "fr") == "fr"
