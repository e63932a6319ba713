"""The problem families that the embedded model was trained on: `countdown-3`, `countdown-4` and `arith-1` to `arith-9`.

An arithmetic problem is a list of *parts* ("Let A be .. Let B be .. Find .."); the final part is named F. Its solvers
write traces again and again, each in another way, with slips where asked: that is what makes unlimited drafts for the
aggregation documents.

    python3 problems.py --family arith-5 --count 20 --seed 99

prints held-out problems as JSON lines (id, text, answer), the same for the same seed and a longer list beginning with
the shorter one. The answer of a Countdown problem is the expression that the problem was made from, one of possibly
many.
"""

import argparse
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from countdown import Countdown, draw_countdown, expression, is_solution
from finals import product_final, summed_final, weighted_final
from parts import HARD_PHRASES, KINDS, LABORIOUS_PHRASES, LINKS, ON_EARLIER_PART, PHRASES, story
from solver import Solver, Values
from writing import Chance, Scribe

FAMILIES = ("countdown-3", "countdown-4", *(f"arith-{level}" for level in range(1, 10)))
QUESTIONS = ("Find {}.", "What is {}?", "Compute {}.")
FINAL = "F"
HELD_OUT_ONE_IN = 40
LONGEST_TEXT = 330  # characters
LARGEST_VALUE = 999
LABORIOUS = 8  # the level from which on problems are drawn under the careful style, with a bound on their length
LONGEST_WORK = 370  # characters of the derivations of such a problem


class Part(NamedTuple):
    """A named step of a problem, its solver, and the names of the parts that it builds on."""

    name: str
    solve: Solver
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A problem of one family: an arithmetic one has parts and their true values, a Countdown one its numbers and
    target."""

    family: str
    text: str
    parts: tuple[Part, ...] = ()
    truth: Values | None = None
    countdown: Countdown | None = None

    @property
    def answer(self) -> str:
        """The reference answer."""
        if self.countdown:
            return expression(self.countdown.numbers, [operation for operation, _ in self.countdown.path])
        return str(self.truth[FINAL])

    def is_solved_by(self, answer: str | None) -> bool:
        """Whether an answer as given in the box is right."""
        if answer is None:
            return False
        return is_solution(self.text, answer) if self.countdown else answer == str(self.truth[FINAL])


# ---- traces


def write_part(
    scribe: Scribe, name: str, solve: Solver, values: Values, slip_probability: float = 0.0
) -> tuple[list[str], int]:
    """One derivation of a part: its lines (`A=value` last unless it is the final part) and its value."""
    scribe.begin_part(slip_probability)
    value = solve(scribe, values)
    scribe.end_computation()
    if name != FINAL:
        scribe.line(f"{name}={value}")
    return scribe.lines, value


def shuffled_sometimes(chance: Chance, parts: tuple[Part, ...]) -> list[Part]:
    """The parts in the order of one trace: at times the independent ones change places, the final part stays last."""
    if len(parts) > 2 and not parts[1].needs and chance.happens(0.2):
        head = list(parts[:-1])
        chance.shuffle(head)
        return head + [parts[-1]]
    return list(parts)


def write_trace(scribe: Scribe, problem: Problem, slip_probability: float = 0.0) -> tuple[str, Values]:
    """A trace of an arithmetic problem and the value of each part in it; lines with a slip carry the mark."""
    values, lines = {}, []
    for name, solve, _ in shuffled_sometimes(scribe.chance, problem.parts):
        written, values[name] = write_part(scribe, name, solve, values, slip_probability)
        lines += written
    return "\n".join(lines), values


# ---- drawing problems


def draw_problem(scribe: Scribe, family: str) -> Problem:
    """A problem of the family; the scribe's style changes with it."""
    kind, level = family.rsplit("-", 1)
    if kind == "countdown":
        countdown = draw_countdown(scribe.chance, int(level))
        return Problem(family, countdown.text, countdown=countdown)
    while True:
        scribe.draw_style()
        if int(level) >= LABORIOUS:
            scribe.leap = 0
        text, parts = _draw_arithmetic(scribe, int(level))
        truth, length = {}, 0
        for name, solve, _ in parts:
            lines, truth[name] = write_part(scribe, name, solve, truth)
            length += sum(map(len, lines))
        short = len(text) <= LONGEST_TEXT and (int(level) < LABORIOUS or length <= LONGEST_WORK)
        if short and all(0 <= value <= LARGEST_VALUE for value in truth.values()):
            return Problem(family, text, tuple(parts), truth)


def _draw_arithmetic(scribe: Scribe, level: int) -> tuple[str, list[Part]]:
    """Level 1: one easy part. 2: one medium part or two easy ones. 3: one hard part or a chain of two. 4: two medium or
    hard parts and a final over them. 5: two hard parts and a hard final. 6: four parts and an easy final. 7: three hard
    parts and a weighted final. 8: four laborious parts and an easy final. 9: a chain of four laborious steps."""
    chance = scribe.chance
    several = (level == 2 and chance.happens(0.3)) or (level == 3 and chance.happens(0.5)) or level > 3
    if not several:
        return _one_part(chance, level)
    if level == 9:
        return _long_chain(scribe)
    return _chain(chance) if level == 3 else _several_parts(scribe, level)


