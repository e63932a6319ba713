"""Trains the model for one stage and writes its weights.

    python3 train.py --mixture base --steps 7000 --rate 4e-3 --out /tmp/stages --name stage1

The stages of the shipped model stand in train.sh. For the same settings the documents, their order and the first
weights are the same on every machine; sums on a GPU are not, in their last bits, so that two runs end with slightly
different weights.
"""

import argparse
import json
import time
from pathlib import Path

import torch
import torch.nn.functional as functional
from torch import Tensor
from torch.nn.attention.flex_attention import BlockMask, create_block_mask, flex_attention

import vocabulary
from decoder import SIZES, Attention, Decoder, dense_mask, masked_attention, visible
from documents import JUDGE, LOSS, MIXTURES, PATH_BITS, TARGET_NO, TARGET_YES
from loader import Diet, Loader, RowBatch
from optimiser import Optimiser, Schedule
from sampling import computing
from weights import load_decoder, save_archives
from writing import STYLES


def losses(logits: Tensor, tokens: Tensor, flags: Tensor, judge_weight: float) -> tuple[Tensor, Tensor]:
    """The loss to minimise, and two to watch: of the judge's answers and of its labels on the way.

    Logits (rows, T, vocabulary); tokens and flags (rows, T). The flags of a token say how its prediction counts.
    """
    flags = flags[:, 1:].reshape(-1)
    learnt, judged = (flags & LOSS > 0).float(), (flags & JUDGE > 0).float()
    labelled = (flags & (TARGET_YES | TARGET_NO) > 0).float()
    targets = tokens[:, 1:].reshape(-1)
    targets = torch.where(flags & TARGET_YES > 0, vocabulary.YES, targets)
    targets = torch.where(flags & TARGET_NO > 0, vocabulary.NO, targets)
    predictions = logits[:, :-1].reshape(-1, logits.shape[-1]).float()
    by_token = functional.cross_entropy(predictions, targets, reduction="none")
    weights = learnt * (1 + (judge_weight - 1) * judged)
    watched = by_token.detach()
    answers = judged - labelled
    return _weighted_mean(by_token, weights), torch.stack(
        [_weighted_mean(watched, answers), _weighted_mean(watched, labelled)]
    )


def _weighted_mean(values: Tensor, weights: Tensor) -> Tensor:
    return (values * weights).sum() / weights.sum().clamp(min=1)


class DenseAttention:
    """Attention under a full mask: slow, and right on every device."""

    def mask(self, batch: RowBatch) -> Tensor:
        """The mask of a batch, made outside of compiled code."""
        return dense_mask(batch.documents, batch.flags & PATH_BITS)

    def under(self, mask: Tensor) -> Attention:
        """The attention under a mask."""
        return masked_attention(mask)


class BlockSparseAttention:
    """FlexAttention on a GPU. The mask function and the two buffers it reads are made once, so that nothing is compiled
    twice."""

    def __init__(self, rows: int, row_length: int, compiled: bool, device: str):
        self._create = torch.compile(create_block_mask) if compiled else create_block_mask
        self._shape = (rows, row_length)
        self._device = device
        documents, paths = (torch.zeros(self._shape, dtype=torch.int32, device=device) for _ in range(2))

        def may_see(row: Tensor, head: Tensor, query: Tensor, key: Tensor) -> Tensor:
            same_document = documents[row, query] == documents[row, key]
            return (query >= key) & same_document & visible(paths[row, query], paths[row, key])

        self._documents, self._paths, self._may_see = documents, paths, may_see

    def mask(self, batch: RowBatch) -> BlockMask:
        """The mask of a batch, made outside of compiled code; it holds until the next call."""
        rows, length = self._shape
        self._documents.copy_(batch.documents)
        self._paths.copy_(batch.flags & PATH_BITS)
        return self._create(self._may_see, rows, None, length, length, device=self._device)

    def under(self, mask: BlockMask) -> Attention:
        """The attention under a mask."""
        return lambda layer, queries, keys, values: flex_attention(
            queries, keys, values, block_mask=mask, enable_gqa=True
        )


class Progress:
    """Prints mean losses over the last steps, and keeps them."""

    def __init__(self, every: int):
        self.history: list[dict] = []
        self.started = time.monotonic()
        self._every = every
        self._sums: Tensor | None = None
        self._tokens = 0

    def add(self, step: int, loss: Tensor, watched: Tensor, tokens: int, rate: float) -> None:
        """Notes the losses of a step, counted from 1."""
        row = torch.cat([loss.detach()[None], watched])
        self._sums = row if self._sums is None else self._sums + row
        self._tokens += tokens
        if step % self._every:
            return
        total, answers, labels = [round(mean, 4) for mean in (self._sums / self._every).tolist()]
        seconds = time.monotonic() - self.started
        self.history.append(dict(step=step, loss=total, judge=answers, judge_labels=labels, seconds=round(seconds, 1)))
        speed = self._tokens / seconds
        print(
            f"step {step}  {seconds:.0f} s  loss {total}  judge {answers} labels {labels}  "
            f"{speed / 1e6:.3f} M tokens/s  rate {rate:.5f}",
            flush=True,
        )
        self._sums = None


