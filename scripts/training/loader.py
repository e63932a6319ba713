"""Training rows on time and in one order: worker processes pack documents, the trainer takes their shards in turns.

Each worker has a random source and a bounded queue of its own. The trainer takes one shard of the first worker, one of
the second, and so on, and waits for a late one, so that the rows depend on the seed and the number of workers alone.
"""

import multiprocessing
import os
import queue
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from documents import stream
from packing import ROW_LENGTH, Packer, Rows
from pool import Pool
from writing import STYLES, Chance, Scribe

PATIENCE = 5.0  # seconds between two looks at whether a late worker is alive
SHARDS_AHEAD = 4  # that a worker may have ready


@dataclass(frozen=True)
class Diet:
    """What the model is fed: mixture, pool of real drafts (empty: none) and the share of documents that use it, shards,
    seed, and the style of the texts (writing.STYLES)."""

    mixture: str
    pool: str = ""
    pool_share: float = 0.5
    row_length: int = ROW_LENGTH
    shard_rows: int = 208
    workers: int = 15
    seed: int = 0
    style: str = "mixed"


@dataclass(frozen=True)
class RowBatch:
    """Rows on the device, int64, each of shape (rows, row length); see packing.Rows for the meaning."""

    tokens: Tensor
    positions: Tensor
    documents: Tensor
    flags: Tensor


def document_seed(seed: int, worker: int) -> int:
    """Seed of the documents of one worker."""
    return 1000003 * (worker + 1) + 17 + seed * 7777


def pack_shards(diet: Diet, worker: int, shards: "multiprocessing.Queue[Rows]") -> None:
    """The work of one worker process: shards without end."""
    os.nice(10)
    pool = Pool(diet.pool, worker, diet.workers) if diet.pool else None
    scribe = Scribe(Chance(document_seed(diet.seed, worker)), style=STYLES[diet.style])
    packer = Packer(stream(scribe, diet.mixture, pool, diet.pool_share), diet.row_length)
    while True:
        shards.put(packer.rows(diet.shard_rows))


class Loader:
    """Owns the workers: starts them when made, ends them on `close`. Make it before anything touches the GPU: workers
    are forks."""

    def __init__(self, diet: Diet, device: str):
        self._diet = diet
        self._device = device
        self._shuffle = np.random.default_rng(diet.seed)
        forks = multiprocessing.get_context("fork")
        self._queues = [forks.Queue(SHARDS_AHEAD) for _ in range(diet.workers)]
        self._workers = [
            forks.Process(target=pack_shards, args=(diet, worker, shards), daemon=True)
            for worker, shards in enumerate(self._queues)
        ]
        for worker in self._workers:
            worker.start()

    def batches(self, rows: int) -> Iterator[RowBatch]:
        """Batches of so many rows; the rows of a shard are shuffled, and what does not fill a batch begins the next
        one."""
        left = None
        while True:
            for worker in range(self._diet.workers):
                shard = self._take(worker)
                order = self._shuffle.permutation(len(shard.tokens))
                shuffled = Rows(*(array[order] for array in shard))
                if left is not None:
                    shuffled = Rows(*(np.concatenate(pair) for pair in zip(left, shuffled)))
                whole = len(shuffled.tokens) // rows * rows
                for first in range(0, whole, rows):
                    yield self._on_device(Rows(*(array[first : first + rows] for array in shuffled)))
                left = Rows(*(array[whole:] for array in shuffled))

    def _take(self, worker: int) -> Rows:
        while True:
            try:
                return self._queues[worker].get(timeout=PATIENCE)
            except queue.Empty:
                if not self._workers[worker].is_alive():
                    raise SystemExit(f"document worker {worker} ended; its message stands above") from None

    def _on_device(self, rows: Rows) -> RowBatch:
        return RowBatch(*(torch.from_numpy(array.astype(np.int64)).to(self._device) for array in rows))

    def close(self) -> None:
        """Ends the workers."""
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            worker.join()
