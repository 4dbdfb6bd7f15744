"""Arcs that the words around them decide, in trees built by hand: what the parser gets wrong is given wrong here."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from dagster_project.reading.arcs import straighten


def tree(rows: str, entities: dict[str, str]) -> Doc:
    """A Doc of "word tag label head" rows, heads by their place from 0."""
    words, tags, labels, heads = zip(*(row.split() for row in rows.split("|")), strict=True)
    ents = [f"B-{entities[w]}" if w in entities else "O" for w in words]
    pos = ["VERB" if tag.startswith("VB") else "NOUN" for tag in tags]
    vocab = spacy.blank("en").vocab
    return Doc(vocab, words=words, tags=tags, pos=pos, deps=labels, heads=[int(h) for h in heads], ents=ents)


def arc(doc: Doc, word: str) -> tuple[str, str]:
    token = next(t for t in doc if t.text == word)
    return token.dep_, token.head.text


CASES = [
    # the object beyond an aside, read as a second subject
    ("Troops NNS nsubj 1|killed VBD ROOT 1|, , punct 4|on IN case 4|Monday NNP obl 1|, , punct 6|rebels NNS nsubj 1", "rebels", ("obj", "killed")),
    # those who were killed, said again
    ("Men NNS nsubj:pass 2|were VBD aux:pass 2|killed VBN ROOT 2|, , punct 4|soldiers NNS nsubj:pass 2", "soldiers", ("appos", "Men")),
    # a title beside its name
    ("prosecutor NN nsubj:pass 3|Vega NNP nsubj:pass 3|was VBD aux:pass 3|killed VBN ROOT 3", "prosecutor", ("nmod:desc", "Vega")),
    # the common noun behind a name heads it
    ("Troops NNS nsubj 1|hit VBD ROOT 1|Haram NNP obj 1|logistics NN flat 2", "logistics", ("obj", "hit")),
    # the preposition governs the owned
    ("boats NNS ROOT 0|of IN case 2|rebels NNS nmod:poss 4|' POS case 2|arm NN nmod 0", "of", ("case", "arm")),
    # an attempt to do it
    ("Troops NNS nsubj 1|foiled VBD ROOT 1|an DT det 3|attempt NN obj 1|to TO mark 5|kidnap VB advcl 1|him PRP obj 5", "kidnap", ("acl", "attempt")),
    # accused of having done it
    ("He PRP nsubj 1|accused VBD ROOT 1|them PRP obj 1|of IN mark 5|having VBG aux 5|ordered VBN advcl 1", "ordered", ("acl", "them")),
    # where it was planted, not where it was defused
    ("Police NNS nsubj 1|defused VBD ROOT 1|bombs NNS obj 1|planted VBN acl 2|outside IN case 5|embassies NNS obl 1", "embassies", ("obl", "planted")),
    # what was presumed
    ("mines NNS nsubj 3|presumably RB advmod 3|laid VBN acl 0|exploded VBD ROOT 3", "presumably", ("advmod", "laid")),
    # told then, not attacked then
    ("He PRP nsubj 1|said VBD ROOT 1|on IN case 3|Friday NNP obl 6|that IN mark 6|rebels NNS nsubj 6|attacked VBD ccomp 1", "Friday", ("obl", "said")),
    # what happened then
    ("He PRP nsubj:pass 2|was VBD aux:pass 2|killed VBN ROOT 2|on IN case 4|Friday NNP obl 2|when WRB advmod 7|drones NNS nsubj 7|crashed VBD acl:relcl 4", "crashed", ("advcl", "killed")),
    # but what began on a day is told of the day
    ("He PRP nsubj:pass 2|was VBD aux:pass 2|held VBN ROOT 2|since IN case 4|Friday NNP obl 2|when WRB advmod 7|drones NNS nsubj 7|crashed VBD acl:relcl 4", "crashed", ("acl:relcl", "Friday")),
    # who is prompted to do it, and what else they are prompted to do
    ("It PRP nsubj 1|hit VBD ROOT 1|prompting VBG advcl 1|them PRP iobj 2|to TO mark 5|summon VB xcomp 2|him PRP obj 5|and CC cc 8|issue VB conj 1", "issue", ("conj", "summon")),
    ("It PRP nsubj 1|hit VBD ROOT 1|prompting VBG advcl 1|them PRP iobj 2|to TO mark 5|summon VB xcomp 2|him PRP obj 5|and CC cc 8|issue VB conj 1", "them", ("obj", "prompting")),
    # by whom, not how he protested
    ("He PRP nsubj 1|protested VBD ROOT 1|murders NNS obj 1|, , punct 6|presumably RB advmod 6|by IN case 6|thugs NNS obl 1", "thugs", ("nmod", "murders")),
    # the attack was in Lima, not the answer to it
    ("They PRP nsubj 1|left VBD ROOT 1|following VBG case 4|an DT det 4|attack NN obl 1|in IN case 6|Lima NNP obl 1", "Lima", ("nmod", "attack")),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "word", "expected"), CASES)
def test_words_decide_an_arc(rows, word, expected):
    doc = tree(rows, {"Haram": "ARMED_GROUP", "Vega": "PERSON", "Friday": "DATE", "Monday": "DATE", "Lima": "GPE"})
    straighten(doc)
    assert arc(doc, word) == expected


@pytest.mark.parametrize(
    ("rows", "word", "tag"),
    [
        ("Italians JJ amod 1|troops NNS ROOT 1", "Italians", "JJ"),
        ("men NNS ROOT 0|, , punct 2|Italians JJ appos 0", "Italians", "NNPS"),
        ("militia JJ amod 1|positions NNS ROOT 1", "militia", "NN"),
        ("slain JJ amod 2|Staff NN nmod:desc 2|Rivers NNP ROOT 2", "Staff", "NNP"),
    ],
)
def test_what_a_word_is_by_where_it_stands(rows, word, tag):
    doc = tree(rows, {"Italians": "NORP"})
    straighten(doc)
    assert next(t.tag_ for t in doc if t.text == word) == tag
