"""Training says what it lacks, and is no failure where there is no data."""

from training import ready


def treebanks(folder):
    (folder / "ud_english_ewt").mkdir()
    (folder / "ud_english_ewt" / "train.conllu").touch()
    return folder


def test_without_data_nothing_is_trained_and_nothing_fails(tmp_path, capsys):
    assert ready.status(tmp_path, "training.joint", ("json",)) == 0
    assert "no treebanks" in capsys.readouterr().out


def test_a_missing_package_is_named_with_what_to_do(tmp_path, capsys):
    assert ready.status(treebanks(tmp_path), "training.joint", ("json", "no_such_package")) == 2
    said = capsys.readouterr().err
    assert "no_such_package" in said
    assert "-m training.joint" in said


def test_with_all_there_training_may_begin(tmp_path):
    assert ready.status(treebanks(tmp_path), "training.joint", ("json",)) is None
