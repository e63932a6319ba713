"""Muon for the matrices, AdamW for the rest, and the learning rate over a stage."""

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # coefficients of the quintic iteration (Jordan and others, 2024)
NEWTON_SCHULZ_STEPS = 5


@dataclass(frozen=True)
class Schedule:
    """Learning rate of a stage: a linear warm-up, a flat part, a linear fall to a last share of the peak."""

    steps: int
    peak: float
    warm_up: int  # steps
    flat: float  # share of the steps before the fall
    last: float  # share of the peak at the end

    def rate(self, step: int) -> float:
        """The learning rate of a step, counted from 0."""
        done = step / self.steps
        fall = 1.0 if done < self.flat else 1 - (1 - self.last) * (done - self.flat) / (1 - self.flat)
        return self.peak * min(1.0, (step + 1) / self.warm_up) * fall


def orthogonalised(updates: Tensor) -> Tensor:
    """The nearest orthogonal matrices of updates (matrices, rows, columns), nearly, by Newton-Schulz steps in
    bfloat16."""
    first, second, third = NEWTON_SCHULZ
    matrices = updates.bfloat16()
    tall = matrices.size(-2) > matrices.size(-1)
    if tall:
        matrices = matrices.mT
    matrices = matrices / (matrices.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(NEWTON_SCHULZ_STEPS):
        gram = matrices @ matrices.mT
        matrices = first * matrices + (second * gram + third * gram @ gram) @ matrices
    return matrices.mT if tall else matrices


class Muon:
    """Momentum, then an orthogonal update of the size that AdamW's has; matrices of one shape go together."""

    def __init__(self, matrices: Iterable[nn.Parameter], compiled: bool, decay: float = 0.05, momentum: float = 0.95):
        self._groups: dict[torch.Size, list[nn.Parameter]] = {}
        for matrix in matrices:
            self._groups.setdefault(matrix.shape, []).append(matrix)
        self._momenta = {
            shape: torch.zeros(len(group), *shape, device=group[0].device) for shape, group in self._groups.items()
        }
        self._decay = decay
        self._momentum = momentum
        self._orthogonalised = torch.compile(orthogonalised, dynamic=False) if compiled else orthogonalised

    @torch.no_grad()
    def step(self, rate: float) -> None:
        for shape, group in self._groups.items():
            gradients = torch.stack([matrix.grad for matrix in group]).float()
            momentum = self._momenta[shape]
            momentum.mul_(self._momentum).add_(gradients)
            updates = self._orthogonalised(gradients + self._momentum * momentum).float() * (0.2 * max(shape) ** 0.5)
            torch._foreach_mul_(group, 1 - rate * self._decay)
            torch._foreach_add_(group, list(updates.unbind(0)), alpha=-rate)


class Optimiser:
    """Muon on the projections, AdamW on embedding and norms, one learning rate for both."""

    def __init__(self, decoder: nn.Module, compiled: bool):
        named = list(decoder.named_parameters())
        matrices = [parameter for name, parameter in named if parameter.ndim == 2 and "embedding" not in name]
        rest = [parameter for name, parameter in named if parameter.ndim != 2 or "embedding" in name]
        fused = rest[0].device.type == "cuda"
        self._muon = Muon(matrices, compiled)
        self._adam = torch.optim.AdamW(rest, betas=(0.9, 0.95), weight_decay=0.0, fused=fused)

    def step(self, rate: float) -> None:
        """One update of all parameters by their gradients."""
        for group in self._adam.param_groups:
            group["lr"] = rate
        self._muon.step(rate)
        self._adam.step()
