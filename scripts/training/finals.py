"""The final parts of problems of several parts: a remainder over the values of all others. See solver.py for
solvers."""

from solver import Drawn, Values, coefficient
from writing import Chance, Scribe, add_up, multiply, reduce


def weighted_final(chance: Chance, names: list[str], hard: bool) -> Drawn:
    weights = [chance.integer(1, 19 if hard else 4) for _ in names]
    modulus = chance.integer(200, 999) if hard else chance.integer(60, 400)

    def solve(scribe: Scribe, values: Values) -> int:
        terms, texts = [], []
        for weight, name in zip(weights, names):
            if weight >= 10 and scribe.thorough:
                product, term = multiply(scribe, weight, values[name])
            else:
                term = scribe.value(weight * values[name])
                product = f"{weight}*{values[name]}={term}"
            terms.append(term)
            if weight > 1:
                texts.append(product)
        if scribe.backward:
            terms, texts = terms[::-1], texts[::-1]
        text, total = add_up(scribe, terms)
        rest, value = reduce(scribe, total, modulus)
        scribe.line(", ".join(texts + [text]) + rest)
        return value

    weighted = "+".join(coefficient(weight) + name for weight, name in zip(weights, names))
    return f"the remainder when {weighted} is divided by {modulus}", solve


def summed_final(chance: Chance, names: list[str], hard: bool) -> Drawn:
    modulus = chance.integer(50, 300)

    def solve(scribe: Scribe, values: Values) -> int:
        terms = [values[name] for name in names]
        text, total = add_up(scribe, terms[::-1] if scribe.backward else terms)
        rest, value = reduce(scribe, total, modulus)
        scribe.line(text + rest)
        return value

    return "the remainder when " + "+".join(names) + f" is divided by {modulus}", solve


def product_final(chance: Chance, names: list[str], hard: bool) -> Drawn:
    left, right = names[0], names[1]
    addend = chance.integer(1, 99)
    modulus = chance.integer(100, 999) if hard else chance.integer(40, 299)
    squared = hard and chance.happens(0.4)

    def solve(scribe: Scribe, values: Values) -> int:
        first, second = values[left], values[left] if squared else values[right]
        text, product = multiply(scribe, second, first) if scribe.backward else multiply(scribe, first, second)
        if not hard and scribe.chance.happens(0.3) and product >= modulus:
            rest, product = reduce(scribe, product, modulus)
            text += rest
        scribe.line(text)
        added = values[right] if squared else addend
        total = scribe.value(product + added)
        rest, value = reduce(scribe, total, modulus)
        scribe.line(f"{product}+{added}={total}{rest}")
        return value

    expression = f"{left}^2+{right}" if squared else f"{left}*{right}+{addend}"
    return f"the remainder when {expression} is divided by {modulus}", solve