def _ask(chance: Chance, phrase: str) -> str:
    return chance.pick(QUESTIONS).format(phrase)


def _one_part(chance: Chance, level: int) -> tuple[str, list[Part]]:
    kind = chance.pick(KINDS)
    phrase, solve = kind(chance, level)
    return phrase if kind is story else _ask(chance, phrase), [Part(FINAL, solve)]


def _chain(chance: Chance) -> tuple[str, list[Part]]:
    first = chance.pick(PHRASES)
    phrase, solve_first = first(chance, chance.pick((2, 2, 3)))
    final_phrase, solve_final = chance.pick(ON_EARLIER_PART)(chance, 2, "A")
    text = f"Let A be {phrase}. " + _ask(chance, final_phrase)
    return text, [Part("A", solve_first), Part(FINAL, solve_final, ("A",))]


def _long_chain(scribe: Scribe) -> tuple[str, list[Part]]:
    """A laborious part, two links that build on the one before, and a final link."""
    chance = scribe.chance
    phrase, solve = _short_enough_part(scribe, RECIPES[8], "A")
    parts, text = [Part("A", solve)], f"Let A be {phrase}. "
    for before, name in ("AB", "BC"):
        phrase, solve = chance.pick(LINKS)(chance, 4, before)
        parts.append(Part(name, solve, (before,)))
        text += f"Let {name} be {phrase}. "
    phrase, solve = chance.pick(LINKS)(chance, 4, "C")
    return text + _ask(chance, phrase), parts + [Part(FINAL, solve, ("C",))]


class Recipe(NamedTuple):
    """How a level of several parts is made."""

    parts: int
    part_levels: tuple[int, ...]
    longest_part: int  # characters of a derivation
    kinds: tuple
    finals: tuple  # drawn from where there is more than one
    hard_final: bool = False


RECIPES = {
    2: Recipe(2, (1,), 60, PHRASES, (summed_final,)),
    4: Recipe(2, (2, 3), 110, PHRASES, (summed_final, summed_final, weighted_final, product_final)),
    5: Recipe(2, (3,), 110, HARD_PHRASES, (weighted_final, product_final), hard_final=True),
    6: Recipe(4, (2, 2, 3), 65, PHRASES, (summed_final, weighted_final)),
    7: Recipe(3, (3,), 90, HARD_PHRASES, (weighted_final,)),
    8: Recipe(4, (4,), 95, LABORIOUS_PHRASES, (summed_final,)),
}


def _several_parts(scribe: Scribe, level: int) -> tuple[str, list[Part]]:
    chance, recipe = scribe.chance, RECIPES[level]
    names = list("ABCD"[: recipe.parts])
    parts, text = [], ""
    for name in names:
        phrase, solve = _short_enough_part(scribe, recipe, name)
        parts.append(Part(name, solve))
        text += f"Let {name} be {phrase}. "
    final = chance.pick(recipe.finals) if len(recipe.finals) > 1 else recipe.finals[0]
    phrase, solve = final(chance, names, recipe.hard_final)
    return text + _ask(chance, phrase), parts + [Part(FINAL, solve, tuple(names))]


def _short_enough_part(scribe: Scribe, recipe: Recipe, name: str) -> tuple[str, Solver]:
    while True:
        kind = scribe.chance.pick(recipe.kinds)
        phrase, solve = kind(scribe.chance, scribe.chance.pick(recipe.part_levels))
        lines, _ = write_part(scribe, name, solve, {})
        if sum(map(len, lines)) <= recipe.longest_part:
            return phrase, solve


# ---- sets


def is_held_out(text: str) -> bool:
    """Whether a problem belongs to the tests: it is never trained on. Decided by its text alone."""
    return zlib.crc32(text.encode()) % HELD_OUT_ONE_IN == 0


def evaluation_seed(family: str, seed: int) -> int:
    """Seed of the random source behind the held-out problems of a family."""
    kind, level = family.rsplit("-", 1)
    return seed * 1000 + int(level) + (50 if kind == "countdown" else 0)


def held_out_problems(family: str, seed: int = 99) -> Iterator[Problem]:
    """Held-out problems without repetition, the same for the same seed."""
    scribe = Scribe(Chance(evaluation_seed(family, seed)))
    seen = set()
    while True:
        problem = draw_problem(scribe, family)
        if is_held_out(problem.text) and problem.text not in seen:
            seen.add(problem.text)
            yield problem


def evaluation_set(family: str, count: int, seed: int = 99) -> list[Problem]:
    """The first `count` held-out problems of a family."""
    problems = held_out_problems(family, seed)
    return [next(problems) for _ in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Prints held-out problems of a family as JSON lines: id, text, answer."
    )
    parser.add_argument("--family", choices=FAMILIES, required=True, help="family of problems")
    parser.add_argument("--count", type=int, default=20, help="number of problems (default 20)")
    parser.add_argument(
        "--seed", type=int, default=99, help="evaluation seed (default 99, the one of the published figures)"
    )
    arguments = parser.parse_args()
    if arguments.count < 1:
        parser.error(f"--count {arguments.count}: give a number from 1 up")
    for place, problem in enumerate(evaluation_set(arguments.family, arguments.count, arguments.seed), 1):
        print(json.dumps({"id": f"{arguments.family}-{place}", "text": problem.text, "answer": problem.answer}))


if __name__ == "__main__":
    main()
