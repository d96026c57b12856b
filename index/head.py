"""The trained head: which passage a question means, or which kind of message it is.

Four small networks on what the frozen model makes of a question (`network.py`). Their classes are
the passages that have a card and the kinds of messages that no passage answers. Each is fitted on
three quarters of the phrasings while the index is built, in some minutes, the same way every time;
what they say counts alike. What each says of the quarter that it has not seen calibrates (Platt,
1999) how likely it is that any passage answers, and that the best one does, and gives every
threshold.
docs/understanding.md has the figures.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from index.features import Features
from index.network import Network

NETWORKS = 4
"""As many again as most machines have cores, so that none idles (docs/understanding.md)."""
ALSO_RIGHT = 0.5
"""What a passage that also answers a phrasing weighs beside the one that answers it best."""
NEAREST = ("meta", "near_miss", "out_of_scope_medical", "personal_medical")
"""The kinds that look most like what is answered: the risk is taken from them alone, so that no
number of messages about other things can make the gate laxer."""
RISK = 0.14
"""The threshold is the lowest at which at most this share of the nearest kinds is answered, out of
fold: it is where the risk-coverage curve bends (docs/understanding.md)."""
LEAST_CONFIDENCE = 0.2
"""Below it the best passage is wrong more often than not: it is not quoted."""
RISK_UNSURE = 0.25
"""Between this share and that, the reply asks "did you mean" instead of only declining."""
ALARMS = ("medicine_mistake", "suicidal", "suicidal_now", "urgent")
"""The kinds of messages that cannot wait."""
FEWEST_ALARMS = 50
"""From fewer written messages that cannot wait nothing is learnt: then the rules alone decide."""
FALSE_ALARMS = 0.025
"""The threshold of an alarm is the lowest at which at most this share of all other messages sets it
off, out of fold: many of those are written to look alarming (docs/safety/README.md)."""
FALSE_ALARMS_QUIET = 0.08
"""Between this share and that, the reply keeps its outcome and says whom to call if it is now."""


@dataclass(frozen=True)
class Reading:
    """What the head makes of one question."""

    passages: tuple[tuple[str, float], ...]
    """Passage ids with their share of the probability of all passages, best first."""
    kinds: tuple[tuple[str, float], ...]
    """Kinds of messages not to answer, with their probability, best first."""
    answerable: float
    """Calibrated probability that some passage answers."""
    confidence: float
    """Calibrated probability that the best passage answers."""
    alarm: float
    """The share of the kinds that cannot wait."""


@dataclass(frozen=True)
class Head:
    """A fitted head. `passages`: which of its classes are passages."""

    classes: tuple[str, ...]
    passages: np.ndarray
    networks: tuple[Network, ...]
    calibration: np.ndarray
    """Slope and constant for `answerable`, then two slopes and a constant for `confidence`."""
    threshold: float
    """A question whose `answerable` is at least this is answered."""
    unsure: float
    """A question whose `answerable` is at least this may well have an answer."""
    alarmed: float = 1.1
    """A message whose `alarm` is at least this cannot wait; above 1 without such kinds."""
    perhaps_alarmed: float = 1.1
    """A message whose `alarm` is at least this may not be able to wait."""

    @property
    def knows_alarms(self) -> bool:
        """Whether it has learnt, from messages enough, what cannot wait."""
        return self.alarmed <= 1

    def read(self, features: Features) -> Reading:
        """What the head makes of the one question with these `features`. Pure."""
        return self.reading(self.chances(features)[0])

    def read_together(self, features: Features) -> Reading:
        """What the head makes of one question put in several ways (a row of features each). Pure.

        Their log-probabilities count alike.
        """
        logs = np.log(self.chances(features).clip(1e-9)).mean(axis=0)
        powers = np.exp(logs - logs.max())
        return self.reading(powers / powers.sum())

    def chances(self, features: Features) -> np.ndarray:
        """The probability of each class for each text: (texts, classes). Pure."""
        return np.asarray(np.mean([one.read(features) for one in self.networks], axis=0))

    def reading(self, chances: np.ndarray, calibrated: bool = False) -> Reading:
        """What it means that the classes have these `chances`. Pure.

        `calibrated`: whether they are to be taken as they are.
        """
        order = np.argsort(-chances, kind="stable")
        ranked = [(self.classes[at], float(chances[at]), self.passages[at]) for at in order]
        passages = [(name, chance) for name, chance, passage in ranked if passage]
        total = max(sum(chance for _, chance in passages), 1e-9)
        answerable, confidence = total, max((chance for _, chance in passages), default=0.0)
        if not calibrated:
            evidence = _evidence(chances[None, :], self.passages)[0]
            answerable = _sigmoid(evidence[:1] @ self.calibration[:1] + self.calibration[1])
            confidence = _sigmoid(evidence @ self.calibration[2:4] + self.calibration[4])
        return Reading(
            passages=tuple((name, chance / total) for name, chance in passages),
            kinds=tuple((name, chance) for name, chance, passage in ranked if not passage),
            answerable=answerable,
            confidence=confidence,
            alarm=sum(chance for name, chance, _ in ranked if name in ALARMS),
        )

    def save(self, path: Path) -> None:
        """Writes the head to `path` (.npz)."""
        weights = {
            f"{name}_{at}": value
            for at, network in enumerate(self.networks)
            for name, value in vars(network).items()
        }
        np.savez(
            path,
            classes=np.array(self.classes),
            passages=self.passages,
            calibration=self.calibration,
            thresholds=np.array([self.threshold, self.unsure, self.alarmed, self.perhaps_alarmed]),
            **weights,
        )

    @classmethod
    def load(cls, path: Path) -> "Head":
        """The head that `save` wrote."""
        with np.load(path, allow_pickle=False) as saved:
            count = sum(name.startswith("inner_bias_") for name in saved)
            names = [one.name for one in fields(Network)]
            return cls(
                tuple(str(name) for name in saved["classes"]),
                saved["passages"],
                tuple(Network(*(saved[f"{name}_{at}"] for name in names)) for at in range(count)),
                saved["calibration"],
                *(float(one) for one in saved["thresholds"]),
            )


def fit_head(
    features: Features, labels: Sequence[tuple[str, ...]], passages: frozenset[str]
) -> tuple[Head, dict[str, Any]]:
    """The head for phrasings with these `features`, and its figures.

    `labels` are the passages that answer a phrasing, best first, or its one kind. Deterministic.
    Figures (out of fold, shares from 0 to 1): right passage first, answered, declined, and the
    risk-coverage curve that the threshold was picked from. Raises `ValueError` when there are fewer
    than two classes or a class has under two phrasings.
    """
    best_labels = np.array([label[0] for label in labels])
    classes, counts = np.unique(best_labels, return_counts=True)
    names = tuple(str(name) for name in classes)
    if len(counts) < 2 or counts.min() < 2:
        raise ValueError("the head needs two or more classes with two or more phrasings each")
    answerable = np.array([label[0] in passages for label in labels])
    if answerable.all():
        raise ValueError("the head needs messages that no passage answers")
    networks, held_out = _fitted(features, _targets(labels, names), best_labels)
    is_passage = np.array([name in passages for name in names])
    best = np.where(is_passage, held_out, -1).argmax(axis=1)
    right = np.array([names[at] in label for at, label in zip(best, labels, strict=True)])
    evidence = _evidence(held_out, is_passage)
    calibration = [*_calibrated(evidence[:, :1], answerable), *_calibrated(evidence, right)]
    chances = _sigmoids(evidence[:, :1] @ calibration[:1] + calibration[1])
    near = np.isin(best_labels, NEAREST) if np.isin(best_labels, NEAREST).any() else ~answerable
    threshold, unsure = (
        float(np.quantile(chances[near], 1 - risk)) for risk in (RISK, RISK_UNSURE)
    )
    alarms, others = _alarm_shares(held_out, names, best_labels)
    alarmed, perhaps = (
        float(np.quantile(others, 1 - share)) if len(alarms) >= FEWEST_ALARMS else 1.1
        for share in (FALSE_ALARMS, FALSE_ALARMS_QUIET)
    )
    thresholds = (threshold, unsure, alarmed, perhaps)
    head = Head(names, is_passage, networks, np.array(calibration), *thresholds)
    return head, {
        "phrasings": len(labels),
        "answerable": int(answerable.sum()),
        "right_passage_first": round(float(right[answerable].mean()), 4),
        "answered": round(float((chances[answerable] >= threshold).mean()), 4),
        "declined": round(float((chances[near] < threshold).mean()), 4),
        "stated_risk": RISK,
        "threshold": round(threshold, 4),
        "risk_coverage": _curve(chances, answerable, near),
        **_alarm_figures(alarms, alarmed, perhaps),
    }


def _alarm_shares(
    held_out: np.ndarray, classes: Sequence[str], targets: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The alarm of the messages that cannot wait, and that of all others, out of fold.

    Messages of distress are in neither: a crisis line too many does no harm there.
    """
    alarm = held_out[:, np.isin(classes, ALARMS)].sum(axis=1)
    return alarm[np.isin(targets, ALARMS)], alarm[~np.isin(targets, [*ALARMS, "distress"])]


