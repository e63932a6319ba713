"""Writes golden.tsv as the training scripts draw the families: family, seed, SHA-256 of the first 200 problems as lines
"text<TAB>answer<LF>"; then the first three of these problems, as family, seed, place, text, answer.

Run from the root of the repository:
    PYTHONPATH=scripts/training python3 datasets/src/test/resources/parathink/datasets/generated/golden.py \
        > datasets/src/test/resources/parathink/datasets/generated/golden.tsv
"""

import hashlib

from problems import FAMILIES, evaluation_set

for family in FAMILIES:
    for seed in (99, 0, 2**31 - 1):
        lines = [f"{problem.text}\t{problem.answer}\n" for problem in evaluation_set(family, 200, seed)]
        print(family, seed, hashlib.sha256("".join(lines).encode()).hexdigest(), sep="\t")
        for place, line in enumerate(lines[:3], 1):
            print(family, seed, place, line, sep="\t", end="")
