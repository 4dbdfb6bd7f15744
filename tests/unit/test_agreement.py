"""The agreement of two annotators of the conflict news."""

from dataclasses import replace

import pytest

from training.agreement import (
    CONFLICT,
    Annotated,
    blank,
    compare,
    f_score,
    kappa,
    main,
    read_first,
    read_second,
    sample,
    token_labels,
)
from training.check_corpus import parse_line

SHELLED = "[[NORP|Russian]] guns shelled [[GPE|Kherson]], killing [[CARDINAL|two]] men, police said."
RAID = "[[GPE|Israel]] carried out a raid on [[DATE|Monday]]."
FIRST_CLAUSES = {
    1: [
        {"trigger": "shelled", "head": "said", "agent": "guns", "object": "Kherson"},
        {"trigger": "killing", "head": "shelled", "agent": "guns", "object": "men"},
    ],
    2: [{"trigger": "raid", "head": "carried", "agent": "Israel", "object": None}],
}


def annotated(marked, clauses=()):
    sentence = Annotated(*parse_line(marked))
    for clause in clauses:
        sentence.add_clause(clause, "x")
    return sentence


def first():
    return {("x", 1): annotated(SHELLED, FIRST_CLAUSES[1]), ("x", 2): annotated(RAID, FIRST_CLAUSES[2])}


def test_an_annotation_agrees_with_itself_wholly():
    result = compare(first(), first())
    assert (result.labelled_f, result.span_f, result.token_kappa) == (1.0, 1.0, 1.0)
    assert (result.whole_same, result.triggers) == (3, 3)
    assert (result.only_first, result.only_second) == (0, 0)


def test_another_label_costs_the_labelled_score_only_and_another_span_both():
    relabelled = first() | {("x", 2): annotated(RAID.replace("GPE", "ORG"), FIRST_CLAUSES[2])}
    result = compare(first(), relabelled)
    assert (result.labelled_f, result.span_f) == (pytest.approx(4 / 5), 1.0)
    longer = first() | {("x", 2): annotated(RAID.replace("on [[DATE|Monday", "[[DATE|on Monday"), FIRST_CLAUSES[2])}
    result = compare(first(), longer)
    assert (result.labelled_f, result.span_f) == (pytest.approx(4 / 5), pytest.approx(4 / 5))


def test_spans_and_labels_are_one_set_per_sentence_and_place():
    # The same word marked in two sentences counts twice.
    twice = {("x", 1): annotated("[[GPE|Gaza]] burns."), ("x", 2): annotated("[[GPE|Gaza]] burns.")}
    once = twice | {("x", 2): annotated("Gaza burns.")}
    assert compare(twice, once).labelled_f == pytest.approx(2 / 3)


def test_roles_are_compared_over_shared_triggers():
    clauses = [FIRST_CLAUSES[1][0] | {"head": "ROOT"}, FIRST_CLAUSES[1][1] | {"agent": None}]
    second = {("x", 1): annotated(SHELLED, clauses), ("x", 2): annotated(RAID)}
    result = compare(first(), second)
    assert (result.roles["head"].same, result.roles["head"].total) == (1, 2)
    assert (result.roles["agent"].same, result.roles["object"].same) == (1, 2)
    assert (result.whole_same, result.triggers, result.only_first, result.only_second) == (0, 2, 1, 0)


def test_roles_both_leave_empty_are_told_apart_from_roles_filled():
    result = compare(first(), first() | {("x", 2): annotated(RAID, [FIRST_CLAUSES[2][0] | {"agent": None}])})
    assert (result.roles["object"].same, result.roles["object"].total) == (3, 3)
    assert (result.roles["object"].same_filled, result.roles["object"].filled) == (2, 2)
    assert (result.roles["agent"].same_filled, result.roles["agent"].filled) == (2, 3)


def test_a_word_and_its_first_occurrence_are_the_same_word():
    numbered = [FIRST_CLAUSES[2][0] | {"trigger": "raid#1", "agent": "Israel#1"}]
    assert compare(first(), first() | {("x", 2): annotated(RAID, numbered)}).whole_same == 3


