"""Small networks that read texts: fitted with torch in a build, read with NumPy.

The model stays frozen. Detectors look at every word as the model sees it in its place, and each
tells the most it found anywhere (max pooling over time; Collobert et al., 2011): one word in a long
story is not lost in the mean of all. The hidden layer weighs them with the text as a whole and sees
what no single weight per class can, such as whose case a message is about.
docs/understanding.md has what each brings.
"""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from index.features import Features

DETECTORS = 384
HIDDEN = 384
"""Units of the hidden layer. A small corpus has no more of either than phrasings."""
EPOCHS = 6
FEWEST_STEPS = 100
"""A small corpus is gone through more often, until the weights have been moved so many times."""
BATCH = 256
RATE = 3e-3
"""The highest learning rate; it rises to it and falls again (Smith and Topin, 2018)."""
DECAY = 1e-2
DROPPED_WORDS, DROPPED_FEATURES, DROPPED_UNITS = 0.1, 0.2, 0.4
"""The shares that are left out at random in each step (Srivastava et al., 2014)."""
SMOOTHING = 0.05
"""The share of each target that is spread over all classes (Szegedy et al., 2016): who wrote a
phrasing is now and then mistaken."""
ALIKE = 16
"""So many batches at a time are sorted by length."""
LEAST_SPREAD = 1e-5
THREADS = 1
"""With one the sums, and so the last digits, are the same on any number of cores."""


@dataclass(frozen=True)
class Network:
    """Fitted weights, in 32 bits."""

    detectors: np.ndarray
    """(detectors, numbers of a word)"""
    detectors_bias: np.ndarray
    inner: np.ndarray
    """(hidden, numbers of the whole and detectors)"""
    inner_bias: np.ndarray
    outer: np.ndarray
    """(classes, hidden)"""
    outer_bias: np.ndarray

    def read(self, features: Features) -> np.ndarray:
        """The probability of each class for each text: (texts, classes). Pure."""
        found = np.stack([self._found(words) for words in features.words])
        hidden = np.concatenate([features.whole, found], axis=1) @ self.inner.T + self.inner_bias
        scores = hidden.clip(0) @ self.outer.T + self.outer_bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def _found(self, words: np.ndarray) -> np.ndarray:
        """What each detector found most of in a text, beside the others: (detectors,)."""
        most = (words.astype(np.float32) @ self.detectors.T + self.detectors_bias).max(axis=0)
        most = most.clip(0)
        return np.asarray((most - most.mean()) / np.sqrt(most.var() + LEAST_SPREAD))


def fit_networks(
    features: Features, targets: np.ndarray, parts: Sequence[np.ndarray]
) -> tuple[Network, ...]:
    """A network for each of `parts`, the rows it may see of `features` and `targets`.

    `targets`: (texts, classes), each row summing to 1. As many are fitted at a time as there are
    cores. The same numbers give the same networks. Imports torch: some seconds.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    try:
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            every = [(features.of(rows), targets[rows], at) for at, rows in enumerate(parts)]
            return tuple(workers.map(lambda one: _fitted(*one), every))
    finally:
        torch.set_num_threads(threads)


def _fitted(features: Features, targets: np.ndarray, seed: int) -> Network:
    import torch
    from torch.nn.functional import layer_norm, linear, log_softmax

    chance = torch.Generator().manual_seed(seed)  # one of its own: others are fitted beside it
    mean, spread = features.whole.mean(axis=0), features.whole.std(axis=0) + 1e-6
    whole = torch.from_numpy(((features.whole - mean) / spread).astype(np.float32))
    wanted = torch.from_numpy(targets.astype(np.float32))
    wanted = wanted * (1 - SMOOTHING) + SMOOTHING / wanted.shape[1]
    lengths = torch.tensor([len(words) for words in features.words])

    def weights(units: int, inputs: int) -> list[torch.Tensor]:
        bound = 1 / math.sqrt(inputs)
        made = (torch.empty(units, inputs), torch.empty(units))
        return [one.uniform_(-bound, bound, generator=chance).requires_grad_() for one in made]

    def dropped(values: torch.Tensor, share: float) -> torch.Tensor:
        return values * (torch.rand(values.shape, generator=chance) >= share) / (1 - share)

    def found(batch: torch.Tensor) -> torch.Tensor:
        """What `Network._found` says of each text of `batch`, some words left out."""
        words = [torch.from_numpy(features.words[at]) for at in batch.tolist()]
        padded = torch.nn.utils.rnn.pad_sequence(words, batch_first=True).float()
        there = torch.arange(padded.shape[1]) < lengths[batch][:, None]
        there = there & (torch.rand(there.shape, generator=chance) >= DROPPED_WORDS)
        each = linear(padded, detectors, detectors_bias).masked_fill(~there[..., None], 0)
        most = each.max(dim=1).values.relu()
        return layer_norm(most, most.shape[1:], eps=LEAST_SPREAD)

    def batches() -> list[torch.Tensor]:
        """All texts, in a new order, those of a like length together: little is padded."""
        parts = torch.split(torch.randperm(len(whole), generator=chance), BATCH * ALIKE)
        alike = torch.cat([part[lengths[part].argsort(stable=True)] for part in parts])
        made = torch.split(alike, BATCH)
        return [made[at] for at in torch.randperm(len(made), generator=chance)]

    units = min(DETECTORS, len(whole)), min(HIDDEN, len(whole))
    detectors, detectors_bias = weights(units[0], features.words[0].shape[1])
    inner, inner_bias = weights(units[1], whole.shape[1] + units[0])
    outer, outer_bias = weights(wanted.shape[1], units[1])
    steps = math.ceil(len(whole) / BATCH)
    epochs = max(EPOCHS, math.ceil(FEWEST_STEPS / steps))
    learnt = [detectors, detectors_bias, inner, inner_bias, outer, outer_bias]
    optimiser = torch.optim.AdamW(learnt, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=epochs * steps, pct_start=0.1
    )
    for _ in range(epochs):
        for batch in batches():
            optimiser.zero_grad()
            seen = dropped(torch.cat([whole[batch], found(batch)], dim=1), DROPPED_FEATURES)
            hidden = linear(seen, inner, inner_bias).relu()
            logs = log_softmax(linear(dropped(hidden, DROPPED_UNITS), outer, outer_bias), dim=1)
            (-(wanted[batch] * logs).sum(dim=1).mean()).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    fitted = Network(*(one.detach().numpy() for one in learnt))
    # Folded into the weights, the standardising costs nothing when a question is read.
    inner_weights = fitted.inner.copy()
    inner_weights[:, : len(mean)] /= spread
    bias = fitted.inner_bias - inner_weights[:, : len(mean)] @ mean
    return replace(fitted, inner=inner_weights, inner_bias=bias.astype(np.float32))
