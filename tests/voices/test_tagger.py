"""The tagger: files checked by hash, best paths well formed, batching without effect."""

from __future__ import annotations

import itertools
import shutil

import numpy as np
import pytest

from whipcount.errors import ModelError
from whipcount.text import paragraphs
from whipcount.voices.decoding import TAGS, constrain, viterbi
from whipcount.voices.tagger import MODEL_FOLDER, load_tagger


def well_formed(tags) -> bool:
    """No inside tag without a begin or inside tag of its role before it."""
    pairs = itertools.pairwise([0, *tags])
    return all(b == 0 or b % 2 or a in (b, b - 1) for a, b in pairs)


def test_viterbi_finds_the_best_well_formed_sequence():
    """Against every sequence of four tags scored one by one."""
    rng = np.random.default_rng(3)
    transitions, first = constrain(rng.normal(size=(TAGS, TAGS)), rng.normal(size=TAGS))
    emissions = rng.normal(size=(1, 4, TAGS)).astype(np.float32)

    def total(tags):
        score = first[tags[0]] + emissions[0, 0, tags[0]]
        for t in range(1, 4):
            score += transitions[tags[t - 1], tags[t]] + emissions[0, t, tags[t]]
        return score

    best = max(itertools.product(range(TAGS), repeat=4), key=total)
    assert viterbi(emissions, np.array([4]), transitions, first) == [list(best)]
    assert well_formed(best)


def test_padding_changes_no_path():
    """A short row in a long batch has the path it has alone."""
    rng = np.random.default_rng(4)
    transitions, first = constrain(np.zeros((TAGS, TAGS)), np.zeros(TAGS))
    emissions = rng.normal(size=(2, 9, TAGS)).astype(np.float32)
    together = viterbi(emissions, np.array([9, 5]), transitions, first)
    alone = viterbi(emissions[1:, :5], np.array([5]), transitions, first)
    assert together[1] == alone[0]


def test_a_changed_model_file_is_refused(tmp_path):
    """A byte more in the graph, and the model is not the one it claims to be."""
    folder = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, folder)
    with (folder / "tagger.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="not the file of its manifest"):
        load_tagger(folder)


def test_a_missing_model_says_what_to_do(tmp_path):
    """One line: the file, the fault, the cure."""
    with pytest.raises(ModelError, match=r"model\.json: cannot be read .*reinstall"):
        load_tagger(tmp_path)


def test_the_model_is_small_enough():
    """The graph stays within 30 MB."""
    assert (MODEL_FOLDER / "tagger.onnx").stat().st_size <= 30_000_000


def test_order_is_kept_and_paths_are_well_formed(tagger):
    """Windows of any length come back in the order they came."""
    texts = [
        "Vik said the ships would leave." + " Nothing else happened that day." * n
        for n in (9, 0, 4)
    ]
    windows = [tagger.windows(text, paragraphs(text))[0] for text in texts]
    together = tagger.tag(windows)
    assert [t.window for t in together] == windows
    for tagged in together:
        assert len(tagged.tags) == len(tagged.window.ids)
        assert well_formed(tagged.tags)
        assert np.allclose(tagged.probabilities.sum(1), 1, atol=1e-4)


def test_nothing_to_tag_is_no_error(tagger):
    """No window, no answer."""
    assert tagger.tag([]) == []