def train(decoder: Decoder, loader: Loader, schedule: Schedule, settings: argparse.Namespace) -> Progress:
    """Runs the steps of the schedule."""
    optimiser = Optimiser(decoder, settings.compile)
    attention = DenseAttention()
    if settings.attention == "flex":
        attention = BlockSparseAttention(settings.rows, settings.row_length, settings.compile, settings.device)

    def forward(tokens: Tensor, positions: Tensor, flags: Tensor, mask: Tensor | BlockMask) -> tuple[Tensor, Tensor]:
        states = decoder.states(tokens, positions, attention.under(mask))
        return losses(decoder.logits(states), tokens, flags, settings.judge_weight)

    if settings.compile:
        forward = torch.compile(forward, dynamic=False)
    progress = Progress(settings.log_every)
    batches = loader.batches(settings.rows)
    for step in range(schedule.steps):
        batch, rate = next(batches), schedule.rate(step)
        mask = attention.mask(batch)
        with computing(torch.device(settings.device)):
            loss, watched = forward(batch.tokens, batch.positions, batch.flags, mask)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimiser.step(rate)
        decoder.zero_grad(set_to_none=True)
        progress.add(step + 1, loss, watched, batch.tokens.numel(), rate)
    if settings.device == "cuda":
        torch.cuda.synchronize()
    return progress


def parse_settings() -> argparse.Namespace:
    """The command line; a setting that cannot work is refused in one line."""
    parser = argparse.ArgumentParser(description="Trains the embedded model for one stage.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights and the record of the stage")
    parser.add_argument("--name", required=True, help="name of the stage's files in that folder")
    parser.add_argument("--size", choices=SIZES, default="shipped", help="size of the model (default shipped)")
    parser.add_argument("--init", default="", metavar="PATTERN", help="archives to go on from (default: fresh weights)")
    parser.add_argument("--mixture", choices=MIXTURES, default="base", help="mixture of documents (default base)")
    parser.add_argument("--style", choices=STYLES, default="mixed", help="style of the documents (default mixed)")
    parser.add_argument("--pool", default="", metavar="FILE", help="pool of real drafts, from sample_pool.py")
    parser.add_argument("--pool-share", type=float, default=0.5, help="of the documents with drafts (default 0.5)")
    parser.add_argument("--steps", type=int, required=True, help="optimiser steps")
    parser.add_argument("--rows", type=int, default=17, help="rows a step (default 17)")
    parser.add_argument("--row-length", type=int, default=3840, help="tokens a row (default 3840)")
    parser.add_argument("--rate", type=float, default=4e-3, help="highest learning rate (default 4e-3)")
    parser.add_argument("--warm-up", type=int, default=60, help="steps of the warm-up (default 60)")
    parser.add_argument("--flat", type=float, default=0.6, help="share of the steps before the fall (default 0.6)")
    parser.add_argument("--last", type=float, default=0.1, help="last share of the learning rate (default 0.1)")
    parser.add_argument("--judge-weight", type=float, default=40, help="weight of a judge token (default 40)")
    parser.add_argument("--shard-rows", type=int, default=208, help="rows that a worker packs at once (default 208)")
    parser.add_argument("--workers", type=int, default=15, help="document workers; part of the seed (default 15)")
    parser.add_argument("--seed", type=int, default=0, help="seed of documents, order and first weights (default 0)")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda", help="where to train (default cuda)")
    parser.add_argument("--attention", choices=("flex", "dense"), default="flex", help="dense works without a GPU")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True, help="use torch.compile")
    parser.add_argument("--log-every", type=int, default=250, help="steps between two lines of progress (default 250)")
    settings = parser.parse_args()
    for name in ("steps", "rows", "row_length", "warm_up", "shard_rows", "workers", "log_every"):
        if getattr(settings, name) < 1:
            parser.error(f"--{name.replace('_', '-')} {getattr(settings, name)}: give a number from 1 up")
    if settings.device == "cuda" and not torch.cuda.is_available():
        parser.error("--device cuda: no CUDA device was found; try --device cpu --attention dense --no-compile")
    if settings.device == "cpu" and settings.attention == "flex":
        parser.error("--attention flex needs --device cuda; use --attention dense")
    return settings


def main() -> None:
    settings = parse_settings()
    settings.out.mkdir(parents=True, exist_ok=True)
    diet = Diet(
        settings.mixture,
        settings.pool,
        settings.pool_share,
        settings.row_length,
        settings.shard_rows,
        settings.workers,
        settings.seed,
        settings.style,
    )
    loader = Loader(diet, settings.device)
    torch.manual_seed(settings.seed)
    torch.set_float32_matmul_precision("high")
    if settings.init:
        decoder = load_decoder(settings.init, settings.size, settings.device)
    else:
        decoder = Decoder(SIZES[settings.size]).to(settings.device)
    print(f"{decoder.parameter_count()} parameters, {settings.steps} steps of {settings.rows} rows", flush=True)
    schedule = Schedule(settings.steps, settings.rate, settings.warm_up, settings.flat, settings.last)
    try:
        progress = train(decoder, loader, schedule, settings)
    finally:
        loader.close()
    save_archives(decoder, settings.out, settings.name)
    record = dict(settings={key: str(value) for key, value in vars(settings).items()}, history=progress.history)
    (settings.out / f"{settings.name}.json").write_text(json.dumps(record, indent=1) + "\n")
    print(f"{settings.out / settings.name}.*.npz written, {time.monotonic() - progress.started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
