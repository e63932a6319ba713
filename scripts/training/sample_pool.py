"""Samples the pool: drafts of the model itself on problems it may be trained on, for the later stages.

python3 sample_pool.py --weights '/tmp/stages/stage1.*.npz' --problems 9000 --out /tmp/stages/pool.jsonl.gz
"""

import argparse
import time
from collections import defaultdict
from itertools import count

import torch

from decoder import SIZES
from drafts import last_box
from pool import Sampled, write_pool
from problems import Problem, draw_problem, is_held_out
from prompts import plain_prompt
from intervals import percent
from sampling import Settings, sample
from weights import load_decoder
from writing import Chance, Scribe

FAMILY_SHARES = {
    "countdown-3": 0.02,
    "countdown-4": 0.15,
    "arith-2": 0.05,
    "arith-3": 0.10,
    "arith-4": 0.12,
    "arith-5": 0.12,
    "arith-6": 0.12,
    "arith-7": 0.10,
    "arith-8": 0.11,
    "arith-9": 0.11,
}
LONGEST = 480  # tokens of a completion


def draw_entries(problems: int, first_seed: int) -> list[tuple[str, int, Problem]]:
    """Family, seed and problem, of problems that are not held out."""
    entries = []
    for seed in count(first_seed + 1):
        if len(entries) == problems:
            return entries
        family = Chance(seed).choices(list(FAMILY_SHARES), list(FAMILY_SHARES.values()))[0]
        problem = draw_problem(Scribe(Chance(seed)), family)
        if not is_held_out(problem.text):
            entries.append((family, seed, problem))


def print_accuracy(entries: list[tuple[str, int, Problem]], samples: list[Sampled]) -> None:
    """How many of the completions are right, by family."""
    right = defaultdict(list)
    for (family, _, problem), sampled in zip(entries, samples):
        right[family] += [problem.is_solved_by(last_box(completion)) for completion in sampled.completions]
    print(", ".join(f"{family} {percent(own)}" for family, own in sorted(right.items())), "per cent right", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Samples drafts of the model on training problems.")
    parser.add_argument("--weights", required=True, help="pattern of archives, or folder of safetensors")
    parser.add_argument("--size", choices=SIZES, default="shipped", help="size of the model (default shipped)")
    parser.add_argument("--out", required=True, help="file to write, .jsonl.gz")
    parser.add_argument("--problems", type=int, default=9000, help="number of problems (default 9000)")
    parser.add_argument("--samples", type=int, default=8, help="completions a problem (default 8)")
    parser.add_argument("--temperature", type=float, default=0.8, help="sampling temperature (default 0.8)")
    parser.add_argument("--seed", type=int, default=0, help="seed of problems and samples (default 0)")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda", help="where to sample (default cuda)")
    arguments = parser.parse_args()
    if arguments.device == "cuda" and not torch.cuda.is_available():
        parser.error("--device cuda: no CUDA device was found; use --device cpu")
    started = time.monotonic()
    seed = 10_000_000 + arguments.seed
    entries = draw_entries(arguments.problems, seed)
    decoder = load_decoder(arguments.weights, arguments.size, arguments.device)
    each = arguments.samples
    prompts = [plain_prompt(problem.text) for _, _, problem in entries for _ in range(each)]
    completions = sample(decoder, prompts, Settings(LONGEST, arguments.temperature, seed))
    samples = [
        Sampled(family, problem_seed, completions[place * each : place * each + each])
        for place, (family, problem_seed, _) in enumerate(entries)
    ]
    write_pool(arguments.out, samples)
    print_accuracy(entries, samples)
    tokens = sum(map(len, completions))
    print(f"{len(entries)} problems x {each}, {tokens} tokens, {time.monotonic() - started:.0f} s -> {arguments.out}")


if __name__ == "__main__":
    main()
