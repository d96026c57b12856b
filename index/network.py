"""Small networks that read texts, with NumPy. `fitting.py` fits them.

The model stays frozen. Detectors look at every word as the model sees it in its place, and each
tells the most it found anywhere (max pooling over time; Collobert et al., 2011): one word in a long
story is not lost in the mean of all. The hidden layer weighs them with the text as a whole and sees
what no single weight per class can, such as whose case a message is about.
docs/understanding.md has what each brings.
"""

from dataclasses import dataclass

import numpy as np

from index.features import Features

LEAST_SPREAD = 1e-5
"""Added to the variance of what the detectors found, as torch's layer norm does."""


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
