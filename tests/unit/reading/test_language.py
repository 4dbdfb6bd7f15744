"""Loading a language pipeline."""

import pytest

from dagster_project.reading.language import LanguageModelNotFound, load_language
from dagster_project.settings import ConfigurationError


@pytest.fixture(scope="module")
def nlp():
    return load_language()


def test_the_bundled_pipeline_has_what_reading_needs(nlp):
    assert {"contextual", "conflict_sentences", "entity_rules", "parse_repairs", "checked_lemmas"} <= set(nlp.pipe_names)


def test_sentence_constraints_come_before_the_parser(nlp):
    assert nlp.pipe_names.index("conflict_sentences") < nlp.pipe_names.index("contextual")


def test_a_pipeline_of_spacys_own_components_is_completed(tmp_path, monkeypatch):
    import spacy

    made = spacy.blank("en")
    made.add_pipe("tagger").add_label("NN")
    made.add_pipe("parser").add_label("nsubj:pass")
    made.add_pipe("ner").add_label("PERSON")
    made.initialize()
    made.to_disk(tmp_path / "made")
    monkeypatch.setenv("SPACY_MODEL", str(tmp_path / "made"))
    names = load_language().pipe_names
    assert names == ["tagger", "conflict_sentences", "parser", "ner", "entity_rules", "parse_repairs", "checked_lemmas"]


def test_an_unknown_pipeline_is_a_configuration_error_that_says_what_to_do():
    with pytest.raises(LanguageModelNotFound, match="SPACY_MODEL") as caught:
        load_language("en_no_such_pipeline")
    assert isinstance(caught.value, ConfigurationError)


def test_the_environment_chooses_the_pipeline(monkeypatch):
    monkeypatch.setenv("SPACY_MODEL", "en_no_such_pipeline")
    with pytest.raises(LanguageModelNotFound, match="en_no_such_pipeline"):
        load_language()


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(LanguageModelNotFound, match="no tagger"):
        load_language(str(tmp_path / "blank"))


def test_a_document_is_read_alike_alone_and_in_a_batch(nlp):
    text = "Gunmen attacked a checkpoint near Mosul on Monday, killing two soldiers."
    alone = nlp(text)
    batched = list(nlp.pipe(["Another text entirely.", text, "A third, longer one about nothing at all."]))[1]
    assert alone.to_bytes(exclude=["user_data"]) == batched.to_bytes(exclude=["user_data"])


def test_noun_chunks_work_with_its_labels(nlp):
    doc = nlp("Gunmen attacked a police station in Mosul.")
    assert "a police station" in [chunk.text for chunk in doc.noun_chunks]


def test_the_packed_pipeline_is_small_and_names_no_path(nlp):
    folder = nlp.path
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 40_000_000
    config = (folder / "config.cfg").read_text(encoding="utf-8")
    assert "train = null" in config or "train" not in config.split("[paths]")[-1].split("[")[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("call 713-853-3989 etc", ["call", "713-853-3989", "etc"]),
        ("in the 1980's", ["in", "the", "1980's"]),
        ("at 3:15am", ["at", "3:15", "am"]),
        ("recruits foreigners?thanks", ["recruits", "foreigners", "?", "thanks"]),
        ("on Wed 19 June", ["on", "Wed", "19", "June"]),
    ],
)
def test_words_of_letters_and_web_pages(nlp, text, words):
    assert [token.text for token in nlp.make_doc(text)] == words
