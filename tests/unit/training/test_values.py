"""Values found by rule in tokenized text."""

from training import values


def found(text, tags):
    words = text.split()
    return [(" ".join(words[a:b]), label) for a, b, label in values.find(words, tags.split())]


def test_a_modified_count_is_one_value():
    assert found("at least nine people died", "IN JJS CD NNS VBD") == [("at least nine", "CARDINAL")]


def test_a_pronoun_one_is_no_number():
    assert found("no one was hurt", "DT NN VBD VBN") == []


def test_a_date_with_a_year():
    assert found("on March 14 , 2024 .", "IN NNP CD , CD .") == [("March 14 , 2024", "DATE")]


def test_a_modal_is_no_month():
    assert found("they may attack", "PRP MD VB") == []


def test_money_and_percent():
    assert found("$ 5 million , then 40 %", "$ CD CD , RB CD NN") == [("$ 5 million", "MONEY"), ("40 %", "PERCENT")]


def test_parts_of_days_are_times():
    assert found("on Friday night", "IN NNP NN") == [("Friday night", "TIME")]


def test_nationalities_are_norp():
    assert found("Syrian troops", "JJ NNS") == [("Syrian", "NORP")]
