"""The contextual pipeline: its pieces, its decisions, and that a document is read alike whatever stands beside it."""

import subprocess
import sys
from itertools import product

import numpy as np
import pytest

from dagster_project.reading import contextual
from dagster_project.reading.language import bundled, load_language
from dagster_project.reading.model_files import model_folder, model_version
from dagster_project.reading.wordpieces import WordPieces, shape

NAME = "en_conflict_minilm"
NEWS = (
    "Rebels seize border town\n\nMUKALLA, Yemen (AP) - Gunmen attacked a checkpoint near Mukalla on Monday, killing two "
    "soldiers. Gen. Ali Nasser said the army had shelled Al-Qaeda positions.\n\nThe U.N. condemned the attack."
)


@pytest.fixture(scope="module")
def nlp():
    return load_language(NAME)


def test_words_are_cut_into_the_longest_known_pieces():
    wordpieces = WordPieces(["[UNK]", "[CLS]", "[SEP]", "kata", "##ib", "'", "ib", "shell", "##ing", "##s"])
    assert wordpieces.pieces("Shellings") == [7, 8, 9]
    assert wordpieces.pieces("Kata'ib") == [3, 5, 6]
    assert wordpieces.pieces("Katáib") == [3, 4]
    assert wordpieces.pieces("ib!") == [6, 0]
    assert wordpieces.pieces("\u200b") == [0]
    assert len(wordpieces.pieces("'" * 80)) == 12


def test_a_token_of_very_many_letters_is_cut_in_no_time_to_speak_of():
    wordpieces = WordPieces(["[UNK]", "[CLS]", "[SEP]", "kata", "##ib"])
    assert set(wordpieces.pieces("kata" + "ib" * 100_000)) == {3, 4}
    assert wordpieces.pieces("kata" * 50_000) == [0]


def test_a_run_is_laid_out_with_marks_between_paragraphs():
    wordpieces = WordPieces(["[UNK]", "[CLS]", "[SEP]", "kata", "##ib", "shell"])
    found = wordpieces.lay_out(["Kataib", "shell", "Shell"], [True, False, True])
    assert found.pieces == [1, 3, 4, 5, 2, 5, 2]
    assert found.words == [-1, 0, 0, 1, -1, 2, -1]
    assert (found.firsts, found.lasts) == ([0, 1, 3, 5], [0, 2, 3, 5])
    assert found.shapes[1] == found.shapes[5] == shape("Kataib", True)


def test_spelling_tells_names_from_words():
    assert len({shape(word, False) for word in ("army", "Army", "ARMY", "12", "9/11", "McCain", "--")}) == 7
    assert shape("Army", True) != shape("Army", False)


@pytest.mark.parametrize("seed", range(20))
def test_names_are_the_best_sequence_that_is_one(seed):
    rng = np.random.default_rng(seed)
    scores, firsts = rng.normal(size=(4, 5)), {0, 2} if seed % 2 else {0}

    def allowed(classes):
        return all(
            number == 0 or number % 2 or (place not in firsts and classes[place - 1] in (number, number - 1))
            for place, number in enumerate(classes)
        )

    every = (classes for classes in product(range(5), repeat=4) if allowed(classes))
    best = max(every, key=lambda classes: sum(scores[place, number] for place, number in enumerate(classes)))
    assert contextual._best_classes(scores, firsts) == list(best)


def test_it_is_chosen_by_its_name(nlp):
    assert bundled(NAME) == nlp.path
    assert (
        nlp.pipe_names.index("conflict_sentences")
        < nlp.pipe_names.index("contextual")
        < nlp.pipe_names.index("entity_rules")
    )


def test_a_document_is_read_alike_alone_and_among_others(nlp):
    alone = nlp(NEWS)
    others = ["Another text entirely.", NEWS, "word " * 400, NEWS]
    batched = list(nlp.pipe(others, batch_size=4))
    for doc in (batched[1], batched[3], load_language(NAME)(NEWS)):
        assert doc.to_bytes(exclude=["user_data"]) == alone.to_bytes(exclude=["user_data"])


def test_what_stands_far_below_changes_nothing_above(nlp):
    """Further down than the network reads at once."""
    above = "\n\n".join([NEWS] * 8)
    told = [
        [(t.text, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in nlp(above + below)]
        for below in (
            "\n\nOther words.",
            "\n\n" + "The army said that the shelling of the town had gone on all night. " * 30,
        )
    ]
    alike = len(nlp.make_doc(NEWS)) * 4
    assert told[0][:alike] == told[1][:alike]


def test_trees_sentences_and_names_of_news(nlp):
    doc = nlp(NEWS)
    attacked = next(token for token in doc if token.text == "attacked")
    assert {(child.dep_, child.text) for child in attacked.children} >= {("nsubj", "Gunmen"), ("obj", "checkpoint")}
    assert attacked.sent.root == attacked
    assert attacked.lemma_ == "attack"
    found = {(entity.text, entity.label_) for entity in doc.ents}
    assert found >= {("Mukalla", "GPE"), ("Monday", "DATE"), ("Ali Nasser", "PERSON")}
    assert "two soldiers" in [chunk.text for chunk in doc.noun_chunks]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "  \n", " a", "x\n\n\n", "!" * 3000, "a " * 3000, "\u200b \u0301", "ａ\u3000ｂ" * 50]
)
def test_any_text_gets_whole_trees(nlp, text):
    doc = nlp(text)
    for sentence in doc.sents:
        assert sum(token.head == token for token in sentence) == 1
        assert all(token.head in sentence for token in sentence)


def test_the_pipeline_is_small_and_known_by_its_files():
    folder = bundled(NAME)
    assert folder is not None
    assert model_folder(NAME) == folder
    assert model_version(NAME).startswith("en_conflict_minilm-1.")
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 40_000_000


def test_plain_spacy_opens_the_packed_pipeline():
    script = f"import spacy; print([t.dep_ for t in spacy.load({str(bundled(NAME))!r})('Rebels fled.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, cwd="/", check=False)
    assert done.returncode == 0, done.stderr
    assert "ROOT" in done.stdout
