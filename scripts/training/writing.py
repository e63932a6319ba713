"""How a trace is written: the random source, the scribe who writes lines in a style and may slip, and written
arithmetic.

Every random draw goes through one `Chance` that its user hands on, and the order of the draws is part of the format:
the same seed gives the same problems and the same traces, byte for byte, here and in the ports of these generators.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

SLIP_MARK = "\0"  # begins a line that holds a slip; documents strip it and put no loss on the line
SLIP_RATE = 0.35  # chance that one intermediate result of a part with a slip is the wrong one


class Chance(random.Random):
    """A seeded random source with the three draws that the generators use; each of them takes exactly one
    `random()`."""

    def integer(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, options: Sequence):
        """One of the options."""
        return options[int(self.random() * len(options))]

    def happens(self, probability: float) -> bool:
        """True with the given probability."""
        return self.random() < probability


class Style(NamedTuple):
    """How large the steps of texts are that the model learns from: the leaps of traces and drafts, and those of what an
    aggregation derives anew; one is drawn for each text."""

    traces: tuple[float, ...]
    anew: tuple[float, ...]


TERSE = (0.3, 0.7, 0.7, 1.0)  # the leaps that problems are drawn with too
CAREFUL = (0.0,)
STYLES = {
    "mixed": Style(TERSE, CAREFUL),  # as the shipped weights: to aggregate is to be careful as well
    "careful": Style(CAREFUL, CAREFUL),
    "terse": Style(TERSE, TERSE),
}


class Scribe:
    """Writes the lines of one part after the other.

    `leap` is the style: the factor on the chances of taking a step in one go, 0 for careful (every product and division
    split). A *slip* is one wrong intermediate result that is carried on; a part has one at most.
    """

    def __init__(self, chance: Chance, leap: float = 0.6, style: Style = STYLES["mixed"]):
        self.chance = chance
        self.leap = leap
        self.style = style
        self.thorough = False  # the weights of a final are multiplied digit by digit too
        self.backward = False  # a final takes its terms in the other order, so that it is no copy of what stands before
        self.lines: list[str] = []
        self._slip_rate = 0.0
        self._slipped = False  # a slip happened since the last line was written

    def draw_style(self) -> None:
        """New leaps, for the solvers that a problem is drawn with."""
        self._take(TERSE)

    def begin_trace(self) -> None:
        """New leaps, for a trace or a draft."""
        self._take(self.style.traces)

    def begin_anew(self) -> None:
        """New leaps, for what an aggregation derives anew."""
        self._take(self.style.anew)

    def be_careful(self) -> None:
        """No step in one go."""
        self._take(CAREFUL)

    def _take(self, leaps: tuple[float, ...]) -> None:
        self.leap = leaps[0] if len(leaps) == 1 else self.chance.pick(leaps)
        self.thorough = self.leap == 0

    def begin_part(self, slip_probability: float) -> None:
        """A fresh page; with the given probability the part to come may hold a slip."""
        self.lines = []
        self._slip_rate = SLIP_RATE if self.chance.happens(slip_probability) else 0.0
        self._slipped = False

    def end_computation(self) -> None:
        """No slip from here on; a line that states the value of the part still carries the mark of a slip not yet
        written."""
        self._slip_rate = 0.0

    def leaps(self, probability: float) -> bool:
        """Whether this step is taken in one go."""
        return self.chance.random() < probability * self.leap

    def value(self, exact: int, modulus: int | None = None) -> int:
        """A computed intermediate value, or a slipped one (kept below the modulus where there is one)."""
        if not self._slip_rate or self.chance.random() >= self._slip_rate:
            return exact
        self._slip_rate = 0.0
        self._slipped = True
        digit = self.chance.pick((1, 1, 1, 2, 2, 3, 5))
        error = digit * 10 ** self.chance.integer(0, max(0, len(str(abs(exact))) - 1))
        wrong = exact - error if self.chance.happens(0.5) and exact >= error else exact + error
        return wrong % modulus if modulus and wrong % modulus != exact else wrong

    def line(self, text: str) -> None:
        """Writes a line, with the mark if a slip happened since the last one."""
        self.lines.append(SLIP_MARK + text if self._slipped else text)
        self._slipped = False

    def clean_line(self, text: str) -> None:
        """Writes a line that holds no computed value; a slip waits for the next one."""
        self.lines.append(text)

    def lines_of_one_step(self, texts: list[str]) -> None:
        """Writes lines that were computed together; a slip may be in any of them, so that all carry the mark."""
        self.lines += [SLIP_MARK + text if self._slipped else text for text in texts]
        self._slipped = False


def add_up(scribe: Scribe, terms: list[int]) -> tuple[str, int]:
    """Text of the sum and its value; the careful style adds one term at a time."""
    if len(terms) <= 2 or scribe.leaps(0.35):
        value = scribe.value(sum(terms))
        return "+".join(map(str, terms)) + (f"={value}" if len(terms) > 1 else ""), value
    total = scribe.value(terms[0] + terms[1])
    text = f"{terms[0]}+{terms[1]}={total}"
    for term in terms[2:]:
        after = scribe.value(total + term)
        text += f", {total}+{term}={after}"
        total = after
    return text, total


def multiply(scribe: Scribe, left: int, right: int) -> tuple[str, int]:
    """Text `left*right=..=product` and the product."""
    low, high = min(left, right), max(left, right)
    if high <= 12 or low < 2 or (low < 10 and high % 10 == 0 and high <= 90):
        return f"{left}*{right}={left * right}", left * right
    if _multiplies_at_once(scribe, low, high):
        product = scribe.value(left * right)
        return f"{left}*{right}={product}", product
    if low < 10:
        one, many = low, high
    else:
        one, many = (left, right) if scribe.chance.happens(0.5) else (right, left)
    if many % 10 == 0 and one % 10:
        one, many = many, one
    pieces = [scribe.value(one * digit * power) for digit, power in _digits(many)]
    if len(pieces) == 1:
        return f"{left}*{right}={pieces[0]}", pieces[0]
    text, product = add_up(scribe, pieces)
    return f"{left}*{right}={text}", product


def _multiplies_at_once(scribe: Scribe, low: int, high: int) -> bool:
    return (
        (low < 10 and scribe.leaps(0.8))
        or (low % 10 == 0 and high < 100 and scribe.leaps(0.8))
        or (low >= 10 and scribe.leaps(0.55 if high < 100 else 0.25))
    )


def _digits(number: int) -> list[tuple[int, int]]:
    """The non-zero digits of a number with their powers of ten, highest first."""
    text = str(number)
    return [(int(digit), 10 ** (len(text) - 1 - place)) for place, digit in enumerate(text) if digit != "0"]


def reduce(scribe: Scribe, number: int, modulus: int) -> tuple[str, int]:
    """`number` modulo `modulus`: the text `, ..` to append (empty if nothing is to be done) and the value."""
    if number < modulus:
        return "", number
    quotient, remainder = divmod(number, modulus)
    if quotient == 1:
        remainder = scribe.value(remainder, modulus)
        return f", {number}-{modulus}={remainder}", remainder
    if scribe.leaps(0.45):
        remainder = scribe.value(remainder, modulus)
        return f", {number}={quotient}*{modulus}+{remainder}", remainder
    if quotient < 10 or scribe.leaps(0.9):
        return _take_away(scribe, number, quotient, modulus)
    text, rest = "", number
    for digit, power in _digits(quotient):  # long division, one digit of the quotient at a time
        step, rest = _take_away(scribe, rest, digit * power, modulus)
        text += step
    return text, rest


def _take_away(scribe: Scribe, number: int, times: int, modulus: int) -> tuple[str, int]:
    product = scribe.value(times * modulus)
    rest = max(0, scribe.value(number - product))
    return f", {times}*{modulus}={product}, {number}-{product}={rest}", rest


def divide(scribe: Scribe, number: int, divisor: int) -> tuple[str, int, int]:
    """Text `number=quotient*divisor+remainder`, the quotient and the remainder."""
    quotient, remainder = divmod(number, divisor)
    remainder = scribe.value(remainder, divisor)
    return f"{number}={quotient}*{divisor}+{remainder}", quotient, remainder
