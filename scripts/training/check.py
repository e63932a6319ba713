"""Checks of the training scripts: python3 check.py. Needs numpy; the checks of the model are skipped where torch is
missing."""

import unittest

from check_documents import Digests, Documents, Packing
from check_figures import Figures, PartVotes
from check_model import TORCH, Model
from check_problems import ArithmeticProblems, CountdownProblems

__all__ = (
    "ArithmeticProblems",
    "CountdownProblems",
    "Digests",
    "Documents",
    "Figures",
    "Model",
    "Packing",
    "PartVotes",
)

if __name__ == "__main__":
    if not TORCH:
        print("torch is not installed: the checks of the model are skipped")
    unittest.main()
