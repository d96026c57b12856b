"""What the model makes of texts, as the trained head reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Features:
    """One row of `whole` and one array of `words` for each text."""

    whole: np.ndarray
    """The text as one: (texts, numbers), 32 bits. It begins with the model's own unit vector."""
    words: tuple[np.ndarray, ...]
    """Its words, or pieces of words, one by one: (pieces, numbers) each, at least one piece; in 16
    bits, which halves what a build needs and which the head does not tell from 32."""

    def __len__(self) -> int:
        return len(self.words)

    def of(self, rows: Sequence[int] | np.ndarray) -> "Features":
        """Those of the texts in `rows`. Pure."""
        return Features(self.whole[rows], tuple(self.words[at] for at in rows))
