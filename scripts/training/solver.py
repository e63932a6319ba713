"""What a part of an arithmetic problem is made of: a phrase and a solver.

A *kind* of part is a function `kind(chance, level)` that draws a part and returns its phrase ("the digit sum of 12*34")
and its solver. A solver, called with a scribe and the values of earlier parts, writes the lines of a derivation and
returns the value that it arrives at: each call may take another method, other steps or a slip. Level 1 is easy, 2
medium, 3 hard, 4 laborious (only the kinds of parts.LABORIOUS_PHRASES and parts.LINKS have it). Some kinds also take
the name of an earlier part, whose value then takes the place of the first number ("the digit sum of A*34").

The order of the random draws is part of the format (see writing.py); that is why draws are not always made where they
are used.
"""

from collections.abc import Callable

from writing import Scribe

Values = dict[str, int]  # value of each part, by its name
Solver = Callable[[Scribe, Values], int]
Drawn = tuple[str, Solver]  # phrase and solver


def of_level(level: int, easy, medium, hard, *laborious):
    """The setting of this level; an IndexError for a level that the kind does not have."""
    return (easy, medium, hard, *laborious)[level - 1]


def coefficient(number: int) -> str:
    """A factor before a letter: 1 is not written."""
    return "" if number == 1 else str(number)
