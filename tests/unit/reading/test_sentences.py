"""Sentence boundaries that typography decides, before any parser has its say."""

import pytest
import spacy

from dagster_project.reading import sentences  # noqa: F401 - registers the component
from dagster_project.reading.tokens import keep_news_words


@pytest.fixture(scope="module")
def nlp():
    blank = spacy.blank("en")
    keep_news_words(blank)
    blank.add_pipe("conflict_sentences")
    return blank


def starts(nlp, text):
    """Words at which a sentence must start, besides the first."""
    return [token.text for token in nlp(text) if token.i and token.is_sent_start is True]


def barred(nlp, text):
    """Words at which no sentence may start."""
    return [token.text for token in nlp(text) if token.i and token.is_sent_start is False and not token.is_space]


def test_a_full_stop_before_a_capital_ends_a_sentence(nlp):
    assert starts(nlp, "Gunmen attacked the base. Two soldiers died.") == ["Two"]


def test_a_blank_line_ends_a_sentence_without_a_full_stop(nlp):
    assert starts(nlp, "Rebels storm base\n\nfighting goes on") == ["fighting"]


@pytest.mark.parametrize("title", ["Sgt.", "Sen.", "Maj.", "Gen.", "Lt.", "Col.", "Mr.", "Brig."])
def test_titles_do_not_end_sentences(nlp, title):
    assert "Rivers" in barred(nlp, f"Staff {title} Rivers was killed.")


def test_initials_do_not_end_sentences(nlp):
    assert "Bush" in barred(nlp, "President George W. Bush spoke.")


def test_us_before_a_noun_goes_on(nlp):
    assert "Central" in barred(nlp, "The U.S. Central Command said so.")


def test_us_may_end_a_sentence(nlp):
    doc = nlp("They flew to the U.S. The army stayed.")
    the = next(token for token in doc if token.text == "The")
    assert the.is_sent_start is not False


def test_an_apostrophe_inside_a_name_is_no_quote(nlp):
    assert starts(nlp, "Kata'ib Hezbollah denied it.") == []
    assert [token.text for token in nlp("Kata'ib Hezbollah")] == ["Kata'ib", "Hezbollah"]


@pytest.mark.parametrize("text", ['"We will respond." He left.', "“We will respond.” He left."])
def test_a_closing_quote_belongs_to_its_sentence(nlp, text):
    assert starts(nlp, text) == ["He"]


def test_an_opening_quote_starts_the_sentence_it_opens(nlp):
    assert starts(nlp, "He left. “We will respond.”") == ["“"]


def test_what_follows_a_bracket_is_left_to_the_parser(nlp):
    doc = nlp("(See attached file) Please call me (Laughter) and wait")
    please, after = (next(token for token in doc if token.text == word) for word in ("Please", "and"))
    assert please.is_sent_start is None
    assert after.is_sent_start is False


def test_a_quotation_mark_against_its_word_opens_whatever_stood_open(nlp):
    assert starts(nlp, 'He called it "a day. She said no? "We will respond," he added.') == ["She", '"']


def test_a_lower_case_word_after_a_quotation_goes_on(nlp):
    assert "he" in barred(nlp, '"Get out!" he said.')


def test_a_quoted_title_inside_a_sentence_goes_on(nlp):
    assert "Sunday" in barred(nlp, "He spoke on “This Week” Sunday morning.")


def test_bullets_start_sentences(nlp):
    assert starts(nlp, "In brief:\n• Two killed in Tyre\n• Talks resume") == ["•", "•"]


LEAD = "Gunmen attacked a school."
DATELINES = [
    "MOSUL, Iraq, March 4, 2019 (Wire) - ",
    "MOSUL, Iraq (AP) — ",
    "KABUL, Afghanistan (AP) -- ",
    "BAGHDAD (Reuters) - ",
    "Baghdad (AFP) – ",
    "BAGHDAD, March 4 (Xinhua) -- ",
    "DERA ISMAIL KHAN, Pakistan, Oct. 3 (UPI) -- ",
    "LIMA, 16 Jan 90 (EFE) -- [Text] ",
    "SAN SALVADOR, 4 Feb 90 (ACAN-EFE) -- [Report by X Y] [Text] ",
    "Bogota, 6 Aug (DPA) -- ",
    "N'DJAMENA, Chad (AP) - ",
    "PORT-AU-PRINCE, Haiti — ",
    "Tal Afar, 12 June 2014 (IRIN) - ",
    "Aleppo, Syria - ",
    "KABUL (Pajhwok): ",
    "PESHAWAR: ",
    "BEIRUT — ",
    "BEIRUT—",
    "(Reuters) - ",
    "UNITED NATIONS (AP) _ ",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_stands_apart_from_the_lead(nlp, dateline):
    assert starts(nlp, dateline + LEAD)[:1] == ["Gunmen"]
    assert starts(nlp, f"Headline\n\n{dateline}{LEAD}")[1:2] == ["Gunmen"]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen - some of them masked - attacked a school.",
        "Gunmen attacked a school: Twelve died.",
        "The army said: We won.",
        "Syria: Rebels attack town",
        "Twelve killed - Police say many hurt",
    ],
)
def test_other_dashes_and_colons_are_no_datelines(nlp, text):
    assert starts(nlp, text) == []


def test_a_hard_wrapped_line_decides_nothing(nlp):
    doc = nlp("Gunmen attacked the\nMuslim quarter.")
    assert next(token for token in doc if token.text == "Muslim").is_sent_start is None


def test_a_number_after_no_goes_on(nlp):
    assert "31" in barred(nlp, "It said in communique No. 31 that he fled.")


def test_the_number_of_a_list_item_opens_its_sentence(nlp):
    assert starts(nlp, "Summary\n\n1. On Monday a base was hit.\n\n2. In response, guns fired.") == ["1", "2"]
