"""Batched sampling with a key-value cache, merged paths included, and the scores of the same-answer judge.

Prompts of a batch are padded on the left. A batch is deterministic for its seed; a row's text at temperature 0 may
still depend on the rows beside it in the last bits of a sum, and at another temperature the row's draws depend on its
place in the batch.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

import vocabulary as v
from decoder import Decoder, causal_attention, visible
from documents import PATH_BITS, SHARED, Document

STOPS = {  # tokens that end a completion
    "end": (v.END,),
    "path": (v.END, *v.CLOSING_PATHS),
    "summary": (v.END, v.CLOSE_SUMMARY),
    "workspace": (v.END, v.CLOSE_WORKSPACE),
    "line": (v.END, v.NEWLINE),
    "branch": (v.END, v.CLOSE_THINK),
}
CACHE_TOKENS = 12_000_000  # cached tokens of one batch on a GPU at most, so that the cache fits its memory
CPU_ROWS = 128  # rows of one batch on a CPU
PREFILL_TOKENS = 400_000  # prompt tokens read at once
PREFILL_SCORES = 1_600_000_000  # attention scores of the slice read at once
SWEEP = 24  # steps between two removals of finished rows


class Prompt(NamedTuple):
    """Token bytes, and for merged paths the position and the path of each."""

    tokens: bytes
    positions: np.ndarray
    paths: np.ndarray

    @staticmethod
    def of_text(text: str) -> "Prompt":
        return Prompt(text.encode("latin-1"), np.arange(len(text)), np.full(len(text), SHARED))

    @staticmethod
    def of_document(document: Document) -> "Prompt":
        return Prompt(document.tokens, document.positions, document.flags & PATH_BITS)


class Settings(NamedTuple):
    """How to sample: tokens at most, temperature (0 takes the likeliest token), seed, and the name of the stop
    tokens."""

    limit: int
    temperature: float = 0.0
    seed: int = 0
    stop: str = "end"


def precision(device: torch.device) -> torch.dtype:
    """bfloat16 on a GPU, float32 elsewhere."""
    return torch.bfloat16 if device.type == "cuda" else torch.float32


def computing(device: torch.device) -> torch.autocast:
    """The context of the model's arithmetic on this device."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda")


@torch.no_grad()
def sample(decoder: Decoder, prompts: Sequence[str | Prompt], settings: Settings) -> list[str]:
    """One completion a prompt, its stop token included, in the order of the prompts."""
    prompts = [Prompt.of_text(prompt) if isinstance(prompt, str) else prompt for prompt in prompts]
    device = decoder.embedding.weight.device
    waiting = sorted(range(len(prompts)), key=lambda place: len(prompts[place].tokens))
    completions = [""] * len(prompts)
    while waiting:
        rows = _rows_that_fit(device, len(prompts[waiting[0]].tokens) + settings.limit)
        taken, waiting = waiting[:rows], waiting[rows:]
        batch = Batch(decoder, [prompts[place] for place in taken], settings, settings.seed + len(waiting))
        with computing(device):
            texts = batch.run()
        for place, text in zip(taken, texts):
            completions[place] = text
    return completions


