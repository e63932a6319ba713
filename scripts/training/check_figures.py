"""Checks of the figures: votes part by part, intervals, votes, pruning. Run by check.py."""

import unittest
from collections import Counter

from drafts import Draft
from intervals import area_under_curve, paired_difference, vote, wilson
from part_votes import Attempts, by_kind, listed_values, row
from problems import draw_problem
from pruning import prune
from writing import Chance, Scribe


def new_scribe(seed: int) -> Scribe:
    return Scribe(Chance(seed))


class PartVotes(unittest.TestCase):
    def test_a_vote_part_by_part_finds_what_no_draft_has(self):
        scribe = new_scribe(20)
        problem = next(p for p in iter(lambda: draw_problem(scribe, "arith-5"), None) if len(p.parts) == 3)
        truth = problem.truth
        wrong = [{"A": truth["A"], "B": 1001}, {"A": 1002, "B": truth["B"]}, {"A": 1003, "B": 1004}]
        wrong += [{"A": truth["A"], "B": truth["B"]}]
        attempts = Attempts(problem, [Draft("", str(1005 + place), values) for place, values in enumerate(wrong)])
        self.assertEqual(listed_values(attempts, 4)["A"], Counter({truth["A"]: 2, 1002: 1, 1003: 1}))
        figures = row([attempts], 4)
        self.assertEqual((figures["vote"], figures["any"], figures["parts right"]), (0.0, 0.0, 100.0))
        self.assertEqual(figures["led"], [0.0, None])  # two of four do not lead
        kinds = by_kind([attempts])
        self.assertEqual({tuple(own) for own in kinds.values()}, {(50.0, 100.0)})


class Figures(unittest.TestCase):
    def test_intervals_agree_with_worked_cases(self):
        self.assertEqual(wilson(8, 10), (49.0, 94.3))
        self.assertEqual(paired_difference([1, 1, 0, 1], [1, 0, 0, 1]), [25.0, -17.4, 67.4])
        self.assertEqual(area_under_curve([2, 3], [1, 2]), 0.875)

    def test_a_vote_ignores_those_who_abstain(self):
        self.assertEqual(vote([None, "none", "none", "7", "8", "8"]), "8")
        self.assertEqual(vote(["7", "8"]), "7")
        self.assertIsNone(vote([None, "none"]))

    def test_pruning_finishes_the_first_of_the_largest_cluster(self):
        same = {(a, b): float(a % 2 == b % 2) for b in range(5) for a in range(b)}
        pruned = prune(same, 5, 0.5, 2)
        self.assertEqual(pruned.finished, [0, 2])
        self.assertEqual(pruned.clusters, 2)
        self.assertEqual(pruned.calls, 1 + 2 + 3 + 4)
        alone = {pair: 0.0 for pair in same}
        self.assertEqual(prune(alone, 5, 0.5, 3).finished, [0, 1, 2])
