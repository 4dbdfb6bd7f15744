"""The checks of the annotated conflict news corpus."""

from pathlib import Path

import pytest

from training.check_corpus import check_clauses, check_folder, check_gold, find_word, parse_article

OPEN_HALF = Path(__file__).parents[2] / "training" / "data" / "conflict" / "open"

MARKED = """Rockets hit [[GPE|Sderot]]

[[GPE|SDEROT]], [[DATE|May 16]] - [[CARDINAL|Two]] [[WEAPON|rockets]] struck the town, killing [[CARDINAL|two]] people.
Police said a second attack was feared.

No group claimed the attack."""


def reading(**changes):
    incident = {
        "id": "sderot",
        "mode": "rocket_attack",
        "count": 1,
        "date": {"start": None, "end": None, "text": "May 16"},
        "date_with_manifest": {"start": None, "end": None},
        "places": ["Sderot"],
        "initiators": [],
        "targets": [],
        "weapons": [],
        "casualties": [],
        "evidence": ["Two rockets struck the town"],
    }
    return {
        "doc_id": "x",
        "title": "Rockets hit Sderot",
        "published_on": None,
        "places": [{"name": "Sderot", "kind": "city"}],
        "incidents": [incident | changes],
    }


def test_plain_text_joins_sentences_by_a_space_and_paragraphs_by_a_blank_line():
    article = parse_article("x", MARKED)
    assert article.text.split("\n\n") == [
        "Rockets hit Sderot",
        "SDEROT, May 16 - Two rockets struck the town, killing two people. Police said a second attack was feared.",
        "No group claimed the attack.",
    ]


def test_names_slice_their_sentence():
    for sentence in parse_article("x", MARKED).sentences:
        assert [sentence.text[n.start : n.end] for n in sentence.names] == [n.surface for n in sentence.names]


@pytest.mark.parametrize("broken", ["A [[CITY|Kabul]] blast", "A [[GPE|Kabul blast", "A [[GPE| Kabul]] blast"])
def test_broken_markup_is_refused(broken):
    with pytest.raises(ValueError, match="line 1"):
        parse_article("x", broken)


def test_words_are_found_whole_and_by_occurrence():
    assert find_word("attackers attack; an attack", "attack#2") == (21, 27)
    assert find_word("attackers", "attack") is None


def test_a_clause_must_name_words_of_its_line():
    article = parse_article("x", MARKED)
    good = {"line": 2, "trigger": "struck", "head": "ROOT", "agent": "rockets", "object": "town"}
    assert list(check_clauses(article, [good])) == []
    assert "agent 'missiles'" in next(check_clauses(article, [good | {"agent": "missiles"}]))


def test_a_sound_reading_passes():
    assert list(check_gold(parse_article("x", MARKED), reading())) == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"mode": "raid"}, "mode 'raid'"),
        ({"evidence": ["Three rockets struck"]}, "not verbatim"),
        ({"evidence": ["was feared. No group"]}, "not verbatim"),
        ({"places": ["Gaza"]}, "not in places"),
        ({"casualties": [{"kind": "killed", "low": 3, "high": 2}]}, "low 3 above high 2"),
    ],
)
def test_a_faulty_reading_is_reported(changes, complaint):
    assert any(complaint in found for found in check_gold(parse_article("x", MARKED), reading(**changes)))


def test_the_open_half_is_sound_and_as_large_as_promised():
    complaints, counts = check_folder(OPEN_HALF)
    assert complaints == []
    assert counts["sentences"] >= 330
    assert counts["clauses"] >= 130
    assert counts["same-incident document pairs"] + counts["near-miss pairs"] >= 60
