"""DeepPrune's greedy clustering of unfinished traces (Tu and others, 2025), on the scores of a judge."""

from typing import NamedTuple

import numpy as np

MOST_COMPARED = 3  # members of a cluster that a new trace is compared with


class Pruned(NamedTuple):
    """The traces that are finished, the clusters found and the judge calls made."""

    finished: list[int]
    clusters: int
    calls: int


def prune(same: dict[tuple[int, int], float], traces: int, threshold: float, finished: int) -> Pruned:
    """Clusters the traces in their order and finishes the first of the largest cluster.

    `same[a, b]`, a < b, is the judge's probability that two traces come to the same answer. Where no two traces go
    together, one trace a cluster is finished.
    """
    clusters: list[list[int]] = []
    calls = 0
    for trace in range(traces):
        similar = []
        for cluster in clusters:
            compared = cluster[:MOST_COMPARED]
            calls += len(compared)
            similar.append(np.mean([same[member, trace] for member in compared]))
        if similar and max(similar) > threshold:
            clusters[int(np.argmax(similar))].append(trace)
        else:
            clusters.append([trace])
    largest = max(clusters, key=len)
    chosen = largest if len(largest) > 1 else [cluster[0] for cluster in clusters]
    return Pruned(chosen[:finished], len(clusters), calls)
