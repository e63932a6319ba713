"""Countdown: use every number once, with + - * /, to make a target. Problems, searches as traces, and the check of an
answer.

An *operation* is written `7*3`, larger operand first; applied to a list of numbers it leaves one number fewer. A
solution is the list of operations with their values that leads to the target.

The order of the random draws is part of the format (see writing.py).
"""

import ast
import operator
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from writing import SLIP_MARK, Chance

SEARCH_CAP = 320  # characters of search after which a trace gives up
GAVE_UP = "none"
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


class Move(NamedTuple):
    """One operation, its value, and the numbers that it leaves (its value last)."""

    operation: str
    value: int
    rest: list[int]


Step = tuple[str, int]  # operation and value


class Countdown(NamedTuple):
    """The numbers, the target, and the solution that the problem was made from."""

    numbers: list[int]
    target: int
    path: list[Step]

    @property
    def text(self) -> str:
        return f"Use {', '.join(map(str, self.numbers))} to make {self.target}."


def operations(left: int, right: int) -> list[Step]:
    """The operations on two numbers that are allowed: nothing below 1, no product over 999, no fraction, nothing that
    changes nothing."""
    if left < right:
        left, right = right, left
    found = [(f"{left}+{right}", left + right)]
    if left > right:
        found.append((f"{left}-{right}", left - right))
    if right > 1:
        if left * right <= 999:
            found.append((f"{left}*{right}", left * right))
        if left % right == 0:
            found.append((f"{left}/{right}", left // right))
    return found


def moves(numbers: list[int]) -> list[Move]:
    """Every move from these numbers."""
    found = []
    for i in range(len(numbers)):
        for j in range(i + 1, len(numbers)):
            others = numbers[:i] + numbers[i + 1 : j] + numbers[j + 1 :]
            found += [Move(text, value, others + [value]) for text, value in operations(numbers[i], numbers[j])]
    return found


def draw_countdown(chance: Chance, size: int) -> Countdown:
    """A problem of `size` numbers whose target, 10 to 100, is none of them."""
    while True:
        numbers = [chance.integer(1, 30) if chance.happens(0.75) else chance.integer(1, 99) for _ in range(size)]
        left, path = list(numbers), []
        while len(left) > 1:
            operation, value, left = chance.pick(moves(left))
            path.append((operation, value))
        if 10 <= left[0] <= 100 and left[0] not in numbers:
            return Countdown(numbers, left[0], path)


def solutions(numbers: list[int], target: int, so_far: tuple[Step, ...] = ()) -> list[list[Step]]:
    """All solutions."""
    if len(numbers) == 1:
        return [list(so_far)] if numbers[0] == target else []
    found = []
    for operation, value, rest in moves(numbers):
        found += solutions(rest, target, so_far + ((operation, value),))
    return found


# ---- search


class Search:
    """A depth-first search written down line by line, in a random order of branches.

    A line is `>` once a level, the operation with its value, then the numbers left, or ` ok` / ` x` at a leaf. With a
    goal, wrong branches come first at every level and the goal's operation last; without one the search goes on until
    its lines reach the cap. Either way it ends at once when a leaf hits the target.
    """

    def __init__(
        self,
        chance: Chance,
        problem: Countdown,
        goal: list[Step] | None,
        excluded: Sequence[str] = (),
        cap: int = SEARCH_CAP,
        wide: bool = False,
    ):
        self.problem = problem
        self.lines: list[str] = []
        self.deepest: dict[int, str] = {}  # the operation shown last at each depth
        self.tried: list[str] = []  # first operations, in the order of their trial
        self._chance = chance
        self._excluded = excluded
        self._cap = cap
        self._wide = wide
        self._taste = chance.integer(0, 4)
        self._noise = chance.pick([0.0, 10.0, 40.0])
        self._characters = 0
        walk = self._wander_freely() if goal is None else self._wander_to(goal)
        for depth, move in walk:
            self._show(depth, move)
            if self._hits(move) or (goal is None and self._characters >= cap):
                break

    @property
    def length(self) -> int:
        """Characters of the trace, a newline a line."""
        return self._characters

    def solution(self) -> list[str] | None:
        """The operations that led to the target; None if the search gave up."""
        if not self.lines[-1].endswith(" ok"):
            return None
        return [self.deepest[depth] for depth in range(len(self.problem.numbers) - 1)]

    def _hits(self, move: Move) -> bool:
        return len(move.rest) == 1 and move.value == self.problem.target

    def _show(self, depth: int, move: Move) -> None:
        self.deepest[depth] = move.operation
        if depth == 0 and move.operation not in self.tried:
            self.tried.append(move.operation)
        if len(move.rest) > 1:
            end = ": " + " ".join(map(str, sorted(move.rest)))
        else:
            end = " ok" if self._hits(move) else " x"
        line = f"{'>' * depth}{move.operation}={move.value}{end}"
        self.lines.append(line)
        self._characters += len(line) + 1

    def _rank(self, value: int) -> int:
        """How early this search looks at a value: as it comes, near the target, divisors and multiples, large first,
        small first."""
        target = self.problem.target
        related = value and (target % value == 0 or value % target == 0)
        return (0, abs(value - target), 0 if related else 1, -value, value)[self._taste]

    def _ordered(self, numbers: list[int]) -> list[Move]:
        def key(move: Move) -> float:
            return self._rank(move.value) + self._chance.random() * self._noise + self._chance.random() * 1e-3

        return sorted(moves(numbers), key=key)

    def _wander(self, numbers: list[int], depth: int) -> Iterator[tuple[int, Move]]:
        """A few branches of a subtree."""
        ordered = self._ordered(numbers)
        for move in ordered[: self._chance.integer(1, 4) if len(numbers) == 2 else self._chance.integer(1, 2)]:
            yield depth, move
            if len(move.rest) > 1:
                yield from self._wander(move.rest, depth + 1)

    def _wander_freely(self) -> Iterator[tuple[int, Move]]:
        for move in self._ordered(list(self.problem.numbers)):
            if move.operation not in self._excluded:
                yield 0, move
                yield from self._wander(move.rest, 1)

    def _wander_to(self, goal: list[Step]) -> Iterator[tuple[int, Move]]:
        numbers = list(self.problem.numbers)
        for depth, (operation, _) in enumerate(goal):
            wrong_turns = 0
            right = None
            for move in self._ordered(numbers):
                if move.operation == operation:
                    right = move
                elif self._takes_wrong_turn(depth, move, numbers, wrong_turns):
                    wrong_turns += 1
                    yield depth, move
                    if len(move.rest) > 1:
                        yield from self._wander(move.rest, depth + 1)
            yield depth, right
            numbers = right.rest

    def _takes_wrong_turn(self, depth: int, move: Move, numbers: list[int], wrong_turns: int) -> bool:
        return (
            wrong_turns < (3 if len(numbers) == 2 else 2) + 2 * self._wide
            and self._characters < self._cap * 0.7
            and self._chance.happens(0.75 if self._wide else 0.55)
            and not (depth == 0 and move.operation in self._excluded)
        )


def draft(chance: Chance, problem: Countdown, known: list[list[Step]], ending: str) -> tuple[str, str]:
    """A search as a trace, and its answer.

    The ending is "found" (a search that succeeds, towards one of the known solutions), "none" (one that gives up) or
    "false" (one that claims a solution it does not have). Lines that the model must not imitate carry the slip mark.
    """
    for _ in range(8):
        search = Search(chance, problem, chance.pick(known) if ending == "found" else None, wide=True)
        steps = search.solution()
        if steps and search.length > SEARCH_CAP:
            continue
        if steps:
            return "\n".join(search.lines), expression(problem.numbers, steps)
        if ending == "none":
            return _marked(search.lines), GAVE_UP
        if ending == "false" and len(search.deepest) == len(problem.numbers) - 1:
            claim = _false_claim(chance, problem, search)
            if claim:
                return claim
    return draft(chance, problem, known, "none") if ending != "none" else (_marked(search.lines), GAVE_UP)


def _marked(lines: list[str]) -> str:
    return "\n".join(SLIP_MARK + line for line in lines)


def _false_claim(chance: Chance, problem: Countdown, search: Search) -> tuple[str, str] | None:
    """The trace up to its last wrong leaf, which is now said to hit the target."""
    lines = search.lines
    leaf = max(place for place, line in enumerate(lines) if line.endswith(" x"))
    steps = _branch(lines[: leaf + 1], len(problem.numbers))
    answer = expression(problem.numbers, steps) if steps else None
    if not answer:
        return None
    operation = lines[leaf].lstrip(">").split("=")[0]
    value = problem.target if chance.happens(0.5) else lines[leaf].split("=")[1][:-2]
    depth = len(problem.numbers) - 2
    return _marked(lines[:leaf] + [f"{'>' * depth}{operation}={value} ok"]), answer


def _branch(lines: list[str], size: int) -> list[str] | None:
    """The operations on the way to the last line; None if the lines do not reach a leaf."""
    latest = {len(line) - len(line.lstrip(">")): line.lstrip(">").split("=")[0] for line in lines}
    depths = range(size - 1)
    return [latest[depth] for depth in depths] if all(depth in latest for depth in depths) else None


# ---- answers


def expression(numbers: list[int], steps: list[str]) -> str | None:
    """Operations as one expression over the original numbers; None if they do not fit."""
    available = [(number, str(number)) for number in numbers]
    result = None
    for step in steps:
        sign_at = max(step.rfind(sign) for sign in "+-*/")
        left, sign, right = int(step[:sign_at]), step[sign_at], int(step[sign_at + 1 :])
        try:
            left_text = available.pop(max(i for i, item in enumerate(available) if item[0] == left))[1]
            right_text = available.pop(max(i for i, item in enumerate(available) if item[0] == right))[1]
        except ValueError:
            return None
        result = f"{_bracketed(left_text)}{sign}{_bracketed(right_text)}"
        available.append((apply(left, sign, right), result))
    return result


def _bracketed(text: str) -> str:
    return text if text.isdigit() else f"({text})"


def apply(left: int, sign: str, right: int) -> int:
    """The value of one operation; a division drops its remainder."""
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    return left * right if sign == "*" else left // right


def is_solution(problem_text: str, answer: str) -> bool:
    """Whether the answer uses exactly the numbers of the problem and makes its target, by exact fractions."""
    written = re.findall(r"\d+", problem_text)
    numbers, target = sorted(map(int, written[:-1])), int(written[-1])
    tokens = re.findall(r"\d+|[-+*/()]", answer)
    if "".join(tokens) != answer or len(tokens) > 30:
        return False
    if sorted(int(token) for token in tokens if token.isdigit()) != numbers:
        return False
    try:
        return _exact_value(ast.parse(answer, mode="eval").body) == target
    except (SyntaxError, ZeroDivisionError, ValueError):
        return False


def _exact_value(node: ast.AST) -> Fraction:
    """Value of a tree of numbers and the four operations between two operands; anything else is no Countdown answer."""
    if isinstance(node, ast.Constant):
        return Fraction(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_exact_value(node.left), _exact_value(node.right))
    raise ValueError(f"not an operation of Countdown: {ast.dump(node)}")


def evaluation(answer: str) -> tuple[list[str], int | None]:
    """`(92+26)-(21+16)` as ['92+26=118', '21+16=37', '118-37=81'] and its value (None where it cannot be evaluated)."""
    steps = []
    for _ in range(6):
        match = re.search(r"\((\d+)([-+*/])(\d+)\)", answer) or re.fullmatch(r"(\d+)([-+*/])(\d+)", answer)
        if not match:
            break
        left, sign, right = int(match[1]), match[2], int(match[3])
        if (sign == "/" and (right == 0 or left % right)) or (sign == "-" and left < right):
            return steps, None
        value = apply(left, sign, right)
        steps.append(f"{left}{sign}{right}={value}")
        answer = answer[: match.start()] + str(value) + answer[match.end() :]
    return steps, int(answer) if answer.isdigit() else None
