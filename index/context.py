"""A message that leans on an answer: which passage or kind it means, weighed with what came before.

What the head makes of the message by itself, after the earlier question, and after the question of
the card that answered it, is one piece of evidence each. Others are where a passage stands: is it
the one just quoted, quoted before that, the next in the text; how near are its words. A conditional
logit (McFadden, 1974) weighs them: the same few weights for every passage, so that some hundred
written follow-ups are enough. It is fitted while the index is built, the same way every time.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bm25s import stopwords

from corpus import normalised
from index.features import Features
from index.head import Head, Reading
from index.records import Record

EVIDENCE = (
    *("passage: alone", "passage: after the question", "passage: after the card's question"),
    *("kind: alone", "kind: after the question", "kind: after the card's question"),
    *("is a kind", "just quoted", "quoted before", "same document", "next", "next but one"),
    *("the one before", "near the message", "near both", "near what was quoted"),
)
"""What is weighed, in this order."""
PERSONS = (
    *("he", "her", "hers", "him", "his", "i", "me", "mine", "my", "our", "ours", "she", "us", "we"),
    *("you", "your", "yours", "yes", "no"),
)
SMALL = frozenset(map(normalised, stopwords.STOPWORDS_EN_PLUS)).difference(PERSONS) | {
    *("exactly", "generally", "mean", "meaning", "means", "really", "sure", "tho", "though"),
    *("always", "every", "like", "people", "practice", "thats", "time", "whats"),
}
"""Words that say nothing without what was said before."""
LEAST = 1e-6
"""No probability counts as less."""
PENALTY = 0.005
"""On the squared weights; on follow-ups held out, 0.001 to 0.05 gave the same."""


@dataclass(frozen=True)
class Places:
    """Where the passages stand, and their words. Rows are the head's classes; kinds have zeros."""

    texts: np.ndarray
    """The embeddings of the passages' words: (classes, dimension)."""
    order: dict[str, tuple[str, int]]
    """The document of each passage, and its place there."""

    @classmethod
    def of(cls, records: Sequence[Record], vectors: np.ndarray, head: Head) -> "Places":
        """Of `records`, whose words have these `vectors`."""
        row = {name: at for at, name in enumerate(head.classes)}
        texts = np.zeros((len(row), vectors.shape[1]), np.float32)
        order: dict[str, tuple[str, int]] = {}
        count: dict[str, int] = {}
        for record, vector in sorted(
            zip(records, vectors, strict=True), key=lambda pair: pair[0].focus_start
        ):
            at = count.get(record.document, 0)
            order[record.id], count[record.document] = (record.document, at), at + 1
            if record.id in row:
                texts[row[record.id]] = vector
        return cls(texts, order)


def evidence(
    head: Head, places: Places, features: Features, after: str, quoted: Collection[str]
) -> np.ndarray:
    """The evidence for each class of `head`: (classes, evidence). Pure.

    `features` are those of the message, of it after the earlier question, and of it after the
    question of the card; `after` is the passage just quoted, `quoted` those before it.
    """
    logs = np.log(head.chances(features).clip(LEAST))
    passage, dimension = head.passages.astype(float), places.texts.shape[1]
    row = {name: at for at, name in enumerate(head.classes)}
    found = np.zeros((len(head.classes), len(EVIDENCE)))
    found[:, 0:3], found[:, 3:6] = (logs * passage).T, (logs * (1 - passage)).T
    found[:, 6] = 1 - passage
    document, place = places.order[after]
    for name, (other, at) in places.order.items():
        if name in row and other == document:
            steps = {1: 10, 2: 11, -1: 12}
            found[row[name], 9] = 1
            if at - place in steps:
                found[row[name], steps[at - place]] = 1
    for name in quoted:
        if name in row and name != after:
            found[row[name], 8] = 1
    if after in row:
        found[row[after], 7] = 1
        found[:, 15] = places.texts @ places.texts[row[after]]
    found[:, 13] = places.texts @ features.whole[0, :dimension]
    found[:, 14] = places.texts @ features.whole[1, :dimension]
    return found


@dataclass(frozen=True)
class Context:
    """The fitted weights, one for each piece of evidence."""

    weights: np.ndarray

    def read(self, head: Head, found: np.ndarray) -> Reading:
        """What a message means, from the `evidence` for each class of `head`. Pure.

        Its probabilities need no calibration: the weights were fitted to be them.
        """
        scores = found @ self.weights
        powers = np.exp(scores - scores.max())
        return head.reading(powers / powers.sum(), calibrated=True)

    def save(self, path: Path) -> None:
        """Writes the weights to `path`, by name."""
        told = dict(zip(EVIDENCE, map(float, self.weights), strict=True))
        path.write_text(json.dumps(told, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Context":
        """What `save` wrote."""
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(np.array([told[name] for name in EVIDENCE]))


def in_context(message: str, earlier: str, card: str) -> tuple[str, str, str]:
    """A follow-up as it is read: by itself, after the question before it, and after the card's.

    One of small words alone ("how so?") says nothing by itself: it is not read so.
    """
    after = f"{earlier} {message}"
    return after if is_bare(message) else message, after, f"{card} {message}"


def is_bare(message: str) -> bool:
    """Whether `message` holds small words only: "why not", "and so?". Pure."""
    return all(word in SMALL for word in normalised(message).split())


def fit_context(found: np.ndarray, right: np.ndarray) -> Context:
    """The weights under which what is right is likeliest. Deterministic.

    `found`: the evidence of each follow-up (follow-ups, classes, evidence); `right`: which classes
    are right (follow-ups, classes), one at least in each row.
    """
    from scipy.optimize import minimize
    from scipy.special import logsumexp, softmax

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = found @ weights
        among_right = np.where(right, scores, -np.inf)
        value = np.mean(logsumexp(scores, axis=1) - logsumexp(among_right, axis=1))
        pull = softmax(scores, axis=1) - softmax(among_right, axis=1)
        slope = np.einsum("nc,nce->e", pull, found) / len(found)
        return value + PENALTY * weights @ weights, slope + 2 * PENALTY * weights

    return Context(minimize(loss, np.zeros(found.shape[2]), jac=True, method="L-BFGS-B").x)
