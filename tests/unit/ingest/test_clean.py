"""Cleaning: what is left out of the analysed copy, and that every character leads back to the raw text."""

from hypothesis import given
from hypothesis import strategies as st

from dagster_project.ingest.clean import clean

BODY = "Rebels shelled the town of Anre on Sunday, killing two people.\n\nThe army said it had returned fire."


def test_first_line_is_the_title_and_is_not_repeated():
    cleaned = clean(f"Shelling in Anre\n\n• Shelling in Anre\n\n{BODY}")
    assert cleaned.title == "Shelling in Anre"
    assert cleaned.text.count("Shelling in Anre") == 1
    assert cleaned.text[: cleaned.title_end] == "Shelling in Anre"


def test_page_noise_is_left_out():
    noise = ["0 4", "Share Tweet Email", "by Ann Smith", "Comments are closed.", 'ate="Admination" >', "You may also like"]
    cleaned = clean("Shelling in Anre\n\n" + "\n\n".join([*noise[:3], BODY, *noise[3:]]))
    assert cleaned.text == f"Shelling in Anre\n\n{BODY}"
    assert cleaned.byline == "Ann Smith"


def test_nothing_after_the_comment_form_is_the_article():
    cleaned = clean(f"Shelling in Anre\n\n{BODY}\n\nLeave A Reply\n\nA reader wrote that ten died.")
    assert "reader" not in cleaned.text


def test_headlines_of_other_stories_between_paragraphs_are_left_out():
    teaser = "A deadly attack brings war home to small towns"
    cleaned = clean(f"Shelling in Anre\n\n{BODY}\n\n{teaser}\n\nThe mayor fled.")
    assert teaser in cleaned.removed
    assert teaser not in cleaned.text


def test_a_line_of_figures_is_no_teaser():
    figures = "Key figures: 38 civilians killed, 15 abducted"
    cleaned = clean(f"Weekly report\n\n{BODY}\n\n{figures}\n\nThe mayor fled.")
    assert figures in cleaned.text


def test_bullets_of_a_live_page_stay():
    cleaned = clean(f"Live\n\n{BODY}\n\n• Three killed in shelling of Anre\n\n• Two wounded in Bela")
    assert "Three killed in shelling of Anre" in cleaned.text


def test_hard_wrapped_lines_are_one_paragraph():
    wrapped = (
        "Rebels shelled the town of Anre on Sunday,\nkilling two people and wounding at least nine\nothers, the army said."
    )
    assert "Sunday, killing two people" in clean(f"Title\n\n{wrapped}").text


def test_mojibake_is_repaired_and_leads_back():
    raw = "Title\n\nThe armyâ€™s attack killed three."
    cleaned = clean(raw)
    assert "army’s attack" in cleaned.text
    start = cleaned.text.index("army’s")
    first, last = cleaned.offsets.span(start, start + len("army’s"))
    assert raw[first:last] == "armyâ€™s"


def test_contributors_line_is_left_out():
    line = "Jennifer Hassan in London and John Hudson in Washington contributed to this report."
    assert line not in clean(f"Title\n\n{BODY}\n\n{line}").text


@given(st.text(max_size=600))
def test_every_clean_character_leads_back(raw):
    cleaned = clean(raw)
    previous = 0
    for position, character in enumerate(cleaned.text):
        if character in " \n":
            continue
        first, last = cleaned.offsets.span(position, position + 1)
        assert 0 <= first < last <= len(raw)
        assert first >= previous or last > previous
        previous = first
