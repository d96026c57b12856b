"""Fitting the networks, with torch. Only a build imports this: answering does without torch."""

import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from torch.nn.functional import layer_norm, linear, log_softmax
from torch.nn.utils.rnn import pad_sequence

from index.features import Features
from index.network import LEAST_SPREAD, Network

DETECTORS = 384
HIDDEN = 384
"""Units of the hidden layer. A small corpus has no more of either than phrasings."""
EPOCHS = 6
FEWEST_STEPS = 100
"""A small corpus is gone through more often, until the weights have been moved so many times."""
BATCH = 256
ALIKE = 16
"""So many batches at a time are sorted by length, so that little is padded."""
RATE = 3e-3
"""The highest learning rate; it rises to it and falls again (Smith and Topin, 2018)."""
DECAY = 1e-2
DROPPED_WORDS, DROPPED_FEATURES, DROPPED_UNITS = 0.1, 0.2, 0.4
"""The shares that are left out at random in each step (Srivastava et al., 2014)."""
SMOOTHING = 0.05
"""The share of each target that is spread over all classes (Szegedy et al., 2016): who wrote a
phrasing is now and then mistaken."""
THREADS = 1
"""With one the sums, and so the last digits, are the same on any number of cores."""


def fit_networks(
    features: Features, targets: np.ndarray, parts: Sequence[np.ndarray]
) -> tuple[Network, ...]:
    """A network for each of `parts`, the rows it may see of `features` and `targets`.

    `targets`: (texts, classes), each row summing to 1. As many are fitted at a time as there are
    cores. The same numbers give the same networks.
    """

    def fitted(seed: int) -> Network:
        return _fitted(features.of(parts[seed]), targets[parts[seed]], seed)

    threads = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    try:
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            return tuple(workers.map(fitted, range(len(parts))))
    finally:
        torch.set_num_threads(threads)


def _fitted(features: Features, targets: np.ndarray, seed: int) -> Network:
    learner = _Learner(features, targets.shape[1], seed)
    wanted = torch.from_numpy(targets.astype(np.float32))
    wanted = wanted * (1 - SMOOTHING) + SMOOTHING / wanted.shape[1]
    steps = math.ceil(len(features) / BATCH)
    epochs = max(EPOCHS, math.ceil(FEWEST_STEPS / steps))
    optimiser = torch.optim.AdamW(learner.weights, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=epochs * steps, pct_start=0.1
    )
    for _ in range(epochs):
        for batch in learner.batches():
            optimiser.zero_grad()
            loss = -(wanted[batch] * learner.logs(batch)).sum(dim=1).mean()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return learner.network()


class _Learner:
    """A network while it is fitted. Its random numbers are its own: others are fitted beside it."""

    def __init__(self, features: Features, classes: int, seed: int) -> None:
        self._words = [torch.from_numpy(words) for words in features.words]
        self._lengths = torch.tensor([len(words) for words in features.words])
        self._mean = features.whole.mean(axis=0)
        self._spread = features.whole.std(axis=0) + 1e-6
        scaled = (features.whole - self._mean) / self._spread
        self._whole = torch.from_numpy(scaled.astype(np.float32))
        self._chance = torch.Generator().manual_seed(seed)
        detectors, hidden = min(DETECTORS, len(features)), min(HIDDEN, len(features))
        self.weights = [
            *self._layer(detectors, self._words[0].shape[1]),
            *self._layer(hidden, self._whole.shape[1] + detectors),
            *self._layer(classes, hidden),
        ]
        """Weights and bias of the detectors, the hidden layer and the classes."""

    def batches(self) -> Iterator[torch.Tensor]:
        """The rows of all texts, in a new order, those of a like length together."""
        order = torch.randperm(len(self._whole), generator=self._chance)
        alike = [
            part[self._lengths[part].argsort(stable=True)]
            for part in torch.split(order, BATCH * ALIKE)
        ]
        made = torch.split(torch.cat(alike), BATCH)
        for at in torch.randperm(len(made), generator=self._chance):
            yield made[at]

    def logs(self, batch: torch.Tensor) -> torch.Tensor:
        """The log-probability of each class, some of all that is read left out."""
        _, _, inner, inner_bias, outer, outer_bias = self.weights
        read = torch.cat([self._whole[batch], self._found(batch)], dim=1)
        hidden = linear(self._dropped(read, DROPPED_FEATURES), inner, inner_bias).relu()
        return log_softmax(linear(self._dropped(hidden, DROPPED_UNITS), outer, outer_bias), dim=1)

    def network(self) -> Network:
        """The network as it is now. The standardising is folded into its weights: no cost then."""
        detectors, detectors_bias, inner, inner_bias, outer, outer_bias = (
            one.detach().numpy() for one in self.weights
        )
        count = len(self._mean)
        inner = np.concatenate([inner[:, :count] / self._spread, inner[:, count:]], axis=1)
        inner_bias = inner_bias - inner[:, :count] @ self._mean
        exact = (detectors, detectors_bias, inner, inner_bias, outer, outer_bias)
        return Network(*(one.astype(np.float32) for one in exact))

    def _found(self, batch: torch.Tensor) -> torch.Tensor:
        """What `Network` finds with its detectors in each text of `batch`, some words left out."""
        words = pad_sequence([self._words[at] for at in batch.tolist()], batch_first=True).float()
        there = torch.arange(words.shape[1]) < self._lengths[batch][:, None]
        there = there & (torch.rand(there.shape, generator=self._chance) >= DROPPED_WORDS)
        each = linear(words, *self.weights[:2]).masked_fill(~there[..., None], 0)
        most = each.max(dim=1).values.relu()
        return layer_norm(most, most.shape[1:], eps=LEAST_SPREAD)

    def _layer(self, units: int, inputs: int) -> list[torch.Tensor]:
        bound = 1 / math.sqrt(inputs)
        made = (torch.empty(units, inputs), torch.empty(units))
        return [
            one.uniform_(-bound, bound, generator=self._chance).requires_grad_() for one in made
        ]

    def _dropped(self, values: torch.Tensor, share: float) -> torch.Tensor:
        kept = torch.rand(values.shape, generator=self._chance) >= share
        return values * kept / (1 - share)
