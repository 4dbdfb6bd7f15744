"""Names, actors and places together, on what the bundled model says of real sentences."""

from __future__ import annotations

import pytest

from dagster_project.reading import actors, names, places  # noqa: F401  (registers the factories)
from dagster_project.reading.extensions import register
from dagster_project.reading.language import LanguageModelNotFound, load_language


@pytest.fixture(scope="module")
def read():
    register()
    try:
        nlp = load_language(None)
    except LanguageModelNotFound as missing:
        pytest.skip(str(missing))
    for component in ("names", "actors", "places"):
        nlp.add_pipe(f"conflict_{component}")
    return nlp


def actor_of(doc, word):
    return doc._.actors[doc._.actor_at[next(t.i for t in doc if t.text == word)]]


def test_two_wordings_of_one_described_group_are_one_actor(read):
    doc = read(
        "US airstrikes hit Iranian-backed Iraqi militias on the Syrian-Iraqi border. "
        "Pro-Iranian Iraqi paramilitary groups have pledged retaliation."
    )
    groups = [a for a in doc._.actors if a.actor_type == "armed_group"]
    assert [(g.backer_iso3, g.country_iso3) for g in groups] == [("IRN", "IRQ")]
    assert "border:IRQ-SYR" in {p.place_id for p in doc._.places}


def test_pronouns_and_descriptions_follow_the_group(read):
    doc = read("Boko Haram fighters stormed the town of Konduga in Nigeria. The group killed 12 people before they fled.")
    assert actor_of(doc, "group").reference_id == "boko-haram"
    assert actor_of(doc, "they").reference_id == "boko-haram"
    assert "NGA" in {p.country_iso3 for p in doc._.places if p.kind == "city"}


def test_a_ministers_office_gives_country_and_organisation(read):
    doc = read("Iranian Foreign Ministry spokesman Saeed Khatibzadeh condemned the strikes. He spoke in Tehran.")
    person = actor_of(doc, "Khatibzadeh")
    assert (person.actor_type, person.country_iso3, person.parent_reference_id) == (
        "person",
        "IRN",
        "iranian-foreign-ministry",
    )
    assert actor_of(doc, "He") is person


def test_an_empty_document_has_nobody_and_no_place(read):
    for text in ("", " \n\n", "- - -", "al-"):
        doc = read(text)
        assert doc._.places == []