def _alarm_figures(alarms: np.ndarray, alarmed: float, perhaps: float) -> dict[str, Any]:
    """Out of fold, of the messages that cannot wait: the share noticed, by the head alone."""
    if len(alarms) < FEWEST_ALARMS:
        return {}
    return {
        "alarm_threshold": round(alarmed, 4),
        "alarms_noticed": round(float((alarms >= alarmed).mean()), 4),
        "alarms_at_least_told_whom_to_call": round(float((alarms >= perhaps).mean()), 4),
    }


def _targets(labels: Sequence[tuple[str, ...]], classes: Sequence[str]) -> np.ndarray:
    """What the networks are to say: (phrasings, classes), each row summing to 1."""
    column = {name: at for at, name in enumerate(classes)}
    targets = np.zeros((len(labels), len(classes)), np.float32)
    for row, (best, *others) in zip(targets, labels, strict=True):
        row[column[best]] = 1
        row[[column[name] for name in others if name in column]] += ALSO_RIGHT
    return np.asarray(targets / targets.sum(axis=1, keepdims=True))


def _fitted(
    features: Features, targets: np.ndarray, best_labels: np.ndarray
) -> tuple[tuple[Network, ...], np.ndarray]:
    """The networks, and what each says of those it has not seen: (phrasings, classes)."""
    from sklearn.model_selection import StratifiedKFold

    from index.fitting import fit_networks  # imports torch: some seconds

    _, counts = np.unique(best_labels, return_counts=True)
    folds = StratifiedKFold(min(NETWORKS, int(counts.min())), shuffle=True, random_state=0)
    parts = list(folds.split(features.whole, best_labels))
    networks = fit_networks(features, targets, [seen for seen, _ in parts])
    held_out = np.zeros(targets.shape)
    for network, (_, unseen) in zip(networks, parts, strict=True):
        held_out[unseen] = network.read(features.of(unseen))
    return networks, held_out


