"""The networks: the same numbers give the same weights, on any number of cores."""

import os
import subprocess
import sys

import numpy as np

from index.network import fit_networks
from settings import ROOT

SCRIPT = """
import hashlib, numpy as np
from index.network import fit_networks
random = np.random.default_rng(1)
rows, targets = random.normal(size=(400, 64)), np.eye(5)[random.integers(0, 5, 400)]
networks = fit_networks([(rows, targets), (rows[:300], targets[:300]), (rows, targets)])
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
    (network,) = fit_networks([(rows, np.eye(3)[labels])])
    chances = network.read(rows)
    np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-5)
    assert (chances.argmax(axis=1) == labels).mean() > 0.95
