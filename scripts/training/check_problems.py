"""Checks of the generators: problems, traces, written arithmetic, held-out sets, Countdown. Run by check.py."""

import hashlib
import re
import unittest

from countdown import Search, draft, evaluation, expression, is_solution, solutions
from problems import FAMILIES, draw_problem, evaluation_set, write_trace
from writing import SLIP_MARK, STYLES, TERSE, Chance, Scribe, multiply, reduce

ARITHMETIC = [family for family in FAMILIES if family.startswith("arith")]
COUNTDOWN = [family for family in FAMILIES if family.startswith("countdown")]

# SHA-256 of text, answer, text, answer, .. of the first 200 held-out problems (seed 99), joined by newlines. Those up
# to arith-7 were computed with a forerunner of this program; the port in Java draws the same problems in all families.
DIGESTS = {
    "countdown-3": "e3f0f69fc8fea72d2f766fce580c4a95fbb39bf22842b751cbb55404cde395a2",
    "countdown-4": "2022c3e72b3d430d88716fbc0e023e0ec088a380882bfa1c65365b41c7e32efd",
    "arith-1": "28f0adb46dc5ff7e18942886c36135afdc4f63956ef3de76df3fc973524c06e7",
    "arith-2": "db5330e30250820f7bd97b02f3cde9e48bd7c7fb1b236c5d6328f9e5a5c5b96e",
    "arith-3": "2fa63abb72f1ce12c86878d298338465e8f48b43ca0da7c6295f4057a662d5d5",
    "arith-4": "d4d730e35360fde7369313ab319aa034873aa35c299b7e9fa5548973069ef975",
    "arith-5": "88ea5d93d277484ef6379619cd8a08ae536f0c138cfb258d5b01a5903e520167",
    "arith-6": "9e6cd04c0094ab169a0db565423e2857339c5427a0e903b0da9a17d60be280d1",
    "arith-7": "fce1b28dc6520143f303957957eec9e0eda6d40ccdb7af2e9e4896d40a50dd94",
    "arith-8": "ce0a77dd041809ac029be886467dc803cea3fb66507d18c2a0fea4750e9ecdd3",
    "arith-9": "f557a73ffe46b5a67e5be6ba53074a8e1a7294c562aa68e3553583535c85cae0",
}


def new_scribe(seed: int) -> Scribe:
    return Scribe(Chance(seed))


class ArithmeticProblems(unittest.TestCase):
    def test_traces_of_every_style_agree_with_the_truth(self):
        scribe = new_scribe(3)
        for family in ARITHMETIC:
            for _ in range(150):
                problem = draw_problem(scribe, family)
                for leap in (0, 0.3, 0.7, 1.0):
                    scribe.leap = leap
                    text, values = write_trace(scribe, problem)
                    self.assertEqual(values, problem.truth, problem.text)
                    self.assertNotIn(SLIP_MARK, text)

    def test_every_equation_of_a_careful_trace_holds(self):
        scribe = new_scribe(4)
        equation = re.compile(r"(?<![\w^=/*+.-])(\d+(?:[-+*]\d+)+)=(\d+)(?![\d*/+.^-])")
        checked = 0
        for family in ARITHMETIC:
            for _ in range(100):
                problem = draw_problem(scribe, family)
                scribe.leap = 0
                for left, right in equation.findall(write_trace(scribe, problem)[0]):
                    self.assertEqual(eval(left), int(right), f"{left}={right} in {problem.text}")
                    checked += 1
        self.assertGreater(checked, 3000)

    def test_a_wrong_value_stands_in_a_trace_with_a_marked_line(self):
        scribe = new_scribe(5)
        wrong = 0
        for _ in range(600):
            problem = draw_problem(scribe, "arith-5")
            text, values = write_trace(scribe, problem, 0.5)
            if values != problem.truth:
                wrong += 1
                self.assertIn(SLIP_MARK, text, problem.text)
        self.assertGreater(wrong, 100)
        self.assertLess(wrong, 500)

    def test_written_arithmetic_is_right_for_all_steps(self):
        scribe = new_scribe(6)
        for leap in (0, 1.0):
            scribe.leap = leap
            for left in range(1, 130):
                self.assertEqual(multiply(scribe, left, 97)[1], left * 97)
                self.assertEqual(reduce(scribe, left * 97, 41)[1], left * 97 % 41)

    def test_a_style_says_how_large_the_steps_are(self):
        for name, traces, anew in (("mixed", TERSE, (0,)), ("careful", (0,), (0,)), ("terse", TERSE, TERSE)):
            scribe = Scribe(Chance(19), style=STYLES[name])
            seen = {"traces": set(), "anew": set()}
            for _ in range(60):
                scribe.begin_trace()
                seen["traces"].add(scribe.leap)
                self.assertEqual(scribe.thorough, scribe.leap == 0)
                scribe.begin_anew()
                seen["anew"].add(scribe.leap)
            self.assertEqual(seen, {"traces": set(traces), "anew": set(anew)}, name)

    def test_a_careful_product_is_split_into_digits(self):
        scribe = new_scribe(0)
        scribe.leap = 0
        self.assertEqual(multiply(scribe, 7, 86), ("7*86=560+42=602", 602))

    def test_laborious_problems_have_traces_that_fit(self):
        scribe = new_scribe(15)
        for family in ("arith-8", "arith-9"):
            for _ in range(200):
                problem = draw_problem(scribe, family)
                names = "ABCDF" if family == "arith-8" else "ABCF"
                self.assertEqual([part.name for part in problem.parts], list(names))
                scribe.be_careful()
                self.assertLess(len(write_trace(scribe, problem)[0]), 560)

    def test_a_link_stands_after_the_part_that_it_builds_on(self):
        scribe = new_scribe(16)
        for _ in range(200):
            problem = draw_problem(scribe, "arith-9")
            scribe.be_careful()
            text, values = write_trace(scribe, problem)
            self.assertEqual(re.findall(r"^([A-C])=\d+$", text, re.MULTILINE), ["A", "B", "C"])
            self.assertEqual(values, problem.truth)

    def test_held_out_sets_are_those_that_the_shipped_weights_were_tested_on(self):
        for family, digest in DIGESTS.items():
            rows = [part for problem in evaluation_set(family, 200) for part in (problem.text, problem.answer)]
            self.assertEqual(hashlib.sha256("\n".join(rows).encode()).hexdigest(), digest, family)


