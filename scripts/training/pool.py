"""The pool: samples of the model itself on training problems, as real drafts for the aggregation documents.

The file is gzipped JSON lines, one problem each: its family, the seed that it is drawn from, and the sampled
completions (control tokens as characters of the same code).
"""

import gzip
import json
from typing import NamedTuple

from countdown import GAVE_UP
from drafts import Draft, parse_draft, shortened_search
from problems import Problem, draw_problem
from writing import Chance, Scribe


class Sampled(NamedTuple):
    """A problem, by family and seed, and completions of it."""

    family: str
    seed: int
    completions: list[str]


def write_pool(path: str, entries: list[Sampled]) -> None:
    """Writes the file; the same entries give the same bytes."""
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        for entry in entries:
            packed.write((json.dumps(entry._asdict()) + "\n").encode())


class Pool:
    """The entries of a file, of which each worker takes every n-th, round after round."""

    def __init__(self, path: str, worker: int = 0, workers: int = 1):
        with gzip.open(path, "rt") as lines:
            entries = [Sampled(**json.loads(line)) for line in lines]
        self._entries = entries[worker::workers]
        if not self._entries:
            raise ValueError(f"{path}: {len(entries)} problems are too few for {workers} workers")
        self._next = 0

    def __len__(self) -> int:
        """Problems of this worker."""
        return len(self._entries)

    def next_problem(self) -> tuple[Problem, list[Draft]]:
        """The next problem and its drafts; Countdown searches that failed are cut to the cap of a trace."""
        entry = self._entries[self._next % len(self._entries)]
        self._next += 1
        problem = draw_problem(Scribe(Chance(entry.seed)), entry.family)
        drafts = [parse_draft(completion) for completion in entry.completions]
        if problem.countdown:
            drafts = [shortened_search(x) if x.answer in (None, GAVE_UP) else x for x in drafts]
        return problem, drafts