def _curve(chances: np.ndarray, answerable: np.ndarray, near: np.ndarray) -> list[list[float]]:
    """Pairs (share answered of the nearest kinds, and of the answerable), out of fold."""
    risks = (0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3)
    thresholds = [float(np.quantile(chances[near], 1 - risk)) for risk in risks]
    return [
        [risk, round(float((chances[answerable] >= threshold).mean()), 4)]
        for risk, threshold in zip(risks, thresholds, strict=True)
    ]


def _evidence(probabilities: np.ndarray, passages: np.ndarray) -> np.ndarray:
    """Log-odds that any passage answers, and the best passage's share; one row a question."""
    chances = probabilities[:, passages]
    total = chances.sum(axis=1).clip(1e-6, 1 - 1e-6)
    share = chances.max(axis=1) / total
    return np.column_stack([np.log(total / (1 - total)), share])


def _calibrated(features: np.ndarray, truth: np.ndarray) -> list[float]:
    """Slopes and constant of Platt's logistic calibration; certain when there is one truth only."""
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return [*([0.0] * features.shape[1]), 20.0 if truth.all() else -20.0]
    model = LogisticRegression(C=1e6, max_iter=1000).fit(features, truth)
    return [*(float(slope) for slope in model.coef_[0]), float(model.intercept_[0])]


def _sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, float(score)))))


def _sigmoids(scores: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-scores.clip(-40, 40))))