class CountdownProblems(unittest.TestCase):
    def test_an_answer_must_use_every_number_once_and_hit_the_target(self):
        problem = "Use 14, 6, 53, 37 to make 70."
        self.assertTrue(is_solution(problem, "((53-14)+37)-6"))
        for wrong in ("53+37-14", "((53-14)+37)+6", "70", "(53-14)+37-6*1", "none", "", "53-14+37--6", "53**14+37-6"):
            self.assertFalse(is_solution(problem, wrong), wrong)
        self.assertTrue(is_solution("Use 3, 8, 8 to make 24.", "8/(3-8/8)*6") is False)
        self.assertTrue(is_solution("Use 3, 3, 8, 8 to make 24.", "8/(3-8/3)"))

    def test_steps_become_one_expression_and_back(self):
        steps = ["92+26", "21+16", "118-37"]
        written = expression([92, 21, 16, 26], steps)
        self.assertEqual(written, "(92+26)-(21+16)")
        self.assertEqual(evaluation(written), (["92+26=118", "21+16=37", "118-37=81"], 81))
        self.assertEqual(evaluation("7/2"), ([], None))

    def test_every_solution_found_verifies(self):
        scribe = new_scribe(7)
        for family in COUNTDOWN:
            for _ in range(40):
                problem = draw_problem(scribe, family)
                known = solutions(problem.countdown.numbers, problem.countdown.target)
                self.assertIn(problem.countdown.path, known)
                for steps in known:
                    written = expression(problem.countdown.numbers, [operation for operation, _ in steps])
                    self.assertTrue(is_solution(problem.text, written))

    def test_searches_end_as_asked(self):
        scribe = new_scribe(8)
        false_claims = 0
        for _ in range(80):
            problem = draw_problem(scribe, "countdown-4")
            known = solutions(problem.countdown.numbers, problem.countdown.target)
            text, answer = draft(scribe.chance, problem.countdown, known, "found")
            self.assertTrue(is_solution(problem.text, answer) or answer == "none")
            if answer != "none":
                self.assertTrue(text.endswith(" ok"))
            text, answer = draft(scribe.chance, problem.countdown, known, "false")
            if answer != "none" and text.startswith(SLIP_MARK):
                false_claims += 1
                self.assertFalse(is_solution(problem.text, answer))
        self.assertGreater(false_claims, 20)

    def test_a_search_leaves_out_what_was_tried(self):
        scribe = new_scribe(9)
        problem = draw_problem(scribe, "countdown-4")
        first = Search(scribe.chance, problem.countdown, None)
        second = Search(scribe.chance, problem.countdown, None, first.tried, 400)
        self.assertFalse(set(first.tried) & set(second.tried))
