"""Parts about sequences, sums and polynomials, and a story. See solver.py for what a kind of part is."""

from solver import Drawn, Values, coefficient, of_level
from writing import Chance, Scribe, divide, multiply, reduce

# ---- sequences, sums and polynomials


def recurrence(chance: Chance, level: int) -> Drawn:
    by_last, by_older = [chance.integer(of_level(level, 1, 1, 1, 2), of_level(level, 2, 4, 5, 9)) for _ in range(2)]
    length = chance.integer(4, of_level(level, 5, 7, 9, 5))
    modulus = chance.pick(of_level(level, (50, 100), (100, 97, 60), (997, 211, 101), (997, 787, 613)))
    first, second = chance.integer(0, of_level(level, 5, 5, 5, 99)), chance.integer(1, of_level(level, 9, 9, 9, 99))

    def solve(scribe: Scribe, values: Values) -> int:
        older, last = first, second
        for place in range(3, length + 1):
            left, right = scribe.value(by_last * last), scribe.value(by_older * older)
            total = scribe.value(left + right)
            short = (by_last == 1 and by_older == 1) or scribe.leaps(0.8)
            text = f"{left}+{right}={total}" if short else f"{by_last}*{last}+{by_older}*{older}={left}+{right}={total}"
            rest, total = reduce(scribe, total, modulus)
            scribe.line(f"a{place}: {text}{rest}")
            older, last = last, total
        return last

    rule = f"{coefficient(by_last)}a(n-1)+{coefficient(by_older)}a(n-2)"
    return f"a{length} mod {modulus} if a1={first}, a2={second}, an={rule}", solve


