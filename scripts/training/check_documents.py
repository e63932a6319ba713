"""Checks of digests, documents, the pool and packing. Run by check.py."""

import re
import tempfile
import unittest
from collections import Counter
from itertools import islice

import numpy as np

import vocabulary as v
from digest import check_candidates, derive_again, digest_and_derive, leads, plurality, refinement_text, workspace_text
from documents import LOSS, PATH_BITS, SUMMARY_PATH, Composer, Document, merged_paths, stream
from drafts import Draft, lines_of_part, parse_draft, synthetic_drafts
from packing import Packer
from pool import Pool, Sampled, write_pool
from problems import FAMILIES, draw_problem, evaluation_set, is_held_out, write_part
from writing import SLIP_MARK, STYLES, Chance, Scribe

ARITHMETIC = [family for family in FAMILIES if family.startswith("arith")]


def new_scribe(seed: int) -> Scribe:
    return Scribe(Chance(seed))


class Digests(unittest.TestCase):
    def test_a_value_is_accepted_that_leads_by_more_than_two_to_one(self):
        scribe = new_scribe(10)
        problem = next(p for p in iter(lambda: draw_problem(scribe, "arith-5"), None) if len(p.parts) == 3)
        truth = problem.truth
        right = Draft("", str(truth["F"]), dict(truth))
        wrong = Draft("", "1000", {**truth, "A": truth["A"] + 1, "F": 1000})
        text, decisions = workspace_text(problem, [right, right, wrong])  # two to one is not enough
        self.assertIn("A=?\n", text)
        self.assertIn(f"B={truth['B']}\n", text)
        self.assertEqual(decisions.values, {"B": truth["B"]})
        self.assertEqual(decisions.listed, {"A": Counter({truth["A"]: 2, truth["A"] + 1: 1}), "F": Counter()})
        self.assertTrue(text.endswith("F=?\n"))
        text, decisions = workspace_text(problem, [right, right, right, wrong])
        self.assertEqual(decisions.values, truth)
        self.assertIn(f"F 1:{truth['F']} 2:{truth['F']} 3:{truth['F']} 4:-\n", text)
        others = [Draft("", None, {"A": truth["A"] + step}) for step in (1, 2)]
        self.assertIn("A=?\n", workspace_text(problem, [right, right, *others])[0])  # half of them are not enough

    def test_a_value_leads_by_more_than_half_and_more_than_two_to_one(self):
        for votes in ((2,), (3, 1), (4,), (5, 2, 1), (5, 1, 1, 1)):
            self.assertTrue(leads(Counter(dict(enumerate(votes)))), votes)
        for votes in ((), (1,), (2, 1), (2, 1, 1), (5, 3), (4, 2, 2), (4, 1, 1, 1, 1)):
            self.assertFalse(leads(Counter(dict(enumerate(votes)))), votes)

    def test_a_derivation_that_nothing_confirms_is_written_again(self):
        scribe = new_scribe(17)
        problem = next(p for p in iter(lambda: draw_problem(scribe, "arith-8"), None))
        part, final, truth = problem.parts[0], problem.parts[-1], problem.truth
        elsewhere = Counter({1001: 1, 1002: 1})
        for _ in range(50):
            lines, value = derive_again(scribe, part, {}, elsewhere)
            self.assertEqual((value, lines.count("again"), lines[-1]), (truth["A"], 1, f"A={truth['A']}"))
            self.assertNotIn("again", derive_again(scribe, part, {}, None)[0])
            self.assertNotIn("again", derive_again(scribe, final, truth, None)[0])
            lines = derive_again(scribe, final, truth, Counter())[0]
            self.assertEqual(lines.count("again"), 2 if any(SLIP_MARK in line for line in lines) else 1)

    def test_the_final_is_checked_in_the_other_order(self):
        scribe = new_scribe(18)
        problem = next(p for p in iter(lambda: draw_problem(scribe, "arith-8"), None))
        a, b, c, d = (problem.truth[name] for name in "ABCD")
        scribe.be_careful()
        scribe.backward = True
        lines = write_part(scribe, "F", problem.parts[-1].solve, problem.truth)[0]
        self.assertTrue(lines[0].startswith(f"{d}+{c}={d + c}, {d + c}+{b}={d + c + b}, "), lines)

    def test_the_lines_of_a_part_are_found_in_a_trace(self):
        trace = f"1+1=2\n{SLIP_MARK}2+2=5\nA=5\nB=7\n5+7=12"
        self.assertEqual(lines_of_part(trace, "A"), ["1+1=2", "2+2=5"])
        self.assertEqual(lines_of_part(trace, "B"), [])
        self.assertEqual(lines_of_part(trace, "F"), ["5+7=12"])
        self.assertEqual(lines_of_part(trace, "C"), [])

    def test_summary_and_refinement_always_reach_the_truth(self):
        scribe = new_scribe(11)
        for family in ARITHMETIC:
            for _ in range(40):
                problem = draw_problem(scribe, family)
                drafts = synthetic_drafts(scribe, problem, 4)
                self.assertEqual(digest_and_derive(scribe, problem, drafts)[1], problem.truth["F"])
                refined = refinement_text(scribe, problem, workspace_text(problem, drafts)[1])
                self.assertEqual(parse_draft(refined).answer, problem.answer)

    def test_candidates_are_checked_until_one_holds(self):
        problem = next(p for p in evaluation_set("countdown-4", 50) if p.text == "Use 16, 29, 6, 9 to make 60.")
        drafts = [Draft("16+9=25: 6 25 29", "none"), Draft("", "(29+9)+(16-6)"), Draft("", "(29+9)+(16+6)")]
        text, decisions = check_candidates(problem, drafts)
        self.assertEqual(decisions.solution, "(29+9)+(16+6)")
        self.assertEqual(
            text,
            "1:none\n2:(29+9)+(16-6) 29+9=38 16-6=10 38+10=48 x\n3:(29+9)+(16+6) 29+9=38 16+6=22 38+22=60 ok\n",
        )
        text, decisions = check_candidates(problem, drafts[:2])
        self.assertEqual((decisions.solution, decisions.tried), (None, ["16+9"]))

    def test_a_plurality_needs_two_drafts_and_no_tie(self):
        self.assertEqual(plurality(Counter({5: 2, 6: 1})), 5)
        self.assertIsNone(plurality(Counter({5: 2, 6: 2})))
        self.assertIsNone(plurality(Counter({5: 1})))
        self.assertIsNone(plurality(Counter()))


