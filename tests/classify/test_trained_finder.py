"""A trained finder says in columns what the trainer says feature by feature, and says it again from its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from framing.classify._training import Trainer
from framing.measures.attribution.finder import LABELS, WIDTH, Finder, Runs, Weights, decode, open_weights, save

_N = len(LABELS)


def runs(trainer: Trainer) -> Runs:
    first = trainer.material.first
    return Runs(first, np.diff(first, append=len(trainer.material.batch)))


def first_pass(trainer: Trainer, weights: Weights) -> np.ndarray:
    """Return the scores of the first pass, from the sparse features."""
    rows = [weights.rows[name].weights[:, :_N] for name in trainer.first_features.codes]
    return np.asarray(trainer.first_matrix @ np.concatenate(rows), dtype=np.float32)


@pytest.fixture(scope="module")
def trained(trainer: Trainer, weights: Weights) -> tuple[Weights, np.ndarray]:
    """Return a finder whose second pass learnt from its own first pass, and the second pass's scores by features."""
    said = decode(first_pass(trainer, weights), weights.transitions[0], runs(trainer))
    found = trainer.train(said)  # the first pass does not depend on what was said, so it is the same
    features, matrix = trainer.second(said)
    shared = [found.rows[name].weights[:, WIDTH : WIDTH + _N] for name in trainer.first_features.codes]
    own = [found.rows[name].weights[:, :_N] for name in features.codes]
    return found, np.asarray(matrix @ np.concatenate([*shared, *own]), dtype=np.float32)


def test_tables_give_the_scores_of_the_sparse_features(trainer: Trainer, trained: tuple[Weights, np.ndarray]) -> None:
    weights, scores = trained
    material = trainer.material
    found = Finder(weights).label(material.batch, material.cues)
    # each weight is rounded to a whole number of 1 / unit
    np.testing.assert_allclose(found.scores, scores, atol=0.5 * len(weights.rows) / weights.unit)
    # what follows the decoder may mend a few
    assert (found.labels == decode(scores, weights.transitions[1], runs(trainer))).mean() > 0.98


def test_a_finder_from_its_file_gives_the_same_labels(
    trainer: Trainer, trained: tuple[Weights, np.ndarray], tmp_path: Path
) -> None:
    """Weights are kept in half precision."""
    weights, scores = trained
    save(weights, tmp_path / "model.npz")
    opened = open_weights(tmp_path / "model.npz")
    material = trainer.material
    before, after = (Finder(one).label(material.batch, material.cues) for one in (weights, opened))
    assert after.labels.tolist() == before.labels.tolist()
    np.testing.assert_allclose(after.scores, scores, atol=0.05 * np.abs(scores).max())
    assert opened.words == list(weights.words)
    assert opened.kinds == weights.kinds


def test_the_same_finder_is_the_same_file(trained: tuple[Weights, np.ndarray], tmp_path: Path) -> None:
    weights, _ = trained
    for name in ("one.npz", "two.npz"):
        save(weights, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_it_learns_what_it_was_shown(trainer: Trainer, trained: tuple[Weights, np.ndarray]) -> None:
    material = trainer.material
    said = Finder(trained[0]).label(material.batch, material.cues).labels
    assert (said == material.labels).mean() > 0.97


def test_cross_validation_labels_each_article_by_models_of_the_others(trainer: Trainer) -> None:
    """Articles of one fold together; every token has a label and scores."""
    said = trainer.cross_labels()
    labels, scores, transitions = trainer.cross_second(trainer.second(said)[1])
    assert len(labels) == len(said) == len(trainer.material.batch)
    assert scores.any(axis=1).mean() > 0.99
    assert len(transitions) == trainer.plan.folds
    folds = trainer.folds()
    assert {len(set(folds[trainer.article == number].tolist())) for number in set(trainer.article.tolist())} == {1}