def arithmetic_series(chance: Chance, level: int) -> Drawn:
    first = chance.integer(1, of_level(level, 9, 20, 40, 99))
    step = chance.integer(of_level(level, 1, 1, 1, 7), of_level(level, 5, 9, 12, 29))
    terms = chance.integer(of_level(level, 4, 4, 4, 12), of_level(level, 10, 16, 24, 39))
    last = first + (terms - 1) * step
    total = (first + last) * terms // 2
    modulus = 0 if total < 1000 else chance.integer(100, 999)  # 0: the sum itself is asked for

    def solve(scribe: Scribe, values: Values) -> int:
        count = scribe.value(terms - 1) + 1
        scribe.line(f"({last}-{first})/{step}={count - 1}, n={count}")
        ends = scribe.value(first + last)
        scribe.line(f"{first}+{last}={ends}")
        if count % 2 == 0 and scribe.chance.happens(0.6):
            text, value = multiply(scribe, ends, count // 2)
            scribe.line(text)
        else:
            text, product = multiply(scribe, ends, count)
            scribe.line(text)
            value = scribe.value(product // 2)
            scribe.line(f"{product}/2={value}")
        if modulus and value >= modulus:
            rest, value = reduce(scribe, value, modulus)
            scribe.line(rest[2:])
        return value

    series = f"{first}+{first + step}+{first + 2 * step}+...+{last}"
    return (f"the remainder when {series} is divided by {modulus}" if modulus else f"the sum {series}"), solve


def binomial(chance: Chance, level: int) -> Drawn:
    total = chance.integer(4, of_level(level, 7, 10, 12))
    chosen = chance.integer(2, total - 2)
    fewer = min(chosen, total - chosen)

    def solve(scribe: Scribe, values: Values) -> int:
        if fewer != chosen:
            scribe.line(f"C({total},{fewer})")
        if scribe.chance.happens(0.5):
            value = total
            for place in range(1, fewer):
                text, product = multiply(scribe, value, total - place)
                value = scribe.value(product // (place + 1))
                scribe.line(f"{text}, {product}/{place + 1}={value}")
            return value
        value = total - fewer + 1
        scribe.line(f"C({value},1)={value}")
        for place in range(2, fewer + 1):
            text, product = multiply(scribe, value, total - fewer + place)
            value = scribe.value(product // place)
            scribe.line(f"C({total - fewer + place},{place})={text}/{place}={value}")
        return value

    return chance.pick([f"C({total},{chosen})", f"the number of ways to choose {chosen} of {total} people"]), solve


def polynomial(chance: Chance, level: int) -> Drawn:
    a = chance.integer(of_level(level, 1, 1, 1, 2), of_level(level, 3, 5, 8, 9))
    b, c = chance.integer(0, of_level(level, 9, 9, 9, 29)), chance.integer(0, of_level(level, 20, 20, 20, 99))
    start = chance.integer(of_level(level, 1, 1, 1, 12), of_level(level, 6, 10, 15, 99))
    modulus = chance.integer(of_level(level, 20, 30, 60, 201), of_level(level, 60, 99, 199, 999))
    nested = of_level(level, 1, 2, 2, 1)

    def solve(scribe: Scribe, values: Values) -> int:
        point = start
        for _ in range(nested):
            if scribe.chance.happens(0.5):
                text, square = multiply(scribe, point, point)
                left, right = scribe.value(a * square), b * point
                total = scribe.value(left + right + c)
                rest, value = reduce(scribe, total, modulus)
                scribe.line(f"f({point}): {text}, {left}+{right}+{c}={total}{rest}")
            else:
                inner = scribe.value(a * point + b)
                text, product = multiply(scribe, inner, point)
                total = scribe.value(product + c)
                rest, value = reduce(scribe, total, modulus)
                scribe.line(f"f({point}): {a}*{point}+{b}={inner}, {text}, {product}+{c}={total}{rest}")
            point = value
        return point

    return "f(" * nested + str(start) + ")" * nested + f" if f(x)={a}x^2+{b}x+{c} mod {modulus}", solve


def power_sum(chance: Chance, level: int) -> Drawn:
    """The sum of the squares or cubes of two numbers whose sum and product are given."""
    while True:
        total, product = chance.integer(2, of_level(level, 9, 15, 20)), chance.integer(1, of_level(level, 15, 40, 60))
        cubes = level > 1 and chance.happens(0.6)
        exact = total**3 - 3 * total * product if cubes else total * total - 2 * product
        if 0 <= exact <= 999:
            break

    def solve(scribe: Scribe, values: Values) -> int:
        return (_sum_of_cubes if cubes else _sum_of_squares)(scribe, total, product)

    power = 3 if cubes else 2
    return f"x^{power}+y^{power} if x+y={total} and xy={product}", solve


def _sum_of_squares(scribe: Scribe, total: int, product: int) -> int:
    square, twice = scribe.value(total * total), scribe.value(2 * product)
    value = max(0, scribe.value(square - twice))
    scribe.line(f"{total}^2-2*{product}={square}-{twice}={value}")
    return value


def _sum_of_cubes(scribe: Scribe, total: int, product: int) -> int:
    if scribe.chance.happens(0.5):
        text, cube = multiply(scribe, total * total, total)
        scribe.line(text)
        text, mixed = multiply(scribe, 3 * total, product)
        scribe.line(text)
        value = max(0, scribe.value(cube - mixed))
        scribe.line(f"{cube}-{mixed}={value}")
        return value
    inner = max(0, scribe.value(total * total - 3 * product))
    scribe.line(f"{total * total}-{3 * product}={inner}")
    text, value = multiply(scribe, total, inner)
    scribe.line(text)
    return value


# ---- a story

PEOPLE = ("Ann", "Ben", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal")
THINGS = ("pens", "eggs", "nuts", "cards", "coins", "beads", "books", "cups")


def story(chance: Chance, level: int) -> Drawn:
    """Whole sentences, not a phrase: only for problems of one part."""
    while True:
        person, thing, plot = chance.pick(PEOPLE), chance.pick(THINGS), chance.integer(1, 4)
        a, b = chance.integer(3, of_level(level, 12, 30, 60)), chance.integer(3, of_level(level, 12, 25, 40))
        c, d = chance.integer(2, of_level(level, 9, 30, 90)), chance.integer(2, of_level(level, 9, 9, 12))
        if c < a * b <= 900 - c * d:
            break

    def solve(scribe: Scribe, values: Values) -> int:
        text, product = multiply(scribe, a, b)
        scribe.line(text)
        if plot in (1, 2):
            rest = scribe.value(product - c)
            scribe.line(f"{product}-{c}={rest}")
            text, quotient, remainder = divide(scribe, rest, d)
            scribe.line(text)
            return remainder if plot == 1 else quotient
        if plot == 3:
            text, second = multiply(scribe, c, d)
            scribe.line(text)
            value = scribe.value(product + second)
            scribe.line(f"{product}+{second}={value}")
            return value
        text, quotient, _ = divide(scribe, product, d)
        scribe.line(text)
        value = scribe.value(product - quotient)
        scribe.line(f"{product}-{quotient}={value}")
        return value

    other = chance.pick(THINGS)  # drawn for every plot
    plots = (
        f"{person} has {a} boxes of {b} {thing}. "
        f"{person} gives away {c} {thing} and splits the rest among {d} friends. How many {thing} are left over?",
        f"{person} has {a} boxes of {b} {thing}. {person} loses {c} {thing} and packs the rest in bags of {d}. "
        f"How many full bags are there?",
        f"{person} buys {a} {thing} at {b} cents each and {c} {other} at {d} cents each. "
        f"How many cents does {person} pay?",
        f"A hall has {a} rows of {b} seats. One seat in every {d} (rounded down) is broken. How many seats are fine?",
    )
    return plots[plot - 1], solve