def _rows_that_fit(device: torch.device, tokens: int) -> int:
    return max(64, CACHE_TOKENS // tokens) if device.type == "cuda" else CPU_ROWS


class Batch:
    """The rows that are sampled together.

    Cache: for each layer keys and values of shape (rows, key-value heads, longest prompt + limit, head width).
    """

    def __init__(self, decoder: Decoder, prompts: list[Prompt], settings: Settings, seed: int):
        self.decoder = decoder
        self.settings = settings
        self.device = decoder.embedding.weight.device
        self.generator = torch.Generator(device=self.device).manual_seed(seed + 12345)
        self.rows = len(prompts)
        self.prompt_length = max(len(prompt.tokens) for prompt in prompts)
        self.tokens, self.positions, self.paths, present = self._padded(prompts)
        size, capacity = decoder.size, self.prompt_length + settings.limit
        shape = (self.rows, size.key_value_heads, capacity, size.head_width)
        kind = precision(self.device)
        self.keys = [torch.zeros(shape, dtype=kind, device=self.device) for _ in range(size.layers)]
        self.values = [torch.zeros_like(keys) for keys in self.keys]
        self.present = torch.zeros(self.rows, capacity, dtype=torch.bool, device=self.device)
        self.present[:, : self.prompt_length] = present
        self.stops = torch.zeros(size.vocabulary, dtype=torch.bool, device=self.device)
        self.stops[list(STOPS[settings.stop])] = True

    def _padded(self, prompts: list[Prompt]) -> list[Tensor]:
        """Tokens, positions, paths, and which are no padding, each (rows, longest prompt)."""
        arrays = [np.zeros((self.rows, self.prompt_length), kind) for kind in (np.int64, np.int64, np.int64, bool)]
        for row, prompt in enumerate(prompts):
            start = self.prompt_length - len(prompt.tokens)
            columns = (np.frombuffer(prompt.tokens, np.uint8), prompt.positions, prompt.paths, True)
            for array, column in zip(arrays, columns):
                array[row, start:] = column
        return [torch.from_numpy(array).to(self.device) for array in arrays]

    def run(self) -> list[str]:
        """Reads the prompts, then decodes until every row has stopped or reached the limit."""
        logits = self._read_prompts()
        limit = self.settings.limit
        written = torch.zeros(self.rows, limit, dtype=torch.uint8, device=self.device)
        lengths = torch.zeros(self.rows, dtype=torch.long, device=self.device)
        alive = torch.arange(self.rows, device=self.device)  # the prompt of each row that is still in the batch
        position = self.positions[:, -1] + 1
        done = torch.zeros(self.rows, dtype=torch.bool, device=self.device)
        for step in range(limit):
            tokens = self._choose(logits)
            written[alive, step] = torch.where(done, 0, tokens).to(torch.uint8)
            lengths[alive] += (~done).long()
            done = done | self.stops[tokens]
            if step + 1 == limit or (step % SWEEP == SWEEP - 1 and bool(done.all())):
                break
            if step % SWEEP == SWEEP - 1 and int(done.sum()) > 0.2 * len(done):
                kept = (~done).nonzero()[:, 0]
                self._keep(kept)
                tokens, position, alive, done = tokens[kept], position[kept], alive[kept], done[kept]
            end = self.prompt_length + step + 1
            self.present[:, end - 1] = True
            logits = self._forward(tokens[:, None], position[:, None], end - 1, self.present[:, None, :end])
            position = position + 1
        columns, lengths = written.cpu().numpy(), lengths.tolist()
        return [columns[row, : lengths[row]].tobytes().decode("latin-1") for row in range(self.rows)]

    def _choose(self, logits: Tensor) -> Tensor:
        """The next token of each row."""
        if self.settings.temperature <= 0:
            return logits.argmax(-1)
        shares = torch.softmax(logits / self.settings.temperature, -1)
        return torch.multinomial(shares, 1, generator=self.generator)[:, 0]

    def _keep(self, kept: Tensor) -> None:
        for layer in range(len(self.keys)):
            self.keys[layer], self.values[layer] = self.keys[layer][kept], self.values[layer][kept]
        self.present = self.present[kept]

    def _read_prompts(self) -> Tensor:
        """Fills the cache with the prompts, some rows at a time to bound the memory. Logits (rows, vocabulary) of their
        last tokens."""
        length = self.prompt_length
        heads = self.decoder.size.heads
        at_once = max(1, min(PREFILL_TOKENS // length, PREFILL_SCORES // (heads * length * length)))
        places = torch.arange(length, device=self.device)
        causal = (places[:, None] >= places[None])[None]
        itself = torch.eye(length, dtype=torch.bool, device=self.device)[None]  # gives padding something to see
        logits = []
        for first in range(0, self.rows, at_once):
            rows = slice(first, first + at_once)
            mask = causal & self.present[rows, None, :length]
            mask = mask & visible(self.paths[rows, :, None], self.paths[rows, None])
            logits.append(self._forward(self.tokens[rows], self.positions[rows], 0, mask | itself, rows))
        return torch.cat(logits)

    def _forward(
        self, tokens: Tensor, positions: Tensor, start: int, mask: Tensor, rows: slice = slice(None)
    ) -> Tensor:
        """Logits (rows, vocabulary) after tokens (rows, T) that are cached from place `start` on; mask (rows, T, start
        + T)."""
        end = start + tokens.shape[1]

        def attend(layer: int, queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
            self.keys[layer][rows, :, start:end] = keys
            self.values[layer][rows, :, start:end] = values
            return _cache_attention(queries, self.keys[layer][rows, :, :end], self.values[layer][rows, :, :end], mask)

        states = self.decoder.states(tokens, positions, attend)
        return self.decoder.logits(states[:, -1]).float()


def _cache_attention(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """Queries (R, H, T, D) over cached keys and values (R, G, S, D) under a mask (R, T, S): the heads of a group share
    one product."""
    rows, heads, tokens, width = queries.shape
    groups = keys.shape[1]
    grouped = queries.reshape(rows, groups, heads // groups * tokens, width)
    scores = torch.matmul(grouped, keys.transpose(2, 3)) * width**-0.5
    scores = scores.view(rows, groups, heads // groups, tokens, -1)
    shares = scores.masked_fill(~mask[:, None, None], float("-inf")).softmax(-1).to(values.dtype)
    return torch.matmul(shares.view(rows, groups, heads // groups * tokens, -1), values).view(queries.shape)


@torch.no_grad()
def judge_scores(decoder: Decoder, prompts: list[str], tokens_at_once: int = 400_000) -> np.ndarray:
    """The logit of `<yes>` above that of `<no>` after each prompt, float32."""
    device = decoder.embedding.weight.device
    scores = np.zeros(len(prompts), np.float32)
    waiting = sorted(range(len(prompts)), key=lambda place: len(prompts[place]))
    while waiting:
        rows = max(1, tokens_at_once // len(prompts[waiting[min(len(waiting) - 1, 2000)]]))
        taken, waiting = waiting[:rows], waiting[rows:]
        length = max(len(prompts[place]) for place in taken)
        tokens = np.zeros((len(taken), length), np.int64)
        for row, place in enumerate(taken):
            tokens[row, : len(prompts[place])] = np.frombuffer(prompts[place].encode("latin-1"), np.uint8)
        positions = torch.arange(length, device=device)[None].expand(len(taken), length)
        last = torch.tensor([len(prompts[place]) - 1 for place in taken], device=device)
        with computing(device):
            states = decoder.states(torch.from_numpy(tokens).to(device), positions, causal_attention)
            logits = decoder.logits(states[torch.arange(len(taken), device=device), last]).float()
        scores[taken] = (logits[:, v.YES] - logits[:, v.NO]).cpu().numpy()
    return scores
