"""The model: a decoder with RMS norm, rotary positions, SwiGLU, grouped-query attention and tied embeddings, and its
attention masks.

Shapes: R rows, T tokens a row, H query heads, G key-value heads, D numbers a head.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

import vocabulary
from documents import SHARED, SUMMARY_PATH

LONGEST = 4096  # positions
EPSILON = 1e-6

# (layer, queries (R, H, T, D), keys (R, G, T, D), values (R, G, T, D)) -> (R, H, T, D)
Attention = Callable[[int, Tensor, Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Size:
    """The measures of a decoder."""

    width: int = 384
    layers: int = 8
    heads: int = 6
    key_value_heads: int = 2
    inner_width: int = 1024  # of the feed-forward
    vocabulary: int = vocabulary.SIZE
    theta: float = 10000.0  # base of the rotary frequencies

    @property
    def head_width(self) -> int:
        return self.width // self.heads


SIZES = {
    "shipped": Size(),
    "tiny": Size(width=64, layers=2, heads=2, key_value_heads=1, inner_width=128),  # to try the scripts on a CPU
}


def normalised(states: Tensor, weight: Tensor) -> Tensor:
    """RMS norm over the last dimension."""
    return functional.rms_norm(states, (states.shape[-1],), weight.to(states.dtype), EPSILON)


def rotated(states: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    """Rotary positions, in float32: halves of a head are the two coordinates. Shape kept."""
    wide = states.float()
    left, right = wide.chunk(2, -1)
    return (wide * cosines + torch.cat([-right, left], -1) * sines).to(states.dtype)


class Block(nn.Module):
    """One layer: attention and feed-forward, each after a norm and added to its input."""

    def __init__(self, size: Size):
        super().__init__()
        self.size = size
        projected = (size.heads + 2 * size.key_value_heads) * size.head_width
        self.attention_norm = nn.Parameter(torch.ones(size.width))
        self.feed_forward_norm = nn.Parameter(torch.ones(size.width))
        self.query_key_value = nn.Linear(size.width, projected, bias=False)
        self.attention_out = nn.Linear(size.heads * size.head_width, size.width, bias=False)
        self.gate_and_up = nn.Linear(size.width, 2 * size.inner_width, bias=False)
        self.down = nn.Linear(size.inner_width, size.width, bias=False)

    def heads(self, states: Tensor, cosines: Tensor, sines: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries (R, H, T, D), keys and values (R, G, T, D) of states (R, T, width); queries and keys are rotated."""
        size, (rows, tokens, _) = self.size, states.shape
        queries, grouped = size.heads * size.head_width, size.key_value_heads * size.head_width
        projected = self.query_key_value(normalised(states, self.attention_norm)).split([queries, grouped, grouped], -1)
        query, key, value = (part.view(rows, tokens, -1, size.head_width).transpose(1, 2) for part in projected)
        return rotated(query, cosines, sines).to(value.dtype), rotated(key, cosines, sines).to(value.dtype), value

    def feed_forward(self, states: Tensor) -> Tensor:
        gate, up = self.gate_and_up(normalised(states, self.feed_forward_norm)).chunk(2, -1)
        return self.down(functional.silu(gate) * up)


class Decoder(nn.Module):
    """The whole model. The caller says how attention is done: by masks in training, over a cache in sampling."""

    def __init__(self, size: Size):
        super().__init__()
        self.size = size
        self.embedding = nn.Embedding(size.vocabulary, size.width)
        self.blocks = nn.ModuleList([Block(size) for _ in range(size.layers)])
        self.final_norm = nn.Parameter(torch.ones(size.width))
        self._initialise()
        frequencies = size.theta ** (-torch.arange(0, size.head_width, 2).float() / size.head_width)
        angles = (torch.arange(LONGEST).float()[:, None] * frequencies).repeat(1, 2)  # (position, D)
        self.register_buffer("cosines", angles.cos(), persistent=False)
        self.register_buffer("sines", angles.sin(), persistent=False)

    def _initialise(self) -> None:
        residual = 1 / math.sqrt(2 * self.size.layers)  # of the projections that add to the residual stream
        for name, parameter in self.named_parameters():
            if parameter.ndim == 2:
                adds = name.endswith(("attention_out.weight", "down.weight"))
                nn.init.normal_(parameter, std=0.02 * (residual if adds else 1))

    def parameter_count(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())

    def states(self, tokens: Tensor, positions: Tensor, attend: Attention) -> Tensor:
        """Last hidden states (R, T, width) of tokens and positions (R, T)."""
        states = self.embedding(tokens)
        if torch.is_autocast_enabled(states.device.type):
            states = states.to(torch.get_autocast_dtype(states.device.type))
        cosines, sines = self.cosines[positions][:, None], self.sines[positions][:, None]
        for layer, block in enumerate(self.blocks):
            attended = attend(layer, *block.heads(states, cosines, sines))
            states = states + block.attention_out(attended.transpose(1, 2).flatten(2))
            states = states + block.feed_forward(states)
        return states

    def logits(self, states: Tensor) -> Tensor:
        """Logits (.., vocabulary) of states (.., width)."""
        return functional.linear(normalised(states, self.final_norm), self.embedding.weight)


# ---- attention


def visible(query_paths: Tensor, key_paths: Tensor) -> Tensor:
    """Whether a query may see a key, by their paths: its own, the shared one, and every path from the summary."""
    return (query_paths == key_paths) | (key_paths == SHARED) | (query_paths == SUMMARY_PATH)


def dense_mask(documents: Tensor, paths: Tensor) -> Tensor:
    """Mask (R, 1, T, T) of packed rows: causal, within a document, by paths."""
    places = torch.arange(documents.shape[1], device=documents.device)
    causal = places[:, None] >= places[None]
    same_document = documents[:, :, None] == documents[:, None]
    return (causal & same_document & visible(paths[:, :, None], paths[:, None]))[:, None]


def masked_attention(mask: Tensor) -> Attention:
    """Attention over the row itself under a mask (R, 1, T, T)."""
    return lambda layer, queries, keys, values: functional.scaled_dot_product_attention(
        queries, keys, values, attn_mask=mask, enable_gqa=True
    )


def causal_attention(layer: int, queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Attention of a plain text over itself."""
    return functional.scaled_dot_product_attention(queries, keys, values, is_causal=True, enable_gqa=True)