class Documents(unittest.TestCase):
    def test_documents_are_well_formed_and_never_of_a_held_out_problem(self):
        for seed, (mixture, style) in enumerate((("base", "careful"), ("aggregation", "mixed"), ("base", "terse"))):
            documents = list(islice(stream(Scribe(Chance(seed), style=STYLES[style]), mixture), 800))
            for document in documents:
                self.assert_well_formed(document)
            learnt = sum(bool((document.flags & LOSS).any()) for document in documents)
            self.assertGreater(learnt, 790)  # a second search that gives up is not to be imitated: no loss at all

    def assert_well_formed(self, document: Document):
        tokens = np.frombuffer(document.tokens, np.uint8)
        self.assertEqual((len(tokens), len(tokens)), (len(document.positions), len(document.flags)))
        self.assertTrue(((tokens > 0) & (tokens < v.SIZE)).all())
        self.assertEqual(tokens[0], v.BEGIN)
        paths = document.flags & PATH_BITS
        self.assertLessEqual(paths.max(), SUMMARY_PATH)
        for path in np.unique(paths):
            positions = document.positions[paths == path].astype(int)
            self.assertTrue((np.diff(positions) == 1).all(), v.spell(document.tokens))
        text = re.match(r"\x01([ -~\n]+)", document.tokens.decode("latin-1"))[1]
        self.assertFalse(is_held_out(text), text)

    def test_a_line_that_slips_carries_no_loss(self):
        composer = Composer()
        end = composer.append(f"ab\n{SLIP_MARK}cd\nef", 3, 2, LOSS)
        document = composer.document()
        self.assertEqual(end, 11)
        self.assertEqual(document.tokens, b"ab\ncd\nef")
        self.assertEqual(list(document.flags), [18, 18, 18, 2, 2, 2, 18, 18])
        self.assertEqual(list(document.positions), list(range(3, 11)))

    def test_a_summary_begins_after_the_longest_path(self):
        document = merged_paths("Q", [Draft("12", "3"), Draft("12345", None)])
        self.assertEqual(v.spell(document.tokens), "<bos>Q<think1>12\\boxed{3}</think1><think2>12345</think2><summary>")
        self.assertEqual(list(document.positions), [0, 1, *range(2, 9), *range(2, 9), 9])
        self.assertEqual(list(document.flags & PATH_BITS), [0, 0] + [1] * 7 + [2] * 7 + [SUMMARY_PATH])

    def test_a_sampled_draft_is_read_back(self):
        sampled = f"2*3=6\nA=6\n6+1=7{chr(v.CLOSE_THINK)}{v.boxed('7')}{chr(v.END)}"
        self.assertEqual(parse_draft(sampled), Draft("2*3=6\nA=6\n6+1=7", "7", {"A": 6, "F": 7}))
        self.assertEqual(parse_draft("2*3=6\nA="), Draft("2*3=6\nA=", None, {}))

    def test_the_pool_gives_the_problems_that_were_sampled(self):
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/pool.jsonl.gz"
            sampled = f"1+1=2{chr(v.CLOSE_THINK)}{v.boxed('2')}{chr(v.END)}"
            write_pool(path, [Sampled("arith-4", seed, [sampled]) for seed in (21, 22, 23)])
            problem, drafts = Pool(path, worker=1, workers=2).next_problem()
            self.assertEqual(problem.text, draw_problem(new_scribe(22), "arith-4").text)
            self.assertEqual(drafts, [Draft("1+1=2", "2", {"F": 2})])
            for document in islice(stream(new_scribe(1), "aggregation", Pool(path), 1.0), 100):
                self.assert_well_formed(document)


class Packing(unittest.TestCase):
    def test_no_document_is_lost_or_changed(self):
        taken = []

        def noted():
            for document in stream(new_scribe(12), "aggregation"):
                taken.append(document)
                yield document

        packer = Packer(noted(), 1536)
        found = []
        for _ in range(3):
            rows = packer.rows(5)
            for row in range(5):
                for number in range(1, rows.documents[row].max() + 1):
                    place = rows.documents[row] == number
                    columns = (rows.positions[row, place], rows.flags[row, place])
                    found.append((rows.tokens[row, place].tobytes(), *(column.tobytes() for column in columns)))
        kept = [document for document in taken if len(document.tokens) <= 1536]
        self.assertEqual(len(taken), len(found) + len(packer.waiting) + packer.too_long)
        packed = found + [self.content(document) for document in packer.waiting]
        self.assertEqual(sorted(packed), sorted(map(self.content, kept)))

    @staticmethod
    def content(document: Document) -> tuple[bytes, bytes, bytes]:
        return document.tokens, document.positions.tobytes(), document.flags.tobytes()

    def test_padding_is_little(self):
        rows = Packer(stream(new_scribe(13), "base")).rows(12)
        self.assertLess((rows.documents == 0).mean(), 0.02)
        self.assertTrue((rows.flags[rows.documents == 0] == 0).all())
