"""Shares with their intervals, paired differences, votes and the area under the ROC curve: the arithmetic of the
tables."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from countdown import GAVE_UP

NORMAL_95 = 1.959964  # quantile of the normal distribution for a 95 % interval


def percent(values: Sequence[float]) -> float:
    """Mean of 0 and 1, in per cent."""
    return round(100 * float(np.mean(values)), 1)


def wilson(right: int, total: int) -> tuple[float, float]:
    """95 % interval of a share, in per cent (Wilson)."""
    share, square = right / total, NORMAL_95**2
    centre = (share + square / (2 * total)) / (1 + square / total)
    half = NORMAL_95 * math.sqrt(share * (1 - share) / total + square / (4 * total**2)) / (1 + square / total)
    return round(100 * (centre - half), 1), round(100 * (centre + half), 1)


def paired_difference(ours: Sequence[bool], theirs: Sequence[bool]) -> list[float]:
    """Mean difference over the same problems in points, and the ends of its 95 % interval (normal approximation)."""
    differences = np.array(ours, float) - np.array(theirs, float)
    half = NORMAL_95 * differences.std() / math.sqrt(len(differences))
    return [
        round(100 * float(x), 1) for x in (differences.mean(), differences.mean() - half, differences.mean() + half)
    ]


def mean_interval(values: Sequence[float]) -> list[float]:
    """Mean and half the width of its 95 % interval."""
    return [round(float(np.mean(values)), 3), round(NORMAL_95 * float(np.std(values)) / math.sqrt(len(values)), 3)]


def vote(answers: Sequence[str | None]) -> str | None:
    """The most frequent answer; no answer and giving up abstain, and the first of equals wins."""
    counted = Counter(answer for answer in answers if answer not in (None, GAVE_UP))
    return counted.most_common(1)[0][0] if counted else None


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Probability that a positive scores above a negative, a tie counting half."""
    above = np.subtract.outer(np.array(positive), np.array(negative))
    return float((above > 0).mean() + 0.5 * (above == 0).mean())
