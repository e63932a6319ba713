"""Tests of a trained model on held-out problems, family by family.

    python3 evaluate.py --weights '/tmp/stages/stage3.*.npz' --families arith-5 countdown-4 --tests A

A: plain solving and voting. B: ParaThinker. C: parallel-distill-refine and sequential refinement. D: same-answer judge
and pruning. E: fork and join. Figures are per cent; three numbers are a value and its 95 % interval.
"""

import argparse
import json
from pathlib import Path

import torch

import vocabulary
from aggregation_tests import fork_row, refinement_row, summary_row
from decoder import SIZES
from drafts import last_box
from judge_test import judge_row
from plain_test import plain_row
from problems import FAMILIES
from trial import TEMPERATURE, Trial
from weights import load_decoder

HARD_FAMILIES = ["countdown-4", "arith-5", "arith-6", "arith-7", "arith-8", "arith-9"]
TESTS = "ABCDE"


def greedy_rows(trial: Trial) -> list[dict]:
    """The greedy completions of a trial, one row a problem."""
    return [
        {
            "family": trial.family,
            "place": place,
            "text": problem.text,
            "completion": vocabulary.spell(completion),
            "answer": last_box(completion),
            "correct": problem.is_solved_by(last_box(completion)),
        }
        for place, (problem, completion) in enumerate(zip(trial.problems, trial.greedy), 1)
    ]


def report(trial: Trial, arguments: argparse.Namespace) -> dict:
    """The rows of the wanted tests; a row that the family does not have is left out."""
    judged = min(arguments.judged, arguments.count)
    tests = {
        "A": lambda: plain_row(trial),
        "B": lambda: summary_row(trial),
        "C": lambda: refinement_row(trial),
        "D": lambda: judge_row(trial, judged, arguments.judged_traces, tuple(arguments.shares)),
        "E": lambda: fork_row(trial),
    }
    rows = {}
    for test in arguments.tests:
        row = tests[test]()
        if row is not None:
            rows[test] = row
            print(f"{test} {trial.family} {json.dumps(row)}", flush=True)
    return rows


def parse_arguments() -> argparse.Namespace:
    """The command line; a setting that cannot work is refused in one line."""
    parser = argparse.ArgumentParser(description="Tests a trained model on held-out problems.")
    parser.add_argument("--weights", required=True, help="pattern of archives, or folder of safetensors")
    parser.add_argument("--size", choices=SIZES, default="shipped", help="size of the model (default shipped)")
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=HARD_FAMILIES, metavar="FAMILY",
                        help="families to test (default: the six hard ones)")  # fmt: skip
    parser.add_argument("--count", type=int, default=256, help="held-out problems a family (default 256)")
    parser.add_argument("--samples", type=int, default=32, help="plain completions a problem (default 32)")
    parser.add_argument("--tests", default="A", help="letters of the tests, of ABCDE (default A)")
    parser.add_argument("--judged", type=int, default=256, help="problems of test D (default 256)")
    parser.add_argument("--judged-traces", type=int, default=32, help="traces a problem in test D (default 32)")
    parser.add_argument("--shares", nargs="+", type=float, default=[0.25, 0.5, 1.0],
                        help="shares of a trace that the judge sees (default 0.25 0.5 1.0)")  # fmt: skip
    parser.add_argument("--temperature", type=float, default=TEMPERATURE,
                        help="of drafts and paths; aggregation is greedy (default 0.7)")  # fmt: skip
    parser.add_argument("--out", type=Path, help="file for the report, JSON")
    parser.add_argument("--completions", type=Path, help="file for the greedy completions, JSON")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda", help="where to run (default cuda)")
    arguments = parser.parse_args()
    if not arguments.tests or set(arguments.tests) - set(TESTS):
        parser.error(f"--tests {arguments.tests}: give letters of {TESTS}")
    if arguments.count < 1 or arguments.samples < 16:
        parser.error(f"--count {arguments.count} --samples {arguments.samples}: at least 1 and 16 are needed")
    if arguments.device == "cuda" and not torch.cuda.is_available():
        parser.error("--device cuda: no CUDA device was found; use --device cpu")
    return arguments


def main() -> None:
    arguments = parse_arguments()
    decoder = load_decoder(arguments.weights, arguments.size, arguments.device)
    rows, greedy = {}, []
    for family in arguments.families:
        trial = Trial(decoder, family, arguments.count, arguments.samples, arguments.temperature)
        rows[family] = report(trial, arguments)
        if arguments.out:  # after each family, so that a run that is stopped leaves what it has
            record = {"weights": arguments.weights, "count": arguments.count, "samples": arguments.samples}
            arguments.out.write_text(json.dumps({**record, "rows": rows}, indent=1) + "\n")
        if arguments.completions:
            greedy += greedy_rows(trial)
            arguments.completions.write_text(json.dumps(greedy, indent=1) + "\n")


if __name__ == "__main__":
    main()
