"""The networks: the same numbers give the same weights, on any number of cores."""

import os
import subprocess
import sys

import numpy as np

from index.features import Features
from index.fitting import fit_networks
from settings import ROOT
from tests.test_head import as_texts

SCRIPT = """
import hashlib, numpy as np
from index.features import Features
from index.fitting import fit_networks
random = np.random.default_rng(1)
words = [random.normal(size=(n, 48)).astype(np.float16) for n in random.integers(1, 30, 400)]
features = Features(random.normal(size=(400, 64)).astype(np.float32), tuple(words))
targets = np.eye(5)[random.integers(0, 5, 400)]
networks = fit_networks(features, targets, [np.arange(400), np.arange(300), np.arange(400)])
weights = [one.tobytes() for network in networks for one in vars(network).values()]
print(hashlib.sha256(b"".join(weights)).hexdigest())
"""


def fitted_on(cores: set[int]) -> str:
    """The hash of the weights that a process on those cores finds."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    return done.stdout


def test_one_core_and_all_cores_find_the_same_weights() -> None:
    every = os.sched_getaffinity(0)
    assert fitted_on({min(every)}) == fitted_on(every)


def test_what_it_reads_are_probabilities_and_it_learns() -> None:
    random = np.random.default_rng(2)
    labels = random.integers(0, 3, 300)
    rows = np.eye(3)[labels] @ random.normal(size=(3, 20)) + random.normal(0, 0.3, (300, 20))
    features = as_texts(rows)
    (network,) = fit_networks(features, np.eye(3)[labels], [np.arange(300)])
    chances = network.read(features)
    np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-5)
    assert (chances.argmax(axis=1) == labels).mean() > 0.95


def test_it_reads_the_same_text_alike_beside_any_other() -> None:
    random = np.random.default_rng(3)
    words = tuple(random.normal(size=(n, 8)).astype(np.float16) for n in (3, 40, 1, 7) * 20)
    features = Features(random.normal(size=(80, 6)).astype(np.float32), words)
    (network,) = fit_networks(features, np.eye(4)[np.arange(80) % 4], [np.arange(80)])
    alone = np.concatenate([network.read(features.of([at])) for at in range(80)])
    np.testing.assert_allclose(network.read(features), alone, rtol=1e-4)
