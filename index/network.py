"""Small networks with one hidden layer: fitted with torch in a build, read with NumPy.

Embeddings stay frozen; the hidden layer sees what no single weight per class can, such as whose
case a message is about. docs/understanding.md has what it brings beside a plain regression.
"""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

HIDDEN = 384
"""Units of the hidden layer; a small corpus has no more than phrasings."""
EPOCHS = 8
FEWEST_STEPS = 100
"""A small corpus is gone through more often, until the weights have been moved so many times."""
BATCH = 256
RATE = 3e-3
"""The highest learning rate; it rises to it and falls again (Smith and Topin, 2018)."""
DECAY = 1e-2
DROPPED_FEATURES, DROPPED_UNITS = 0.2, 0.4
"""The shares that are left out at random in each step (Srivastava et al., 2014)."""
SMOOTHING = 0.05
"""The share of each target that is spread over all classes (Szegedy et al., 2016): who wrote a
phrasing is now and then mistaken."""
THREADS = 1
"""With one the sums, and so the last digits, are the same on any number of cores."""


@dataclass(frozen=True)
class Network:
    """Fitted weights, in 32 bits. `inner`: (hidden, features); `outer`: (classes, hidden)."""

    inner: np.ndarray
    inner_bias: np.ndarray
    outer: np.ndarray
    outer_bias: np.ndarray

    def read(self, features: np.ndarray) -> np.ndarray:
        """The probability of each class for each row of `features`: (rows, classes). Pure."""
        hidden = (features @ self.inner.T + self.inner_bias).clip(0)
        scores = hidden @ self.outer.T + self.outer_bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def fit_networks(parts: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[Network, ...]:
    """A network for each part: `features` (rows, features) and `targets` (rows, classes).

    Each row of `targets` sums to 1. As many are fitted at a time as there are cores. The same
    numbers give the same networks. Imports torch: some seconds.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    try:
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            return tuple(workers.map(_fitted, parts, range(len(parts))))
    finally:
        torch.set_num_threads(threads)


def _fitted(part: tuple[np.ndarray, np.ndarray], seed: int) -> Network:
    import torch
    from torch.nn.functional import linear, log_softmax

    features, targets = part
    chance = torch.Generator().manual_seed(seed)  # one of its own: others are fitted beside it
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    rows = torch.from_numpy(((features - mean) / spread).astype(np.float32))
    wanted = torch.from_numpy(targets.astype(np.float32))
    wanted = wanted * (1 - SMOOTHING) + SMOOTHING / wanted.shape[1]

    def weights(units: int, inputs: int) -> list[torch.Tensor]:
        bound = 1 / math.sqrt(inputs)
        made = (torch.empty(units, inputs), torch.empty(units))
        return [one.uniform_(-bound, bound, generator=chance).requires_grad_() for one in made]

    def dropped(values: torch.Tensor, share: float) -> torch.Tensor:
        return values * (torch.rand(values.shape, generator=chance) >= share) / (1 - share)

    hidden = min(HIDDEN, len(rows))
    inner, inner_bias = weights(hidden, rows.shape[1])
    outer, outer_bias = weights(wanted.shape[1], hidden)
    batches = math.ceil(len(rows) / BATCH)
    epochs = max(EPOCHS, math.ceil(FEWEST_STEPS / batches))
    learnt = [inner, inner_bias, outer, outer_bias]
    optimiser = torch.optim.AdamW(learnt, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=epochs * batches, pct_start=0.1
    )
    for _ in range(epochs):
        for batch in torch.split(torch.randperm(len(rows), generator=chance), BATCH):
            optimiser.zero_grad()
            units = linear(dropped(rows[batch], DROPPED_FEATURES), inner, inner_bias).relu()
            logs = log_softmax(linear(dropped(units, DROPPED_UNITS), outer, outer_bias), dim=1)
            (-(wanted[batch] * logs).sum(dim=1).mean()).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    found = [one.detach().numpy() for one in learnt]
    # Folded into the weights, the standardising costs nothing when a question is read.
    scaled = (found[0] / spread).astype(np.float32)
    return Network(scaled, (found[1] - scaled @ mean).astype(np.float32), *found[2:])