def test_kappa_takes_chance_off():
    # 8 of 10 agree; both say O in 8 of 10, so chance is .64 + .04 = .68.
    ours = ["O"] * 7 + ["GPE"] + ["O"] + ["GPE"]
    theirs = ["O"] * 7 + ["O"] + ["GPE"] + ["GPE"]
    assert kappa(ours, theirs) == pytest.approx((0.8 - 0.68) / (1 - 0.68))
    assert kappa(["O", "O"], ["O", "O"]) == 1.0


def test_tokens_are_words_and_punctuation_marks():
    assert token_labels(annotated("[[NORP|Iranian]]-backed men.")) == ["NORP", "O", "O", "O", "O"]


def test_two_empty_sets_agree():
    assert f_score(set(), set()) == 1.0
    assert f_score({1}, set()) == 0.0


def test_a_sentence_whose_words_differ_is_refused():
    changed = replace(first()["x", 2], text="Israel carried out a raid on Tuesday.")
    with pytest.raises(ValueError, match="x:2"):
        compare(first(), {("x", 2): changed})
    with pytest.raises(ValueError, match="no sentence"):
        compare(first(), {})


def test_the_blank_shows_neither_marks_nor_answers():
    rows = list(blank(first(), [("x", 1)]))
    assert rows == [
        "1. x:1\tRussian guns shelled Kherson, killing two men, police said.",
        "   triggers: shelled, killing",
    ]


def test_the_sample_holds_only_sentences_with_clauses_and_ignores_their_order():
    many = {(f"a{n % 7}", n): annotated(RAID, FIRST_CLAUSES[2] if n % 2 else ()) for n in range(1, 60)}
    chosen = sample(many, 10)
    assert len(chosen) == 10
    assert chosen == sorted(chosen)
    assert all(number % 2 for _, number in chosen)
    assert sample(dict(reversed(many.items())), 10) == chosen


def test_a_second_annotation_is_read_from_its_files_and_scored(tmp_path, capsys):
    (tmp_path / "x.ann").write_text(f"Guns\n\n{SHELLED}\n")
    (tmp_path / "x.clauses.yaml").write_text("- {line: 2, trigger: shelled, head: said, agent: guns, object: Kherson}\n")
    second = tmp_path / "second"
    second.mkdir()
    (second / "second.ann").write_text(f"x:2\t{SHELLED}\n")
    clause = "- {article: x, line: 2, trigger: shelled, head: said, agent: null, object: Kherson}\n"
    (second / "second.clauses.yaml").write_text(clause)
    assert sample(read_first(tmp_path)) == [("x", 2)]
    main(["--open", str(tmp_path), "score", "--second", str(second)])
    printed = capsys.readouterr().out
    assert "| names: F1 of span and label | 1.000 |" in printed
    assert "| clauses: agent | 0.000 (0 of 1) |" in printed


@pytest.mark.parametrize(
    ("ann", "clauses", "complaint"),
    [
        (f"x:2 {SHELLED}\n", "[]", "row 1"),
        (f"x:2\t{SHELLED}\nx:2\t{SHELLED}\n", "[]", "twice"),
        (f"x:2\t{SHELLED}\n", "- {article: x, line: 3, trigger: a, head: b, agent: null, object: null}", "no such sentence"),
        (f"x:2\t{SHELLED}\n", "- {article: x, line: 2, trigger: shelled, head: said, agent: null}", "lacks object"),
        (f"x:2\t{SHELLED}\n", "- {article: x, line: 2, trigger: stormed, head: said, agent: null, object: null}", "stormed"),
    ],
)
def test_a_broken_second_annotation_is_refused_by_name(tmp_path, ann, clauses, complaint):
    (tmp_path / "second.ann").write_text(ann)
    (tmp_path / "second.clauses.yaml").write_text(clauses)
    with pytest.raises(ValueError, match=complaint):
        read_second(tmp_path / "second.ann", tmp_path / "second.clauses.yaml")


def test_the_second_annotation_kept_here_fits_the_open_half():
    ours = read_first(CONFLICT / "open")
    theirs = read_second(CONFLICT / "second" / "second.ann", CONFLICT / "second" / "second.clauses.yaml")
    assert list(theirs) == sample(ours)
    result = compare(ours, theirs)
    assert (result.only_first, result.only_second) == (0, 0)
